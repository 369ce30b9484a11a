/*
 * compared -- the languages and other options that the articles of a site compare, and the pairs of
 * them.
 */
#ifndef SITE_COMPARED_H
#define SITE_COMPARED_H

#include <stdbool.h>

struct site;

/*
 * Only what an article names in `languages` makes pairs: tags say what it is about. One that names
 * more than this is an overview and makes none, for they would be hundreds.
 */
enum { COMPARED_PAIRS_OF = 16 };

/*
 * Fill `languages` of each article (what it says it compares, else those of its tags that are
 * languages), and the site's `compared` and `pairs`. False when two names have one address.
 */
bool compared_make(struct site *s);

#endif
