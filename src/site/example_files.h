/*
 * example_files -- what a reader takes along of an example: its source, what its tool needs beside it, the command, and
 * what it is to print.
 *
 * For the example "sum" of the article at "go/errors/": examples/go/errors/sum/ with these files, and all of them as
 * examples/go/errors/sum.zip.  Hidden examples are the author's own and stay out.
 */
#ifndef SITE_EXAMPLE_FILES_H
#define SITE_EXAMPLE_FILES_H

#include "content/record.h"

struct example;
struct page;
struct site;
struct worker;

#define EXAMPLES_PATH "examples/"

/* When articles are read: is there a list of examples? It may turn out to be empty. */
bool examples_are_listed(const struct site *s);

/* Where they are, as addresses with the base path; empty when nothing is given out. */
struct example_address {
	str source, folder, zip;
};

/*
 * Add the files of one example to w->files, and what the list of examples shows to p->facts. `state` and `r` say what
 * is recorded. False, with messages in p->diags, when the README's template fails.
 */
bool example_files_add(const struct site *s, struct page *p, const struct example *e, enum record_state state,
	const struct record *r, struct worker *w, struct example_address *out);

#endif
