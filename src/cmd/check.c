#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/path.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "cmd/site.h"
#include "markdown/markdown.h"
#include "site/build.h"
#include "site/external.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_GITHUB, FORMAT_UNKNOWN };

static enum format find_format(str word)
{
	static const str words[] = { STR_INIT("text"), STR_INIT("json"), STR_INIT("github") };

	if (word.len == 0)
		return FORMAT_TEXT;
	for (int i = 0; i < FORMAT_UNKNOWN; i++)
		if (str_eq(words[i], word))
			return (enum format)i;
	return FORMAT_UNKNOWN;
}

/* In a workflow command '%' and line ends are escaped, in its properties ':' and ',' too. */
static void write_escaped(struct buf *out, str text, bool property)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '%' || c == '\n' || c == '\r' || (property && (c == ':' || c == ',')))
			buf_printf(out, "%%%02X", (unsigned char)c);
		else
			buf_char(out, c);
	}
}

static void write_annotation(struct buf *out, const struct diag *g, bool strict)
{
	buf_printf(out, "::%s ", g->level == DIAG_ERROR || strict ? "error" : "warning");
	if (g->path.len) {
		BUF_LIT(out, "file=");
		write_escaped(out, g->path, true);
	}
	if (g->line > 0)
		buf_printf(out, ",line=%d", g->line);
	if (g->line > 0 && g->col > 0)
		buf_printf(out, ",col=%d", g->col);
	buf_printf(out, "%stitle=%s::", g->path.len ? "," : "", g->category);
	write_escaped(out, g->message, false);
	if (g->help.len) {
		BUF_LIT(out, "%0A");
		write_escaped(out, g->help, false);
	}
	BUF_LIT(out, "\n");
}

static void write_github(struct buf *out, const struct diags *d, bool strict)
{
	for (const struct diag *g = d->first; g; g = g->next)
		write_annotation(out, g, strict);
}

/* 1: a build would fail as well.  3: it would not, but the gate is closed. */
static enum exit_status status_of(const struct settings *s, const struct diags *d)
{
	if (d->errors > d->gates)
		return report_status(d);
	return d->gates || (s->strict && d->warnings) ? EXIT_GATE : EXIT_FINE;
}

static void write_summary(const struct build_report *r, const struct diags *d, struct buf *out)
{
	buf_printf(out, "%zu page%s checked: %zu error%s, %zu warning%s\n", r->pages, r->pages == 1 ? "" : "s",
		d->errors, d->errors == 1 ? "" : "s", d->warnings, d->warnings == 1 ? "" : "s");
	if (r->left_out)
		buf_printf(out, "%zu block%s of code %s never run (gen list unrun)\n", r->left_out,
			r->left_out == 1 ? "" : "s", r->left_out == 1 ? "is" : "are");
}

static void write_result(const struct settings *s, enum format format, const struct build_report *r,
	const struct diags *d, struct buf *out)
{
	if (format == FORMAT_JSON)
		diags_json(d, s->strict, out);
	else if (format == FORMAT_GITHUB)
		write_github(out, d, s->strict);
	else
		report_diags(s, d);
	if (format == FORMAT_TEXT && !s->quiet)
		write_summary(r, d, out);
}

/* Links to other sites, unless the site cannot be made. */
static void check_external(const struct settings *s, const struct build_report *built, struct external_report *r,
	struct arena *a, struct diags *d)
{
	const struct external_options options = { .config = &built->links,
		.cache = path_join(s->source.len ? s->source : STR("."), STR(".cache/gen/links"), a),
		.refresh = s->refresh,
		.delay_ms = 500 };

	if (built->external_count == 0)
		return;
	external_check(built->externals, built->external_count, &options, r, a, d);
	diags_sort(d);
}

static void write_external(const struct external_report *r, size_t count, struct buf *out)
{
	buf_printf(out, "%zu link%s to other sites: %zu request%s, %zu known from before, %zu left alone\n", count,
		count == 1 ? "" : "s", r->asked, r->asked == 1 ? "" : "s", r->kept, r->skipped);
}

static enum exit_status run_check(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct site_options options = site_options_from(s);
	enum format format = find_format(s->format);
	struct build_report report;
	struct external_report external = { 0 };
	struct buf out = { 0 };
	enum exit_status status;

	if (format == FORMAT_UNKNOWN) {
		fprintf(stderr, "gen check: error: --format is text, json or github, not '" STR_FMT "'\n",
			STR_ARG(s->format));
		return EXIT_USAGE;
	}
	options.check = true;
	options.external = s->external;
	markdown_start();
	site_build(&options, &report, &a, &d);
	if (s->external)
		check_external(s, &report, &external, &a, &d);
	write_result(s, format, &report, &d, &out);
	if (s->external && format == FORMAT_TEXT && !s->quiet)
		write_external(&external, report.external_count, &out);
	status = report_write(&out) ? status_of(s, &d) : EXIT_USAGE;
	buf_free(&out);
	arena_free(&a);
	return status;
}

static const struct option *const options[] = { &option_source, &option_base_url, &option_drafts, &option_future,
	&option_expired, &option_external, &option_ask_again, &option_strict, &option_format, &option_jobs, &option_quiet, NULL };

const struct command command_check = {
	.name = "check",
	.args = "",
	.summary = "look for everything that is wrong, and write nothing",
	.about = "Build in memory and report: front matter, links and anchors of the finished pages, tables, matrices, templates,\n"
		 "records of examples, and tables that are drawn with spaces. With --external other sites are asked whether\n"
		 "what is linked to is there (by curl). The status is 1 when a build would fail as well, and 3 when it would\n"
		 "not but something is wrong, or with --strict any warning.",
	.options = options,
	.run = run_check,
};
