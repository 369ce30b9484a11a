#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "cmd/site.h"
#include "markdown/markdown.h"
#include "site/build.h"
#include "site/report.h"
#include "site/site.h"

struct site_options site_options_from(const struct settings *s)
{
	return (struct site_options){
		.source = s->source.len ? s->source : STR("."),
		.output = s->output,
		.base_url = s->base_url,
		.drafts = s->drafts,
		.future = s->future,
		.expired = s->expired,
		.strict = s->strict,
		.minify = s->minify,
		.force = s->force,
		.rebuild = s->rebuild,
		.jobs = (int)s->jobs,
	};
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void write_count(struct buf *out, size_t n, const char *one, const char *many)
{
	buf_printf(out, "%zu %s", n, n == 1 ? one : many);
}

static void write_skips(const struct build_report *r, struct buf *out)
{
	for (size_t i = 0; i < r->skip_count; i++)
		buf_printf(out, "left out: " STR_FMT " (" STR_FMT "; " STR_FMT " includes it)\n",
			STR_ARG(r->skips[i].path), STR_ARG(r->skips[i].reason), STR_ARG(r->skips[i].flag));
}

static void write_summary(const struct settings *s, const struct build_report *r, double ms, struct buf *out)
{
	write_skips(r, out);
	write_count(out, r->pages, "page", "pages");
	BUF_LIT(out, ", ");
	write_count(out, r->examples, "example", "examples");
	BUF_LIT(out, ", ");
	write_count(out, r->assets, "asset", "assets");
	buf_printf(out, " in %.0f ms → " STR_FMT "%s", ms, STR_ARG(r->output),
		str_ends(r->output, STR("/")) ? "" : "/");
	if (r->fresh)
		BUF_LIT(out, " (nothing has changed)");
	BUF_LIT(out, "\n");
	if (s->verbose && !r->fresh)
		buf_printf(out, "%zu written, %zu as they were, %zu removed\n", r->written, r->unchanged, r->removed);
}

static void write_json_skips(const struct build_report *r, struct buf *out)
{
	for (size_t i = 0; i < r->skip_count; i++) {
		buf_add(out, i ? STR(", {\"path\": ") : STR("{\"path\": "));
		buf_json(out, r->skips[i].path);
		BUF_LIT(out, ", \"reason\": ");
		buf_json(out, r->skips[i].reason);
		BUF_LIT(out, "}");
	}
}

static void write_json(const struct settings *s, const struct build_report *r, bool fine, double ms,
	const struct diags *d, struct buf *out)
{
	buf_printf(out,
		"{\"ok\": %s, \"pages\": %zu, \"examples\": %zu, \"assets\": %zu, \"written\": %zu, "
		"\"unchanged\": %zu, \"removed\": %zu, \"fresh\": %s, \"ms\": %.1f, \"output\": ",
		fine ? "true" : "false", r->pages, r->examples, r->assets, r->written, r->unchanged, r->removed,
		r->fresh ? "true" : "false", ms);
	buf_json(out, r->output);
	BUF_LIT(out, ", \"skipped\": [");
	write_json_skips(r, out);
	BUF_LIT(out, "], \"messages\": ");
	diags_json(d, s->strict, out);
	BUF_LIT(out, "}\n");
}

static size_t split_names(str list, str *out)
{
	size_t count = 0;

	while (list.len) {
		struct str_pair cut = str_cut(list, ',');

		if (str_trim(cut.head).len)
			out[count++] = str_trim(cut.head);
		list = cut.tail;
	}
	return count;
}

static bool write_report(const struct settings *s, const struct buf *html, struct diags *d)
{
	struct source src = { s->output, (str){ 0 } };
	int error;

	if (str_eq(s->output, STR("-")))
		return report_write(html);
	error = file_write_atomic(s->output, buf_str(html));
	return error == 0 || diag_error(d, (loc){ &src, 0, 0 }, "output", "cannot write the report: %s", strerror(error));
}

static void say_report(const struct settings *s, const struct report_result *r, size_t bytes)
{
	if (r->texts && !s->quiet)
		fprintf(stderr,
			"%zu link%s to other pages of the site %s text now\n"
			"    help: with base_url in gen.yaml, or --base-url, they are whole addresses\n",
			r->texts, r->texts == 1 ? "" : "s", r->texts == 1 ? "is" : "are");
	if (!s->quiet && !str_eq(s->output, STR("-")))
		printf("%zu article%s, %zu image%s, %zu KB → " STR_FMT "\n", r->articles, r->articles == 1 ? "" : "s",
			r->images, r->images == 1 ? "" : "s", (bytes + 999) / 1000, STR_ARG(s->output));
}

/* `gen build --report a.md -o a.html` */
static enum exit_status run_report(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct site_options options = site_options_from(s);
	struct report_result result;
	struct buf html = { 0 };
	str *names = arena_array(&a, str, str_count_char(s->report, ',') + 1);
	size_t count = split_names(s->report, names);
	enum exit_status status = EXIT_USAGE;
	bool fine;

	if (s->output.len == 0 || count == 0) {
		fprintf(stderr, "gen build: error: %s\n    help: gen build --report article.md -o report.html\n",
			count ? "--report needs -o FILE, the file to write" : "--report needs the name of an article");
	} else {
		options.output = (str){ 0 };
		markdown_start();
		fine = report_make(&options, names, count, &html, &result, &a, &d);
		fine = fine && !(s->strict && d.warnings) && write_report(s, &html, &d);
		report_diags(s, &d);
		status = fine ? EXIT_FINE : report_status(&d);
		if (fine)
			say_report(s, &result, html.len);
	}
	buf_free(&html);
	arena_free(&a);
	return status;
}

static enum exit_status run_build(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct site_options options = site_options_from(s);
	struct build_report report;
	struct buf out = { 0 };
	double start = now_ms();
	bool fine;
	enum exit_status status;

	if (s->report.ptr)
		return run_report(s);
	markdown_start();
	fine = site_build(&options, &report, &a, &d);
	status = fine ? EXIT_FINE : report_status(&d);
	if (s->json)
		write_json(s, &report, fine, now_ms() - start, &d, &out);
	else
		report_diags(s, &d);
	if (!s->json && fine && !s->quiet)
		write_summary(s, &report, now_ms() - start, &out);
	if (!s->json && !fine)
		fprintf(stderr, "gen: nothing was published\n");
	if (!report_write(&out))
		status = EXIT_USAGE;
	buf_free(&out);
	arena_free(&a);
	return status;
}

static const struct option *const options[] = { &option_source, &option_output, &option_report, &option_base_url,
	&option_drafts, &option_future, &option_expired, &option_strict, &option_minify, &option_force, &option_rebuild,
	&option_jobs, &option_json, &option_quiet, &option_verbose, NULL };

const struct command command_build = {
	.name = "build",
	.args = "",
	.summary = "make the site from the articles",
	.about = "Read content/, templates/ and gen.yaml, and write the site. Everything wrong is reported in one\n"
		 "run; with errors nothing is published and the old site stays. Files equal to those of the last\n"
		 "build are left alone, and files that gen did not write are never touched.",
	.options = options,
	.run = run_build,
};
