#include "blocks/fence.h"

#include "base/arena.h"
#include "blocks/fence_check.h"

enum { ATTRS_MAX = 32 };

static const char CATEGORY[] = "fence";

/* What Hugo, Quarto, Zola, Docusaurus and VitePress call the same thing. */
static const struct {
	str theirs, ours;
} ALIASES[] = {
	{ STR_INIT("hl_lines"), STR_INIT("hl") },
	{ STR_INIT("linenos"), STR_INIT("lines") },
	{ STR_INIT("numberLines"), STR_INIT("lines") },
	{ STR_INIT("showLineNumbers"), STR_INIT("lines") },
	{ STR_INIT("linenostart"), STR_INIT("start") },
	{ STR_INIT("startFrom"), STR_INIT("start") },
	{ STR_INIT("filename"), STR_INIT("title") },
};

struct reader {
	str s;
	size_t pos;
	loc at;
	struct fence *out;
	struct fence_attr attrs[ATTRS_MAX];
	size_t count;
	struct arena *arena;
	struct diags *diags;
	bool ok;
};

static str find_alias(str key)
{
	for (size_t i = 0; i < sizeof(ALIASES) / sizeof(ALIASES[0]); i++)
		if (str_eq_nocase(ALIASES[i].theirs, key))
			return ALIASES[i].ours;
	return key;
}

static loc place(const struct reader *r, size_t pos)
{
	return (loc){ r->at.src, r->at.line, r->at.col ? r->at.col + (int)pos : 0 };
}

static bool more(const struct reader *r)
{
	return r->pos < r->s.len;
}

static char peek(const struct reader *r)
{
	return more(r) ? r->s.ptr[r->pos] : '\0';
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static void skip_separators(struct reader *r)
{
	while (more(r) && (is_space(peek(r)) || peek(r) == ','))
		r->pos++;
}

static void add_attr(struct reader *r, struct fence_attr attr)
{
	if (r->count == ATTRS_MAX) {
		if (r->ok)
			diag_error(r->diags, attr.at, CATEGORY,
				"more than %d attributes on a fence", ATTRS_MAX);
		r->ok = false;
		return;
	}
	r->attrs[r->count++] = attr;
}

static str read_quoted(struct reader *r)
{
	size_t open = r->pos++;
	size_t from = r->pos;
	char quote = r->s.ptr[open];

	while (more(r) && peek(r) != quote)
		r->pos++;
	if (!more(r)) {
		diag_error(r->diags, place(r, open), CATEGORY, "this quote is not closed");
		r->ok = false;
	}
	str value = str_sub(r->s, from, r->pos);
	if (more(r))
		r->pos++;
	return value;
}

/* Hugo's [2,"4-6"], as 2,4-6. */
static str read_list(struct reader *r)
{
	size_t open = r->pos++;
	char *out = arena_alloc(r->arena, r->s.len, 1);
	size_t len = 0;

	while (more(r) && peek(r) != ']') {
		char c = r->s.ptr[r->pos++];
		if (c != '"' && c != '\'' && !is_space(c))
			out[len++] = c;
	}
	if (!more(r)) {
		diag_error(r->diags, place(r, open), CATEGORY, "this '[' is not closed");
		r->ok = false;
	} else {
		r->pos++;
	}
	return str_new(out, len);
}

/* `hl=1-3,linenos` as Zola writes it: a comma before a letter ends a list of lines. */
static bool ends_bare(const struct reader *r, bool braces, bool ranges)
{
	char c = peek(r);

	if (is_space(c) || (braces && (c == '}' || c == ',')))
		return true;
	return ranges && c == ',' && r->pos + 1 < r->s.len && is_letter(r->s.ptr[r->pos + 1]);
}

static str read_value(struct reader *r, bool braces, bool ranges)
{
	size_t from = r->pos;

	if (peek(r) == '"' || peek(r) == '\'')
		return read_quoted(r);
	if (peek(r) == '[')
		return read_list(r);
	while (more(r) && !ends_bare(r, braces, ranges))
		r->pos++;
	return str_sub(r->s, from, r->pos);
}

/*
 * "true" and what Hugo has besides ("table", "inline"); a flag that is "false" was not written.
 */
static bool is_off(str value)
{
	return str_eq_nocase(value, STR("false")) || str_eq(value, STR("0"));
}

static bool is_on(str value)
{
	return str_eq_nocase(value, STR("true")) || str_eq(value, STR("1")) ||
	       str_eq(value, STR("table")) || str_eq(value, STR("inline"));
}

static void settle_attr(struct reader *r, struct fence_attr attr, str written)
{
	const struct fence_word *word = fence_word(attr.key);
	bool alias = !str_eq(written, attr.key);

	if (!attr.flag && word && word->flag && (!word->key || alias)) {
		if (is_off(attr.value))
			return;
		if (!is_on(attr.value)) {
			diag_error(r->diags, attr.at, CATEGORY, "'" STR_FMT "' takes no value",
				STR_ARG(written));
			r->ok = false;
		}
		attr.flag = true;
		attr.value = STR("");
	}
	if (attr.flag && word && !word->flag) {
		diag_error(r->diags, attr.at, CATEGORY, "'" STR_FMT "' needs a value",
			STR_ARG(written));
		diag_help(r->diags, "write " STR_FMT "=\"...\": " STR_FMT, STR_ARG(written),
			STR_ARG(word->meaning));
		r->ok = false;
		return;
	}
	add_attr(r, attr);
}

static void read_attr(struct reader *r, bool braces)
{
	size_t from = r->pos;

	while (more(r) && !is_space(peek(r)) && peek(r) != '=' && peek(r) != ',' &&
		!(braces && peek(r) == '}'))
		r->pos++;
	str written = str_sub(r->s, from, r->pos);
	struct fence_attr attr = {
		.key = find_alias(written), .flag = true, .at = place(r, from)
	};
	attr.value_at = attr.at;
	if (peek(r) == '=') {
		r->pos++;
		attr.flag = false;
		attr.value_at = place(r, r->pos);
		attr.value = read_value(r, braces, str_eq(attr.key, STR("hl")));
	}
	if (written.len == 0) {
		diag_error(r->diags, attr.at, CATEGORY, "expected an attribute, got '='");
		r->ok = false;
		return;
	}
	settle_attr(r, attr, written);
}

/* `{2,4-6}` */
static void read_ranges(struct reader *r)
{
	size_t from = r->pos;

	while (more(r) &&
		(is_digit(peek(r)) || peek(r) == '-' || peek(r) == ',' || is_space(peek(r))))
		r->pos++;
	str value = str_trim(str_sub(r->s, from, r->pos));
	while (str_ends(value, STR(",")))
		value.len--;
	add_attr(r, (struct fence_attr){ .key = STR("hl"),
			    .value = value,
			    .at = place(r, from),
			    .value_at = place(r, from) });
}

static str read_name(struct reader *r)
{
	size_t from = r->pos;

	while (more(r) && !is_space(peek(r)) && peek(r) != ',' && peek(r) != '}')
		r->pos++;
	return str_sub(r->s, from, r->pos);
}

/* Pandoc's `.class` and `#id`: the first class is the language. */
static void read_pandoc(struct reader *r)
{
	size_t from = r->pos;
	bool id = r->s.ptr[r->pos++] == '#';
	str name = read_name(r);

	if (id)
		add_attr(r, (struct fence_attr){ .key = STR("id"),
				    .value = name,
				    .at = place(r, from),
				    .value_at = place(r, from + 1) });
	else if (r->out->lang.len == 0)
		r->out->lang = name;
	else
		settle_attr(r,
			(struct fence_attr){ .key = find_alias(name),
				.flag = true,
				.at = place(r, from),
				.value_at = place(r, from) },
			name);
}

/*
 * The word that opens `{python, echo=false}` names the language when nothing before the brace
 * did.
 */
static bool opens_with_lang(const struct reader *r)
{
	size_t at = r->pos;

	if (r->out->lang.len > 0 || r->count > 0)
		return false;
	while (at < r->s.len && !is_space(r->s.ptr[at]) && r->s.ptr[at] != ',' &&
		r->s.ptr[at] != '}') {
		if (r->s.ptr[at] == '=')
			return false;
		at++;
	}
	return true;
}

static void read_braces(struct reader *r)
{
	size_t open = r->pos;

	while (peek(r) == '{')
		r->pos++;
	skip_separators(r);
	while (more(r) && peek(r) != '}') {
		if (peek(r) == '.' || peek(r) == '#')
			read_pandoc(r);
		else if (is_digit(peek(r)))
			read_ranges(r);
		else if (opens_with_lang(r))
			r->out->lang = read_name(r);
		else
			read_attr(r, true);
		skip_separators(r);
	}
	if (!more(r)) {
		diag_error(r->diags, place(r, open), CATEGORY, "this '{' is not closed");
		r->ok = false;
	}
	while (peek(r) == '}')
		r->pos++;
}

static void read_lang(struct reader *r)
{
	size_t at = 0;
	bool assigns = false;

	while (at < r->s.len && !is_space(r->s.ptr[at]) && r->s.ptr[at] != ',' &&
		r->s.ptr[at] != '{') {
		assigns = assigns || r->s.ptr[at] == '=';
		at++;
	}
	if (assigns)
		return;
	r->out->lang = str_sub(r->s, 0, at);
	r->pos = at;
}

const struct fence_attr *fence_get(const struct fence *f, str key)
{
	for (size_t i = 0; i < f->count; i++)
		if (str_eq(f->attrs[i].key, key))
			return &f->attrs[i];
	return NULL;
}

bool fence_has(const struct fence *f, str flag)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->attrs[i].flag && str_eq(f->attrs[i].key, flag))
			return true;
	return false;
}

