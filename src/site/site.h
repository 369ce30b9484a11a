/*
 * site -- everything that is known of a site while it is built: metadata, not text.
 *
 * The stages fill it in turn: load (articles), link (addresses, tags, neighbours), compose (what each page
 * leaves behind), check.  Link and later stages that run on several threads write only to their own page.
 */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "content/article.h"
#include "content/runner.h"
#include "data/value.h"
#include "site/config.h"
#include "site/rendered.h"
#include "site/search.h"
#include "site/terms.h"
#include "site/theme.h"

struct language;
struct matrix_facts;
struct list_plan;
struct page;
struct stage;
struct template;

struct site_options {
	str source;   /* the site's folder; "." */
	str output;   /* "": site/ below the source */
	str base_url; /* replaces that of gen.yaml; "" does not */
	bool drafts, future, expired;
	bool strict; /* warnings are errors */
	bool minify; /* less white space in pages */
	bool force;  /* see stage.h */
	bool check;   /* look only: nothing is written, and more is looked at */
	bool external; /* keep links to other sites for a look at them */
	bool rebuild; /* do not trust the manifest */
	int jobs;    /* threads; 0: as many as processors */
};

/* A way to sort articles: tags, series, and those that gen.yaml names. */
struct taxonomy {
	str name, plural; /* "topic", "topics" */
	str title;	  /* "Topics" */
	str path, url;	  /* "topics/" */
	int line;	  /* where gen.yaml names it; 0: built in */
	struct tag **terms; /* by name */
	size_t count;
};

/* The first two of a site's taxonomies. */
enum { TAXONOMY_TAGS, TAXONOMY_SERIES, TAXONOMIES_BUILT_IN };

/* A tag, or another term of a taxonomy. */
struct tag {
	str name, slug;
	str path; /* "tags/go/" */
	const struct taxonomy *of;
	str url;
	const struct language *language; /* null when the tag is none */
	struct page **pages;		 /* in the order of lists; of a series from its first part on */
	size_t count, cap;
	const struct page *first; /* who named it first, for messages */
	int first_line;
};

/* A folder of content with articles of its own: "go/" lists them. */
struct section {
	str name;  /* "go", "go/web"; never empty */
	str title;
	str path, url;
	struct page *index; /* its _index.md, or null */
	struct page **pages;
	size_t count, cap;
};

enum page_state { PAGE_PUBLISHED, PAGE_DRAFT, PAGE_FUTURE, PAGE_EXPIRED };

/* An example whose files readers can take along. */
struct page_example {
	str id, title, language, kind; /* kind: "run", "check", "serve" */
	str tool;		       /* that it was recorded with; empty when it is not recorded as it is */
	str source, zip;	       /* addresses */
};

/* A comparison table that has a caption. */
struct table_facts {
	str id, caption; /* the caption as text */
	str *slugs;	 /* of its options */
	size_t slug_count;
	struct table_facts *next;
};

/* What composing a page leaves behind for lists and checks. */
struct page_facts {
	str summary;
	str feed_html; /* its text with absolute addresses, when feeds hold all of it */
	size_t words;
	uint64_t text_hash; /* of its letters and digits, without the title; in a check only */
	int minutes;
	bool has_verdict, close, tie;
	str winner, verdict;
	struct matrix_facts *matrices; /* all of its decision matrices, in order */
	struct table_facts *tables; /* its comparison tables that have a caption, in order */
	struct rendered rendered; /* ids and links of its HTML */
	size_t examples; /* declared */
	size_t left_out; /* blocks of code that are never run, and do not say why; of `gen check` only */
	struct page_example *example_list; /* given out */
	size_t example_list_count;
	str *files; /* shown by its blocks: every file that composing reads, but for the article and its records */
	size_t file_count;
	str search; /* its words, packed: see terms.h; empty: not in the search index */
	uint64_t *targets; /* what its links lead to: target_hash() of each */
	size_t target_count, target_cap;
	bool unsettled; /* it has a link that a new page or file could lead elsewhere */
};

/* A language or another option that articles compare, and its hub "languages/go/". */
struct compared {
	str name, slug, color;
	str group, description; /* as gen.yaml says, or empty */
	int rank; /* of the group among the others */
	str path;
	str url; /* empty: the site compares nothing, and has no hubs */
	struct page **pages; /* newest first */
	size_t count, cap;
	struct pair **pairs; /* by address */
	size_t pair_count, pair_cap;
	const struct page *first; /* who named it first, for messages */
	int first_line;
};

/* Two of them that articles set against each other: "compare/go-vs-python/". */
struct pair {
	struct compared *a, *b; /* the slug of `a` comes first */
	str title;		/* "Go vs Python" */
	str path, url;
	str reverse; /* "compare/python-vs-go/" leads there */
	struct page **pages; /* newest first */
	size_t count, cap;
};

/* The terms of one taxonomy that a page has. */
struct page_terms {
	struct tag **at;
	size_t count;
};

