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

/* Behind the next ` id=`. By the rarer '=': two-byte searches are several times slower. */
static bool find_id(str *html)
{
	const char *at = html->ptr, *end = html->ptr + html->len;

	while (at < end && (at = memchr(at, '=', (size_t)(end - at))) != NULL) {
		if (at - html->ptr >= 3 && at[-1] == 'd' && at[-2] == 'i' && at[-3] == ' ') {
			*html = str_new(at + 1, (size_t)(end - at - 1));
			return true;
		}
		at++;
	}
	return false;
}

void ids_collect(str html, uint64_t **ids, size_t *count, struct arena *scratch, struct arena *kept)
{
	size_t cap = 64;
	uint64_t *found = arena_array(scratch, uint64_t, cap);

	*count = 0;
	while (html.len && find_id(&html)) {
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
