/*
 * lists -- the pages and files that are made from many articles: home, tags, sections, archive,
 * feed, sitemap.
 */
#ifndef SITE_LISTS_H
#define SITE_LISTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct diags;
struct list_kind;
struct site;
struct value;
struct worker;

/* One page or file to make. */
struct list_job {
	const struct list_kind *kind;
	str path; /* in the site */
	const void
		*about; /* struct tag, struct section, struct page, ...: what the kind says */
	size_t number, count; /* page of so many */
	str base;             /* path of the first page */
};

struct list_plan {
	struct list_job *jobs;
	size_t count, cap;
};

/*
 * Say what will be made, in site order, and make its paths known to links. False, with
 * messages, when an article has taken one of the addresses.
 */
bool lists_plan(struct site *s, struct list_plan *plan);

/* Make one: in w->out. False with messages in `d`. */
bool lists_render(
	const struct site *s, const struct list_job *job, struct worker *w, struct diags *d);

/* The context of one, in w->page; null for a file that no template makes. */
bool lists_value(const struct site *s, const struct list_job *job, struct worker *w,
	struct diags *d, struct value *out);

/* The author's own text for it, or null. */
struct page *lists_text(const struct site *s, const struct list_job *job);

/* The name of the template that makes it, or empty. */
str lists_template(const struct list_job *job);

/* Does it count as a page: is it for people to read? */
bool list_is_page(const struct list_job *job);

#endif
