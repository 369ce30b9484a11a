/*
 * registry -- what articles compare: the languages that gen knows, and over them the options of
 * a site: frameworks, databases, languages of its own.
 *
 * Tags, fences, table headings, options of matrices and `languages:` of front matter all
 * resolve here.  A null registry has the built-in languages alone.  Once made it is only read,
 * by any number of threads.
 */
#ifndef HIGHLIGHT_REGISTRY_H
#define HIGHLIGHT_REGISTRY_H

#include "base/map.h"
#include "highlight/language.h"

/* An option of the site, or a built-in language that the site changes. */
struct registry_option {
	struct language language; /* its lexer is that of `base` */
	/* Built-in: changed by it, or what its code is highlighted as; null: neither. */
	const struct language *base;
	str group;       /* "Frameworks"; empty for languages */
	int rank;        /* of the group, in the order of gen.yaml; 0 for languages */
	str description; /* or empty */
	int line;        /* in gen.yaml */
};

struct registry {
	struct registry_option *own;
	size_t own_count;
	struct map words; /* in lower case -> struct registry_option */
};

/* By name, slug or other spelling, without case; null when unknown. */
const struct language *registry_find(const struct registry *r, str word);

/*
 * What a comparison means by a name: as registry_find(), but the many fence words of a format
 * are names of things of their own ("mysql" is not SQL, nor "docker" a Dockerfile).
 */
const struct language *registry_compared(const struct registry *r, str name);

/* What the site says of a language that was found; null when it says nothing. */
const struct registry_option *registry_own(const struct registry *r, const struct language *l);

/* The slug of the built-in language whose rules its code follows. */
str registry_syntax(const struct registry *r, const struct language *l);

/* The name that `word` is nearly, in one of all that can be compared; else empty. */
str registry_nearest(const struct registry *r, str word, struct arena *a);

/*
 * Let `word` lead to one of the site's own. Returns the one that it leads to already, or null
 * when there was none.
 */
const struct registry_option *registry_claim(
	struct registry *r, str word, struct registry_option *option);

#endif
