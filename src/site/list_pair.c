/*
 * What articles set against each other: all pairs, a page for each with its verdicts scenario
 * by scenario, and the other order of its name, which leads there.
 */
#include "base/hash.h"
#include "site/json_ld.h"
#include "site/list_kind.h"
#include "site/model.h"
#include "site/model_compared.h"
#include "site/shown.h"
#include "site/site.h"
#include "site/verdicts.h"

enum { INDEX_PAGE = 200, SCENARIOS_SHOWN = 200, WIDER_SHOWN = 40 };

static bool plan_pairs(struct planner *p)
{
	const struct site *s = p->site;

	if (s->pair_count == 0 || list_is_taken(p, STR("compare/")))
		return true;
	return list_add_pages(p, NULL, STR("compare/"), s->pair_count, INDEX_PAGE);
}

static int find_option(const struct matrix_facts *m, str slug)
{
	for (int i = 0; i < m->option_count; i++)
		if (str_eq(m->options[i].slug, slug))
			return i;
	return -1;
}

static bool has_both(const struct matrix_facts *m, const struct pair *pair)
{
	return find_option(m, pair->a->slug) >= 0 && find_option(m, pair->b->slug) >= 0;
}

/* What the newest matrix of these two and no other says; null when there is none. */
static struct value latest_of(const struct site *s, const struct pair *pair, struct arena *a)
{
	for (size_t i = 0; i < pair->count; i++)
		for (const struct matrix_facts *f = pair->pages[i]->facts.matrices; f;
			f = f->next)
			if (f->option_count == 2 && has_both(f, pair))
				return model_matrix(s, pair->pages[i], f, a);
	return value_null();
}

static bool make_pairs(struct making *m)
{
	const struct site *s = m->site;
	struct arena *a = m->arena;
	size_t from = (m->job->number - 1) * INDEX_PAGE;
	size_t to = from + INDEX_PAGE < s->pair_count ? from + INDEX_PAGE : s->pair_count;
	struct value list = value_list_sized(to - from, a);

	list_start(m, STR("pairs"), list_numbered(m, STR("Comparisons")),
		STR("What is set against each other here, and the latest verdicts."));
	for (size_t i = from; i < to; i++) {
		struct value item = model_pair(s->pairs[i], a);

		value_add(&item, STR("latest"), latest_of(s, s->pairs[i], a), a);
		model_position(&item, i - from, to - from, a);
		value_push(&list, item, a);
	}
	model_put_list(&m->value, STR("pairs"), list, a);
	model_pager(s, m->job->base, m->job->number, m->job->count, &m->value, a);
	return true;
}

static bool plan_pair(struct planner *p)
{
	const struct site *s = p->site;
	bool fine = true;

	for (size_t i = 0; i < s->pair_count; i++) {
		const struct pair *pair = s->pairs[i];

		if (!list_is_taken(p, pair->path))
			fine = list_add_pages(p, pair, pair->path, pair->count,
				       (size_t)s->config.paginate) &&
			       fine;
	}
	return fine;
}

/* Matrices of the two stand in the grid; those with more options below it. */
static void put_verdicts(struct making *m, const struct pair *pair)
{
	struct value wider = value_list(m->arena);
	struct verdicts v;

	verdicts_start(&v, SCENARIOS_SHOWN, m->arena);
	for (size_t i = 0; m->job->number == 1 && i < pair->count; i++) {
		const struct page *p = pair->pages[i];

		for (const struct matrix_facts *f = p->facts.matrices; f; f = f->next) {
			if (!has_both(f, pair))
				continue;
			if (f->option_count == 2)
				verdicts_add(&v, p, f);
			else if (value_count(&wider) < WIDER_SHOWN)
				value_push(&wider, model_matrix(m->site, p, f, m->arena),
					m->arena);
		}
	}
	model_verdicts(m->site, &v, &m->value, m->arena);
	model_put_list(&m->value, STR("matrices"), wider, m->arena);
}

static bool make_pair(struct making *m)
{
	const struct pair *pair = m->job->about;
	const struct compared *both[2] = { pair->a, pair->b };

	list_start(m, STR("pair"), list_numbered(m, pair->title),
		str_printf(m->arena,
			"%.*s or %.*s: the articles that compare them, and their verdicts.",
			STR_ARG(pair->a->name), STR_ARG(pair->b->name)));
	value_put(&m->value, STR("json_ld"),
		value_string(json_ld_compared(m->site, &m->value, both, 2, m->arena)),
		m->arena);
	value_add(&m->value, STR("pair"), model_pair(pair, m->arena), m->arena);
	value_add(&m->value, STR("latest"), latest_of(m->site, pair, m->arena), m->arena);
	put_verdicts(m, pair);
	list_slice(m, pair->pages, pair->count, (size_t)m->site->config.paginate);
	return true;
}

static bool plan_reverse(struct planner *p)
{
	const struct site *s = p->site;
	bool fine = true;

	for (size_t i = 0; i < s->pair_count; i++)
		if (!list_is_taken(p, s->pairs[i]->reverse))
			fine = list_add_one(p, s->pairs[i], s->pairs[i]->reverse) && fine;
	return fine;
}

static bool make_reverse(struct making *m)
{
	const struct pair *pair = m->job->about;
	const struct config *c = &m->site->config;

	list_start(m, STR("redirect"), pair->title, (str){ 0 });
	value_add(&m->value, STR("target"), value_string(pair->url), m->arena);
	value_put(&m->value, STR("canonical"),
		c->origin.len ? value_string(str_join(c->origin, pair->url, m->arena))
			      : value_null(),
		m->arena);
	return true;
}

static str reverse_target(const struct site *s, const struct list_job *job)
{
	(void)s;
	return ((const struct pair *)job->about)->url;
}

static uint64_t pairs_shows(const struct shown *shown, const struct list_job *job)
{
	(void)job;
	return shown_both(shown->heads, shown->verdicts);
}

static uint64_t pair_shows(const struct shown *shown, const struct list_job *job)
{
	const struct pair *pair = job->about;
	uint64_t rest = job->number == 1 ? shown_pages(shown, pair->pages, pair->count)
					 : shown_verdicts(shown, pair, pair->pages, pair->count);

	/* How many articles each of the two has is said as well. */
	rest = shown_both(shown_both(rest, pair->a->count), shown_both(pair->b->count, pair->count));
	return hash_64_seed(pair->title,
		shown_both(rest, shown_slice(shown, pair->pages, pair->count, job->number,
					 (size_t)shown->site->config.paginate)));
}

static uint64_t reverse_shows(const struct shown *shown, const struct list_job *job)
{
	const struct pair *pair = job->about;

	(void)shown;
	return hash_64_seed(pair->title, hash_64(pair->url));
}

const struct list_kind list_pairs = {
	.template = "pairs",
	.noun = "the list of comparisons",
	.is_page = true,
	.gives_way = true,
	.shows = pairs_shows,
	.plan = plan_pairs,
	.make = make_pairs,
};

const struct list_kind list_pair = {
	.template = "pair",
	.noun = "a comparison of two",
	.is_page = true,
	.gives_way = true,
	.shows = pair_shows,
	.plan = plan_pair,
	.make = make_pair,
};

const struct list_kind list_pair_reverse = {
	.template = "redirect",
	.noun = "a comparison of two",
	.gives_way = true,
	.shows = reverse_shows,
	.plan = plan_reverse,
	.make = make_reverse,
	.target = reverse_target,
};
