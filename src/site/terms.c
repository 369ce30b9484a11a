/* Cutting text into words. */
#include "site/terms.h"

#include "base/arena.h"
#include "base/swar.h"
#include "base/utf8.h"

enum { MOST_WORDS = 16384, PIECE = 96, SHORT_NUMBER = 4 };

/* They say nothing of what a page is about.  In order, so that one is found by halving. */
static const char common[][8] = {
	"a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
	"because", "been", "but", "by", "can", "could", "did", "do", "does", "each", "few",
	"for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into",
	"is", "it", "its", "just", "ll", "may", "me", "more", "most", "my", "no", "nor", "not",
	"of", "on", "one", "only", "or", "other", "our", "out", "over", "own", "re", "same",
	"she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then",
	"there", "these", "they", "this", "those", "to", "too", "us", "ve", "very", "was", "we",
	"were", "what", "when", "where", "which", "while", "who", "why", "will", "with",
	"would", "you", "your"
};

enum { COMMON_COUNT = sizeof(common) / sizeof(common[0]) };

/* The first eight bytes, zeros behind a shorter word; nothing beyond its end is read. */
static inline uint64_t load_head(const char *p, size_t len)
{
	char head[8] = { 0 };

	if (len >= 8)
		return swar_load(p);
	if (len >= 4) {
		memcpy(head, p, 4);
		memcpy(head + len - 4, p + len - 4, 4);
	} else {
		head[0] = p[0];
		head[len / 2] = p[len / 2];
		head[len - 1] = p[len - 1];
	}
	return swar_load(head);
}

bool term_is_common(str word)
{
	size_t low = 0, high = COMMON_COUNT;
	uint64_t head;

	if (word.len == 0 || word.len >= sizeof(common[0]))
		return false;
	head = term_order(load_head(word.ptr, word.len));
	while (low < high) {
		size_t middle = (low + high) / 2;
		uint64_t at = term_order(load_head(common[middle], sizeof(common[0])));

		if (at == head)
			return true;
		if (at < head)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

str terms_common(struct arena *a)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < COMMON_COUNT; i++) {
		if (i)
			buf_char(&b, ' ');
		buf_add(&b, str_c(common[i]));
	}
	return buf_str(&b);
}

void terms_clear(struct terms *t)
{
	buf_clear(&t->bytes);
	t->count = 0;
	if (t->slot_count)
		memset(t->slots, 0, t->slot_count * sizeof(*t->slots));
}

void terms_free(struct terms *t)
{
	buf_free(&t->bytes);
	buf_free(&t->terms_room);
	buf_free(&t->slots_room);
	*t = (struct terms){ 0 };
}

/* Room for as many again, and at least half of the slots empty. */
static void grow(struct terms *t)
{
	t->cap = t->cap ? t->cap * 2 : 1024;
	t->slot_count = t->cap * 2;
	buf_reserve(&t->terms_room, t->cap * sizeof(*t->at) - t->terms_room.len);
	t->terms_room.len = t->cap * sizeof(*t->at);
	buf_reserve(&t->slots_room, t->slot_count * sizeof(*t->slots) - t->slots_room.len);
	t->slots_room.len = t->slot_count * sizeof(*t->slots);
	t->at = (struct term *)(void *)t->terms_room.ptr;
	t->slots = (uint32_t *)(void *)t->slots_room.ptr;
	memset(t->slots, 0, t->slot_count * sizeof(*t->slots));
	for (size_t i = 0; i < t->count; i++) {
		size_t slot = t->at[i].hash & (t->slot_count - 1);

		while (t->slots[slot])
			slot = (slot + 1) & (t->slot_count - 1);
		t->slots[slot] = (uint32_t)i + 1;
	}
}

static inline uint32_t count_again(struct terms *t, uint32_t index, enum term_rank rank)
{
	struct term *term = &t->at[index];

	term->count++;
	if (rank > term->rank)
		term->rank = (uint8_t)rank;
	return index;
}

/* Words are short, and only the low bits are used: one step for eight bytes does. */
static inline uint32_t hash_word(const char *p, size_t len, uint64_t head)
{
	const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t hash = (head ^ len) * factor;

	for (size_t i = 8; i < len; i += 8) {
		uint64_t part = load_head(p + i, len - i < 8 ? len - i : 8);

		hash = (hash ^ hash >> 29 ^ part) * factor;
	}
	return (uint32_t)(hash >> 32);
}

