#include "data/json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

/*
 * Reading.  jansson checks and decodes; it keeps neither places nor the text of numbers.
 * So its tree is walked together with the text, which is known to be well formed by then.
 */
struct walk {
	const char *at, *end;
	const char *line_start;
	int line;
	struct arena *arena;
};

static void skip_space(struct walk *w)
{
	for (; w->at < w->end; w->at++) {
		if (*w->at == '\n') {
			w->line++;
			w->line_start = w->at + 1;
		} else if (*w->at != ' ' && *w->at != '\t' && *w->at != '\r') {
			break;
		}
	}
}

static void skip_char(struct walk *w)
{
	skip_space(w);
	if (w->at < w->end)
		w->at++;
}

static void skip_string(struct walk *w)
{
	for (w->at++; w->at < w->end && *w->at != '"'; w->at++) {
		if (*w->at == '\\')
			w->at++;
	}
	if (w->at < w->end)
		w->at++;
}

/* A number or a word. */
static str take_token(struct walk *w)
{
	const char *start = w->at;

	while (w->at < w->end && !memchr(",]} \t\r\n", *w->at, 7))
		w->at++;
	return str_new(start, (size_t)(w->at - start));
}

static int column(const struct walk *w)
{
	return (int)(w->at - w->line_start) + 1;
}

static str copy_text(const char *text, size_t len, struct arena *a)
{
	return str_copy(str_new(text, len), a);
}

/* Integers that do not fit become floats; the text stays. */
static struct value read_number(struct walk *w)
{
	str text = take_token(w);
	struct value v = { .kind = VALUE_INT, .s = str_copy(text, w->arena) };
	str digits = str_starts(text, STR("-")) ? str_from(text, 1) : text;
	uint64_t n;

	if (str_to_u64(digits, &n) && n <= INT64_MAX) {
		v.i = digits.len < text.len ? -(int64_t)n : (int64_t)n;
		return v;
	}
	v.kind = VALUE_FLOAT;
	v.f = strtod(v.s.ptr, NULL);
	return v;
}

static struct value read_value(struct walk *w, json_t *json);

static struct value read_list(struct walk *w, json_t *json)
{
	struct value list = value_list(w->arena);
	size_t count = json_array_size(json);

	w->at++;
	for (size_t i = 0; i < count; i++) {
		value_push(&list, read_value(w, json_array_get(json, i)), w->arena);
		skip_char(w); /* , or ] */
	}
	if (count == 0)
		skip_char(w);
	return list;
}

/* jansson iterates in the order of writing. */
static struct value read_map(struct walk *w, json_t *json)
{
	struct value map = value_map(w->arena);
	const char *key;
	json_t *item;

	w->at++;
	json_object_foreach(json, key, item)
	{
		skip_space(w);
		int line = w->line, col = column(w);
		skip_string(w);
		skip_char(w); /* : */
		value_add(&map, copy_text(key, strlen(key), w->arena), read_value(w, item),
			w->arena);
		struct value_entry *e = &map.map->at[map.map->count - 1];
		e->line = line;
		e->col = col;
		skip_char(w); /* , or } */
	}
	if (value_count(&map) == 0)
		skip_char(w);
	return map;
}

static struct value read_scalar(struct walk *w, json_t *json)
{
	switch (json_typeof(json)) {
	case JSON_STRING:
		skip_string(w);
		return value_string(
			copy_text(json_string_value(json), json_string_length(json), w->arena));
	case JSON_INTEGER:
	case JSON_REAL:
		return read_number(w);
	case JSON_TRUE:
	case JSON_FALSE:
		take_token(w);
		return value_bool(json_is_true(json));
	default:
		take_token(w);
		return value_null();
	}
}

static struct value read_value(struct walk *w, json_t *json)
{
	struct value v;

	skip_space(w);
	int line = w->line, col = column(w);
	if (json_is_array(json))
		v = read_list(w, json);
	else if (json_is_object(json))
		v = read_map(w, json);
	else
		v = read_scalar(w, json);
	v.line = line;
	v.col = col;
	return v;
}

/* What jansson says it stumbled over: `... near 'x'`. */
static str fault_token(const json_error_t *error)
{
	str text = str_c(error->text);
	ptrdiff_t near = str_find(text, STR(" near '"));

	if (near < 0 || !str_ends(text, STR("'")))
		return STR("");
	return str_sub(text, (size_t)near + 7, text.len - 1);
}

static void help_with(struct diags *d, str text, size_t at)
{
	str before = str_trim_end(str_sub(text, 0, at));
	str rest = str_from(text, at);

	if (str_ends(before, STR(",")) &&
		(str_starts(rest, STR("}")) || str_starts(rest, STR("]"))))
		diag_help(d, "remove the comma before it");
	else if (str_starts(rest, STR("'")))
		diag_help(d, "JSON strings stand in double quotes");
	else if (str_starts(rest, STR("/")) || str_starts(rest, STR("#")))
		diag_help(d, "JSON has no comments");
}

static bool say_fault(
	const struct source *src, str text, const json_error_t *error, struct diags *d)
{
	str token = fault_token(error);
	size_t at = error->position > 0 ? (size_t)error->position : 0;
	struct source part = { src ? src->path : STR(""), text };

	if (at > text.len)
		at = text.len;
	/* The position is behind the token; people look for its start. */
	if (token.len && str_ends(str_sub(text, 0, at), token))
		at -= token.len;
	loc place = source_loc(&part, at);
	place.src = src;
	diag_error(d, place, "json", "%s", error->text);
	help_with(d, text, at);
	return false;
}

