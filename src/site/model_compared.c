#include "site/model_compared.h"

#include "base/arena.h"
#include "site/model.h"
#include "site/site.h"
#include "site/verdicts.h"

static void put(struct value *map, str key, struct value v, struct arena *a)
{
	value_add(map, key, v, a);
}

static void put_text(struct value *map, str key, str text, struct arena *a)
{
	value_add(map, key, value_string(text), a);
}

static void put_optional(struct value *map, str key, str text, struct arena *a)
{
	value_add(map, key, value_string_or_null(text), a);
}

static void put_count(struct value *map, size_t count, struct arena *a)
{
	put(map, STR("count"), value_int((int64_t)count, a), a);
	put(map, STR("many"), value_bool(count > 1), a);
}

void model_position(struct value *item, size_t index, size_t count, struct arena *a)
{
	put(item, STR("index"), value_int((int64_t)index + 1, a), a);
	put(item, STR("first"), value_bool(index == 0), a);
	put(item, STR("last"), value_bool(index + 1 == count), a);
}

struct value model_compared(const struct compared *c, struct arena *a)
{
	struct value v = value_map_sized(12, a);

	put_text(&v, STR("name"), c->name, a);
	put_text(&v, STR("slug"), c->slug, a);
	put_optional(&v, STR("color"), c->color, a);
	put_optional(&v, STR("url"), c->url, a);
	put_optional(&v, STR("group"), c->group, a);
	put_optional(&v, STR("description"), c->description, a);
	put_count(&v, c->count, a);
	return v;
}

struct value model_pair(const struct pair *p, struct arena *a)
{
	struct value v = value_map_sized(12, a);

	put_text(&v, STR("title"), p->title, a);
	put_text(&v, STR("url"), p->url, a);
	put(&v, STR("a"), model_compared(p->a, a), a);
	put(&v, STR("b"), model_compared(p->b, a), a);
	put_count(&v, p->count, a);
	return v;
}

void model_page_pairs(const struct page *p, struct value *out, struct arena *a)
{
	struct value list = value_list_sized(p->pair_count, a);

	for (size_t i = 0; i < p->pair_count; i++) {
		struct value item = value_map_sized(5, a);

		put_text(&item, STR("title"), p->pairs[i]->title, a);
		put_text(&item, STR("url"), p->pairs[i]->url, a);
		model_position(&item, i, p->pair_count, a);
		value_push(&list, item, a);
	}
	model_put_list(out, STR("pairs"), list, a);
}

struct value model_article_link(const struct site *s, const struct page *p, struct arena *a)
{
	struct value v = value_map_sized(3, a);

	put_text(&v, STR("title"), p->meta.title, a);
	put_text(&v, STR("url"), p->url, a);
	put(&v, STR("date"), model_date(s, &p->meta.date, a), a);
	return v;
}

static str url_of(const struct page *p, const struct matrix_facts *m, struct arena *a)
{
	return str_concat(a, (const str[]){ p->url, STR("#"), m->id }, 3);
}

/* What the site knows of the option, and what the matrix gives it. */
static struct value option_item(
	const struct site *s, const struct matrix_facts *m, int option, struct arena *a)
{
	const struct matrix_option *o = &m->options[option];
	const struct compared *c = map_get(&s->compared_by_slug, o->slug);
	struct value v = value_map_sized(10, a);

	put_text(&v, STR("name"), o->name, a);
	put_text(&v, STR("slug"), o->slug, a);
	put_optional(&v, STR("color"), c ? c->color : (str){ 0 }, a);
	put_optional(&v, STR("url"), c ? c->url : (str){ 0 }, a);
	put_text(&v, STR("total"), o->total, a);
	put(&v, STR("winner"), value_bool(option == m->winner), a);
	return v;
}

struct value model_matrix(const struct site *s, const struct page *p,
	const struct matrix_facts *m, struct arena *a)
{
	struct value v = value_map_sized(16, a),
		     options = value_list_sized((size_t)m->option_count, a);

	for (int i = 0; i < m->option_count; i++) {
		struct value item = option_item(s, m, i, a);

		model_position(&item, (size_t)i, (size_t)m->option_count, a);
		value_push(&options, item, a);
	}
	put_text(&v, STR("title"), m->title.len ? m->title : p->meta.title, a);
	put_text(&v, STR("url"), url_of(p, m, a), a);
	put(&v, STR("article"), model_article_link(s, p, a), a);
	model_put_list(&v, STR("options"), options, a);
	put_optional(
		&v, STR("winner"), m->winner >= 0 ? m->options[m->winner].name : (str){ 0 }, a);
	put(&v, STR("tie"), value_bool(m->winner < 0), a);
	put(&v, STR("close"), value_bool(m->close), a);
	put_text(&v, STR("verdict"), m->verdict, a);
	put_optional(&v, STR("flip"), m->flip, a);
	put(&v, STR("scenarios"), value_int(m->row_count, a), a);
	return v;
}

