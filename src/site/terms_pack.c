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

/* There is room for all that is put. Passed by value: the compiler then need not fear that bytes written change it. */
struct packer {
	char *to;
	uint64_t bits;
	unsigned count;
};

/* At most 26. */
static inline struct packer put_bits(struct packer p, uint32_t value, unsigned count)
{
	p.bits |= (uint64_t)value << p.count;
	p.count += count;
	if (p.count < 32)
		return p;
	for (int i = 0; i < 4; i++)
		p.to[i] = (char)(p.bits >> 8 * i);
	p.to += 4;
	p.bits >>= 32;
	p.count -= 32;
	return p;
}

/* To whole bytes. */
static struct packer flush(struct packer p)
{
	for (; p.count > 0; p.count -= p.count < 8 ? p.count : 8) {
		*p.to++ = (char)p.bits;
		p.bits >>= 8;
	}
	return p;
}

static struct packer put_wide(struct packer p, uint32_t c)
{
	if (c < 0x80)
		return put_bits(p, CODE_ASCII | c << 5, 12);
	if (c < 0x800)
		return put_bits(p, CODE_SHORT | c << 5, 16);
	if (c < 0x10000)
		return put_bits(p, CODE_WIDE | c << 5, 21);
	return put_bits(p, CODE_ANY | c << 5, 26);
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

static struct packer put_term(struct packer p, str before, str word, enum term_rank rank)
{
	size_t shared = shared_bytes(before, word);

	p = put_bits(p, rank == TERM_BODY ? 0 : 1 | (uint32_t)rank << 1, rank == TERM_BODY ? 1 : 3);
	p = put_bits(p, (uint32_t)shared, 3);
	while (shared < word.len) {
		unsigned char c = (unsigned char)word.ptr[shared];
		int len = 1;

		if (c >= 'a' && c <= 'z')
			p = put_bits(p, c - 'a' + 1u, 5);
		else
			p = put_wide(p, utf8_decode(str_from(word, shared), &len));
		shared += (size_t)len;
	}
	return put_bits(p, CODE_END, 5);
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
	/* No character takes twice its bytes; a word takes eleven bits besides. */
	size_t room = t->bytes.len * 2 + t->count * 2 + TERM_REGIONS + 8;
	char *bytes = arena_alloc(a, room, 1);
	struct packer p = { .to = bytes };
	struct buf out = { .arena = a };
	struct ordered *sorted;
	size_t count = sort_terms(t, &sorted, a), i = 0, ends[TERM_REGIONS];

	for (int r = 0; r < TERM_REGIONS; r++) {
		str before = { 0 };

		for (; i < count && sorted[i].region == r; i++) {
			str word = term_text(t, sorted[i].term);

			p = put_term(p, before, word, rank_of(sorted[i].term));
			before = word;
		}
		p = flush(p);
		ends[r] = (size_t)(p.to - bytes);
	}
	for (int r = 0; r < TERM_REGIONS; r++)
		put_number(&out, r ? ends[r] - ends[r - 1] : ends[0]);
	buf_add(&out, str_new(bytes, ends[TERM_REGIONS - 1]));
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

/* Bits being read. Passed by value, as struct packer. */
struct bits {
	str rest;
	uint64_t bits;
	unsigned count;
};

/* For the next 26 bits at least. Beyond the end there are zeros. */
static struct bits refill(struct bits b)
{
	if (b.rest.len >= 4) {
		const unsigned char *p = (const unsigned char *)b.rest.ptr;

		b.bits |= (uint64_t)(p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24)
			  << b.count;
		b.count += 32;
		b.rest = (str){ b.rest.ptr + 4, b.rest.len - 4 };
		return b;
	}
	for (; b.rest.len && b.count <= 32; b.count += 8) {
		b.bits |= (uint64_t)(unsigned char)b.rest.ptr[0] << b.count;
		b.rest = str_from(b.rest, 1);
	}
	if (b.count < 32)
		b.count = 32;
	return b;
}

static inline uint32_t take_bits(struct bits *b, unsigned count)
{
	uint32_t value;

	if (b->count < count)
		*b = refill(*b);
	value = (uint32_t)(b->bits & ((UINT64_C(1) << count) - 1));
	b->bits >>= count;
	b->count -= count;
	return value;
}

static int take_wide(struct bits *b, uint32_t code, char *to)
{
	uint32_t c = take_bits(b, code == CODE_ASCII ? 7 : code == CODE_SHORT ? 11 : code == CODE_WIDE ? 16 : 21);

	if (c >= 0x80)
		return utf8_encode(c, to);
	*to = (char)c;
	return 1;
}

bool terms_next(struct terms_reader *r)
{
	struct bits b = { r->rest, r->bits, r->bit_count };
	uint32_t code;
	size_t len;

	/* What fills the last byte is zeros, and so is no word. */
	if (b.rest.len == 0 && b.bits == 0)
		return false;
	r->rank = take_bits(&b, 1) ? (enum term_rank)take_bits(&b, 2) : TERM_BODY;
	len = take_bits(&b, 3);
	while ((code = take_bits(&b, 5)) != CODE_END && len + 4 <= sizeof(r->word)) {
		if (code < CODE_ASCII)
			r->word[len++] = (char)('a' + code - 1);
		else
			len += (size_t)take_wide(&b, code, r->word + len);
	}
	r->len = len;
	r->rest = b.rest;
	r->bits = b.bits;
	r->bit_count = b.count;
	return true;
}
