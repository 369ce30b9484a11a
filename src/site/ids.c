#include "site/ids.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"

static int compare(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

/* The value after ` id=`, quoted or not; entities do not occur in ids that gen makes. */
static str take_id(str rest)
{
	size_t n = 0;

	if (rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '\''))
		return str_cut(str_from(rest, 1), rest.ptr[0]).head;
	while (n < rest.len && rest.ptr[n] != '>' && rest.ptr[n] != ' ' && rest.ptr[n] != '/')
		n++;
	return str_sub(rest, 0, n);
}

void ids_collect(str html, uint64_t **ids, size_t *count, struct arena *scratch, struct arena *kept)
{
	size_t cap = 64;
	uint64_t *found = arena_array(scratch, uint64_t, cap);
	ptrdiff_t at;

	*count = 0;
	while ((at = str_find(html, STR(" id="))) >= 0) {
		html = str_from(html, (size_t)at + 4);
		if (*count == cap) {
			uint64_t *more = arena_array(scratch, uint64_t, cap * 2);

			memcpy(more, found, cap * sizeof(*found));
			found = more;
			cap *= 2;
		}
		found[(*count)++] = hash_64(take_id(html));
	}
	*ids = arena_array(kept, uint64_t, *count);
	if (*count == 0)
		return;
	qsort(found, *count, sizeof(*found), compare);
	memcpy(*ids, found, *count * sizeof(*found));
}

bool ids_have(const uint64_t *ids, size_t count, str id)
{
	uint64_t hash = hash_64(id);

	return count && bsearch(&hash, ids, count, sizeof(*ids), compare) != NULL;
}
