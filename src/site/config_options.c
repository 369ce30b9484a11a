#include "site/config_options.h"

#include "base/arena.h"
#include "base/utf8.h"

enum { NAME_MAX_BYTES = 60 };

static const char CATEGORY[] = "config";

static const struct config_key keys[] = {
	{ STR_INIT("options"), STR_INIT("name"), STR_INIT("text"), STR_INIT(""),
		STR_INIT("As people write it. The name of a language that gen knows changes "
			 "that language.") },
	{ STR_INIT("options"), STR_INIT("slug"), STR_INIT("text"), STR_INIT(""),
		STR_INIT("In addresses: /languages/SLUG/, /tags/SLUG/. Made of the name where "
			 "it is not given.") },
	{ STR_INIT("options"), STR_INIT("color"), STR_INIT("text"), STR_INIT(""),
		STR_INIT("Its own colour, such as \"#00add8\"; in quotes, for # begins a "
			 "comment.") },
	{ STR_INIT("options"), STR_INIT("also"), STR_INIT("text or list"), STR_INIT(""),
		STR_INIT("Other spellings, in tags, headings and `languages`, and as words of "
			 "code fences.") },
	{ STR_INIT("options"), STR_INIT("highlight"), STR_INIT("text"), STR_INIT(""),
		STR_INIT("The language that its code is coloured and run as.") },
	{ STR_INIT("options"), STR_INIT("description"), STR_INIT("text"), STR_INIT(""),
		STR_INIT("A sentence for the head of its page.") },
};

enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

struct reader {
	const struct source *src;
	struct registry *out;
	struct arena *arena;
	struct diags *diags;
	struct map by_slug; /* -> struct registry_option */
	str group;          /* being read */
	int rank;
};

/* One option as it is written. */
struct written {
	const struct value *at, *also, *highlight, *color_at, *slug_at, *name_at;
	str name, slug, color, description;
};

static bool wrong(struct reader *r, const struct value *v, const char *what)
{
	return diag_error(r->diags, value_loc(v, r->src), CATEGORY, "%s, not %s", what,
		value_kind_name(v));
}

static bool is_text(const struct value *v)
{
	return v->kind == VALUE_STRING || v->kind == VALUE_INT || v->kind == VALUE_FLOAT;
}

/* The language that gen knows by this name or slug; fence words are not its names. */
static const struct language *find_built_in(str name)
{
	const struct language *l = language_find(name);

	return l && (str_eq_nocase(l->name, name) || str_eq_nocase(l->slug, name)) ? l : NULL;
}

static bool read_text(struct reader *r, const struct value *v, const char *what, str *out)
{
	if (!is_text(v))
		return wrong(r, v, what);
	*out = value_str(v);
	return true;
}

static bool unknown_key(struct reader *r, const struct value_entry *e)
{
	str names[KEYS];

	for (size_t i = 0; i < KEYS; i++)
		names[i] = keys[i].name;
	diag_error(r->diags, (loc){ r->src, e->line, e->col }, CATEGORY,
		"unknown key \"" STR_FMT "\" of an option", STR_ARG(e->key));
	diag_help_nearest(r->diags, e->key, names, KEYS);
	return false;
}

static bool read_key(struct reader *r, const struct value_entry *e, struct written *out)
{
	if (str_eq_key(e->key, STR("name"))) {
		out->name_at = &e->value;
		return read_text(
			r, &e->value, "the name of an option must be text", &out->name);
	}
	if (str_eq_key(e->key, STR("slug"))) {
		out->slug_at = &e->value;
		return read_text(
			r, &e->value, "the slug of an option must be text", &out->slug);
	}
	if (str_eq_key(e->key, STR("color"))) {
		out->color_at = &e->value;
		return read_text(
			r, &e->value, "a color must be text such as \"#00add8\"", &out->color);
	}
	if (str_eq_key(e->key, STR("description")))
		return read_text(r, &e->value, "the description of an option must be text",
			&out->description);
	if (str_eq_key(e->key, STR("also")))
		out->also = &e->value;
	else if (str_eq_key(e->key, STR("highlight")))
		out->highlight = &e->value;
	else
		return unknown_key(r, e);
	return true;
}

/* It goes into a style attribute, so nothing else may stand there. */
static bool check_color(struct reader *r, const struct written *w)
{
	bool fine = (w->color.len == 4 || w->color.len == 7) && w->color.ptr[0] == '#';

	for (size_t i = 1; fine && i < w->color.len; i++)
		fine = strchr("0123456789abcdefABCDEF", w->color.ptr[i]) != NULL;
	if (fine || w->color.len == 0)
		return true;
	diag_error(r->diags, value_loc(w->color_at, r->src), CATEGORY,
		"a color is written \"#00add8\" or \"#0ad\", not '" STR_FMT "'",
		STR_ARG(w->color));
	diag_help(r->diags,
		"put it in quotes: YAML takes what follows a blank and # for a comment");
	return false;
}

