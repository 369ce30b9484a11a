#include "data/yaml.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "data/yaml_parts.h"

enum {
	DEFAULT_DEPTH = 64,
	MOST_DEPTH = 1000, /* readers and writers of values recurse */
	DEFAULT_NODES = 100000,
	FEW_KEYS = 16,     /* below this a plain search is quicker than a table */
	MOST_REPEATS = 20, /* repeated keys named in one text */
};

/* Where the keys of a map stand, for maps with many. */
struct key_table {
	uint32_t *slots; /* index + 1; 0 is free */
	size_t size;     /* a power of two, at least twice the keys */
};

/* What an anchor names; its value is the entry of the same index in `reader.anchors`. */
struct anchor {
	size_t nodes; /* with all that its aliases expand to */
	int height;
	bool open; /* still being read: an alias to it would contain itself */
};

struct reader {
	yaml_parser_t parser;
	yaml_event_t event;
	const struct source *src;
	str text;
	int first_line;

	/* The place reached, for turning libyaml's character counts into lines and bytes. */
	size_t characters, offset, line_start;
	int line;

	int depth, most_depth;
	size_t nodes, most_nodes;
	int repeats;

	struct value anchors;
	struct key_table anchor_table;
	struct anchor *anchor_info;
	size_t anchor_cap;

	struct arena *arena;
	struct arena scratch; /* anchors and key tables; empty for most documents */
	struct diags *d;
};

static loc place(struct reader *r, yaml_mark_t mark)
{
	if (mark.index < r->characters) {
		r->characters = r->offset = r->line_start = 0;
		r->line = r->first_line;
	}
	while (r->characters < mark.index && r->offset < r->text.len) {
		if (r->text.ptr[r->offset++] == '\n') {
			r->line++;
			r->line_start = r->offset;
		}
		while (r->offset < r->text.len &&
			((unsigned char)r->text.ptr[r->offset] & 0xC0) == 0x80)
			r->offset++;
		r->characters++;
	}
	return (loc){ r->src, r->line, (int)(r->offset - r->line_start) + 1 };
}

static str line_here(const struct reader *r)
{
	return yaml_line_at(r->text, r->offset);
}

static bool next_event(struct reader *r)
{
	yaml_event_delete(&r->event);
	if (yaml_parser_parse(&r->parser, &r->event))
		return true;
	yaml_say_fault(&r->parser, r->src, r->text, r->first_line, r->d);
	return false;
}

/* Keys. */

static size_t slot_of(const struct key_table *t, const struct value_map *m, str key)
{
	size_t at = hash_64(key) & (t->size - 1);

	while (t->slots[at] && !str_eq(m->at[t->slots[at] - 1].key, key))
		at = (at + 1) & (t->size - 1);
	return at;
}

static void widen_table(struct key_table *t, const struct value_map *m, struct arena *a)
{
	t->size = t->size ? t->size * 2 : FEW_KEYS * 4;
	t->slots = arena_array(a, uint32_t, t->size);
	for (size_t i = 0; i < m->count; i++)
		t->slots[slot_of(t, m, m->at[i].key)] = (uint32_t)i + 1;
}

static const struct value_entry *find_key(struct key_table *t, const struct value *map, str key)
{
	if (value_count(map) < FEW_KEYS || !t->size)
		return value_entry(map, key);
	uint32_t slot = t->slots[slot_of(t, map->map, key)];
	return slot ? &map->map->at[slot - 1] : NULL;
}

/* Add a key that is not there yet; the map takes its memory from `a`. */
static struct value_entry *add_key(
	struct reader *r, struct key_table *t, struct value *map, str key, struct arena *a)
{
	value_add(map, key, value_null(), a);
	struct value_map *m = map->map;

	if (m->count >= FEW_KEYS) {
		if (m->count * 2 > t->size)
			widen_table(t, m, &r->scratch);
		else
			t->slots[slot_of(t, m, key)] = (uint32_t)m->count;
	}
	return &m->at[m->count - 1];
}

/* Anchors and aliases. */