struct page {
	struct article meta;
	enum page_state state;
	bool broken;   /* its head has errors */
	bool included; /* in this build */
	bool may_run;  /* its text looks as if it declared examples */
	bool listed;   /* an article, in lists; false for _index.md */
	str path;      /* below the site's root, not encoded: "go/errors/" */
	str url;       /* with the base path, encoded */
	str canonical; /* absolute, or empty */
	struct tag **tags;
	size_t tag_count;
	struct compared **languages;
	struct page_terms *terms; /* by the site's taxonomies, tags as well */
	size_t part;		  /* of its series, from 1; 0: it is in none */
	size_t language_count;
	struct pair **pairs; /* of its languages */
	size_t pair_count;
	const struct template *template;
	bool fed_whole; /* feeds hold all of its text */
	const struct page *newer, *older;
	const struct page *related[3];
	size_t related_count;
	struct page_facts facts;
	struct diags diags;
	uint64_t inode; /* of its file */
	uint64_t head;  /* hash of all that the article's metadata is made from */
	uint64_t text;  /* hash of the whole file */
};

/* A file of content or static that is copied. */
struct asset {
	str from; /* on disk */
	str path; /* in the site */
	bool of_content;
};

/* A file that a page brings with it, such as a table of its as CSV. */
struct page_file {
	str path, bytes; /* in the worker's memory for the page */
	struct page_file *next;
};

struct worker {
	struct arena kept; /* as long as the site */
	struct arena page; /* emptied after each page */
	struct buf text, body, out;
	struct page_file *files; /* of the page being composed */
	struct terms terms;	 /* the same */
	struct place *places;	 /* links of its text, the last first */
	uint64_t *seen;		 /* see rendered.c */
};

struct site {
	const struct site_options *options;
	struct config config;
	struct source config_source;
	struct runners runners; /* those of gen.yaml over the built-in ones */
	struct arena *arena;
	struct diags *diags;
	struct theme theme;
	bool theme_ready;
	int64_t now;
	int workers;
	struct worker *worker;

	struct file_walk content, statics, data, templates;
	struct page *pages; /* by path in the content folder */
	size_t page_count;
	struct page **articles; /* included and listed, in the order of lists */
	size_t article_count;
	struct page **dated; /* the same by date, newest first, undated last */
	struct page *home; /* content/_index.md or content/index.md, or null */
	struct asset *assets;
	size_t asset_count;
	struct taxonomy *taxonomies;
	size_t taxonomy_count;
	struct tag **tags; /* by name: the terms of the first taxonomy */
	size_t tag_count;
	struct section **sections; /* by name */
	size_t section_count;
	struct compared **compared; /* by name without case */
	size_t compared_count;
	struct map compared_by_slug; /* slug -> struct compared */
	struct pair **pairs; /* by address; none when no article compares two */
	size_t pair_count;
	struct page **matrix_pages; /* articles that seem to have a decision matrix, newest first */
	size_t matrix_page_count;

	struct search search; /* made when all articles are composed */

	struct map by_file;  /* path below content -> struct page */
	struct map by_path;  /* path in the site, "go/errors/" -> struct page */
	struct map aliased;  /* paths that aliases of articles have */
	struct map known;    /* every other path that will exist -> its struct list_kind, null for files */
	const struct list_plan *lists; /* what is made besides the articles, once it is planned */
	struct map data_files; /* folded paths of the author's own .csv and .json */
	struct value feeds_value; /* the site's feeds, as the heads of pages name them; an empty list when there are none */
	struct value data_value; /* what templates see as `site.data` */
	struct value site_value, assets_value; /* what templates see as `site` and `assets` */
};

/* Read the configuration and see which files there are. False when the site cannot be built at all. */
bool site_scan(struct site *s, const struct site_options *options, struct arena *a, struct diags *d);

/*
 * Read theme, data and the heads of all articles. False when something is wrong with them; pages that are
 * broken are marked, and the others may still be looked at while `s->theme_ready`.
 */
bool site_load(struct site *s);

/*
 * The same in steps, for who keeps pages from one build to the next: theme, data, and which articles there are;
 * one article's head (its messages stay in p->diags); what depends on all heads.
 */
bool site_load_settings(struct site *s);
void site_load_page(struct site *s, struct page *p, struct worker *w);
void site_load_values(struct site *s);

/* Draft, future, expired: by the article's metadata and the time; and whether it is built then. */
void site_date_page(const struct site *s, struct page *p);

/* Addresses, collisions, tags, sections, order, neighbours. */
bool site_link(struct site *s);

/* The folder that output goes to, absolute or relative to the current folder. */
str site_output(const struct site_options *options, struct arena *a);

/* Why a page is not in the build: "draft", "dated 2027-01-01", ... and the flag that would include it. */
str page_skipped(const struct page *p, const struct site *s, const char **flag, struct arena *a);

/* Give back what the workers hold. */
void site_close(struct site *s);

#endif
