/*
 * html_tree -- a piece of HTML as a tree of our own, made by gumbo.
 *
 * Each node says by its act what is to be done with it, and whether it is or holds a block, so
 * that the converters need not look again.  The tree is never deeper than HTML_DEPTH.
 */
#ifndef IMPORT_HTML_TREE_H
#define IMPORT_HTML_TREE_H

#include "base/diag.h"
#include "base/str.h"
#include "import/notes.h"

struct arena;

enum { HTML_DEPTH = 200, HTML_BYTES = 10 << 20 };

enum html_act {
	/* within a line */
	HTML_TEXT,
	HTML_SPAN,  /* its children, the element is counted */
	HTML_PLAIN, /* its children, and no word of it */
	HTML_STRONG,
	HTML_EM,
	HTML_STRIKE,
	HTML_CODE,
	HTML_LINK,
	HTML_IMAGE,
	HTML_BREAK,
	HTML_RAW, /* stays an element: <kbd> */
	HTML_MEDIA,
	HTML_TASK, /* the box of a task in a list */
	HTML_COMMENT,
	HTML_DROP,
	/* blocks */
	HTML_BLOCK, /* a container without a meaning of its own */
	HTML_PARAGRAPH,
	HTML_HEADING,
	HTML_RULE,
	HTML_LIST,
	HTML_ITEM,
	HTML_QUOTE,
	HTML_PRE,
	HTML_TABLE,
	HTML_TABLE_PART, /* thead, tr, td, caption, ... */
	HTML_FIGURE,
	HTML_DETAILS,
	HTML_DEFINITIONS,
};

struct html_attr {
	str name, value;
};

struct html_node {
	enum html_act act;
	str name; /* of an element, lower case */
	str text; /* of a text or comment, decoded */
	const struct html_attr *attrs;
	size_t attr_count;
	struct html_node *parent, *first, *last, *next;
	int line;       /* in the HTML, from 1; 0: the parser made it */
	bool block;     /* is or holds a block */
	enum note drop; /* what to note when the act is HTML_DROP */
};

/* What is to be done with elements of this name; null when it is unknown. */
struct html_element {
	str name;
	enum html_act act;
	enum note drop;
};
const struct html_element *html_element_find(str name);

/*
 * The tree of `html`, which begins on line `first_line` of `src`; texts point into `a`.  Null,
 * with a message, when it is too large or nested too deep.
 */
struct html_node *html_tree_read(
	const struct source *src, str html, int first_line, struct arena *a, struct diags *d);

/* An attribute's value; empty with a null pointer when there is none. */
str html_attr(const struct html_node *n, str name);

/* Is the word in the attribute `class`? */
bool html_has_class(const struct html_node *n, str word);

/* The text in it, as it stands; <br> as a line end. Scripts and styles are left out. */
str html_node_text(const struct html_node *n, struct arena *a);

static inline bool html_is(const struct html_node *n, str name)
{
	return n && str_eq(n->name, name);
}

#endif
