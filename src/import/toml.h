/*
 * toml -- TOML 1.0 to values, for front matter of Hugo and Zola.
 *
 * Dates stay strings as they are written.  Keys and values have their line and column.
 */
#ifndef IMPORT_TOML_H
#define IMPORT_TOML_H

#include "data/value.h"

/* Read `text`, which starts on line `first_line` of `src`. The result is a map. */
bool toml_read(const struct source *src, str text, int first_line, struct value *out,
	struct arena *a, struct diags *d);

#endif
