#include "site/config_parts.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "content/key.h"
#include "site/config.h"

enum { MOST_TAXONOMIES = 50 };

static bool is_word(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
			return false;
	}
	return s.len > 0;
}

/* Tags and series are there without being named; the names of authors are front matter already. */
static bool is_built_in(enum key key)
{
	return key == KEY_TAGS || key == KEY_SERIES;
}

static enum key find_key(const struct taxonomy_key *t)
{
	enum key key = key_find(t->plural);

	return key == KEY_NONE ? key_find(t->name) : key;
}

static const struct taxonomy_key *find_same(const struct config *c, const struct taxonomy_key *t, struct arena *a)
{
	for (size_t i = 0; i < c->taxonomy_count; i++) {
		const struct taxonomy_key *other = &c->taxonomies[i];

		if (str_eq_key(other->name, t->name) || str_eq_key(other->plural, t->plural) ||
			str_eq(slug_from(other->plural, a), slug_from(t->plural, a)))
			return other;
	}
	return NULL;
}

static bool add_taxonomy(const struct config_reading *r, const struct value *at, struct taxonomy_key t)
{
	loc place = value_loc(at, r->src);
	struct config *c = r->out;
	const struct taxonomy_key *same;
	enum key key;

	if (!is_word(t.name) || !is_word(t.plural)) {
		diag_error(r->diags, place, "config",
			"the name of a taxonomy has letters, digits, '-' and '_', unlike '" STR_FMT "'",
			STR_ARG(is_word(t.name) ? t.plural : t.name));
		return false;
	}
	key = find_key(&t);
	if (is_built_in(key))
		return true;
	if (key != KEY_NONE && key != KEY_AUTHORS)
		return diag_error(r->diags, place, "config",
			"\"" STR_FMT "\" is a key of front matter already, and cannot be a taxonomy",
			STR_ARG(t.plural));
	same = find_same(c, &t, r->arena);
	if (same)
		return diag_error(r->diags, place, "config",
			"the taxonomies \"" STR_FMT "\" and \"" STR_FMT "\" (line %d) are the same", STR_ARG(t.plural),
			STR_ARG(same->plural), same->line);
	t.line = place.line;
	c->taxonomies[c->taxonomy_count++] = t;
	return true;
}

static bool is_text(const struct value *v)
{
	return v->kind == VALUE_STRING && v->s.len;
}

static bool refuse(const struct config_reading *r, const struct value *at)
{
	diag_error(r->diags, value_loc(at, r->src), "config", "a taxonomy is a name, or {name: topic, plural: topics}");
	return false;
}

static bool read_item(const struct config_reading *r, const struct value *v)
{
	const struct value *name = value_get(v, STR("name")), *plural = value_get(v, STR("plural"));

	if (is_text(v))
		return add_taxonomy(r, v, (struct taxonomy_key){ v->s, v->s, 0 });
	if (v->kind != VALUE_MAP || !is_text(name) || !(value_is_null(plural) || is_text(plural)))
		return refuse(r, v);
	for (size_t i = 0; i < value_count(v); i++) {
		const struct value_entry *e = &v->map->at[i];

		if (str_eq(e->key, STR("name")) || str_eq(e->key, STR("plural")))
			continue;
		diag_error(r->diags, (loc){ r->src, e->line, e->col }, "config",
			"unknown key \"" STR_FMT "\" of a taxonomy", STR_ARG(e->key));
		diag_help(r->diags, "it has `name` and `plural`");
		return false;
	}
	return add_taxonomy(r, v, (struct taxonomy_key){ name->s, is_text(plural) ? plural->s : name->s, 0 });
}

bool config_read_taxonomies(const struct config_reading *r, const struct value *v)
{
	size_t count = value_count(v);
	bool fine = true;

	if (v->kind != VALUE_LIST && v->kind != VALUE_MAP)
		return refuse(r, v);
	if (count > MOST_TAXONOMIES)
		return diag_error(r->diags, value_loc(v, r->src), "config", "%zu taxonomies; at most %d are allowed",
			count, MOST_TAXONOMIES);
	r->out->taxonomies = arena_array(r->arena, struct taxonomy_key, count);
	for (size_t i = 0; i < count; i++) {
		const struct value *item = v->kind == VALUE_LIST ? value_at(v, i) : &v->map->at[i].value;

		if (v->kind == VALUE_LIST)
			fine = read_item(r, item) && fine;
		else if (!is_text(item))
			fine = refuse(r, item);
		else
			fine = add_taxonomy(r, item, (struct taxonomy_key){ v->map->at[i].key, item->s, 0 }) && fine;
	}
	return fine;
}
