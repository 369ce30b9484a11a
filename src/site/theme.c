#include "site/theme.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "site/config.h"

/* A file of the theme, wherever it comes from. */
struct part {
	str name;
	struct source source;
};

struct parts {
	struct part *at;
	size_t count;
	struct map by_name; /* -> struct part */
};

static void add_part(struct parts *parts, str name, str path, str text)
{
	void **place = map_put(&parts->by_name, name, NULL);
	struct part *part = *place;

	if (!part)
		*place = part = &parts->at[parts->count++];
	*part = (struct part){ name, { path, text } };
}

static void add_embedded(struct parts *parts, struct arena *a)
{
	for (size_t i = 0; i < theme_embedded_count; i++) {
		const struct theme_file *f = &theme_embedded[i];
		str name = str_c(f->name);

		add_part(parts, name, str_printf(a, "(built in) templates/%s", f->name),
			str_new((const char *)f->bytes, f->size));
	}
}

static bool add_file(struct parts *parts, str folder, str name, struct arena *a, struct diags *d)
{
	str path = path_join(folder, name, a), text;
	int error = file_read(path, 10 * 1000 * 1000, a, &text);

	if (error) {
		struct source src = { path, (str){ 0 } };

		return diag_error(d, (loc){ &src, 0, 0 }, "template", "cannot read the template: %s",
			strerror(error));
	}
	add_part(parts, name, path, text);
	return true;
}

static bool add_folder(struct parts *parts, str folder, const struct file_walk *walk, struct arena *a,
	struct diags *d)
{
	bool fine = true;

	for (size_t i = 0; i < walk->files.count; i++)
		fine = add_file(parts, folder, walk->files.at[i].path, a, d) && fine;
	return fine;
}

static int compare_parts(const void *a, const void *b)
{
	return str_cmp(((const struct part *)a)->name, ((const struct part *)b)->name);
}

static void add_asset(struct theme *t, const struct part *part, struct arena *a)
{
	str name = str_from(part->name, strlen("assets/"));
	str extension = path_extension(name);
	uint64_t hash = hash_64(part->source.text);

	t->assets[t->asset_count++] = (struct theme_asset){
		.name = name,
		.path = str_printf(a, "assets/%.*s.%08x%.*s",
			STR_ARG(str_sub(name, 0, name.len - extension.len)), (unsigned)(hash >> 32),
			STR_ARG(extension)),
		.bytes = part->source.text,
	};
}

static bool compile(struct theme *t, struct parts *parts, struct arena *a, struct diags *d)
{
	str *names = arena_array(a, str, parts->count);
	bool fine = true;

	t->assets = arena_array(a, struct theme_asset, parts->count);
	qsort(parts->at, parts->count, sizeof(*parts->at), compare_parts);
	for (size_t i = 0; i < parts->count; i++) {
		const struct part *part = &parts->at[i];
		str name = part->name;

		t->hash = hash_64_seed(part->source.text, hash_64_seed(name, t->hash));
		if (str_starts(name, STR("assets/"))) {
			add_asset(t, part, a);
			continue;
		}
		if (!str_ends(name, STR(".mustache")))
			continue;
		name.len -= strlen(".mustache");
		names[t->name_count++] = name;
		fine = template_add(t->set, name, &part->source, d) && fine;
	}
	t->names = names;
	return fine && template_set_link(t->set, d);
}

bool theme_load(str folder, const struct file_walk *walk, const struct config *config, struct theme *out,
	struct arena *a, struct diags *d)
{
	struct template_options options = { .lenient = !config->strict_templates,
		.max_output = (size_t)config->output_bytes };
	struct parts parts = { .by_name = { .arena = a } };

	*out = (struct theme){ .set = template_set_new(&options, a) };
	parts.at = arena_array(a, struct part, theme_embedded_count + walk->files.count);
	add_embedded(&parts, a);
	if (!add_folder(&parts, folder, walk, a, d))
		return false;
	return compile(out, &parts, a, d);
}

const struct template *theme_template(const struct theme *t, str name, loc at, struct diags *d)
{
	const struct template *found = template_find(t->set, name);

	if (!found) {
		diag_error(d, at, "template", "there is no template \"" STR_FMT "\"", STR_ARG(name));
		diag_help_nearest(d, name, t->names, t->name_count);
	}
	return found;
}
