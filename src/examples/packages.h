/*
 * packages -- what examples depend on: fetched by the clients of their languages, locked beside the article's records, kept
 * in gen's cache, and shown to the sandbox read-only.
 *
 * Fetching is the one thing that gen does with a network and the user's own rights, so it runs nobody's code: Go's modules are
 * only unpacked, Python's packages are ready-made wheels, npm runs no scripts.
 */
#ifndef EXAMPLES_PACKAGES_H
#define EXAMPLES_PACKAGES_H

#include "content/example.h"
#include "examples/toolchain.h"

struct packages {
	const struct toolchain *tool;
	str cache;  /* gen's; empty: there is no place for one */
	bool locked_only; /* take what is locked, lock nothing anew */
	bool relocks;	  /* lock everything anew */
};

/* The folder for the job, when everything is there. False, and `why` with what to run, when not. Without deps= it is empty. */
bool packages_find(const struct packages *p, const struct example *e, str article, str *folder, str *why, struct arena *a);

/*
 * Fetch what is missing. `records` is the folder of the article's records, where a new lock is written: e->lock_state is to be
 * read again then. False, and `why`, when the client fails.
 */
bool packages_fetch(const struct packages *p, const struct example *e, str records, str *why, struct arena *a);

/* Is the client of a language there? `version` is what it says of itself; false, and `why`, when not. */
bool packages_client(const struct toolchain *t, enum package_client client, str *version, str *why, struct arena *a);

/* What the job gets of them: files beside the program, environment, a link. */
struct job;
void packages_job(const struct example *e, str folder, struct job *j, struct arena *a);

#endif
