/*
 * list_examples -- `gen list examples|stale|unrun`: the code of published articles and what is recorded of it.
 */
#ifndef CMD_LIST_EXAMPLES_H
#define CMD_LIST_EXAMPLES_H

#include <stdbool.h>

struct buf;
struct diags;
struct site;

enum example_list {
	LIST_EXAMPLES, /* all */
	LIST_STALE,    /* whose record is missing, of other code, or edited */
	LIST_UNRUN,    /* blocks of code that are never run, and do not say why */
};

/* Append a line each, or JSON. False, with messages, when a declaration is wrong. */
bool list_examples_write(struct site *s, enum example_list what, bool json, struct buf *out, struct diags *d);

#endif