static uint32_t add_new(struct terms *t, str word, uint64_t head, uint32_t hash, enum term_rank rank)
{
	size_t slot;

	if (t->count == t->cap)
		grow(t);
	slot = hash & (t->slot_count - 1);
	while (t->slots[slot])
		slot = (slot + 1) & (t->slot_count - 1);
	t->at[t->count] = (struct term){
		head, (uint32_t)t->bytes.len, hash, 1, (uint16_t)word.len, (uint8_t)rank
	};
	t->slots[slot] = (uint32_t)t->count + 1;
	buf_add(&t->bytes, word);
	return (uint32_t)t->count++;
}

/* Its index, or UINT32_MAX. */
static inline uint32_t find(const struct terms *t, str word, uint64_t head, uint32_t hash)
{
	size_t slot = hash & (t->slot_count - 1);

	if (!t->slot_count)
		return UINT32_MAX;
	for (; t->slots[slot]; slot = (slot + 1) & (t->slot_count - 1)) {
		const struct term *term = &t->at[t->slots[slot] - 1];

		if (term->head == head && term->len == word.len &&
			(word.len <= 8 ||
				memcmp(t->bytes.ptr + term->at, word.ptr, word.len) == 0))
			return t->slots[slot] - 1;
	}
	return UINT32_MAX;
}

static inline uint32_t put(
	struct terms *t, str word, uint64_t head, uint32_t hash, enum term_rank rank)
{
	uint32_t index = find(t, word, head, hash);

	return index == UINT32_MAX ? add_new(t, word, head, hash, rank) : count_again(t, index, rank);
}

uint32_t terms_put(struct terms *t, str word, enum term_rank rank)
{
	uint64_t head = load_head(word.ptr, word.len);

	return put(t, word, head, hash_word(word.ptr, word.len, head), rank);
}

/* Of a page that is nothing but words, the first many. */
static void add_word(struct terms *t, str word, enum term_rank rank)
{
	if (t->count < MOST_WORDS || rank >= TERM_HEADING)
		terms_put(t, word, rank);
}

/*
 * Single letters, and what begins with a digit but short numbers ("404"), say something in titles and
 * headings only.
 */
static bool is_noise(str word)
{
	if (word.len == 1)
		return true;
	if (word.ptr[0] > '9' || word.ptr[0] < '0')
		return false;
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] > '9' || word.ptr[i] < '0')
			return true;
	return word.len > SHORT_NUMBER;
}

static str trim_underscores(str word)
{
	while (word.len && word.ptr[0] == '_')
		word = str_from(word, 1);
	while (word.len && word.ptr[word.len - 1] == '_')
		word.len--;
	return word;
}

/* ASCII, folded. */
static void add_ascii(struct terms *t, str word, enum term_rank rank)
{
	if (word.len > TERM_CHARS)
		word.len = TERM_CHARS;
	if (word.len && (word.ptr[0] == '_' || word.ptr[word.len - 1] == '_'))
		word = trim_underscores(word);
	if (word.len && (rank >= TERM_HEADING || !is_noise(word)))
		add_word(t, word, rank);
}

enum sort { SEPARATOR = 0, LOWER = 1, UPPER = 2, UNDERSCORE = 4, OTHER = 8 };

static const unsigned char sorts[256] = { ['a' ... 'z'] = LOWER, ['A' ... 'Z'] = UPPER, ['0' ... '9'] = LOWER,
	['_'] = UNDERSCORE, [0x80 ... 0xff] = OTHER };

static enum sort sort_at(str s, size_t i)
{
	return (enum sort)sorts[(unsigned char)s.ptr[i]];
}

/* A new part begins at an '_', at a hump ("readFile"), and at the last of several ("HTTPServer"). */
static bool begins_part(str word, size_t i)
{
	enum sort before = sort_at(word, i - 1), here = sort_at(word, i);

	if (before == UNDERSCORE || here == UNDERSCORE)
		return before != here;
	if (here != UPPER)
		return false;
	return before != UPPER || (i + 1 < word.len && sort_at(word, i + 1) == LOWER);
}

