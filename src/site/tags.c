#include "site/tags.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "highlight/registry.h"
#include "site/address.h"
#include "site/site.h"

static int tag_line(const struct page *p, size_t index)
{
	return p->meta.tag_locs ? p->meta.tag_locs[index].line : p->meta.tags_line;
}

static int tag_col(const struct page *p, size_t index)
{
	return p->meta.tag_locs ? p->meta.tag_locs[index].col : 0;
}

static struct tag *make_tag(struct site *s, struct page *p, size_t index, str slug,
	const struct language *language)
{
	struct tag *tag = arena_new(s->arena, struct tag);

	*tag = (struct tag){
		.name = language ? language->name : p->meta.tags.at[index],
		.slug = slug,
		.path = str_printf(s->arena, "tags/%.*s/", STR_ARG(slug)),
		.language = language,
		.first = p,
		.first_line = tag_line(p, index),
	};
	tag->url = address_of(s->config.base_path, tag->path, s->arena);
	return tag;
}

static bool is_same(struct site *s, const struct tag *tag, str name, const struct language *language)
{
	if (language || tag->language)
		return language == tag->language;
	if (str_eq(tag->name, name))
		return true;
	return str_eq(utf8_fold(tag->name, s->arena), utf8_fold(name, s->arena));
}

/* The tag that the article's spelling means; null, with a message, when it cannot be told. */
static struct tag *find_tag(struct site *s, struct map *by_slug, struct page *p, size_t index)
{
	str name = p->meta.tags.at[index];
	const struct language *language = registry_compared(&s->config.registry, name);
	struct arena *scratch = &s->worker[0].page; /* no page is being composed yet */
	str slug = language ? language->slug : slug_from(name, scratch);
	struct source src = { p->meta.path, (str){ 0 } };
	loc at = { &src, tag_line(p, index), tag_col(p, index) };
	struct tag *tag;

	if (slug.len == 0) {
		diag_error(s->diags, at, "tag", "the tag \"" STR_FMT "\" has no letter or digit to make an address of",
			STR_ARG(name));
		return NULL;
	}
	tag = map_get(by_slug, slug);
	if (!tag) {
		slug = str_copy(slug, s->arena);
		return *map_put(by_slug, slug, NULL) = make_tag(s, p, index, slug, language);
	}
	if (is_same(s, tag, name, language))
		return tag;
	diag_error(s->diags, at, "tag",
		"the tags \"" STR_FMT "\" and \"" STR_FMT "\" (" STR_FMT ":%d) have the same address /" STR_FMT,
		STR_ARG(name), STR_ARG(tag->name), STR_ARG(tag->first->meta.path), tag->first_line,
		STR_ARG(tag->path));
	diag_help(s->diags, "spell them alike, or name one differently");
	return NULL;
}

static bool has_tag(const struct page *p, const struct tag *tag)
{
	for (size_t i = 0; i < p->tag_count; i++)
		if (p->tags[i] == tag)
			return true;
	return false;
}

static void add_page(struct tag *tag, struct page *p, struct arena *a)
{
	if (tag->count == tag->cap) {
		size_t cap = tag->cap ? tag->cap * 2 : 4;
		struct page **pages = arena_array(a, struct page *, cap);

		if (tag->count)
			memcpy(pages, tag->pages, tag->count * sizeof(*pages));
		tag->pages = pages;
		tag->cap = cap;
	}
	tag->pages[tag->count++] = p;
}

static bool tag_page(struct site *s, struct map *by_slug, struct page *p)
{
	bool fine = true;

	p->tags = arena_array(s->arena, struct tag *, p->meta.tags.count);
	for (size_t i = 0; i < p->meta.tags.count; i++) {
		struct tag *tag = find_tag(s, by_slug, p, i);

		fine = tag && fine;
		if (!tag || has_tag(p, tag))
			continue;
		p->tags[p->tag_count++] = tag;
		add_page(tag, p, s->arena);
	}
	return fine;
}

static int compare_tags(const void *x, const void *y)
{
	const struct tag *a = *(struct tag *const *)x, *b = *(struct tag *const *)y;

	return str_cmp(a->slug, b->slug);
}

bool tags_make(struct site *s)
{
	struct map by_slug = { .arena = s->arena };
	bool fine = true;

	for (size_t i = 0; i < s->article_count; i++)
		fine = tag_page(s, &by_slug, s->articles[i]) && fine;
	s->tags = arena_array(s->arena, struct tag *, by_slug.count);
	for (size_t i = 0; i < by_slug.cap; i++)
		if (by_slug.slots[i].value)
			s->tags[s->tag_count++] = by_slug.slots[i].value;
	if (s->tag_count)
		qsort(s->tags, s->tag_count, sizeof(struct tag *), compare_tags);
	return fine;
}
