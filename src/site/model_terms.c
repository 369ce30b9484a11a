#include "site/model.h"

#include <stdlib.h>

#include "site/feed.h"
#include "site/site.h"
#include "site/tags.h"

/* Room for the names of a tag, so that its map is made in one piece. */
enum { TAG_NAMES = 12 };

/* For a list that may be there already. */
static void replace_list(struct value *out, str name, struct value list, struct arena *a)
{
	size_t count = value_count(&list);

	value_put(out, name, list, a);
	value_put(out, str_join(STR("has_"), name, a), value_bool(count > 0), a);
	value_put(out, str_join(name, STR("_count"), a), value_int((int64_t)count, a), a);
}

struct value model_tag(const struct tag *t, struct arena *a)
{
	struct value v = value_map_sized(TAG_NAMES, a);

	value_add(&v, STR("name"), value_string(t->name), a);
	value_add(&v, STR("slug"), value_string(t->slug), a);
	value_add(&v, STR("url"), value_string(t->url), a);
	value_add(&v, STR("count"), value_int((int64_t)t->count, a), a);
	value_add(&v, STR("many"), value_bool(t->count > 1), a);
	value_add(&v, STR("language"), value_bool(t->language != NULL), a);
	return v;
}

struct value model_taxonomy(const struct taxonomy *t, struct arena *a)
{
	struct value v = value_map_sized(TAG_NAMES, a);

	value_add(&v, STR("name"), value_string(t->name), a);
	value_add(&v, STR("plural"), value_string(t->plural), a);
	value_add(&v, STR("title"), value_string(t->title), a);
	value_add(&v, STR("url"), value_string(t->url), a);
	value_add(&v, STR("count"), value_int((int64_t)t->count, a), a);
	return v;
}

static struct value term_list(struct tag *const *terms, size_t count, struct arena *a)
{
	struct value list = value_list_sized(count, a);

	for (size_t i = 0; i < count; i++) {
		struct value item = model_tag(terms[i], a);

		model_put_position(&item, i, count, a);
		value_push(&list, item, a);
	}
	return list;
}

/* It prints as its name, as it did when it was nothing else. */
static struct value series_value(const struct page *p, struct arena *a)
{
	const struct tag *t = page_series(p);
	struct value v;

	if (!t)
		return value_null();
	v = model_tag(t, a);
	value_add(&v, STR("part"), value_int((int64_t)p->part, a), a);
	value_add(&v, STR("previous"), model_link(p->part > 1 ? t->pages[p->part - 2] : NULL, a), a);
	value_add(&v, STR("next"), model_link(p->part < t->count ? t->pages[p->part] : NULL, a), a);
	value_set_text(&v, t->name);
	return v;
}

/* Those of gen.yaml; tags and series have names of their own. */
static struct value taxonomy_list(const struct site *s, const struct page *p, struct arena *a)
{
	struct value list = value_list(a);

	for (size_t i = TAXONOMIES_BUILT_IN; p->terms && i < s->taxonomy_count; i++) {
		const struct page_terms *terms = &p->terms[i];
		struct value item;

		if (terms->count == 0)
			continue;
		item = model_taxonomy(&s->taxonomies[i], a);
		model_put_list(&item, STR("terms"), term_list(terms->at, terms->count, a), a);
		value_push(&list, item, a);
	}
	return list;
}

void model_page_terms(const struct site *s, const struct page *p, struct value *out, struct arena *a)
{
	model_put_list(out, STR("tags"), term_list(p->tags, p->tag_count, a), a);
	value_add(out, STR("series"), series_value(p, a), a);
	model_put_list(out, STR("taxonomies"), taxonomy_list(s, p, a), a);
}

/* The most used first; among equals by name. */
static int compare_use(const void *x, const void *y)
{
	const struct tag *a = *(struct tag *const *)x, *b = *(struct tag *const *)y;

	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return str_cmp(a->slug, b->slug);
}

/* Title and address are enough below a tag: a site may have many thousands of articles there. */
static void put_tag_articles(struct value *item, const struct tag *t, struct arena *a)
{
	struct value list = value_list(a);

	for (size_t i = 0; i < t->count && i < 10; i++) {
		struct value link = model_link(t->pages[i], a);

		model_put_position(&link, i, t->count < 10 ? t->count : 10, a);
		value_push(&list, link, a);
	}
	model_put_list(item, STR("articles"), list, a);
	value_add(item, STR("more"), value_bool(t->count > 10), a);
}

void model_tags(const struct site *s, size_t most, bool deep, struct value *out, struct arena *a)
{
	struct value list = value_list(a);
	struct tag **tags = arena_array(a, struct tag *, s->tag_count);
	size_t count = most && most < s->tag_count ? most : s->tag_count;

	if (s->tag_count)
		memcpy(tags, s->tags, s->tag_count * sizeof(*tags));
	if (most && s->tag_count)
		qsort(tags, s->tag_count, sizeof(*tags), compare_use);
	for (size_t i = 0; i < count; i++) {
		struct value item = model_tag(tags[i], a);

		if (deep)
			put_tag_articles(&item, tags[i], a);
		model_put_position(&item, i, count, a);
		value_push(&list, item, a);
	}
	/* The text of a home page has tags of its own. */
	replace_list(out, STR("tags"), list, a);
}

void model_terms(const struct taxonomy *t, struct value *out, struct arena *a)
{
	struct value list = value_list(a);

	for (size_t i = 0; i < t->count; i++) {
		struct value item = model_tag(t->terms[i], a);

		put_tag_articles(&item, t->terms[i], a);
		model_put_position(&item, i, t->count, a);
		value_push(&list, item, a);
	}
	model_put_list(out, STR("terms"), list, a);
}

void model_site_links(struct site *s)
{
	struct arena *a = s->arena;
	struct value list = value_list(a);

	for (size_t i = TAXONOMY_SERIES; i < s->taxonomy_count; i++)
		if (s->taxonomies[i].count)
			value_push(&list, model_taxonomy(&s->taxonomies[i], a), a);
	model_put_list(&s->site_value, STR("taxonomies"), list, a);
	s->feeds_value = value_list(a);
	if (!feeds_of_site(s))
		return;
	value_put(&s->site_value, STR("feed_url"), value_string(feed_url(s, (str){ 0 }, FEED_ATOM, a)), a);
	value_put(&s->site_value, STR("feed_json_url"), value_string(feed_url(s, (str){ 0 }, FEED_JSON, a)), a);
	s->feeds_value = feeds_value(s, (str){ 0 }, s->config.title, a);
}
