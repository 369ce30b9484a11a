/*
 * The words of a page as one string of bytes.
 *
 * It begins with the length of each region's part, as numbers of 7 bits a byte, the low ones first.  A part
 * is the region's words in the order of their bytes, bit by bit from the low one: the rank (a 0 for
 * TERM_BODY, else a 1 and two bits), how many bytes are as in the word before (three bits), then the
 * other characters, five bits each: 1 to 26 are a to z, 0 ends the word, and above that more bits follow.
 */
#include "site/terms.h"

#include "base/arena.h"
#include "base/utf8.h"

enum { CODE_END = 0, CODE_ASCII = 27, CODE_SHORT = 28, CODE_WIDE = 29, CODE_ANY = 30 };
enum { MOST_SHARED = 7 };

int term_region(str word)
{
	unsigned char c = (unsigned char)word.ptr[0];
	int len;

	if (c >= 'a' && c <= 'z')
		return c - 'a' + 1;
	return c < 0x80 ? 0 : 27 + (int)(utf8_decode(word, &len) % 5);
}

char term_region_name(int region)
{
	if (region == 0)
		return '_';
	return (char)(region < 27 ? 'a' + region - 1 : '0' + region - 27);
}

char term_key(str rest)
{
	unsigned char c = rest.len ? (unsigned char)rest.ptr[0] : 0;
	int len;

	if (c >= 'a' && c <= 'z')
		return (char)c;
	return c < 0x80 ? '_' : (char)('0' + utf8_decode(rest, &len) % 10);
}

/* Writing */

struct packer {
	struct buf out;
	uint64_t bits;
	unsigned count;
};

/* At most 26; there is room. */
static inline void put_bits(struct packer *p, uint32_t value, unsigned count)
{
	p->bits |= (uint64_t)value << p->count;
	p->count += count;
	if (p->count < 32)
		return;
	for (int i = 0; i < 4; i++)
		p->out.ptr[p->out.len++] = (char)(p->bits >> 8 * i);
	p->bits >>= 32;
	p->count -= 32;
}

/* To whole bytes. */
static void flush(struct packer *p)
{
	for (; p->count > 0; p->count -= p->count < 8 ? p->count : 8) {
		p->out.ptr[p->out.len++] = (char)p->bits;
		p->bits >>= 8;
	}
}

static void put_wide(struct packer *p, uint32_t c)
{
	if (c < 0x80)
		put_bits(p, CODE_ASCII | c << 5, 12);
	else if (c < 0x800)
		put_bits(p, CODE_SHORT | c << 5, 16);
	else if (c < 0x10000)
		put_bits(p, CODE_WIDE | c << 5, 21);
	else
		put_bits(p, CODE_ANY | c << 5, 26);
}

/* Bytes that both begin with, whole characters only. */
static size_t shared_bytes(str a, str b)
{
	size_t n = 0;

	while (n < a.len && n < b.len && n < MOST_SHARED && a.ptr[n] == b.ptr[n])
		n++;
	while (n && n < b.len && ((unsigned char)b.ptr[n] & 0xc0) == 0x80)
		n--;
	return n;
}

static void put_term(struct packer *p, str before, str word, enum term_rank rank)
{
	size_t shared = shared_bytes(before, word);

	put_bits(p, rank == TERM_BODY ? 0 : 1 | (uint32_t)rank << 1, rank == TERM_BODY ? 1 : 3);
	put_bits(p, (uint32_t)shared, 3);
	while (shared < word.len) {
		unsigned char c = (unsigned char)word.ptr[shared];
		int len = 1;

		if (c >= 'a' && c <= 'z')
			put_bits(p, c - 'a' + 1u, 5);
		else
			put_wide(p, utf8_decode(str_from(word, shared), &len));
		shared += (size_t)len;
	}
	put_bits(p, CODE_END, 5);
}

static str term_text(const struct terms *t, const struct term *term)
{
	return str_new(t->bytes.ptr + term->at, term->len);
}

struct ordered {
	uint64_t order;
	const struct term *term;
	int region;
};

static bool comes_before(const struct terms *t, const struct ordered *a, const struct ordered *b)
{
	if (a->region != b->region)
		return a->region < b->region;
	if (a->order != b->order)
		return a->order < b->order;
	return a->term->len > 8 && b->term->len > 8 ? str_cmp(term_text(t, a->term), term_text(t, b->term)) < 0
						    : a->term->len < b->term->len;
}

/* Nearly right: by region and second character. */
static unsigned bucket_of(const struct ordered *o)
{
	return (unsigned)o->region * 32 + (o->order >> 48 & 31);
}

static void sort_by_bucket(const struct ordered *from, size_t count, struct ordered *to)
{
	uint32_t ends[TERM_REGIONS * 32] = { 0 }, at = 0;

	for (size_t i = 0; i < count; i++)
		ends[bucket_of(&from[i])]++;
	for (size_t b = 0; b < TERM_REGIONS * 32; b++) {
		uint32_t here = ends[b];

		ends[b] = at;
		at += here;
	}
	for (size_t i = 0; i < count; i++)
		to[ends[bucket_of(&from[i])]++] = from[i];
}

/* What remains to be moved stands near its place. */
static void sort_near(const struct terms *t, struct ordered *at, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct ordered one = at[i];
		size_t to = i;

		for (; to > 0 && comes_before(t, &one, &at[to - 1]); to--)
			at[to] = at[to - 1];
		at[to] = one;
	}
}

