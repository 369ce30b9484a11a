/*
 * tag -- one tag of raw HTML, read from the text.
 */
#ifndef MARKDOWN_TAG_H
#define MARKDOWN_TAG_H

#include "base/str.h"

enum { TAG_NAME_MAX = 32 }; /* names are cut to this length */

struct attribute {
	str name, value; /* as written, the value without its quotes */
	bool has_value;
};

struct tag {
	str text; /* all of it, "<" to ">" */
	str name; /* in lower case, in `room` */
	char room[TAG_NAME_MAX];
	bool end;       /* </name> */
	str attributes; /* what stands between the name and ">" */
};

/* A start or end tag at the head of `s`, which begins with '<'; false when it is not well
 * written. */
bool tag_read(str s, struct tag *t);

/* Take the next attribute from `rest`; false when there is none, or not one that is well
 * written. */
bool tag_attribute(str *rest, struct attribute *a);

#endif
