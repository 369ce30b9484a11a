#include "content/front_matter.h"

#include "base/arena.h"
#include "content/key.h"

enum { MOST_KEYS = 1000 };

struct reading {
	const struct fields *fields;
	struct article *out;
	const struct value_entry *seen[KEY_NONE]; /* where each key was written first */
	bool draft, published;
};

static bool read_published(struct reading *r, const struct value_entry *e)
{
	const struct value *v = &e->value;
	struct date date;

	if (v->kind == VALUE_STRING && date_read(v->s, &date)) {
		r->out->publish = date;
		return true;
	}
	if (v->kind == VALUE_NULL || v->kind == VALUE_BOOL ||
		(v->kind == VALUE_STRING && v->s.len &&
			(v->s.ptr[0] < '0' || v->s.ptr[0] > '9')))
		return field_bool(r->fields, e, &r->published);
	return field_error(r->fields, e, "true, false or a date like 2026-03-01");
}

static bool read_series(struct reading *r, const struct value_entry *e)
{
	const struct fields *f = r->fields;
	struct value_entry first = *e;

	r->out->series_line = e->line;
	if (e->value.kind != VALUE_LIST)
		return field_text(f, e, &r->out->series);
	if (value_count(&e->value) > 1)
		diag_warn(f->d, value_loc(value_at(&e->value, 1), f->src), "front-matter",
			"an article belongs to one series: only the first is used");
	first.value = *value_at(&e->value, 0);
	return field_text(f, &first, &r->out->series);
}

static bool read_toc(const struct fields *f, const struct value_entry *e, int *out)
{
	bool on;

	if (value_is_null(&e->value))
		return true;
	if (!field_bool(f, e, &on))
		return false;
	*out = on;
	return true;
}

static bool read_data(const struct fields *f, const struct value_entry *e, struct value *out)
{
	if (value_is_null(&e->value))
		return true;
	if (e->value.kind != VALUE_LIST && e->value.kind != VALUE_MAP)
		return field_error(f, e, "a list or a map");
	*out = value_copy(&e->value, f->arena);
	return true;
}

/* Add what is not there yet. The keys of one map are known to differ. */
static void add_params(struct reading *r, const struct value_entry *at, size_t count)
{
	struct value *params = &r->out->params;
	struct arena *a = r->fields->arena;
	bool empty = value_count(params) == 0;

	for (size_t i = 0; i < count; i++) {
		if (!empty && value_entry(params, at[i].key))
			continue;
		value_add(params, str_copy(at[i].key, a), value_copy(&at[i].value, a), a);
		struct value_entry *added = &params->map->at[params->map->count - 1];
		added->line = at[i].line;
		added->col = at[i].col;
	}
}

static bool read_params(struct reading *r, const struct value_entry *e)
{
	if (value_is_null(&e->value))
		return true;
	if (e->value.kind != VALUE_MAP)
		return field_error(r->fields, e, "a map");
	add_params(r, e->value.map->at, e->value.map->count);
	return true;
}

static bool read_tags(struct reading *r, const struct value_entry *e)
{
	r->out->tags_line = e->line;
	return field_words(r->fields, e, &r->out->tags, &r->out->tag_locs);
}

/* Under the name of a taxonomy of the site, one or many of them; the first such key counts. */
static bool read_terms(struct reading *r, const struct value_entry *e)
{
	const struct fields *f = r->fields;

	for (size_t i = 0; i < f->taxonomy_count; i++) {
		const struct taxonomy_key *t = &f->taxonomies[i];
		struct term_words *terms = &r->out->terms[i];

		if (!str_eq_key(e->key, t->plural) && !str_eq_key(e->key, t->name))
			continue;
		if (terms->line)
			return true;
		terms->line = e->line;
		return field_words(f, e, &terms->words, &terms->locs);
	}
	return true;
}

/* As Zola has it: {tags: [Go], topics: [Web]}. */
static bool read_taxonomies(struct reading *r, const struct value_entry *e)
{
	bool fine = true;

	if (value_is_null(&e->value))
		return true;
	if (e->value.kind != VALUE_MAP)
		return field_error(r->fields, e, "a map like {tags: [Go]}");
	add_params(r, e, 1);
	for (size_t i = 0; i < value_count(&e->value); i++) {
		const struct value_entry *item = &e->value.map->at[i];
		enum key key = key_find(item->key);

		if (key == KEY_TAGS)
			fine = (r->seen[KEY_TAGS] || read_tags(r, item)) && fine;
		else if (key == KEY_SERIES)
			fine = (r->seen[KEY_SERIES] || read_series(r, item)) && fine;
		else
			fine = read_terms(r, item) && fine;
	}
	return fine;
}

static bool read_search(const struct fields *f, const struct value_entry *e, bool *unsearched)
{
	bool wanted = true;

	if (!field_bool(f, e, &wanted))
		return false;
	*unsearched = !wanted;
	return true;
}

static bool read_weight(struct reading *r, const struct value_entry *e)
{
	r->out->has_weight = !value_is_null(&e->value);
	return field_int(r->fields, e, &r->out->weight);
}

static bool read_slug(struct reading *r, const struct value_entry *e)
{
	r->out->slug_line = e->line;
	return field_slug(r->fields, e, &r->out->slug);
}

