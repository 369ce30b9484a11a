#include "blocks/table_lint.h"

#include "base/arena.h"
#include "base/buf.h"
#include "highlight/registry.h"

static const char CATEGORY[] = "table";

/*
 * A longer caption is prose; looking for an amount at each of its digits would take too long.
 */
enum { CAPTION_MAX = 300 };

/* Where the table stands: in the article, or in a file of data. */
static loc place_of(const struct source *src, const struct markdown_cell *cell)
{
	return (loc){ src, cell->line, cell->col };
}

static loc cell_loc(const struct block_page *page, const struct markdown_cell *cell)
{
	return (loc){ page->src, cell->line, cell->col };
}

/* GFM cuts cells before it looks for code, so that `a | b` loses its half. */
static bool lint_backticks(struct block_page *page, const struct markdown_row *row, int columns)
{
	for (int c = 0; c < columns; c++) {
		const struct markdown_cell *cell = &row->cells[c];

		if (cell->raw.len == 0 || str_count_char(cell->raw, '`') % 2 == 0)
			continue;
		diag_warn(page->diags, cell_loc(page, cell), CATEGORY,
			"a pipe inside backticks cuts this cell");
		diag_help(page->diags, "write \\| for the pipe inside the code");
		return true;
	}
	return false;
}

static void lint_ragged(struct block_page *page, const struct source *src,
	const struct markdown_row *row, int columns)
{
	loc at = { src, row->line, 1 };

	if (row->written == columns)
		return;
	diag_warn(page->diags, at, CATEGORY, "this row has %d cell%s and the header %d",
		row->written, row->written == 1 ? "" : "s", columns);
	if (row->written > columns)
		diag_help(page->diags,
			"what is in the further cells is not shown: add a heading, or "
			"write \\| for a pipe that belongs to the text");
	else
		diag_help(page->diags,
			"write the missing cells, \"-\" for those that have nothing to say");
}

static void lint_empty(struct block_page *page, const struct source *src,
	const struct markdown_block *table, size_t r, const struct comparison *c)
{
	const struct markdown_row *row = &table->rows[r];

	for (int i = 0; i < table->columns && i < row->written; i++) {
		str option = c->transposed ? row->cells[0].text : table->head.cells[i].text;
		str criterion = c->transposed ? table->head.cells[i].text : row->cells[0].text;

		if (row->cells[i].text.len > 0 || row->cells[i].raw.len > 0 ||
			!comparison_counts(c, r, i) ||
			(c->better && c->better[i] == BETTER_UNKNOWN))
			continue;
		diag_warn(page->diags, (loc){ src, row->cells[i].line, row->cells[i].col },
			CATEGORY, "nothing is said about " STR_FMT " in \"" STR_FMT "\"",
			STR_ARG(option), STR_ARG(criterion));
		diag_help(page->diags, "write \"-\" or \"n/a\" when there is nothing to say");
	}
}

static void lint_row(struct block_page *page, const struct source *src,
	const struct markdown_block *table, size_t r, const struct comparison *c)
{
	if (c && c->rows[r].group)
		return;
	lint_ragged(page, src, &table->rows[r], table->columns);
	if (c)
		lint_empty(page, src, table, r, c);
}

/* "1M records" in "JSON parsing (1M records)": the amount of what a rate counts. */
static bool find_amount(
	const struct block_page *page, str caption, str unit, struct cell *out, str *words)
{
	for (size_t i = 0; i < caption.len; i++) {
		bool digit = caption.ptr[i] >= '0' && caption.ptr[i] <= '9';
		size_t end = i;

		if (!digit)
			continue;
		while (end < caption.len && !strchr("();:", caption.ptr[end]))
			end++;
		*words = str_trim(str_sub(caption, i, end));
		*out = cell_read(*words, page->arena);
		if (out->type == CELL_NUMBER && out->dimension == DIMENSION_OTHER &&
			out->low == out->high && cell_same_thing(out->unit, unit))
			return true;
		while (i < caption.len && caption.ptr[i] != ' ' && caption.ptr[i] != '(')
			i++;
	}
	return false;
}

