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

/* A tag that few articles have says more than one that all have. */
static void add_neighbours(struct candidates *c, const struct tag *tag, size_t at)
{
	size_t from = at > REACH ? at - REACH : 0;

	for (size_t i = from; i <= at + REACH && i < tag->count; i++)
		if (i != at)
			add_candidate(c, tag->pages[i], 1.0 / (double)tag->count);
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

/*
 * Pages are pushed to their tags in the order of lists, so walking the articles in that order meets each
 * tag's list from front to back: `next` counts how far each has been walked.
 */
void related_find(struct site *s)
{
	struct map place = { .arena = s->arena };
	size_t *next = arena_array(s->arena, size_t, s->tag_count);

	for (size_t i = 0; i < s->tag_count; i++)
		*map_put(&place, s->tags[i]->slug, NULL) = &next[i];
	for (size_t i = 0; i < s->article_count; i++) {
		struct page *p = s->articles[i];
		struct candidates c = { .count = 0 };

		for (size_t t = 0; t < p->tag_count; t++) {
			size_t *at = map_get(&place, p->tags[t]->slug);

			add_neighbours(&c, p->tags[t], (*at)++);
		}
		pick(p, &c);
	}
}
