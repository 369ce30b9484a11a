#include "import/toml.h"

#include <errno.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum { MOST_DEPTH = 40 };

struct reading {
	const struct source *src;
	str text;
	size_t at, line_start;
	int line;
	struct arena *arena;
	struct diags *d;
};

static bool fail(struct reading *r, const char *expected)
{
	loc at = { r->src, r->line, (int)(r->at - r->line_start) + 1 };

	return diag_error(r->d, at, "front-matter", "TOML: expected %s", expected);
}

static char peek(const struct reading *r)
{
	return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

static bool at_end(const struct reading *r)
{
	return r->at >= r->text.len;
}

static void next(struct reading *r)
{
	if (peek(r) == '\n') {
		r->line++;
		r->line_start = r->at + 1;
	}
	r->at++;
}

static void skip_blank(struct reading *r)
{
	while (peek(r) == ' ' || peek(r) == '\t')
		r->at++;
}

static void skip_comment(struct reading *r)
{
	if (peek(r) == '#')
		while (!at_end(r) && peek(r) != '\n')
			r->at++;
}

/* Blanks, comments and line ends. */
static void skip_space(struct reading *r)
{
	for (;;) {
		skip_blank(r);
		skip_comment(r);
		if (at_end(r) || (peek(r) != '\n' && peek(r) != '\r'))
			return;
		next(r);
	}
}

static bool skip_line_end(struct reading *r)
{
	skip_blank(r);
	skip_comment(r);
	if (peek(r) == '\r')
		r->at++;
	if (at_end(r))
		return true;
	if (peek(r) != '\n')
		return fail(r, "the end of the line");
	next(r);
	return true;
}

static bool starts(const struct reading *r, str word)
{
	return str_starts(str_from(r->text, r->at), word);
}

static bool read_hex(struct reading *r, int digits, struct buf *out)
{
	char bytes[4];
	uint32_t c = 0;

	for (int i = 0; i < digits; i++, r->at++) {
		char h = peek(r);

		if (h >= '0' && h <= '9')
			c = c * 16 + (uint32_t)(h - '0');
		else if ((h | 0x20) >= 'a' && (h | 0x20) <= 'f')
			c = c * 16 + (uint32_t)((h | 0x20) - 'a') + 10;
		else
			return fail(r, "hexadecimal digits");
	}
	if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return fail(r, "the number of a character");
	buf_add(out, str_new(bytes, (size_t)utf8_encode(c, bytes)));
	return true;
}

/* Behind a backslash. */
static bool read_escape(struct reading *r, bool lines, struct buf *out)
{
	static const char names[] = "btnfr\"\\e", values[] = "\b\t\n\f\r\"\\\x1b";
	char c = peek(r);
	const char *p = c ? strchr(names, c) : NULL;

	if (lines && (c == '\n' || c == '\r' || c == ' ' || c == '\t')) {
		while (!at_end(r) && strchr(" \t\r\n", peek(r)))
			next(r);
		return true;
	}
	r->at++;
	if (p)
		buf_char(out, values[p - names]);
	else if (c == 'u' || c == 'U')
		return read_hex(r, c == 'u' ? 4 : 8, out);
	else
		return fail(r, "an escape like \\n or \\u00e9");
	return true;
}

/* The opening quotes are at r->at. */
static bool read_string(struct reading *r, str *out)
{
	char quote = peek(r);
	str three = quote == '"' ? STR("\"\"\"") : STR("'''");
	bool lines = starts(r, three);
	struct buf text = { .arena = r->arena };

	r->at += lines ? 3 : 1;
	if (lines && starts(r, STR("\r\n")))
		r->at++;
	if (lines && peek(r) == '\n')
		next(r);
	for (;;) {
		if (at_end(r) || (!lines && peek(r) == '\n'))
			return fail(r, "the closing quotes of a text");
		if (lines ? starts(r, three) : peek(r) == quote)
			break;
		if (peek(r) == '\\' && quote == '"') {
			r->at++;
			if (!read_escape(r, lines, &text))
				return false;
			continue;
		}
		buf_char(&text, peek(r));
		next(r);
	}
	r->at += lines ? 3 : 1;
	/* Up to two quotes may stand right before the closing ones. */
	while (lines && peek(r) == quote) {
		buf_char(&text, quote);
		r->at++;
	}
	*out = text.len ? buf_str(&text) : STR("");
	return true;
}

static bool is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

static bool read_key(struct reading *r, str *out)
{
	size_t from = r->at;

	if (peek(r) == '"' || peek(r) == '\'')
		return read_string(r, out);
	while (is_key_char(peek(r)))
		r->at++;
	*out = str_copy(str_sub(r->text, from, r->at), r->arena);
	return out->len > 0 || fail(r, "a key");
}

static struct value make_map(struct reading *r, int line)
{
	struct value v = value_map(r->arena);

	v.line = line;
	return v;
}

/* The map under `key`, made when it is not there; of a list of maps the last one. */
static struct value *enter(struct reading *r, struct value *map, str key)
{
	const struct value_entry *e = value_entry(map, key);
	struct value *v;

	if (!e) {
		value_add(map, key, make_map(r, r->line), r->arena);
		return &map->map->at[map->map->count - 1].value;
	}
	v = &map->map->at[e - map->map->at].value;
	if (v->kind == VALUE_LIST && value_count(v) &&
		v->list->at[v->list->count - 1].kind == VALUE_MAP)
		return &v->list->at[v->list->count - 1];
	if (v->kind == VALUE_MAP)
		return v;
	fail(r, "a key that is not there yet");
	return NULL;
}

/* "a.b.c": the map that holds the last part, and that part. */
static bool read_path(struct reading *r, struct value *map, struct value **holder, str *key)
{
	*holder = map;
	for (int depth = 0; depth < MOST_DEPTH; depth++) {
		skip_blank(r);
		if (!read_key(r, key))
			return false;
		skip_blank(r);
		if (peek(r) != '.')
			return true;
		r->at++;
		*holder = enter(r, *holder, *key);
		if (!*holder)
			return false;
	}
	return fail(r, "fewer parts of a key");
}

static bool read_value(struct reading *r, struct value *out, int depth);

static bool read_pair(struct reading *r, struct value *map, int depth)
{
	struct value *holder, v;
	int line = r->line, col = (int)(r->at - r->line_start) + 1;
	str key;

	if (!read_path(r, map, &holder, &key))
		return false;
	if (value_entry(holder, key))
		return fail(r, "a key that is not there yet");
	if (peek(r) != '=')
		return fail(r, "\"=\" behind the key");
	r->at++;
	skip_blank(r);
	if (!read_value(r, &v, depth))
		return false;
	value_add(holder, key, v, r->arena);
	holder->map->at[holder->map->count - 1].line = line;
	holder->map->at[holder->map->count - 1].col = col;
	return true;
}

static bool read_list(struct reading *r, struct value *out, int depth)
{
	*out = value_list(r->arena);
	r->at++;
	for (;;) {
		struct value v;

		skip_space(r);
		if (peek(r) == ']')
			break;
		if (!read_value(r, &v, depth + 1))
			return false;
		value_push(out, v, r->arena);
		skip_space(r);
		if (peek(r) == ',')
			r->at++;
		else if (peek(r) != ']')
			return fail(r, "\",\" or \"]\"");
	}
	r->at++;
	return true;
}

static bool read_inline_map(struct reading *r, struct value *out, int depth)
{
	*out = make_map(r, r->line);
	r->at++;
	for (;;) {
		skip_space(r);
		if (peek(r) == '}')
			break;
		if (!read_pair(r, out, depth + 1))
			return false;
		skip_space(r);
		if (peek(r) == ',')
			r->at++;
		else if (peek(r) != '}')
			return fail(r, "\",\" or \"}\"");
	}
	r->at++;
	return true;
}

/* Without '_' between digits. */
static str plain_number(str word, struct arena *a)
{
	struct buf out = { .arena = a };

	for (size_t i = word.len && word.ptr[0] == '+' ? 1 : 0; i < word.len; i++)
		if (word.ptr[i] != '_')
			buf_char(&out, word.ptr[i]);
	buf_char(&out, '\0');
	return str_new(out.ptr, out.len - 1);
}

static bool is_date(str word)
{
	return word.len >= 8 && ((word.len >= 10 && word.ptr[4] == '-' && word.ptr[7] == '-') ||
					word.ptr[2] == ':');
}

static bool read_number(str word, struct value *out, struct arena *a)
{
	str n = plain_number(word, a);
	int base = str_starts(n, STR("0x"))   ? 16
		   : str_starts(n, STR("0o")) ? 8
		   : str_starts(n, STR("0b")) ? 2
					      : 10;
	char *end;
	int64_t i;
	double f;

	errno = 0;
	i = strtoll(n.ptr + (base == 10 ? 0 : 2), &end, base);
	if (n.len && *end == '\0' && errno == 0 && end != n.ptr) {
		*out = value_int(i, a);
		return true;
	}
	f = strtod(n.ptr, &end);
	if (n.len == 0 || *end != '\0' || !strchr("0123456789+-in", n.ptr[0]))
		return false;
	*out = value_float(f, a);
	out->s = n;
	return true;
}

static bool read_word(struct reading *r, struct value *out)
{
	size_t from = r->at;
	str word;

	while (!at_end(r) && !strchr(" \t\r\n,]}#", peek(r)))
		r->at++;
	/* A date may have a blank before its time. */
	if (r->at - from == 10 && peek(r) == ' ' && r->at + 3 < r->text.len &&
		r->text.ptr[from + 4] == '-' && r->text.ptr[r->at + 3] == ':') {
		r->at++;
		while (!at_end(r) && !strchr(" \t\r\n,]}#", peek(r)))
			r->at++;
	}
	word = str_copy(str_sub(r->text, from, r->at), r->arena);
	if (str_eq(word, STR("true")) || str_eq(word, STR("false")))
		*out = value_bool(word.ptr[0] == 't');
	else if (is_date(word))
		*out = value_string(word);
	else if (!read_number(word, out, r->arena)) {
		r->at = from;
		return fail(r, "a value: a text in quotes, a number, a date, true or false");
	}
	return true;
}

static bool read_value(struct reading *r, struct value *out, int depth)
{
	int line = r->line, col = (int)(r->at - r->line_start) + 1;
	bool fine;

	if (depth > MOST_DEPTH)
		return fail(r, "less nesting");
	if (peek(r) == '"' || peek(r) == '\'') {
		str s;

		fine = read_string(r, &s);
		*out = value_string(fine ? s : (str){ 0 });
	} else if (peek(r) == '[') {
		fine = read_list(r, out, depth);
	} else if (peek(r) == '{') {
		fine = read_inline_map(r, out, depth);
	} else {
		fine = read_word(r, out);
	}
	out->line = line;
	out->col = col;
	return fine;
}

/* "[a.b]" or "[[a.b]]": the map that the next lines fill. */
static struct value *read_header(struct reading *r, struct value *root)
{
	bool many = starts(r, STR("[["));
	struct value *holder;
	str key;

	r->at += many ? 2 : 1;
	if (!read_path(r, root, &holder, &key))
		return NULL;
	if (!starts(r, many ? STR("]]") : STR("]"))) {
		fail(r, "\"]\"");
		return NULL;
	}
	r->at += many ? 2 : 1;
	if (!skip_line_end(r))
		return NULL;
	if (many) {
		const struct value_entry *e = value_entry(holder, key);
		struct value *list;

		if (!e)
			value_add(holder, key, value_list(r->arena), r->arena);
		e = value_entry(holder, key);
		list = &holder->map->at[e - holder->map->at].value;
		if (list->kind != VALUE_LIST) {
			fail(r, "a key that is not there yet");
			return NULL;
		}
		value_push(list, make_map(r, r->line), r->arena);
		return &list->list->at[list->list->count - 1];
	}
	return enter(r, holder, key);
}

bool toml_read(const struct source *src, str text, int first_line, struct value *out,
	struct arena *a, struct diags *d)
{
	struct reading r = { src, text, 0, 0, first_line, a, d };
	struct value *map = out;

	*out = make_map(&r, first_line);
	for (skip_space(&r); !at_end(&r); skip_space(&r)) {
		if (peek(&r) == '[') {
			map = read_header(&r, out);
			if (!map)
				return false;
		} else if (!read_pair(&r, map, 0) || !skip_line_end(&r)) {
			return false;
		}
	}
	return true;
}
