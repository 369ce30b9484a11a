/*
 * article_examples -- the examples that an article declares, read without building its page.
 */
#ifndef CMD_ARTICLE_EXAMPLES_H
#define CMD_ARTICLE_EXAMPLES_H

#include "content/example.h"

struct page;
struct site;

/*
 * After site_load(). `src` gets the article's text, which the examples point into. False, with messages, when a
 * declaration is wrong or the text cannot be read; what could be read is in `out` all the same.
 */
bool article_examples_read(const struct site *s, const struct page *p, struct source *src, struct examples *out,
	struct arena *a, struct diags *d);

#endif
