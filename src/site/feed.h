/*
 * feed -- which lists of a site have feeds, and where.
 *
 * Feeds need absolute addresses and dates: a site without `base_url` has none, nor has a list without a dated article.
 * The feeds of a list stand beside it: "tags/go/" has "tags/go/feed.atom" and "tags/go/feed.json".
 */
#ifndef SITE_FEED_H
#define SITE_FEED_H

#include "data/value.h"

struct arena;
struct page;
struct site;

enum feed_format { FEED_ATOM, FEED_JSON };

bool feeds_of_site(const struct site *s);

/* Of a tag, another term, or a folder. */
bool feeds_of_list(const struct site *s, struct page *const *pages, size_t count);

/* The path of the feed of the list at `path`. */
str feed_path(str path, enum feed_format format, struct arena *a);

/* Its address. */
str feed_url(const struct site *s, str path, enum feed_format format, struct arena *a);

/* For <link rel="alternate">: items `url type title` of both feeds of a list. */
struct value feeds_value(const struct site *s, str path, str title, struct arena *a);

/* The newest of `pages` that have a date, newest first: at most `most`, in `out`. */
size_t feed_newest(
	const struct site *s, struct page *const *pages, size_t count, struct page **out, size_t most);

/* Say which articles feeds hold whole, before they are composed. */
void feeds_mark(struct site *s);

#endif
