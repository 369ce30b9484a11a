/*
 * language -- the registry of languages: names, slugs, fence words, colours.
 *
 * Tags, fences, table headings and `languages:` of front matter all resolve here.
 */
#ifndef HIGHLIGHT_LANGUAGE_H
#define HIGHLIGHT_LANGUAGE_H

#include "base/str.h"

struct lexer;

struct language {
	str name;	     /* as people write it: "C++" */
	str slug;	     /* in URLs and classes: "cpp" */
	/*
	 * Other spellings, split by spaces: "c++ cxx hpp cc". Those behind "|" are words of fences
	 * alone: names of something else that is written in the language ("| mysql" of SQL).
	 */
	str words;
	str color;	     /* "#00ADD8": the language's own, or empty */
	const struct lexer *lexer; /* null: shown as plain text */
	bool programming;    /* a language that articles compare; false for JSON, diff, text, ... */
};

/* By fence word, name or slug, without case; null when unknown. Thread-safe. */
const struct language *language_find(str word);

/* All, sorted by name. */
const struct language *language_all(size_t *count);

#endif
