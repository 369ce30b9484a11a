#include "base/utf8.h"
#include "site/list_kind.h"
#include "site/model.h"
#include "site/site.h"

static void push_job(struct site *s, struct list_plan *plan, struct list_job job)
{
	if (plan->count == plan->cap) {
		size_t cap = plan->cap ? plan->cap * 2 : 64;
		struct list_job *jobs = arena_array(s->arena, struct list_job, cap);

		if (plan->count)
			memcpy(jobs, plan->jobs, plan->count * sizeof(*jobs));
		plan->jobs = jobs;
		plan->cap = cap;
	}
	plan->jobs[plan->count++] = job;
}

/* The page that stands at a list's address already, if that is not the list's own text. */
static const struct page *find_taker(const struct site *s, const struct list_job *job)
{
	const struct page *p = map_get(&s->by_path, utf8_fold(job->path, s->arena));

	return p && p->listed ? p : NULL;
}

/* Whose a list's address is, as people would say it. */
str list_owner(const struct site *s, str path)
{
	const struct list_kind *kind = map_get(&s->known, path);

	for (size_t i = 0; i < s->section_count; i++)
		if (str_eq(s->sections[i]->path, path) && kind == &list_section)
			return str_printf(s->arena, "the folder %.*s/%.*s", STR_ARG(s->config.content),
				STR_ARG(s->sections[i]->name));
	return str_c(kind->noun);
}

static str wanting_owner(struct planner *p, const struct list_job *job)
{
	const struct section *section = job->about;

	if (p->kind != &list_section)
		return str_c(p->kind->noun);
	return str_printf(p->site->arena, "the folder %.*s/%.*s", STR_ARG(p->site->config.content),
		STR_ARG(section->name));
}

/*
 * Files of the author's own (static/robots.txt) replace those that gen makes; two of gen's at one address are a fault.
 * What stands in `known` for a list is its kind; null is a file.
 */
static bool find_rival(struct planner *p, const struct list_job *job, bool *fine)
{
	struct site *s = p->site;
	const struct list_kind *rival = map_get(&s->known, job->path);

	*fine = true;
	if (!map_has(&s->known, job->path))
		return false;
	if (!rival)
		return !p->kind->is_page;
	*fine = false;
	diag_error(s->diags, (loc){ 0 }, "url", "the address /" STR_FMT " belongs to both " STR_FMT " and " STR_FMT,
		STR_ARG(job->path), STR_ARG(list_owner(s, job->path)), STR_ARG(wanting_owner(p, job)));
	diag_help(s->diags, "name a folder, tag or taxonomy differently");
	return true;
}

bool list_is_taken(const struct planner *p, str path)
{
	const struct site *s = p->site;

	return map_has(&s->by_path, utf8_fold(path, s->arena)) || map_has(&s->known, path) ||
	       map_has(&s->aliased, path);
}

bool list_add(struct planner *p, struct list_job job)
{
	struct site *s = p->site;
	const struct page *taker = find_taker(s, &job);
	struct source src;
	bool fine;

	job.kind = p->kind;
	if (taker) {
		src = (struct source){ taker->meta.path, (str){ 0 } };
		diag_error(s->diags, (loc){ &src, 0, 0 }, "url",
			"the address /" STR_FMT " belongs to %s", STR_ARG(job.path),
			p->kind->noun);
		diag_help(s->diags, "give the article another `slug` or `url`");
		return false;
	}
	if (find_rival(p, &job, &fine))
		return fine;
	*map_put(&s->known, job.path, NULL) = (void *)p->kind;
	push_job(s, p->plan, job);
	return true;
}

bool list_add_pages(
	struct planner *p, const void *about, str path, size_t items, size_t per_page)
{
	size_t count = items ? (items + per_page - 1) / per_page : 1;
	bool fine = true;

	for (size_t n = 1; n <= count; n++)
		fine = list_add(p, (struct list_job){ .about = about,
					   .path = model_pager_path(path, n, p->site->arena),
					   .number = n,
					   .count = count,
					   .base = path }) &&
		       fine;
	return fine;
}

bool list_add_one(struct planner *p, const void *about, str path)
{
	return list_add(p,
		(struct list_job){
			.about = about, .path = path, .base = path, .number = 1, .count = 1 });
}
