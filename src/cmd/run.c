#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "cmd/article_examples.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "cmd/run_table.h"
#include "cmd/site.h"
#include "examples/batch.h"
#include "examples/sandbox.h"
#include "markdown/markdown.h"

/* One `gen run`. */
struct run {
	const struct settings *settings;
	struct site site;
	struct arena *arena;
	struct diags *diags;
	struct batch_article *articles;
	size_t count;
	bool terminal;
};

static bool is_named(const struct run *r, const struct page *p)
{
	if (r->settings->arg_count == 0)
		return p->included;
	for (size_t i = 0; i < r->settings->arg_count; i++) {
		str name = path_clean(str_c(r->settings->args[i]), r->arena);

		if (str_eq(name, p->meta.path) || str_eq(name, p->meta.below) || str_eq(name, p->meta.name) ||
			str_eq(str_c(r->settings->args[i]), p->meta.path))
			return true;
	}
	return false;
}

static bool check_names(struct run *r)
{
	bool fine = true;

	for (size_t i = 0; i < r->settings->arg_count; i++) {
		str word = str_c(r->settings->args[i]), name = path_clean(word, r->arena);
		bool found = false;

		for (size_t k = 0; k < r->site.page_count; k++) {
			const struct article *m = &r->site.pages[k].meta;

			found = found || str_eq(name, m->path) || str_eq(name, m->below) || str_eq(name, m->name) ||
				str_eq(word, m->path);
		}
		if (found)
			continue;
		fprintf(stderr, "gen run: error: there is no article '%s'\n", r->settings->args[i]);
		fine = false;
	}
	return fine;
}

/* False when there is nothing to do: no example, and no record of one that is gone. */
static bool read_article(struct run *r, const struct page *p, struct batch_article *out)
{
	struct file_info info;

	*out = (struct batch_article){ .path = p->meta.path, .folder = record_folder(p->meta.path, r->arena),
		.diags = { .arena = r->arena } };
	out->whole = true;
	out->place = (struct example_place){ .src = &out->src, .runners = &r->site.config.runners };
	if (p->may_run)
		out->whole = article_examples_read(&r->site, p, &out->src, &out->examples, r->arena, &out->diags);
	return !out->whole || out->examples.count > 0 ||
	       (file_stat(out->folder, &info) == 0 && info.kind == FILE_FOLDER);
}

static void read_articles(struct run *r)
{
	r->articles = arena_array(r->arena, struct batch_article, r->site.page_count);
	for (size_t i = 0; i < r->site.page_count; i++) {
		const struct page *p = &r->site.pages[i];

		if (!p->broken && is_named(r, p) && read_article(r, p, &r->articles[r->count]))
			r->count++;
	}
}

static size_t count_examples(const struct run *r)
{
	size_t count = 0;

	for (size_t i = 0; i < r->count; i++)
		count += r->articles[i].examples.count;
	return count;
}

/* Outside the site, so that a site's folder can be thrown away. Empty when there is no home. */
static str find_cache(struct run *r, enum rung rung)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	/* As root the program is nobody, who does not get through root's home. */
	if (rung == RUNG_LANDLOCK && geteuid() == 0)
		return (str){ 0 };
	if (cache && *cache == '/')
		return str_printf(r->arena, "%s/gen", cache);
	return home && *home == '/' ? str_printf(r->arena, "%s/.cache/gen", home) : (str){ 0 };
}

static bool find_sandbox(struct run *r, enum rung *rung)
{
	str why;

	if (sandbox_choose(rung, &why, r->arena))
		return true;
	if (r->settings->unsafe) {
		fprintf(stderr, "gen run: warning: no sandbox works here, so the examples run without one\n");
		return true;
	}
	fprintf(stderr, "gen run: error: no sandbox works here, so nothing is run\n");
	fprintf(stderr, "    " STR_FMT "\n", STR_ARG(why));
	fprintf(stderr, "    help: --unsafe runs the examples without one, with all of your rights; pages will say so\n");
	return false;
}

