/*
 * target -- what an address on a page leads to.
 *
 * The rules are those of browsers (RFC 3986): an address is taken from the page that has it, "." and
 * ".." are folded, %XX is decoded, query and anchor do not count for where it leads.
 */
#ifndef SITE_TARGET_H
#define SITE_TARGET_H

#include "base/map.h"
#include "base/str.h"

struct arena;
struct page;
struct site;

enum target_state {
	TARGET_HERE,	/* a page or file of the site */
	TARGET_SELF,	/* "#x": the page itself */
	TARGET_OUTSIDE, /* another site, another scheme */
	TARGET_MISSING,
};

struct target {
	enum target_state state;
	str path;   /* in the site: "go/errors/" */
	str anchor; /* decoded, without '#'; empty without one or for the top of the page */
};

/* What `address` leads to on the page at `from`. */
struct target target_find(const struct site *s, str from, str address, struct arena *a);

/* The article that stands at a path, or null. */
const struct page *target_page(const struct site *s, str path, struct arena *a);

enum target_fault {
	FAULT_GONE,	/* there is nothing of the kind */
	FAULT_SLASH,	/* only the slash at the end is missing */
	FAULT_CASE,	/* only case differs */
	FAULT_BASE,	/* it would be there below the base path */
	FAULT_LEFT_OUT, /* a draft, or not published yet, or no longer */
};

/* Names by which what is missing may be meant: made once, for as many as there are. */
struct target_names {
	struct map folded;   /* path without case -> struct map_slot of the path */
	struct map left_out; /* path -> struct page */
};

struct target_names target_names_make(const struct site *s, struct arena *a);

/*
 * Why a missing target is missing; as well the address to write instead, or empty, and the article that is left
 * out, or null.
 */
enum target_fault target_explain(const struct site *s, const struct target_names *names, const struct target *t,
	str *instead, const struct page **left_out, struct arena *a);

#endif
