/*
 * buf -- bytes being built.
 *
 * A buf with an arena takes its memory there and needs no clean-up.  A buf
 * without one (zero) uses the heap, keeps its room when it is cleared, and is
 * given back by buf_free().
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <string.h>

#include "base/str.h"

struct arena;

struct buf {
	char *ptr;
	size_t len, cap;
	struct arena *arena;
};

/* Make room for `more` bytes behind what is there. */
void buf_reserve(struct buf *b, size_t more);

/*
 * memcpy() of 1 to 32 bytes without a call: most of what is added is as short as that.  The first and
 * the last so many bytes are copied, and may meet in the middle.
 */
static inline void buf_copy_short(char *to, const char *from, size_t len)
{
	if (len >= 16) {
		memcpy(to, from, 16);
		memcpy(to + len - 16, from + len - 16, 16);
	} else if (len >= 8) {
		memcpy(to, from, 8);
		memcpy(to + len - 8, from + len - 8, 8);
	} else if (len >= 4) {
		memcpy(to, from, 4);
		memcpy(to + len - 4, from + len - 4, 4);
	} else {
		to[0] = from[0];
		to[len / 2] = from[len / 2];
		to[len - 1] = from[len - 1];
	}
}

/* buf_add() of a long text, or where room must be made. */
void buf_add_slowly(struct buf *b, str s);

static inline void buf_add(struct buf *b, str s)
{
	if (s.len == 0)
		return;
	if (s.len > 32 || b->cap - b->len < s.len) {
		buf_add_slowly(b, s);
		return;
	}
	buf_copy_short(b->ptr + b->len, s.ptr, s.len);
	b->len += s.len;
}

static inline void buf_char(struct buf *b, char c)
{
	if (b->cap == b->len)
		buf_reserve(b, 1);
	b->ptr[b->len++] = c;
}

#define BUF_LIT(b, lit) buf_add((b), STR(lit))

void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap);
void buf_int(struct buf *b, int64_t n);

/* HTML text and attribute values: & < > " become entities (as CommonMark writes them). */
void buf_html(struct buf *b, str s);

/* A JSON string, with quotes; valid in a <script> (`<`, `>`, `&`, U+2028 are escaped). */
void buf_json(struct buf *b, str s);

static inline void buf_clear(struct buf *b)
{
	b->len = 0;
}

/* What is in it, borrowed until the next change. */
static inline str buf_str(const struct buf *b)
{
	return (str){ b->ptr, b->len };
}

void buf_free(struct buf *b);

#endif
