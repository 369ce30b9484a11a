/*
 * metrics -- how much code a snippet is.
 *
 * One rule for all languages, so that two snippets can be compared: tokens are words, numbers,
 * strings and signs (":=" is one), with comments left out; a line of code is one that is
 * neither blank nor only a comment.
 */
#ifndef BLOCKS_METRICS_H
#define BLOCKS_METRICS_H

#include "base/str.h"

struct metrics {
	size_t lines, code_lines;
	size_t characters; /* without the last line end */
	size_t tokens;
	size_t imports; /* modules named by import, use, #include, require, using */
};

/* `slug` is the language's; an empty or unknown one has no comments. */
struct metrics metrics_of(str slug, str code);

#endif
