/*
 * map -- text to a number or a pointer, by hash.
 *
 * Keys are borrowed.  Memory is the arena's; nothing is removed.  A map that is no longer
 * added to may be read by any number of threads.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct arena;

struct map_slot {
	str key;
	uint64_t hash;
	void *value;
};

struct map {
	struct arena *arena;
	struct map_slot *slots;
	size_t count, cap; /* cap: a power of two, or 0 */
};

/* The value's place for `key`, made (null) when it was not there; valid until the next map_put(). */
void **map_put(struct map *m, str key, bool *is_new);

/* The value, or null. */
void *map_get(const struct map *m, str key);

/* True when the key is there, whatever its value. */
bool map_has(const struct map *m, str key);

#endif
