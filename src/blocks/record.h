/*
 * record -- a map whose size is known: its entries are one piece of memory.
 *
 * A page shows hundreds of cells and each is a map, so that growing them step by step would
 * cost more than reading them.
 */
#ifndef BLOCKS_RECORD_H
#define BLOCKS_RECORD_H

#include "base/arena.h"
#include "data/value.h"

/* An empty map with room for `room` entries; value_add() past that grows it. */
static inline struct value record_new(size_t room, struct arena *a)
{
	struct value_map *map = arena_new(a, struct value_map);

	map->at = arena_alloc_array(a, room, sizeof(map->at[0]), _Alignof(struct value_entry));
	map->cap = room;
	return (struct value){ .kind = VALUE_MAP, .map = map };
}

/* An empty list with room for `room` items. */
static inline struct value record_list(size_t room, struct arena *a)
{
	struct value_list *list = arena_new(a, struct value_list);

	if (room > 0)
		list->at =
			arena_alloc_array(a, room, sizeof(list->at[0]), _Alignof(struct value));
	list->cap = room;
	return (struct value){ .kind = VALUE_LIST, .list = list };
}

static inline void record_str(struct value *map, str key, str text, struct arena *a)
{
	value_add(map, key, value_string(text), a);
}

static inline void record_optional(struct value *map, str key, str text, struct arena *a)
{
	value_add(map, key, value_string_or_null(text), a);
}

static inline void record_int(struct value *map, str key, int64_t n, struct arena *a)
{
	value_add(map, key, value_int(n, a), a);
}

static inline void record_bool(struct value *map, str key, bool b, struct arena *a)
{
	value_add(map, key, value_bool(b), a);
}

#endif
