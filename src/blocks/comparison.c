#include "blocks/comparison.h"

#include <math.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "highlight/registry.h"

/* A longer text is no name. */
enum { HEADING_MAX = 80 };

static struct option from_language(const struct language *l)
{
	return (struct option){ l->name, l->slug, l->color };
}

static str listed_name(const struct value *item)
{
	return item->kind == VALUE_MAP ? value_str(value_get(item, STR("name")))
				       : value_str(item);
}

static bool find_listed(const struct block_page *page, str heading, struct option *out)
{
	const struct value *list = page->languages;

	for (size_t i = 0; list && i < value_count(list); i++) {
		str name = listed_name(value_at(list, i));
		const struct language *language;

		if (!str_eq_nocase(name, heading))
			continue;
		language = registry_compared(page->registry, name);
		*out = language
			       ? from_language(language)
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
	language = registry_compared(page->registry, heading);
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
	if (heading.len > HEADING_MAX)
		return out;
	if (find_exactly(page, heading, &out))
		return out;
	/*
	 * "Go 1.22", "Python (CPython)", "Python asyncio": the longest beginning that is a
	 * name.
	 */
	for (ptrdiff_t end; (end = str_rfind_char(heading, ' ')) > 0;) {
		heading = str_trim_end(str_sub(heading, 0, (size_t)end));
		if (heading.len < 2)
			break;
		if (find_exactly(page, heading, &out))
			return out;
	}
	return out;
}

struct option option_named(const struct block_page *page, str name)
{
	struct option known = option_find(page, name);

	/* "Go 1.22" keeps its name and gets the colour of Go. */
	return (struct option){
		.name = name,
		.slug = str_eq_nocase(known.name, name) ? known.slug
							: slug_from(name, page->arena),
		.color = known.color,
	};
}

static bool find_columns(const struct block_page *page, const struct markdown_block *table,
	struct comparison *out)
{
	struct option *options;

	if (table->columns < 3)
		return false;
	options = arena_array(page->arena, struct option, (size_t)table->columns);
	for (int c = 1; c < table->columns; c++) {
		options[c] = option_find(page, table->head.cells[c].text);
		out->options += options[c].name.len > 0;
	}
	out->option = options;
	return out->options >= 2;
}

/*
 * Language | Time | Memory: at least two of the first cells are options, and none of the
 * headings.
 */
static bool find_rows(const struct block_page *page, const struct markdown_block *table,
	struct comparison *out)
{
	struct option *options;
	size_t known = 0;

	if (out->options > 0 || table->row_count < 2 || table->columns < 2)
		return false;
	for (size_t r = 0; r < table->row_count && known < 2; r++)
		known += option_find(page, table->rows[r].cells[0].text).name.len > 0;
	if (known < 2)
		return false;
	options = arena_array(page->arena, struct option, table->row_count);
	for (size_t r = 0; r < table->row_count; r++)
		options[r] = option_named(page, table->rows[r].cells[0].text);
	out->option = options;
	out->options = (int)table->row_count;
	out->transposed = true;
	return true;
}

static void read_row(const struct block_page *page, const struct comparison *c,
	const struct markdown_row *row, struct cell *cells, struct comparison_row *out)
{
	str first = STR("");
	int filled = 0, seen = 0;

	for (int i = 1; i < c->columns; i++)
		filled += row->cells[i].text.len > 0;
	out->group = filled == 0 && row->cells[0].text.len > 0;
	out->same = !out->group && !c->transposed;
	for (int i = 0; i < c->columns; i++) {
		str text = row->cells[i].text;

		if (i == 0 || (!c->transposed && c->option[i].name.len == 0)) {
			cells[i].type = text.len ? CELL_TEXT : CELL_EMPTY;
			continue;
		}
		cells[i] = cell_read(text, page->arena);
		if (seen++ == 0)
			first = text;
		else
			out->same = out->same && str_eq(text, first);
	}
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

/*
 * What one criterion says of all options: a row of the table, or a column when it is
 * transposed.
 */
struct lane {
	const struct cell *cells;
	double *ratios;
	const struct option *option; /* by place; an empty name takes no part */
	size_t count, step;
};

static const struct cell *at_lane(const struct lane *l, size_t i)
{
	return l->option[i].name.len > 0 ? &l->cells[i * l->step] : NULL;
}

/*
 * Can the options be ranked? At least two figures of a kind, and nothing in words beside them.
 */
static const struct cell *find_measure(const struct lane *l)
{
	const struct cell *first = NULL;
	size_t figures = 0;

	for (size_t i = 0; i < l->count; i++) {
		const struct cell *cell = at_lane(l, i);

		if (!cell || cell->type == CELL_NONE || cell->type == CELL_EMPTY)
			continue;
		if (!is_figure(cell) || (first && !cell_comparable(first, cell)))
			return NULL;
		if (!first)
			first = cell;
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

static void rank(const struct lane *l, enum cell_better better)
{
	double best = 0;
	bool any = false, differ = false;

	for (size_t i = 0; i < l->count; i++) {
		const struct cell *cell = at_lane(l, i);
		double own;

		if (!cell || !is_figure(cell))
			continue;
		own = worst_of(cell, better);
		differ = differ || (any && !nearly(own, best));
		if (!any || (better == BETTER_LOWER ? own < best : own > best))
			best = own;
		any = true;
	}
	for (size_t i = 0; differ && i < l->count; i++) {
		const struct cell *cell = at_lane(l, i);

		if (cell && is_figure(cell))
			l->ratios[i * l->step] = ratio_to(best, worst_of(cell, better), better);
	}
}

/* What is said wins over what the unit says, the criterion over the caption. */
static enum cell_better find_better(str caption, str criterion, const struct cell *measure)
{
	enum cell_better said = cell_better_said(criterion);

	if (said == BETTER_UNKNOWN)
		said = cell_better_said(caption);
	if (said != BETTER_UNKNOWN)
		return said;
	if (measure->type == CELL_RATING)
		return BETTER_HIGHER;
	if (measure->dimension == DIMENSION_NONE)
		return cell_better_unit(criterion);
	return measure->better;
}

/* `*said`: would the lane alone say something else? */
static enum cell_better rank_lane(const struct markdown_block *table, const struct lane *l,
	str criterion, enum cell_better better, bool *said)
{
	const struct cell *measure = find_measure(l);

	if (!measure)
		return BETTER_UNKNOWN;
	if (better == BETTER_UNKNOWN)
		better = find_better(table->caption_text, criterion, measure);
	if (better != BETTER_UNKNOWN)
		rank(l, better);
	*said = better != find_better(STR(""), criterion, measure);
	return better;
}

static void rank_columns(const struct block_page *page, const struct markdown_block *table,
	const enum cell_better *columns, struct comparison *out, double *ratios)
{
	enum cell_better *better =
		arena_array(page->arena, enum cell_better, (size_t)out->columns);
	bool *said = arena_array(page->arena, bool, (size_t)out->columns);

	for (int c = 1; c < out->columns; c++) {
		struct lane l = { out->cells + c, ratios + c, out->option, table->row_count,
			(size_t)out->columns };
		better[c] = rank_lane(table, &l, table->head.cells[c].text,
			columns ? columns[c] : BETTER_UNKNOWN, &said[c]);
	}
	out->better = better;
	out->said = said;
}

static void read_cells(const struct block_page *page, const struct markdown_block *table,
	const struct comparison_said *said, struct comparison *out)
{
	size_t width = (size_t)table->columns, count = table->row_count * width;
	struct cell *cells = arena_array(page->arena, struct cell, count);
	struct comparison_row *rows =
		arena_array(page->arena, struct comparison_row, table->row_count);
	double *ratios = arena_array(page->arena, double, count);

	for (size_t r = 0; r < table->row_count; r++)
		read_row(page, out, &table->rows[r], cells + r * width, &rows[r]);
	settle_ratings(cells, count);
	out->row_count = table->row_count;
	out->rows = rows;
	out->cells = cells;
	out->ratios = ratios;
	if (out->transposed) {
		rank_columns(page, table, said->columns, out, ratios);
		return;
	}
	for (size_t r = 0; r < table->row_count; r++) {
		struct lane l = { cells + r * width, ratios + r * width, out->option, width,
			1 };
		rows[r].better = rank_lane(table, &l, table->rows[r].cells[0].text,
			said->rows ? said->rows[r] : BETTER_UNKNOWN, &rows[r].said);
	}
}

bool comparison_read(const struct block_page *page, const struct markdown_block *table,
	struct comparison *out)
{
	*out = (struct comparison){ .columns = table->columns };
	if (option_find(page, table->head.cells[0].text).name.len > 0)
		return false;
	if (!find_columns(page, table, out) && !find_rows(page, table, out))
		return false;
	read_cells(page, table, &(struct comparison_said){ 0 }, out);
	return true;
}

/* Are the options of data in its rows, by the rule for pipe tables? */
static bool lies_across(const struct block_page *page, const struct markdown_block *table,
	const struct comparison_said *said, struct comparison *out)
{
	if (!said->either_way)
		return false;
	for (int c = 1; c < table->columns; c++)
		if ((said->remarks && said->remarks[c]) ||
			option_find(page, table->head.cells[c].text).name.len > 0)
			return false;
	return find_rows(page, table, out);
}

void comparison_take(const struct block_page *page, const struct markdown_block *table,
	const struct comparison_said *said, struct comparison *out)
{
	struct option *options;

	*out = (struct comparison){ .columns = table->columns };
	if (!lies_across(page, table, said, out)) {
		options = arena_array(page->arena, struct option, (size_t)table->columns);
		for (int c = 1; c < table->columns; c++) {
			if (said->remarks && said->remarks[c])
				continue;
			options[c] = option_named(page, table->head.cells[c].text);
			out->options++;
		}
		out->option = options;
	}
	read_cells(page, table, said, out);
}
