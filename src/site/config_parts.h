/*
 * config_parts -- the keys of gen.yaml that are more than one value, each with a file of its own.
 *
 * Each reads its value into `out`; false, with messages at their places, when it is wrong.
 */
#ifndef SITE_CONFIG_PARTS_H
#define SITE_CONFIG_PARTS_H

#include "base/diag.h"

struct arena;
struct config;
struct value;

struct config_reading {
	const struct source *src;
	struct config *out;
	struct arena *arena;
	struct diags *diags;
};

/* `taxonomies: [topics, {name: topic, plural: topics}]`, or Hugo's {topic: topics}. */
bool config_read_taxonomies(const struct config_reading *r, const struct value *v);

/* `permalinks: {default: /:year/:slug/, go: /golang/:title/}` */
bool config_read_permalinks(const struct config_reading *r, const struct value *v);

/* `cname: www.example.org` */
bool config_read_cname(const struct config_reading *r, const struct value *v);

/* A list of paths of the site, each with its first slash, as `robots: {disallow: [/private/]}` has it. */
bool config_read_disallow(const struct config_reading *r, const struct value *v);

/* `links: {ignore: [https://example.org/, "*.pdf"]}` */
bool config_read_ignored(const struct config_reading *r, const struct value *v);

#endif
