/*
 * session_parts -- the inside of a session: look.c finds what changed, print.c what depends on it, session.c
 * makes that.
 */
#ifndef SITE_SESSION_PARTS_H
#define SITE_SESSION_PARTS_H

#include <pthread.h>
#include <stdatomic.h>

#include "site/lists.h"
#include "site/session.h"
#include "site/site.h"

enum { SESSION_WORKERS = 64 };

/* Output files besides the page itself. */
struct extra {
	str path;
	struct extra *next;
};

/* What a link may lead to, and what it is like. */
struct address {
	uint64_t target, value;
};

/* What is known of a page or list beyond the site's own structs. */
struct made {
	uint64_t said_verdicts; /* of its matrices and tables, when it was made last */
	uint64_t own;	  /* of its own text and files */
	uint64_t context; /* of what it shows of the rest of the site */
	uint64_t item;	  /* of what lists show of it, its text aside */
	uint64_t print;	  /* of all that it is made from now */
	uint64_t told;	  /* the print that its facts and messages are of; 0: none */
	uint64_t shown;	  /* the print that the output is of; 0: none */
	uint64_t planned; /* the build that had this list last */
	uint64_t touched; /* counts changes that its files' times may not tell */
	struct page loaded; /* as it was before linking */
	struct diags load_said, said;
	struct arena head, body; /* of metadata and of facts, when read or made alone */
	struct rendered rendered; /* of a list: ids and links of its HTML */
	struct extra *extras;
	uint64_t extra_names;
	int64_t read_ns; /* when it was read */
};

struct session {
	struct site site;
	struct site_options options;
	struct arena options_memory;
	bool live;	 /* there is a site from the last build */
	bool look_again; /* what the changes were is not known */
	bool linked_out; /* links have to be made again */
	bool linked_fine;
	bool settled;	   /* all was made once */
	bool assets_moved; /* which files have to be copied is not known */
	uint64_t count;	 /* of builds */
	struct arena bases[2]; /* files, configuration, theme, data: one of the site, one for the next */
	int base;
	struct arena links;  /* what linking makes */
	struct arena lists;  /* struct made of lists, and their names */
	struct arena outputs_memory[2];
	struct worker workers[SESSION_WORKERS];
	struct arena messages[SESSION_WORKERS]; /* of each worker, for one build */
	struct site unlinked; /* as it was before linking */
	struct asset *assets; /* the same */
	struct list_plan plan;
	struct diags scan_said, link_said;
	struct made *pages;  /* as site.pages */
	struct made **jobs;  /* as plan.jobs */
	struct map by_path;  /* of a list -> its struct made */
	struct map outputs;  /* paths of the output that is there */
	int outputs_at;
	struct map names;    /* address of a page template -> struct map of what it may ask for */
	struct map all_names;
	uint64_t settings;   /* of configuration, theme, data, options, day */
	uint64_t values;     /* of settings and what all pages see */
	uint64_t plan_print, tags;
	struct address *addresses; /* all that links may lead to, sorted */
	size_t address_count;
	int64_t until; /* when an article's time comes; 0: never */
	uint64_t *shown_pages, *shown_metas, *shown_said;
	atomic_bool recount; /* the paths of the output may be others */
	uint64_t seen[SESSION_WORKERS][1024]; /* see rendered.c */
	pthread_mutex_t search_lock; /* for search_files */
	struct arena search_memory[2];
	struct map search_files[2]; /* paths of the index that was made last, and of the next */
	int search_at;
	struct arena shown_memory;
	struct map search_shown; /* those that are there */
	struct search search;	 /* that was made last */
	bool search_due; /* to be made by the next build */
	bool puts_off;	 /* see session_put_off() */
};

/* `path` below the site's folder `name`; ptr is null when it is not. */
str session_below(const struct session *s, str name, str path, struct arena *a);

/* Read what changed. False when there can be no site; `fine` is false after any error. */
bool session_look(struct session *s, const struct session_changes *changes, bool *fine);

/* Forget all that was made. */
void session_forget(struct session *s);

/* Addresses, tags, lists, when metadata has changed; and what that leads elsewhere. */
bool session_link(struct session *s);

/* After linking: hashes of what pages show of one another. */
void session_print_contexts(struct session *s);

/* Of the matrices and tables that composing left. */
uint64_t print_verdicts(const struct page_facts *f);

/* Of all that pages (those whose `own` is 0 anew) and lists are made from. */
void session_print(struct session *s);
uint64_t print_settings(const struct session *s, const struct site *site);

#endif