static size_t open_anchor(struct reader *r, const yaml_char_t *name)
{
	str key = str_c((const char *)name);
	const struct value_entry *e = find_key(&r->anchor_table, &r->anchors, key);

	if (!e)
		e = add_key(r, &r->anchor_table, &r->anchors, str_copy(key, &r->scratch),
			&r->scratch);
	size_t index = (size_t)(e - r->anchors.map->at);
	if (index >= r->anchor_cap) {
		size_t cap = r->anchor_cap ? r->anchor_cap * 2 : 8;
		struct anchor *wider = arena_array(&r->scratch, struct anchor, cap);
		if (r->anchor_cap)
			memcpy(wider, r->anchor_info, r->anchor_cap * sizeof(*wider));
		r->anchor_info = wider;
		r->anchor_cap = cap;
	}
	r->anchor_info[index] = (struct anchor){ .open = true };
	return index;
}

static void close_anchor(
	struct reader *r, size_t index, const struct value *v, size_t nodes, int height)
{
	r->anchors.map->at[index].value = *v;
	r->anchor_info[index] = (struct anchor){ .nodes = nodes, .height = height };
}

static bool count_nodes(struct reader *r, size_t more, loc at)
{
	if (more <= r->most_nodes - r->nodes) {
		r->nodes += more;
		return true;
	}
	diag_error(r->d, at, "yaml", "more than %zu values", r->most_nodes);
	diag_help(r->d, "an alias (*name) counts as all that it stands for");
	return false;
}

static bool check_depth(struct reader *r, int depth, loc at)
{
	if (depth <= r->most_depth)
		return true;
	return diag_error(r->d, at, "yaml", "more than %d levels deep", r->most_depth);
}

static bool read_alias(struct reader *r, struct value *out, int *height, loc at)
{
	str name = str_c((const char *)r->event.data.alias.anchor);
	const struct value_entry *e = find_key(&r->anchor_table, &r->anchors, name);

	if (!e) {
		diag_error(r->d, at, "yaml", "unknown alias \"*" STR_FMT "\"", STR_ARG(name));
		yaml_help_quotes(line_here(r), r->d);
		return false;
	}
	const struct anchor *anchor = &r->anchor_info[e - r->anchors.map->at];
	if (anchor->open)
		return diag_error(r->d, at, "yaml", "\"*" STR_FMT "\" would contain itself",
			STR_ARG(name));
	*out = e->value;
	*height = anchor->height;
	return check_depth(r, r->depth + anchor->height, at) &&
	       count_nodes(r, anchor->nodes, at);
}

/* Scalars. */

/* "tag:yaml.org,2002:int" -> "int"; empty for a tag of another kind. */
static str core_tag(str tag)
{
	str prefix = STR("tag:yaml.org,2002:");

	return str_starts(tag, prefix) ? str_from(tag, prefix.len) : STR("");
}

static bool refuse_tag(struct reader *r, str tag, loc at)
{
	str core = core_tag(tag);

	if (core.len)
		diag_error(r->d, at, "yaml", "the tag \"!!" STR_FMT "\" cannot stand here",
			STR_ARG(core));
	else
		diag_error(r->d, at, "yaml", "unknown tag \"" STR_FMT "\"", STR_ARG(tag));
	diag_help(r->d,
		"tags are !!str !!int !!float !!bool !!null !!seq !!map; a text that starts "
		"with '!' needs quotes");
	return false;
}

/* An explicit tag wins over the way of writing; what it asks for must be there. */
static bool type_tagged(struct reader *r, str tag, struct value *v, loc at)
{
	str core = core_tag(tag);
	struct value typed = *v;

	if (str_eq(tag, STR("!")) || str_eq(core, STR("str"))) {
		v->kind = VALUE_STRING;
		return true;
	}
	yaml_type_plain(&typed);
	if (str_eq(core, STR("float")) && typed.kind == VALUE_INT) {
		typed.kind = VALUE_FLOAT;
		typed.f = (double)typed.i;
	}
	bool fits = (str_eq(core, STR("int")) && typed.kind == VALUE_INT) ||
		    (str_eq(core, STR("float")) && typed.kind == VALUE_FLOAT) ||
		    (str_eq(core, STR("bool")) && typed.kind == VALUE_BOOL) ||
		    (str_eq(core, STR("null")) && typed.kind == VALUE_NULL);
	bool known = str_eq(core, STR("int")) || str_eq(core, STR("float")) ||
		     str_eq(core, STR("bool")) || str_eq(core, STR("null"));
	if (!known)
		return refuse_tag(r, tag, at);
	if (!fits)
		return diag_error(r->d, at, "yaml", "\"" STR_FMT "\" is not of type !!" STR_FMT,
			STR_ARG(str_sub(v->s, 0, 60)), STR_ARG(core));
	*v = typed;
	return true;
}

