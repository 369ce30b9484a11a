#include "site/related.h"

#include "site/site.h"

enum { REACH = 4, CANDIDATES = 64 };

struct candidate {
	const struct page *page;
	double score;
};

struct candidates {
	struct candidate at[CANDIDATES];
	size_t count;
};

static void add_candidate(struct candidates *c, const struct page *p, double score)
{
	for (size_t i = 0; i < c->count; i++) {
		if (c->at[i].page == p) {
			c->at[i].score += score;
			return;
		}
	}
	if (c->count < CANDIDATES)
		c->at[c->count++] = (struct candidate){ p, score };
}

/* What few articles have in common says more than what all have. */
static void add_neighbours(struct candidates *c, struct page *const *pages, size_t count, size_t at)
{
	size_t from = at > REACH ? at - REACH : 0;

	for (size_t i = from; i <= at + REACH && i < count; i++)
		if (i != at)
			add_candidate(c, pages[i], 1.0 / (double)count);
}

/* By score; among equals by the order of lists, which pages have in the array of articles. */
static bool is_better(const struct candidate *a, const struct candidate *b)
{
	if (a->score > b->score || a->score < b->score)
		return a->score > b->score;
	return str_cmp(a->page->meta.below, b->page->meta.below) < 0;
}

static void pick(struct page *p, struct candidates *c)
{
	while (p->related_count < 3 && c->count) {
		size_t best = 0;

		for (size_t i = 1; i < c->count; i++)
			if (is_better(&c->at[i], &c->at[best]))
				best = i;
		p->related[p->related_count++] = c->at[best].page;
		c->at[best] = c->at[--c->count];
	}
}

/* "go" among the tags says what "go" among the languages says. */
static bool is_tagged(const struct page *p, str slug)
{
	for (size_t i = 0; i < p->tag_count; i++)
		if (str_eq(p->tags[i]->slug, slug))
			return true;
	return false;
}

static void add_of_languages(struct candidates *c, const struct page *p, const size_t *places)
{
	for (size_t i = 0; i < p->language_count; i++) {
		const struct compared *l = p->languages[i];

		if (!is_tagged(p, l->slug))
			add_neighbours(c, l->pages, l->count, places[i]);
	}
}

/*
 * Where each page stands in the lists of its languages: for page i from the result's [i] on. Languages list pages
 * by date, so walking these by date meets each list from front to back.
 */
static size_t **find_places(struct site *s)
{
	struct map walked = { .arena = s->arena };
	size_t *next = arena_array(s->arena, size_t, s->compared_count);
	size_t **places = arena_array(s->arena, size_t *, s->page_count);

	for (size_t i = 0; i < s->compared_count; i++)
		*map_put(&walked, s->compared[i]->slug, NULL) = &next[i];
	for (size_t i = 0; i < s->article_count; i++) {
		const struct page *p = s->dated[i];
		size_t *of_page = arena_array(s->arena, size_t, p->language_count);

		for (size_t l = 0; l < p->language_count; l++) {
			size_t *at = map_get(&walked, p->languages[l]->slug);

			of_page[l] = (*at)++;
		}
		places[p - s->pages] = of_page;
	}
	return places;
}

/*
 * Pages are pushed to their tags in the order of lists, so walking the articles in that order meets each tag's list from
 * front to back: `next` counts how far each has been walked.
 */
void related_find(struct site *s)
{
	struct map place = { .arena = s->arena };
	size_t *next = arena_array(s->arena, size_t, s->tag_count);
	size_t **places = find_places(s);

	for (size_t i = 0; i < s->tag_count; i++)
		*map_put(&place, s->tags[i]->slug, NULL) = &next[i];
	for (size_t i = 0; i < s->article_count; i++) {
		struct page *p = s->articles[i];
		struct candidates c = { .count = 0 };

		for (size_t t = 0; t < p->tag_count; t++) {
			size_t *at = map_get(&place, p->tags[t]->slug);

			add_neighbours(&c, p->tags[t]->pages, p->tags[t]->count, (*at)++);
		}
		add_of_languages(&c, p, places[p - s->pages]);
		pick(p, &c);
	}
}
