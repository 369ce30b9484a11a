#include "site/search_part.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"

enum { DIGIT_BITS = 5, DIGIT_MASK = 31, BITMAP_SHARE = 6, MOST_SHARED = 31 };

/* The low half ends a number. */
static const char digits[65] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

struct part_word {
	str text;
	uint32_t word, from; /* its first posting, when they are grouped */
	char key;
};

static void push(struct part *p, struct posting posting)
{
	if (p->count == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 4096;
		struct posting *larger = arena_alloc_array(
			p->arena, cap, sizeof(*larger), _Alignof(struct posting));

		if (p->count)
			memcpy(larger, p->at, p->count * sizeof(*larger));
		p->at = larger;
		p->cap = cap;
	}
	p->at[p->count++] = posting;
}

void part_add(struct part *p, uint32_t doc, str region)
{
	struct terms_reader r = { .rest = region };

	while (terms_next(&r)) {
		uint32_t word = terms_put(p->terms, str_new(r.word, r.len), r.rank);

		push(p, (struct posting){ word, doc & 0x3fffffff, r.rank & 3 });
	}
}

static int compare_words(const void *x, const void *y)
{
	const struct part_word *a = x, *b = y;

	return str_cmp(a->text, b->text);
}

/* The postings of each word together, still in the order of articles. */
static void group(struct part *p, struct part_word *words)
{
	size_t count = p->terms->count;
	struct posting *sorted =
		arena_alloc_array(p->arena, p->count, sizeof(*sorted), _Alignof(struct posting));
	uint32_t *ends = arena_array(p->arena, uint32_t, count), at = 0;

	for (size_t i = 0; i < count; i++) {
		ends[i] = at;
		at += p->terms->at[i].count;
	}
	for (size_t i = 0; i < count; i++)
		words[i].from = ends[words[i].word];
	for (size_t i = 0; i < p->count; i++)
		sorted[ends[p->at[i].word]++] = p->at[i];
	p->at = sorted;
}

static struct part_word *sort_words(const struct part *p)
{
	const struct terms *t = p->terms;
	struct part_word *words = arena_array(p->arena, struct part_word, t->count);

	for (size_t i = 0; i < t->count; i++) {
		str text = str_new(t->bytes.ptr + t->at[i].at, t->at[i].len);
		int len;

		utf8_decode(text, &len);
		words[i].text = text;
		words[i].word = (uint32_t)i;
		words[i].key = term_key(str_from(text, (size_t)len));
	}
	qsort(words, t->count, sizeof(*words), compare_words);
	return words;
}

const struct part_word *part_sort(struct part *p)
{
	struct part_word *words = sort_words(p);

	group(p, words);
	return words;
}

static void put_number(struct buf *out, uint32_t n)
{
	for (; n > DIGIT_MASK; n >>= DIGIT_BITS)
		buf_char(out, digits[(n & DIGIT_MASK) + DIGIT_MASK + 1]);
	buf_char(out, digits[n]);
}

static void put_gaps(struct buf *out, const struct posting *at, size_t count, enum term_rank rank)
{
	uint32_t next = 0;

	for (size_t i = 0; i < count; i++) {
		if (at[i].rank != rank)
			continue;
		put_number(out, at[i].doc - next);
		next = at[i].doc + 1u;
	}
}

/* A bit for each article, six to a character. */
static void put_bitmap(struct buf *out, const struct posting *at, size_t count, enum term_rank rank)
{
	uint32_t bits = 0, first = 0;

	for (size_t i = 0; i < count; i++) {
		if (at[i].rank != rank)
			continue;
		for (; at[i].doc >= first + 6; first += 6, bits = 0)
			buf_char(out, digits[bits]);
		bits |= 1u << (at[i].doc - first);
	}
	buf_char(out, digits[bits]);
}

/* The articles of each rank, behind the rank's sign; a '~' says that they are bits. */
static void put_postings(struct buf *out, const struct posting *at, size_t count, size_t docs)
{
	static const char signs[4] = { 0, '!', '*', '^' };
	size_t counts[4] = { 0 };

	for (size_t i = 0; i < count; i++)
		counts[at[i].rank]++;
	for (int rank = TERM_BODY; rank <= TERM_TITLE; rank++) {
		if (!counts[rank])
			continue;
		if (signs[rank])
			buf_char(out, signs[rank]);
		if (counts[rank] * BITMAP_SHARE > docs) {
			buf_char(out, '~');
			put_bitmap(out, at, count, (enum term_rank)rank);
		} else {
			put_gaps(out, at, count, (enum term_rank)rank);
		}
	}
}

/* Characters of UTF-16 that both begin with, as JavaScript counts them; `*bytes` as we do. */
static uint32_t shared_units(str a, str b, size_t *bytes)
{
	uint32_t units = 0;
	size_t i = 0;

	while (i < a.len && i < b.len && units < MOST_SHARED - 1) {
		int len;
		uint32_t c = utf8_decode(str_from(b, i), &len);

		if (!str_starts(str_from(a, i), str_sub(b, i, i + (size_t)len)))
			break;
		units += c > 0xffff ? 2 : 1;
		i += (size_t)len;
	}
	*bytes = i;
	return units;
}

static str put_word(struct buf *out, str before, str word)
{
	size_t bytes;

	if (before.len)
		buf_char(out, ',');
	put_number(out, shared_units(before, word, &bytes));
	buf_add(out, str_from(word, bytes));
	return word;
}

void part_write(const struct part *p, const struct part_word *sorted, char key, size_t docs, struct buf *out)
{
	str before = { 0 };

	for (size_t i = 0; i < p->terms->count; i++) {
		const struct part_word *w = &sorted[i];

		if (key && w->key != key)
			continue;
		before = put_word(out, before, w->text);
		buf_char(out, ' ');
		put_postings(out, p->at + w->from, p->terms->at[w->word].count, docs);
	}
}

void part_write_words(const struct part *p, uint32_t least, struct buf *out)
{
	const struct part_word *sorted = sort_words(p);
	str before = { 0 };

	for (size_t i = 0; i < p->terms->count; i++)
		if (p->terms->at[sorted[i].word].count >= least && utf8_count(sorted[i].text) > 3)
			before = put_word(out, before, sorted[i].text);
}
