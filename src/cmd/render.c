#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/path.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "data/json.h"
#include "data/yaml.h"
#include "template/template.h"

static bool read_file(str path, struct source **out, struct arena *a, struct diags *d)
{
	struct source *src = arena_new(a, struct source);
	int error;

	src->path = path;
	*out = src;
	error = file_read(path, 64 << 20, a, &src->text);
	return !error || diag_error(d, (loc){ src, 0, 0 }, "file", "cannot read: %s", strerror(error));
}

static bool read_data(str path, struct value *out, struct arena *a, struct diags *d)
{
	struct source *src;

	if (!read_file(path, &src, a, d))
		return false;
	if (str_eq(path_extension(path), STR(".json")))
		return json_read(src, src->text, out, a, d);
	return yaml_read(src, src->text, 1, NULL, out, a, d);
}

/* All templates below the folder, by their path without ".mustache". */
static bool add_partials(struct template_set *set, str folder, struct arena *a, struct diags *d)
{
	struct file_walk walk;
	int error = file_walk(folder, a, &walk);
	struct source none = { folder, (str){ 0 } };
	bool fine = true;

	if (error)
		return diag_error(d, (loc){ &none, 0, 0 }, "file", "cannot read the partials: %s", strerror(error));
	for (size_t i = 0; i < walk.files.count; i++) {
		str name = walk.files.at[i].path;
		struct source *src;

		if (!str_ends(name, STR(".mustache")))
			continue;
		fine = read_file(path_join(folder, name, a), &src, a, d) &&
		       template_add(set, str_sub(name, 0, name.len - strlen(".mustache")), src, d) && fine;
	}
	return fine;
}

static bool render(const struct settings *s, struct buf *out, struct arena *a, struct diags *d)
{
	str path = str_c(s->args[0]), folder = s->partials;
	struct template_options options = { .lenient = s->lenient, .html_off = s->text };
	struct template_set *set = template_set_new(&options, a);
	struct value data;
	const struct value *stack[1] = { &data };
	struct source *src;
	bool fine = read_file(path, &src, a, d) && template_add(set, STR("(main)"), src, d);

	fine = read_data(str_c(s->args[1]), &data, a, d) && fine;
	if (folder.len)
		fine = add_partials(set, folder, a, d) && fine;
	return fine && template_set_link(set, d) &&
	       template_render(template_find(set, STR("(main)")), stack, 1, out, d);
}

static enum exit_status run_render(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct buf out = { 0 };
	enum exit_status status = render(s, &out, &a, &d) ? EXIT_FINE : EXIT_CONTENT;

	diags_sort(&d);
	report_diags(s, &d);
	if (status == EXIT_FINE && !report_write(&out))
		status = EXIT_USAGE;
	buf_free(&out);
	arena_free(&a);
	return status;
}

static const struct option *const options[] = { &option_partials, &option_lenient, &option_text, NULL };

const struct command command_render = {
	.name = "render",
	.args = "TEMPLATE DATA",
	.least = 2,
	.most = 2,
	.summary = "render one Mustache template with JSON or YAML data",
	.about = "Render TEMPLATE with the data of a JSON or YAML file, to stdout. A name that the data does not\n"
		 "have is an error, unless --lenient.",
	.options = options,
	.run = run_render,
};
