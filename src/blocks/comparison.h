/*
 * comparison -- a table whose first column names criteria and whose other headings are what is compared.
 *
 * Knows which columns are options, what each cell says (cell.h), which one is best in its row and how far the
 * others are behind. Headings beside the options ("Notes") may stand there, too.
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
	enum cell_better better;
};

struct comparison {
	int columns, options;
	const struct option *option; /* by column */
	const struct comparison_row *rows;
	const struct cell *cells;  /* row by row */
	const double *ratios;	   /* times the best; 1 is the best, 0: not compared */
};

/* The option that a heading names: a language, also with a version or more words behind it, or one of the article's. */
struct option option_find(const struct block_page *page, str heading);

/* False when the table is not a comparison. Says nothing. */
bool comparison_read(const struct block_page *page, const struct markdown_block *table,
	struct comparison *out);

/* What templates see of a cell besides its text; null for text. */
struct value comparison_cell(const struct comparison *c, size_t row, int column, struct arena *a);

/* The options, a list of maps. */
struct value comparison_options(const struct comparison *c, struct arena *a);

/* "lower", "higher" or null. */
struct value comparison_better(enum cell_better better);

struct value option_value(const struct option *o, struct arena *a);

#endif
