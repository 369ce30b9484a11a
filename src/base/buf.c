#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/swar.h"

_Noreturn static void stop(void)
{
	fprintf(stderr, "gen: error: out of memory\n");
	exit(2);
}

void buf_reserve(struct buf *b, size_t more)
{
	size_t cap = b->cap ? b->cap * 2 : 256;
	char *ptr;

	if (b->cap - b->len >= more)
		return;
	if (more > SIZE_MAX / 2 - b->len)
		stop();
	if (cap < b->len + more)
		cap = b->len + more;
	if (!b->arena) {
		ptr = realloc(b->ptr, cap);
		if (!ptr)
			stop();
	} else if (b->ptr && arena_extend(b->arena, b->ptr, b->cap, cap)) {
		ptr = b->ptr;
	} else {
		ptr = arena_alloc(b->arena, cap, 1);
		if (b->len)
			memcpy(ptr, b->ptr, b->len);
	}
	b->ptr = ptr;
	b->cap = cap;
}

void buf_add_slowly(struct buf *b, str s)
{
	if (b->cap - b->len < s.len)
		buf_reserve(b, s.len);
	memcpy(b->ptr + b->len, s.ptr, s.len);
	b->len += s.len;
}

void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int len;

	va_copy(again, ap);
	buf_reserve(b, 128);
	len = vsnprintf(b->ptr + b->len, b->cap - b->len, fmt, ap);
	if (len > 0 && (size_t)len >= b->cap - b->len) {
		buf_reserve(b, (size_t)len + 1);
		vsnprintf(b->ptr + b->len, b->cap - b->len, fmt, again);
	}
	va_end(again);
	if (len > 0)
		b->len += (size_t)len;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void buf_int(struct buf *b, int64_t n)
{
	char digits[24];
	size_t at = sizeof(digits);
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do
		digits[--at] = (char)('0' + left % 10);
	while ((left /= 10) != 0);
	if (n < 0)
		digits[--at] = '-';
	buf_add(b, str_new(digits + at, sizeof(digits) - at));
}

static const char html_special[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4 };
static const str html_entity[] = { STR_INIT(""), STR_INIT("&amp;"), STR_INIT("&lt;"),
	STR_INIT("&gt;"), STR_INIT("&quot;") };

/* Whether one of the eight bytes becomes an entity. */
static bool has_special(uint64_t word)
{
	return swar_markup(word) | swar_zero(word ^ swar_fill('"'));
}

void buf_html(struct buf *b, str s)
{
	const char *at = s.ptr, *end = s.len ? s.ptr + s.len : s.ptr;

	while (at < end) {
		char *to;
		uint64_t word;

		if (b->cap - b->len < (size_t)(end - at))
			buf_reserve(b, (size_t)(end - at));
		to = b->ptr + b->len;
		for (; end - at >= 8 && !has_special(word = swar_load(at)); at += 8, to += 8)
			memcpy(to, &word, 8);
		while (at < end && !html_special[(unsigned char)*at])
			*to++ = *at++;
		b->len = (size_t)(to - b->ptr);
		if (at < end)
			buf_add(b, html_entity[(int)html_special[(unsigned char)*at++]]);
	}
}

static void add_json_char(struct buf *b, uint32_t c)
{
	static const char short_escape[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',
		['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\' };

	if (c < sizeof(short_escape) && short_escape[c]) {
		buf_char(b, '\\');
		buf_char(b, short_escape[c]);
	} else {
		buf_printf(b, "\\u%04x", c);
	}
}

void buf_json(struct buf *b, str s)
{
	size_t i = 0;

	buf_char(b, '"');
	while (i < s.len) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' ||
			c == 0x7f) {
			add_json_char(b, c);
			i++;
		} else if (c == 0xe2 && s.len - i >= 3 && (unsigned char)s.ptr[i + 1] == 0x80 &&
			   ((unsigned char)s.ptr[i + 2] & 0xfe) == 0xa8) {
			/* U+2028 and U+2029 end a line in JavaScript before ES2019. */
			add_json_char(b, 0x2028 + ((unsigned char)s.ptr[i + 2] & 1));
			i += 3;
		} else {
			buf_char(b, (char)c);
			i++;
		}
	}
	buf_char(b, '"');
}

void buf_free(struct buf *b)
{
	if (!b->arena)
		free(b->ptr);
	*b = (struct buf){ 0 };
}
