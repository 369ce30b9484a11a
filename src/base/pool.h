/*
 * pool -- a loop over independent items on several threads.
 *
 * The calling thread takes part as worker 0.  Items are handed out in order in
 * small batches; every item is worked on exactly once.  What `work` writes must
 * belong to its item or to its worker.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

/* `worker` counts from 0 to workers - 1. */
typedef void pool_work(void *ctx, size_t item, int worker);

/* Returns when all items are done. With one worker no thread is made. */
void pool_each(int workers, size_t items, pool_work *work, void *ctx);

/* Processors that this process may use, at least 1. */
int pool_processors(void);

#endif
