#include "blocks/comparison.h"

#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "blocks/record.h"
#include "highlight/language.h"

static struct option from_language(const struct language *l)
{
	return (struct option){ l->name, l->slug, l->color };
}

static str listed_name(const struct value *item)
{
	return item->kind == VALUE_MAP ? value_str(value_get(item, STR("name"))) : value_str(item);
}

static bool find_listed(const struct block_page *page, str heading, struct option *out)
{
	const struct value *list = page->languages;

	for (size_t i = 0; list && i < value_count(list); i++) {
		str name = listed_name(value_at(list, i));
		const struct language *language;

		if (!str_eq_nocase(name, heading))
			continue;
		language = language_find(name);
		*out = language ? from_language(language)
				: (struct option){ name, slug_from(name, page->arena), STR("") };
		return true;
	}
	return false;
}

static bool find_exactly(const struct block_page *page, str heading, struct option *out)
{
	const struct language *language;

	if (heading.len == 0)
		return false;
	language = language_find(heading);
	if (language && language->programming) {
		*out = from_language(language);
		return true;
	}
	return find_listed(page, heading, out);
}

struct option option_find(const struct block_page *page, str heading)
{
	struct option out = { 0 };

	heading = str_trim(heading);
	if (find_exactly(page, heading, &out))
		return out;
	/* "Go 1.22", "Python (CPython)", "Python asyncio": the longest beginning that is a name. */
	for (ptrdiff_t end; (end = str_rfind_char(heading, ' ')) > 0;) {
		heading = str_trim_end(str_sub(heading, 0, (size_t)end));
		if (heading.len < 2)
			break;
		if (find_exactly(page, heading, &out))
			return out;
	}
	return out;
}

static bool find_options(const struct block_page *page, const struct markdown_block *table,
	struct comparison *out)
{
	struct option *options;

	if (table->columns < 3 || option_find(page, table->head.cells[0].text).name.len > 0)
		return false;
	options = arena_array(page->arena, struct option, (size_t)table->columns);
	for (int c = 1; c < table->columns; c++) {
		options[c] = option_find(page, table->head.cells[c].text);
		out->options += options[c].name.len > 0;
	}
	out->option = options;
	return out->options >= 2;
}

static void read_row(const struct block_page *page, const struct comparison *c,
	const struct markdown_row *row, struct cell *cells, struct comparison_row *out)
{
	str first = STR("");
	int filled = 0, seen = 0;

	out->same = true;
	for (int i = 0; i < c->columns; i++) {
		str text = row->cells[i].text;

		filled += i > 0 && text.len > 0;
		if (c->option[i].name.len == 0) {
			cells[i].type = text.len ? CELL_TEXT : CELL_EMPTY;
			continue;
		}
		cells[i] = cell_read(text, page->arena);
		if (seen++ == 0)
			first = text;
		else
			out->same = out->same && str_eq(text, first);
	}
	out->group = filled == 0 && row->cells[0].text.len > 0;
	out->same = out->same && !out->group;
}

/* Ticks say out of how many only together: one tick is a rating when a neighbour has two. */
static void settle_ratings(struct cell *cells, size_t count)
{
	double most = 0;

	for (size_t i = 0; i < count; i++)
		if (cells[i].type == CELL_RATING && cells[i].max == 0 && cells[i].rating > most)
			most = cells[i].rating;
	if (most == 0)
		return;
	for (size_t i = 0; i < count; i++) {
		if (cells[i].type == CELL_YES && cells[i].rating == 1)
			cells[i].type = CELL_RATING;
		if (cells[i].type == CELL_RATING && cells[i].max == 0)
			cells[i].max = most < 3 ? 3 : most;
	}
}

static bool is_figure(const struct cell *c)
{
	return c->type == CELL_NUMBER || c->type == CELL_MONEY || c->type == CELL_RATING;
}

/* Can the options of a row be ranked? At least two figures of a kind, and nothing in words beside them. */
static const struct cell *find_measure(const struct comparison *c, const struct cell *cells)
{
	const struct cell *first = NULL;
	int figures = 0;

	for (int i = 0; i < c->columns; i++) {
		if (c->option[i].name.len == 0 || cells[i].type == CELL_NONE ||
			cells[i].type == CELL_EMPTY)
			continue;
		if (!is_figure(&cells[i]) || (first && !cell_comparable(first, &cells[i])))
			return NULL;
		if (!first)
			first = &cells[i];
		figures++;
	}
	return figures >= 2 ? first : NULL;
}

static double low_of(const struct cell *c)
{
	return c->type == CELL_RATING ? c->rating : c->low;
}

static double high_of(const struct cell *c)
{
	return c->type == CELL_RATING ? c->rating : c->high;
}

static bool nearly(double a, double b)
{
	return fabs(a - b) <= 1e-12 * (fabs(a) + fabs(b));
}

