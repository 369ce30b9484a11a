/*
 * list_kind -- one sort of page or file that is made from many articles: the home page, tags, a
 * feed, ...
 *
 * A kind says which of its pages there will be when all articles are linked and before any is
 * composed, so that articles may link to them; each is made when all articles are composed.
 * What it shows comes from the site's metadata, its configuration and struct page_facts alone:
 * then a build of what changed equals a build of all.
 *
 * A new kind is a file list_<kind>.c and a line in lists.c.
 */
#ifndef SITE_LIST_KIND_H
#define SITE_LIST_KIND_H

#include "data/value.h"
#include "site/lists.h"

struct arena;
struct buf;
struct diags;
struct page;
struct shown;
struct site;
struct worker;

/* Jobs being planned. Those of kinds that stand earlier in lists.c are in `plan` already. */
struct planner {
	struct site *site;
	struct list_plan *plan;
	const struct list_kind *kind;
};

/* One job being made. */
struct making {
	const struct site *site;
	const struct list_job *job;
	struct worker *worker;
	struct arena *arena; /* the worker's, for this page */
	struct value value;  /* the context of the template */
	struct diags *diags;
};

struct list_kind {
	const char *template; /* its name; null when `write` makes the bytes */
	const char *noun;     /* "the home page", for messages */
	bool is_page; /* for people to read, and counted as such; not a feed */
	bool gives_way; /* to the author's own pages: it asks list_is_taken() before it adds a job */
	bool aside; /* a page that nobody should look for, such as that of wrong addresses: in no sitemap */

	/* Add its jobs, in site order. False, with messages, when an address is taken. */
	bool (*plan)(struct planner *p);

	/* Fill m->value for the template. False with messages. */
	bool (*make)(struct making *m);

	/* Instead of `template` and `make`: append the file's bytes. False with messages. */
	bool (*write)(struct making *m, struct buf *out);

	/*
	 * Where a page that only leads elsewhere leads to, as an address; such pages are in _redirects, and in no
	 * sitemap. Null for all other kinds.
	 */
	str (*target)(const struct site *s, const struct list_job *job);

	/*
	 * A hash over what the job shows of articles and tags, made with shown.h. Null is always
	 * right: then it is made again whenever any article has changed.
	 */
	uint64_t (*shows)(const struct shown *shown, const struct list_job *job);

	/* The author's own text above a list (content/_index.md), or null. May be null. */
	struct page *(*text)(const struct site *s, const struct list_job *job);
};

/*
 * Add a job, whose `kind` is set here, and make its path known to links. False, with a
 * message, when an article has that address.
 */
bool list_add(struct planner *p, struct list_job job);

/*
 * Has an article, its alias, the text of a folder (_index.md) or another list that address? For lists that give
 * way: then the author's own page stands where the list would be, and links to it lead there.
 */
bool list_is_taken(const struct planner *p, str path);

/* Note the aliases of articles: an alias goes before a list that gives way. */
void list_note_aliases(struct site *s);

/* The pages of a list of `items`: path, path/page/2/, ... */
bool list_add_pages(
	struct planner *p, const void *about, str path, size_t items, size_t per_page);

/* One page or file at `path`. */
bool list_add_one(struct planner *p, const void *about, str path);

/* What every page has, nothing of an article's. `kind` is the page's own in templates. */
void list_start(struct making *m, str kind, str title, str description);

/* The same, or from the job's own text. False when that cannot be shown. */
bool list_start_with_text(struct making *m, str kind, str title, str description);

/* The part of `pages` that this page of the list shows, as `articles`, and `pager`. */
void list_slice(struct making *m, struct page *const *pages, size_t count, size_t per_page);

/* Whose address that of a planned list is: "the archive", "the folder content/go". */
str list_owner(const struct site *s, str path);

/* The feeds of the list that is shown, instead of the site's. */
void list_feeds(struct making *m, str name, str path, struct page *const *pages, size_t count);

/* The text of a list: the _index.md that has its address. */
struct page *list_text_at(const struct site *s, const struct list_job *job);

/* "Tags, page 2" */
str list_numbered(const struct making *m, str title);

/* One a line: kinds come and go one by one. */
extern const struct list_kind list_home;
extern const struct list_kind list_tags;
extern const struct list_kind list_tag;
extern const struct list_kind list_languages;
extern const struct list_kind list_language;
extern const struct list_kind list_pairs;
extern const struct list_kind list_pair;
extern const struct list_kind list_pair_reverse;
extern const struct list_kind list_matrices;
extern const struct list_kind list_verdicts;
extern const struct list_kind list_section;
extern const struct list_kind list_archive;
extern const struct list_kind list_examples;
extern const struct list_kind list_404;
extern const struct list_kind list_robots;
extern const struct list_kind list_taxonomy;
extern const struct list_kind list_term;
extern const struct list_kind list_feed;
extern const struct list_kind list_feed_json;
extern const struct list_kind list_redirect;
extern const struct list_kind list_card;
extern const struct list_kind list_sitemap_part;
extern const struct list_kind list_sitemap;
extern const struct list_kind list_redirects_file;
extern const struct list_kind list_headers_file;
extern const struct list_kind list_nojekyll;
extern const struct list_kind list_cname;
extern const struct list_kind list_search;

#endif
