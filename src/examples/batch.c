#include "examples/batch.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/map.h"
#include "base/pool.h"
#include "examples/attempt.h"
#include "content/lock.h"
#include "examples/compare.h"
#include "examples/packages.h"
#include "examples/serving.h"
#include "examples/toolchain.h"

static const char CATEGORY[] = "example";

struct running {
	const struct batch_options *options;
	struct batch *batch;
	struct arena *arena;
	struct arena *workers; /* one a thread: results live as long as the batch */
	struct map tools;      /* language -> struct toolchain */
	str date, host;
	pthread_mutex_t lock;
	size_t done;
};

static void say(struct batch_item *item, enum batch_state state, str why)
{
	item->state = state;
	item->why = why;
}

static bool needs_run(const struct running *r, const struct batch_item *item)
{
	return r->options->verify || r->options->refresh || item->state != BATCH_CACHED || item->unfetched.len;
}

/* Which records hold already; for --verify, which do not. */
static void look_up(struct running *r, struct batch_item *item)
{
	const struct example *e = item->example;
	enum record_state state = record_read(item->article->folder, e->id, e->key, &item->result, r->arena, NULL);

	item->recorded = state;
	item->old = item->result;
	item->state = state == RECORD_FRESH ? BATCH_CACHED : BATCH_RECORDED;
}

/* What this version of gen does not do is said, not passed over. */
static bool is_possible(const struct running *r, const struct example *e, str *why)
{
	return e->kind != EXAMPLE_SERVE || serving_possible(r->options->rung, why);
}

static const struct toolchain *tool_of(struct running *r, str language)
{
	bool is_new;
	void **tool = map_put(&r->tools, language, &is_new);

	if (is_new) {
		*tool = arena_new(r->arena, struct toolchain);
		toolchain_find(r->options->runners, language, *tool, r->arena);
	}
	return *tool;
}

static void find_tools(struct running *r)
{
	for (size_t i = 0; i < r->batch->count; i++) {
		struct batch_item *item = &r->batch->items[i];

		if (needs_run(r, item) && is_possible(r, item->example, &item->why))
			tool_of(r, item->example->language);
	}
}

/* One after the other: clients share their caches. What was locked anew changes the key. */
static void fetch_packages(struct running *r, struct batch_item *item, struct example *e)
{
	struct packages packages = { .cache = r->options->cache, .locked_only = r->options->verify,
		.relocks = r->options->refresh && !r->options->verify };
	str folder;

	if (e->dependency_count == 0)
		return;
	packages.tool = tool_of(r, e->language);
	if (!packages.tool->found ||
		(packages_find(&packages, e, item->article->path, &folder, &item->unfetched, r->arena) && !packages.relocks)) {
		item->unfetched = (str){ 0 };
		return;
	}
	if (r->options->fetching)
		r->options->fetching(r->options->progress_ctx, item);
	if (!packages_fetch(&packages, e, item->article->folder, &item->unfetched, r->arena))
		return;
	item->unfetched = (str){ 0 };
	example_lock(e, &item->article->place, r->arena);
}

static void fetch_all(struct running *r, struct batch_article *articles, size_t count)
{
	size_t at = 0;

	for (size_t i = 0; i < count && r->options->fetch; i++)
		for (size_t k = 0; k < articles[i].examples.count; k++)
			fetch_packages(r, &r->batch->items[at++], &articles[i].examples.at[k]);
}

static void run_item(struct running *r, struct batch_item *item, struct arena *a)
{
	const struct example *e = item->example;
	const struct toolchain *tool = map_get(&r->tools, e->language);
	struct attempt attempt = { .example = e, .tool = tool, .rung = r->options->rung, .cache = r->options->cache };

	if (!is_possible(r, e, &item->why)) {
		item->state = BATCH_NOT_RUN;
		return;
	}
	if (!tool->found) {
		say(item, BATCH_NOT_RUN, tool->why);
		return;
	}
	if (item->unfetched.len) {
		say(item, BATCH_FAILED, item->unfetched);
		return;
	}
	if (!packages_find(&(struct packages){ .tool = tool, .cache = r->options->cache }, e, item->article->path,
		    &attempt.packages, &item->why, a)) {
		item->state = BATCH_NOT_RUN;
		return;
	}
	if (r->options->verify && item->recorded != RECORD_FRESH) {
		static const str words[] = { [RECORD_MISSING] = STR_INIT("there is no record of it"),
			[RECORD_CHANGED] = STR_INIT("it was changed since it was last run"),
			[RECORD_EDITED] = STR_INIT("its record was edited") };

		say(item, BATCH_FAILED, words[item->recorded]);
		return;
	}
	item->ran = true;
	if (attempt_run(&attempt, r->options->verify ? &item->old : NULL, &item->result, a))
		say(item, r->options->verify ? BATCH_SAME : BATCH_RECORDED, (str){ 0 });
	else
		say(item, BATCH_FAILED, attempt.why);
	item->message_count = attempt.message_count;
	item->messages = attempt.messages;
	item->result.key = e->key;
	item->result.tool = tool->version;
	item->result.date = r->date;
	item->result.host = r->host;
}

