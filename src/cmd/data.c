#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "cmd/site.h"
#include "data/json.h"
#include "markdown/markdown.h"
#include "site/compose.h"
#include "site/lists.h"

/* "content/a.md", "a.md", "/a/" and "a" all name one article. */
static struct page *find_article(const struct site *s, str word)
{
	for (size_t i = 0; i < s->page_count; i++) {
		struct page *p = &s->pages[i];
		str path = p->path;

		if (!p->included || !p->listed)
			continue;
		if (str_eq(word, p->meta.path) || str_eq(word, p->meta.below) || str_eq(word, p->url))
			return p;
		if (str_starts(word, STR("/")))
			word = str_from(word, 1);
		if (str_eq(word, path) || (str_ends(path, STR("/")) && str_eq(word, str_sub(path, 0, path.len - 1))))
			return p;
	}
	return NULL;
}

static const struct list_job *find_list(const struct list_plan *plan, str word)
{
	if (str_starts(word, STR("/")))
		word = str_from(word, 1);
	for (size_t i = 0; i < plan->count; i++) {
		str path = plan->jobs[i].path;

		if (str_eq(word, path) || (str_ends(path, STR("/")) && str_eq(word, str_sub(path, 0, path.len - 1))))
			return &plan->jobs[i];
	}
	return NULL;
}

static bool find_value(struct site *s, str word, struct value *out, struct diags *d)
{
	struct list_plan plan = { 0 };
	const struct list_job *job;
	struct page *p;

	if (!site_load(s) || !site_link(s) || !lists_plan(s, &plan))
		return false;
	p = find_article(s, word);
	if (p) {
		bool fine = compose_value(s, p, &s->worker[0], out);

		diags_merge(d, &p->diags);
		return fine;
	}
	job = find_list(&plan, word);
	if (job)
		return lists_value(s, job, &s->worker[0], d, out);
	diag_error(d, (loc){ 0 }, "usage", "there is no page '" STR_FMT "'", STR_ARG(word));
	diag_help(d, "name an article by its file or its address, such as content/a.md or /tags/");
	return false;
}

static enum exit_status run_data(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct site_options options = site_options_from(s);
	const struct json_style style = { .indent = 2 };
	struct value value;
	struct site site;
	struct buf out = { 0 };
	enum exit_status status;
	bool fine;

	markdown_start();
	fine = site_scan(&site, &options, &a, &d) && find_value(&site, str_c(s->args[0]), &value, &d);
	if (fine)
		json_write(&value, &style, &out);
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

static const struct option *const options[] = { &option_source, &option_base_url, &option_drafts, &option_future,
	&option_expired, NULL };

const struct command command_data = {
	.name = "data",
	.args = "PAGE",
	.least = 1,
	.most = 1,
	.summary = "print what the template of a page sees, as JSON",
	.about = "Print the context of one page as JSON: everything that its template can name. PAGE is an\n"
		 "article's file (content/a.md) or the address of any page (/a/, /tags/).",
	.options = options,
	.run = run_data,
};
