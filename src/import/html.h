/*
 * html -- a piece of HTML to Markdown that reads the same.
 *
 * Every word stays: text is escaped so that Markdown sees no marks in it.  Spans, styles and
 * handlers go, as do scripts, frames and forms, and each is noted.  The Markdown is a sequence
 * of blocks with a blank line between.
 */
#ifndef IMPORT_HTML_H
#define IMPORT_HTML_H

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct buf;
struct notes;

struct html_options {
	int first_line; /* of the HTML in its source; 0: 1 */
	bool lines;     /* line ends mean something, as in WordPress's classic editor: one is a
			   break, two a paragraph */
	str title;      /* a first heading of the same words is left out */
};

/* Append the Markdown of `html`. False, with a message, when it is too large or nested too
 * deep. */
bool html_markdown(const struct source *src, str html, const struct html_options *options,
	struct notes *notes, struct buf *out, struct arena *a, struct diags *d);

/* Plain text of a short piece of HTML, such as a title, on one line. Never fails: what is too
 * deep stays as it is. */
str html_plain(str html, struct arena *a);

#endif