static bool check_name(struct reader *r, const struct written *w)
{
	const struct value *at = w->name_at ? w->name_at : w->at;

	if (w->name.len == 0)
		return diag_error(
			r->diags, value_loc(at, r->src), CATEGORY, "an option needs a name");
	if (w->name.len > NAME_MAX_BYTES)
		return diag_error(r->diags, value_loc(at, r->src), CATEGORY,
			"the name of an option has at most %d bytes", NAME_MAX_BYTES);
	return true;
}

/* As written, else that of the language it changes, else made of the name. */
static bool settle_slug(struct reader *r, struct written *w)
{
	const struct language *known = find_built_in(w->name);
	str made;

	if (w->slug.len == 0)
		w->slug = known ? known->slug : slug_from(w->name, r->arena);
	made = slug_from(w->slug, r->arena);
	if (w->slug.len == 0) {
		diag_error(r->diags, value_loc(w->name_at ? w->name_at : w->at, r->src),
			CATEGORY,
			"\"" STR_FMT "\" has no letter or digit to make an address of",
			STR_ARG(w->name));
		diag_help(r->diags, "give the option a `slug`");
		return false;
	}
	if (!str_eq(made, w->slug)) {
		diag_error(r->diags, value_loc(w->slug_at, r->src), CATEGORY,
			"\"" STR_FMT "\" cannot stand in an address", STR_ARG(w->slug));
		if (made.len)
			diag_help(r->diags, "write " STR_FMT, STR_ARG(made));
		return false;
	}
	return true;
}

/* The language whose rules colour its code: said, or that which has its name for a fence word.
 */
static bool find_base(struct reader *r, const struct written *w, const struct language **out)
{
	const struct language *l = find_built_in(w->slug);
	str word;

	*out = l ? l : language_find(w->slug);
	if (!w->highlight || value_is_null(w->highlight))
		return true;
	word = value_str(w->highlight);
	*out = language_find(word);
	if (*out)
		return true;
	diag_error(r->diags, value_loc(w->highlight, r->src), CATEGORY,
		"gen knows no language \"" STR_FMT "\" to highlight like", STR_ARG(word));
	word = registry_nearest(NULL, word, r->arena);
	if (word.len)
		diag_help(r->diags, "did you mean \"" STR_FMT "\"?", STR_ARG(word));
	return false;
}

/* A name that belongs to a language of gen, or to an option above. */
static bool claim(struct reader *r, str word, const struct value *at, struct registry_option *o)
{
	const struct language *known = find_built_in(word);
	const struct registry_option *other;

	if (known && !str_eq(known->slug, o->language.slug)) {
		diag_error(r->diags, value_loc(at, r->src), CATEGORY,
			"\"" STR_FMT "\" is a language that gen knows", STR_ARG(word));
		diag_help(r->diags,
			"to change it write {name: " STR_FMT
			"} without `slug`, or {slug: " STR_FMT "} with a name of yours",
			STR_ARG(known->name), STR_ARG(known->slug));
		return false;
	}
	other = registry_claim(r->out, word, o);
	if (!other || other == o)
		return true;
	diag_error(r->diags, value_loc(at, r->src), CATEGORY,
		"\"" STR_FMT "\" means the option \"" STR_FMT "\" of line %d already",
		STR_ARG(word), STR_ARG(other->language.name), other->line);
	diag_help(r->diags, "name one of them differently");
	return false;
}

static bool claim_also(struct reader *r, const struct written *w, struct registry_option *o)
{
	const struct value *also = w->also;
	bool fine = true;

	if (!also || value_is_null(also))
		return true;
	if (is_text(also))
		return claim(r, value_str(also), also, o);
	if (also->kind != VALUE_LIST)
		return wrong(r, also, "`also` must be a text or a list of texts");
	for (size_t i = 0; i < value_count(also); i++) {
		const struct value *item = value_at(also, i);

		if (!is_text(item) || value_str(item).len > NAME_MAX_BYTES)
			fine = wrong(r, item, "`also` must be a text or a list of short texts");
		else
			fine = claim(r, value_str(item), item, o) && fine;
	}
	return fine;
}

/* Two options of one address: said once, not for each of their names. */
static bool claim_slug(struct reader *r, const struct written *w, struct registry_option *o)
{
	bool is_new;
	void **place = map_put(&r->by_slug, o->language.slug, &is_new);
	const struct registry_option *other = *place;

	if (is_new) {
		*place = o;
		return true;
	}
	diag_error(r->diags, value_loc(w->at, r->src), CATEGORY,
		"the options \"" STR_FMT "\" and \"" STR_FMT
		"\" (line %d) have the same address",
		STR_ARG(o->language.name), STR_ARG(other->language.name), other->line);
	diag_help(r->diags, "remove one, or give it another `slug`");
	return false;
}

