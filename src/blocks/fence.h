/*
 * fence -- the info string of a code fence.
 *
 *     info  = lang *( SP attr )        attr = flag | key=value | key="value with spaces"
 *
 * CommonMark info strings: language first, then words.  `{...}` around the attributes is
 * accepted, as Hugo writes it ("go {hl_lines=[2,4]}"; "{python}" as Quarto writes it gives the
 * language; "js {2,4-6}" marks lines), and commas after the language, as mdBook and Zola write
 * them ("rust,editable").  Other generators' names for the same thing come out under ours:
 * hl_lines as hl, linenos as lines.
 */
#ifndef BLOCKS_FENCE_H
#define BLOCKS_FENCE_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

struct fence_attr {
	str key;   /* our name; the flag itself for a flag */
	str value; /* empty for a flag */
	bool flag;
	loc at;
	loc value_at;
};

struct fence {
	str lang; /* as written; may be empty */
	const struct fence_attr *attrs;
	size_t count;
	bool runs; /* has one of run, check, serve */
};

/*
 * `at` is where the info string starts. A quote that is not closed, a key twice and a
 * contradiction are errors; an unknown attribute is an error on a block that runs, else a
 * warning. On an error `out` holds what could be read, its language at least.
 */
bool fence_read(str info, loc at, struct fence *out, struct arena *a, struct diags *d);

/* The attribute, or null. */
const struct fence_attr *fence_get(const struct fence *f, str key);
bool fence_has(const struct fence *f, str flag);
/* The same, passing over a flag of that name (`lines` beside `lines=2-9`). */
const struct fence_attr *fence_key(const struct fence *f, str key);
/* The value of a key; empty when it is not there. */
str fence_value(const struct fence *f, str key);

/* A word of the grammar, for documentation and completion. */
struct fence_word {
	str name;
	bool flag; /* stands alone */
	bool key;  /* takes a value; `lines` is both */
	str meaning;
};
const struct fence_word *fence_words(size_t *count);

#endif
