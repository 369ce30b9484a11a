#include "site/build.h"

#include <time.h>

#include "base/pool.h"
#include "markdown/markdown.h"
#include "output/stage.h"
#include "site/address.h"
#include "site/build_parts.h"
#include "site/compose.h"
#include "site/duplicates.h"
#include "site/fresh.h"
#include "site/links.h"
#include "site/lists.h"
#include "site/minify.h"
#include "site/search.h"
#include "site/site.h"

enum { PAGE_MEMORY = 4 << 20 }; /* kept between pages, per thread */

struct building {
	struct site *site;
	struct stage *stage; /* null when there are errors already: then pages are only looked at */
	struct list_plan plan;
	struct diags *job_diags; /* one per job of the plan */
	struct rendered *job_rendered;
	bool addressed; /* no two things claim one address: it can be said where links lead */
};

static void put_page(struct building *b, str path, struct worker *w)
{
	str file = address_file(path, &w->page);

	if (!b->stage)
		return;
	if (b->site->options->minify && str_ends(file, STR(".html"))) {
		buf_clear(&w->body);
		minify_html(buf_str(&w->out), &w->body);
		stage_put(b->stage, file, buf_str(&w->body));
	} else {
		stage_put(b->stage, file, buf_str(&w->out));
	}
}

/* What the page brings with it. */
static void put_files(struct building *b, struct worker *w)
{
	for (const struct page_file *f = w->files; b->stage && f; f = f->next)
		stage_put(b->stage, f->path, f->bytes);
}

static void compose_one(void *ctx, size_t item, int number)
{
	struct building *b = ctx;
	struct worker *w = &b->site->worker[number];
	struct page *p = b->site->articles[item];

	arena_reset(&w->page, PAGE_MEMORY);
	p->diags.arena = &w->kept;
	if (!p->template || !compose_page(b->site, p, w))
		return;
	put_page(b, p->path, w);
	put_files(b, w);
}

static void make_list(void *ctx, size_t item, int number)
{
	struct building *b = ctx;
	struct worker *w = &b->site->worker[number];
	const struct list_job *job = &b->plan.jobs[item];
	struct diags *d = &b->job_diags[item];

	arena_reset(&w->page, PAGE_MEMORY);
	d->arena = &w->kept;
	w->files = NULL;
	if (!lists_render(b->site, job, w, d))
		return;
	if (str_ends(address_file(job->path, &w->page), STR(".html")))
		rendered_read(b->site, job->path, buf_str(&w->out), w, &b->job_rendered[item]);
	put_page(b, job->path, w);
	put_files(b, w);
}

static void copy_asset(void *ctx, size_t item, int number)
{
	struct building *b = ctx;
	const struct asset *asset = &b->site->assets[item];

	(void)number;
	stage_copy(b->stage, asset->path, asset->from);
}

static void put_theme_assets(struct building *b)
{
	const struct theme *t = &b->site->theme;

	for (size_t i = 0; i < t->asset_count; i++)
		stage_put(b->stage, t->assets[i].path, t->assets[i].bytes);
}

static void gather_diags(struct building *b)
{
	struct site *s = b->site;

	for (size_t i = 0; i < s->article_count; i++)
		diags_merge(s->diags, &s->articles[i]->diags);
	for (size_t i = 0; i < b->plan.count; i++)
		if (b->job_diags[i].first)
			diags_merge(s->diags, &b->job_diags[i]);
}

static void count_pages(const struct building *b, struct build_report *r)
{
	const struct site *s = b->site;

	r->pages = s->article_count;
	for (size_t i = 0; i < s->article_count; i++) {
		r->examples += s->articles[i]->facts.examples;
		r->left_out += s->articles[i]->facts.left_out;
	}
	for (size_t i = 0; i < b->plan.count; i++)
		r->pages += list_is_page(&b->plan.jobs[i]);
	r->assets = s->asset_count + s->theme.asset_count;
}

