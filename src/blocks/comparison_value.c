/*
 * What templates see of a comparison.
 */
#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "blocks/comparison.h"
#include "blocks/record.h"

/* Printed by hand: a table has dozens. */
static str whole(int64_t n, struct arena *a)
{
	return value_int(n, a).s;
}

str comparison_ratio(double ratio, struct arena *a)
{
	int64_t tenths;

	/* So far apart that it is told by the digits alone. */
	if (!(ratio >= 0 && ratio < 1e15))
		return str_printf(a, "%.0fx", ratio);
	if (ratio >= 9.95)
		return str_join(whole(llrint(ratio), a), STR("x"), a);
	tenths = llround(ratio * 10);
	if (tenths % 10 == 0)
		return str_join(whole(tenths / 10, a), STR("x"), a);
	return str_concat(a,
		(const str[]){ whole(tenths / 10, a), STR("."), whole(tenths % 10, a), STR("x") },
		4);
}

/*
 * Nearly all figures have few decimals, and printing those by hand is ten times as fast as
 * finding the fewest digits of a double.
 */
struct value comparison_number(double n, struct arena *a)
{
	double millionths = n * 1e6;

	if (n == floor(n) && fabs(n) < 1e15)
		return value_int((int64_t)n, a);
	if (n > 0 && millionths < 1e15 &&
		fabs(millionths - floor(millionths + 0.5)) <= millionths * 1e-12) {
		int64_t total = (int64_t)(millionths + 0.5), part = total % 1000000;
		struct buf b = { .arena = a };

		buf_reserve(&b, 24);
		buf_int(&b, total / 1000000);
		if (part > 0)
			buf_char(&b, '.');
		for (int64_t place = 100000; part > 0; part %= place, place /= 10)
			buf_char(&b, (char)('0' + part / place));
		return (struct value){ .kind = VALUE_FLOAT, .f = n, .s = buf_str(&b) };
	}
	return value_float(n, a);
}

static struct value figure_value(const struct cell *cell, struct arena *a)
{
	if (cell->type == CELL_RATING)
		return comparison_number(cell->rating, a);
	if (cell->type == CELL_NUMBER || cell->type == CELL_MONEY)
		return comparison_number(cell->low, a);
	return value_null();
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "yes", "no (GIL)": a sign is put in words, and what stands behind it is kept. */
static str describe_answer(str answer, str text, struct arena *a)
{
	size_t sign = 0;

	text = str_trim(text);
	if (text.len > 0 && is_letter(text.ptr[0]))
		return STR("");
	while (sign < text.len && text.ptr[sign] != ' ' && text.ptr[sign] != '(')
		sign++;
	str remark = str_trim(str_from(text, sign));
	return remark.len ? str_printf(a, STR_FMT " " STR_FMT, STR_ARG(answer), STR_ARG(remark))
			  : answer;
}

/* What a sign says; empty when the author has words for it. */
static str describe_rating(double rating, double max, struct arena *a)
{
	if (rating != floor(rating) || max != floor(max))
		return str_printf(a, "%g of %g", rating, max);
	return str_concat(a,
		(const str[]){ whole((int64_t)rating, a), STR(" of "), whole((int64_t)max, a) }, 3);
}

static str describe(const struct cell *cell, str text, struct arena *a)
{
	switch (cell->type) {
	case CELL_RATING:
		return describe_rating(cell->rating, cell->max, a);
	case CELL_YES:
	case CELL_NO:
	case CELL_PARTIAL:
	case CELL_NONE:
		return describe_answer(str_c(cell_type_name[cell->type]), text, a);
	default:
		return STR("");
	}
}

/* Of figures only: a rating twice as high is not twice as good. */
static str cell_ratio(const struct cell *cell, double ratio, struct arena *a)
{
	bool about = cell->about || cell->least || cell->most;

	if (ratio <= 1 || cell->type == CELL_RATING)
		return STR("");
	return str_printf(
		a, "%s" STR_FMT, about ? "about " : "", STR_ARG(comparison_ratio(ratio, a)));
}

struct value comparison_cell(
	const struct comparison *c, size_t row, int column, str text, struct arena *a)
{
	size_t at = row * (size_t)c->columns + (size_t)column;
	const struct cell *cell = &c->cells[at];
	double ratio = c->ratios[at];

	if (cell->type == CELL_TEXT || cell->type == CELL_EMPTY)
		return value_null();
	struct value v = record_new(12, a);
	record_str(&v, STR("type"), str_c(cell_type_name[cell->type]), a);
	record_bool(&v, STR("is_yes"), cell->type == CELL_YES, a);
	record_bool(&v, STR("is_no"), cell->type == CELL_NO, a);
	record_bool(&v, STR("is_partial"), cell->type == CELL_PARTIAL, a);
	record_bool(&v, STR("is_rating"), cell->type == CELL_RATING, a);
	record_bool(
		&v, STR("is_number"), cell->type == CELL_NUMBER || cell->type == CELL_MONEY, a);
	value_add(&v, STR("value"), figure_value(cell, a), a);
	record_optional(&v, STR("unit"), cell->unit, a);
	value_add(&v, STR("max"),
		cell->max > 0 ? comparison_number(cell->max, a) : value_null(), a);
	record_bool(&v, STR("best"), ratio == 1, a);
	record_optional(&v, STR("ratio"), cell_ratio(cell, ratio, a), a);
	record_optional(&v, STR("words"), describe(cell, text, a), a);
	return v;
}

struct value option_value(const struct option *o, struct arena *a)
{
	struct value v = record_new(3, a);

	record_str(&v, STR("name"), o->name, a);
	record_str(&v, STR("slug"), o->slug, a);
	record_optional(&v, STR("color"), o->color, a);
	return v;
}

struct value comparison_options(const struct comparison *c, struct arena *a)
{
	struct value list = record_list((size_t)c->options, a);

	for (size_t i = 0; i < (c->transposed ? c->row_count : (size_t)c->columns); i++)
		if (c->option[i].name.len > 0)
			value_push(&list, option_value(&c->option[i], a), a);
	return list;
}

struct value comparison_better(enum cell_better better)
{
	if (better == BETTER_UNKNOWN)
		return value_null();
	return value_string(better == BETTER_LOWER ? STR("lower") : STR("higher"));
}
