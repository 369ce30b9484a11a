#include "base/str.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/swar.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

int str_cmp(str a, str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.ptr, b.ptr, n) : 0;

	if (order != 0)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

bool str_eq_nocase(str a, str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.ptr[i]) != lower(b.ptr[i]))
			return false;
	return true;
}

static bool is_key_filler(char c)
{
	return c == '_' || c == '-';
}

bool str_eq_key(str a, str b)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a.len && is_key_filler(a.ptr[i]))
			i++;
		while (j < b.len && is_key_filler(b.ptr[j]))
			j++;
		if (i == a.len || j == b.len)
			return i == a.len && j == b.len;
		if (lower(a.ptr[i++]) != lower(b.ptr[j++]))
			return false;
	}
}

struct str_pair str_cut(str s, char sep)
{
	const char *at = s.len ? memchr(s.ptr, sep, s.len) : NULL;

	if (!at)
		return (struct str_pair){ .head = s };
	return (struct str_pair){
		.head = str_new(s.ptr, (size_t)(at - s.ptr)),
		.tail = str_from(s, (size_t)(at - s.ptr) + 1),
	};
}

str str_trim_start(str s)
{
	while (s.len && is_space(s.ptr[0]))
		s = str_from(s, 1);
	return s;
}

str str_trim_end(str s)
{
	while (s.len && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

str str_trim(str s)
{
	return str_trim_end(str_trim_start(s));
}

/*
 * memmem() looks at each byte when the needle is short, memchr() at 32 at once: it is ten times as fast
 * while the needle's first byte is rare.
 */
ptrdiff_t str_find(str s, str needle)
{
	const char *at = s.ptr, *end;
	size_t misses = 0;

	if (needle.len == 0)
		return 0;
	/* Also for the empty text, whose pointer may be null. */
	if (needle.len > s.len)
		return -1;
	end = s.ptr + s.len;
	while ((size_t)(end - at) >= needle.len) {
		if (misses++ > 8 + (size_t)(at - s.ptr) / 64)
			at = memmem(at, (size_t)(end - at), needle.ptr, needle.len);
		else
			at = memchr(at, needle.ptr[0], (size_t)(end - at) - needle.len + 1);
		if (!at)
			return -1;
		if (memcmp(at, needle.ptr, needle.len) == 0)
			return at - s.ptr;
		at++;
	}
	return -1;
}

ptrdiff_t str_find_char(str s, char c)
{
	const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;

	return at ? at - s.ptr : -1;
}

ptrdiff_t str_rfind_char(str s, char c)
{
	const char *at = s.len ? memrchr(s.ptr, c, s.len) : NULL;

	return at ? at - s.ptr : -1;
}

/* Eight bytes at once, in which those that are `c` become 0 and then the only ones with a bit set. */
size_t str_count_char(str s, char c)
{
	const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
	size_t count = 0, i = 0;

	for (; s.len - i >= 8; i += 8) {
		uint64_t word = swar_load(s.ptr + i) ^ swar_fill((unsigned char)c);

		count += swar_count(~(((word & low) + low) | word | low));
	}
	for (; i < s.len; i++)
		count += s.ptr[i] == c;
	return count;
}

const char *str_cstr(str s, struct arena *a)
{
	char *copy = arena_alloc(a, s.len + 1, 1);

	if (s.len)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return copy;
}

str str_copy(str s, struct arena *a)
{
	return str_new(str_cstr(s, a), s.len);
}

str str_concat(struct arena *a, const str *parts, size_t count)
{
	size_t len = 0;
	char *text, *at;

	for (size_t i = 0; i < count; i++)
		len += parts[i].len;
	at = text = arena_alloc(a, len + 1, 1);
	for (size_t i = 0; i < count; i++) {
		if (parts[i].len)
			memcpy(at, parts[i].ptr, parts[i].len);
		at += parts[i].len;
	}
	*at = '\0';
	return str_new(text, len);
}

str str_join(str head, str tail, struct arena *a)
{
	return str_concat(a, (const str[]){ head, tail }, 2);
}

str str_printf(struct arena *a, const char *fmt, ...)
{
	char small[256];
	va_list ap;
	int len;
	char *text;

	va_start(ap, fmt);
	len = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (len < 0)
		return (str){ 0 };
	if ((size_t)len < sizeof(small))
		return str_copy(str_new(small, (size_t)len), a);
	text = arena_alloc(a, (size_t)len + 1, 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)len + 1, fmt, ap);
	va_end(ap);
	return str_new(text, (size_t)len);
}

str str_lower(str s, struct arena *a)
{
	char *copy = arena_alloc(a, s.len + 1, 1);

	for (size_t i = 0; i < s.len; i++)
		copy[i] = lower(s.ptr[i]);
	copy[s.len] = '\0';
	return str_new(copy, s.len);
}

bool str_to_u64(str s, uint64_t *out)
{
	uint64_t n = 0;

	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned digit = (unsigned)(s.ptr[i] - '0');

		if (digit > 9 || n > (UINT64_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return true;
}

enum { DISTANCE_MAX = 64 };

static int min(int a, int b)
{
	return a < b ? a : b;
}

/* A bit for each letter that is in it; other bytes share bits. */
static uint64_t letters_of(str s)
{
	uint64_t letters = 0;

	for (size_t i = 0; i < s.len; i++)
		letters |= (uint64_t)1 << (lower(s.ptr[i]) & 63);
	return letters;
}

static bool has_more_bits(uint64_t word, int limit)
{
	while (word && limit-- > 0)
		word &= word - 1;
	return word != 0;
}

/* An edit brings in at most one letter that was not there, and takes away at most one. */
static bool is_far(str a, str b, int limit)
{
	uint64_t x = letters_of(a), y = letters_of(b);

	return has_more_bits(x & ~y, limit) || has_more_bits(y & ~x, limit);
}

/* Damerau-Levenshtein (optimal string alignment) over three rows. */
int str_distance(str a, str b, int limit)
{
	int rows[3][DISTANCE_MAX + 1];
	int n = (int)b.len;

	if (a.len > DISTANCE_MAX || b.len > DISTANCE_MAX)
		return limit + 1;
	/* Each byte that one has more is an edit. */
	if ((a.len > b.len ? a.len - b.len : b.len - a.len) > (size_t)limit)
		return limit + 1;
	if (is_far(a, b, limit))
		return limit + 1;
	for (int j = 0; j <= n; j++)
		rows[0][j] = j;
	for (int i = 1; i <= (int)a.len; i++) {
		int *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
		char ca = lower(a.ptr[i - 1]);

		row[0] = i;
		for (int j = 1; j <= n; j++) {
			char cb = lower(b.ptr[j - 1]);
			int best = min(above[j] + 1, row[j - 1] + 1);

			best = min(best, above[j - 1] + (ca != cb));
			if (i > 1 && j > 1 && ca == lower(b.ptr[j - 2]) &&
				cb == lower(a.ptr[i - 2]))
				best = min(best, two_above[j - 2] + 1);
			row[j] = best;
		}
	}
	return min(rows[a.len % 3][n], limit + 1);
}

str str_nearest(str word, const str *names, size_t count)
{
	int limit = word.len <= 4 ? 1 : word.len <= 8 ? 2 : 3;
	str best = { 0 };

	for (size_t i = 0; i < count; i++) {
		int distance = str_distance(word, names[i], limit);

		if (distance <= limit && distance < (int)names[i].len) {
			best = names[i];
			limit = distance - 1;
		}
	}
	return best;
}
