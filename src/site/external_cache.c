/* The answers of earlier checks: "1700000000 https://example.org/" a line. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "site/external_parts.h"

enum { CACHE_MAX = 32 * 1000 * 1000, DAY = 24 * 60 * 60 };

void cache_put(struct external_cache *c, str address, int64_t now)
{
	int64_t *asked = arena_new(c->arena, int64_t);

	*asked = now;
	*map_put(&c->known, str_copy(address, c->arena), NULL) = asked;
	c->changed = true;
}

void cache_read(struct external_cache *c, str path, struct arena *a)
{
	str text;

	*c = (struct external_cache){ .known = { .arena = a }, .arena = a };
	if (file_read(path, CACHE_MAX, a, &text) != 0)
		return;
	while (text.len) {
		struct str_pair line = str_cut(text, '\n'), cut = str_cut(line.head, ' ');
		uint64_t asked;

		text = line.tail;
		if (str_to_u64(cut.head, &asked) && asked < INT64_MAX && cut.tail.len)
			cache_put(c, cut.tail, (int64_t)asked);
	}
	c->changed = false;
}

static bool is_young(int64_t asked, int64_t now, int64_t days)
{
	return asked <= now && now - asked < days * DAY;
}

bool cache_has(const struct external_cache *c, str address, int64_t now, int64_t days)
{
	const int64_t *asked = map_get(&c->known, address);

	return asked && is_young(*asked, now, days);
}

static int compare(const void *x, const void *y)
{
	return str_cmp((*(const struct map_slot *const *)x)->key, (*(const struct map_slot *const *)y)->key);
}

void cache_write(const struct external_cache *c, str path, int64_t now, int64_t days)
{
	struct buf out = { .arena = c->arena };
	const struct map_slot **slots = arena_array(c->arena, const struct map_slot *, c->known.count + 1);
	size_t count = 0;

	if (!c->changed)
		return;
	for (size_t i = 0; i < c->known.cap; i++)
		if (c->known.slots[i].key.ptr && is_young(*(int64_t *)c->known.slots[i].value, now, days))
			slots[count++] = &c->known.slots[i];
	qsort(slots, count, sizeof(*slots), compare);
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%lld " STR_FMT "\n", (long long)*(int64_t *)slots[i]->value, STR_ARG(slots[i]->key));
	if (folder_make(path_folder(path)) == 0)
		file_write_atomic(path, buf_str(&out));
}
