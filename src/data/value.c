#include "data/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

const struct value value_none = { .kind = VALUE_NULL };

/* Digits by hand: a page has many small numbers, and printf is slow for them. */
struct value value_int(int64_t i, struct arena *a)
{
	static const char pairs[] = "0001020304050607080910111213141516171819"
				    "2021222324252627282930313233343536373839"
				    "4041424344454647484950515253545556575859"
				    "6061626364656667686970717273747576777879"
				    "8081828384858687888990919293949596979899";
	char digits[24];
	char *at = digits + sizeof(digits);
	uint64_t rest = i < 0 ? -(uint64_t)i : (uint64_t)i;

	if (i >= 0 && i < 100) {
		str both = str_new(pairs + 2 * i, 2);

		return (struct value){ .kind = VALUE_INT, .i = i, .s = i < 10 ? str_from(both, 1) : both };
	}
	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (i < 0)
		*--at = '-';
	str text = str_new(at, (size_t)(digits + sizeof(digits) - at));
	return (struct value){ .kind = VALUE_INT, .i = i, .s = str_copy(text, a) };
}

/* 15 digits always survive the way to text and back, 17 always suffice. */
struct value value_float(double f, struct arena *a)
{
	struct value v = { .kind = VALUE_FLOAT, .f = f };
	char text[40];

	if (isnan(f)) {
		v.s = STR(".nan");
	} else if (isinf(f)) {
		v.s = f > 0 ? STR(".inf") : STR("-.inf");
	} else {
		for (int digits = 15; digits <= 17; digits++) {
			snprintf(text, sizeof(text), "%.*g", digits, f);
			if (strtod(text, NULL) == f)
				break;
		}
		v.s = str_copy(str_c(text), a);
	}
	return v;
}

struct value value_list(struct arena *a)
{
	return (struct value){ .kind = VALUE_LIST, .list = arena_new(a, struct value_list) };
}

struct value value_list_sized(size_t items, struct arena *a)
{
	struct value v = value_list(a);

	v.list->at = arena_alloc_array(a, items, sizeof(*v.list->at), _Alignof(struct value));
	v.list->cap = items;
	return v;
}

struct value value_map(struct arena *a)
{
	return (struct value){ .kind = VALUE_MAP, .map = arena_new(a, struct value_map) };
}

struct value value_map_sized(size_t entries, struct arena *a)
{
	struct value v = value_map(a);

	v.map->at = arena_alloc_array(a, entries, sizeof(*v.map->at), _Alignof(struct value_entry));
	v.map->cap = entries;
	return v;
}

/* An array of `cap` items of `size` bytes with room for more; in place where the arena can. */
static void *grow(void *at, size_t *cap, size_t size, size_t align, struct arena *a)
{
	size_t wanted = *cap ? *cap * 2 : 4;
	size_t bytes = *cap * size;
	void *next;

	if (bytes && arena_extend(a, at, bytes, bytes * 2)) {
		*cap = wanted;
		return at;
	}
	next = arena_alloc_array(a, wanted, size, align);
	if (bytes)
		memcpy(next, at, bytes);
	*cap = wanted;
	return next;
}

void value_push(struct value *list, struct value item, struct arena *a)
{
	if (!list->list)
		list->list = arena_new(a, struct value_list);
	struct value_list *l = list->list;

	if (l->count == l->cap)
		l->at = grow(l->at, &l->cap, sizeof(item), _Alignof(struct value), a);
	l->at[l->count++] = item;
}

void value_grow(struct value *map, struct arena *a)
{
	if (!map->map)
		map->map = arena_new(a, struct value_map);
	struct value_map *m = map->map;

	m->at = grow(m->at, &m->cap, sizeof(*m->at), _Alignof(struct value_entry), a);
}

static struct value_list *copy_list(const struct value_list *from, struct arena *a)
{
	struct value_list *list = arena_new(a, struct value_list);

	list->at = arena_array(a, struct value, from->count);
	list->count = list->cap = from->count;
	for (size_t i = 0; i < from->count; i++)
		list->at[i] = value_copy(&from->at[i], a);
	return list;
}

static struct value_map *copy_map(const struct value_map *from, struct arena *a)
{
	struct value_map *map = arena_new(a, struct value_map);

	map->at = arena_array(a, struct value_entry, from->count);
	map->count = map->cap = from->count;
	if (from->text.ptr)
		map->text = str_copy(from->text, a);
	for (size_t i = 0; i < from->count; i++) {
		map->at[i] = from->at[i];
		map->at[i].key = str_copy(from->at[i].key, a);
		map->at[i].value = value_copy(&from->at[i].value, a);
	}
	return map;
}

struct value value_copy(const struct value *v, struct arena *a)
{
	struct value copy = *v;

	if (v->kind == VALUE_LIST && v->list)
		copy.list = copy_list(v->list, a);
	else if (v->kind == VALUE_MAP && v->map)
		copy.map = copy_map(v->map, a);
	else if (v->s.len)
		copy.s = str_copy(v->s, a);
	return copy;
}

