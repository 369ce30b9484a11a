/* The library's memory: from the arena of the running parse, never freed one by one. */
#include "markdown/running.h"

#include <string.h>

#include "base/arena.h"

/* A block is preceded by its size, for realloc. */
static inline void *allocate(size_t size)
{
	struct running *r = running;
	size_t *head;

	if (size > r->memory_left)
		running_leave(PARSE_MEMORY, 0);
	r->memory_left -= size;
	head = arena_alloc(r->arena, sizeof(size_t) + size, sizeof(size_t));
	*head = size;
	return head + 1;
}

/*
 * The library copies a link's destination and title by calloc(n, 1), wherever a reference is
 * used: a long one used often makes much out of little.
 */
static void count_copy(size_t bytes)
{
	if (bytes > running->copies_left)
		running_leave(running->inlines_done ? PARSE_ADDRESSES : PARSE_REFERENCES,
			running->line);
	running->copies_left -= bytes;
}

static void *take(size_t count, size_t size)
{
	if (size == 1)
		count_copy(count);
	return memset(allocate(count * size), 0, count * size);
}

static void *resize(void *ptr, size_t size)
{
	size_t *head = ptr;
	void *copy;

	if (!ptr)
		return allocate(size);
	head--;
	if (size <= *head)
		return ptr;
	if (arena_extend(running->arena, head, sizeof(size_t) + *head, sizeof(size_t) + size)) {
		*head = size;
		return ptr;
	}
	copy = allocate(size);
	memcpy(copy, ptr, *head);
	return copy;
}

static void forget(void *ptr)
{
	(void)ptr;
}

cmark_mem arena_mem = { take, resize, forget };

/*
 * The library appends by walking to the end of the list, which is quadratic in the columns of a
 * table.  The end of the list in work is kept at hand.
 */
cmark_llist *__real_cmark_llist_append(cmark_mem *mem, cmark_llist *head, void *data);
cmark_llist *__wrap_cmark_llist_append(cmark_mem *mem, cmark_llist *head, void *data);

cmark_llist *__wrap_cmark_llist_append(cmark_mem *mem, cmark_llist *head, void *data)
{
	cmark_llist *end;

	if (!running || mem != &arena_mem)
		return __real_cmark_llist_append(mem, head, data);
	if (!head || head != running->list) {
		head = __real_cmark_llist_append(mem, head, data);
		for (end = head; end->next; end = end->next)
			;
	} else {
		end = running->list_end->next = __real_cmark_llist_append(mem, NULL, data);
	}
	running->list = head;
	running->list_end = end;
	return head;
}
