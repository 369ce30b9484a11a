#include "base/map.h"

#include "base/arena.h"
#include "base/hash.h"

static struct map_slot *find_slot(const struct map *m, str key, uint64_t hash)
{
	size_t at = hash & (m->cap - 1);

	while (m->slots[at].key.ptr && !(m->slots[at].hash == hash && str_eq(m->slots[at].key, key)))
		at = (at + 1) & (m->cap - 1);
	return &m->slots[at];
}

static void grow(struct map *m)
{
	struct map larger = { .arena = m->arena, .count = m->count, .cap = m->cap ? m->cap * 2 : 32 };

	larger.slots = arena_array(m->arena, struct map_slot, larger.cap);
	for (size_t i = 0; i < m->cap; i++)
		if (m->slots[i].key.ptr)
			*find_slot(&larger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
	*m = larger;
}

void **map_put(struct map *m, str key, bool *is_new)
{
	uint64_t hash = hash_64(key);
	struct map_slot *slot;

	if (m->count * 4 >= m->cap * 3)
		grow(m);
	slot = find_slot(m, key, hash);
	if (is_new)
		*is_new = slot->key.ptr == NULL;
	if (!slot->key.ptr) {
		/* An empty key must still mark its slot as taken. */
		slot->key = key.ptr ? key : STR("");
		slot->hash = hash;
		m->count++;
	}
	return &slot->value;
}

static const struct map_slot *get_slot(const struct map *m, str key)
{
	const struct map_slot *slot;

	if (m->cap == 0)
		return NULL;
	slot = find_slot(m, key, hash_64(key));
	return slot->key.ptr ? slot : NULL;
}

void *map_get(const struct map *m, str key)
{
	const struct map_slot *slot = get_slot(m, key);

	return slot ? slot->value : NULL;
}

bool map_has(const struct map *m, str key)
{
	return get_slot(m, key) != NULL;
}
