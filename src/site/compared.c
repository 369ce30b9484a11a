#include "site/compared.h"

#include <stdlib.h>
#include <strings.h>

#include "base/utf8.h"
#include "highlight/registry.h"
#include "site/address.h"
#include "site/site.h"

struct maker {
	struct site *site;
	struct map by_path;    /* -> struct pair */
	struct arena *scratch; /* no page is being composed yet */
};

/* What one article says it compares. */
struct named {
	const struct str_list *names;
	const loc *locs; /* or null */
	bool tags;       /* only those that are languages or options */
};

static struct named names_of(const struct page *p)
{
	const struct article *m = &p->meta;

	if (m->languages.count)
		return (struct named){ &m->languages, m->language_locs, false };
	return (struct named){ &m->tags, m->tag_locs, true };
}

static loc place_of(const struct page *p, const struct named *n, size_t i, struct source *src)
{
	*src = (struct source){ p->meta.path, (str){ 0 } };
	return (loc){ src, n->locs ? n->locs[i].line : 0, n->locs ? n->locs[i].col : 0 };
}

/* A name that gen does not know is an option all the same, unless it looks like a typing error.
 */
static void lint_unknown(struct maker *m, str name, loc at)
{
	struct site *s = m->site;
	str near = registry_nearest(&s->config.registry, name, m->scratch);

	if (near.len == 0)
		return;
	diag_warn(s->diags, at, "languages", "unknown language \"" STR_FMT "\"", STR_ARG(name));
	diag_help(s->diags,
		"did you mean \"" STR_FMT
		"\"? An option of your own belongs under `options` in gen.yaml",
		STR_ARG(near));
}

static struct compared *make_compared(
	struct maker *m, str name, str slug, const struct language *l)
{
	struct site *s = m->site;
	const struct registry_option *own = l ? registry_own(&s->config.registry, l) : NULL;
	struct compared *c = arena_new(s->arena, struct compared);

	*c = (struct compared){
		.name = l ? l->name : name,
		.slug = l ? l->slug : str_copy(slug, s->arena),
		.color = l ? l->color : (str){ 0 },
		.group = own ? own->group : (str){ 0 },
		.rank = own ? own->rank : 0,
		.description = own ? own->description : (str){ 0 },
	};
	c->path = str_printf(s->arena, "languages/%.*s/", STR_ARG(c->slug));
	return c;
}

/* The one that the article means; null, with a message, when that cannot be told. */
static struct compared *find_compared(struct maker *m, struct page *p, const struct named *n,
	size_t i, const struct language *l)
{
	struct site *s = m->site;
	str name = n->names->at[i], slug = l ? l->slug : slug_from(name, m->scratch);
	struct source src;
	loc at = place_of(p, n, i, &src);
	struct compared *c;

	if (slug.len == 0) {
		diag_error(s->diags, at, "languages",
			"\"" STR_FMT "\" has no letter or digit to make an address of",
			STR_ARG(name));
		return NULL;
	}
	c = map_get(&s->compared_by_slug, slug);
	if (!c) {
		if (!l)
			lint_unknown(m, name, at);
		c = make_compared(m, name, slug, l);
		c->first = p;
		c->first_line = at.line;
		return *map_put(&s->compared_by_slug, c->slug, NULL) = c;
	}
	if (l || str_eq(utf8_fold(name, m->scratch), utf8_fold(c->name, m->scratch)))
		return c;
	diag_error(s->diags, at, "languages",
		"\"" STR_FMT "\" and \"" STR_FMT "\" (" STR_FMT
		":%d) have the same address /" STR_FMT,
		STR_ARG(name), STR_ARG(c->name), STR_ARG(c->first->meta.path), c->first_line,
		STR_ARG(c->path));
	diag_help(s->diags, "spell them alike, or name one differently");
	return NULL;
}

static bool has_compared(const struct page *p, const struct compared *c)
{
	for (size_t i = 0; i < p->language_count; i++)
		if (p->languages[i] == c)
			return true;
	return false;
}

static void *grow(const void *old, size_t count, size_t *cap, struct arena *a)
{
	void **items;

	*cap = *cap ? *cap * 2 : 4;
	items = arena_array(a, void *, *cap);
	if (count)
		memcpy(items, old, count * sizeof(*items));
	return items;
}

static bool name_languages(struct maker *m, struct page *p)
{
	struct site *s = m->site;
	struct named n = names_of(p);
	bool fine = true;

	p->languages = arena_array(s->arena, struct compared *, n.names->count);
	for (size_t i = 0; i < n.names->count; i++) {
		const struct language *l =
			registry_compared(&s->config.registry, n.names->at[i]);
		struct compared *c;

		if (n.tags && !(l && l->programming))
			continue;
		c = find_compared(m, p, &n, i, l);
		fine = c && fine;
		if (!c || has_compared(p, c))
			continue;
		p->languages[p->language_count++] = c;
		if (c->count == c->cap)
			c->pages = grow(c->pages, c->count, &c->cap, s->arena);
		c->pages[c->count++] = p;
	}
	arena_reset(m->scratch, 0);
	return fine;
}