static void show_progress(void *ctx, size_t done, size_t count, const struct batch_item *item)
{
	const struct run *r = ctx;

	if (r->terminal)
		fprintf(stderr, "\r\033[K%zu of %zu  " STR_FMT, done, count, STR_ARG(item->example->id));
}

static void show_fetching(void *ctx, const struct batch_item *item)
{
	const struct run *r = ctx;

	if (!r->settings->quiet && !r->settings->json)
		fprintf(stderr, "%sfetching packages of \"" STR_FMT "\"\n", r->terminal ? "\r\033[K" : "", STR_ARG(item->example->id));
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool has_failed(const struct settings *s, const struct batch *b, const struct diags *d)
{
	return b->failed || d->errors || (s->verify && b->not_run);
}

static enum exit_status finish(struct run *r, struct batch *b, enum rung rung, double started)
{
	const struct settings *s = r->settings;
	struct run_summary summary = { .batch = b, .articles = r->articles, .article_count = r->count,
		.sandbox = sandbox_name(rung), .seconds = now() - started, .verify = s->verify };
	struct buf out = { 0 };
	bool fine;

	if (r->terminal)
		fprintf(stderr, "\r\033[K");
	for (size_t i = 0; i < r->count; i++)
		diags_merge(r->diags, &r->articles[i].diags);
	diags_sort(r->diags);
	if (s->json) {
		run_table_json(&summary, r->diags, &out);
	} else {
		report_diags(s, r->diags);
		if (!s->quiet)
			run_table_write(&summary, &out);
	}
	fine = report_write(&out);
	buf_free(&out);
	if (!fine)
		return EXIT_USAGE;
	return has_failed(s, b, r->diags) ? EXIT_CONTENT : EXIT_FINE;
}

static enum exit_status run_all(struct run *r)
{
	const struct settings *s = r->settings;
	struct batch_options options = { .runners = &r->site.runners, .verify = s->verify, .refresh = s->refresh,
		.fetch = s->fetch, .fetching = show_fetching,
		.jobs = (int)s->jobs, .progress = show_progress, .progress_ctx = r };
	double started = now();
	struct batch batch;
	enum exit_status status;

	if (count_examples(r) > 0 && !find_sandbox(r, &options.rung))
		return EXIT_USAGE;
	options.cache = find_cache(r, options.rung);
	batch_run(r->articles, r->count, &options, &batch, r->arena);
	status = finish(r, &batch, options.rung, started);
	batch_close(&batch);
	return status;
}

/* A program that was started with closed descriptors must not get ours in their place. */
static void fill_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= 2);
	if (fd > 2)
		close(fd);
}

static enum exit_status run_run(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct site_options options = site_options_from(s);
	struct run r = { .settings = s, .arena = &a, .diags = &d, .terminal = isatty(STDERR_FILENO) && !s->json };
	enum exit_status status = EXIT_USAGE;

	fill_descriptors();
	markdown_start();
	if (site_scan(&r.site, &options, &a, &d)) {
		site_load(&r.site);
		if (check_names(&r)) {
			read_articles(&r);
			status = run_all(&r);
		}
	} else {
		diags_sort(&d);
		report_diags(s, &d);
	}
	site_close(&r.site);
	arena_free(&a);
	return status;
}

static const struct option *const options[] = { &option_source, &option_verify, &option_refresh, &option_fetch, &option_unsafe,
	&option_drafts, &option_future, &option_expired, &option_jobs, &option_json, &option_quiet, NULL };

const struct command command_run = {
	.name = "run",
	.args = "[ARTICLE...]",
	.most = 1000,
	.summary = "run the examples of articles and record what they print",
	.about = "Run the code blocks that are declared with `run`, `check` or `serve`, each in a sandbox and twice, and\n"
		 "record what they print or answer beside the article. What is recorded and has not changed is not run\n"
		 "again. With --verify everything is run and compared with its record, and nothing is written. With\n"
		 "--fetch the packages that examples name are fetched first; they run without a network all the same.",
	.options = options,
	.run = run_run,
};
