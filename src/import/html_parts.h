/*
 * html_parts -- what the files of the HTML converter share; not for other layers.
 */
#ifndef IMPORT_HTML_PARTS_H
#define IMPORT_HTML_PARTS_H

#include "base/buf.h"
#include "base/map.h"
#include "import/html.h"
#include "import/html_tree.h"

enum {
	HTML_NEST = 20
}; /* lists and quotes in each other: gen takes 100 blocks, one item is two */

struct html {
	struct arena *arena;
	struct notes *notes;
	const struct html_options *options;
	struct map targets; /* ids that links of the text lead to */
	int shift;          /* added to the level of each heading */
	int level;          /* of the last real heading */
	int nest;           /* lists, quotes and so on around */
	bool started;       /* a block was written */
};

/* Where a line of text stands decides what a <br> is. */
enum html_place { PLACE_PARAGRAPH, PLACE_HEADING, PLACE_CELL };

enum { WITHOUT_STRONG = 1, WITHOUT_EM = 2, WITHOUT_STRIKE = 4 };

/*
 * The nodes from `first` up to, not with, `end`, as text of a paragraph, trimmed; empty when
 * nothing shows. `without` says which emphasis is there already. Blocks among them are taken
 * for lines.
 */
str html_line(struct html *h, const struct html_node *first, const struct html_node *end,
	enum html_place place, int without);

/* Put a backslash where a line of a paragraph would begin a list, a heading and so on. */
str html_escape_starts(str paragraph, struct arena *a);

/* A sequence of blocks being written. */
struct html_blocks {
	struct buf out;
	bool tight;     /* no blank line between blocks */
	char last_list; /* the mark of the list that was written last, when it was the last
			   block; else 0 */
};

/* Start a block: the blank line before it. */
void html_begin(struct html_blocks *b);

/* All blocks in `n`. */
void html_children(struct html *h, const struct html_node *n, struct html_blocks *b);
str html_children_text(struct html *h, const struct html_node *n, bool tight);

/* Add `text` with `first` before its first line and `rest` before the others. */
void html_add_indented(struct buf *out, str text, str first, str rest);

void html_list(struct html *h, const struct html_node *n, struct html_blocks *b);
void html_table(struct html *h, const struct html_node *n, str caption, struct html_blocks *b);
void html_pre(struct html *h, const struct html_node *n, struct html_blocks *b);

/* A fence around `code` that is long enough. */
void html_fence(str info, str code, struct buf *out);

/* [text](address "title"); `text` is Markdown already. */
void html_write_link(str text, str address, str title, bool cell, struct buf *out);

/* Is it javascript:, vbscript:, data: (but images) or file:? */
bool html_unsafe_address(str address, bool image);

/* The address of an image: lazy loaders keep it elsewhere. */
str html_image_address(const struct html_node *n);

#endif
