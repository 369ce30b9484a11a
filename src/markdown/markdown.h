/*
 * markdown -- GFM text to HTML, by cmark-gfm.
 *
 * Parse, look at what is in it (outline, blocks), then render it straight into a buffer.
 * Code blocks and tables are offered to the caller as data; what the caller does not take
 * is rendered plainly.  Links are rewritten by the caller.
 *
 * Call markdown_start() once, before any thread: cmark-gfm keeps global tables.
 */
#ifndef MARKDOWN_MARKDOWN_H
#define MARKDOWN_MARKDOWN_H

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct buf;
struct markdown;

enum html_policy {
	HTML_SAFE, /* a short list of elements; the rest is escaped, with a warning */
	HTML_ALL,
	HTML_NONE, /* everything is escaped */
};

struct markdown_limits { /* 0 takes the default */
	size_t bytes;	      /* 10 MB */
	int nesting;	      /* 100 blocks inside one another */
	size_t table_cells;   /* 200,000 in a document */
	int brackets;	      /* 1,000: depth of emphasis and links; brackets, delimiters and addresses in one paragraph
				 that the parser would compare each with each are bounded by 40 times its square */
	size_t references;    /* bytes that reference links may expand to; 10 times the document, at least 100 KB */
};

struct markdown_options {
	enum html_policy html;
	struct markdown_limits limits;
	bool core;  /* CommonMark alone, without what GFM adds: for the examples of its spec */
	bool plain; /* exactly as the CommonMark and GFM specs print it: no ids, no alerts, no hooks, links unchecked */
};

/* Once, before threads. */
void markdown_start(void);

/*
 * Parse `body`, whose first line is `first_line` of `src`. Null, with messages, when it is over
 * a limit or not UTF-8. Everything lives in `a` (cmark's tree too: nothing to close).
 * `body` must live as long as the result. One document belongs to one thread.
 */
struct markdown *markdown_parse(const struct source *src, str body, int first_line,
	const struct markdown_options *options, struct arena *a, struct diags *d);

struct markdown_heading {
	int level;
	str id;	  /* "own-id" or as GitHub makes it, "-1" on repeats */
	str text; /* plain */
	str html; /* inline HTML, without links */
	int line;
};

struct markdown_outline {
	const struct markdown_heading *headings;
	size_t count;
};

/* The headings, in order. */
struct markdown_outline markdown_outline(struct markdown *m);

/* The first heading when it is of level 1 and nothing but blank stands before it; null otherwise. */
const struct markdown_heading *markdown_title(struct markdown *m);

/* Words of the text (code left out), for the reading time. */
size_t markdown_words(struct markdown *m);

/*
 * The text for lists: what stands before <!-- more -->, else the first paragraph, as plain text,
 * cut at a word to about `max` characters (0: not cut) with an ellipsis.
 */
str markdown_summary(struct markdown *m, size_t max, struct arena *a);

enum markdown_block_kind { MARKDOWN_CODE, MARKDOWN_TABLE };

enum markdown_align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct markdown_cell {
	str html; /* inline HTML */
	str text; /* plain text */
	str raw;  /* as it was written, trimmed */
	int line, col;
};

struct markdown_row {
	const struct markdown_cell *cells; /* exactly `columns` of them */
	int written;			   /* cells that the source has; others are empty */
	int line;
};

struct markdown_block {
	enum markdown_block_kind kind;
	loc at; /* of the fence or the head row */
	bool fenced; /* code; a table that was made of a fence, too */
	/* code */
	str info;	/* the whole info string */
	loc info_at;	/* where it starts */
	str code;	/* with its last newline */
	int code_line;	/* line of its first line */
	/* table */
	str caption_html; /* of a paragraph "Table: ..." before it, else empty */
	str caption_text;
	int columns;
	const enum markdown_align *align;
	struct markdown_row head;
	const struct markdown_row *rows;
	size_t row_count;
};

enum markdown_link_kind { LINK_ANCHOR, LINK_IMAGE };

struct markdown_hooks {
	void *ctx;
	/*
	 * A block, followed by `count - 1` blocks of the same kind that are its next neighbours.
	 * Append HTML for the first ones and return how many; 0: render the first plainly.
	 */
	size_t (*block)(void *ctx, const struct markdown_block *blocks, size_t count, struct buf *out);
	/* The address to write for a link, from the one in the text (decoded, scheme already checked). */
	str (*link)(void *ctx, enum markdown_link_kind kind, str address, loc at);
};

/* Call `visit` for every code block and table, in order, without rendering. */
void markdown_blocks(struct markdown *m, void (*visit)(void *ctx, const struct markdown_block *b), void *ctx);

/*
 * Append the body as HTML. With `without_title`, the heading that markdown_title() found is left out.
 * Faults (refused link schemes, escaped HTML) go to the diags given to markdown_parse().
 */
void markdown_render(struct markdown *m, const struct markdown_hooks *hooks, bool without_title, struct buf *out);

/*
 * Links whose address begins with `scheme` ("snippet:") stand for a text: `say` gives it, from the text of the
 * link and the rest of the address. With an empty `*address` it is no link any more; a null answer leaves all as
 * it is. Call it before anything that shows or counts the text.
 */
void markdown_say_links(struct markdown *m, str scheme,
	str (*say)(void *ctx, str text, str rest, loc at, str *address), void *ctx);

/*
 * Texts that are cells without standing in a pipe table of the article (YAML, CSV): read `html` and `text` of
 * each from its `raw`, as if it were one. HTML in them is text. Addresses go through `hooks`, and messages point
 * at line and column of the cell. False when they are over a limit; then the cells are as they were.
 */
bool markdown_cells(const struct source *src, struct markdown_cell *const *cells, size_t count,
	const struct markdown_hooks *hooks, struct arena *a, struct diags *d);

/* May this text be more than what it shows? False for most cells, which then need no parser. */
bool markdown_is_marked(str text);

/* Is this address refused (javascript:, vbscript:, data: but images, file:), after decoding? */
bool markdown_refuses(str address, enum markdown_link_kind kind);

#endif
