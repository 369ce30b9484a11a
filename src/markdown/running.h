/*
 * running -- the parse that a thread is in.
 *
 * The library's callbacks get no context, so it is found through the thread.  This is
 * shared by cmark.c, memory.c and guard.c, and by nobody else.
 */
#ifndef MARKDOWN_RUNNING_H
#define MARKDOWN_RUNNING_H

#include <setjmp.h>

#include "markdown/cmark.h"

struct running {
	struct arena *arena;
	size_t memory_left; /* bytes */
	size_t copies_left; /* bytes of text copied for references, later for addresses */
	size_t addresses;   /* what copies_left becomes when all inlines are parsed */
	bool inlines_done;
	bool has_at; /* some text may have an @ */
	cmark_llist *list, *list_end; /* the list that was appended to last */
	/* guard.c */
	uint64_t work_left, nesting_work_left; /* steps */
	size_t cells_left;
	int deepest_text;
	int line;
	/* where to go when it is too much */
	struct parse_end end;
	jmp_buf leave;
};

/* Null while this thread does not parse. */
extern _Thread_local struct running *running;

/* Leave the parse. Nothing needs to be freed: all is in the arena. */
_Noreturn void running_leave(enum parse_fault fault, int line);

/* The library's allocator: blocks from the arena of the running parse. */
extern cmark_mem arena_mem;

#endif
