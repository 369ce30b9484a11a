#include "site/choose.h"

#include <stdlib.h>

#include "base/arena.h"
#include "site/model.h"

enum { SCENARIOS_MAX = 5 };

struct won {
	const struct value *row;
	double weight;
	size_t order;
};

static int compare_won(const void *x, const void *y)
{
	const struct won *a = x, *b = y;

	if (a->weight > b->weight || a->weight < b->weight)
		return a->weight > b->weight ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

static double weight_of(const struct value *row)
{
	const struct value *weight = value_get(row, STR("weight"));
	char text[32] = "1";
	str s = value_str(weight);

	if (weight->kind == VALUE_FLOAT)
		return weight->f;
	if (weight->kind == VALUE_INT)
		return (double)weight->i;
	if (s.len && s.len < sizeof(text)) {
		memcpy(text, s.ptr, s.len);
		text[s.len] = '\0';
	}
	return strtod(text, NULL);
}

static struct value option_item(const struct value *option, const struct value *rows, struct arena *a)
{
	str name = value_str(value_get(option, STR("name")));
	struct won *won = arena_array(a, struct won, value_count(rows));
	struct value item = value_map(a), scenarios = value_list(a);
	size_t count = 0;

	for (size_t i = 0; i < value_count(rows); i++) {
		const struct value *row = value_at(rows, i);

		if (str_eq(value_str(value_get(row, STR("recommendation"))), name))
			won[count++] = (struct won){ row, weight_of(row), i };
	}
	if (count)
		qsort(won, count, sizeof(*won), compare_won);
	for (size_t i = 0; i < count && i < SCENARIOS_MAX; i++)
		value_push(&scenarios, *value_get(won[i].row, STR("scenario")), a);
	value_add(&item, STR("name"), value_string(name), a);
	value_add(&item, STR("color"), *value_get(option, STR("color")), a);
	model_put_list(&item, STR("scenarios"), scenarios, a);
	return item;
}

struct value choose_verdict(const struct value *verdict, const struct value *matrix, struct arena *a)
{
	const struct value *options = value_get(matrix, STR("options")), *rows = value_get(matrix, STR("rows"));
	struct value out = value_map(a), choose = value_list(a);

	for (size_t i = 0; i < value_count(verdict); i++)
		value_add(&out, verdict->map->at[i].key, verdict->map->at[i].value, a);
	for (size_t i = 0; i < value_count(options); i++)
		value_push(&choose, option_item(value_at(options, i), rows, a), a);
	model_put_list(&out, STR("choose"), choose, a);
	return out;
}
