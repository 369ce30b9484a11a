/*
 * block -- what an article shows besides prose: tables, decision matrices, code.
 *
 * A block is read from a fence or pipe table into a struct value, which the template
 * `blocks/<kind>` turns into HTML.  A kind is one file with one exported table entry and a
 * line in block.c; its typed struct and its arithmetic are private to the file.
 */
#ifndef BLOCKS_BLOCK_H
#define BLOCKS_BLOCK_H

#include "blocks/fence.h"
#include "data/value.h"
#include "markdown/markdown.h"

struct arena;
struct buf;

/* The page that a block stands on; made anew for each page, used by one thread. */
struct block_page {
	const struct source *src;
	str folder;		    /* on disk, for `file=` and `data=`; nothing outside the site's root is read */
	str root;		    /* the site's root folder */
	const struct value *params; /* the article's own values */
	struct arena *arena;	    /* of the page */
	struct diags *diags;
	/* Running numbers and ids of this page; start at zero. */
	int tables, matrices, codes;
	struct value ids; /* ids in use, as a map id -> line */
	/* What lists show of the page: the verdict of its first matrix; null when it has none. */
	struct value verdict;
};

struct block_kind {
	str name; /* of the template, and of the fence word where it has one */
	bool fenced; /* chosen by the first word of a fence */
	/*
	 * Read the first of `count` neighbouring blocks, or more of them; returns how many were taken, 0
	 * when it is not of this kind after all or is faulty (then diags say why).
	 */
	size_t (*read)(struct block_page *page, const struct markdown_block *blocks, size_t count,
		const struct fence *fence, struct value *out);
};

/*
 * Find the kind of blocks[0] and read it, with as many neighbours as belong to it. Returns how many were
 * taken, 0 when the block is to be rendered plainly. `*kind` is what read it.
 */
size_t block_read(struct block_page *page, const struct markdown_block *blocks, size_t count,
	const struct block_kind **kind, struct value *out);

/* All kinds, for documentation and for checking that each has its template. */
const struct block_kind *const *block_kinds(size_t *count);

#endif