/* A range counts by its worse end, so that what is called best is best in any case. */
static double worst_of(const struct cell *c, enum cell_better better)
{
	return better == BETTER_LOWER ? high_of(c) : low_of(c);
}

static double ratio_to(double best, double own, enum cell_better better)
{
	if (nearly(best, own))
		return 1;
	if (best <= 0 || own <= 0)
		return 0;
	return better == BETTER_LOWER ? own / best : best / own;
}

static void rank_row(const struct comparison *c, const struct cell *cells,
	enum cell_better better, double *ratios)
{
	double best = 0;
	bool any = false, differ = false;

	for (int i = 0; i < c->columns; i++) {
		double own;

		if (c->option[i].name.len == 0 || !is_figure(&cells[i]))
			continue;
		own = worst_of(&cells[i], better);
		differ = differ || (any && !nearly(own, best));
		if (!any || (better == BETTER_LOWER ? own < best : own > best))
			best = own;
		any = true;
	}
	for (int i = 0; differ && i < c->columns; i++)
		if (c->option[i].name.len > 0 && is_figure(&cells[i]))
			ratios[i] = ratio_to(best, worst_of(&cells[i], better), better);
}

static enum cell_better better_of(const struct markdown_block *table, const struct markdown_row *row,
	const struct cell *measure)
{
	enum cell_better said = cell_better_said(row->cells[0].text);

	if (said == BETTER_UNKNOWN)
		said = cell_better_said(table->caption_text);
	if (said != BETTER_UNKNOWN)
		return said;
	return measure->type == CELL_RATING ? BETTER_HIGHER : measure->better;
}

bool comparison_read(const struct block_page *page, const struct markdown_block *table,
	struct comparison *out)
{
	size_t count = table->row_count * (size_t)table->columns;

	*out = (struct comparison){ .columns = table->columns };
	if (!find_options(page, table, out))
		return false;
	struct cell *cells = arena_array(page->arena, struct cell, count);
	struct comparison_row *rows = arena_array(page->arena, struct comparison_row, table->row_count);
	double *ratios = arena_array(page->arena, double, count);
	for (size_t r = 0; r < table->row_count; r++)
		read_row(page, out, &table->rows[r], cells + r * (size_t)table->columns, &rows[r]);
	settle_ratings(cells, count);
	for (size_t r = 0; r < table->row_count; r++) {
		size_t at = r * (size_t)table->columns;
		const struct cell *measure = find_measure(out, cells + at);

		if (!measure)
			continue;
		rows[r].better = better_of(table, &table->rows[r], measure);
		if (rows[r].better != BETTER_UNKNOWN)
			rank_row(out, cells + at, rows[r].better, ratios + at);
	}
	out->rows = rows;
	out->cells = cells;
	out->ratios = ratios;
	return true;
}

/* "1.5x", "56x". */
static str ratio_text(double ratio, bool about, struct arena *a)
{
	const char *before = about ? "about " : "";
	long long tenths = llround(ratio * 10);

	if (ratio >= 9.95)
		return str_printf(a, "%s%.0fx", before, ratio);
	if (tenths % 10 == 0)
		return str_printf(a, "%s%lldx", before, tenths / 10);
	return str_printf(a, "%s%lld.%lldx", before, tenths / 10, tenths % 10);
}

/*
 * Nearly all figures have few decimals, and printing those by hand is ten times as fast as finding the fewest
 * digits of a double.
 */
static struct value number_value(double n, struct arena *a)
{
	double millionths = n * 1e6;

	if (n == floor(n) && fabs(n) < 1e15)
		return value_int((int64_t)n, a);
	if (n > 0 && millionths < 1e15 && nearly(millionths, floor(millionths + 0.5))) {
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

static str describe(const struct cell *cell, struct arena *a)
{
	switch (cell->type) {
	case CELL_RATING:
		return str_printf(a, "%g of %g", cell->rating, cell->max);
	case CELL_YES:
	case CELL_NO:
	case CELL_PARTIAL:
	case CELL_NONE:
		return str_c(cell_type_name[cell->type]);
	default:
		return STR("");
	}
}

struct value comparison_cell(const struct comparison *c, size_t row, int column, struct arena *a)
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
	record_bool(&v, STR("is_number"), cell->type == CELL_NUMBER || cell->type == CELL_MONEY, a);
	value_add(&v, STR("value"), is_figure(cell) ? number_value(low_of(cell), a) : value_null(), a);
	record_optional(&v, STR("unit"), cell->unit, a);
	value_add(&v, STR("max"), cell->max > 0 ? number_value(cell->max, a) : value_null(), a);
	record_bool(&v, STR("best"), ratio == 1, a);
	record_optional(&v, STR("ratio"),
		ratio > 1 && cell->type != CELL_RATING
			? ratio_text(ratio, cell->about || cell->least || cell->most, a)
			: STR(""),
		a);
	record_optional(&v, STR("words"), describe(cell, a), a);
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

	for (int i = 0; i < c->columns; i++)
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
