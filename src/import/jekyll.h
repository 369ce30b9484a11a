/*
 * jekyll -- names of files and addresses as Jekyll makes them.
 */
#ifndef IMPORT_JEKYLL_H
#define IMPORT_JEKYLL_H

#include "base/str.h"

struct arena;
struct value;

/* "2015-01-31-name" has a date. */
bool jekyll_has_date(str stem);

/* The name for a file of gen: without the date. */
str jekyll_slug(str stem, struct arena *a);

/*
 * The address by a pattern ("/:categories/:year/:month/:day/:title:output_ext") or the name of
 * one ("pretty"), for an article of this date, "2015-01-31...". Empty when the pattern has a
 * word that is not known.
 */
str jekyll_address(
	str pattern, str date, str slug, const struct value *categories, struct arena *a);

#endif
