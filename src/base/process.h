/*
 * process -- running another program, never through a shell.
 *
 * The program gets a session of its own: it cannot ask at the terminal, and all that it started can
 * be ended with it. It ends when gen does. Time and output are bounded. The caller ignores SIGPIPE.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include "base/str.h"

struct arena;
struct buf;

struct process {
	const char *const *argv; /* ends with null; argv[0] is looked for in PATH */
	const char *const *env;	 /* "NAME=value" over gen's own; "NAME" alone takes it away; null: none */
	const char *folder;	 /* where it runs; null: here */
	/* Append the next piece of its input; false at the end. Null: its input is empty. */
	bool (*feed)(void *ctx, struct buf *out);
	void *feed_ctx;
	int seconds;	     /* after which it is ended; 0: never */
	size_t output_limit; /* bytes of its output after which it is ended; 0: 64 MB */
};

enum process_end {
	PROCESS_EXITED,	  /* `status` is its exit status */
	PROCESS_SIGNALED, /* `status` is the signal */
	PROCESS_TIMEOUT,
	PROCESS_FLOOD,	   /* it printed too much */
	PROCESS_UNSTARTED, /* `status` is the errno value */
};

struct process_result {
	enum process_end end;
	int status;
	str out;
	str err; /* the end of what it said, at most 16 KB */
};

void process_run(const struct process *p, struct process_result *out, struct arena *a);

/* It ran to its end, and its exit status was 0. */
static inline bool process_fine(const struct process_result *r)
{
	return r->end == PROCESS_EXITED && r->status == 0;
}

#endif
