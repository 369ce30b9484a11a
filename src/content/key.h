/*
 * key -- the names of front matter: which there are, how else they are spelled, what comes near.
 */
#ifndef CONTENT_KEY_H
#define CONTENT_KEY_H

#include "base/str.h"

/* In the order of article_keys(). */
enum key {
	KEY_TITLE,
	KEY_DESCRIPTION,
	KEY_DATE,
	KEY_UPDATED,
	KEY_AUTHORS,
	KEY_TAGS,
	KEY_LANGUAGES,
	KEY_IMAGE,
	KEY_DRAFT,
	KEY_PUBLISHED,
	KEY_PUBLISH_DATE,
	KEY_EXPIRES,
	KEY_SLUG,
	KEY_URL,
	KEY_ALIASES,
	KEY_SERIES,
	KEY_WEIGHT,
	KEY_SUMMARY,
	KEY_TOC,
	KEY_SEARCH,
	KEY_TEMPLATE,
	KEY_PARAMS,
	KEY_SOURCES,
	KEY_CLAIMS,
	KEY_TAXONOMIES,
	KEY_NONE,
};

/* The key that is written so, by its name or an alias. */
enum key key_find(str written);

/*
 * The name of which `written`, no known key, may be a typing error; else empty. Words that other
 * generators know are none.
 */
str key_nearest(str written);

#endif
