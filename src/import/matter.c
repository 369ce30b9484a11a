#include "import/matter.h"

#include "base/arena.h"
#include "content/article.h"
#include "content/key.h"
#include "data/json.h"
#include "data/yaml.h"
#include "import/toml.h"

static str first_line(str text)
{
	return str_trim_end(str_cut(text, '\n').head);
}

/* The offset of the line "+++" that ends TOML; 0 when there is none. */
static size_t find_plus(str text, int *line)
{
	size_t at = str_cut(text, '\n').head.len + 1;

	for (*line = 2; at < text.len; ++*line) {
		str l = str_cut(str_from(text, at), '\n').head;

		if (str_eq(str_trim_end(l), STR("+++")))
			return at;
		at += l.len + 1;
	}
	return 0;
}

static bool read_toml(
	const struct source *src, struct matter *out, struct arena *a, struct diags *d)
{
	size_t from = str_cut(src->text, '\n').head.len + 1,
	       end = find_plus(src->text, &out->body_line);

	if (end == 0) {
		diag_error(d, (loc){ src, 1, 1 }, "front-matter",
			"TOML opened by \"+++\" is never closed");
		diag_help(d, "end it by a line \"+++\"");
		return false;
	}
	out->found = true;
	out->head = str_sub(src->text, from, end);
	out->body = end + str_cut(str_from(src->text, end), '\n').head.len + 1;
	if (out->body > src->text.len)
		out->body = src->text.len;
	out->body_line++;
	return toml_read(src, out->head, 2, &out->root, a, d);
}

/* Behind the brace that closes the one at the start; 0 when it never comes. */
static size_t find_brace(str text)
{
	bool quoted = false;
	int depth = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && c == '{')
			depth++;
		else if (!quoted && c == '}' && --depth == 0)
			return i + 1;
	}
	return 0;
}

static bool read_json(
	const struct source *src, struct matter *out, struct arena *a, struct diags *d)
{
	size_t end = find_brace(src->text);

	out->found = true;
	out->head = str_sub(src->text, 0, end ? end : src->text.len);
	out->body = out->head.len;
	for (size_t i = 0; i < out->body; i++)
		out->body_line += src->text.ptr[i] == '\n';
	return json_read(src, out->head, &out->root, a, d);
}

static bool read_yaml(
	const struct source *src, struct matter *out, struct arena *a, struct diags *d)
{
	str head;

	/* A first line of dashes that nothing closes is a rule across the page. */
	if (!article_split(src->text, &head, &out->body, &out->body_line)) {
		out->body = 0;
		out->body_line = 1;
		return true;
	}
	out->found = out->body > 0;
	out->head = head;
	if (!yaml_read(src, head, 2, NULL, &out->root, a, d))
		return false;
	if (out->root.kind != VALUE_MAP && out->root.kind != VALUE_NULL)
		return diag_error(d, value_loc(&out->root, src), "front-matter",
			"front matter must be \"key: value\" lines, found %s",
			value_kind_name(&out->root));
	return true;
}

bool matter_read(const struct source *src, enum import_kind kind, struct matter *out,
	struct arena *a, struct diags *d)
{
	*out = (struct matter){ .body_line = 1 };
	if (str_eq(first_line(src->text), STR("+++")))
		return read_toml(src, out, a, d);
	if (kind == IMPORT_HUGO && str_starts(src->text, STR("{")) &&
		!str_starts(src->text, STR("{{")))
		return read_json(src, out, a, d);
	return read_yaml(src, out, a, d);
}

struct converting {
	enum import_kind kind;
	struct notes *notes;
	struct arena *arena;
	struct value out, params;
};

static bool is_yes(str s)
{
	return str_eq_nocase(s, STR("yes")) || str_eq_nocase(s, STR("on")) ||
	       str_eq_nocase(s, STR("y"));
}

static bool is_no(str s)
{
	return str_eq_nocase(s, STR("no")) || str_eq_nocase(s, STR("off")) ||
	       str_eq_nocase(s, STR("n"));
}

/* Older YAML had more words for it. */
static struct value convert_bool(struct converting *c, const struct value_entry *e)
{
	str s = value_str(&e->value);

