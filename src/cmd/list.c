#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "cmd/commands.h"
#include "cmd/list_examples.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "cmd/site.h"
#include "markdown/markdown.h"

/* What can be listed of the examples; see list_examples.h. */
static const str example_kinds[] = { STR_INIT("examples"), STR_INIT("stale"), STR_INIT("unrun") };

static const str kinds[] = { STR_INIT("published"), STR_INIT("drafts"), STR_INIT("future"), STR_INIT("expired"),
	STR_INIT("all") };
static const enum page_state states[] = { PAGE_PUBLISHED, PAGE_DRAFT, PAGE_FUTURE, PAGE_EXPIRED };

static int find_kind(str word)
{
	for (int i = 0; i < 5; i++)
		if (str_eq(kinds[i], word))
			return i;
	return -1;
}

static bool find_example_kind(str word, enum example_list *out)
{
	for (int i = 0; i < 3; i++) {
		if (str_eq(example_kinds[i], word)) {
			*out = (enum example_list)i;
			return true;
		}
	}
	return false;
}

static void write_line(const struct site *s, const struct page *p, struct buf *out)
{
	const struct date *d = p->meta.publish.year ? &p->meta.publish : &p->meta.date;

	buf_printf(out, "%-10s  " STR_FMT "  " STR_FMT "\n",
		d->year ? date_iso(d, s->config.zone_minutes, s->arena).ptr : "-", STR_ARG(p->meta.path),
		STR_ARG(p->meta.title));
}

static void write_json(const struct site *s, const struct page *p, bool first, struct buf *out)
{
	const struct date *d = p->meta.publish.year ? &p->meta.publish : &p->meta.date;

	buf_add(out, first ? STR("\n  {\"path\": ") : STR(",\n  {\"path\": "));
	buf_json(out, p->meta.path);
	BUF_LIT(out, ", \"title\": ");
	buf_json(out, p->meta.title);
	BUF_LIT(out, ", \"date\": ");
	if (d->year)
		buf_json(out, date_iso(d, s->config.zone_minutes, s->arena));
	else
		BUF_LIT(out, "null");
	buf_printf(out, ", \"state\": \"%s\"}",
		(const char *[]){ "published", "draft", "future", "expired" }[p->state]);
}

static void write_list(const struct site *s, int kind, bool json, struct buf *out)
{
	bool first = true;

	if (json)
		BUF_LIT(out, "[");
	for (size_t i = 0; i < s->page_count; i++) {
		const struct page *p = &s->pages[i];

		if (p->broken || (kind < 4 && p->state != states[kind]))
			continue;
		if (json)
			write_json(s, p, first, out);
		else
			write_line(s, p, out);
		first = false;
	}
	if (json)
		buf_add(out, first ? STR("]\n") : STR("\n]\n"));
}

static enum exit_status run_list(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct site_options options = site_options_from(s);
	int kind = s->arg_count ? find_kind(str_c(s->args[0])) : 4;
	enum example_list examples = LIST_EXAMPLES;
	bool of_examples = s->arg_count && find_example_kind(str_c(s->args[0]), &examples);
	struct site site;
	struct buf out = { 0 };
	enum exit_status status;
	bool fine;

	if (kind < 0 && !of_examples) {
		fprintf(stderr, "gen list: error: there is no list of '%s'\n", s->args[0]);
		fprintf(stderr, "    help: published, drafts, future, expired, all, examples, stale or unrun\n");
		return EXIT_USAGE;
	}
	markdown_start();
	fine = site_scan(&site, &options, &a, &d) && site_load(&site);
	if (of_examples)
		fine = list_examples_write(&site, examples, s->json, &out, &d) && fine;
	else
		write_list(&site, kind, s->json, &out);
	diags_sort(&d);
	report_diags(s, &d);
	status = fine ? EXIT_FINE : report_status(&d);
	if (!report_write(&out))
		status = EXIT_USAGE;
	site_close(&site);
	buf_free(&out);
	arena_free(&a);
	return status;
}

static const struct option *const options[] = { &option_source, &option_json, NULL };

const struct command command_list = {
	.name = "list",
	.args = "[published|drafts|future|expired|all|examples|stale|unrun]",
	.most = 1,
	.summary = "list articles by state, or examples",
	.about = "List the articles of a state, one a line: date, file, title. Or the examples of published articles:\n"
		 "all of them, those whose record is missing or stale, or the blocks of code that are never run.",
	.options = options,
	.run = run_list,
};
