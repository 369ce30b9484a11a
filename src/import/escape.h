/*
 * escape -- which characters of a text Markdown would take for marks.
 */
#ifndef IMPORT_ESCAPE_H
#define IMPORT_ESCAPE_H

#include "base/str.h"

struct escape_place {
	char prev;    /* what stands before; ' ' at the start of a line */
	bool in_link; /* inside [...] */
	bool in_mark; /* of emphasis, which may close right behind */
	bool in_cell; /* of a table */
};

/*
 * Does the first character of `rest`, an ASCII one, need a backslash? What comes behind `rest`
 * is not known, so at its end the answer is yes whenever it could be.
 */
bool escape_needed(str rest, struct escape_place at);

/* Does the text "- x", "# x", "1. x", "---" begin a block at the start of a line? Where the
 * backslash goes, or -1. */
ptrdiff_t escape_line_start(str line, bool first);

bool escape_is_punctuation(char c);

#endif
