/*
 * condition -- what a client has already, and which part it wants: entity tags, dates, ranges
 * (RFC 9110, 8.8 and 14).
 */
#ifndef PREVIEW_CONDITION_H
#define PREVIEW_CONDITION_H

#include "base/str.h"

/* Is `tag` ("\"x\"") in a list as of If-None-Match? "*" has every tag; a weak one is compared
 * by its text. */
bool condition_lists_tag(str list, str tag);

/* All three forms of RFC 9110, 5.6.7. False on anything else. */
bool condition_read_date(str s, int64_t *out);

enum { CONDITION_DATE_BYTES = 30 };

/* "Fri, 20 Nov 2026 19:42:32 GMT", with a NUL behind it. */
void condition_write_date(int64_t when, char out[CONDITION_DATE_BYTES]);

enum range { RANGE_NONE, RANGE_PART, RANGE_IMPOSSIBLE };

/*
 * One range of bytes of `size`: [from, to). What is malformed, or asks for several, is
 * RANGE_NONE: the whole is a right answer to it.
 */
enum range condition_read_range(str s, uint64_t size, uint64_t *from, uint64_t *to);

/* Does the client take gzip, by its Accept-Encoding? */
bool condition_takes_gzip(str accept);

#endif
