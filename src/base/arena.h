/*
 * arena -- memory that is given back all at once.
 *
 * Taking memory cannot fail: when the system has none left the program stops
 * with a message and exit status 2.  An arena belongs to one thread at a time.
 * A zero arena is ready for use.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The sanitizer is told what is taken; without it, taking is a few steps and stands here. */
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISON 1
#endif
#endif

struct arena_chunk;

struct arena {
	struct arena_chunk *chunk; /* the one in use; older ones hang behind it */
	char *at, *end;
	size_t total; /* bytes of all chunks */
};

/* The same as arena_alloc(), for when the chunk is full. */
void *arena_alloc_slowly(struct arena *a, size_t size, size_t align);

/* Uninitialised bytes; `align` is a power of two. */
static inline void *arena_alloc(struct arena *a, size_t size, size_t align)
{
#ifndef ARENA_POISON
	size_t pad = -(uintptr_t)a->at & (align - 1);
	size_t room = (size_t)(a->end - a->at);

	if (room > pad && room - pad >= size) {
		char *ptr = a->at + pad;

		a->at = ptr + size;
		return ptr;
	}
#endif
	return arena_alloc_slowly(a, size, align);
}

/* Uninitialised bytes for count * size; stops the program on overflow. */
static inline void *arena_alloc_array(struct arena *a, size_t count, size_t size, size_t align)
{
	size_t bytes;

	/* There is no such room, and so it stops. */
	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX;
	return arena_alloc(a, bytes, align);
}

/* Zeroed. */
static inline void *arena_zalloc(struct arena *a, size_t count, size_t size, size_t align)
{
	return memset(arena_alloc_array(a, count, size, align), 0, count * size);
}

#define arena_new(a, type) ((type *)arena_zalloc((a), 1, sizeof(type), _Alignof(type)))
#define arena_array(a, type, n) ((type *)arena_zalloc((a), (n), sizeof(type), _Alignof(type)))

/*
 * Grow the block that was taken last, in place; false when there is no room or
 * it was not the last one.
 */
bool arena_extend(struct arena *a, void *ptr, size_t old_size, size_t new_size);

/* Forget everything; keeps one chunk (at most `keep` bytes) for the next use. */
void arena_reset(struct arena *a, size_t keep);

/* Give everything back to the system; the arena is zero again. */
void arena_free(struct arena *a);

#endif
