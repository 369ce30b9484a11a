/*
 * tool_version -- the number in what a tool says of itself: "1.26.8" of "go version go1.26.8 linux/amd64".
 */
#ifndef CONTENT_TOOL_VERSION_H
#define CONTENT_TOOL_VERSION_H

#include <stdbool.h>

#include "base/str.h"

/* The first digits with a dot in `text`, else the first digits; empty when there are none. */
str tool_version(str text);

/* Is it "1", "1.22", "3.11.2": numbers with dots between? */
bool tool_version_is(str text);

/* By numbers, not letters: "1.9" < "1.22". Parts that one does not have count for nothing: "1.22" equals "1.22.3". */
int tool_version_cmp(str a, str b);

#endif
