/*
 * model -- pages as values: the context that templates see (docs/templates.md).
 *
 * Templates are strict, so every documented name is always there; what a page does not have is null.
 */
#ifndef SITE_MODEL_H
#define SITE_MODEL_H

#include "base/date.h"
#include "data/value.h"

struct arena;
struct markdown_outline;
struct page;
struct page_facts;
struct section;
struct site;
struct tag;
struct taxonomy;

/* `site` and `assets`, made once. */
struct value model_site(const struct site *s, struct value data);
struct value model_assets(const struct site *s);

/* Add to `site` where the lists are that not every site has; when the articles are linked. */
void model_site_lists(struct site *s);

struct frame {
	str kind; /* "home", "article", ... */
	str title, description;
	str path; /* in the site */
	str image;
};

/* What every page has. */
struct value model_frame(const struct site *s, const struct frame *frame, struct arena *a);

/* Add what an article has, from its metadata and facts. */
void model_article(const struct site *s, const struct page *p, const struct page_facts *facts,
	struct value *out, struct arena *a);

/* Add `previous`, `next`, `related`: what an article's own page has besides. */
void model_neighbours(const struct site *s, const struct page *p, struct value *out, struct arena *a);

/* Add `sources`: where the article's facts come from, `{title, url}`. */
void model_sources(const struct page *p, struct value *out, struct arena *a);

/* Add `toc`: headings of levels 2 and 3. */
void model_toc(const struct markdown_outline *outline, bool wanted, struct value *out, struct arena *a);

/* One article in a list. */
struct value model_item(const struct site *s, const struct page *p, const struct page_facts *facts, struct arena *a);

/* Title and address, or null. */
struct value model_link(const struct page *p, struct arena *a);

/* A list of articles under `name`, with `has_…` and `…_count`. */
void model_list(const struct site *s, str name, struct page *const *pages, size_t count, struct value *out,
	struct arena *a);

/* Add `tags`: all of the site, or the `most` used of them (0: all), each with its articles when `deep`. */
void model_tags(const struct site *s, size_t most, bool deep, struct value *out, struct arena *a);

struct value model_tag(const struct tag *t, struct arena *a);
struct value model_taxonomy(const struct taxonomy *t, struct arena *a);

/* Add `terms`: all of a taxonomy, each with its articles. */
void model_terms(const struct taxonomy *t, struct value *out, struct arena *a);

/* Add `tags`, `series` and `taxonomies`: what an article is sorted by. */
void model_page_terms(const struct site *s, const struct page *p, struct value *out, struct arena *a);

/* Add to `site` what is known only when articles are linked: `taxonomies`, and whether there are feeds. */
void model_site_links(struct site *s);

/* Add `pager` for page `number` of `count` of the list at `path`. */
void model_pager(const struct site *s, str path, size_t number, size_t count, struct value *out,
	struct arena *a);

/* The path of page `number` (from 1) of a list. */
str model_pager_path(str path, size_t number, struct arena *a);

/* `x`, `has_x` and `x_count` at once. */
void model_put_list(struct value *out, str name, struct value list, struct arena *a);

/* `index`, `first` and `last` of an item of a list. */
void model_put_position(struct value *item, size_t index, size_t count, struct arena *a);

struct value model_date(const struct site *s, const struct date *d, struct arena *a);

#endif
