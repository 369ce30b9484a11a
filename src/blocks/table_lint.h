/*
 * table_lint -- what is probably wrong with a pipe table, said as warnings with the mend.
 */
#ifndef BLOCKS_TABLE_LINT_H
#define BLOCKS_TABLE_LINT_H

#include "blocks/comparison.h"

/* `c` is null when the table is not a comparison. */
void table_lint(struct block_page *page, const struct markdown_block *table,
	const struct comparison *c);

/* Only ragged rows and empty cells, for a table that was read from data in `src`. */
void table_lint_rows(struct block_page *page, const struct source *src,
	const struct markdown_block *table, const struct comparison *c);

#endif
