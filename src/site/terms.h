/*
 * terms -- the different words of a page, as its search index needs them.
 *
 * Words are letters, digits and '_', without case and accents; "c++" and "c#" are words too.  Scripts that
 * put no spaces between words (Chinese, Japanese, Thai, ...) give pairs of neighbouring characters.
 * templates/assets/search.js cuts a query by the same rules; docs/searching.md has them in words.
 *
 * A page leaves its words behind packed in one string that stands for itself: about three bytes a word.
 */
#ifndef SITE_TERMS_H
#define SITE_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct arena;

/* Where a word stands on its page; the best place counts. */
enum term_rank { TERM_BODY, TERM_OFTEN, TERM_HEADING, TERM_TITLE };

enum term_text {
	TERMS_PLAIN,
	TERMS_HTML, /* entities are no words */
	TERMS_CODE, /* identifiers are also cut at humps: "readFile" is "readfile", "read", "file" */
};

enum {
	TERM_CHARS = 32, /* a longer word is cut */
	TERM_BYTES = 4 * TERM_CHARS,
	TERM_OFTEN_COUNT = 4, /* so many times is often */
	/* Words are packed by their first character: a to z, all other ASCII, and five for other letters. */
	TERM_REGIONS = 32,
};

struct term {
	uint64_t head; /* its first eight bytes, zeros behind a shorter word */
	uint32_t at;   /* in terms.bytes */
	uint32_t hash, count;
	uint16_t len;
	uint8_t rank;
};

struct terms {
	struct buf bytes;
	struct term *at;
	size_t count, cap;
	uint32_t *slots;	  /* index + 1, by hash */
	size_t slot_count;
	struct buf terms_room, slots_room; /* what `at` and `slots` are in */
};

/* Begin a page. A zero struct is ready; terms_free() gives its memory back. */
void terms_clear(struct terms *t);
void terms_free(struct terms *t);

/* Add the words of a text (valid UTF-8). */
void terms_add(struct terms *t, str text, enum term_rank rank, enum term_text kind);

/*
 * Count a word that is folded already; its index in `at`. A rank below that of an earlier one changes
 * nothing.
 */
uint32_t terms_put(struct terms *t, str word, enum term_rank rank);

/* A word that everybody uses: it counts in titles and headings only. Folded. */
bool term_is_common(str word);

/* All common words, with spaces between. */
str terms_common(struct arena *a);

/* All words in `a`, sorted by region, and in it by their bytes. */
str terms_pack(struct terms *t, struct arena *a);

/* The part of each region in what terms_pack() made; all empty for an empty text. */
void terms_regions(str packed, str regions[TERM_REGIONS]);

/* Heads in the order of the bytes. */
static inline uint64_t term_order(uint64_t head)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return __builtin_bswap64(head);
#else
	return head;
#endif
}

/* One of them. */
str terms_region_part(str packed, int region);

/* The region of a word, and the character that stands for it: 'a' to 'z', '_', '0' to '4'. */
int term_region(str word);
char term_region_name(int region);

/*
 * The parts of a large index are named by this: a to z for themselves, '_' for other ASCII and for nothing,
 * a digit for other letters.
 */
char term_key(str rest);

/* Reads one region. Start with `rest` and nothing else. */
struct terms_reader {
	str rest;
	uint64_t bits;
	unsigned bit_count;
	char word[TERM_BYTES];
	size_t len;
	enum term_rank rank;
};

/* False after the last one; otherwise word, len and rank are set. */
bool terms_next(struct terms_reader *r);

#endif
