/*
 * field -- one value of front matter, read into the type that its key wants.
 *
 * Each reader says what it found and what it expected, and leaves `out` alone then.
 * Null is "not written" everywhere.  Texts are copied into the arena.
 */
#ifndef CONTENT_FIELD_H
#define CONTENT_FIELD_H

#include "base/date.h"
#include "content/article.h"
#include "data/value.h"

struct fields {
	const struct source *src;
	struct arena *arena;
	struct diags *d;
	const struct taxonomy_key *taxonomies; /* names of keys that hold terms */
	size_t taxonomy_count;
};

/* An error at the value; `e` is the entry as it was written. Returns false. */
bool field_error(const struct fields *f, const struct value_entry *e, const char *expected);

/* A scalar on one line, as it was written (a number or date too). */
bool field_text(const struct fields *f, const struct value_entry *e, str *out);
bool field_bool(const struct fields *f, const struct value_entry *e, bool *out);
bool field_int(const struct fields *f, const struct value_entry *e, int *out);
bool field_date(const struct fields *f, const struct value_entry *e, struct date *out);

/* A list of scalars, or one string with commas between. `locs` may be null. */
bool field_words(
	const struct fields *f, const struct value_entry *e, struct str_list *out, loc **locs);

/* A name, {name: ...}, or a list of both. */
bool field_names(const struct fields *f, const struct value_entry *e, struct str_list *out);

/* A text, a map that has it as path, src or url, or a list of them: the first one. */
bool field_image(const struct fields *f, const struct value_entry *e, str *out);

/* A path of the site: "/x/"; `rooted` adds the first slash where it is missing. */
bool field_url(const struct fields *f, const struct value_entry *e, bool rooted, str *out);
bool field_urls(const struct fields *f, const struct value_entry *e, struct str_list *out);

/* One part of a path. */
bool field_slug(const struct fields *f, const struct value_entry *e, str *out);

#endif