static struct value earlier_items(
	const struct site *s, const struct verdict_row *row, struct arena *a)
{
	size_t count = row->earlier_count < EARLIER_SHOWN ? row->earlier_count : EARLIER_SHOWN;
	struct value list = value_list_sized(count, a);

	for (size_t i = 0; i < count; i++) {
		const struct verdict_said *said = &row->earlier[i];
		struct value item = value_map_sized(6, a);

		put_text(&item, STR("says"), said->choice->says, a);
		put_text(&item, STR("url"), url_of(said->page, said->matrix, a), a);
		put(&item, STR("article"), model_article_link(s, said->page, a), a);
		model_position(&item, i, count, a);
		value_push(&list, item, a);
	}
	return list;
}

/* A cell for each option of the table: does the newest article choose it? */
static struct value choice_cells(
	const struct verdict_table *t, const struct verdict_row *row, struct arena *a)
{
	size_t count = (size_t)t->matrix->option_count;
	const struct matrix_facts *said = row->latest.matrix;
	int best = row->latest.choice->best;
	struct value list = value_list_sized(count, a);

	for (size_t i = 0; i < count; i++) {
		const struct matrix_option *o = &t->matrix->options[t->options[i]];
		struct value item = value_map_sized(5, a);

		put_text(&item, STR("name"), o->name, a);
		put(&item, STR("best"),
			value_bool(best >= 0 && str_eq(said->options[best].slug, o->slug)), a);
		model_position(&item, i, count, a);
		value_push(&list, item, a);
	}
	return list;
}

static struct value row_item(const struct site *s, const struct verdict_table *t,
	const struct verdict_row *row, struct arena *a)
{
	const struct verdict_said *latest = &row->latest;
	struct value v = value_map_sized(12, a);

	put_text(&v, STR("scenario"), latest->choice->scenario, a);
	put_text(&v, STR("says"), latest->choice->says, a);
	put(&v, STR("tie"), value_bool(latest->choice->best < 0), a);
	put_text(&v, STR("url"), url_of(latest->page, latest->matrix, a), a);
	put(&v, STR("article"), model_article_link(s, latest->page, a), a);
	put(&v, STR("cells"), choice_cells(t, row, a), a);
	model_put_list(&v, STR("earlier"), earlier_items(s, row, a), a);
	put(&v, STR("more"), value_bool(row->earlier_count > EARLIER_SHOWN), a);
	return v;
}

/* "Go or Python" */
static str table_title(const struct verdict_table *t, struct arena *a)
{
	struct buf b = { .arena = a };
	int count = t->matrix->option_count;

	for (int i = 0; i < count; i++) {
		buf_add(&b, t->matrix->options[t->options[i]].name);
		if (i + 1 < count)
			buf_add(&b, i + 2 == count ? STR(" or ") : STR(", "));
	}
	return buf_str(&b);
}

/* The page of the two options; null when there are more, or no article compares them. */
static str pair_url(const struct site *s, const struct verdict_table *t, struct arena *a)
{
	const struct matrix_facts *m = t->matrix;
	const struct compared *first;
	str path;

	if (m->option_count != 2)
		return (str){ 0 };
	first = map_get(&s->compared_by_slug, m->options[t->options[0]].slug);
	path = str_printf(a, "compare/" STR_FMT "-vs-" STR_FMT "/",
		STR_ARG(m->options[t->options[0]].slug),
		STR_ARG(m->options[t->options[1]].slug));
	for (size_t i = 0; first && i < first->pair_count; i++)
		if (str_eq(first->pairs[i]->path, path))
			return first->pairs[i]->url;
	return (str){ 0 };
}

static struct value table_item(
	const struct site *s, const struct verdict_table *t, struct arena *a)
{
	struct value v = value_map_sized(14, a), rows = value_list_sized(t->count, a);
	struct value options = value_list(a);
	size_t index = 0;

	for (int i = 0; i < t->matrix->option_count; i++) {
		struct value item = option_item(s, t->matrix, t->options[i], a);

		model_position(&item, (size_t)i, (size_t)t->matrix->option_count, a);
		value_push(&options, item, a);
	}
	for (const struct verdict_row *row = t->rows; row; row = row->next) {
		struct value item = row_item(s, t, row, a);

		model_position(&item, index++, t->count, a);
		value_push(&rows, item, a);
	}
	put_text(&v, STR("title"), table_title(t, a), a);
	put_optional(&v, STR("pair_url"), pair_url(s, t, a), a);
	model_put_list(&v, STR("options"), options, a);
	model_put_list(&v, STR("rows"), rows, a);
	put(&v, STR("more"), value_bool(t->more), a);
	return v;
}

void model_verdicts(
	const struct site *s, const struct verdicts *v, struct value *out, struct arena *a)
{
	struct value list = value_list_sized(v->table_count, a);
	size_t index = 0;

	for (const struct verdict_table *t = v->tables; t; t = t->next) {
		struct value item = table_item(s, t, a);

		put(&item, STR("index"), value_int((int64_t)++index, a), a);
		value_push(&list, item, a);
	}
	model_put_list(out, STR("verdicts"), list, a);
	put(out, STR("verdicts_more"), value_bool(v->more), a);
}
