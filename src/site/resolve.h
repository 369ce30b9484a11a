/*
 * resolve -- where a link of an article leads.
 */
#ifndef SITE_RESOLVE_H
#define SITE_RESOLVE_H

#include "base/diag.h"
#include "markdown/markdown.h"

struct page;
struct site;
struct worker;

/*
 * The address to write for a link in the text of `p`: other articles by file ("other.md#anchor") or address,
 * files beside the article, things at the root of the site; all with the base path. What leads nowhere is a
 * warning in p->diags (an error of the gate in a check), and stays as it was written. Where the link stands is kept in
 * w->places for who reads the finished page.
 */
str resolve_link(const struct site *s, struct page *p, enum markdown_link_kind kind, str address, loc at,
	struct worker *w);

/* The maps of the site that a link is looked up in. */
enum target_map { TARGET_PAGE, TARGET_KNOWN, TARGET_FILE };

/* What a link led to, from the hash of its key in the map. */
static inline uint64_t target_hash(enum target_map map, uint64_t key)
{
	return key * 3 + map;
}

#endif
