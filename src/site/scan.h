/*
 * scan -- the addresses and ids of a rendered page, one after the other, in one pass.
 *
 * Reading every tag would be a tenth of a build, for most are spans of highlighted code.  The quick way goes from
 * one '=' to the next and looks at the name before it; it may also find what stands in a comment, a script or the
 * text, where it is none of the page's.  The exact way reads the tags.  So a page of which the quick way finds
 * nothing wrong has nothing wrong, and any other is read again.
 *
 * Values are as they were written: entities are decoded by scan_decode().
 */
#ifndef SITE_SCAN_H
#define SITE_SCAN_H

#include "base/str.h"

struct arena;

enum scan_kind {
	SCAN_ID,
	SCAN_NAME,  /* <a name="">: an anchor as well */
	SCAN_LINK,  /* href of <a> and <area>, action, formaction */
	SCAN_ASSET, /* what the page loads or names: src, poster, href of <link>, a picture for cards */
	SCAN_SET,   /* srcset: several addresses */
};

struct scan_hit {
	enum scan_kind kind;
	str value;
};

struct scan {
	const char *start, *at, *end;
	bool exact;
	str element; /* whose attributes are being read; empty between tags */
	bool rebased; /* a <base href> came by: relative addresses lead elsewhere */
};

struct scan scan_start(str html, bool exact);

/* The next one; false at the end of the page. */
bool scan_next(struct scan *s, struct scan_hit *out);

/* The next address of a srcset; false behind the last. */
bool scan_set_next(str *set, str *address);

/* The value with its entities decoded; the same when it has none. */
str scan_decode(str value, struct arena *a);

#endif