const struct fence_attr *fence_key(const struct fence *f, str key)
{
	for (size_t i = 0; i < f->count; i++)
		if (!f->attrs[i].flag && str_eq(f->attrs[i].key, key))
			return &f->attrs[i];
	return NULL;
}

str fence_value(const struct fence *f, str key)
{
	const struct fence_attr *attr = fence_key(f, key);

	return attr ? attr->value : STR("");
}

static bool is_plain(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (is_space(s.ptr[i]) || s.ptr[i] == ',' || s.ptr[i] == '{' || s.ptr[i] == '=')
			return false;
	return true;
}

bool fence_read(str info, loc at, struct fence *out, struct arena *a, struct diags *d)
{
	*out = (struct fence){ 0 };
	if (is_plain(info)) {
		out->lang = info;
		return true;
	}

	struct reader r;
	r.s = info;
	r.pos = 0;
	r.at = at;
	r.out = out;
	r.count = 0;
	r.arena = a;
	r.diags = d;
	r.ok = true;
	read_lang(&r);
	skip_separators(&r);
	while (more(&r)) {
		if (peek(&r) == '{')
			read_braces(&r);
		else
			read_attr(&r, false);
		skip_separators(&r);
	}
	if (r.count == 0)
		return r.ok;
	struct fence_attr *attrs = arena_array(a, struct fence_attr, r.count);
	memcpy(attrs, r.attrs, r.count * sizeof(attrs[0]));
	out->attrs = attrs;
	out->count = r.count;
	out->runs = fence_has(out, STR("run")) || fence_has(out, STR("check")) ||
		    fence_has(out, STR("serve"));
	return fence_check(out, d) && r.ok;
}