static void work(void *ctx, size_t index, int worker)
{
	struct running *r = ctx;
	struct batch_item *item = &r->batch->items[index];

	if (needs_run(r, item))
		run_item(r, item, &r->workers[worker]);
	pthread_mutex_lock(&r->lock);
	r->done++;
	if (r->options->progress)
		r->options->progress(r->options->progress_ctx, r->done, r->batch->count, item);
	pthread_mutex_unlock(&r->lock);
}

static bool has_output(const struct batch_item *item)
{
	return item->state != BATCH_FAILED && item->state != BATCH_NOT_RUN && item->example->kind != EXAMPLE_CHECK &&
	       item->example->expect != EXPECT_COMPILE_ERROR;
}

static str quote_line(str line, struct arena *a)
{
	return line.len ? str_printf(a, "\"" STR_FMT "\"", STR_ARG(str_sub(line, 0, 80))) : STR("nothing");
}

static void check_pair(struct running *r, const struct batch_item *first, struct batch_item *second)
{
	const struct example *one = first->example, *two = second->example;
	enum example_cmp cmp = one->cmp > two->cmp ? one->cmp : two->cmp;
	str pattern = two->cmp == CMP_REGEX ? two->pattern : one->pattern, left, right;
	str a = first->result.out.bytes, b = second->result.out.bytes;
	str why;
	int line;

	if (one->kind == EXAMPLE_SERVE) {
		if (!serving_pair(one, two, &first->result, &second->result, &why, r->arena))
			say(second, BATCH_FAILED, why);
		return;
	}
	if (compare_outputs(cmp, pattern, a, b, r->arena))
		return;
	line = compare_difference(a, b, &left, &right);
	say(second, BATCH_FAILED,
		str_printf(r->arena,
			"prints something else than its pair \"" STR_FMT "\": line %d is " STR_FMT " there and " STR_FMT
			" here",
			STR_ARG(one->id), line, STR_ARG(quote_line(left, r->arena)),
			STR_ARG(quote_line(right, r->arena))));
}

/* Each block against the first of its pair. */
static void check_pairs(struct running *r)
{
	for (size_t i = 0; i < r->batch->count; i++) {
		struct batch_item *item = &r->batch->items[i];
		str pair = item->example->pair;

		if (!pair.len || !has_output(item))
			continue;
		for (size_t k = i; k-- > 0 && r->batch->items[k].article == item->article;) {
			const struct batch_item *other = &r->batch->items[k];

			if (str_eq(other->example->pair, pair) && has_output(other) &&
				other->example->kind == item->example->kind) {
				check_pair(r, other, item);
				break;
			}
		}
	}
}

/* A result that is what it was keeps its date and times: no churn. */
static void keep_history(const struct batch_item *item, struct record *result)
{
	const struct record *old = &item->old;

	result->date = old->date;
	result->host = old->host;
	result->wall = old->wall;
	result->cpu = old->cpu;
	result->memory = old->memory;
	if (result->end == RECORD_ANSWERED) {
		result->out = old->out;
		result->err = old->err;
	}
}

static void write_record(struct running *r, struct batch_item *item)
{
	bool known = item->recorded == RECORD_FRESH || item->recorded == RECORD_CHANGED;
	int error;

	if (!item->ran || item->state != BATCH_RECORDED)
		return;
	if (known && !r->options->refresh && record_same(&item->old, &item->result) &&
		str_eq(item->old.tool, item->result.tool))
		keep_history(item, &item->result);
	if (known || item->recorded == RECORD_EDITED)
		lock_remove(item->article->folder, item->example->id, item->example->lock_count ? item->example->client : PACKAGES_NONE,
			r->arena);
	error = record_write(item->article->folder, item->example->id, &item->result, r->arena);
	if (error)
		say(item, BATCH_FAILED,
			str_printf(r->arena, "cannot write its record into " STR_FMT ": %s",
				STR_ARG(item->article->folder), strerror(error)));
}

/* At the line that a compiler or traceback named; false when that is none of the article's or the file's. */
static bool report_message(const struct batch_item *item, const struct message *m, str text, struct diags *d)
{
	const struct example *e = item->example;
	int col = m->col, line;
	struct source file = { .text = e->code };

	if (!m->line || !example_line(e, m->line, &col, &file.path, &line))
		return false;
	return !diag_error(d, (loc){ file.path.len ? &file : &item->article->src, line, col }, CATEGORY,
		"the example \"" STR_FMT "\": " STR_FMT, STR_ARG(e->id), STR_ARG(text));
}

