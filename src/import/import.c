#include "import/importing.h"

#include "base/arena.h"
#include "base/file.h"
#include "import/fetch.h"

static const str kinds[] = { [IMPORT_WORDPRESS] = STR_INIT("wordpress"),
	[IMPORT_JEKYLL] = STR_INIT("jekyll"),
	[IMPORT_HUGO] = STR_INIT("hugo"),
	[IMPORT_TEXT] = STR_INIT("text") };

bool import_kind_find(str word, enum import_kind *out)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!str_eq(kinds[i], word))
			continue;
		*out = (enum import_kind)i;
		return true;
	}
	return false;
}

/* A folder that is not there is more likely a typing error than a wish. */
static bool check_site(const struct importing *im)
{
	str site = im->options->site;
	struct source src = { site, { 0 } };
	struct file_info info;
	int error;

	if (site.len == 0)
		return true;
	error = file_stat(site, &info);
	if (!error && info.kind == FILE_FOLDER)
		return true;
	diag_error(
		im->d, (loc){ &src, 0, 0 }, "output", "there is no such folder to import into");
	diag_help(im->d, "make it first, or name the site's folder with --source");
	return false;
}

static bool import_one(struct importing *im, enum import_kind kind, str path)
{
	switch (kind) {
	case IMPORT_WORDPRESS:
		return import_wordpress(im, path);
	case IMPORT_JEKYLL:
	case IMPORT_HUGO:
		return import_tree(im, path, kind);
	case IMPORT_TEXT:
		return import_text(im, path);
	}
	return false;
}

bool import_run(enum import_kind kind, const str *paths, size_t count,
	const struct import_options *options, struct import_report *report, struct arena *a,
	struct diags *d)
{
	struct importing im = { .options = options,
		.report = report,
		.arena = a,
		.d = d,
		.taken = { .arena = a },
		.images = { .arena = a } };
	bool fine = true;

	*report = (struct import_report){ .notes = { .arena = a, .unit = "line" } };
	if (!check_site(&im) || (options->fetch_images && !fetch_ready(a, d)))
		return false;
	for (size_t i = 0; i < count; i++)
		fine = import_one(&im, kind, paths[i]) && fine;
	return fine;
}
