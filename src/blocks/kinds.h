/*
 * kinds -- the blocks there are; block.c lists them.
 */
#ifndef BLOCKS_KINDS_H
#define BLOCKS_KINDS_H

#include "blocks/block.h"

extern const struct block_kind code_block;
extern const struct block_kind codegroup_block;
extern const struct block_kind table_block;
extern const struct block_kind comparison_block; /* shown by the template of tables */
extern const struct block_kind matrix_block;
extern const struct block_kind bench_block;
extern const struct block_kind diagram_block;

/*
 * The value of one code fence: for code, and for each panel of a group. What is faulty is said
 * and left out.
 */
void code_value(struct block_page *page, const struct markdown_block *block,
	const struct fence *fence, struct value *out);

struct comparison;

/*
 * The value of a table; `c` is null when it compares nothing, an empty `id` stands for the next
 * number.
 */
void table_value(struct block_page *page, const struct markdown_block *table,
	const struct comparison *c, str id, struct value *out);

#endif
