/*
 * tags -- tags, series and the terms of other taxonomies, gathered from the articles of a site.
 *
 * A term that names a language is that language, whatever its spelling ("Golang" is Go).  Others are the same
 * when they are equal without case; two different ones with one slug are an error.
 */
#ifndef SITE_TAGS_H
#define SITE_TAGS_H

#include <stdbool.h>

#include "base/str.h"

struct page;
struct site;
struct tag;

bool tags_make(struct site *s);

/* The series of a page, or null. */
const struct tag *page_series(const struct page *p);

/* Is there a list of terms, or one of a term's articles, at that path? */
bool tags_have_path(const struct site *s, str path);

#endif
