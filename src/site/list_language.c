/*
 * The languages and other options that articles compare, and a page for each: the articles, the
 * pairs, and how it came out of their decision matrices.
 */
#include "base/hash.h"
#include "site/json_ld.h"
#include "site/list_kind.h"
#include "site/matrix_facts.h"
#include "site/model.h"
#include "site/model_compared.h"
#include "site/shown.h"
#include "site/site.h"

enum { INDEX_PAGE = 300, PAIRS_SHOWN = 200, MATRICES_SHOWN = 40, TABLES_SHOWN = 40 };

/* How an option came out of a matrix. */
enum outcome { ABSENT, WON, LOST, TIED };

struct record {
	size_t won, lost, tied;
};

static enum outcome outcome_of(const struct matrix_facts *m, const struct compared *c)
{
	for (int i = 0; i < m->option_count; i++)
		if (str_eq(m->options[i].slug, c->slug))
			return m->winner < 0 ? TIED : m->winner == i ? WON : LOST;
	return ABSENT;
}

static struct record record_of(const struct compared *c)
{
	struct record r = { 0 };

	for (size_t i = 0; i < c->count; i++) {
		for (const struct matrix_facts *m = c->pages[i]->facts.matrices; m;
			m = m->next) {
			enum outcome outcome = outcome_of(m, c);

			r.won += outcome == WON;
			r.lost += outcome == LOST;
			r.tied += outcome == TIED;
		}
	}
	return r;
}

static void put_record(const struct compared *c, struct value *out, struct arena *a)
{
	struct record r = record_of(c);
	size_t all = r.won + r.lost + r.tied;

	value_add(out, STR("won"), value_int((int64_t)r.won, a), a);
	value_add(out, STR("lost"), value_int((int64_t)r.lost, a), a);
	value_add(out, STR("tied"), value_int((int64_t)r.tied, a), a);
	value_add(out, STR("judged"), all ? value_int((int64_t)all, a) : value_null(), a);
	value_add(out, STR("judged_many"), value_bool(all > 1), a);
}

static bool plan_languages(struct planner *p)
{
	const struct site *s = p->site;

	if (s->pair_count == 0 || list_is_taken(p, STR("languages/")))
		return true;
	return list_add_pages(p, NULL, STR("languages/"), s->compared_count, INDEX_PAGE);
}

static struct value group_item(
	struct compared *const *all, size_t from, size_t to, struct arena *a)
{
	struct value group = value_map(a), list = value_list_sized(to - from, a);

	for (size_t i = from; i < to; i++) {
		struct value item = model_compared(all[i], a);

		put_record(all[i], &item, a);
		model_position(&item, i - from, to - from, a);
		value_push(&list, item, a);
	}
	value_add(&group, STR("name"),
		value_string(all[from]->group.len ? all[from]->group : STR("Languages")), a);
	model_put_list(&group, STR("languages"), list, a);
	return group;
}

static bool make_languages(struct making *m)
{
	const struct site *s = m->site;
	struct arena *a = m->arena;
	size_t at = (m->job->number - 1) * INDEX_PAGE;
	size_t end = at + INDEX_PAGE < s->compared_count ? at + INDEX_PAGE : s->compared_count;
	struct value groups = value_list(a);
	str title = list_numbered(m, STR("Languages"));

	list_start(m, STR("languages"), title,
		STR("What is compared here, and how it came out in decision matrices."));
	for (size_t from = at; at < end; from = at) {
		struct value item;

		while (at < end && s->compared[at]->rank == s->compared[from]->rank)
			at++;
		item = group_item(s->compared, from, at, a);
		value_add(&item, STR("index"), value_int((int64_t)value_count(&groups) + 1, a),
			a);
		value_push(&groups, item, a);
	}
	value_add(&m->value, STR("many_groups"), value_bool(value_count(&groups) > 1), a);
	model_put_list(&m->value, STR("groups"), groups, a);
	model_pager(s, m->job->base, m->job->number, m->job->count, &m->value, a);
	return true;
}

static bool plan_hubs(struct planner *p)
{
	const struct site *s = p->site;
	bool fine = true;

	for (size_t i = 0; s->pair_count && i < s->compared_count; i++) {
		const struct compared *c = s->compared[i];

		if (!list_is_taken(p, c->path))
			fine = list_add_pages(
				       p, c, c->path, c->count, (size_t)s->config.paginate) &&
			       fine;
	}
	return fine;
}

static void put_pairs(const struct compared *c, size_t most, struct value *out, struct arena *a)
{
	size_t count = c->pair_count < most ? c->pair_count : most;
	struct value list = value_list_sized(count, a);

	for (size_t i = 0; i < count; i++) {
		struct value item = model_pair(c->pairs[i], a);
		const struct compared *other =
			c->pairs[i]->a == c ? c->pairs[i]->b : c->pairs[i]->a;

		value_add(&item, STR("other"), model_compared(other, a), a);
		model_position(&item, i, count, a);
		value_push(&list, item, a);
	}
	model_put_list(out, STR("pairs"), list, a);
}

