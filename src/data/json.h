/*
 * json -- JSON (RFC 8259) to values by jansson, and values to JSON.
 */
#ifndef DATA_JSON_H
#define DATA_JSON_H

#include "data/value.h"

struct buf;

/* Duplicate keys are refused; depth is bounded. Values point into `a`. */
bool json_read(const struct source *src, str text, struct value *out, struct arena *a, struct diags *d);

struct json_style {
	int indent;	/* spaces a level; 0: one line */
	bool sort_keys; /* bytes that do not depend on the order of making */
};

/* A self-printing map is written as the map that it is. Bad UTF-8 becomes U+FFFD. */
void json_write(const struct value *v, const struct json_style *style, struct buf *out);

#endif
