/*
 * str -- borrowed text: a pointer and a length.
 *
 * No NUL is promised, and the bytes live as long as what they point into.
 * Cutting and trimming copy nothing.  A zero str is the empty text.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

typedef struct str {
	const char *ptr;
	size_t len;
} str;

struct str_pair {
	str head, tail;
};

#define STR(lit) ((str){ ("" lit), sizeof(lit) - 1 })
#define STR_INIT(lit) { ("" lit), sizeof(lit) - 1 }
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, ((s).ptr ? (s).ptr : "")

static inline str str_new(const char *ptr, size_t len)
{
	return (str){ ptr, len };
}

/* The text of a C string; a null pointer gives the empty text. */
static inline str str_c(const char *c)
{
	return (str){ c, c ? strlen(c) : 0 };
}

static inline bool str_eq(str a, str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_starts(str s, str prefix)
{
	return s.len >= prefix.len &&
	       (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool str_ends(str s, str suffix)
{
	return s.len >= suffix.len &&
	       (suffix.len == 0 ||
		memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* Bytes [from, to); both are cut to the length. */
static inline str str_sub(str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return (str){ from ? s.ptr + from : s.ptr, to - from };
}

static inline str str_from(str s, size_t from)
{
	return str_sub(s, from, s.len);
}

/* Byte order, as memcmp; a prefix comes first. */
int str_cmp(str a, str b);

/* Equal when ASCII letters are compared without case. */
bool str_eq_nocase(str a, str b);

/* Equal without case, '_' and '-': the rule for keys ("lastMod", "last-mod"). */
bool str_eq_key(str a, str b);

/* Before and after the first `sep`; without one all is head and tail is empty. */
struct str_pair str_cut(str s, char sep);

/* Without white space (space, tab, CR, LF, VT, FF) at the ends. */
str str_trim(str s);
str str_trim_start(str s);
str str_trim_end(str s);

/* Index of the first match, or -1. */
ptrdiff_t str_find(str s, str needle);
ptrdiff_t str_find_char(str s, char c);
ptrdiff_t str_rfind_char(str s, char c);

/* How often it is there. */
size_t str_count_char(str s, char c);

/* A copy in `a`, NUL-terminated for the system's sake. */
str str_copy(str s, struct arena *a);
const char *str_cstr(str s, struct arena *a);

/* The parts one after the other, NUL-terminated: what str_printf does with strings, several times faster. */
str str_concat(struct arena *a, const str *parts, size_t count);
str str_join(str head, str tail, struct arena *a);

/* printf into `a`; NUL-terminated. */
str str_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ASCII lower case copy. */
str str_lower(str s, struct arena *a);

/* All of `s` as a decimal number without sign; false on anything else or overflow. */
bool str_to_u64(str s, uint64_t *out);

/*
 * The number of edits (insert, delete, replace, swap of neighbours) that turn
 * one key into the other, counted without case, at most `limit` + 1.
 */
int str_distance(str a, str b, int limit);

/* The name nearest to `word` among `names`, if it is near enough to be a typing error; else empty. */
str str_nearest(str word, const str *names, size_t count);

#endif
