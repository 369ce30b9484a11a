/*
 * exports -- an article as data: index.json beside its page, and each comparison table as CSV.
 *
 * Only a path that nothing else of the site has is taken, so the author's own files always win.
 */
#ifndef SITE_EXPORTS_H
#define SITE_EXPORTS_H

#include "data/value.h"

struct page;
struct site;
struct worker;

/* The blocks of an article as their templates see them, in order. */
struct exported {
	struct value tables, matrices, figures, examples; /* lists */
};

/* Does this page bring data with it? */
bool exports_wanted(const struct site *s, const struct page *p);

/* Put the rows of the comparison `id` into w->files; returns its address, empty when it was not put. */
str exports_put_csv(const struct site *s, const struct page *p, str id, str bytes, struct worker *w);

/* The path of the page's index.json in the site; empty when it has none. */
str exports_index(const struct site *s, const struct page *p, struct arena *a);

/* Put it into w->files. `value` is the context of the page's template. */
void exports_put_index(const struct site *s, const struct page *p, const struct value *value,
	const struct exported *blocks, struct worker *w);

/*
 * Does `path` lead to data that an article brings? Returns the article, and the id of the table in `table`
 * when it is one, which the article may or may not have; else null.
 */
const struct page *exports_find(const struct site *s, str path, str *table, struct arena *a);

#endif
