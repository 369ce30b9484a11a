/*
 * search -- the files that the search page reads: docs/searching.md has their formats.
 *
 * A small site has one file.  A large one has an entry file that names the others, so that a question is
 * answered from a few of them: parts of the index by the first letters of words, and titles by the dozen.
 * All are made from what composing left behind (struct page_facts) and from metadata, and are named by a
 * hash of what is in them.
 */
#ifndef SITE_SEARCH_H
#define SITE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "data/value.h"

struct arena;
struct site;

struct search {
	str path;     /* in the site, of the file to begin with; empty: there is no search */
	size_t count; /* articles in it */
};

/* Where the files go. Any thread. */
struct search_sink {
	void *ctx;
	void (*put)(void *ctx, str path, str bytes);
	/* The file of an earlier build is there, and stays: names are hashes of what is in it. May be null. */
	bool (*keep)(void *ctx, str path);
};

/*
 * Make the index of all composed articles: fills s->search, and puts the files into `sink` (may be
 * null: then only their names are made).
 */
void search_make(struct site *s, const struct search_sink *sink);

/* The address of the search page, or empty when there is none. */
str search_url(const struct site *s, struct arena *a);

/* The address of the file to begin with, for templates; null before search_make(). */
struct value search_index(const struct site *s, struct arena *a);

#endif
