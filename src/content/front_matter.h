/*
 * front_matter -- the keys of an article's head, from their values to a struct article.
 *
 * Keys compare without case, '_' and '-'.  Keys that gen does not know are kept under params.
 */
#ifndef CONTENT_FRONT_MATTER_H
#define CONTENT_FRONT_MATTER_H

#include "content/field.h"

/*
 * Fill `out` from `root`, a map or null. All that is kept is copied into the arena of `f`; false
 * when something is wrong, and all of it has been said.
 */
bool front_matter_read(const struct fields *f, const struct value *root, struct article *out);

#endif
