/*
 * external_parts -- what the files of external.h share.
 */
#ifndef SITE_EXTERNAL_PARTS_H
#define SITE_EXTERNAL_PARTS_H

#include "base/map.h"
#include "site/external.h"

/* One answer, as curl tells it. */
struct answer {
	int fault;	/* of curl: 0 fine, 6 no such host, 7 refused, 28 too slow, ... */
	int status;	/* of HTTP, 0: none */
	str redirect;	/* where it leads on, or empty */
	int64_t wait;	/* seconds that the host asks for, 0: none */
	str words;	/* what went wrong */
};

/* A request of a round. */
struct request {
	str address;
	bool whole; /* GET, not HEAD */
	bool answered;
	struct answer answer;
};

/* Ask for all at once; false when curl cannot be run, with `words` saying why. */
bool external_ask(struct request *requests, size_t count, int seconds, str *words, struct arena *a);

/* Addresses that were fine, and until when that is believed. */
struct external_cache {
	struct map known; /* address -> int64_t of the moment it was asked */
	struct arena *arena;
	bool changed;
};

void cache_read(struct external_cache *c, str path, struct arena *a);
bool cache_has(const struct external_cache *c, str address, int64_t now, int64_t days);
void cache_put(struct external_cache *c, str address, int64_t now);

/* Best effort: a cache that cannot be written is none. */
void cache_write(const struct external_cache *c, str path, int64_t now, int64_t days);

#endif
