/*
 * comparison -- a table that sets options against criteria.
 *
 * Usually the first column names criteria and the other headings are what is compared; headings
 * beside the options ("Notes") may stand there, too.  Transposed, the first column names the
 * options and each further column is a criterion ("Language | Time | Memory").  Knows what each
 * cell says (cell.h), which option is best by a criterion and how far the others are behind.
 */
#ifndef BLOCKS_COMPARISON_H
#define BLOCKS_COMPARISON_H

#include "blocks/block.h"
#include "blocks/cell.h"

struct option {
	str name; /* empty: the column is not an option */
	str slug, color;
};

struct comparison_row {
	bool group; /* only its first cell says something: a heading over the rows below */
	bool same;  /* all options say the same */
	enum cell_better better; /* unknown when transposed: then it is said by column */
	bool said; /* what is better does not follow from the row alone: data or the caption say it */
};

/* What data say of a table besides its cells. Zero says nothing. */
struct comparison_said {
	const enum cell_better *rows;    /* what is better, by row; or null */
	const enum cell_better *columns; /* the same by column, of a table that is transposed; or null */
	const bool *remarks;		 /* columns that are no options; or null */
	bool either_way; /* the rows may be the options, as in a pipe table */
};

struct comparison {
	int columns;
	size_t row_count;
	bool transposed;
	int options;
	const struct option *option; /* by column; by row when transposed */
	const struct comparison_row *rows;
	const enum cell_better *better; /* by column, when transposed; else null */
	const bool *said;		/* as in a row, by column, when transposed; else null */
	const struct cell *cells;       /* row by row */
	const double *ratios;           /* times the best; 1 is the best, 0: not compared */
};

/*
 * The option that a heading names: a language, also with a version or more words behind it, or
 * one of the article's.
 */
struct option option_find(const struct block_page *page, str heading);

/* The same for what is said to be an option: one that is unknown has its name and no colour. */
struct option option_named(const struct block_page *page, str name);

/* False when the table is not a comparison. Says nothing. */
bool comparison_read(const struct block_page *page, const struct markdown_block *table,
	struct comparison *out);

/*
 * A table that is a comparison because its author says so: every further column is an option,
 * but for remarks.
 */
void comparison_take(const struct block_page *page, const struct markdown_block *table,
	const struct comparison_said *said, struct comparison *out);

/*
 * The rows as CSV (RFC 4180) with Markdown in the cells, from which comparison_fence.c makes the
 * same table again.
 */
str comparison_csv(const struct markdown_block *table, const struct comparison *c, struct arena *a);

/* Does this cell say something about an option? */
static inline bool comparison_counts(const struct comparison *c, size_t row, int column)
{
	return column > 0 &&
	       (c->transposed ? !c->rows[row].group : c->option[column].name.len > 0);
}

/* What templates see of a cell besides its `text`; null when it says nothing but that. */
struct value comparison_cell(
	const struct comparison *c, size_t row, int column, str text, struct arena *a);

/* The options, a list of maps. */
struct value comparison_options(const struct comparison *c, struct arena *a);

/* "lower", "higher" or null. */
struct value comparison_better(enum cell_better better);

/* A figure: printed with its few decimals, whole when it is. */
struct value comparison_number(double n, struct arena *a);

/* "1.5x", "56x". */
str comparison_ratio(double ratio, struct arena *a);

struct value option_value(const struct option *o, struct arena *a);

#endif
