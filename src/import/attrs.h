/*
 * attrs -- the words in a shortcode: name, positional and named values.
 */
#ifndef IMPORT_ATTRS_H
#define IMPORT_ATTRS_H

#include "base/str.h"

enum { ATTRS_MOST = 24 };

struct attrs {
	str name; /* the first word */
	struct {
		str key, value; /* key is empty for a positional one */
	} at[ATTRS_MOST];
	size_t count;
};

/* `highlight go "linenos=table" hl=2`: quotes are ", ' and `. */
void attrs_read(str text, struct attrs *out);

/* The value of a named one; empty when there is none. */
str attrs_get(const struct attrs *t, str key);

/* The positional one of this number, from 0; empty when there are fewer. */
str attrs_word(const struct attrs *t, size_t index);

#endif
