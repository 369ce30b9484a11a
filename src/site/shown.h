/*
 * shown -- hashes over what lists show: when one is the same as in the last build, so is the list.
 */
#ifndef SITE_SHOWN_H
#define SITE_SHOWN_H

#include <stddef.h>
#include <stdint.h>

struct list_job;
struct page;
struct site;

/* What was asked for last. */
struct shown_last {
	const void *of;
	uint64_t hash;
};

struct shown {
	struct shown_last *last;
	const struct site *site;
	const uint64_t *pages; /* of each of site->pages: all that a list can show of it */
	const uint64_t *metas; /* the same without what its text says */
	const uint64_t *said;  /* of its matrices and tables alone */
	uint64_t verdicts;     /* matrices and tables of all */
	uint64_t all;	       /* every page that is built, and the files that are copied */
	uint64_t heads;	       /* metadata of every page that is built */
	uint64_t tags;	       /* names, addresses and counts of all tags */
};

/* Both; equal ones do not cancel out. */
static inline uint64_t shown_both(uint64_t a, uint64_t b)
{
	return (a ^ b >> 31) * 0x9e3779b97f4a7c15 + b;
}

uint64_t shown_pages(const struct shown *shown, struct page *const *pages, size_t count);

/* Page `number` of a list with so many articles on each. */
uint64_t shown_slice(const struct shown *shown, struct page *const *pages, size_t count, size_t number,
	size_t per_page);

/* Matrices and tables of these; `of` names them, so that asking again costs nothing. */
uint64_t shown_verdicts(const struct shown *shown, const void *of, struct page *const *pages, size_t count);

/* For `shows` of kinds that need no more: metadata of all, nothing of articles. */
uint64_t shown_heads(const struct shown *shown, const struct list_job *job);
uint64_t shown_nothing(const struct shown *shown, const struct list_job *job);

/* Nothing but where the search index is. */
uint64_t shown_search(const struct shown *shown, const struct list_job *job);

#endif