static void push_pair(struct compared *c, struct pair *pair, struct arena *a)
{
	if (c->pair_count == c->pair_cap)
		c->pairs = grow(c->pairs, c->pair_count, &c->pair_cap, a);
	c->pairs[c->pair_count++] = pair;
}

static struct pair *find_pair(struct maker *m, struct compared *x, struct compared *y)
{
	struct arena *a = m->site->arena;
	bool in_order = str_cmp(x->slug, y->slug) < 0;
	struct compared *first = in_order ? x : y, *second = in_order ? y : x;
	str path = str_printf(m->scratch, "compare/" STR_FMT "-vs-" STR_FMT "/",
		STR_ARG(first->slug), STR_ARG(second->slug));
	struct pair *pair = map_get(&m->by_path, path);

	/* "a-vs-b" may be a slug, too: who has the address first, keeps it. */
	if (pair)
		return pair->a == first && pair->b == second ? pair : NULL;
	pair = arena_new(a, struct pair);
	*pair = (struct pair){ .a = first, .b = second, .path = str_copy(path, a) };
	pair->title = str_concat(a, (const str[]){ first->name, STR(" vs "), second->name }, 3);
	pair->url = address_of(m->site->config.base_path, pair->path, a);
	pair->reverse = str_printf(a, "compare/" STR_FMT "-vs-" STR_FMT "/",
		STR_ARG(second->slug), STR_ARG(first->slug));
	push_pair(first, pair, a);
	push_pair(second, pair, a);
	return *map_put(&m->by_path, pair->path, NULL) = pair;
}

static void pair_languages(struct maker *m, struct page *p)
{
	bool compares = p->meta.languages.count && p->language_count <= COMPARED_PAIRS_OF;
	size_t count = compares ? p->language_count : 0;

	if (count > 1)
		p->pairs = arena_array(m->site->arena, struct pair *, count * (count - 1) / 2);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = i + 1; j < count; j++) {
			struct pair *pair = find_pair(m, p->languages[i], p->languages[j]);

			if (!pair)
				continue;
			if (pair->count == pair->cap)
				pair->pages = grow(
					pair->pages, pair->count, &pair->cap, m->site->arena);
			pair->pages[pair->count++] = p;
			p->pairs[p->pair_count++] = pair;
		}
	}
	arena_reset(m->scratch, 0);
}

/* Languages first, then the site's groups in the order of gen.yaml; in a group by name. */
static int compare_names(const void *x, const void *y)
{
	const struct compared *a = *(struct compared *const *)x,
			      *b = *(struct compared *const *)y;
	size_t least = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = a->rank - b->rank;

	if (order == 0)
		order = strncasecmp(a->name.ptr, b->name.ptr, least);
	if (order == 0)
		order = (a->name.len > b->name.len) - (a->name.len < b->name.len);
	return order ? order : str_cmp(a->slug, b->slug);
}

static int compare_pairs(const void *x, const void *y)
{
	return str_cmp((*(struct pair *const *)x)->path, (*(struct pair *const *)y)->path);
}

static void list_compared(struct site *s)
{
	s->compared = arena_array(s->arena, struct compared *, s->compared_by_slug.count);
	for (size_t i = 0; i < s->compared_by_slug.cap; i++)
		if (s->compared_by_slug.slots[i].value)
			s->compared[s->compared_count++] = s->compared_by_slug.slots[i].value;
	if (s->compared_count)
		qsort(s->compared, s->compared_count, sizeof(struct compared *), compare_names);
}

static void list_pairs(struct maker *m)
{
	struct site *s = m->site;

	s->pairs = arena_array(s->arena, struct pair *, m->by_path.count);
	for (size_t i = 0; i < m->by_path.cap; i++)
		if (m->by_path.slots[i].value)
			s->pairs[s->pair_count++] = m->by_path.slots[i].value;
	if (s->pair_count)
		qsort(s->pairs, s->pair_count, sizeof(struct pair *), compare_pairs);
}

/* A site whose articles never set two against each other has no hubs either. */
static void open_hubs(struct site *s)
{
	for (size_t i = 0; i < s->compared_count; i++) {
		struct compared *c = s->compared[i];

		if (s->pair_count)
			c->url = address_of(s->config.base_path, c->path, s->arena);
		if (c->pair_count)
			qsort(c->pairs, c->pair_count, sizeof(struct pair *), compare_pairs);
	}
}

static void list_matrix_pages(struct site *s)
{
	s->matrix_pages = arena_array(s->arena, struct page *, s->article_count);
	for (size_t i = 0; i < s->article_count; i++)
		if (s->dated[i]->meta.matrix_hinted)
			s->matrix_pages[s->matrix_page_count++] = s->dated[i];
}

bool compared_make(struct site *s)
{
	struct maker m = {
		.site = s, .by_path = { .arena = s->arena }, .scratch = &s->worker[0].page
	};
	bool fine = true;

	s->compared_by_slug.arena = s->arena;
	for (size_t i = 0; i < s->article_count; i++)
		fine = name_languages(&m, s->dated[i]) && fine;
	for (size_t i = 0; i < s->article_count; i++)
		pair_languages(&m, s->dated[i]);
	list_compared(s);
	list_pairs(&m);
	open_hubs(s);
	list_matrix_pages(s);
	return fine;
}