	if (e->value.kind != VALUE_STRING || (!is_yes(s) && !is_no(s)))
		return e->value;
	notes_add(c->notes, NOTE_YES_NO, e->line, e->key);
	return value_bool(is_yes(s));
}

/* Jekyll splits a text at blanks. */
static struct value convert_words(struct converting *c, const struct value_entry *e)
{
	struct value list;
	str rest = value_str(&e->value);

	if (c->kind != IMPORT_JEKYLL || e->value.kind != VALUE_STRING ||
		str_find_char(rest, ',') >= 0)
		return e->value;
	list = value_list(c->arena);
	for (rest = str_trim(rest); rest.len; rest = str_trim(rest)) {
		struct str_pair p = str_cut(rest, ' ');

		value_push(&list, value_string(p.head), c->arena);
		rest = p.tail;
	}
	if (value_count(&list) > 1)
		notes_add(c->notes, NOTE_TAG_WORDS, e->line, e->key);
	return list;
}

static void put(struct converting *c, str name, const struct value_entry *e, struct value v)
{
	if (value_is_null(&v))
		return;
	if (value_entry(&c->out, name))
		notes_add(c->notes, NOTE_HEAD_KEY, e->line, e->key);
	else
		value_add(&c->out, name, v, c->arena);
}

static void put_param(struct converting *c, const struct value_entry *e)
{
	if (value_entry(&c->params, e->key))
		notes_add(c->notes, NOTE_HEAD_KEY, e->line, e->key);
	else
		value_add(&c->params, e->key, e->value, c->arena);
}

static void put_params(struct converting *c, const struct value_entry *e)
{
	if (e->value.kind != VALUE_MAP) {
		put_param(c, e);
		return;
	}
	for (size_t i = 0; i < value_count(&e->value); i++)
		put_param(c, &e->value.map->at[i]);
}

static void convert_unknown(struct converting *c, const struct value_entry *e)
{
	if (str_eq_nocase(e->key, STR("categories")) || str_eq_nocase(e->key, STR("category")))
		put(c, STR("categories"), e, convert_words(c, e));
	else
		put_param(c, e);
}

static void convert_entry(struct converting *c, const struct value_entry *e)
{
	enum key key = key_find(e->key);
	size_t count;
	str name = key == KEY_NONE ? e->key : article_keys(&count)[key].name;

	switch (key) {
	case KEY_DRAFT:
	case KEY_PUBLISHED:
	case KEY_TOC:
		put(c, name, e, convert_bool(c, e));
		return;
	case KEY_TAGS:
		put(c, name, e, convert_words(c, e));
		return;
	case KEY_TEMPLATE:
		/* A layout belongs to the theme that is left behind; gen's own key stays. */
		if (str_eq_key(e->key, STR("layout")))
			notes_add(c->notes, NOTE_HEAD_KEY, e->line,
				str_printf(c->arena, STR_FMT ": " STR_FMT, STR_ARG(e->key),
					STR_ARG(value_str(&e->value))));
		else
			put(c, name, e, e->value);
		return;
	case KEY_PARAMS:
		put_params(c, e);
		return;
	case KEY_NONE:
		convert_unknown(c, e);
		return;
	default:
		put(c, name, e, e->value);
	}
}

static void note_comments(str head, struct notes *notes)
{
	int line = 2;

	for (str rest = head; rest.len; line++) {
		struct str_pair p = str_cut(rest, '\n');

		if (str_starts(str_trim(p.head), STR("#")))
			notes_add(notes, NOTE_HEAD_COMMENT, line, str_trim(p.head));
		rest = p.tail;
	}
}

struct value matter_convert(
	const struct matter *m, enum import_kind kind, struct notes *notes, struct arena *a)
{
	struct converting c = { kind, notes, a, value_map(a), value_map(a) };

	note_comments(m->head, notes);
	for (size_t i = 0; i < value_count(&m->root); i++)
		convert_entry(&c, &m->root.map->at[i]);
	if (value_count(&c.params))
		value_add(&c.out, STR("params"), c.params, a);
	return c.out;
}
