/* A page at each alias of an article, which leads to it. */
#include "site/list_kind.h"
#include "site/model.h"
#include "site/shown.h"
#include "site/site.h"

/* "/old/place" and "old/place/" are folders; "/old.html" is a file. */
static str alias_path(str alias, struct arena *a)
{
	while (str_starts(alias, STR("/")))
		alias = str_from(alias, 1);
	if (str_ends(alias, STR("/")) || str_ends(alias, STR(".html")) || alias.len == 0)
		return alias;
	return str_printf(a, "%.*s/", STR_ARG(alias));
}

void list_note_aliases(struct site *s)
{
	s->aliased.arena = s->arena;
	for (size_t i = 0; i < s->article_count; i++) {
		const struct str_list *aliases = &s->articles[i]->meta.aliases;

		for (size_t j = 0; j < aliases->count; j++)
			map_put(&s->aliased, alias_path(aliases->at[j], s->arena), NULL);
	}
}

static bool plan_aliases(struct planner *plan, const struct page *p)
{
	struct site *s = plan->site;
	bool fine = true;

	for (size_t i = 0; i < p->meta.aliases.count; i++) {
		str path = alias_path(p->meta.aliases.at[i], s->arena);
		struct source src = { p->meta.path, (str){ 0 } };

		if (map_has(&s->known, path)) {
			fine = diag_error(s->diags, (loc){ &src, 0, 0 }, "url",
				"the alias /" STR_FMT " is taken by another page",
				STR_ARG(path));
			continue;
		}
		fine = list_add_one(plan, p, path) && fine;
	}
	return fine;
}

static bool plan_redirects(struct planner *p)
{
	const struct site *s = p->site;
	bool fine = true;

	for (size_t i = 0; i < s->article_count; i++)
		fine = plan_aliases(p, s->articles[i]) && fine;
	return fine;
}

static bool make_redirect(struct making *m)
{
	const struct page *p = m->job->about;

	list_start(m, STR("redirect"), p->meta.title, p->meta.description);
	value_add(&m->value, STR("target"), value_string(p->url), m->arena);
	value_put(&m->value, STR("canonical"), value_string_or_null(p->canonical), m->arena);
	return true;
}

static str redirect_target(const struct site *s, const struct list_job *job)
{
	(void)s;
	return ((const struct page *)job->about)->url;
}

static uint64_t redirect_shows(const struct shown *shown, const struct list_job *job)
{
	struct page *const page = (struct page *)job->about;

	return shown_pages(shown, &page, 1);
}

const struct list_kind list_redirect = {
	.template = "redirect",
	.noun = "an alias",
	.is_page = true,
	.shows = redirect_shows,
	.plan = plan_redirects,
	.make = make_redirect,
	.target = redirect_target,
};
