#include "import/encoding.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { MOST_ROUNDS = 3 };

/* Windows-1252 from 0x80 to 0x9f; 0 where it has nothing and the byte stays what it is. */
static const uint16_t upper[32] = { 0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d,
	0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178 };

static uint32_t from_byte(unsigned char b)
{
	return b >= 0x80 && b < 0xa0 && upper[b - 0x80] ? upper[b - 0x80] : b;
}

/* The byte that was taken for this character, or -1. */
static int to_byte(uint32_t c)
{
	for (int i = 0; i < 32; i++)
		if (upper[i] == c)
			return 0x80 + i;
	return c >= 0x80 && c <= 0xff ? (int)c : -1;
}

static int sequence_length(int lead)
{
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/* The characters at `at` as the bytes they were; false when these are no character of UTF-8. */
static bool decode_at(str text, size_t at, struct encoding_damage *out)
{
	char bytes[4];
	size_t end = at;
	int count = 0, want = 1, len;

	while (count < want) {
		int b = -1;

		if (end < text.len)
			b = to_byte(utf8_decode(str_from(text, end), &len));
		if (b < 0)
			return false;
		end += (size_t)len;
		bytes[count++] = (char)b;
		if (count == 1)
			want = sequence_length(b);
	}
	if (want < 2 || utf8_invalid(str_new(bytes, (size_t)want)) >= 0)
		return false;
	*out = (struct encoding_damage){ at, end - at,
		utf8_decode(str_new(bytes, (size_t)want), &len) };
	return true;
}

/* Signs that stand behind a capital letter in sound texts as well. */
static bool may_follow(uint32_t c)
{
	static const uint16_t signs[] = { 0x2018, 0x2019, 0x201a, 0x201c, 0x201d, 0x201e,
		0x2013, 0x2014, 0x2026, 0x2022, 0xa0, 0xab, 0xbb, 0x2122, 0x2039, 0x203a };

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (signs[i] == c)
			return true;
	return false;
}

/*
 * Three letters that happen to be one character are no accident. Two are none when the first
 * one is Â or Ã, and when several follow each other, as all words in Cyrillic or Greek do.
 */
static bool is_certain(str text, const struct encoding_damage *g)
{
	struct encoding_damage next;
	int len, second;
	uint32_t lead = utf8_decode(str_from(text, g->at), &len);
	uint32_t follower = utf8_decode(str_from(text, g->at + (size_t)len), &second);

	if (g->len > (size_t)(len + second))
		return true;
	if (lead == 0xc2 || lead == 0xc3)
		return !may_follow(follower);
	return decode_at(text, g->at + g->len, &next);
}

bool encoding_find(str text, size_t at, bool doubtful, struct encoding_damage *out)
{
	/* Every letter that a first byte turns into begins with this byte. */
	while (at < text.len) {
		const char *p = memchr(text.ptr + at, 0xc3, text.len - at);

		if (!p)
			return false;
		at = (size_t)(p - text.ptr);
		if (decode_at(text, at, out) && (doubtful || is_certain(text, out)))
			return true;
		at += 2;
	}
	return false;
}

static str mend_once(str text, struct arena *a)
{
	struct buf out = { .arena = a };
	struct encoding_damage g;
	size_t at = 0;

	while (encoding_find(text, at, true, &g)) {
		char bytes[4];

		buf_add(&out, str_sub(text, at, g.at));
		buf_add(&out, str_new(bytes, (size_t)utf8_encode(g.meant, bytes)));
		at = g.at + g.len;
	}
	buf_add(&out, str_from(text, at));
	return buf_str(&out);
}

str encoding_mend(str text, struct arena *a)
{
	struct encoding_damage g;

	for (int i = 0; i < MOST_ROUNDS && encoding_find(text, 0, false, &g); i++)
		text = mend_once(text, a);
	return text;
}

str encoding_from_1252(str bytes, struct arena *a)
{
	struct buf out = { .arena = a };

	buf_reserve(&out, bytes.len + bytes.len / 8 + 1);
	for (size_t i = 0; i < bytes.len; i++) {
		char c[4];

		buf_add(&out, str_new(c, (size_t)utf8_encode(
						 from_byte((unsigned char)bytes.ptr[i]), c)));
	}
	return buf_str(&out);
}
