#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { WORKERS_MAX = 64 };

struct pool {
	atomic_size_t next;
	size_t items, batch;
	pool_work *work;
	void *ctx;
};

struct worker {
	struct pool *pool;
	int number;
	pthread_t thread;
};

static void work_off(struct pool *p, int number)
{
	for (;;) {
		size_t from = atomic_fetch_add_explicit(&p->next, p->batch, memory_order_relaxed);

		if (from >= p->items)
			return;
		for (size_t i = from; i < from + p->batch && i < p->items; i++)
			p->work(p->ctx, i, number);
	}
}

static void *run_worker(void *arg)
{
	struct worker *w = arg;

	work_off(w->pool, w->number);
	return NULL;
}

/* Small enough that the last batch does not keep one worker alone for long. */
static size_t batch_size(size_t items, int workers)
{
	size_t batch = items / (size_t)workers / 32;

	return batch < 1 ? 1 : batch > 16 ? 16 : batch;
}

void pool_each(int workers, size_t items, pool_work *work, void *ctx)
{
	struct worker crew[WORKERS_MAX];
	struct pool pool = { .items = items, .work = work, .ctx = ctx };
	int started = 1;

	if (workers > WORKERS_MAX)
		workers = WORKERS_MAX;
	if (workers < 1)
		workers = 1;
	if ((size_t)workers > items)
		workers = items ? (int)items : 1;
	pool.batch = batch_size(items, workers);
	/* A thread that cannot be made is not needed: the others do its share. */
	for (; started < workers; started++) {
		crew[started] = (struct worker){ .pool = &pool, .number = started };
		if (pthread_create(&crew[started].thread, NULL, run_worker, &crew[started]) != 0)
			break;
	}
	work_off(&pool, 0);
	for (int i = 1; i < started; i++)
		pthread_join(crew[i].thread, NULL);
}

int pool_processors(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;
	return CPU_COUNT(&set) > 0 ? CPU_COUNT(&set) : 1;
}
