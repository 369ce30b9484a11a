/*
 * cmark -- the library as this folder uses it: kept still on threads, its memory in an arena,
 * its work counted.
 *
 * The first law: between library_start() and the end of the program nothing global of
 * cmark-gfm is ever written, so that any number of threads may parse at once.
 * The second: no text, whatever is in it, keeps the library for more than about a second
 * a megabyte; a parse that would is left in the middle.
 */
#ifndef MARKDOWN_CMARK_H
#define MARKDOWN_CMARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmark-gfm.h>
#include <cmark-gfm/node.h>

#include "base/str.h"

struct arena;
struct markdown_limits;

/* Types of nodes that the library numbers when it starts, and keeps private. */
struct node_types {
	uint16_t table, row, cell, strikethrough;
};

extern struct node_types node_types;

void library_start(void);

enum parse_fault {
	PARSE_FINE,
	PARSE_NESTING,   /* blocks inside blocks */
	PARSE_DEEP_TEXT, /* emphasis inside emphasis */
	PARSE_WORK,      /* brackets and delimiters that the library compares each with each */
	PARSE_CELLS,
	PARSE_TABLE_WORK, /* lines that may be the head of a table, read again and again */
	PARSE_REFERENCES,
	PARSE_ADDRESSES,
	PARSE_MEMORY,
};

struct parse_end {
	enum parse_fault fault;
	int line; /* of the library's count, 0: not known */
};

/* Where the lines of a text start; one more entry than there are lines. */
struct line_table {
	const uint32_t *starts;
	const uint32_t *numbers; /* of lines as messages count them; null: the same */
	size_t count;
};

/*
 * Parse `text`, cut into `lines`. The tree lives in `a` and is never freed. When the end has a
 * fault the parse was left in the middle and there is no tree. `extensions`: with those of GFM.
 */
struct parse_end library_parse(str text, const struct line_table *lines, bool extensions,
	const struct markdown_limits *limits, struct arena *a, cmark_node **root);

/* Entities decoded, as in an attribute of HTML. */
str unescape_html(str s, struct arena *a);

static inline bool is_table(const cmark_node *n)
{
	return n->type == node_types.table;
}

static inline str chunk_str(const cmark_chunk *c)
{
	return str_new((const char *)c->data, (size_t)c->len);
}

/* The node that comes after `n` and all that is in it, inside `top`; null at the end. */
static inline cmark_node *skip_node(cmark_node *n, const cmark_node *top)
{
	while (n != top && !n->next)
		n = n->parent;
	return n == top ? NULL : n->next;
}

/* The node that comes after `n` in the order of the text, inside `top`; null at the end. */
static inline cmark_node *next_node(cmark_node *n, const cmark_node *top)
{
	return n->first_child ? n->first_child : skip_node(n, top);
}

#endif
