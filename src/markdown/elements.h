/*
 * elements -- the HTML that `html: safe` lets through.
 */
#ifndef MARKDOWN_ELEMENTS_H
#define MARKDOWN_ELEMENTS_H

#include "base/str.h"

enum element_flags {
	ELEMENT_VOID = 1,    /* has no end tag: <br> */
	ELEMENT_IMPLIED = 2, /* its end tag may be left out: <li> */
};

struct element {
	str name;
	int flags;
	str attributes; /* beyond those that all have, each with a space at both ends */
	int family;     /* one of these ends another of the same family; 0: none */
};

/* Null when the element is not allowed. `name` is in lower case. */
const struct element *element_find(str name);

/* Is the attribute allowed on it? `name` is in lower case. */
bool element_allows(const struct element *e, str name);

/* Is what it holds no HTML ("script", "style", ...)? */
bool element_is_raw(str name);

#endif