static enum term_rank rank_of(const struct term *term)
{
	if (term->rank == TERM_BODY && term->count >= TERM_OFTEN_COUNT)
		return TERM_OFTEN;
	return (enum term_rank)term->rank;
}

static void put_number(struct buf *out, size_t n)
{
	for (; n >= 0x80; n >>= 7)
		buf_char(out, (char)(n | 0x80));
	buf_char(out, (char)n);
}

/* Words that count, in order. */
static size_t sort_terms(const struct terms *t, struct ordered **out, struct arena *a)
{
	struct ordered *all = arena_alloc_array(a, t->count * 2, sizeof(*all), _Alignof(struct ordered));
	struct ordered *sorted = all + t->count;
	size_t count = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct term *term = &t->at[i];
		str word = term_text(t, term);

		if (term->rank < TERM_HEADING && term_is_common(word))
			continue;
		all[count++] = (struct ordered){ term_order(term->head), term, term_region(word) };
	}
	sort_by_bucket(all, count, sorted);
	sort_near(t, sorted, count);
	*out = sorted;
	return count;
}

str terms_pack(struct terms *t, struct arena *a)
{
	struct packer p = { .out = { .arena = a } };
	struct buf out = { .arena = a };
	struct ordered *sorted;
	size_t count = sort_terms(t, &sorted, a), i = 0, ends[TERM_REGIONS];

	buf_reserve(&p.out, t->bytes.len * 2 + t->count * 2 + TERM_REGIONS + 8);
	for (int r = 0; r < TERM_REGIONS; r++) {
		str before = { 0 };

		for (; i < count && sorted[i].region == r; i++) {
			str word = term_text(t, sorted[i].term);

			put_term(&p, before, word, rank_of(sorted[i].term));
			before = word;
		}
		flush(&p);
		ends[r] = p.out.len;
	}
	for (int r = 0; r < TERM_REGIONS; r++)
		put_number(&out, r ? ends[r] - ends[r - 1] : ends[0]);
	buf_add(&out, buf_str(&p.out));
	return buf_str(&out);
}

/* Reading */

static size_t take_number(str *s)
{
	size_t n = 0;
	unsigned shift = 0;

	while (s->len) {
		unsigned char c = (unsigned char)s->ptr[0];

		*s = str_from(*s, 1);
		n |= (size_t)(c & 0x7f) << shift;
		shift += 7;
		if (c < 0x80 || shift > 28)
			break;
	}
	return n;
}

void terms_regions(str packed, str regions[TERM_REGIONS])
{
	size_t lengths[TERM_REGIONS];

	for (int r = 0; r < TERM_REGIONS; r++)
		lengths[r] = take_number(&packed);
	for (int r = 0; r < TERM_REGIONS; r++) {
		regions[r] = str_sub(packed, 0, lengths[r]);
		packed = str_from(packed, lengths[r]);
	}
}

str terms_region_part(str packed, int region)
{
	size_t from = 0, len = 0;

	for (int r = 0; r < TERM_REGIONS; r++) {
		size_t bytes = take_number(&packed);

		if (r < region)
			from += bytes;
		else if (r == region)
			len = bytes;
	}
	return str_sub(packed, from, from + len);
}

/* For the next 26 bits at least. Beyond the end there are zeros. */
static void refill(struct terms_reader *r)
{
	if (r->rest.len >= 4) {
		const unsigned char *p = (const unsigned char *)r->rest.ptr;

		r->bits |= (uint64_t)(p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24)
			   << r->bit_count;
		r->bit_count += 32;
		r->rest = (str){ r->rest.ptr + 4, r->rest.len - 4 };
		return;
	}
	for (; r->rest.len && r->bit_count <= 32; r->bit_count += 8) {
		r->bits |= (uint64_t)(unsigned char)r->rest.ptr[0] << r->bit_count;
		r->rest = str_from(r->rest, 1);
	}
	if (r->bit_count < 32)
		r->bit_count = 32;
}

static inline uint32_t take_bits(struct terms_reader *r, unsigned count)
{
	uint32_t value;

	if (r->bit_count < count)
		refill(r);
	value = (uint32_t)(r->bits & ((UINT64_C(1) << count) - 1));
	r->bits >>= count;
	r->bit_count -= count;
	return value;
}

static uint32_t take_wide(struct terms_reader *r, uint32_t code)
{
	switch (code) {
	case CODE_ASCII:
		return take_bits(r, 7);
	case CODE_SHORT:
		return take_bits(r, 11);
	case CODE_WIDE:
		return take_bits(r, 16);
	default:
		return take_bits(r, 21);
	}
}

bool terms_next(struct terms_reader *r)
{
	uint32_t code;

	/* What fills the last byte is zeros, and so is no word. */
	if (r->rest.len == 0 && r->bits == 0)
		return false;
	r->rank = take_bits(r, 1) ? (enum term_rank)take_bits(r, 2) : TERM_BODY;
	r->len = take_bits(r, 3);
	while ((code = take_bits(r, 5)) != CODE_END && r->len + 4 <= sizeof(r->word)) {
		if (code < CODE_ASCII)
			r->word[r->len++] = (char)('a' + code - 1);
		else
			r->len += (size_t)utf8_encode(take_wide(r, code), r->word + r->len);
	}
	return true;
}
