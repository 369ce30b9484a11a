#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef ARENA_POISON
#include <sanitizer/asan_interface.h>
#else
static void no_poison(const void *ptr, size_t size)
{
	(void)ptr;
	(void)size;
}
#define ASAN_POISON_MEMORY_REGION(p, n) no_poison((p), (n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) no_poison((p), (n))
#endif

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

struct arena_chunk {
	struct arena_chunk *older;
	size_t size; /* of data */
	_Alignas(16) char data[];
};

_Noreturn static void stop(size_t size)
{
	fprintf(stderr, "gen: error: out of memory (%zu bytes wanted)\n", size);
	exit(2);
}

static void add_chunk(struct arena *a, size_t size)
{
	size_t next = a->chunk ? a->chunk->size * 2 : FIRST_CHUNK;
	struct arena_chunk *chunk;

	if (next > LARGEST_CHUNK)
		next = LARGEST_CHUNK;
	if (next < size)
		next = size;
	if (next > SIZE_MAX - sizeof(*chunk))
		stop(size);
	chunk = malloc(sizeof(*chunk) + next);
	if (!chunk)
		stop(next);
	chunk->older = a->chunk;
	chunk->size = next;
	ASAN_POISON_MEMORY_REGION(chunk->data, next);
	a->chunk = chunk;
	a->at = chunk->data;
	a->end = chunk->data + next;
	a->total += next;
}

void *arena_alloc_slowly(struct arena *a, size_t size, size_t align)
{
	size_t pad = -(uintptr_t)a->at & (align - 1);
	char *ptr;

	if (a->at == NULL || (size_t)(a->end - a->at) < pad ||
		(size_t)(a->end - a->at) - pad < size) {
		if (size > SIZE_MAX - align)
			stop(size);
		add_chunk(a, size + align);
		pad = -(uintptr_t)a->at & (align - 1);
	}
	ptr = a->at + pad;
	a->at = ptr + size;
	ASAN_UNPOISON_MEMORY_REGION(ptr, size);
	return ptr;
}

bool arena_extend(struct arena *a, void *ptr, size_t old_size, size_t new_size)
{
	if ((char *)ptr + old_size != a->at || new_size < old_size ||
		(size_t)(a->end - a->at) < new_size - old_size)
		return false;
	ASAN_UNPOISON_MEMORY_REGION(ptr, new_size);
	a->at = (char *)ptr + new_size;
	return true;
}

static void free_chunk(struct arena_chunk *chunk)
{
	ASAN_UNPOISON_MEMORY_REGION(chunk->data, chunk->size);
	free(chunk);
}

void arena_reset(struct arena *a, size_t keep)
{
	struct arena_chunk *kept = NULL;

	/* The newest chunk that is not too large is the one that serves the next use best. */
	while (a->chunk) {
		struct arena_chunk *chunk = a->chunk;

		a->chunk = chunk->older;
		if (!kept && chunk->size <= keep)
			kept = chunk;
		else
			free_chunk(chunk);
	}
	*a = (struct arena){ 0 };
	if (!kept)
		return;
	kept->older = NULL;
	ASAN_POISON_MEMORY_REGION(kept->data, kept->size);
	*a = (struct arena){
		.chunk = kept,
		.at = kept->data,
		.end = kept->data + kept->size,
		.total = kept->size,
	};
}

void arena_free(struct arena *a)
{
	arena_reset(a, 0);
}
