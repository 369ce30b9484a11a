/*
 * obstacle -- what stands in the way of an output file.
 *
 * gen replaces what gen wrote. What it did not write stays, and is a fault, unless the user
 * forces it; a folder with files of the user in it is never removed.
 */
#ifndef OUTPUT_OBSTACLE_H
#define OUTPUT_OBSTACLE_H

#include "output/staging.h"

struct obstacle {
	str path;
	struct obstacle *before;
};

struct obstacles {
	struct obstacle *files;   /* files and links that must go before a folder can be made */
	struct obstacle *folders; /* that will be empty and must go, the innermost first */
};

/*
 * May the entry be published? Remembers a fault when not, and adds what must go first to `out`.
 */
void obstacle_check(struct stage *s, const struct entry *e, struct obstacles *out);

#endif
