/*
 * report -- articles as one file that needs nothing else: for mail and archives, and to print.
 *
 * Styles and images are in it, there is no script, and it asks no host for anything.  Links to other pages of the site
 * are whole when the site's address is known, else text.
 */
#ifndef SITE_REPORT_H
#define SITE_REPORT_H

#include "base/str.h"

struct arena;
struct buf;
struct diags;
struct site_options;

struct report_result {
	size_t articles, images;
	size_t texts; /* links to pages of the site that are text now */
};

/*
 * Append the report of `names`, files or addresses of articles, to `out`. False, with messages, when one is not there,
 * has errors, or the report is too large to be sent.
 */
bool report_make(const struct site_options *options, const str *names, size_t count, struct buf *out,
	struct report_result *result, struct arena *a, struct diags *d);

#endif
