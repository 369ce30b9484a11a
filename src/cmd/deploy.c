#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/path.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "cmd/site.h"
#include "markdown/markdown.h"
#include "output/deploy.h"
#include "site/build.h"
#include "site/built.h"
#include "site/site.h"

/* One `gen deploy`. */
struct deploying {
	const struct settings *settings;
	struct site_options site_options;
	struct site site;
	str output;
	const struct deploy_target *target;
	struct arena *arena;
	struct diags *diags;
	struct buf out;
	bool terminal;
	bool stopped; /* some of it may be there */
	double started;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void write_bytes(struct buf *out, uint64_t bytes)
{
	if (bytes < 1000)
		buf_printf(out, "%llu B", (unsigned long long)bytes);
	else if (bytes < 1000000)
		buf_printf(out, "%.1f KB", (double)bytes / 1e3);
	else
		buf_printf(out, "%.1f MB", (double)bytes / 1e6);
}

static void write_counts(struct buf *out, const struct deploy_plan *p)
{
	buf_printf(out, "%zu new, %zu changed, %zu to remove, %zu unchanged; ", p->of[DEPLOY_NEW], p->of[DEPLOY_CHANGED],
		p->of[DEPLOY_REMOVED], p->of[DEPLOY_SAME]);
	write_bytes(out, p->bytes);
	BUF_LIT(out, " to send\n");
}

/* In the order in which they go. */
static void write_files(struct buf *out, const struct deploy_plan *p)
{
	for (int phase = 0; phase <= DEPLOY_PHASES; phase++)
		for (size_t i = 0; i < p->count; i++) {
			const struct deploy_file *f = &p->files[i];
			bool removed = f->change == DEPLOY_REMOVED;

			if (f->change == DEPLOY_SAME || f->gone || (removed ? DEPLOY_PHASES : (int)f->phase) != phase)
				continue;
			buf_printf(out, "  %c " STR_FMT, removed ? '-' : f->change == DEPLOY_NEW ? '+' : '~',
				STR_ARG(f->path));
			if (!removed)
				BUF_LIT(out, "  ");
			if (!removed)
				write_bytes(out, f->size);
			BUF_LIT(out, "\n");
		}
}

static void write_plan(struct deploying *d, const struct deploy_plan *p)
{
	struct buf *out = &d->out;

	buf_printf(out, STR_FMT " → " STR_FMT "\n", STR_ARG(d->output), STR_ARG(p->where));
	if (p->left_out)
		buf_printf(out, "left out: %zu file%s that gen did not write\n", p->left_out, p->left_out == 1 ? "" : "s");
	if (p->nothing) {
		buf_printf(out, "nothing to do: all %zu files are there\n", p->count);
		return;
	}
	write_counts(out, p);
	if (d->settings->dry_run || d->settings->verbose)
		write_files(out, p);
}

static void write_json_files(struct buf *out, const struct deploy_plan *p)
{
	static const char *const words[] = { [DEPLOY_NEW] = "new", [DEPLOY_CHANGED] = "changed",
		[DEPLOY_REMOVED] = "removed" };
	bool first = true;

	for (size_t i = 0; i < p->count; i++) {
		const struct deploy_file *f = &p->files[i];

		if (f->change == DEPLOY_SAME || f->gone)
			continue;
		buf_add(out, first ? STR("{\"path\": ") : STR(", {\"path\": "));
		first = false;
		buf_json(out, f->path);
		buf_printf(out, ", \"change\": \"%s\", \"bytes\": %llu}", words[f->change], (unsigned long long)f->size);
	}
}

/* `p` is null when there was no plan. */
static void write_json(struct deploying *d, const struct deploy_plan *p, bool fine)
{
	struct buf *out = &d->out;
	bool deployed = fine && !d->settings->dry_run;

	buf_printf(out, "{\"ok\": %s, \"deployed\": %s, \"target\": ", fine ? "true" : "false", deployed ? "true" : "false");
	buf_json(out, d->target ? d->target->name : (str){ 0 });
	if (p) {
		BUF_LIT(out, ", \"where\": ");
		buf_json(out, p->where);
		buf_printf(out, ", \"new\": %zu, \"changed\": %zu, \"removed\": %zu, \"unchanged\": %zu, \"bytes\": %llu, "
				"\"left_out\": %zu, \"files\": [",
			p->of[DEPLOY_NEW], p->of[DEPLOY_CHANGED], p->of[DEPLOY_REMOVED], p->of[DEPLOY_SAME],
			(unsigned long long)p->bytes, p->left_out);
		write_json_files(out, p);
		BUF_LIT(out, "]");
	}
	BUF_LIT(out, ", \"messages\": ");
	diags_json(d->diags, false, out);
	BUF_LIT(out, "}\n");
}

static bool flush(struct deploying *d)
{
	bool fine = report_write(&d->out);

	buf_clear(&d->out);
	return fine;
}

/* On a terminal only: a script has said what it wants by calling gen. */
static bool confirm(const struct deploying *d)
{
	char line[16];

	if (d->settings->yes || d->settings->json || !isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return true;
	fprintf(stderr, "deploy? [y/N] ");
	fflush(stderr);
	return fgets(line, sizeof(line), stdin) && (line[0] == 'y' || line[0] == 'Y');
}

static void show_progress(void *ctx, const char *what, size_t files)
{
	const struct deploying *d = ctx;

	if (!d->terminal)
		return;
	if (files)
		fprintf(stderr, "\r\033[K%s (%zu)", what, files);
	else
		fprintf(stderr, "\r\033[K%s", what);
	fflush(stderr);
}

static void end_progress(const struct deploying *d)
{
	if (d->terminal)
		fprintf(stderr, "\r\033[K");
}

static bool choose_target(struct deploying *d)
{
	const struct config *c = &d->site.config;
	str names[64], wanted = d->settings->arg_count ? str_c(d->settings->args[0]) : (str){ 0 };
	struct buf list = { .arena = d->arena };
	size_t count = 0;

	for (size_t i = 0; i < c->deploy_count; i++) {
		if (c->deploy_count == 1 && wanted.len == 0)
			d->target = &c->deploy[i];
		if (wanted.len && str_eq(c->deploy[i].name, wanted))
			d->target = &c->deploy[i];
		if (count < 64)
			names[count++] = c->deploy[i].name;
		buf_printf(&list, "%s" STR_FMT, i ? ", " : "", STR_ARG(c->deploy[i].name));
	}
	if (d->target)
		return true;
	if (c->deploy_count == 0) {
		diag_error(d->diags, (loc){ 0 }, "config", "gen.yaml names no target to deploy to");
		diag_help(d->diags, "add one, such as deploy: {pages: {kind: git, branch: gh-pages}}");
	} else if (wanted.len) {
		diag_error(d->diags, (loc){ 0 }, "config", "gen.yaml has no deploy target '" STR_FMT "', only " STR_FMT,
			STR_ARG(wanted), STR_ARG(buf_str(&list)));
		diag_help_nearest(d->diags, wanted, names, count);
	} else {
		diag_error(d->diags, (loc){ 0 }, "config", "gen.yaml has several deploy targets: say which, of " STR_FMT,
			STR_ARG(buf_str(&list)));
	}
	return false;
}

static bool carry_out(struct deploying *d, struct deploy *p)
{
	const struct deploy_plan *plan = deploy_plan(p);
	bool fine;

	if (!d->settings->json && !d->settings->quiet)
		write_plan(d, plan);
	if (!flush(d))
		return false;
	if (d->settings->dry_run || plan->nothing)
		return true;
	if (!confirm(d)) {
		fprintf(stderr, "nothing was deployed\n");
		return true;
	}
	fine = deploy_run(p);
	end_progress(d);
	if (fine && !d->settings->json && !d->settings->quiet)
		buf_printf(&d->out, "deployed: %zu sent, %zu removed in %.1f s\n",
			plan->of[DEPLOY_NEW] + plan->of[DEPLOY_CHANGED], plan->of[DEPLOY_REMOVED], now() - d->started);
	d->stopped = !fine && d->target->kind != DEPLOY_GIT;
	return fine;
}

static bool deploy_site(struct deploying *d)
{
	struct site *s = &d->site;
	str keep_out[4] = { STR("templates"), STR("static"), STR("data"), s->config.content };
	struct deploy_options options = { .target = d->target, .source = d->site_options.source, .site = d->output,
		.keep_out = keep_out, .keep_out_count = str_eq(s->config.content, STR(".")) ? 3 : 4,
		.force = d->settings->force, .dry_run = d->settings->dry_run, .progress = show_progress,
		.progress_ctx = d };
	struct deploy *p;
	bool fine;

	for (size_t i = 0; i < 4; i++)
		keep_out[i] = path_clean(path_join(d->site_options.source, keep_out[i], d->arena), d->arena);
	p = deploy_open(&options, d->arena, d->diags);
	end_progress(d);
	fine = p && carry_out(d, p);
	if (d->settings->json)
		write_json(d, p ? deploy_plan(p) : NULL, fine);
	if (p)
		deploy_close(p);
	return fine;
}

/* `gen build`, with its messages; the articles that are not for readers are left out. */
static bool build_first(struct deploying *d)
{
	struct site_options options = site_options_from(d->settings);
	struct build_report report;
	bool fine;

	options.force = false;
	fine = site_build(&options, &report, d->arena, d->diags);
	if (!fine)
		fprintf(stderr, "gen: the site could not be built, and nothing was deployed\n");
	return fine;
}

/* Null: it ended before there was a plan, and as JSON nothing has been said yet. */
static enum exit_status run_all(struct deploying *d)
{
	bool fine;

	d->site_options.drafts = d->site_options.future = d->site_options.expired = true;
	if (d->settings->build && !build_first(d)) {
		if (d->settings->json)
			write_json(d, NULL, false);
		return EXIT_CONTENT;
	}
	fine = site_scan(&d->site, &d->site_options, d->arena, d->diags) && choose_target(d) &&
	       (d->settings->force || built_check(&d->site, d->output));
	if (fine)
		return deploy_site(d) ? EXIT_FINE : EXIT_USAGE;
	if (d->settings->json)
		write_json(d, NULL, false);
	return EXIT_USAGE;
}

static enum exit_status run_deploy(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags diags = { .arena = &a };
	struct deploying d = { .settings = s, .site_options = site_options_from(s), .arena = &a, .diags = &diags,
		.terminal = isatty(STDERR_FILENO) && !s->json && !s->quiet, .started = now() };
	enum exit_status status;

	markdown_start();
	d.output = site_output(&d.site_options, &a);
	status = run_all(&d);
	diags_sort(&diags);
	if (!s->json)
		report_diags(s, &diags);
	if (d.stopped && !s->json)
		fprintf(stderr, "gen: not all was deployed; `gen deploy` goes on where it stopped\n");
	if (!flush(&d))
		status = EXIT_USAGE;
	site_close(&d.site);
	buf_free(&d.out);
	arena_free(&a);
	return status;
}

static const struct option *const options[] = { &option_source, &option_output, &option_dry_run, &option_yes, &option_build,
	&option_base_url, &option_strict, &option_minify, &option_force_deploy, &option_jobs, &option_json, &option_quiet,
	&option_verbose, NULL };

const struct command command_deploy = {
	.name = "deploy",
	.args = "[TARGET]",
	.most = 1,
	.summary = "put the built site where readers get it",
	.about = "Put what `gen build` made at a target that gen.yaml names under deploy: a folder, a branch of a git\n"
		 "repository, or what rsync or rclone reaches. First a plan is shown: what is new, changed, to be\n"
		 "removed. Assets go first, pages last, and files are removed after that. What gen puts there it lists\n"
		 "in .gen-deploy; files of others are never replaced or removed. A deploy that was stopped is completed\n"
		 "by the next one. A site that is older than its sources is refused, unless --build builds it first.",
	.options = options,
	.run = run_deploy,
};
