/*
 * config -- gen.yaml: what holds for a whole site.
 *
 * Every key has a default, so a site without gen.yaml is a site.  An unknown key is an error.
 */
#ifndef SITE_CONFIG_H
#define SITE_CONFIG_H

#include "base/diag.h"
#include "content/article.h"
#include "data/value.h"
#include "highlight/registry.h"
#include "markdown/markdown.h"

struct arena;
struct deploy_target;

struct config_nav {
	str name, url;
};

/* Addresses of the articles in a folder; no section: of all others. */
struct config_permalink {
	str section, pattern;
};

/* How links to other sites are checked. */
struct config_links {
	struct str_list ignore;	 /* beginnings of addresses, or patterns with '*' */
	bool private_hosts;	 /* addresses of this machine and of private networks are asked as well */
	int64_t timeout, limit;	 /* seconds, of a request and of all */
	int64_t days;		 /* that an answer is believed */
};

struct config {
	struct config_links links;
	str title, description, language, author, copyright;
	str base_url;  /* "https://example.org/a/b/", or empty: addresses are relative to the host */
	str base_path; /* "/" or "/a/b/": of base_url */
	str origin;    /* "https://example.org", or empty */
	str source_url; /* where readers see the articles' files: the file's path is added; or empty */
	str content;   /* folder of the articles, below the source */
	int zone_minutes;
	int64_t paginate;	/* list items a page */
	int64_t summary_length; /* characters */
	bool examples;		/* readers can take the examples along */
	bool social_cards;	/* a picture for each article */
	bool exports;		/* index.json and CSV beside articles */
	bool search;		/* a search page and its index */
	bool toc;		/* contents on articles that say nothing of it */
	bool strict_templates;
	enum html_policy html;
	struct markdown_limits markdown;
	int64_t front_matter_bytes, yaml_depth, yaml_nodes, output_bytes;
	struct config_nav *nav;
	size_t nav_count;
	struct taxonomy_key *taxonomies; /* besides tags and series */
	size_t taxonomy_count;
	struct config_permalink *permalinks;
	size_t permalink_count;
	str cname; /* the site's own domain, for hosts that want it in a file */
	struct str_list disallow; /* paths that crawlers shall leave alone */
	bool feeds_full;	  /* whole articles instead of summaries */
	bool feeds_lists;	  /* of tags, other terms and folders as well */
	int64_t feed_items;
	struct value params; /* a map */
	struct registry registry; /* of languages, with the `options` of the site */
	struct deploy_target *deploy; /* where `gen deploy` puts the site */
	size_t deploy_count;
	struct value runners; /* a map: how languages are run, see content/runner.h */
	struct value toolchains; /* a map: language to the oldest version that examples may be recorded with */
};

struct config_key {
	str group; /* "limits" for the keys inside it, else empty */
	str name;
	str kind; /* "text", "number", "yes or no", ... */
	str standard;
	str meaning;
};

/*
 * Read gen.yaml; an empty text gives the defaults. `base_url` (of the command line) replaces the
 * file's when it is not empty.
 */
bool config_read(const struct source *src, str base_url, struct config *out, struct arena *a,
	struct diags *d);

typedef void config_visit(void *ctx, const struct config_key *key);

/* All keys, for the documentation. */
void config_keys(config_visit *visit, void *ctx);

#endif
