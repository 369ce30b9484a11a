/*
 * permalink -- addresses by pattern: "/:year/:month/:slug/".
 *
 * Names stand for parts of an article, as in Hugo; each becomes a slug.  Everything else is taken as it is.
 */
#ifndef SITE_PERMALINK_H
#define SITE_PERMALINK_H

#include "base/diag.h"

struct article;
struct buf;

/* Is the pattern one? Says what is wrong at `at`. */
bool permalink_check(str pattern, loc at, struct diags *d);

/*
 * Append the path of an article, without the first slash. False (silently) when the pattern asks for something that
 * the article does not have; `missing` then is its name: "date", or the token.
 */
bool permalink_write(str pattern, const struct article *article, struct buf *out, str *missing);

#endif
