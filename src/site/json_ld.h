/*
 * json_ld -- what an article says of itself to machines (schema.org, JSON-LD 1.1).
 */
#ifndef SITE_JSON_LD_H
#define SITE_JSON_LD_H

#include "base/str.h"

struct arena;
struct compared;
struct page;
struct site;
struct value;

/* A JSON object that is safe inside a <script> element. `image` is absolute, or is left out. */
str json_ld_article(const struct site *s, const struct page *p, str image, struct arena *a);

/* The same for a page about what articles compare; `page` is its context. */
str json_ld_compared(const struct site *s, const struct value *page, const struct compared *const *about,
	size_t count, struct arena *a);

#endif
