#include "content/field.h"

#include <limits.h>

#include "base/arena.h"

/* What was found, short: `"soon"`, `12`, `a list`. */
static bool say(const struct fields *f, str key, const struct value *v, const char *expected)
{
	loc at = value_loc(v, f->src);
	const char *quote = v->kind == VALUE_STRING ? "\"" : "";

	if (v->kind == VALUE_LIST || v->kind == VALUE_MAP || v->kind == VALUE_NULL)
		return diag_error(f->d, at, "front-matter",
			"\"" STR_FMT "\": expected %s, found %s", STR_ARG(key), expected,
			value_kind_name(v));
	return diag_error(f->d, at, "front-matter",
		"\"" STR_FMT "\": expected %s, found %s" STR_FMT "%s", STR_ARG(key), expected,
		quote, STR_ARG(str_sub(v->s, 0, 60)), quote);
}

bool field_error(const struct fields *f, const struct value_entry *e, const char *expected)
{
	return say(f, e->key, &e->value, expected);
}

static bool is_scalar(const struct value *v)
{
	return v->kind != VALUE_LIST && v->kind != VALUE_MAP;
}

/* Titles and descriptions end up in attributes and lists: no line ends, no control characters.
 */
static str one_line(str s, struct arena *a)
{
	str copy = str_copy(str_trim(s), a);
	char *bytes = (char *)copy.ptr;

	for (size_t i = 0; i < copy.len; i++) {
		if ((unsigned char)bytes[i] < ' ' || bytes[i] == 0x7f)
			bytes[i] = ' ';
	}
	return copy;
}

bool field_text(const struct fields *f, const struct value_entry *e, str *out)
{
	if (value_is_null(&e->value))
		return true;
	if (!is_scalar(&e->value))
		return field_error(f, e, "a text");
	*out = one_line(e->value.s, f->arena);
	return true;
}

static bool is_word(const struct value *v, const char *one, const char *other)
{
	return v->kind == VALUE_STRING &&
	       (str_eq_nocase(v->s, str_c(one)) || str_eq_nocase(v->s, str_c(other)));
}

bool field_bool(const struct fields *f, const struct value_entry *e, bool *out)
{
	const struct value *v = &e->value;

	if (value_is_null(v))
		return true;
	if (v->kind == VALUE_BOOL) {
		*out = v->b;
		return true;
	}
	if (is_word(v, "true", "false")) {
		*out = str_eq_nocase(v->s, STR("true"));
		return true;
	}
	field_error(f, e, "true or false");
	/* YAML 1.1 took these words for booleans, 1.2 does not. */
	if (is_word(v, "yes", "on"))
		diag_help(f->d, "write true");
	else if (is_word(v, "no", "off"))
		diag_help(f->d, "write false");
	return false;
}

bool field_int(const struct fields *f, const struct value_entry *e, int *out)
{
	const struct value *v = &e->value;

	if (value_is_null(v))
		return true;
	if (v->kind != VALUE_INT)
		return field_error(f, e, "a whole number");
	if (v->i < INT_MIN || v->i > INT_MAX)
		return field_error(f, e, "a smaller number");
	*out = (int)v->i;
	return true;
}

bool field_date(const struct fields *f, const struct value_entry *e, struct date *out)
{
	const struct value *v = &e->value;
	struct date date;

	if (value_is_null(v) || (v->kind == VALUE_STRING && str_trim(v->s).len == 0))
		return true;
	if (v->kind == VALUE_STRING && date_read(v->s, &date)) {
		*out = date;
		return true;
	}
	field_error(f, e, "a date like 2026-03-01");
	diag_help(f->d, "with a time: 2026-03-01 12:30, or 2026-03-01T12:30:00+01:00");
	return false;
}

/* Words and names. */

struct words {
	str *at;
	loc *locs;
	size_t count;
};

static struct words make_words(size_t most, struct arena *a)
{
	return (struct words){ arena_array(a, str, most), arena_array(a, loc, most), 0 };
}

static void add_word(struct words *w, str word, const struct value *v, struct arena *a)
{
	word = one_line(word, a);
	if (word.len == 0)
		return;
	w->locs[w->count] = (loc){ NULL, v->line, v->col };
	w->at[w->count++] = word;
}

static size_t count_commas(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == ',';
	return n;
}

/*
 * `tags: Go, machine learning`. Jekyll parts such a text at blanks; we do not, because a tag of
 * two words is more common than a list without commas.
 */
static struct words split_words(const struct fields *f, const struct value *v)
{
	struct words w = make_words(count_commas(v->s) + 1, f->arena);
	struct str_pair p = str_cut(v->s, ',');

	for (;;) {
		add_word(&w, p.head, v, f->arena);
		if (!p.tail.len)
			return w;
		p = str_cut(p.tail, ',');
	}
}

static bool list_words(const struct fields *f, const struct value_entry *e, struct words *w)
{
	size_t count = value_count(&e->value);
	bool ok = true;

	*w = make_words(count, f->arena);
	for (size_t i = 0; i < count; i++) {
		const struct value *v = value_at(&e->value, i);
		if (is_scalar(v))
			add_word(w, value_str(v), v, f->arena);
		else
			ok = say(f, e->key, v, "only words in this list");
	}
	return ok;
}

