/*
 * links -- what is wrong with the links of the finished pages, said once each.
 *
 * A fault is put at its place: in the article's text, in gen.yaml, a template or a data file when it is written
 * there; else it is said of the page.  A dead link in the head of every page is one message.
 */
#ifndef SITE_LINKS_H
#define SITE_LINKS_H

#include "base/diag.h"

struct arena;
struct list_plan;
struct rendered;
struct site;

/* After all pages are made; `jobs` has one for each job of the plan. Warnings, or errors of the gate in a check. */
void links_report(struct site *s, const struct list_plan *plan, const struct rendered *jobs);

/* A link to another site, and where it is first. */
struct links_external {
	str address;	/* without its anchor */
	str path, text; /* of the file that has it */
	int line, col;
	size_t pages;  /* how many have it */
	str last_page; /* for the counting */
};

/* All of them, by address; see site_options.external. Lasts as long as `a`. */
size_t links_external(const struct site *s, const struct list_plan *plan, const struct rendered *jobs,
	struct links_external **out, struct arena *a);

#endif
