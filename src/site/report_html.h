/*
 * report_html -- the HTML of an article, made to stand alone: see report.h.
 */
#ifndef SITE_REPORT_HTML_H
#define SITE_REPORT_HTML_H

#include "base/diag.h"
#include "base/map.h"

struct buf;
struct page;
struct report_result;
struct site;

/* An article of the report. */
struct report_part {
	str id;
	str prefix; /* of the ids in it, so that those of several articles differ; or empty */
};

struct report_html {
	const struct site *site;
	const struct page *page;     /* whose HTML it is */
	str prefix;		     /* of its part */
	const struct map *parts;     /* path in the site -> struct report_part, of the articles that it has */
	const struct map *files;     /* path in the site -> struct asset */
	struct report_result *result;
	struct diags *diags;
};

void report_html_write(const struct report_html *r, str html, struct buf *out);

#endif
