/*
 * theme -- templates and assets: the site's own over those in the program.
 *
 * A file in the site's templates/ replaces the built-in one of the same name, one at a time.
 */
#ifndef SITE_THEME_H
#define SITE_THEME_H

#include "base/diag.h"
#include "base/map.h"
#include "template/template.h"

struct arena;
struct config;
struct file_walk;

struct theme_asset {
	str name;  /* "site.css" */
	str path;  /* in the site, with the hash of its content: "assets/site.1f3a.css" */
	str bytes;
};

struct theme {
	struct template_set *set;
	struct theme_asset *assets;
	size_t asset_count;
	uint64_t hash; /* of all that it was made from */
	const str *names; /* of all templates, for suggestions */
	size_t name_count;
};

/* A template or asset that the program carries. */
struct theme_file {
	const char *name; /* below templates/ */
	const unsigned char *bytes;
	size_t size;
};
extern const struct theme_file theme_embedded[];
extern const size_t theme_embedded_count;

/* Read the files of `folder` over the built-in theme, and compile all. */
bool theme_load(str folder, const struct file_walk *walk, const struct config *config, struct theme *out, struct arena *a,
	struct diags *d);

/* The page template of that name; null, with a message at `at`, when there is none. */
const struct template *theme_template(const struct theme *t, str name, loc at, struct diags *d);

#endif