/* Parts of two letters and fewer are left out. `lower` is `word` folded. */
static void add_parts(struct terms *t, str word, const char *lower, enum term_rank rank)
{
	size_t from = 0;

	for (size_t i = 1; i <= word.len; i++) {
		if (i < word.len && !begins_part(word, i))
			continue;
		if (i - from > 2 && i - from < word.len)
			add_ascii(t, str_new(lower + from, i - from), rank);
		from = i;
	}
}

static void lower_ascii(char *out, str word)
{
	for (size_t i = 0; i < word.len; i++)
		out[i] = (char)(word.ptr[i] | (sort_at(word, i) == UPPER) << 5);
}

/* A word of ASCII with capitals or '_'. */
static void add_mixed(struct terms *t, str word, enum term_rank rank, enum term_text kind)
{
	char lower[TERM_BYTES];

	word = str_sub(word, 0, sizeof(lower));
	lower_ascii(lower, word);
	add_ascii(t, str_new(lower, word.len), rank);
	if (kind == TERMS_CODE || str_find_char(word, '_') >= 0)
		add_parts(t, word, lower, rank);
}

/* Scripts without spaces between words. */
static bool is_unspaced(uint32_t c)
{
	return (c >= 0x0e00 && c <= 0x0eff) || (c >= 0x1000 && c <= 0x109f) || (c >= 0x1780 && c <= 0x17ff) ||
	       (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0x20000 && c <= 0x3ffff);
}

/* The last of the run by itself: one who looks for it alone finds it as the beginning of a word. */
static void add_pairs(struct terms *t, str run, enum term_rank rank)
{
	size_t i = 0;

	while (i < run.len) {
		int one, two = 0;

		utf8_decode(str_from(run, i), &one);
		if (i + (size_t)one < run.len)
			utf8_decode(str_from(run, i + (size_t)one), &two);
		add_word(t, str_sub(run, i, i + (size_t)(one + two)), rank);
		i += (size_t)one;
	}
}

/* At most so many characters. */
static str cut_word(str word)
{
	size_t i = 0;
	int len;

	for (int chars = 0; i < word.len && chars < TERM_CHARS; chars++, i += (size_t)len)
		utf8_decode(str_from(word, i), &len);
	return str_sub(word, 0, i);
}

/* Folding may bring signs ("1/2" from one character), so it is cut again. */
static void add_folded(struct terms *t, str word, enum term_rank rank)
{
	size_t i = 0;

	while (i < word.len) {
		size_t from = i;
		int len;
		uint32_t c = utf8_decode(str_from(word, i), &len);
		bool unspaced = is_unspaced(c);

		while (i < word.len) {
			c = utf8_decode(str_from(word, i), &len);
			if (!utf8_is_word(c) || is_unspaced(c) != unspaced)
				break;
			i += (size_t)len;
		}
		str part = str_sub(word, from, i);
		if (part.len == 0) {
			i += (size_t)len;
		} else if (unspaced) {
			add_pairs(t, part, rank);
		} else {
			part = trim_underscores(part);
			part = cut_word(part);
			if (part.len && (rank >= TERM_HEADING || !is_noise(part)))
				add_word(t, part, rank);
		}
	}
}

/* Signs that join words, such as U+203F; of them only '_' belongs to a word. */
static bool is_connector(uint32_t c)
{
	return c == 0x203f || c == 0x2040 || c == 0x2054 || c == 0xfe33 || c == 0xfe34 ||
	       (c >= 0xfe4d && c <= 0xfe4f) || c == 0xff3f;
}

/* Letters, marks and numbers, what joins letters unseen, and '_'. */
static bool is_letter(uint32_t c)
{
	return c == 0xad || c == 0x200c || c == 0x200d || (utf8_is_word(c) && !is_connector(c));
}

static bool is_end(str s, size_t at)
{
	int len;

	return at == s.len || !is_letter(utf8_decode(str_from(s, at), &len));
}

/* "C++" and "C#" when they end there. Returns the length with the signs. */
static size_t sign_length(str s, size_t end)
{
	size_t after = end;

	if (str_starts(str_from(s, end), STR("++")))
		after = end + 2;
	else if (end < s.len && s.ptr[end] == '#')
		after = end + 1;
	return after == end || is_end(s, after) ? after : end;
}

/* Up to the end of the letters, or a length that folding can take; `*last`: where the last character begins. */
static size_t find_piece(str text, size_t from, size_t *last, bool *unspaced)
{
	size_t i = from;

	*last = from;
	while (i < text.len && i - from < PIECE) {
		int len;
		uint32_t c = utf8_decode(str_from(text, i), &len);

		if (!is_letter(c))
			break;
		*last = i;
		*unspaced = is_unspaced(c);
		i += (size_t)len;
	}
	return i;
}

