/*
 * cmark -- the library as this folder uses it: kept still on threads, its memory in an arena.
 *
 * The one law: between library_start() and the end of the program nothing global of
 * cmark-gfm is ever written, so that any number of threads may parse at once.
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

/* Types of nodes that the library numbers when it starts, and keeps private. */
struct node_types {
	uint16_t table, row, cell, strikethrough;
};

extern struct node_types node_types;

void library_start(void);

/* What a parse may allocate for copies of text, in bytes. */
struct copy_limits {
	size_t references; /* destinations and titles copied by reference links */
	size_t addresses;  /* text copied around e-mail addresses */
};

enum parse_end { PARSE_DONE, PARSE_TOO_MANY_REFERENCES, PARSE_TOO_MANY_ADDRESSES };

/*
 * Parse `text`. The tree lives in `a` and is never freed. On another end than PARSE_DONE the parse
 * was left in the middle and there is no tree. `extensions`: with those of GFM.
 */
enum parse_end library_parse(str text, bool extensions, const struct copy_limits *limits,
	struct arena *a, cmark_node **root);

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
