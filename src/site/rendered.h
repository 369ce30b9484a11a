/*
 * rendered -- what a finished page says of ids and links, read from its HTML: every link that readers
 * can follow and every file that their browser loads, whether it came from the article, a template or
 * the configuration.
 *
 * Links that lead to something when the page is made leave nothing behind.  So, in a build that
 * composes some pages only, the others hold as long as no address of the site has gone away.
 */
#ifndef SITE_RENDERED_H
#define SITE_RENDERED_H

#include <stddef.h>

#include "base/str.h"

struct arena;
struct site;
struct worker;

enum ref_kind {
	REF_LINK,     /* leads to nothing known when the page was made; perhaps to a file of another page */
	REF_ASSET,    /* the same of an image, a style, ... */
	REF_ANCHOR,   /* leads to a page, at an anchor of it */
	REF_ID,	      /* no link: an id that is there twice */
	REF_EXTERNAL, /* leads out of the site; kept only when such links are asked for */
};

struct page_ref {
	enum ref_kind kind;
	str address;	 /* as the page has it, entities decoded; of REF_ID the id */
	uint64_t target; /* hash of the path that it leads to */
	uint64_t anchor; /* hash of the anchor, 0: none */
	int line, col;	 /* in the article; 0 when it is not of its text */
};

struct rendered {
	bool made; /* false: the page has errors, and nothing is known of it */
	uint64_t *ids; /* hashes, sorted */
	size_t id_count;
	struct page_ref *refs; /* what is wrong or cannot be said before all pages are made */
	size_t ref_count;
	uint64_t *files; /* hashes of the paths of files that the page brings with it */
	size_t file_count;
};

/* Where a link of the article's text stands, while its page is made. */
struct place {
	uint64_t hash; /* rendered_hash() of the address that the page will have */
	int line, col;
	bool said; /* what is wrong with it is said already */
	struct place *next, *chain;
};

/* An address, the same however it is escaped. */
uint64_t rendered_hash(str address, struct arena *scratch);

/*
 * Read the page at `path` from `html`. Links of the article's text are in w->places; files that it brings, in
 * w->files.  Lasting memory is w->kept.
 */
void rendered_read(const struct site *s, str path, str html, struct worker *w, struct rendered *out);

bool rendered_has_id(const struct rendered *r, uint64_t id);

#endif
