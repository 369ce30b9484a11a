/*
 * dependency -- a package that an example needs, as deps= names it.
 *
 *     Go                      deps="github.com/gin-gonic/gin@v1.10.0"    deps=gin
 *     Python                  deps="flask==3.0.3 uvicorn[standard]"
 *     JavaScript, TypeScript  deps="express@4.19.2 @types/node"
 *
 * Names and versions of a registry, nothing else: no addresses, paths, ranges or options. Without a version it is the newest when
 * packages are fetched, and from then on the one that is locked.
 */
#ifndef CONTENT_DEPENDENCY_H
#define CONTENT_DEPENDENCY_H

#include "base/diag.h"

struct arena;

/* Who fetches it. */
enum package_client { PACKAGES_NONE, PACKAGES_GO, PACKAGES_PIP, PACKAGES_NPM };

struct dependency {
	str name;    /* a short name of Go's written out */
	str version; /* "v1.10.0", "3.0.3"; empty: any */
	str word;    /* as the client is told */
};

/* For a language of the registry; PACKAGES_NONE: gen has no client for it. */
enum package_client package_client_of(str language);

/* Read one word. False when it is none, which is said. */
bool dependency_read(str word, enum package_client client, loc at, struct dependency *out, struct arena *a,
	struct diags *d);

#endif