/* Most keys of one length differ in their first or last byte, and need no call to tell. */
static bool is_key(str a, str b)
{
	return a.len == b.len &&
	       (a.len == 0 || (a.ptr[0] == b.ptr[0] && a.ptr[a.len - 1] == b.ptr[a.len - 1] &&
				      memcmp(a.ptr, b.ptr, a.len) == 0));
}

static struct value_entry *find_entry(const struct value *map, str key)
{
	if (map->kind != VALUE_MAP || !map->map)
		return NULL;
	for (size_t i = 0; i < map->map->count; i++) {
		if (is_key(map->map->at[i].key, key))
			return &map->map->at[i];
	}
	return NULL;
}

void value_put(struct value *map, str key, struct value item, struct arena *a)
{
	struct value_entry *e = find_entry(map, key);

	if (e)
		e->value = item;
	else
		value_add(map, key, item, a);
}

void value_set_text(struct value *map, str text)
{
	map->map->text = text;
}

const struct value_entry *value_entry(const struct value *map, str key)
{
	return find_entry(map, key);
}

const struct value *value_get(const struct value *map, str key)
{
	const struct value_entry *e = find_entry(map, key);

	return e ? &e->value : &value_none;
}

const struct value *value_at(const struct value *list, size_t index)
{
	if (list->kind != VALUE_LIST || !list->list || index >= list->list->count)
		return &value_none;
	return &list->list->at[index];
}

size_t value_count(const struct value *v)
{
	if (v->kind == VALUE_LIST)
		return v->list ? v->list->count : 0;
	if (v->kind == VALUE_MAP)
		return v->map ? v->map->count : 0;
	return 0;
}

str value_str(const struct value *v)
{
	if (v->kind == VALUE_MAP)
		return v->map ? v->map->text : STR("");
	return v->kind == VALUE_LIST || v->kind == VALUE_NULL ? STR("") : v->s;
}

bool value_truth(const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL:
		return false;
	case VALUE_BOOL:
		return v->b;
	case VALUE_STRING:
		return v->s.len > 0;
	case VALUE_LIST:
		return value_count(v) > 0;
	case VALUE_INT:
	case VALUE_FLOAT:
	case VALUE_MAP:
		break;
	}
	return true;
}

const char *value_kind_name(const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL:
		return "nothing";
	case VALUE_BOOL:
		return v->b ? "true" : "false";
	case VALUE_INT:
	case VALUE_FLOAT:
		return "a number";
	case VALUE_STRING:
		return "a string";
	case VALUE_LIST:
		return "a list";
	case VALUE_MAP:
		break;
	}
	return "a map";
}

/* A double holds not every int64_t, so both ways must agree. */
static bool equal_mixed(int64_t i, double f)
{
	return f >= -0x1p63 && f < 0x1p63 && (int64_t)f == i && f == (double)(int64_t)f;
}

static bool equal_float(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

static int compare_keys(const void *a, const void *b)
{
	const struct value_entry *const *x = a, *const *y = b;

	return str_cmp((*x)->key, (*y)->key);
}

static const struct value_entry **sort_entries(const struct value_map *m, struct arena *a)
{
	const struct value_entry **order = arena_array(a, const struct value_entry *, m->count);

	for (size_t i = 0; i < m->count; i++)
		order[i] = &m->at[i];
	qsort(order, m->count, sizeof(*order), compare_keys);
	return order;
}

static bool equal_maps(const struct value_map *a, const struct value_map *b)
{
	struct arena scratch = { 0 };
	const struct value_entry **x = sort_entries(a, &scratch);
	const struct value_entry **y = sort_entries(b, &scratch);
	bool same = true;

	for (size_t i = 0; same && i < a->count; i++)
		same = str_eq(x[i]->key, y[i]->key) && value_equal(&x[i]->value, &y[i]->value);
	arena_free(&scratch);
	return same;
}

static bool equal_lists(const struct value_list *a, const struct value_list *b)
{
	for (size_t i = 0; i < a->count; i++) {
		if (!value_equal(&a->at[i], &b->at[i]))
			return false;
	}
	return true;
}

bool value_equal(const struct value *a, const struct value *b)
{
	if (a->kind == VALUE_INT && b->kind == VALUE_FLOAT)
		return equal_mixed(a->i, b->f);
	if (a->kind == VALUE_FLOAT && b->kind == VALUE_INT)
		return equal_mixed(b->i, a->f);
	if (a->kind != b->kind || value_count(a) != value_count(b))
		return false;
	switch (a->kind) {
	case VALUE_NULL:
		return true;
	case VALUE_BOOL:
		return a->b == b->b;
	case VALUE_INT:
		return a->i == b->i;
	case VALUE_FLOAT:
		return equal_float(a->f, b->f);
	case VALUE_STRING:
		return str_eq(a->s, b->s);
	case VALUE_LIST:
		return value_count(a) == 0 || equal_lists(a->list, b->list);
	case VALUE_MAP:
		break;
	}
	return value_count(a) == 0 || equal_maps(a->map, b->map);
}
