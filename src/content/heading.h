/*
 * heading -- the first heading of a Markdown text, for articles without a title.
 *
 * A quick look at lines, not a parse: code is passed over, marks are stripped.
 */
#ifndef CONTENT_HEADING_H
#define CONTENT_HEADING_H

#include "base/str.h"

struct arena;

/* As plain text; empty when there is none. */
str heading_first(str body, struct arena *a);

#endif
