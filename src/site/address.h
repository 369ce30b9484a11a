/*
 * address -- where things are: paths in the site, and the addresses that lead there.
 *
 * A path is below the site's root, UTF-8, not encoded: "go/errors/".  Its address has the base path
 * and is percent-encoded (RFC 3986): "/a/b/go/errors/".
 */
#ifndef SITE_ADDRESS_H
#define SITE_ADDRESS_H

#include "base/str.h"

struct arena;

/* Everything but unreserved characters and '/' as %XX. */
str address_encode(str path, struct arena *a);

/* %XX decoded once; a bad escape stays as it is. */
str address_decode(str address, struct arena *a);

/* The base path and the encoded path. */
str address_of(str base_path, str path, struct arena *a);

/* Does it begin with a scheme ("https:", "mailto:") or "//"? */
bool address_is_external(str address);

/* "go/errors/" -> "go/errors/index.html"; "404.html" stays. */
str address_file(str path, struct arena *a);

#endif
