#include "preview/making.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "preview/slots.h"
#include "preview/watch.h"

enum { MESSAGES = 50, KEEP = 4 << 20, MAKES_MOST = 4 };

struct making {
	const struct preview_options *options;
	str origin, folders[2];
	str place; /* above the folders */
	struct watch *watch;
	pthread_t thread;
	int news, stop; /* eventfds */
	pthread_mutex_t lock;
	pthread_cond_t taken;
	const struct made *made; /* waits to be taken */
	bool stopped;
	int spare; /* of the two folders: the one that is not served */
	int number;
};

/* What is wrong may be that it is not UTF-8; what pages are told must be. */
static str make_valid(str s, struct arena *a)
{
	struct buf out = { .arena = a };
	ptrdiff_t bad;

	while ((bad = utf8_invalid(s)) >= 0) {
		buf_add(&out, str_sub(s, 0, (size_t)bad));
		BUF_LIT(&out, "\xef\xbf\xbd");
		s = str_from(s, (size_t)bad + 1);
	}
	buf_add(&out, s);
	return buf_str(&out);
}

static void write_text(const char *name, str text, struct buf *out)
{
	buf_printf(out, ",\"%s\":", name);
	buf_json(out, make_valid(text, out->arena));
}

static void write_message(const struct diag *g, bool strict, struct buf *out)
{
	bool error = g->level == DIAG_ERROR || strict;

	buf_printf(out, "{\"level\":\"%s\",\"line\":%d,\"col\":%d,\"caret\":%d",
		error ? "error" : "warning", g->line, g->col, g->caret);
	write_text("path", g->path, out);
	write_text("category", str_c(g->category), out);
	write_text("message", g->message, out);
	write_text("excerpt", g->excerpt, out);
	write_text("help", g->help, out);
	BUF_LIT(out, "}");
}

/* Errors are what stands in the way; warnings are for the terminal. */
static void write_messages(const struct diags *d, bool strict, struct buf *out)
{
	size_t shown = 0;

	for (const struct diag *g = d->first; g && shown < MESSAGES; g = g->next) {
		if (g->level != DIAG_ERROR && !strict)
			continue;
		if (shown++)
			buf_char(out, ',');
		write_message(g, strict, out);
	}
}

static str write_event(
	const struct making *m, bool fine, const struct diags *d, struct arena *a)
{
	struct buf out = { .arena = a };
	bool strict = m->options->strict;

	buf_printf(&out,
		"event: state\ndata: {\"build\":%d,\"failed\":%s,\"count\":%zu,\"messages\":[",
		m->number, fine ? "false" : "true",
		fine ? 0 : d->errors + (strict ? d->warnings : 0));
	if (!fine)
		write_messages(d, strict, &out);
	BUF_LIT(&out, "]}\n\n");
	return buf_str(&out);
}

static str write_problem(const struct making *m, const struct diags *d, struct arena *a)
{
	struct diag_style style = { .strict = m->options->strict, .limit = MESSAGES };
	struct buf out = { .arena = a };

	diags_print(d, &style, &out);
	return make_valid(buf_str(&out), a);
}

static void signal_fd(int fd)
{
	uint64_t one = 1;

	/* A counter that is full is readable as well. */
	(void)!write(fd, &one, sizeof(one));
}

/* The folder that is made next is served until this was taken. */
static void hand_over(struct making *m, const struct made *made)
{
	pthread_mutex_lock(&m->lock);
	m->made = made;
	signal_fd(m->news);
	while (m->made && !m->stopped)
		pthread_cond_wait(&m->taken, &m->lock);
	m->made = NULL;
	pthread_mutex_unlock(&m->lock);
}

/* What we write is no change, even where a link among the sources leads to it. */
static void set_watch(struct making *m, const struct preview_plan *plan, struct arena *a)
{
	str *skips = arena_array(a, str, plan->skip_count + 1);

	for (size_t i = 0; i < plan->skip_count; i++)
		skips[i] = plan->skips[i];
	skips[plan->skip_count] = m->place;
	watch_set(m->watch, plan->roots, plan->root_count, skips, plan->skip_count + 1);
}

