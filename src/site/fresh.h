/*
 * fresh -- has anything changed since the last build?
 *
 * The manifest's note holds a hash over the names, sizes and times of everything that the build read, over the
 * program, its options and the day; and until when it holds, because a date in an article can come to pass.
 * A build with warnings leaves no such note, so that they are shown again.
 */
#ifndef SITE_FRESH_H
#define SITE_FRESH_H

#include "base/str.h"

struct arena;
struct build_report;
struct site;

/* After site_scan(): the hash over everything that a build would read. */
uint64_t fresh_key(const struct site *s);

/* Is the output what a build would make? Then `report` is what it would report. */
bool fresh_check(const struct site *s, uint64_t key, str output, struct build_report *report, struct arena *a);

/* The next moment at which an article is published or expires; 0: none is to come. */
int64_t fresh_until(const struct site *s);

/* The note for the manifest. `started` is when the scan began, in nanoseconds since 1970. */
str fresh_note(const struct site *s, uint64_t key, int64_t started, const struct build_report *report,
	struct arena *a);

#endif
