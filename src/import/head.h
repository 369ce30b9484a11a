/*
 * head -- front matter as YAML text that gen, and people, read back as it was.
 */
#ifndef IMPORT_HEAD_H
#define IMPORT_HEAD_H

#include "data/value.h"

struct buf;

enum { HEAD_DEPTH = 40 };

/* "key: value" lines in the order of the map; null values are left out. False when it is nested
 * deeper than HEAD_DEPTH. */
bool head_write(const struct value *map, struct buf *out);

#endif
