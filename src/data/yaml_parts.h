/*
 * yaml_parts -- what the files of the YAML reader share; not for other layers.
 */
#ifndef DATA_YAML_PARTS_H
#define DATA_YAML_PARTS_H

#include <yaml.h>

#include "data/value.h"

/*
 * Give a plain scalar its type by the core schema (YAML 1.2.2, section 10.3.2).
 * `v->s` is its text, NUL-terminated; all but line and column is set.
 */
void yaml_type_plain(struct value *v);

/* Say why libyaml gave up on `text`, which starts on line `first_line`, and offer the likely
 * mend. */
void yaml_say_fault(const yaml_parser_t *parser, const struct source *src, str text,
	int first_line, struct diags *d);

/* Offer quotes around the value that stands on `line`. */
void yaml_help_quotes(str line, struct diags *d);

/* The line of `text` that holds the byte at `offset`, without its end. */
str yaml_line_at(str text, size_t offset);

#endif