static bool add_option(struct reader *r, struct written *w)
{
	struct registry_option *o = &r->out->own[r->out->own_count];
	const struct language *base;
	bool fine;

	if (!check_name(r, w) || !settle_slug(r, w))
		return false;
	fine = check_color(r, w);
	fine = find_base(r, w, &base) && fine;
	if (!fine)
		return false;
	*o = (struct registry_option){
		.language = { .name = w->name,
			.slug = w->slug,
			.words = find_built_in(w->slug) ? find_built_in(w->slug)->words
							: STR(""),
			.color = w->color,
			.lexer = base ? base->lexer : NULL,
			.programming = true },
		.base = base,
		.group = r->group,
		.rank = r->rank,
		.description = w->description,
		.line = w->at->line,
	};
	if (o->language.color.len == 0 && find_built_in(w->slug))
		o->language.color = find_built_in(w->slug)->color;
	if (!claim_slug(r, w, o))
		return false;
	r->out->own_count++;
	fine = claim(r, w->name, w->name_at ? w->name_at : w->at, o);
	fine = fine && claim(r, w->slug, w->slug_at ? w->slug_at : w->at, o);
	return claim_also(r, w, o) && fine;
}

static bool read_option(struct reader *r, const struct value *v)
{
	struct written w = { .at = v };
	bool fine = true;

	if (is_text(v)) {
		w.name = value_str(v);
		return add_option(r, &w);
	}
	if (v->kind != VALUE_MAP)
		return wrong(r, v, "an option must be a name or a map");
	for (size_t i = 0; i < value_count(v); i++)
		fine = read_key(r, &v->map->at[i], &w) && fine;
	return fine && add_option(r, &w);
}

/* "build tools" -> "Build tools" */
static str group_title(str key, struct arena *a)
{
	str title = str_copy(key, a);

	if (title.len && title.ptr[0] >= 'a' && title.ptr[0] <= 'z')
		((char *)title.ptr)[0] = (char)(title.ptr[0] - 32);
	return title;
}

/* Languages are a group that need not be named. */
static void open_group(struct reader *r, str key, size_t index)
{
	str title = group_title(key, r->arena);
	bool languages = title.len == 0 || str_eq_nocase(title, STR("languages"));

	r->group = languages ? (str){ 0 } : title;
	r->rank = languages ? 0 : (int)index + 1;
}

static bool read_group(struct reader *r, const struct value *v)
{
	bool fine = true;

	if (value_is_null(v))
		return true;
	if (v->kind != VALUE_LIST)
		return wrong(r, v, "a group of options must be a list");
	for (size_t i = 0; i < value_count(v); i++)
		fine = read_option(r, value_at(v, i)) && fine;
	return fine;
}

static size_t count_options(const struct value *v)
{
	size_t count = v->kind == VALUE_LIST ? value_count(v) : 0;

	for (size_t i = 0; v->kind == VALUE_MAP && i < value_count(v); i++)
		count += value_count(&v->map->at[i].value);
	return count;
}

/* A language that the site changes keeps the spellings that no other option has taken. */
static void keep_spellings(struct registry *out)
{
	for (size_t i = 0; i < out->own_count; i++) {
		struct registry_option *o = &out->own[i];
		const struct language *l = find_built_in(o->language.slug);
		struct str_pair rest;

		if (!l)
			continue;
		registry_claim(out, l->name, o);
		for (rest = str_cut(l->words, ' '); rest.head.len;
			rest = str_cut(rest.tail, ' '))
			if (!str_eq(rest.head, STR("|")))
				registry_claim(out, rest.head, o);
	}
}

void config_options_keys(config_visit *visit, void *ctx)
{
	for (size_t i = 0; i < KEYS; i++)
		visit(ctx, &keys[i]);
}

bool config_options_read(const struct source *src, const struct value *v, struct registry *out,
	struct arena *a, struct diags *d)
{
	struct reader r = {
		.src = src, .out = out, .arena = a, .diags = d, .by_slug = { .arena = a }
	};
	size_t count = count_options(v);
	bool fine = true;

	if (v->kind != VALUE_LIST && v->kind != VALUE_MAP)
		return wrong(&r, v, "\"options\" must be a list, or a map of lists");
	*out = (struct registry){ .own = arena_array(a, struct registry_option, count),
		.words = { .arena = a } };
	if (v->kind == VALUE_LIST)
		fine = read_group(&r, v);
	for (size_t i = 0; v->kind == VALUE_MAP && i < value_count(v); i++) {
		open_group(&r, v->map->at[i].key, i);
		fine = read_group(&r, &v->map->at[i].value) && fine;
	}
	keep_spellings(out);
	return fine;
}