static str event_text(const yaml_event_t *scalar)
{
	return str_new((const char *)scalar->data.scalar.value, scalar->data.scalar.length);
}

static bool read_scalar(struct reader *r, struct value *out, loc at)
{
	str text = event_text(&r->event);
	str tag = str_c((const char *)r->event.data.scalar.tag);

	/* "\0" is the one way to a NUL, and nothing behind us expects one in a path or a page.
	 */
	if (str_find_char(text, '\0') >= 0)
		return diag_error(r->d, at, "yaml", "a NUL character in a text");
	*out = (struct value){ .kind = VALUE_STRING, .s = str_copy(text, r->arena) };
	if (tag.len)
		return type_tagged(r, tag, out, at);
	if (r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
		yaml_type_plain(out);
	return true;
}

/* Lists and maps. Each reader starts at the first event of its value and leaves at the last. */

static bool read_value(struct reader *r, struct value *out, int *height);

static bool check_collection_tag(
	struct reader *r, const yaml_char_t *tag, const char *name, loc at)
{
	str t = str_c((const char *)tag);

	return !t.len || str_eq(t, STR("!")) || str_eq(core_tag(t), str_c(name)) ||
	       refuse_tag(r, t, at);
}

static bool read_list(struct reader *r, struct value *out, int *height)
{
	int tallest = 0;

	*out = value_list(r->arena);
	for (;;) {
		struct value item;
		int h = 0;

		if (!next_event(r))
			return false;
		if (r->event.type == YAML_SEQUENCE_END_EVENT)
			break;
		if (!read_value(r, &item, &h))
			return false;
		value_push(out, item, r->arena);
		tallest = h > tallest ? h : tallest;
	}
	*height = tallest + 1;
	return true;
}

static bool read_key(struct reader *r, struct value *out)
{
	loc at = place(r, r->event.start_mark);
	int height = 0;

	if (r->event.type == YAML_MAPPING_START_EVENT ||
		r->event.type == YAML_SEQUENCE_START_EVENT) {
		diag_error(r->d, at, "yaml", "a key must be a plain word or a string");
		if (str_find(line_here(r), STR("{{")) >= 0)
			yaml_help_quotes(line_here(r), r->d);
		return false;
	}
	if (!read_value(r, out, &height))
		return false;
	if (out->kind == VALUE_LIST || out->kind == VALUE_MAP)
		return diag_error(r->d, at, "yaml", "a key must be a plain word or a string");
	/* Types are for values: the key 1 is "1", and ~ is "~". */
	if (out->kind == VALUE_NULL && r->event.type == YAML_SCALAR_EVENT)
		out->s = str_copy(event_text(&r->event), r->arena);
	return true;
}

/* Repeats do not end the reading, so that one run names them all. */
static void say_repeat(
	struct reader *r, const struct value_entry *first, const struct value *key)
{
	r->repeats++;
	diag_error(r->d, value_loc(key, r->src), "yaml",
		"the key \"" STR_FMT "\" is there twice: first on line %d, column %d",
		STR_ARG(str_sub(key->s, 0, 60)), first->line, first->col);
}

/* Merging was a convention of YAML 1.1; whoever relies on it should hear that nothing is
 * merged. */
static void warn_merge_key(struct reader *r, const struct value *key, const struct value *v)
{
	if (!str_eq(key->s, STR("<<")) || (v->kind != VALUE_MAP && v->kind != VALUE_LIST))
		return;
	diag_warn(r->d, value_loc(key, r->src), "yaml",
		"\"<<\" is an ordinary key: nothing is merged");
	diag_help(r->d, "YAML 1.2 has no merge keys; write the keys out");
}

static void keep_entry(struct reader *r, struct key_table *t, struct value *map,
	const struct value *key, const struct value *v)
{
	struct value_entry *e = add_key(r, t, map, key->s, r->arena);

	e->line = key->line;
	e->col = key->col;
	e->value = *v;
	warn_merge_key(r, key, v);
}

static bool read_map(struct reader *r, struct value *out, int *height)
{
	struct key_table table = { 0 };
	int tallest = 0;

	*out = value_map(r->arena);
	for (;;) {
		struct value key, v;
		int h = 0;

		if (!next_event(r))
			return false;
		if (r->event.type == YAML_MAPPING_END_EVENT)
			break;
		if (!read_key(r, &key))
			return false;
		const struct value_entry *first = find_key(&table, out, key.s);
		if (first)
			say_repeat(r, first, &key);
		if (r->repeats >= MOST_REPEATS || !next_event(r) || !read_value(r, &v, &h))
			return false;
		if (!first)
			keep_entry(r, &table, out, &key, &v);
		tallest = h > tallest ? h : tallest;
	}
	*height = tallest + 1;
	return true;
}

static bool read_collection(struct reader *r, struct value *out, int *height, loc at)
{
	bool list = r->event.type == YAML_SEQUENCE_START_EVENT;
	const yaml_char_t *tag =
		list ? r->event.data.sequence_start.tag : r->event.data.mapping_start.tag;
	bool ok;

	if (!check_collection_tag(r, tag, list ? "seq" : "map", at) ||
		!check_depth(r, r->depth + 1, at))
		return false;
	r->depth++;
	ok = list ? read_list(r, out, height) : read_map(r, out, height);
	r->depth--;
	return ok;
}

static const yaml_char_t *event_anchor(const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return e->data.scalar.anchor;
	case YAML_SEQUENCE_START_EVENT:
		return e->data.sequence_start.anchor;
	case YAML_MAPPING_START_EVENT:
		return e->data.mapping_start.anchor;
	default:
		return NULL;
	}
}

