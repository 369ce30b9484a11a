#include "site/matrix_facts.h"

#include "base/arena.h"
#include "highlight/registry.h"
#include "site/site.h"

static str copy_of(const struct value *map, str key, struct arena *a)
{
	return str_copy(value_str(value_get(map, key)), a);
}

/* An option by whichever spelling is that of its language or option of the site. */
static str find_slug(const struct site *s, const struct value *option, struct arena *a)
{
	const struct language *l = registry_compared(
		&s->config.registry, value_str(value_get(option, STR("name"))));

	return l ? l->slug : copy_of(option, STR("slug"), a);
}

static void keep_options(const struct site *s, const struct value *options,
	struct matrix_facts *out, struct arena *a)
{
	out->winner = -1;
	out->options = arena_array(a, struct matrix_option, value_count(options));
	for (size_t i = 0; i < value_count(options); i++) {
		const struct value *option = value_at(options, i);

		if (value_truth(value_get(option, STR("winner"))))
			out->winner = out->option_count;
		out->options[out->option_count++] = (struct matrix_option){
			.name = copy_of(option, STR("name"), a),
			.slug = find_slug(s, option, a),
			.total = copy_of(option, STR("total"), a),
		};
	}
}

static int find_option(const struct matrix_facts *m, str name)
{
	for (int i = 0; i < m->option_count; i++)
		if (str_eq(m->options[i].name, name))
			return i;
	return -1;
}

static void keep_rows(const struct value *rows, struct matrix_facts *out, struct arena *a)
{
	out->rows = arena_array(a, struct matrix_choice, value_count(rows));
	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = value_at(rows, i);
		struct matrix_choice *choice = &out->rows[out->row_count++];
		str says = value_str(value_get(row, STR("recommendation")));
		bool tie = value_truth(value_get(row, STR("tie")));

		choice->scenario = copy_of(row, STR("scenario"), a);
		choice->best = tie ? -1 : find_option(out, says);
		choice->says =
			choice->best < 0 ? str_copy(says, a) : out->options[choice->best].name;
	}
}

static void keep_matrix(
	const struct site *s, struct page *p, const struct value *block, struct arena *a)
{
	const struct value *verdict = value_get(block, STR("verdict"));
	struct matrix_facts **last = &p->facts.matrices;
	struct matrix_facts *m = arena_new(a, struct matrix_facts);

	m->id = copy_of(block, STR("id"), a);
	m->title = copy_of(block, STR("title"), a);
	m->verdict = copy_of(verdict, STR("text"), a);
	m->flip = copy_of(value_get(verdict, STR("flip")), STR("text"), a);
	m->close = value_truth(value_get(verdict, STR("close")));
	keep_options(s, value_get(block, STR("options")), m, a);
	keep_rows(value_get(block, STR("rows")), m, a);
	while (*last)
		last = &(*last)->next;
	*last = m;
}

static void keep_table(struct page *p, const struct value *block, struct arena *a)
{
	const struct value *options = value_get(block, STR("options"));
	struct table_facts **last = &p->facts.tables;
	struct table_facts *t;

	if (!value_truth(value_get(block, STR("has_caption"))) || value_count(options) == 0)
		return;
	t = arena_new(a, struct table_facts);
	t->id = copy_of(block, STR("id"), a);
	/* The label is the caption as text. */
	t->caption = copy_of(block, STR("label"), a);
	t->slugs = arena_array(a, str, value_count(options));
	for (size_t i = 0; i < value_count(options); i++)
		t->slugs[t->slug_count++] = copy_of(value_at(options, i), STR("slug"), a);
	while (*last)
		last = &(*last)->next;
	*last = t;
}

void facts_keep_block(const struct site *s, struct page *p, str kind, const struct value *block,
	struct worker *w)
{
	if (!p->listed)
		return;
	if (str_eq(kind, STR("matrix")))
		keep_matrix(s, p, block, &w->kept);
	else if (str_eq(kind, STR("table")) || str_eq(kind, STR("comparison")))
		keep_table(p, block, &w->kept);
}