static const struct cell *figure_at(
	const struct comparison *c, size_t row, int column, enum cell_dimension dimension)
{
	const struct cell *cell = &c->cells[row * (size_t)c->columns + (size_t)column];

	return comparison_counts(c, row, column) && cell->type == CELL_NUMBER &&
			       cell->dimension == dimension && cell->low == cell->high &&
			       cell->low > 0
		       ? cell
		       : NULL;
}

static str short_number(double n, struct arena *a)
{
	if (n >= 1e6)
		return str_printf(a, "%.3gM", n / 1e6);
	if (n >= 1e4)
		return str_printf(a, "%.3gK", n / 1e3);
	return str_printf(a, "%.3g", n);
}

/* Figures are rounded for the reader; more than this apart is another number. */
static const double ROUNDED = 0.05;

/* A time or a rate in a table, and by which criterion it is one. */
struct dependent {
	const struct markdown_cell *at;
	const struct cell *cell;
	str criterion;
};

/* So many records in that time: does the rate beside it say the same? */
static void lint_rate(struct block_page *page, const struct source *src, str records,
	const struct dependent *time, const struct dependent *rate)
{
	struct cell amount;
	str words;
	double expected;

	if (records.len > CAPTION_MAX || !find_amount(page, records, rate->cell->unit, &amount, &words))
		return;
	expected = amount.low / time->cell->low;
	if (expected < rate->cell->low * (1 + ROUNDED) && expected > rate->cell->low * (1 - ROUNDED))
		return;
	diag_warn(page->diags, place_of(src, rate->at), CATEGORY,
		STR_FMT " in " STR_FMT " are " STR_FMT " a second, and this cell says " STR_FMT,
		STR_ARG(words), STR_ARG(time->at->text),
		STR_ARG(short_number(expected, page->arena)), STR_ARG(rate->at->text));
	diag_help(page->diags, "one of the two figures, or the amount they are of, is wrong");
}

/* What an option has by criterion `k`; its cell is null when that is no figure of the dimension. */
static struct dependent dependent_at(const struct markdown_block *table, const struct comparison *c,
	size_t option, size_t k, enum cell_dimension dimension)
{
	size_t row = c->transposed ? option : k;
	int column = (int)(c->transposed ? k : option);

	return (struct dependent){ &table->rows[row].cells[column], figure_at(c, row, column, dimension),
		c->transposed ? table->head.cells[k].text : table->rows[k].cells[0].text };
}

/*
 * The first rate against the times of an option: against the first one when the caption says how many records, and
 * against each whose criterion does.
 */
static void lint_option(struct block_page *page, const struct source *src, const struct markdown_block *table,
	const struct comparison *c, size_t option)
{
	size_t criteria = c->transposed ? (size_t)c->columns : table->row_count;
	struct dependent rate = { 0 };
	bool first = true;

	for (size_t k = 0; k < criteria && !rate.cell; k++)
		rate = dependent_at(table, c, option, k, DIMENSION_RATE);
	for (size_t k = 0; k < criteria && rate.cell; k++) {
		struct dependent time = dependent_at(table, c, option, k, DIMENSION_TIME);

		if (!time.cell)
			continue;
		if (first)
			lint_rate(page, src, table->caption_text, &time, &rate);
		lint_rate(page, src, time.criterion, &time, &rate);
		first = false;
	}
}

static void lint_dependent(struct block_page *page, const struct source *src,
	const struct markdown_block *table, const struct comparison *c)
{
	size_t options = c->transposed ? table->row_count : (size_t)c->columns;

	for (size_t o = 0; o < options; o++)
		lint_option(page, src, table, c, o);
}

void table_lint_rows(struct block_page *page, const struct source *src,
	const struct markdown_block *table, const struct comparison *c)
{
	for (size_t r = 0; r < table->row_count; r++)
		lint_row(page, src, table, r, c);
	lint_dependent(page, src, table, c);
}

