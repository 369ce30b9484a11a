/*
 * All decision matrices of a site, and what they say scenario by scenario.
 *
 * Whether an article has a matrix is known for certain when it is composed; these pages are
 * planned by a look at the texts before, and say so when there turned out to be none.
 */
#include "site/list_kind.h"
#include "site/model.h"
#include "site/model_compared.h"
#include "site/shown.h"
#include "site/site.h"
#include "site/verdicts.h"

enum { ARTICLES_PAGE = 50, SCENARIOS_SHOWN = 300 };

static bool plan_matrices(struct planner *p)
{
	const struct site *s = p->site;

	if (s->matrix_page_count == 0 || list_is_taken(p, STR("matrices/")))
		return true;
	return list_add_pages(p, NULL, STR("matrices/"), s->matrix_page_count, ARTICLES_PAGE);
}

static bool make_matrices(struct making *m)
{
	const struct site *s = m->site;
	struct arena *a = m->arena;
	size_t from = (m->job->number - 1) * ARTICLES_PAGE;
	size_t to = from + ARTICLES_PAGE < s->matrix_page_count ? from + ARTICLES_PAGE
								: s->matrix_page_count;
	struct value list = value_list(a);

	list_start(m, STR("matrices"), list_numbered(m, STR("Decision matrices")),
		STR("Every decision matrix: who wins, and what would change that."));
	for (size_t i = from; i < to; i++)
		for (const struct matrix_facts *f = s->matrix_pages[i]->facts.matrices; f;
			f = f->next)
			value_push(&list, model_matrix(s, s->matrix_pages[i], f, a), a);
	model_put_list(&m->value, STR("matrices"), list, a);
	model_pager(s, m->job->base, m->job->number, m->job->count, &m->value, a);
	return true;
}

static bool plan_verdicts(struct planner *p)
{
	if (p->site->matrix_page_count == 0 || list_is_taken(p, STR("verdicts/")))
		return true;
	return list_add_one(p, NULL, STR("verdicts/"));
}

static bool make_verdicts(struct making *m)
{
	const struct site *s = m->site;
	struct verdicts v;

	list_start(m, STR("verdicts"), STR("Verdicts"),
		STR("Scenario by scenario, what the newest article says."));
	verdicts_start(&v, SCENARIOS_SHOWN, m->arena);
	for (size_t i = 0; i < s->matrix_page_count; i++)
		for (const struct matrix_facts *f = s->matrix_pages[i]->facts.matrices; f;
			f = f->next)
			verdicts_add(&v, s->matrix_pages[i], f);
	model_verdicts(s, &v, &m->value, m->arena);
	return true;
}

static uint64_t verdicts_shows(const struct shown *shown, const struct list_job *job)
{
	(void)job;
	return shown_both(shown->heads, shown->verdicts);
}

const struct list_kind list_matrices = {
	.template = "matrices",
	.noun = "the list of decision matrices",
	.is_page = true,
	.gives_way = true,
	.shows = verdicts_shows,
	.plan = plan_matrices,
	.make = make_matrices,
};

const struct list_kind list_verdicts = {
	.template = "verdicts",
	.noun = "the list of verdicts",
	.is_page = true,
	.gives_way = true,
	.shows = verdicts_shows,
	.plan = plan_verdicts,
	.make = make_verdicts,
};