static void report_item(struct batch_item *item, struct arena *a)
{
	const struct example *e = item->example;
	struct diags *d = &item->article->diags;
	bool said = false;

	if (item->state == BATCH_NOT_RUN)
		diag_warn(d, (loc){ &item->article->src, e->at.line, e->at.col }, CATEGORY,
			"the example \"" STR_FMT "\" is not run: " STR_FMT, STR_ARG(e->id), STR_ARG(item->why));
	if (item->state != BATCH_FAILED)
		return;
	for (size_t i = 0; i < item->message_count; i++) {
		const struct message *m = &item->messages[i];
		str text = item->result.end == RECORD_COMPILE_ERROR
				   ? str_printf(a, "does not compile: " STR_FMT, STR_ARG(m->text))
				   : item->why;

		said = report_message(item, m, text, d) || said;
	}
	if (!said)
		diag_error(d, (loc){ &item->article->src, e->at.line, e->at.col }, CATEGORY,
			"the example \"" STR_FMT "\": " STR_FMT, STR_ARG(e->id), STR_ARG(item->why));
}

static bool is_example(const struct batch_article *article, str id)
{
	for (size_t i = 0; i < article->examples.count; i++)
		if (str_eq(article->examples.at[i].id, id))
			return true;
	return false;
}

/* Records that no example has any more. */
static void clear_orphans(struct running *r, struct batch_article *article)
{
	struct record_ids ids = record_names(article->folder, r->arena);

	if (!article->whole)
		return;
	article->orphans = arena_array(r->arena, str, ids.count);
	for (size_t i = 0; i < ids.count; i++) {
		struct record record;
		int error;

		if (is_example(article, ids.at[i]))
			continue;
		article->orphans[article->orphan_count++] = ids.at[i];
		if (r->options->verify) {
			diag_error(&article->diags, (loc){ &article->src, 0, 0 }, "record",
				"there is a record of \"" STR_FMT "\", and no such example", STR_ARG(ids.at[i]));
			continue;
		}
		/* What gen did not write is not gen's to remove. */
		if (record_read(article->folder, ids.at[i], (str){ 0 }, &record, r->arena, NULL) != RECORD_CHANGED)
			continue;
		error = record_remove(article->folder, ids.at[i], r->arena);
		if (error)
			diag_error(&article->diags, (loc){ &article->src, 0, 0 }, "record",
				"cannot remove the record of \"" STR_FMT "\": %s", STR_ARG(ids.at[i]),
				strerror(error));
	}
	/* Fails, as it should, when anything is left in it. */
	if (article->orphan_count && !r->options->verify)
		rmdir(str_cstr(article->folder, r->arena));
}

static void count_states(struct batch *b)
{
	for (size_t i = 0; i < b->count; i++) {
		size_t *const counts[] = { [BATCH_CACHED] = &b->cached, [BATCH_RECORDED] = &b->recorded,
			[BATCH_SAME] = &b->same, [BATCH_NOT_RUN] = &b->not_run, [BATCH_FAILED] = &b->failed };

		++*counts[b->items[i].state];
	}
}

static void list_items(struct batch_article *articles, size_t count, struct batch *b, struct arena *a)
{
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += articles[i].examples.count;
	b->items = arena_array(a, struct batch_item, total);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < articles[i].examples.count; k++)
			b->items[b->count++] = (struct batch_item){ .article = &articles[i],
				.example = &articles[i].examples.at[k] };
}

static str name_host(struct arena *a)
{
	struct utsname name;

	if (uname(&name) != 0)
		return STR("unknown");
	return str_printf(a, "%s %s", name.sysname, name.machine);
}

void batch_run(struct batch_article *articles, size_t count, const struct batch_options *options, struct batch *out,
	struct arena *a)
{
	struct running r = { .options = options, .batch = out, .arena = a, .lock = PTHREAD_MUTEX_INITIALIZER };
	int jobs = options->jobs > 0 ? options->jobs : pool_processors();
	struct date today = date_at(date_now(), 0);

	today.has_time = today.has_offset = false;
	*out = (struct batch){ 0 };
	list_items(articles, count, out, a);
	r.date = date_iso(&today, 0, a);
	r.host = name_host(a);
	r.workers = out->workers = arena_array(a, struct arena, (size_t)jobs);
	out->worker_count = (size_t)jobs;
	r.tools.arena = a;
	fetch_all(&r, articles, count);
	for (size_t i = 0; i < out->count; i++)
		look_up(&r, &out->items[i]);
	find_tools(&r);
	pool_each(jobs, out->count, work, &r);
	check_pairs(&r);
	for (size_t i = 0; i < out->count; i++) {
		if (!options->verify)
			write_record(&r, &out->items[i]);
		report_item(&out->items[i], a);
	}
	for (size_t i = 0; i < count; i++)
		clear_orphans(&r, &articles[i]);
	count_states(out);
}

void batch_close(struct batch *b)
{
	for (size_t i = 0; i < b->worker_count; i++)
		arena_free(&b->workers[i]);
}
