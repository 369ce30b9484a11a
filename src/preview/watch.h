/*
 * watch -- waits until files change.
 *
 * Tells that something changed, and what, as far as the system says so. What is asked for
 * by watch_set() is in effect when it returns, so that a change after it is never missed, and a
 * change before it is seen by reading. Names that begin with a dot, and what editors leave
 * (`x~`, `#x#`), are no changes.
 */
#ifndef PREVIEW_WATCH_H
#define PREVIEW_WATCH_H

#include "base/str.h"

struct preview_changes;
struct watch;

/* `poll`: look at the files' times instead; so it is as well where the system has no events to
 * give. */
struct watch *watch_open(bool poll);

/*
 * Watch `roots`, files or folders with all below them, which may come and go; not what is below
 * `skips`. Replaces what was asked for before.
 */
void watch_set(struct watch *w, const str *roots, size_t root_count, const str *skips,
	size_t skip_count);

/*
 * Wait for a change, and until it is quiet again for 50 ms (at most a second: who writes
 * without end shall see something). False when `stop` became readable.
 */
bool watch_wait(struct watch *w, int stop);

/* What has changed since watch_forget(): before the first time anything. Lives until then. */
const struct preview_changes *watch_changes(const struct watch *w);
void watch_forget(struct watch *w);

/* Anything may have changed: for what could not be watched in time. */
void watch_doubt(struct watch *w);

/* Is it by looking, and why: null when it is by events. */
const char *watch_polls(const struct watch *w);

void watch_close(struct watch *w);

#endif
