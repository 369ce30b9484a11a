#include "site/verdicts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "site/site.h"

void verdicts_start(struct verdicts *v, size_t most, struct arena *a)
{
	*v = (struct verdicts){ .arena = a, .most = most, .by_options = { .arena = a },
		.by_scenario = { .arena = a } };
	v->last = &v->tables;
}

/* Options by slug, so that "Go, Python" and "Python, Go" are one set. */
static void order_options(const struct matrix_facts *m, int *out)
{
	for (int i = 0; i < m->option_count; i++) {
		int at = i;

		for (; at > 0 && str_cmp(m->options[out[at - 1]].slug, m->options[i].slug) > 0; at--)
			out[at] = out[at - 1];
		out[at] = i;
	}
}

static struct verdict_table *find_table(
	struct verdicts *v, const struct matrix_facts *m, struct buf *key)
{
	int order[16];
	bool is_new;
	void **place;
	struct verdict_table *t;

	order_options(m, order);
	for (int i = 0; i < m->option_count; i++) {
		buf_add(key, m->options[order[i]].slug);
		buf_char(key, '\n');
	}
	place = map_put(&v->by_options, buf_str(key), &is_new);
	if (!is_new)
		return *place;
	t = arena_new(v->arena, struct verdict_table);
	*t = (struct verdict_table){ .matrix = m };
	memcpy(t->options, order, (size_t)m->option_count * sizeof(*order));
	t->last = &t->rows;
	*v->last = t;
	v->last = &t->next;
	v->table_count++;
	return *place = t;
}

/* The key of a scenario among its options: without case, however many blanks are in it. */
static str scenario_key(str options, str scenario, struct arena *a)
{
	struct buf b = { .arena = a };
	bool ascii = true, blank = false;

	buf_reserve(&b, options.len + scenario.len + 1);
	buf_add(&b, options);
	for (size_t i = 0; i < scenario.len; i++) {
		char c = scenario.ptr[i];

		if (c == ' ' && blank)
			continue;
		blank = c == ' ';
		ascii = ascii && (unsigned char)c < 0x80;
		buf_char(&b, c >= 'A' && c <= 'Z' ? (char)(c | 32) : c);
	}
	return ascii ? buf_str(&b) : utf8_fold(buf_str(&b), a);
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

static void add_choice(struct verdicts *v, struct verdict_table *t, str options,
	const struct verdict_said *said)
{
	str key = scenario_key(options, said->choice->scenario, v->arena);
	bool is_new;
	void **place = map_put(&v->by_scenario, key, &is_new);
	struct verdict_row *row = *place;

	if (is_new && v->count < v->most) {
		row = *place = arena_new(v->arena, struct verdict_row);
		row->latest = *said;
		*t->last = row;
		t->last = &row->next;
		t->count++;
		v->count++;
	} else if (is_new) {
		t->left_out++;
	} else if (row && !agrees(&row->latest, said)) {
		if (row->earlier_count < EARLIER_SHOWN)
			row->earlier[row->earlier_count] = *said;
		row->earlier_count++;
	}
}

void verdicts_add(struct verdicts *v, const struct page *p, const struct matrix_facts *m)
{
	struct buf key = { .arena = v->arena };
	struct verdict_table *t;

	if (m->option_count > (int)(sizeof(t->options) / sizeof(t->options[0])))
		return;
	t = find_table(v, m, &key);
	for (int i = 0; i < m->row_count; i++)
		add_choice(v, t, buf_str(&key), &(struct verdict_said){ p, m, &m->rows[i] });
}