static void put_matrices(struct making *m, const struct compared *c, size_t most)
{
	struct value list = value_list(m->arena);
	static const str words[] = {
		[WON] = STR_INIT("won"), [LOST] = STR_INIT("lost"), [TIED] = STR_INIT("tied")
	};

	for (size_t i = 0; i < c->count; i++) {
		for (const struct matrix_facts *f = c->pages[i]->facts.matrices; f;
			f = f->next) {
			enum outcome outcome = outcome_of(f, c);
			struct value item;

			if (outcome == ABSENT || value_count(&list) >= most)
				continue;
			item = model_matrix(m->site, c->pages[i], f, m->arena);
			value_add(
				&item, STR("outcome"), value_string(words[outcome]), m->arena);
			value_add(&item, STR("won"), value_bool(outcome == WON), m->arena);
			value_push(&list, item, m->arena);
		}
	}
	model_put_list(&m->value, STR("matrices"), list, m->arena);
}

static bool has_slug(const struct table_facts *t, str slug)
{
	for (size_t i = 0; i < t->slug_count; i++)
		if (str_eq(t->slugs[i], slug))
			return true;
	return false;
}

static void put_tables(struct making *m, const struct compared *c, size_t most)
{
	struct arena *a = m->arena;
	struct value list = value_list(a);

	for (size_t i = 0; i < c->count; i++) {
		const struct page *p = c->pages[i];

		for (const struct table_facts *t = p->facts.tables; t; t = t->next) {
			struct value item;

			if (value_count(&list) >= most || !has_slug(t, c->slug))
				continue;
			item = value_map_sized(3, a);
			value_add(&item, STR("title"), value_string(t->caption), a);
			value_add(&item, STR("url"),
				value_string(str_concat(
					a, (const str[]){ p->url, STR("#"), t->id }, 3)),
				a);
			value_add(&item, STR("article"), model_article_link(m->site, p, a), a);
			value_push(&list, item, a);
		}
	}
	model_put_list(&m->value, STR("tables"), list, a);
}

static str describe(const struct making *m, const struct compared *c)
{
	struct buf b = { .arena = m->arena };
	size_t count = c->pair_count < 6 ? c->pair_count : 6;

	if (c->description.len)
		return c->description;
	if (count == 0)
		return str_printf(m->arena, "Articles about " STR_FMT ".", STR_ARG(c->name));
	buf_add(&b, c->name);
	BUF_LIT(&b, " compared with ");
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add(&b, i + 1 == c->pair_count ? STR(" and ") : STR(", "));
		buf_add(&b, (c->pairs[i]->a == c ? c->pairs[i]->b : c->pairs[i]->a)->name);
	}
	if (count < c->pair_count)
		BUF_LIT(&b, " and others");
	BUF_LIT(&b, ": articles, tables and verdicts.");
	return buf_str(&b);
}

static bool make_hub(struct making *m)
{
	const struct compared *c = m->job->about;
	bool first = m->job->number == 1;
	struct value language = model_compared(c, m->arena);

	list_start(m, STR("language"), list_numbered(m, c->name), describe(m, c));
	value_put(&m->value, STR("json_ld"),
		value_string(json_ld_compared(m->site, &m->value, &c, 1, m->arena)), m->arena);
	put_record(c, &language, m->arena);
	value_add(&m->value, STR("language"), language, m->arena);
	put_pairs(c, first ? PAIRS_SHOWN : 0, &m->value, m->arena);
	put_matrices(m, c, first ? MATRICES_SHOWN : 0);
	put_tables(m, c, first ? TABLES_SHOWN : 0);
	list_slice(m, c->pages, c->count, (size_t)m->site->config.paginate);
	return true;
}

static uint64_t languages_shows(const struct shown *shown, const struct list_job *job)
{
	(void)job;
	return shown_both(shown->heads, shown->verdicts);
}

/* The record of all its articles stands on each page, their tables and matrices on the first. */
static uint64_t hub_shows(const struct shown *shown, const struct list_job *job)
{
	const struct compared *c = job->about;
	uint64_t rest = job->number == 1
				? shown_both(shown_pages(shown, c->pages, c->count), shown->heads)
				: shown_verdicts(shown, c, c->pages, c->count);

	rest = shown_both(rest, c->count | (uint64_t)c->pair_count << 32);
	return hash_64_seed(c->name, shown_both(rest, shown_slice(shown, c->pages, c->count, job->number,
							      (size_t)shown->site->config.paginate)));
}

const struct list_kind list_languages = {
	.template = "languages",
	.noun = "the list of languages",
	.is_page = true,
	.gives_way = true,
	.shows = languages_shows,
	.plan = plan_languages,
	.make = make_languages,
};

const struct list_kind list_language = {
	.template = "language",
	.noun = "a language",
	.is_page = true,
	.gives_way = true,
	.shows = hub_shows,
	.plan = plan_hubs,
	.make = make_hub,
};
