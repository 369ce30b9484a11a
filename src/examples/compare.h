/*
 * compare -- are two outputs the same, as strictly as the example wants it?
 */
#ifndef EXAMPLES_COMPARE_H
#define EXAMPLES_COMPARE_H

#include "content/example.h"

struct arena;

/* `pattern` is for CMP_REGEX: both must match it. */
bool compare_outputs(enum example_cmp cmp, str pattern, str a, str b, struct arena *arena);

/* The strictest comparison without a pattern that holds: what an author who wants to keep the block can ask for. */
enum example_cmp compare_strictest(str a, str b, struct arena *arena);

/* The first line that differs, from 1, and both lines. */
int compare_difference(str a, str b, str *line_a, str *line_b);

#endif
