/*
 * fence -- the info string of a code fence.
 *
 *     info  = lang *( SP attr )        attr = flag | key=value | key="value with spaces"
 *
 * CommonMark info strings: language first, then words.  `{...}` around the attributes is accepted, as
 * Hugo writes it ("go {hl_lines=[2,4]}"; "{python}" as Quarto writes it gives the language).
 */
#ifndef BLOCKS_FENCE_H
#define BLOCKS_FENCE_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

struct fence_attr {
	str key;   /* the flag itself for a flag */
	str value; /* empty for a flag */
	bool flag;
	loc at;
};

struct fence {
	str lang; /* as written; may be empty */
	const struct fence_attr *attrs;
	size_t count;
	bool runs; /* has one of run, check, serve */
};

/*
 * `at` is where the info string starts. A quote that is not closed or a key twice is an error; an unknown
 * attribute is an error on a block that runs, else a warning.
 */
bool fence_read(str info, loc at, struct fence *out, struct arena *a, struct diags *d);

/* The attribute, or null. */
const struct fence_attr *fence_get(const struct fence *f, str key);
bool fence_has(const struct fence *f, str flag);
/* The value of a key; empty when it is not there. */
str fence_value(const struct fence *f, str key);

#endif