void build_skips(const struct site *s, struct build_report *r, struct arena *a)
{
	struct build_skip *skips = arena_array(a, struct build_skip, s->page_count);

	for (size_t i = 0; i < s->page_count; i++) {
		const struct page *p = &s->pages[i];
		const char *flag;
		str reason;

		if (p->included || p->broken)
			continue;
		reason = page_skipped(p, s, &flag, a);
		skips[r->skip_count++] = (struct build_skip){ str_copy(p->meta.path, a), reason, str_c(flag) };
	}
	r->skips = skips;
}

struct stage *build_stage(const struct site *s, str output, struct arena *a, struct diags *d)
{
	str keep_out[3];
	const struct site_options *o = s->options;
	str source = o->source.len ? o->source : STR(".");
	struct stage_options options = { .force = o->force, .source = source, .keep_out = keep_out };

	keep_out[options.keep_out_count++] = str_printf(a, "%.*s/templates", STR_ARG(source));
	keep_out[options.keep_out_count++] = str_printf(a, "%.*s/static", STR_ARG(source));
	if (!str_eq(s->config.content, STR(".")))
		keep_out[options.keep_out_count++] =
			str_printf(a, "%.*s/%.*s", STR_ARG(source), STR_ARG(s->config.content));
	return stage_open(output, &options, a, d);
}

static void put_search(void *ctx, str path, str bytes)
{
	struct building *b = ctx;

	stage_put(b->stage, path, bytes);
}

static void make_all(struct building *b)
{
	const struct search_sink sink = { .ctx = b, .put = put_search };
	struct site *s = b->site;

	pool_each(s->workers, s->article_count, compose_one, b);
	search_make(s, b->stage ? &sink : NULL);
	pool_each(s->workers, b->plan.count, make_list, b);
	gather_diags(b);
	if (b->addressed)
		links_report(s, &b->plan, b->job_rendered);
	if (s->options->check)
		duplicates_report(s);
	if (!b->stage)
		return;
	put_theme_assets(b);
	pool_each(s->workers, s->asset_count, copy_asset, b);
}

static bool has_failed(const struct site *s)
{
	return s->diags->errors || (s->options->strict && s->diags->warnings);
}

static bool publish(struct building *b, uint64_t key, int64_t started, struct build_report *r)
{
	struct site *s = b->site;
	struct stage_report staged;

	if (s->options->check)
		count_pages(b, r);
	if (s->options->external) {
		r->external_count = links_external(s, &b->plan, b->job_rendered, &r->externals, s->arena);
		r->links = s->config.links;
	}
	if (!b->stage)
		return s->options->check && !has_failed(s);
	if (has_failed(s)) {
		stage_abort(b->stage);
		return false;
	}
	count_pages(b, r);
	if (!stage_commit(b->stage, fresh_note(s, key, started, r, s->arena), &staged, s->diags))
		return false;
	r->written = staged.written;
	r->unchanged = staged.unchanged;
	r->removed = staged.removed;
	return true;
}

static bool build_loaded(struct site *s, uint64_t key, int64_t started, struct build_report *r)
{
	struct building b = { .site = s };
	bool fine = site_load(s);

	if (!s->theme_ready)
		return false;
	b.addressed = site_link(s);
	b.addressed = lists_plan(s, &b.plan) && b.addressed;
	fine = fine && b.addressed;
	b.job_diags = arena_array(s->arena, struct diags, b.plan.count);
	b.job_rendered = arena_array(s->arena, struct rendered, b.plan.count);
	build_skips(s, r, s->arena);
	if (fine && !s->options->check)
		b.stage = build_stage(s, r->output, s->arena, s->diags);
	make_all(&b);
	return publish(&b, key, started, r);
}

static int64_t clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

bool site_build(const struct site_options *options, struct build_report *report, struct arena *a,
	struct diags *d)
{
	int64_t started = clock_ns();
	struct site s;
	uint64_t key;
	bool fine;

	*report = (struct build_report){ .output = site_output(options, a) };
	fine = site_scan(&s, options, a, d);
	if (fine) {
		key = fresh_key(&s);
		if (options->rebuild || options->check || !fresh_check(&s, key, report->output, report, a))
			fine = build_loaded(&s, key, started, report);
	}
	site_close(&s);
	diags_sort(d);
	return fine;
}
