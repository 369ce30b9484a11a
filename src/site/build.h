/*
 * build -- content to site: load, link, compose, collect, check, commit.
 */
#ifndef SITE_BUILD_H
#define SITE_BUILD_H

#include "base/diag.h"
#include "site/config.h"

struct arena;
struct site_options;

struct links_external;

struct build_skip {
	str path, reason, flag; /* "content/a.md", "draft", "--drafts" */
};

struct build_report {
	size_t pages, examples, assets;
	size_t left_out; /* blocks of code that are never run; counted by a check */
	size_t written, unchanged, removed;
	bool fresh; /* nothing had changed since the last build: nothing was read but names and times */
	str output; /* the folder */
	const struct build_skip *skips;
	size_t skip_count;
	struct links_external *externals; /* with site_options.external: links to other sites */
	size_t external_count;
	struct config_links links; /* and how they are to be checked */
};

/*
 * Build the site. On any error (with `strict`: warning) nothing is published and the old site stays; false then.
 * All messages of the run are in `d`, sorted.
 */
bool site_build(const struct site_options *options, struct build_report *report, struct arena *a,
	struct diags *d);

#endif