/*
 * A word with characters beyond ASCII; returns its end.  Of one that is too long the rest is left out; text
 * without any spaces comes in pieces that share a character.
 */
static size_t add_other(struct terms *t, str text, size_t from, enum term_rank rank)
{
	char folded[UTF8_FOLD_MAX];
	bool unspaced = false;
	size_t last, end = find_piece(text, from, &last, &unspaced);
	int len;

	if (end == from) {
		utf8_decode(str_from(text, from), &len);
		return from + (size_t)len;
	}
	add_folded(t, str_new(folded, utf8_fold_word(str_sub(text, from, end), folded)), rank);
	if (is_end(text, end))
		return end;
	if (unspaced)
		return last;
	while (!is_end(text, end)) {
		uint32_t c = utf8_decode(str_from(text, end), &len);

		if (is_unspaced(c))
			break;
		end += (size_t)len;
	}
	return end;
}

/* Behind an entity, or behind the '&' when it is none. */
static size_t skip_entity(str text, size_t i)
{
	for (size_t end = i + 1; end < text.len && end < i + 12; end++)
		if (text.ptr[end] == ';')
			return end + 1;
	return i + 1;
}

/* A word that begins at `i`; returns its end. */
static size_t add_at(struct terms *t, str text, size_t i, enum term_rank rank, enum term_text kind)
{
	const unsigned char *p = (const unsigned char *)text.ptr + i;
	const unsigned char *end = (const unsigned char *)text.ptr + text.len;
	size_t from = i;
	unsigned all = 0;

	while (p < end && sorts[*p] != SEPARATOR)
		all |= sorts[*p++];
	if (all >= OTHER)
		return add_other(t, text, from, rank);
	i = (size_t)((const char *)p - text.ptr);
	if (kind != TERMS_CODE && i < text.len && (text.ptr[i] == '+' || text.ptr[i] == '#'))
		i = sign_length(text, i);
	if (all > LOWER)
		add_mixed(t, str_sub(text, from, i), rank, kind);
	else if (i - from > 1 || rank >= TERM_HEADING)
		add_ascii(t, str_sub(text, from, i), rank);
	return i;
}

/* 0x80 for each of eight bytes that is no small letter. */
static inline uint64_t not_small(uint64_t bytes)
{
	uint64_t low = bytes & swar_fill(0x7f);
	uint64_t from_a = low + swar_fill(0x80 - 'a'), beyond_z = low + swar_fill(0x80 - 'z' - 1);

	return ~(from_a & ~beyond_z & ~bytes) & swar_fill(0x80);
}

/*
 * Most words by far: two to seven small letters and a plain sign behind them.  Returns its end, or `i` when
 * it is another sort of word.
 */
static inline size_t add_small(struct terms *t, str text, size_t i, enum term_rank rank)
{
	uint64_t bytes, others, head;
	size_t len;
	char next;

	if (text.len - i < 8)
		return i;
	bytes = swar_from_little(swar_load(text.ptr + i));
	others = not_small(bytes);
	if (!others)
		return i;
	len = (size_t)__builtin_ctzll(others) / 8;
	next = text.ptr[i + len];
	if (len < 2 || sorts[(unsigned char)next] != SEPARATOR || next == '+' || next == '#' ||
		t->count >= MOST_WORDS)
		return i;
	head = swar_from_little(bytes & ((UINT64_C(1) << len * 8) - 1));
	put(t, str_new(text.ptr + i, len), head, hash_word(text.ptr + i, len, head), rank);
	return i + len;
}

void terms_add(struct terms *t, str text, enum term_rank rank, enum term_text kind)
{
	size_t i = 0;

	while (i < text.len) {
		enum sort sort = (enum sort)sorts[(unsigned char)text.ptr[i]];
		size_t end = i;

		if (sort == SEPARATOR) {
			i = kind == TERMS_HTML && text.ptr[i] == '&' ? skip_entity(text, i) : i + 1;
			continue;
		}
		if (sort == LOWER)
			end = add_small(t, text, i, rank);
		i = end > i ? end : add_at(t, text, i, rank, kind);
	}
}
