/*
 * origin -- where in the sources a thing on a page comes from.
 *
 * Only pages with a fault are looked up, by looking for the words; so the answer may be no more than the file.
 */
#ifndef SITE_ORIGIN_H
#define SITE_ORIGIN_H

#include "base/diag.h"

struct arena;
struct page;
struct page_ref;
struct site;

struct origin_page {
	str path;		    /* in the site */
	const struct page *article; /* whose text it shows, or null */
	str template;		    /* its name; empty: that of articles */
};

struct origin {
	struct source source;
	int line, col; /* 0: not known */
};

struct origins {
	const struct site *site;
	struct arena *arena;
	struct source article; /* the one read last */
	struct source *texts; /* gen.yaml, templates, data: read for the first that asks */
	size_t text_count;
	bool has_texts;
};

/* A line of the page's article. */
struct origin origin_of_line(struct origins *o, const struct origin_page *page, int line, int col);

/* Is it written in the page's article (as HTML, or in its front matter)? */
bool origin_in_text(struct origins *o, const struct origin_page *page, const struct page_ref *ref, struct origin *out);

/* In gen.yaml, a template or a data file; when it is in none, the file that the page is made from. */
struct origin origin_elsewhere(struct origins *o, const struct origin_page *page, const struct page_ref *ref);

#endif
