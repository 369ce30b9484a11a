/*
 * packages_parts -- what the files that fetch packages share; not for others.
 */
#ifndef EXAMPLES_PACKAGES_PARTS_H
#define EXAMPLES_PACKAGES_PARTS_H

#include "examples/packages.h"

enum { FETCH_MS = 300000, ASK_MS = 20000 };

/* Where packages lie, and what says that they are all there. */
struct package_place {
	str folder, mark;
};

/* One example's packages, on their way. */
struct fetch {
	const struct packages *packages;
	const struct example *example;
	str folder; /* to work in, empty; what is to be kept is made in made/ (not by Go) */
	bool locked; /* e->locks say what to take */
	bool names; /* the client is told the names of the packages, after its words */
	str *why;
};

/* Fetch, by the lock or else making one. Each fills all files of the lock. */
bool packages_go(struct fetch *f, struct example_file *locks, struct arena *a);
bool packages_pip(struct fetch *f, struct example_file *locks, struct arena *a);
bool packages_npm(struct fetch *f, struct example_file *locks, struct arena *a);

/* Run a client in the folder; `words` and `env` (or null) end with a null. False, and why, when it fails. */
bool packages_call(struct fetch *f, const char *const *words, const char *const *env, struct arena *a);

/* Files of the folder. */
bool packages_put(struct fetch *f, str name, str bytes, struct arena *a);
bool packages_take(struct fetch *f, str name, struct example_file *out, struct arena *a);

bool packages_fail(struct fetch *f, str why);

#endif
