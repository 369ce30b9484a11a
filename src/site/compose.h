/*
 * compose -- one article: its body to HTML through block templates, its page through the page template.
 */
#ifndef SITE_COMPOSE_H
#define SITE_COMPOSE_H

#include "data/value.h"

struct page;
struct site;
struct worker;

/*
 * The page's context: metadata, body, contents, neighbours; in w->page, its HTML in w->body. Fills p->facts.
 * False, with messages in p->diags, when the text cannot be shown.
 */
bool compose_value(const struct site *s, struct page *p, struct worker *w, struct value *out);

/*
 * What of that is known without the text: all that the page shows of other pages, of tags and lists. Two builds in
 * which it is the same differ in the page by its own text alone.
 */
struct value compose_context(const struct site *s, struct page *p, struct worker *w);

/* The whole page, in w->out, and the files that it brings with it, in w->files. */
bool compose_page(const struct site *s, struct page *p, struct worker *w);

#endif
