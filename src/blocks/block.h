/*
 * block -- what an article shows besides prose: tables, decision matrices, code.
 *
 * A block is read from a fence or pipe table into a struct value, which the template
 * `blocks/<kind>` turns into HTML.  A kind is one file with one exported table entry and a
 * line in block.c; its typed struct and its arithmetic are private to the file.
 */
#ifndef BLOCKS_BLOCK_H
#define BLOCKS_BLOCK_H

#include "base/map.h"
#include "blocks/fence.h"
#include "data/value.h"
#include "markdown/markdown.h"

struct arena;
struct buf;

struct block_output;
struct registry;

/* The page that a block stands on; made anew for each page, used by one thread. */
struct block_page {
	const struct source *src;
	str folder; /* of the article, on disk: where `file=` and `data=` look first */
	str root;   /* the site's root folder; nothing outside it is read */
	const struct value *params; /* the article's own values */
	const struct registry *registry; /* of languages and the site's options; may be null */
	/*
	 * What the article compares: a list of names, or of maps with `name`; null: registered
	 * languages only.
	 */
	const struct value *languages;
	struct arena *arena; /* of the page */
	struct diags *diags;
	/* Running numbers and ids of this page; start at zero. */
	int tables, matrices, codes, benches, diagrams;
	struct map ids; /* ids in use; see block_claim_id() */
	/*
	 * What lists show of the page: the verdict of its first matrix; null when it has none.
	 */
	struct value verdict;
	/*
	 * The address to write for one in a block (as in struct markdown_hooks); null: as it
	 * stands.
	 */
	str (*link)(void *ctx, enum markdown_link_kind kind, str address, loc at);
	void *link_ctx; /* of `csv`, too */
	/*
	 * Put the rows of the comparison `id` beside the page, and say at which address; empty: they are
	 * not. Null: none are.
	 */
	str (*csv)(void *ctx, str id, str bytes);
	/*
	 * Paths of the files that blocks showed, a list: the page depends on them. Null when
	 * there are none.
	 */
	struct value files;
	/* This program answers to diagram_is(), so that diagrams can be drawn. */
	bool draws;
	/* Of the fences that run, by line. */
	const struct block_output *outputs;
	size_t output_count;
};

/* What the example in the fence on line `line` did when it was run: the `output` of its block. */
struct block_output {
	int line;
	struct value value;
};

struct block_kind {
	str name; /* of the template */
	str word; /* the first word of a fence that chooses it; empty: not chosen by a word */
	/*
	 * Read the first of `count` neighbouring blocks, or more of them; returns how many were
	 * taken, 0 when it is not of this kind after all or is faulty (then diags say why).
	 */
	size_t (*read)(struct block_page *page, const struct markdown_block *blocks,
		size_t count, const struct fence *fence, struct value *out);
};

/*
 * Find the kind of blocks[0] and read it, with as many neighbours as belong to it. Returns how
 * many were taken, 0 when the block is to be rendered plainly. `*kind` is what read it; null
 * when the blocks that were taken show nothing (`hidden`).
 */
size_t block_read(struct block_page *page, const struct markdown_block *blocks, size_t count,
	const struct block_kind **kind, struct value *out);

/* All kinds, for documentation and for checking that each has its template. */
const struct block_kind *const *block_kinds(size_t *count);

/* Is there a kind that a fence chooses by this word? */
bool block_has_kind(str word);

/*
 * Reserve `id` on the page. False, with an error at `at`, when it is in use. The page builder
 * claims the ids of headings first, so that a block cannot take one of theirs.
 */
bool block_claim_id(struct block_page *page, str id, loc at);

/*
 * "code-3", or with a further number when the author gave that id to something else; reserved.
 */
str block_make_id(struct block_page *page, const char *prefix, int number);

/*
 * An address for a page: resolved by page->link; empty, with an error, when its scheme is
 * refused.
 */
str block_link(struct block_page *page, str address, loc at);

#endif
