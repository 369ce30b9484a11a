#include "site/verdicts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "site/site.h"

void verdicts_start(struct verdicts *v, size_t most, struct arena *a)
{
	*v = (struct verdicts){ .arena = a,
		.most = most,
		.by_options = { .arena = a },
		.by_scenario = { .arena = a },
		.options_key = { .arena = a },
		.key = { .arena = a } };
	v->last = &v->tables;
}

/* Options by slug, so that "Go, Python" and "Python, Go" are one set. */
static void order_options(const struct matrix_facts *m, int *out)
{
	for (int i = 0; i < m->option_count; i++) {
		int at = i;

		for (; at > 0 && str_cmp(m->options[out[at - 1]].slug, m->options[i].slug) > 0;
			at--)
			out[at] = out[at - 1];
		out[at] = i;
	}
}

static bool is_full(const struct verdicts *v)
{
	return v->count >= v->most;
}

static struct verdict_table *add_table(
	struct verdicts *v, const struct matrix_facts *m, const int *order)
{
	struct verdict_table *t = arena_new(v->arena, struct verdict_table);

	*t = (struct verdict_table){ .matrix = m };
	memcpy(t->options, order, (size_t)m->option_count * sizeof(*order));
	t->last = &t->rows;
	*v->last = t;
	v->last = &t->next;
	v->table_count++;
	return t;
}

/* Null when there is no room for another. */
static struct verdict_table *find_table(struct verdicts *v, const struct matrix_facts *m)
{
	int order[OPTIONS_MOST];
	struct verdict_table *t;

	buf_clear(&v->options_key);
	order_options(m, order);
	for (int i = 0; i < m->option_count; i++) {
		buf_add(&v->options_key, m->options[order[i]].slug);
		buf_char(&v->options_key, '\n');
	}
	t = map_get(&v->by_options, buf_str(&v->options_key));
	if (t || is_full(v))
		return t;
	t = add_table(v, m, order);
	*map_put(&v->by_options, str_copy(buf_str(&v->options_key), v->arena), NULL) = t;
	return t;
}

/* The key of a scenario among its options: without case, however many blanks are in it. */
static str scenario_key(struct verdicts *v, str scenario)
{
	struct buf *b = &v->key;
	bool ascii = true, blank = false;

	buf_clear(b);
	buf_add(b, buf_str(&v->options_key));
	for (size_t i = 0; i < scenario.len; i++) {
		char c = scenario.ptr[i];

		if (c == ' ' && blank)
			continue;
		blank = c == ' ';
		ascii = ascii && (unsigned char)c < 0x80;
		buf_char(b, c >= 'A' && c <= 'Z' ? (char)(c | 32) : c);
	}
	return ascii ? buf_str(b) : utf8_fold(buf_str(b), v->arena);
}

static str best_slug(const struct verdict_said *s)
{
	return s->choice->best < 0 ? (str){ 0 } : s->matrix->options[s->choice->best].slug;
}

static bool agrees(const struct verdict_said *a, const struct verdict_said *b)
{
	if (a->choice->best < 0 && b->choice->best < 0)
		return str_eq_nocase(a->choice->says, b->choice->says);
	return str_eq(best_slug(a), best_slug(b));
}

static void add_row(
	struct verdicts *v, struct verdict_table *t, str key, const struct verdict_said *said)
{
	struct verdict_row *row = arena_new(v->arena, struct verdict_row);

	row->latest = *said;
	*t->last = row;
	t->last = &row->next;
	v->count++;
	t->count++;
	*map_put(&v->by_scenario, str_copy(key, v->arena), NULL) = row;
}

static void add_choice(
	struct verdicts *v, struct verdict_table *t, const struct verdict_said *said)
{
	str key = scenario_key(v, said->choice->scenario);
	struct verdict_row *row = map_get(&v->by_scenario, key);

	if (!row && is_full(v)) {
		t->more = v->more = true;
	} else if (!row) {
		add_row(v, t, key, said);
	} else if (!agrees(&row->latest, said)) {
		if (row->earlier_count < EARLIER_SHOWN)
			row->earlier[row->earlier_count] = *said;
		row->earlier_count++;
	}
}

void verdicts_add(struct verdicts *v, const struct page *p, const struct matrix_facts *m)
{
	struct verdict_table *t = m->option_count <= OPTIONS_MOST ? find_table(v, m) : NULL;

	if (!t)
		v->more = true;
	for (int i = 0; t && i < m->row_count; i++)
		add_choice(v, t, &(struct verdict_said){ p, m, &m->rows[i] });
}
