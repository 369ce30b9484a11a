/*
 * minify -- HTML with less white space, for --minify.
 *
 * A run of white space between words or tags becomes one character (a newline when it has one), so that what a
 * browser shows stays the same; comments go.  Nothing changes inside pre, textarea, script and style, nor inside tags.
 */
#ifndef SITE_MINIFY_H
#define SITE_MINIFY_H

#include "base/str.h"

struct buf;

/* Append `html` to `out`, smaller. */
void minify_html(str html, struct buf *out);

#endif
