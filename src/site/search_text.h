/*
 * search_text -- what of a page its readers can search for.
 *
 * The words come from the page as it is rendered, so hidden code is not found and what a table is made from
 * is.  Code is read from its fence, where it is not yet marked up.
 */
#ifndef SITE_SEARCH_TEXT_H
#define SITE_SEARCH_TEXT_H

#include "base/str.h"

struct block_kind;
struct markdown_block;
struct page;
struct terms;

/* Rendered HTML: text, headings, code. It must begin and end between blocks. */
void search_html(struct terms *t, str html);

/* Blocks that were rendered together as `html`. */
void search_blocks(struct terms *t, const struct markdown_block *blocks, size_t count,
	const struct block_kind *kind, str html);

/* Title, description, tags, languages. */
void search_head(struct terms *t, const struct page *p);

#endif
