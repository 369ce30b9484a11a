/*
 * matter -- front matter of other generators, with gen's keys.
 */
#ifndef IMPORT_MATTER_H
#define IMPORT_MATTER_H

#include "data/value.h"
#include "import/import.h"

struct notes;

struct matter {
	struct value root; /* a map, or null when there is none */
	bool found;
	str head;      /* its text */
	size_t body;   /* offset of the body */
	int body_line; /* its line */
};

/* YAML between ---, TOML between +++, JSON in braces (Hugo only). False, with a message, when
 * it is wrong. */
bool matter_read(const struct source *src, enum import_kind kind, struct matter *out,
	struct arena *a, struct diags *d);

/* The same with gen's names and types; what gen has no key for stands under params, but
 * categories. */
struct value matter_convert(
	const struct matter *m, enum import_kind kind, struct notes *notes, struct arena *a);

#endif
