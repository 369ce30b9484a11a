#include "site/links.h"

#include <stdlib.h>

#include "base/map.h"
#include "site/lists.h"
#include "site/origin.h"
#include "site/site.h"
#include "site/target.h"

static const char CATEGORY[] = "link";

/* A fault that is not of one article's text: the same on every page that has it. */
struct group {
	struct page_ref ref;
	struct origin_page page; /* the first that has it */
	size_t pages;
	bool sought; /* its place was looked for, and is not in the text of that page */
	struct origin at;
	struct group *next;
};

struct reporting {
	struct site *site;
	const struct list_plan *plan;
	const struct rendered *jobs;
	struct arena scratch;
	struct origins origins;
	struct target_names names;
	bool has_names;
	struct map job_at;   /* path -> struct rendered; made when one is asked for */
	uint64_t *files;     /* of all pages, sorted */
	size_t file_count;
	bool has_files;
	bool unmade; /* an article has errors: what it would bring is not known, and lists may link to it */
	struct map groups;
	struct group *first, **last;
};

static int compare(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

static void add_files(struct reporting *r, const struct rendered *page)
{
	for (size_t i = 0; i < page->file_count; i++)
		r->files[r->file_count++] = page->files[i];
}

/* Files that pages bring are known when all are made. */
static void gather_files(struct reporting *r)
{
	const struct site *s = r->site;
	size_t count = 0;

	r->has_files = true;
	for (size_t i = 0; i < s->article_count; i++)
		count += s->articles[i]->facts.rendered.file_count;
	for (size_t i = 0; i < r->plan->count; i++)
		count += r->jobs[i].file_count;
	if (count == 0)
		return;
	r->files = arena_array(&r->scratch, uint64_t, count);
	for (size_t i = 0; i < s->article_count; i++)
		add_files(r, &s->articles[i]->facts.rendered);
	for (size_t i = 0; i < r->plan->count; i++)
		add_files(r, &r->jobs[i]);
	qsort(r->files, r->file_count, sizeof(*r->files), compare);
}

static bool is_file(struct reporting *r, uint64_t path)
{
	if (!r->has_files)
		gather_files(r);
	return r->file_count && bsearch(&path, r->files, r->file_count, sizeof(path), compare) != NULL;
}

static const struct rendered *find_job(struct reporting *r, str path)
{
	if (!r->job_at.cap) {
		r->job_at.arena = &r->scratch;
		for (size_t i = 0; i < r->plan->count; i++)
			*map_put(&r->job_at, r->plan->jobs[i].path, NULL) = (void *)&r->jobs[i];
	}
	return map_get(&r->job_at, path);
}

/* What stands at a path; null for a file that is no page. */
static const struct rendered *find_rendered(struct reporting *r, str path, const struct page **page)
{
	const struct page *p = target_page(r->site, path, &r->scratch);

	*page = p;
	return p ? &p->facts.rendered : find_job(r, path);
}

/* Does it lead to something after all? */
static bool is_fine(struct reporting *r, const struct page_ref *ref, const struct origin_page *from)
{
	const struct rendered *rendered;
	const struct page *page;
	struct target t;

	if (ref->kind == REF_EXTERNAL)
		return true;
	if (ref->kind != REF_ANCHOR)
		return ref->kind != REF_ID && is_file(r, ref->target);
	t = target_find(r->site, from->path, ref->address, &r->scratch);
	rendered = find_rendered(r, t.state == TARGET_SELF ? from->path : t.path, &page);
	/* A page with errors has no ids; a file of another kind has anchors of its own. */
	return !rendered || !rendered->made || rendered_has_id(rendered, ref->anchor);
}

static void say_anchor(struct reporting *r, loc at, const struct page_ref *ref, const struct origin_page *from)
{
	struct target t = target_find(r->site, from->path, ref->address, &r->scratch);
	bool self = t.state == TARGET_SELF || str_eq(t.path, from->path), check = r->site->options->check;
	const struct page *page = NULL;
	str name;

	if (!self)
		find_rendered(r, t.path, &page);
	name = page ? page->meta.path : str_join(STR("/"), t.path, &r->scratch);
	if (self)
		name = ref->line ? STR("this article") : STR("this page");
	diag_fault(r->site->diags, check, at, CATEGORY, STR_FMT " has no anchor \"#" STR_FMT "\"", STR_ARG(name),
		STR_ARG(t.anchor));
}

static void say_missing(struct reporting *r, loc at, const struct page_ref *ref, const struct origin_page *from)
{
	struct diags *d = r->site->diags;
	struct target t = target_find(r->site, from->path, ref->address, &r->scratch);
	bool check = r->site->options->check;
	const struct page *left_out;
	str instead;

	if (!r->has_names)
		r->names = target_names_make(r->site, &r->scratch);
	r->has_names = true;
	switch (target_explain(r->site, &r->names, &t, &instead, &left_out, &r->scratch)) {
	case FAULT_GONE:
	case FAULT_CASE:
		diag_fault(d, check, at, CATEGORY, "the site has no %s \"" STR_FMT "\"",
			ref->kind == REF_ASSET ? "file" : "page or file", STR_ARG(ref->address));
		if (instead.len)
			diag_help(d, "did you mean \"" STR_FMT "\"?", STR_ARG(instead));
		else if (str_starts(t.path, STR("/")))
			diag_help(d, "the site is below \"" STR_FMT "\"; links to what is beside it have the host in front",
				STR_ARG(r->site->config.base_path));
		break;
	case FAULT_SLASH:
		diag_fault(d, check, at, CATEGORY, "the link \"" STR_FMT "\" lacks the slash at its end",
			STR_ARG(ref->address));
		diag_help(d, "write \"" STR_FMT "\": not every host sends readers on", STR_ARG(instead));
		break;
	case FAULT_BASE:
		diag_fault(d, check, at, CATEGORY, "the link \"" STR_FMT "\" leaves out the base path \"" STR_FMT "\"",
			STR_ARG(ref->address), STR_ARG(r->site->config.base_path));
		diag_help(d, "write \"" STR_FMT "\"; templates have it as site.base", STR_ARG(instead));
		break;
	case FAULT_LEFT_OUT:
		diag_fault(d, check, at, CATEGORY,
			"the link \"" STR_FMT "\" leads to an article that is not published", STR_ARG(ref->address));
		diag_help(d, STR_FMT " is left out of this build", STR_ARG(left_out->meta.path));
		break;
	}
}

static void say(struct reporting *r, loc at, const struct page_ref *ref, const struct origin_page *from)
{
	if (ref->kind == REF_ANCHOR)
		say_anchor(r, at, ref, from);
	else if (ref->kind == REF_ID)
		diag_fault(r->site->diags, r->site->options->check, at, CATEGORY,
			"the id \"" STR_FMT "\" is on one page twice", STR_ARG(ref->address));
	else
		say_missing(r, at, ref, from);
}

static struct group *find_group(struct reporting *r, const struct page_ref *ref, const struct origin_page *page)
{
	/* A page and a file that are missing are the same thing when one address is of both. */
	int kind = ref->kind == REF_ASSET ? REF_LINK : (int)ref->kind;
	str key = str_printf(&r->scratch, "%d %.*s", kind, STR_ARG(ref->address));
	bool is_new;
	void **slot = map_put(&r->groups, key, &is_new);
	struct group *g = *slot;

	if (!is_new)
		return g;
	*slot = g = arena_new(&r->scratch, struct group);
	g->ref = *ref;
	g->page = *page;
	*r->last = g;
	r->last = &g->next;
	return g;
}

/*
 * A fault in the text of an article is said at once.  Any other may be on all pages: it waits until they are
 * counted, and only the first of them is searched for it.
 */
static void look_at(struct reporting *r, const struct page_ref *ref, const struct origin_page *page)
{
	struct group *g;
	struct origin at;

	if (is_fine(r, ref, page) || (r->unmade && !page->article && ref->kind != REF_ID))
		return;
	if (ref->line) {
		at = origin_of_line(&r->origins, page, ref->line, ref->col);
		say(r, (loc){ &at.source, at.line, at.col }, ref, page);
		return;
	}
	g = find_group(r, ref, page);
	if (!g->sought && origin_in_text(&r->origins, page, ref, &at)) {
		say(r, (loc){ &at.source, at.line, at.col }, ref, page);
		return;
	}
	if (!g->sought) {
		g->ref = *ref;
		g->page = *page;
		g->at = origin_elsewhere(&r->origins, page, ref);
	}
	g->sought = true;
	g->pages++;
}

static void say_group(struct reporting *r, const struct group *g)
{
	struct diags *d = r->site->diags;
	str help;

	if (!g->sought)
		return;
	say(r, (loc){ &g->at.source, g->at.line, g->at.col }, &g->ref, &g->page);
	help = d->last->help;
	if (help.len)
		help = str_join(help, STR("; "), &r->scratch);
	if (g->pages > 1)
		diag_help(d, STR_FMT "it is on %zu pages, first on /" STR_FMT, STR_ARG(help), g->pages,
			STR_ARG(g->page.path));
	else
		diag_help(d, STR_FMT "it is on the page /" STR_FMT, STR_ARG(help), STR_ARG(g->page.path));
}

typedef void visit_ref(struct reporting *r, const struct page_ref *ref, const struct origin_page *page);

static void visit_all(struct reporting *r, visit_ref *visit)
{
	const struct site *s = r->site;

	for (size_t i = 0; i < s->article_count; i++) {
		const struct page *p = s->articles[i];
		const struct origin_page page = { p->path, p, p->meta.template_name };

		for (size_t j = 0; j < p->facts.rendered.ref_count; j++)
			visit(r, &p->facts.rendered.refs[j], &page);
	}
	for (size_t i = 0; i < r->plan->count; i++) {
		const struct list_job *job = &r->plan->jobs[i];
		const struct origin_page page = { job->path, lists_text(s, job), lists_template(job) };

		for (size_t j = 0; j < r->jobs[i].ref_count; j++)
			visit(r, &r->jobs[i].refs[j], &page);
	}
}

void links_report(struct site *s, const struct list_plan *plan, const struct rendered *jobs)
{
	struct reporting r = { .site = s, .plan = plan, .jobs = jobs };

	r.groups.arena = &r.scratch;
	r.last = &r.first;
	r.origins = (struct origins){ .site = s, .arena = &r.scratch };
	for (size_t i = 0; i < s->article_count; i++)
		r.unmade = r.unmade || !s->articles[i]->facts.rendered.made;
	visit_all(&r, look_at);
	for (const struct group *g = r.first; g; g = g->next)
		say_group(&r, g);
	arena_free(&r.scratch);
}