bool json_read(
	const struct source *src, str text, struct value *out, struct arena *a, struct diags *d)
{
	/* Integers as reals, because jansson refuses those that need more than 64 bits. */
	size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL;
	size_t bom = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
	json_error_t error;

	*out = value_null();
	str body = str_from(text, bom);
	json_t *json = json_loadb(body.ptr ? body.ptr : "", body.len, flags, &error);
	if (!json) {
		error.position += (int)bom;
		return say_fault(src, text, &error, d);
	}
	struct walk w = { .at = body.ptr,
		.end = body.ptr + body.len,
		.line_start = text.ptr,
		.line = 1,
		.arena = a };
	*out = read_value(&w, json);
	json_decref(json);
	return true;
}

/* Writing. */
struct writer {
	const struct json_style *style;
	struct buf *out;
	struct arena scratch; /* for sorted keys and mended strings */
	int depth;
};

static void write_value(struct writer *w, const struct value *v);

static str mend_utf8(str s, struct arena *a)
{
	struct buf b = { .arena = a };
	ptrdiff_t bad;

	while ((bad = utf8_invalid(s)) >= 0) {
		buf_add(&b, str_sub(s, 0, (size_t)bad));
		BUF_LIT(&b, "\xEF\xBF\xBD");
		s = str_from(s, (size_t)bad + 1);
	}
	buf_add(&b, s);
	return buf_str(&b);
}

static void write_string(struct writer *w, str s)
{
	buf_json(w->out, utf8_invalid(s) < 0 ? s : mend_utf8(s, &w->scratch));
}

/* As RFC 8259 writes numbers: no sign '+', no leading zero, digits on both sides of the point.
 */
static bool is_json_number(str s)
{
	const char *p = s.ptr, *end = s.ptr + s.len, *start;

	if (p < end && *p == '-')
		p++;
	for (start = p; p < end && *p >= '0' && *p <= '9'; p++)
		;
	if (p == start || (*start == '0' && p - start > 1))
		return false;
	if (p < end && *p == '.') {
		for (start = ++p; p < end && *p >= '0' && *p <= '9'; p++)
			;
		if (p == start)
			return false;
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		for (start = p; p < end && *p >= '0' && *p <= '9'; p++)
			;
		if (p == start)
			return false;
	}
	return p == end;
}

static void write_number(struct writer *w, const struct value *v)
{
	if (v->kind == VALUE_FLOAT && !isfinite(v->f))
		BUF_LIT(w->out,
			"null"); /* JSON has no infinity, and 1e999 is one to its readers */
	else if (is_json_number(v->s))
		buf_add(w->out, v->s);
	else if (v->kind == VALUE_INT)
		buf_int(w->out, v->i);
	else
		buf_add(w->out, value_float(v->f, &w->scratch).s);
}

static void write_break(struct writer *w)
{
	if (w->style->indent <= 0)
		return;
	buf_char(w->out, '\n');
	for (int i = 0; i < w->depth * w->style->indent; i++)
		buf_char(w->out, ' ');
}

static void write_list(struct writer *w, const struct value *v)
{
	size_t count = value_count(v);

	buf_char(w->out, '[');
	w->depth++;
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_char(w->out, ',');
		write_break(w);
		write_value(w, &v->list->at[i]);
	}
	w->depth--;
	if (count)
		write_break(w);
	buf_char(w->out, ']');
}

static int compare_entries(const void *a, const void *b)
{
	const struct value_entry *const *x = a, *const *y = b;

	return str_cmp((*x)->key, (*y)->key);
}

static void write_map(struct writer *w, const struct value *v)
{
	size_t count = value_count(v);
	const struct value_entry **order =
		arena_array(&w->scratch, const struct value_entry *, count);

	for (size_t i = 0; i < count; i++)
		order[i] = &v->map->at[i];
	if (w->style->sort_keys && count)
		qsort(order, count, sizeof(*order), compare_entries);
	buf_char(w->out, '{');
	w->depth++;
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_char(w->out, ',');
		write_break(w);
		write_string(w, order[i]->key);
		buf_char(w->out, ':');
		if (w->style->indent > 0)
			buf_char(w->out, ' ');
		write_value(w, &order[i]->value);
	}
	w->depth--;
	if (count)
		write_break(w);
	buf_char(w->out, '}');
}

static void write_value(struct writer *w, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NULL:
		BUF_LIT(w->out, "null");
		break;
	case VALUE_BOOL:
		buf_add(w->out, v->b ? STR("true") : STR("false"));
		break;
	case VALUE_INT:
	case VALUE_FLOAT:
		write_number(w, v);
		break;
	case VALUE_STRING:
		write_string(w, v->s);
		break;
	case VALUE_LIST:
		write_list(w, v);
		break;
	case VALUE_MAP:
		write_map(w, v);
		break;
	}
}

void json_write(const struct value *v, const struct json_style *style, struct buf *out)
{
	struct writer w = { .style = style, .out = out };

	write_value(&w, v);
	arena_free(&w.scratch);
}
