/*
 * making -- the thread that watches, and makes a generation of what has changed.
 */
#ifndef PREVIEW_MAKING_H
#define PREVIEW_MAKING_H

#include "preview/preview.h"

struct making;
struct slots;

/* What came of one making. Borrowed during making_take() only. */
struct made {
	bool fine;
	int number; /* of good makings so far; 0: none yet */
	str folder; /* when it is fine */
	str base_path, host;
	str event;   /* what pages are told: "event: state\ndata: {...}\n\n" */
	str problem; /* messages as text */
};

typedef void made_take(void *ctx, const struct made *m);

/* Start with a first making. Null when the system refuses. */
struct making *making_start(
	const struct preview_options *options, str origin, const struct slots *slots);

/* Readable when something was made. */
int making_fd(const struct making *m);

/* Hands over what was made, if there is something; the next making starts only after that. */
void making_take(struct making *m, made_take *take, void *ctx);

/* Waits for a making that is under way. */
void making_stop(struct making *m);

#endif