/* Zola's `path` and some of Jekyll's permalinks go without the first slash. */
static bool read_url(struct reading *r, const struct value_entry *e)
{
	r->out->url_line = e->line;
	return field_url(r->fields, e, !str_eq_key(e->key, STR("url")), &r->out->url);
}

static bool is_terms(const struct fields *f, str key)
{
	for (size_t i = 0; i < f->taxonomy_count; i++)
		if (str_eq_key(key, f->taxonomies[i].plural) || str_eq_key(key, f->taxonomies[i].name))
			return true;
	return false;
}

static bool keep_unknown(struct reading *r, const struct value_entry *e)
{
	const struct fields *f = r->fields;
	str name = key_nearest(e->key);

	if (is_terms(f, e->key)) {
		add_params(r, e, 1);
		return read_terms(r, e);
	}
	if (name.len) {
		diag_warn(f->d, (loc){ f->src, e->line, e->col }, "front-matter",
			"unknown key \"" STR_FMT "\"", STR_ARG(e->key));
		diag_help(f->d, "did you mean \"" STR_FMT "\"?", STR_ARG(name));
	}
	add_params(r, e, 1);
	return true;
}

static bool read_entry(struct reading *r, enum key key, const struct value_entry *e)
{
	const struct fields *f = r->fields;
	struct article *out = r->out;

	switch (key) {
	case KEY_TITLE:
		return field_text(f, e, &out->title);
	case KEY_DESCRIPTION:
		return field_text(f, e, &out->description);
	case KEY_DATE:
		return field_date(f, e, &out->date);
	case KEY_UPDATED:
		return field_date(f, e, &out->updated);
	case KEY_AUTHORS:
		return field_names(f, e, &out->authors);
	case KEY_TAGS:
		return read_tags(r, e);
	case KEY_LANGUAGES:
		return field_words(f, e, &out->languages, &out->language_locs);
	case KEY_IMAGE:
		return field_image(f, e, &out->image);
	case KEY_DRAFT:
		return field_bool(f, e, &r->draft);
	case KEY_PUBLISHED:
		return read_published(r, e);
	case KEY_PUBLISH_DATE:
		return field_date(f, e, &out->publish);
	case KEY_EXPIRES:
		return field_date(f, e, &out->expires);
	case KEY_SLUG:
		return read_slug(r, e);
	case KEY_URL:
		return read_url(r, e);
	case KEY_ALIASES:
		return field_urls(f, e, &out->aliases);
	case KEY_SERIES:
		return read_series(r, e);
	case KEY_WEIGHT:
		return read_weight(r, e);
	case KEY_SUMMARY:
		return field_text(f, e, &out->summary);
	case KEY_TOC:
		return read_toc(f, e, &out->toc);
	case KEY_SEARCH:
		return read_search(f, e, &out->unsearched);
	case KEY_TEMPLATE:
		return field_text(f, e, &out->template_name);
	case KEY_PARAMS:
		return read_params(r, e);
	case KEY_SOURCES:
		return read_data(f, e, &out->sources);
	case KEY_CLAIMS:
		return read_data(f, e, &out->claims);
	case KEY_TAXONOMIES:
		return read_taxonomies(r, e);
	case KEY_NONE:
		break;
	}
	return keep_unknown(r, e);
}

/* `lastmod` and `updated` in one head: YAML sees two keys, we see one. The first one counts. */
static bool is_repeat(struct reading *r, enum key key, const struct value_entry *e)
{
	const struct fields *f = r->fields;
	const struct value_entry *first = key == KEY_NONE ? NULL : r->seen[key];

	if (key != KEY_NONE && !first)
		r->seen[key] = e;
	/* Two maps of the author's own are one map. */
	if (!first || key == KEY_PARAMS)
		return false;
	diag_warn(f->d, (loc){ f->src, e->line, e->col }, "front-matter",
		"\"" STR_FMT "\" means the same as \"" STR_FMT "\" on line %d, and is not used",
		STR_ARG(e->key), STR_ARG(first->key), first->line);
	diag_help(f->d, "remove one of them");
	return true;
}

/* Whichever of `draft` and `published` keeps the article back wins. */
static void settle_draft(struct reading *r)
{
	const struct value_entry *e = r->seen[KEY_PUBLISHED];
	const struct fields *f = r->fields;

	r->out->draft = r->draft || !r->published;
	if (r->draft && r->published && e && e->value.kind == VALUE_BOOL) {
		diag_warn(f->d, (loc){ f->src, e->line, e->col }, "front-matter",
			"\"published: true\" contradicts \"draft: true\": the article stays a "
			"draft");
		diag_help(f->d, "remove one of them");
	}
}

bool front_matter_read(const struct fields *f, const struct value *root, struct article *out)
{
	struct reading r = { .fields = f, .out = out, .published = true };
	size_t count = value_count(root);
	bool ok = true;

	if (count > MOST_KEYS)
		return diag_error(f->d, value_loc(root, f->src), "front-matter",
			"front matter has %zu keys; at most %d are allowed", count, MOST_KEYS);
	for (size_t i = 0; i < count; i++) {
		const struct value_entry *e = &root->map->at[i];
		enum key key = key_find(e->key);
		if (!is_repeat(&r, key, e))
			ok = read_entry(&r, key, e) && ok;
	}
	settle_draft(&r);
	return ok;
}
