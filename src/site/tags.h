/*
 * tags -- the tags of a site, gathered from its articles.
 *
 * A tag that names a language is that language, whatever its spelling ("Golang" is Go).  Others are the same
 * when they are equal without case; two different ones with one slug are an error.
 */
#ifndef SITE_TAGS_H
#define SITE_TAGS_H

#include <stdbool.h>

struct site;

bool tags_make(struct site *s);

#endif
