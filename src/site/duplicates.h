/*
 * duplicates -- articles that readers and search engines cannot tell apart: `gen check` warns of them.
 */
#ifndef SITE_DUPLICATES_H
#define SITE_DUPLICATES_H

struct site;

/* After all pages are composed: the same title, description, or text. */
void duplicates_report(struct site *s);

#endif
