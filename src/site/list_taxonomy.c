/* The terms of a taxonomy on one page, and the articles of each. Tags have pages of their own: list_tag.c. */
#include "base/hash.h"
#include "site/feed.h"
#include "site/list_kind.h"
#include "site/model.h"
#include "site/shown.h"
#include "site/site.h"

/* The address of a taxonomy comes from gen.yaml, so what is wrong is said there. */
static bool is_free(struct planner *p, const struct taxonomy *t)
{
	const struct site *s = p->site;
	const struct list_kind *kind = map_get(&s->known, t->path);
	const struct page *page = map_get(&s->by_path, t->path);

	if (t->line == 0 || (!kind && !(page && page->listed)))
		return true;
	diag_error(s->diags, (loc){ &s->config_source, t->line, 0 }, "url",
		"the taxonomy \"" STR_FMT "\" has the address /" STR_FMT ", which belongs to " STR_FMT, STR_ARG(t->plural),
		STR_ARG(t->path), STR_ARG(kind ? list_owner(s, t->path) : page->meta.path));
	diag_help(s->diags, "name one of them differently");
	return false;
}

static bool plan_taxonomies(struct planner *p)
{
	const struct site *s = p->site;
	bool fine = true;

	for (size_t i = TAXONOMY_SERIES; i < s->taxonomy_count; i++) {
		const struct taxonomy *t = &s->taxonomies[i];

		if (t->count)
			fine = is_free(p, t) && list_add_one(p, t, t->path) && fine;
	}
	return fine;
}

static bool plan_terms(struct planner *p)
{
	const struct site *s = p->site;
	bool fine = true;

	for (size_t i = TAXONOMY_SERIES; i < s->taxonomy_count; i++)
		for (size_t j = 0; j < s->taxonomies[i].count; j++) {
			const struct tag *t = s->taxonomies[i].terms[j];

			fine = list_add_pages(p, t, t->path, t->count, (size_t)s->config.paginate) && fine;
		}
	return fine;
}

static bool make_taxonomy(struct making *m)
{
	const struct taxonomy *t = m->job->about;

	if (!list_start_with_text(m, STR("taxonomy"), t->title,
		    str_printf(m->arena, "All %.*s of %.*s.", STR_ARG(t->plural), STR_ARG(m->site->config.title))))
		return false;
	value_add(&m->value, STR("taxonomy"), model_taxonomy(t, m->arena), m->arena);
	model_terms(t, &m->value, m->arena);
	return true;
}

static bool make_term(struct making *m)
{
	const struct tag *t = m->job->about;
	bool is_series = t->of == &m->site->taxonomies[TAXONOMY_SERIES];

	if (!list_start_with_text(m, STR("term"), list_numbered(m, t->name),
		    is_series ? str_printf(m->arena, "The articles of the series %.*s.", STR_ARG(t->name))
			      : str_printf(m->arena, "Articles about %.*s.", STR_ARG(t->name))))
		return false;
	list_feeds(m, t->name, t->path, t->pages, t->count);
	value_add(&m->value, STR("term"), model_tag(t, m->arena), m->arena);
	value_add(&m->value, STR("taxonomy"), model_taxonomy(t->of, m->arena), m->arena);
	value_add(&m->value, STR("is_series"), value_bool(is_series), m->arena);
	list_slice(m, t->pages, t->count, (size_t)m->site->config.paginate);
	return true;
}

/* Titles and addresses of articles, and all terms. */
static uint64_t taxonomy_shows(const struct shown *shown, const struct list_job *job)
{
	(void)job;
	return shown->heads;
}

static uint64_t term_shows(const struct shown *shown, const struct list_job *job)
{
	const struct tag *t = job->about;

	return hash_64_seed(t->name,
		shown_both(t->count | (uint64_t)t->of->count << 32,
			shown_slice(shown, t->pages, t->count, job->number, (size_t)shown->site->config.paginate)));
}

const struct list_kind list_taxonomy = {
	.template = "taxonomy",
	.noun = "a taxonomy",
	.is_page = true,
	.shows = taxonomy_shows,
	.plan = plan_taxonomies,
	.make = make_taxonomy,
	.text = list_text_at,
};

const struct list_kind list_term = {
	.template = "term",
	.noun = "a term of a taxonomy",
	.is_page = true,
	.shows = term_shows,
	.plan = plan_terms,
	.make = make_term,
	.text = list_text_at,
};
