/*
 * value -- data: what came from outside, and what a template sees.
 *
 * A struct value is small and travels by value; lists and maps share what they
 * hold, so a copy is another name for the same container.  A value is built
 * once, by one thread, and then only read, by any number of threads.
 * Reads chain without checks: a miss is null, and null has nothing in it.
 */
#ifndef DATA_VALUE_H
#define DATA_VALUE_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

enum value_kind {
	VALUE_NULL,
	VALUE_BOOL,
	VALUE_INT,
	VALUE_FLOAT,
	VALUE_STRING,
	VALUE_LIST,
	VALUE_MAP,
};

struct value_list;
struct value_map;

struct value {
	enum value_kind kind;
	int line, col; /* where it was read, from 1; 0 when the program made it */
	union {
		bool b;
		int64_t i;
		double f;
		struct value_list *list; /* null: empty */
		struct value_map *map;	 /* null: empty */
	};
	str s; /* a scalar as it was written, or as it prints: "1.10" stays "1.10" */
};

struct value_list {
	struct value *at;
	size_t count, cap;
};

struct value_entry {
	str key;
	int line, col; /* of the key */
	struct value value;
};

struct value_map {
	struct value_entry *at; /* in the order of writing */
	size_t count, cap;
	str text; /* what the map prints as by itself (a date prints as ISO); ptr is null when it does not */
};

/* Making. Strings are borrowed: they must live as long as the value. */
static inline struct value value_null(void)
{
	return (struct value){ .kind = VALUE_NULL };
}

static inline struct value value_bool(bool b)
{
	return (struct value){
		.kind = VALUE_BOOL, .b = b, .s = b ? STR("true") : STR("false")
	};
}

static inline struct value value_string(str s)
{
	return (struct value){ .kind = VALUE_STRING, .s = s };
}

/* Null when `s` is empty, else the string: for optional fields. */
static inline struct value value_string_or_null(str s)
{
	return s.len ? value_string(s) : value_null();
}

struct value value_int(int64_t i, struct arena *a);
struct value value_float(double f, struct arena *a); /* prints with the fewest digits that read back */
struct value value_list(struct arena *a);
struct value value_list_sized(size_t items, struct arena *a); /* with room for so many */
struct value value_map(struct arena *a);
struct value value_map_sized(size_t entries, struct arena *a); /* with room for so many */

void value_push(struct value *list, struct value item, struct arena *a);

/* Add or replace. The key is borrowed. */
void value_put(struct value *map, str key, struct value item, struct arena *a);

/* Make room for one more entry. */
void value_grow(struct value *map, struct arena *a);

/* Add without looking for the key first: the caller knows that it is new. */
static inline void value_add(struct value *map, str key, struct value item, struct arena *a)
{
	struct value_map *m = map->map;

	if (!m || m->count == m->cap) {
		value_grow(map, a);
		m = map->map;
	}
	m->at[m->count++] = (struct value_entry){ .key = key, .value = item };
}

/* A copy of all that is in it, keys and texts too, with no room to spare. */
struct value value_copy(const struct value *v, struct arena *a);

/* What the map prints as by itself. */
void value_set_text(struct value *map, str text);

/* Reading. */
extern const struct value value_none; /* null */
const struct value *value_get(const struct value *map, str key);	 /* never a null pointer */
const struct value_entry *value_entry(const struct value *map, str key); /* null pointer on a miss */
const struct value *value_at(const struct value *list, size_t index);	 /* never a null pointer */
size_t value_count(const struct value *v);				 /* items of a list or map, else 0 */

static inline bool value_is_null(const struct value *v)
{
	return v->kind == VALUE_NULL;
}

/* A scalar or a self-printing map as text; anything else is empty. */
str value_str(const struct value *v);

/* Null, false, the empty string and the empty list are false (0 and an empty map are not). */
bool value_truth(const struct value *v);

/* "a string", "a list", "a number": for messages. */
const char *value_kind_name(const struct value *v);

/* The same data? Numbers compare by value, maps without order. */
bool value_equal(const struct value *a, const struct value *b);

/* Where it was read. */
static inline loc value_loc(const struct value *v, const struct source *src)
{
	return (loc){ src, v->line, v->col };
}

#endif
