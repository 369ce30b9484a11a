#include "site/tags.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "content/key.h"
#include "highlight/registry.h"
#include "site/address.h"
#include "site/site.h"

/* The terms of a taxonomy being gathered. */
struct gathering {
	struct site *site;
	const struct taxonomy *taxonomy;
	size_t index; /* of the taxonomy */
	struct map by_slug;
};

/* What an article says of a taxonomy. Those of gen.yaml are in the order of gen.yaml. */
static struct term_words words_of(const struct page *p, size_t index, const struct taxonomy *t)
{
	const struct article *m = &p->meta;

	if (index == TAXONOMY_TAGS)
		return (struct term_words){ m->tags, m->tag_locs, m->tags_line };
	if (index == TAXONOMY_SERIES)
		return (struct term_words){ { &m->series, m->series.len > 0 }, NULL, m->series_line };
	if (key_find(t->plural) == KEY_AUTHORS || key_find(t->name) == KEY_AUTHORS)
		return (struct term_words){ m->authors, NULL, 0 };
	return m->terms[index - TAXONOMIES_BUILT_IN];
}

static struct tag *make_tag(struct gathering *g, const struct page *p, str name, int line, str slug,
	const struct language *language)
{
	struct site *s = g->site;
	struct tag *tag = arena_new(s->arena, struct tag);

	*tag = (struct tag){
		.name = language ? language->name : name,
		.slug = slug,
		.path = str_printf(s->arena, "%.*s%.*s/", STR_ARG(g->taxonomy->path), STR_ARG(slug)),
		.of = g->taxonomy,
		.language = language,
		.first = p,
		.first_line = line,
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

/* The term that the article's spelling means; null, with a message, when it cannot be told. */
static struct tag *find_tag(struct gathering *g, struct page *p, const struct term_words *words, size_t index)
{
	struct site *s = g->site;
	str name = words->words.at[index];
	const struct language *language = registry_compared(&s->config.registry, name);
	struct arena *scratch = &s->worker[0].page; /* no page is being composed yet */
	str slug = language ? language->slug : slug_from(name, scratch);
	struct source src = { p->meta.path, (str){ 0 } };
	loc at = { &src, words->locs ? words->locs[index].line : words->line, words->locs ? words->locs[index].col : 0 };
	struct tag *tag;

	if (slug.len == 0) {
		diag_error(s->diags, at, "tag",
			"the " STR_FMT " \"" STR_FMT "\" has no letter or digit to make an address of",
			STR_ARG(g->taxonomy->name), STR_ARG(name));
		return NULL;
	}
	tag = map_get(&g->by_slug, slug);
	if (!tag) {
		slug = str_copy(slug, s->arena);
		return *map_put(&g->by_slug, slug, NULL) = make_tag(g, p, name, at.line, slug, language);
	}
	if (is_same(s, tag, name, language))
		return tag;
	diag_error(s->diags, at, "tag",
		"the " STR_FMT " \"" STR_FMT "\" and \"" STR_FMT "\" (" STR_FMT ":%d) have the same address /" STR_FMT,
		STR_ARG(g->taxonomy->plural), STR_ARG(name), STR_ARG(tag->name), STR_ARG(tag->first->meta.path),
		tag->first_line, STR_ARG(tag->path));
	diag_help(s->diags, "spell them alike, or name one differently");
	return NULL;
}

static bool has_tag(const struct page_terms *terms, const struct tag *tag)
{
	for (size_t i = 0; i < terms->count; i++)
		if (terms->at[i] == tag)
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

static bool tag_page(struct gathering *g, struct page *p)
{
	struct term_words words = words_of(p, g->index, g->taxonomy);
	struct page_terms *terms = &p->terms[g->index];
	struct arena *a = g->site->arena;
	bool fine = true;

	if (words.words.count == 0)
		return true;
	terms->at = arena_array(a, struct tag *, words.words.count);
	for (size_t i = 0; i < words.words.count; i++) {
		struct tag *tag = find_tag(g, p, &words, i);

		fine = tag && fine;
		if (!tag || has_tag(terms, tag))
			continue;
		terms->at[terms->count++] = tag;
		add_page(tag, p, a);
	}
	return fine;
}

static int compare_tags(const void *x, const void *y)
{
	const struct tag *a = *(struct tag *const *)x, *b = *(struct tag *const *)y;

	return str_cmp(a->slug, b->slug);
}

static bool gather(struct site *s, size_t index)
{
	struct taxonomy *t = &s->taxonomies[index];
	struct gathering g = { s, t, index, { .arena = s->arena } };
	bool fine = true;

	for (size_t i = 0; i < s->article_count; i++)
		fine = tag_page(&g, s->articles[i]) && fine;
	t->terms = arena_array(s->arena, struct tag *, g.by_slug.count);
	for (size_t i = 0; i < g.by_slug.cap; i++)
		if (g.by_slug.slots[i].value)
			t->terms[t->count++] = g.by_slug.slots[i].value;
	if (t->count)
		qsort(t->terms, t->count, sizeof(struct tag *), compare_tags);
	return fine;
}

/* A series is read from its first part on: by weight, then as it was written. */
static int compare_parts(const void *x, const void *y)
{
	const struct page *a = *(struct page *const *)x, *b = *(struct page *const *)y;
	int order;

	if (a->meta.has_weight != b->meta.has_weight)
		return a->meta.has_weight ? -1 : 1;
	if (a->meta.weight != b->meta.weight)
		return a->meta.weight < b->meta.weight ? -1 : 1;
	if ((a->meta.date.year == 0) != (b->meta.date.year == 0))
		return a->meta.date.year ? -1 : 1;
	order = date_cmp(&a->meta.date, &b->meta.date, 0);
	return order ? order : str_cmp(a->meta.below, b->meta.below);
}

static void number_parts(const struct taxonomy *series)
{
	for (size_t i = 0; i < series->count; i++) {
		struct tag *t = series->terms[i];

		qsort(t->pages, t->count, sizeof(struct page *), compare_parts);
		for (size_t part = 0; part < t->count; part++)
			t->pages[part]->part = part + 1;
	}
}

static struct taxonomy make_taxonomy(struct site *s, struct taxonomy_key key)
{
	struct arena *a = s->arena;
	struct taxonomy t = { .name = key.name, .plural = key.plural, .line = key.line };
	char *title = (char *)str_cstr(str_copy(key.plural, a), a);

	if (title[0] >= 'a' && title[0] <= 'z')
		title[0] = (char)(title[0] - 'a' + 'A');
	t.title = str_c(title);
	t.path = str_printf(a, "%.*s/", STR_ARG(slug_from(key.plural, a)));
	t.url = address_of(s->config.base_path, t.path, a);
	return t;
}

static void make_taxonomies(struct site *s)
{
	const struct config *c = &s->config;

	s->taxonomy_count = TAXONOMIES_BUILT_IN + c->taxonomy_count;
	s->taxonomies = arena_array(s->arena, struct taxonomy, s->taxonomy_count);
	s->taxonomies[TAXONOMY_TAGS] = make_taxonomy(s, (struct taxonomy_key){ STR("tag"), STR("tags"), 0 });
	s->taxonomies[TAXONOMY_SERIES] = make_taxonomy(s, (struct taxonomy_key){ STR("series"), STR("series"), 0 });
	for (size_t i = 0; i < c->taxonomy_count; i++)
		s->taxonomies[TAXONOMIES_BUILT_IN + i] = make_taxonomy(s, c->taxonomies[i]);
}

bool tags_make(struct site *s)
{
	struct page_terms *terms;
	bool fine = true;

	make_taxonomies(s);
	terms = arena_array(s->arena, struct page_terms, s->article_count * s->taxonomy_count);
	for (size_t i = 0; i < s->article_count; i++)
		s->articles[i]->terms = terms + i * s->taxonomy_count;
	for (size_t i = 0; i < s->taxonomy_count; i++)
		fine = gather(s, i) && fine;
	for (size_t i = 0; i < s->article_count; i++) {
		struct page *p = s->articles[i];

		p->tags = p->terms[TAXONOMY_TAGS].at;
		p->tag_count = p->terms[TAXONOMY_TAGS].count;
	}
	s->tags = s->taxonomies[TAXONOMY_TAGS].terms;
	s->tag_count = s->taxonomies[TAXONOMY_TAGS].count;
	number_parts(&s->taxonomies[TAXONOMY_SERIES]);
	return fine;
}

const struct tag *page_series(const struct page *p)
{
	return p->part ? p->terms[TAXONOMY_SERIES].at[0] : NULL;
}

static bool has_term(const struct taxonomy *t, str slug)
{
	for (size_t i = 0; i < t->count; i++)
		if (str_eq(t->terms[i]->slug, slug))
			return true;
	return false;
}

bool tags_have_path(const struct site *s, str path)
{
	for (size_t i = 0; i < s->taxonomy_count; i++) {
		const struct taxonomy *t = &s->taxonomies[i];
		str rest;

		if (!str_starts(path, t->path))
			continue;
		rest = str_from(path, t->path.len);
		if (rest.len == 0)
			return i == TAXONOMY_TAGS || t->count > 0;
		rest.len -= str_ends(rest, STR("/"));
		if (has_term(t, rest))
			return true;
	}
	return false;
}