bool field_words(
	const struct fields *f, const struct value_entry *e, struct str_list *out, loc **locs)
{
	const struct value *v = &e->value;
	struct words w = { 0 };

	if (value_is_null(v))
		return true;
	if (v->kind == VALUE_MAP)
		return field_error(f, e, "a list like [Go, Python]");
	if (v->kind != VALUE_LIST)
		w = split_words(f, v);
	else if (!list_words(f, e, &w))
		return false;
	*out = (struct str_list){ w.at, w.count };
	if (locs)
		*locs = w.locs;
	return true;
}

static bool add_name(const struct fields *f, const struct value_entry *e, const struct value *v,
	struct words *w)
{
	const struct value *name = v->kind == VALUE_MAP ? value_get(v, STR("name")) : v;

	if (!is_scalar(name) || (v->kind == VALUE_MAP && value_is_null(name)))
		return say(f, e->key, v, "a name or {name: ...}");
	add_word(w, value_str(name), v, f->arena);
	return true;
}

bool field_names(const struct fields *f, const struct value_entry *e, struct str_list *out)
{
	const struct value *v = &e->value;
	bool list = v->kind == VALUE_LIST;
	size_t count = list ? value_count(v) : 1;
	struct words w = make_words(count, f->arena);
	bool ok = true;

	for (size_t i = 0; i < count; i++)
		ok = add_name(f, e, list ? value_at(v, i) : v, &w) && ok;
	if (ok)
		*out = (struct str_list){ w.at, w.count };
	return ok;
}

/* Themes write the address of a picture under one of these keys. */
static const struct value *image_address(const struct value *map)
{
	static const str names[] = { STR_INIT("path"), STR_INIT("src"), STR_INIT("url"),
		STR_INIT("image") };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct value *v = value_get(map, names[i]);
		if (!value_is_null(v))
			return v;
	}
	return map;
}

bool field_image(const struct fields *f, const struct value_entry *e, str *out)
{
	const struct value *v = &e->value;

	if (v->kind == VALUE_LIST)
		v = value_at(v, 0);
	if (v->kind == VALUE_MAP)
		v = image_address(v);
	if (!is_scalar(v))
		return field_error(f, e, "the address of an image");
	*out = one_line(value_str(v), f->arena);
	return true;
}

/* Addresses. */

static bool has_any(str s, const char *chars)
{
	for (; *chars; chars++) {
		if (str_find_char(s, *chars) >= 0)
			return true;
	}
	return false;
}

static bool has_control(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7f)
			return true;
	}
	return false;
}

/* What an address should have been, or null when it is well. */
static const char *path_fault(str path)
{
	if (!str_starts(path, STR("/")))
		return "an address that starts with '/'";
	if (has_any(path, "?#"))
		return "an address without '?' and '#'";
	if (has_any(path, "\\") || has_control(path))
		return "an address without backslashes and control characters";
	for (str rest = str_from(path, 1); rest.len;) {
		struct str_pair p = str_cut(rest, '/');
		if (p.head.len == 0 || str_eq(p.head, STR(".")) || str_eq(p.head, STR("..")))
			return "an address without empty, '.' and '..' parts";
		if (p.head.ptr[0] == ':')
			return "an address without placeholders";
		rest = p.tail;
	}
	return NULL;
}

static bool read_path(const struct fields *f, const struct value_entry *e,
	const struct value *v, bool rooted, str *out)
{
	str path = str_trim(value_str(v));
	bool has_host = str_find(path, STR("://")) >= 0;
	const char *fault;

	if (!is_scalar(v) || path.len == 0)
		return say(f, e->key, v, "an address like /go-vs-rust/");
	bool add_slash = rooted && !has_host && path.ptr[0] != '/';
	str full = str_printf(f->arena, "%s" STR_FMT, add_slash ? "/" : "", STR_ARG(path));
	fault = path_fault(full);
	if (!fault) {
		*out = full;
		return true;
	}
	say(f, e->key, v, fault);
	if (has_host)
		diag_help(f->d, "leave the protocol and the host off; base_url has them");
	else if (full.ptr[0] != '/')
		diag_help(f->d, "write \"/" STR_FMT "\"", STR_ARG(str_sub(full, 0, 100)));
	return false;
}

bool field_url(const struct fields *f, const struct value_entry *e, bool rooted, str *out)
{
	return value_is_null(&e->value) || read_path(f, e, &e->value, rooted, out);
}

bool field_urls(const struct fields *f, const struct value_entry *e, struct str_list *out)
{
	const struct value *v = &e->value;
	bool list = v->kind == VALUE_LIST;
	size_t count = list ? value_count(v) : 1;
	str *paths = arena_array(f->arena, str, count);
	bool ok = true;

	if (value_is_null(v))
		return true;
	for (size_t i = 0; i < count; i++)
		ok = read_path(f, e, list ? value_at(v, i) : v, true, &paths[i]) && ok;
	if (ok)
		*out = (struct str_list){ paths, count };
	return ok;
}

bool field_slug(const struct fields *f, const struct value_entry *e, str *out)
{
	str s = { 0 };

	if (!field_text(f, e, &s))
		return false;
	if (str_eq(s, STR(".")) || str_eq(s, STR("..")) || has_any(s, "/\\?#")) {
		field_error(f, e, "one part of an address");
		diag_help(f->d, "for a whole address use url: /a/b/");
		return false;
	}
	*out = s;
	return true;
}
