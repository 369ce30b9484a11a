/*
 * related -- articles that share tags.
 *
 * For each tag of an article only its nearest neighbours in that tag's list are looked at, so the
 * work grows with the number of tag uses and not with their square.
 */
#ifndef SITE_RELATED_H
#define SITE_RELATED_H

struct site;

void related_find(struct site *s);

#endif
