/*
 * model_compared -- languages, pairs, matrices and verdicts as values for templates.
 */
#ifndef SITE_MODEL_COMPARED_H
#define SITE_MODEL_COMPARED_H

#include "data/value.h"

struct compared;
struct matrix_facts;
struct page;
struct pair;
struct site;
struct verdicts;

/* `name slug color url group description count many`. */
struct value model_compared(const struct compared *c, struct arena *a);

/* `title url count many`, and `a` and `b` as above. */
struct value model_pair(const struct pair *p, struct arena *a);

/* Add `pairs`: those of an article, items `title url`. */
void model_page_pairs(const struct page *p, struct value *out, struct arena *a);

/*
 * A matrix: `title url article options winner tie close verdict flip`; `url` leads to it on the
 * page of its `article` (`title url date`).
 */
struct value model_matrix(const struct site *s, const struct page *p,
	const struct matrix_facts *m, struct arena *a);

/* Add `verdicts`: tables of scenarios, and `verdicts_more`: some are over the limit. */
void model_verdicts(
	const struct site *s, const struct verdicts *v, struct value *out, struct arena *a);

/* `title url date`. */
struct value model_article_link(const struct site *s, const struct page *p, struct arena *a);

/* An item of a list: add `index`, `first`, `last`. */
void model_position(struct value *item, size_t index, size_t count, struct arena *a);

#endif
