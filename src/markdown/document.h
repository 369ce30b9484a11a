/*
 * document -- a parsed text, as the files of this folder share it.
 */
#ifndef MARKDOWN_DOCUMENT_H
#define MARKDOWN_DOCUMENT_H

#include "base/diag.h"
#include "base/map.h"
#include "markdown/cmark.h"
#include "markdown/markdown.h"

struct arena;
struct buf;

struct heading {
	struct markdown_heading head; /* html is made when it is asked for */
	cmark_node *node;
};

struct markdown {
	const struct source *src;
	str body;
	int first_line;
	struct markdown_options options; /* limits filled in */
	struct arena *arena;
	struct diags *diags;
	struct line_table lines;
	cmark_node *root;

	struct heading *headings;
	size_t heading_count;
	bool has_outline;
	const struct markdown_heading *outline;
	cmark_node *title; /* null: none */
	cmark_node *more;  /* the node of <!-- more -->, or null */
	struct map ids;    /* of headings and notes; value: struct heading or null */

	/* Not an article but texts of cells, one a line: where each of them stands. */
	struct markdown_cell *const *cells;
	size_t cell_count;

	struct map warned; /* kinds of escaped HTML that were reported */
	int link_warnings;
};

/* What is hung on a node, by the kind of node. */
struct alert_kind {
	str word, slug, title;
};

/* A paragraph that is the title of an alert has this as its user_data. */
extern char alert_title_mark;

/* Lines above the first of `cells`: the head of a table. */
enum { CELL_LINES = 2 };

/* A text that is not parsed yet. */
struct markdown *document_new(const struct source *src, str body, int first_line,
	const struct markdown_options *options, struct arena *a, struct diags *d);

/* Its tree, made ready for rendering. False, with messages, when it is over a limit or not UTF-8. */
bool document_parse(struct markdown *m);

/* The place of a line and column as the library counts them. */
loc document_loc(const struct markdown *m, int line, int col);

/* A line of the body, without its end; empty when there is none. */
str document_line(const struct markdown *m, int line);

/* Text of all inlines in `top`: breaks are spaces, HTML is left out. */
void text_add(const cmark_node *top, struct buf *out);
str text_of(const cmark_node *top, struct arena *a);

/* Alerts, captions of tables, the mark for the summary: the tree is made ready for rendering.
 */
void prepare_tree(struct markdown *m);

/* Titles, ids and texts of headings. */
void headings_read(struct markdown *m);

/* Signs that the text was damaged: wrong encoding, lost fences. */
void lint_text(struct markdown *m);

/* Is this node an HTML block or inline that is nothing but <!-- more -->? */
bool is_more(const cmark_node *n);

#endif
