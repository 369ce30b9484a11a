#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/swar.h"

/* Length of the valid sequence at s.ptr, 0 when there is none (RFC 3629, section 4). */
static int sequence(const unsigned char *p, size_t left)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		return left >= 2 && (p[1] & 0xc0) == 0x80 ? 2 : 0;
	if (p[0] >= 0xe0 && p[0] <= 0xef) {
		unsigned low = p[0] == 0xe0 ? 0xa0 : 0x80, high = p[0] == 0xed ? 0x9f : 0xbf;

		return left >= 3 && p[1] >= low && p[1] <= high && (p[2] & 0xc0) == 0x80 ? 3 : 0;
	}
	if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		unsigned low = p[0] == 0xf0 ? 0x90 : 0x80, high = p[0] == 0xf4 ? 0x8f : 0xbf;

		return left >= 4 && p[1] >= low && p[1] <= high && (p[2] & 0xc0) == 0x80 &&
				       (p[3] & 0xc0) == 0x80
			       ? 4
			       : 0;
	}
	return 0;
}

ptrdiff_t utf8_invalid(str s)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	size_t i = 0;

	while (i < s.len) {
		uint64_t word;
		int len;

		/* Eight ASCII bytes at once. */
		while (s.len - i >= 8) {
			memcpy(&word, p + i, 8);
			if (word & 0x8080808080808080u)
				break;
			i += 8;
		}
		if (i >= s.len)
			break;
		len = sequence(p + i, s.len - i);
		if (len == 0)
			return (ptrdiff_t)i;
		i += (size_t)len;
	}
	return -1;
}

uint32_t utf8_decode(str s, int *len)
{
	const unsigned char *p = (const unsigned char *)s.ptr;

	*len = sequence(p, s.len);
	switch (*len) {
	case 2:
		return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3fu);
	case 3:
		return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 |
		       (p[2] & 0x3fu);
	case 4:
		return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
		       (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3fu);
	case 1:
		return p[0];
	default:
		*len = 1;
		return 0xfffd;
	}
}

int utf8_encode(uint32_t c, char out[4])
{
	return (int)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
}

size_t utf8_count(str s)
{
	size_t count = s.len, i = 0;

	/* Eight bytes at once: those that go on a character have their first bit set and not the second. */
	for (; s.len - i >= 8; i += 8) {
		uint64_t word = swar_load(s.ptr + i);

		count -= swar_count(word & ~(word << 1) & swar_fill(0x80));
	}
	for (; i < s.len; i++)
		count -= ((unsigned char)s.ptr[i] & 0xc0) == 0x80;
	return count;
}

static bool is_ascii(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] >= 0x80)
			return false;
	return true;
}

str utf8_lower(str s, struct arena *a)
{
	struct buf out = { .arena = a };
	int len;

	if (is_ascii(s))
		return str_lower(s, a);
	for (size_t i = 0; i < s.len; i += (size_t)len) {
		uint32_t c = utf8_decode(str_from(s, i), &len);
		char bytes[4];
		int n = utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), bytes);

		buf_add(&out, str_new(bytes, (size_t)n));
	}
	return buf_str(&out);
}

/* utf8proc_map with a heap result, copied into the arena. */
static bool map(str s, int options, struct arena *a, str *out)
{
	utf8proc_uint8_t *text = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)s.ptr,
		(utf8proc_ssize_t)s.len, &text, (utf8proc_option_t)options);

	if (len >= 0)
		*out = str_copy(str_new((char *)text, (size_t)len), a);
	free(text);
	return len >= 0;
}

str utf8_fold(str s, struct arena *a)
{
	str out;

	if (is_ascii(s))
		return str_lower(s, a);
	if (!map(s, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD, a,
		    &out))
		return s;
	return out;
}

/* Where the lower case that browsers know differs from the folding of Unicode. */
static utf8proc_int32_t fold_as_browsers(utf8proc_int32_t c)
{
	if (c == 0x131) /* Turkish i without a dot */
		return 'i';
	if (c >= 0x13a0 && c <= 0x13ef) /* Cherokee, which folds to upper case */
		return c + 0x97d0;
	return c >= 0x13f0 && c <= 0x13f5 ? c + 8 : c;
}

size_t utf8_fold_word(str word, char out[UTF8_FOLD_MAX])
{
	/* The library encodes in the place of its characters, four bytes each, and a NUL. */
	utf8proc_int32_t chars[UTF8_FOLD_MAX / 4 + 1];
	utf8proc_ssize_t max = UTF8_FOLD_MAX / 4;
	utf8proc_ssize_t len = utf8proc_decompose((const utf8proc_uint8_t *)word.ptr,
		(utf8proc_ssize_t)word.len, chars, max,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
			UTF8PROC_IGNORE);

	if (len <= 0 || len > max)
		return 0;
	for (utf8proc_ssize_t i = 0; i < len; i++)
		chars[i] = fold_as_browsers(chars[i]);
	len = utf8proc_reencode(chars, len, UTF8PROC_COMPOSE);
	if (len <= 0)
		return 0;
	memcpy(out, chars, (size_t)len);
	return (size_t)len;
}

bool utf8_is_word(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		       (c >= '0' && c <= '9') || c == '_';
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
	case UTF8PROC_CATEGORY_PC:
		return true;
	default:
		return false;
	}
}

static bool is_latin(uint32_t c)
{
	return c < 0x250 || (c >= 0x1e00 && c < 0x1f00);
}

/* Letters of Latin that do not decompose into a plain one. */
static const char *spell(uint32_t c)
{
	switch (c) {
	case 0xdf:
		return "ss";
	case 0xe6:
		return "ae";
	case 0xf8:
		return "o";
	case 0xfe:
		return "th";
	case 0xf0:
	case 0x111:
		return "d";
	case 0x142:
		return "l";
	case 0x153:
		return "oe";
	case 0x131:
		return "i";
	default:
		return NULL;
	}
}

static void add_word_char(struct buf *out, uint32_t c, bool *gap)
{
	const char *spelt = spell(c);
	char bytes[4];

	if (*gap && out->len)
		buf_char(out, '-');
	*gap = false;
	if (spelt)
		buf_add(out, str_c(spelt));
	else
		buf_add(out, str_new(bytes, (size_t)utf8_encode(c, bytes)));
}

str slug_from(str title, struct arena *a)
{
	struct buf out = { .arena = a };
	bool gap = false, after_latin = false;
	str text = title;
	int len;

	/* Decomposed, so that the accents of Latin letters can be left out. */
	if (!is_ascii(title) &&
		!map(title, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD,
			a, &text))
		text = title;
	for (size_t i = 0; i < text.len; i += (size_t)len) {
		uint32_t c = utf8_decode(str_from(text, i), &len);

		if (c >= 0x300 && c < 0x370 && after_latin)
			continue;
		if (c == '\'' || c == 0x2019)
			continue;
		if (c >= 'A' && c <= 'Z')
			c += 32;
		if (c != '_' && c != 0xfffd && utf8_is_word(c))
			add_word_char(&out, c, &gap);
		else
			gap = true;
		after_latin = is_latin(c);
	}
	if (is_ascii(buf_str(&out)) || !map(buf_str(&out), UTF8PROC_STABLE | UTF8PROC_COMPOSE, a, &text))
		return buf_str(&out);
	return text;
}
