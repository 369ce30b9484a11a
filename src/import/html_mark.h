/*
 * html_mark -- a line of Markdown being written: text, and marks of emphasis that really open
 * and close.
 *
 * A mark counts only with the right neighbours (CommonMark, "Emphasis and strong emphasis"), so
 * white space moves out of it, marks of a kind that meet are joined, and where a letter is in
 * the way it becomes an entity.
 */
#ifndef IMPORT_HTML_MARK_H
#define IMPORT_HTML_MARK_H

#include "import/html_parts.h"

/* An emphasis that is open. Its mark is written when something shows in it. */
struct mark {
	int kind; /* WITHOUT_... */
	char c;
	bool written;
};

/* A mark in the text. */
struct spot {
	size_t at;
	char c;
	int length;
	bool opens;
};

struct line {
	struct html *h;
	struct buf out;
	enum html_place place;
	int without;
	bool in_link, in_mark, in_code; /* around all of it */
	bool one;              /* stays one paragraph */
	struct mark marks[3];
	int mark_count;
	bool space;               /* white space is due before what comes next */
	int breaks;               /* line breaks are */
	bool led;                 /* white space stood before everything */
	size_t code_at, code_end; /* the span of code that was written last */
	str code;
	size_t close_end; /* behind the closing marks below */
	struct mark closed[4];
	int closed_count;
	struct spot *spots; /* all marks, in order */
	size_t spot_count, spot_cap;
};

/* Open an emphasis (WITHOUT_...); false when it is open already. */
bool line_push(struct line *l, int kind);

/* Close the one that was opened last. */
void line_pop(struct line *l);

/* Bytes of white space at the end of a line: also wide spaces and breaks. */
size_t line_trailing_space(str s);

/* Something that is no text: a link, code, an image. It begins and ends with a sign. */
void line_token(struct line *l, str token);

/* A link, in Markdown: it begins with a bracket. */
void line_link(struct line *l, str link);

/* The first character of `rest`, `c`, which is `len` bytes long. */
void line_character(struct line *l, str rest, int len, uint32_t c);

/* A text; white space in it is one space. */
void line_text(struct line *l, str text);

/* A span of code. */
void line_code(struct line *l, str text);

/* All of it, once nothing more comes; the marks are made to count. */
str line_finish(struct line *l);

#endif
