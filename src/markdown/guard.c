/* What the library would take too long over is refused before it is asked. */
#include "markdown/document.h"

#include <string.h>

#include "base/arena.h"

static void find_lines(struct markdown *m)
{
	const char *p = m->body.ptr;
	size_t len = m->body.len, count = 0, at = 0, cap = 64 + len / 16;
	uint32_t *starts = arena_alloc_array(m->arena, cap, sizeof(*starts), _Alignof(uint32_t));

	while (at < len) {
		const char *end = memchr(p + at, '\n', len - at);
		const char *cr = memchr(p + at, '\r', (end ? (size_t)(end - p) : len) - at);

		if (count + 2 > cap) {
			uint32_t *more = arena_alloc_array(
				m->arena, cap * 2, sizeof(*starts), _Alignof(uint32_t));

			memcpy(more, starts, cap * sizeof(*starts));
			starts = more;
			cap *= 2;
		}
		starts[count++] = (uint32_t)at;
		if (cr && cr + 1 != end) {
			m->lines.lone_returns = true;
			end = cr;
		}
		at = end ? (size_t)(end - p) + 1 : len;
	}
	starts[count] = (uint32_t)len;
	m->lines.starts = starts;
	m->lines.count = count;
}

bool guard_check(struct markdown *m)
{
	find_lines(m);
	return true;
}