static bool read_value(struct reader *r, struct value *out, int *height)
{
	loc at = place(r, r->event.start_mark);
	const yaml_char_t *name = event_anchor(&r->event);
	bool anchored = name != NULL;
	size_t before = r->nodes;
	size_t anchor = 0;
	bool ok;

	if (r->event.type != YAML_ALIAS_EVENT && !count_nodes(r, 1, at))
		return false;
	if (anchored)
		anchor = open_anchor(r, name);
	if (r->event.type == YAML_ALIAS_EVENT)
		ok = read_alias(r, out, height, at);
	else if (r->event.type == YAML_SCALAR_EVENT)
		ok = read_scalar(r, out, at);
	else
		ok = read_collection(r, out, height, at);
	if (!ok)
		return false;
	out->line = at.line;
	out->col = at.col;
	if (anchored)
		close_anchor(r, anchor, out, r->nodes - before, *height);
	return true;
}

static bool read_stream(struct reader *r, struct value *out)
{
	int height = 0;

	if (!next_event(r) ||
		!next_event(r)) /* the start of the stream; of a document, or its end */
		return false;
	if (r->event.type == YAML_STREAM_END_EVENT)
		return true;
	if (!next_event(r) || !read_value(r, out, &height) || !next_event(r) || !next_event(r))
		return false;
	if (r->event.type == YAML_STREAM_END_EVENT)
		return true;
	diag_error(
		r->d, place(r, r->event.start_mark), "yaml", "a second document starts here");
	diag_help(r->d, "only one is read; remove the \"---\" line");
	return false;
}

static int limit_depth(const struct yaml_limits *limits)
{
	int depth = limits && limits->depth > 0 ? limits->depth : DEFAULT_DEPTH;

	return depth < MOST_DEPTH ? depth : MOST_DEPTH;
}

bool yaml_read(const struct source *src, str text, int first_line,
	const struct yaml_limits *limits, struct value *out, struct arena *a, struct diags *d)
{
	struct reader r = {
		.src = src, .first_line = first_line, .line = first_line, .arena = a, .d = d
	};
	bool ok;

	*out = value_null();
	r.text = str_starts(text, STR("\xEF\xBB\xBF")) ? str_from(text, 3) : text;
	r.most_depth = limit_depth(limits);
	r.most_nodes = limits && limits->max_nodes ? limits->max_nodes : DEFAULT_NODES;
	r.anchors = value_map(&r.scratch);
	if (!yaml_parser_initialize(&r.parser))
		return diag_error(d, (loc){ src, first_line, 1 }, "yaml", "out of memory");
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&r.parser, (const unsigned char *)(r.text.ptr ? r.text.ptr : ""), r.text.len);
	ok = read_stream(&r, out) && r.repeats == 0;
	if (!ok)
		*out = value_null();
	yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	arena_free(&r.scratch);
	return ok;
}
