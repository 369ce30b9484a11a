/*
 * render -- the tree to HTML, by one walk without recursion.
 */
#ifndef MARKDOWN_RENDER_H
#define MARKDOWN_RENDER_H

#include "base/buf.h"
#include "markdown/document.h"

struct open_element { /* of raw HTML */
	str name;
	const cmark_node *container;
};

struct renderer {
	struct markdown *m;
	const struct markdown_hooks *hooks;
	struct buf *out;
	size_t start;               /* length of `out` before */
	bool bare;                  /* for outlines: no links, notes or ids */
	bool quiet;                 /* warnings were given already */
	const cmark_node *left_out; /* the title, when it is not wanted */
	int line;                   /* of the library's count: where the walk is */
	int found_line; /* where a link was looked for last, and what was behind it */
	size_t found_at;
	int notes; /* footnotes begun */
	/* blocks of the run that is being offered to the hook */
	const struct markdown_block *run;
	size_t run_left;
	size_t skip; /* blocks that the hook took beyond the first */
	/* raw HTML that is still open */
	struct open_element *open;
	size_t open_count, open_cap;
};

/* All that is in `top`, but not `top` itself. */
void render_children(struct renderer *r, cmark_node *top);

/* The inlines of `top` as HTML without links, notes and ids. */
void render_bare(struct markdown *m, cmark_node *top, struct buf *out);

/* Start a new line unless at the start of one. */
void render_newline(struct renderer *r);

/* Links and images (link.c). */
void link_open(struct renderer *r, cmark_node *n);
void link_close(struct renderer *r, cmark_node *n);
void image_add(struct renderer *r, cmark_node *n);
void href_add(struct buf *out, str address);
/* The address to write, or a null str when it is refused (and reported). */
str link_address(struct renderer *r, enum markdown_link_kind kind, str address, loc at);

/* Code and tables (block.c): false when the hook has taken it. */
void block_add(struct renderer *r, cmark_node *n);
/* A cell of a table: what is in it and how it was written, not where. */
void block_read_cell(struct renderer *r, cmark_node *n, struct markdown_cell *cell);

/* Raw HTML (html.c). */
void html_add(struct renderer *r, cmark_node *n);
/* Close what raw HTML left open inside `container`, which ends. */
void html_close(struct renderer *r, const cmark_node *container);
/* A <p> that is open ends where a block starts; call it when something is open. */
void html_end_paragraph(struct renderer *r, const cmark_node *block);
/* Is this nothing but comments and white space? */
bool is_comment(const cmark_node *n);

#endif
