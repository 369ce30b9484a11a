/*
 * text_lines -- a pasted text as lines, each of which knows what it is.
 */
#ifndef IMPORT_TEXT_LINES_H
#define IMPORT_TEXT_LINES_H

#include "base/str.h"

struct arena;
struct buf;
struct notes;

enum line_kind {
	LINE_BLANK,
	LINE_PROSE,
	LINE_LABEL, /* "Go wins at:" */
	LINE_LIST,
	LINE_TABLE,
	LINE_QUOTE,
	LINE_HEADING,
	LINE_RULE,
	LINE_FENCED, /* in a fence that is there, or indented as code */
	LINE_CODE,   /* found to be code */
	LINE_TEXT_TABLE,
};

struct text_line {
	str text;
	int number;
	enum line_kind kind;
	const char *language; /* of code */
	bool starts;          /* the first line of its block of code or table */
	str instead;          /* of a text table: the whole of it, at its first line */
};

struct text_lines {
	struct text_line *at;
	size_t count;
	bool flat;     /* the blank lines are lost: every line of prose is a paragraph */
	bool headings; /* there are headings */
};

struct text_lines text_lines_read(str text, int first_line, struct arena *a);

/* Code without fences. */
void text_find_code(struct text_lines *t, struct notes *notes);

/* Tables that are drawn with spaces. */
void text_find_tables(struct text_lines *t, struct notes *notes, struct arena *a);

/* Short lines that surely are headings. */
void text_find_headings(struct text_lines *t, struct notes *notes);

/* All of it as Markdown. */
void text_write(
	const struct text_lines *t, struct notes *notes, struct buf *out, struct arena *a);

#endif
