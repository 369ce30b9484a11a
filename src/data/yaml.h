/*
 * yaml -- YAML 1.2 core schema to values, by libyaml.
 *
 * Every value and key has its line and column.  `no`, `on`, `1_000`, `12:30`
 * and dates stay strings; null, true, false, integers (0x, 0o too) and floats
 * (.inf, .nan too) are typed (YAML 1.2.2, section 10.3.2).  Refused, with the
 * place: duplicate keys (both places named), keys that are not scalars, unknown tags,
 * more than one document, too much depth, too many nodes once aliases are expanded.
 */
#ifndef DATA_YAML_H
#define DATA_YAML_H

#include "data/value.h"

struct yaml_limits {
	int depth;	  /* 0: 64 */
	size_t max_nodes; /* 0: 100,000; an alias counts as all that it stands for */
};

/*
 * Read `text`, which starts on line `first_line` of `src` (front matter starts on 2).
 * Values point into `a`, never into `text`. An empty document is null.
 * On failure `out` is null and `d` says why.
 */
bool yaml_read(const struct source *src, str text, int first_line, const struct yaml_limits *limits,
	struct value *out, struct arena *a, struct diags *d);

#endif
