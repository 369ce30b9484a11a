/*
 * mend -- damages of Markdown that are certain enough to be repaired.
 */
#ifndef IMPORT_MEND_H
#define IMPORT_MEND_H

#include "base/str.h"

struct arena;
struct notes;

/* A walk over lines that knows fences. Zero it, then call fence_step() for each line. */
struct fence {
	char mark; /* of the fence that is open; 0: none */
	size_t length;
	bool edge; /* the line opened or closed it */
};
void fence_step(struct fence *f, str line);

/* Tables that are drawn with spaces, in fences without a language, become pipe tables. */
str mend_text_tables(str body, int first_line, struct notes *notes, struct arena *a);

/* "| Go | Python | |" over rows whose last cell is filled: the empty cell belongs in front. */
str mend_shifted_tables(str body, int first_line, struct notes *notes, struct arena *a);

#endif
