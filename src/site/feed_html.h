/*
 * feed_html -- the HTML of an article as it can stand anywhere: every address absolute, no scripts.
 */
#ifndef SITE_FEED_HTML_H
#define SITE_FEED_HTML_H

#include "base/str.h"

struct buf;

/*
 * Append `html`. `origin` is "https://example.org", `url` the address of its page below that ("/a/b/"). What is no
 * well-formed tag stays as it is.
 */
void feed_html_write(str html, str origin, str url, struct buf *out);

#endif
