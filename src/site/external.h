/*
 * external -- do the links to other sites lead to something?
 *
 * They are asked by the program curl, in rounds: of one host one address at a time, of all hosts a few at once, each
 * with a time-out and all with a limit together.  HEAD first, GET where a host will not have that.  A host that asks to
 * be left alone for a while (Retry-After) is.  Answers that were fine are kept for some days.
 */
#ifndef SITE_EXTERNAL_H
#define SITE_EXTERNAL_H

#include "base/diag.h"
#include "site/config.h"

struct arena;
struct links_external;

struct external_options {
	const struct config_links *config;
	str cache;    /* the file that keeps answers */
	bool refresh; /* do not trust it */
	int delay_ms; /* between two requests to one host */
};

struct external_report {
	size_t asked, kept, skipped, unknown; /* kept: known from the cache; skipped: by pattern or of a private network */
	bool unreachable; /* no host at all could be reached: nothing is known of the links */
};

/* Ask for all of them. Faults are errors of the gate in `d`, what cannot be said for sure warnings. */
void external_check(const struct links_external *links, size_t count, const struct external_options *o,
	struct external_report *r, struct arena *a, struct diags *d);

/* Is the host, of an address or a redirect, this machine or a network without a public address? */
bool external_is_private(str host);

/* "*" stands for anything; a pattern without one is the beginning of an address. */
bool external_matches(str pattern, str address);

#endif
