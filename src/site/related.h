/*
 * related -- articles that share tags and languages.
 *
 * For each tag and language of an article only its nearest neighbours in that list are looked at, so the
 * work grows with the number of their uses and not with its square.
 */
#ifndef SITE_RELATED_H
#define SITE_RELATED_H

struct site;

void related_find(struct site *s);

#endif