static bool is_same(const struct preview_plan *a, const struct preview_plan *b)
{
	bool same = a->root_count == b->root_count;

	for (size_t i = 0; same && i < a->root_count; i++)
		same = str_eq(a->roots[i], b->roots[i]);
	return same;
}

/*
 * True when it is to be done again at once: something was left for later, or there is more to watch than before, and what
 * changed there meanwhile was not seen.
 */
static bool make_one(struct making *m, struct arena *a)
{
	const struct preview_options *o = m->options;
	struct preview_plan plan = { 0 }, next = { 0 };
	struct diags d = { .arena = a };
	struct made made = { .folder = m->folders[m->spare] };

	o->plan(o->ctx, &plan, a);
	set_watch(m, &plan, a);
	made.fine = o->make(o->ctx, m->origin, made.folder, watch_changes(m->watch), a, &d);
	watch_forget(m->watch);
	if (made.fine) {
		m->number++;
		m->spare = !m->spare;
	}
	made.number = m->number;
	made.base_path = plan.base_path;
	made.host = plan.host;
	made.event = write_event(m, made.fine, &d, a);
	made.problem = write_problem(m, &d, a);
	hand_over(m, &made);
	if (o->rest && m->number)
		o->rest(o->ctx, m->folders[!m->spare], m->folders[m->spare]);
	o->plan(o->ctx, &next, a);
	if (is_same(&plan, &next))
		return made.fine && o->more && o->more(o->ctx);
	set_watch(m, &next, a);
	watch_doubt(m->watch);
	return true;
}

static bool is_stopped(struct making *m)
{
	bool stopped;

	pthread_mutex_lock(&m->lock);
	stopped = m->stopped;
	pthread_mutex_unlock(&m->lock);
	return stopped;
}

static void *make_all(void *ctx)
{
	struct making *m = ctx;
	struct arena a = { 0 };

	do {
		int more = MAKES_MOST;

		while (make_one(m, &a) && --more > 0 && !is_stopped(m))
			arena_reset(&a, KEEP);
		arena_reset(&a, KEEP);
	} while (watch_wait(m->watch, m->stop));
	arena_free(&a);
	return NULL;
}

static void free_making(struct making *m)
{
	watch_close(m->watch);
	if (m->news >= 0)
		close(m->news);
	if (m->stop >= 0)
		close(m->stop);
	pthread_mutex_destroy(&m->lock);
	pthread_cond_destroy(&m->taken);
	free(m);
}

struct making *making_start(
	const struct preview_options *options, str origin, const struct slots *slots)
{
	struct making *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	*m = (struct making){ .options = options,
		.origin = origin,
		.folders = { slots->folders[0], slots->folders[1] },
		.place = slots->place };
	pthread_mutex_init(&m->lock, NULL);
	pthread_cond_init(&m->taken, NULL);
	m->news = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	m->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	m->watch = watch_open(options->poll);
	if (m->news >= 0 && m->stop >= 0 && m->watch &&
		pthread_create(&m->thread, NULL, make_all, m) == 0)
		return m;
	free_making(m);
	return NULL;
}

int making_fd(const struct making *m)
{
	return m->news;
}

void making_take(struct making *m, made_take *take, void *ctx)
{
	uint64_t count;

	(void)!read(m->news, &count, sizeof(count));
	pthread_mutex_lock(&m->lock);
	if (m->made)
		take(ctx, m->made);
	m->made = NULL;
	pthread_cond_signal(&m->taken);
	pthread_mutex_unlock(&m->lock);
}

void making_stop(struct making *m)
{
	pthread_mutex_lock(&m->lock);
	m->stopped = true;
	pthread_cond_signal(&m->taken);
	pthread_mutex_unlock(&m->lock);
	signal_fd(m->stop);
	pthread_join(m->thread, NULL);
	free_making(m);
}