/*
 * GFM takes each line below a table for a row, up to the next blank line. Rows of one cell at the end of a
 * table that has more columns are such text.
 */
static size_t own_rows(const struct markdown_block *table)
{
	size_t count = table->row_count;

	while (table->columns > 1 && count > 0 && table->rows[count - 1].written == 1)
		count--;
	return count;
}

static void lint_text_below(struct block_page *page, const struct markdown_block *table, size_t own)
{
	size_t lines = table->row_count - own;

	if (lines == 0)
		return;
	diag_warn(page->diags, (loc){ page->src, table->rows[own].line, 1 }, CATEGORY,
		"%zu line%s of text below the table became %s of it", lines, lines == 1 ? "" : "s",
		lines == 1 ? "a row" : "rows");
	diag_help(page->diags, "leave a blank line after the table; in a row, write \"-\" into cells that have "
			       "nothing to say");
}

/* | Go | Python | |  over  | Typing | Static | Dynamic | */
static bool is_shifted(
	const struct block_page *page, const struct markdown_block *table, size_t rows)
{
	int last = table->columns - 1;
	size_t filled = 0;

	if (table->columns < 3 || rows == 0 || table->head.cells[last].text.len > 0)
		return false;
	for (int c = 0; c < last; c++)
		if (option_find(page, table->head.cells[c].text).name.len == 0)
			return false;
	for (size_t r = 0; r < rows; r++) {
		if (option_find(page, table->rows[r].cells[0].text).name.len > 0)
			return false;
		filled += table->rows[r].cells[last].text.len > 0;
	}
	return filled * 2 > rows;
}

static void lint_shifted(struct block_page *page, const struct markdown_block *table)
{
	struct buf mended = { .arena = page->arena };

	BUF_LIT(&mended, "| |");
	for (int c = 0; c + 1 < table->columns; c++) {
		buf_char(&mended, ' ');
		buf_add(&mended, table->head.cells[c].raw);
		BUF_LIT(&mended, " |");
	}
	diag_warn(page->diags, table->at, CATEGORY,
		"the header is shifted by one column: \"" STR_FMT
		"\" stands over the criteria (\"" STR_FMT
		"\"), and the last column has no heading",
		STR_ARG(table->head.cells[0].text), STR_ARG(table->rows[0].cells[0].text));
	diag_help(page->diags, "write the header as " STR_FMT, STR_ARG(buf_str(&mended)));
}

/* A heading that is nearly a language, beside one that is. */
static void lint_unknown(struct block_page *page, const struct markdown_cell *cell)
{
	str near = registry_nearest(page->registry, cell->text, page->arena);

	if (near.len == 0)
		return;
	diag_warn(page->diags, cell_loc(page, cell), CATEGORY,
		"unknown language \"" STR_FMT "\"", STR_ARG(cell->text));
	diag_help(page->diags, "did you mean \"" STR_FMT "\"?", STR_ARG(near));
}

static void lint_headings(struct block_page *page, const struct markdown_block *table)
{
	unsigned char known[64] = { 0 };
	int options = 0;

	if (table->columns < 3 || table->columns > (int)sizeof(known))
		return;
	for (int c = 1; c < table->columns; c++) {
		known[c] = option_find(page, table->head.cells[c].text).name.len > 0;
		options += known[c];
	}
	for (int c = 1; options > 0 && c < table->columns; c++)
		if (!known[c] && table->head.cells[c].text.len > 1)
			lint_unknown(page, &table->head.cells[c]);
}

void table_lint(
	struct block_page *page, const struct markdown_block *table, const struct comparison *c)
{
	size_t rows = own_rows(table);

	lint_backticks(page, &table->head, table->columns);
	if (is_shifted(page, table, rows))
		lint_shifted(page, table);
	else
		lint_headings(page, table);
	for (size_t r = 0; r < rows; r++)
		if (!lint_backticks(page, &table->rows[r], table->columns))
			lint_row(page, page->src, table, r, c);
	lint_text_below(page, table, rows);
	if (c)
		lint_dependent(page, page->src, table, c);
}
