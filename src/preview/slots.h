/*
 * slots -- where generations are written: two folders that alternate, in a place that no other
 * preview has.
 */
#ifndef PREVIEW_SLOTS_H
#define PREVIEW_SLOTS_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

struct slots {
	str folders[2];
	str place;      /* above them */
	int lock;       /* held as long as this is open */
	bool temporary; /* nothing of it stays */
};

/*
 * The first place below `cache` that no other process has; what an earlier run left there is
 * built upon. Where `cache` cannot be written it is a temporary folder. False, with a message,
 * when there is none at all.
 */
bool slots_open(str cache, struct slots *out, struct arena *a, struct diags *d);

void slots_close(struct slots *s);

#endif
