/*
 * encoding -- texts that were read in the wrong encoding and saved again.
 *
 * UTF-8 taken for Windows-1252 turns one character into two, three or four: "â€™" was ’, "Ã©"
 * was é.
 */
#ifndef IMPORT_ENCODING_H
#define IMPORT_ENCODING_H

#include "base/str.h"

struct arena;

/* A damaged character. */
struct encoding_damage {
	size_t at, len; /* in the text */
	uint32_t meant;
};

/*
 * The next damaged character from `at` on; false when there is none. What might be meant as it
 * stands ("Ã” in quotes) counts only with `doubtful`.
 */
bool encoding_find(str text, size_t at, bool doubtful, struct encoding_damage *out);

/* All mended, also what was damaged twice. */
str encoding_mend(str text, struct arena *a);

/* Windows-1252 to UTF-8. */
str encoding_from_1252(str bytes, struct arena *a);

#endif
