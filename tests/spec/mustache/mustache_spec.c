/*
 * mustache_spec -- renders cases and compares bytes.
 *
 *     mustache_spec [FOLDER]
 *
 * A folder has .json or .yaml files with a list `tests` of {name, data, template, partials,
 * expected}.  Without FOLDER the public specification is looked for; where it is not
 * there, that is said and the exit status is 77.  Its lambdas are left out: they are code.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "data/json.h"
#include "data/yaml.h"
#include "template/template.h"

struct tally {
	size_t passed, count;
};

static struct source *make_source(str path, str text, struct arena *a)
{
	struct source *src = arena_new(a, struct source);

	src->path = path;
	src->text = text;
	return src;
}

static bool render_case(const struct value *test, struct buf *out, struct diags *d)
{
	struct arena *a = d->arena;
	struct template_options lenient = { .lenient = true };
	struct template_set *set = template_set_new(&lenient, a);
	const struct value *partials = value_get(test, STR("partials"));
	const struct value *data = value_get(test, STR("data"));
	str text = value_str(value_get(test, STR("template")));

	for (size_t i = 0; i < value_count(partials); i++) {
		const struct value_entry *e = &partials->map->at[i];

		if (!template_add(set, e->key, make_source(e->key, value_str(&e->value), a), d))
			return false;
	}
	/* No partial of a case has this name. */
	if (!template_add(set, STR("the case"), make_source(STR("template"), text, a), d))
		return false;
	return template_set_link(set, d) &&
	       template_render(template_find(set, STR("the case")), &data, 1, out, d);
}

static void run_case(str path, const struct value *test, struct tally *tally)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct buf out = { .arena = &a };
	str expected = value_str(value_get(test, STR("expected")));
	bool ok = render_case(test, &out, &d);

	tally->count++;
	if (ok && str_eq(buf_str(&out), expected)) {
		tally->passed++;
	} else {
		str name = value_str(value_get(test, STR("name")));
		struct buf told = { .arena = &a };
		struct json_style style = { 0 };

		diags_print(&d, &(struct diag_style){ 0 }, &told);
		buf_add(&told, STR("  template: "));
		json_write(value_get(test, STR("template")), &style, &told);
		buf_add(&told, STR("\n  expected: "));
		json_write(value_get(test, STR("expected")), &style, &told);
		buf_add(&told, STR("\n  got:      "));
		json_write(&(struct value){ .kind = VALUE_STRING, .s = buf_str(&out) }, &style,
			&told);
		printf("FAIL " STR_FMT ": " STR_FMT "\n" STR_FMT "\n", STR_ARG(path),
			STR_ARG(name), STR_ARG(buf_str(&told)));
	}
	arena_free(&a);
}

static bool read_cases(str path, str text, struct value *out, struct diags *d)
{
	const struct source *src = make_source(path, text, d->arena);

	return str_ends(path, STR(".json")) ? json_read(src, text, out, d->arena, d)
					    : yaml_read(src, text, 1, NULL, out, d->arena, d);
}

static bool run_file(str folder, str name, struct arena *a, struct tally *tally)
{
	struct diags d = { .arena = a };
	str path = path_join(folder, name, a), text;
	struct value cases;
	int error = file_read(path, 0, a, &text);
	struct tally here = { 0 };

	if (error) {
		printf(STR_FMT ": %s\n", STR_ARG(path), strerror(error));
		return false;
	}
	if (!read_cases(path, text, &cases, &d)) {
		struct buf told = { .arena = a };

		diags_print(&d, &(struct diag_style){ 0 }, &told);
		printf(STR_FMT "\n", STR_ARG(buf_str(&told)));
		return false;
	}
	const struct value *tests = value_get(&cases, STR("tests"));

	for (size_t i = 0; i < value_count(tests); i++)
		run_case(name, value_at(tests, i), &here);
	printf("%4zu of %4zu  " STR_FMT "\n", here.passed, here.count, STR_ARG(name));
	tally->passed += here.passed;
	tally->count += here.count;
	return here.count > 0;
}

static int run_folder(str folder, struct arena *a)
{
	struct tally tally = { 0 };
	struct file_walk walk = { 0 };
	bool ok = file_walk(folder, a, &walk) == 0;

	for (size_t i = 0; i < walk.files.count; i++) {
		str path = walk.files.at[i].path;

		if (str_eq(path, STR("~lambdas.json")))
			continue;
		if (str_ends(path, STR(".json")) || str_ends(path, STR(".yaml")))
			ok &= run_file(folder, path, a, &tally);
	}
	printf("%zu of %zu mustache spec cases pass\n", tally.passed, tally.count);
	return ok && tally.count > 0 && tally.passed == tally.count ? EXIT_SUCCESS
								    : EXIT_FAILURE;
}

/* Empty when it is nowhere. */
static str find_public(struct arena *a)
{
	const char *shared = getenv("GEN_SHARED_TESTDATA"), *source = getenv("GEN_SOURCE_DIR");
	str base =
		shared ? str_c(shared)
		       : path_join(str_c(source ? source : "."), STR("../shared/testdata"), a);
	str folder = path_join(base, STR("mustache-spec"), a);
	struct file_info info;

	if (file_stat(folder, &info) == 0 && info.kind == FILE_FOLDER)
		return folder;
	printf("skipped: the public Mustache cases are not at " STR_FMT
	       " (GEN_SHARED_TESTDATA names the folder above them)\n",
		STR_ARG(folder));
	return (str){ 0 };
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	str folder = argc > 1 ? str_c(argv[1]) : find_public(&a);
	int status = folder.len ? run_folder(folder, &a) : 77;

	arena_free(&a);
	return status;
}
