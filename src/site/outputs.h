/*
 * outputs -- what the examples of an article did when they were last run, for its page.
 *
 * From the records alone: nothing is run, and no toolchain is needed.
 */
#ifndef SITE_OUTPUTS_H
#define SITE_OUTPUTS_H

#include "base/diag.h"

struct block_page;
struct markdown;
struct page;
struct site;
struct worker;

/*
 * Fill outputs of `blocks` for the examples that the text declares, and p->facts.examples. Wrong declarations are errors
 * in p->diags; an example that was changed since it was run is a warning, and for `gen check` a missing or orphaned record is an
 * error, too.
 */
void outputs_read(const struct site *s, struct page *p, const struct source *src, struct markdown *m,
	struct block_page *blocks, struct worker *w);

#endif
