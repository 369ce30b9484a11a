/*
 * search_part -- words and where they are found, as the text that the search page reads.
 */
#ifndef SITE_SEARCH_PART_H
#define SITE_SEARCH_PART_H

#include "base/buf.h"
#include "site/terms.h"

struct arena;

/* Where one word of a part was found. */
struct posting {
	uint32_t word; /* its index in `terms` */
	uint32_t doc : 30, rank : 2;
};

/* Words being gathered from the articles, which come in order. */
struct part {
	struct terms *terms; /* the worker's, empty */
	struct arena *arena;
	struct posting *at;
	size_t count, cap;
};

/* Words of article `doc`: a part of what terms_pack() made. */
void part_add(struct part *p, uint32_t doc, str region);

/*
 * Append all words whose key is `key` (0: all of them), in order: "0word postings,3ds postings".
 * `docs` is how many articles there are. Call part_sort() once before.
 */
struct part_word;
const struct part_word *part_sort(struct part *p);
void part_write(const struct part *p, const struct part_word *sorted, char key, size_t docs, struct buf *out);

/*
 * The words of p->terms alone: those that were counted at least so often and are long enough to be mistyped.
 */
void part_write_words(const struct part *p, uint32_t least, struct buf *out);

#endif
