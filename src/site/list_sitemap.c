/*
 * For search engines: the addresses of all articles and lists (sitemaps.org).
 *
 * One file may have 50,000 addresses and 50 MB. A larger site has several, and sitemap.xml is then their index.
 * They are smaller than they might be, so that making one needs little memory.
 */
#include "site/address.h"
#include "site/list_kind.h"
#include "site/model.h"
#include "site/shown.h"
#include "site/site.h"

enum { FILE_ADDRESSES = 50000, FILE_BYTES = 45000000, PART_ADDRESSES = 10000, ADDRESS_MAX = 2047, ENTRY_BYTES = 96 };

/* The lists of the plan, then the articles, counted through; what is in no sitemap has a number as well. */
struct sitemap_part {
	size_t lists; /* how many come before the articles */
	size_t from, to;
};

/* Hugo's `sitemap: {disable: true}`, or `sitemap: false`. */
static bool is_kept_out(const struct page *p)
{
	const struct value *v = value_get(&p->meta.params, STR("sitemap"));

	return (v->kind == VALUE_BOOL && !v->b) || value_truth(value_get(v, STR("disable")));
}

/* The later pages of a list have nothing that the articles do not say better. */
static bool is_listed(const struct list_job *job)
{
	return job->kind->is_page && !job->kind->aside && !job->kind->target && job->number <= 1;
}

static const struct date *page_changed(const struct page *p)
{
	return p->meta.updated.year ? &p->meta.updated : p->meta.date.year ? &p->meta.date : NULL;
}

/* The path of an entry and when it changed (null: unknown). False when it is in no sitemap. */
static bool read_entry(const struct site *s, size_t lists, size_t i, str *path, const struct date **changed)
{
	const struct page *page;

	if (i < lists) {
		const struct list_job *job = &s->lists->jobs[i];

		page = job->kind->text ? job->kind->text(s, job) : NULL;
		*path = job->path;
		if (!is_listed(job))
			return false;
	} else {
		page = s->articles[i - lists];
		*path = page->path;
	}
	*changed = page ? page_changed(page) : NULL;
	return !page || !is_kept_out(page);
}

/* An upper bound without encoding it: each byte may become three. */
static size_t address_bytes(const struct site *s, str path)
{
	return s->config.origin.len + s->config.base_path.len + 3 * path.len;
}

static void count_entries(const struct site *s, size_t lists, size_t *entries, size_t *bytes)
{
	const struct date *changed;
	str path;

	for (size_t i = 0; i < lists + s->article_count; i++) {
		if (!read_entry(s, lists, i, &path, &changed))
			continue;
		++*entries;
		*bytes += address_bytes(s, path) + ENTRY_BYTES;
	}
}

static bool add_part(struct planner *p, size_t number, struct sitemap_part part)
{
	struct sitemap_part *kept = arena_new(p->site->arena, struct sitemap_part);

	*kept = part;
	return list_add(p, (struct list_job){ .about = kept,
				   .path = str_printf(p->site->arena, "sitemap-%zu.xml", number),
				   .number = 1,
				   .count = 1 });
}

static bool plan_parts(struct planner *p)
{
	const struct site *s = p->site;
	size_t entries = 0, bytes = 0, taken = 0, number = 0;
	struct sitemap_part part = { .lists = p->plan->count };
	const struct date *changed;
	bool fine = true;
	str path;

	if (s->config.origin.len == 0)
		return true;
	count_entries(s, part.lists, &entries, &bytes);
	if (entries <= FILE_ADDRESSES && bytes <= FILE_BYTES)
		return true;
	for (; part.to < part.lists + s->article_count; part.to++) {
		if (!read_entry(s, part.lists, part.to, &path, &changed) || taken++ < PART_ADDRESSES)
			continue;
		fine = add_part(p, ++number, part) && fine;
		part.from = part.to;
		taken = 1;
	}
	return add_part(p, ++number, part) && fine;
}

static void push_entry(struct making *m, struct value *list, str path, const struct date *changed)
{
	const struct config *c = &m->site->config;
	str url = address_of(c->base_path, path, m->arena);
	struct value item;

	if (c->origin.len + url.len > ADDRESS_MAX)
		return;
	item = value_map_sized(2, m->arena);
	value_add(&item, STR("canonical"), value_string(str_join(c->origin, url, m->arena)), m->arena);
	value_add(&item, STR("updated"), changed ? model_date(m->site, changed, m->arena) : value_null(), m->arena);
	value_push(list, item, m->arena);
}

static bool make_entries(struct making *m, struct sitemap_part part)
{
	const struct site *s = m->site;
	struct value pages = value_list(m->arena);
	const struct date *changed;
	str path;

	list_start(m, STR("sitemap"), s->config.title, s->config.description);
	for (size_t i = part.from; i < part.to; i++)
		if (read_entry(s, part.lists, i, &path, &changed))
			push_entry(m, &pages, path, changed);
	value_add(&m->value, STR("is_index"), value_bool(false), m->arena);
	model_put_list(&m->value, STR("pages"), pages, m->arena);
	return true;
}

static bool make_part(struct making *m)
{
	return make_entries(m, *(const struct sitemap_part *)m->job->about);
}

static bool plan_sitemap(struct planner *p)
{
	return p->site->config.origin.len == 0 || list_add_one(p, NULL, STR("sitemap.xml"));
}

static const struct date *newest_of(const struct site *s, const struct sitemap_part *part)
{
	const struct date *newest = NULL, *changed;
	str path;

	for (size_t i = part->from; i < part->to; i++)
		if (read_entry(s, part->lists, i, &path, &changed) && changed &&
			(!newest || date_cmp(changed, newest, s->config.zone_minutes) > 0))
			newest = changed;
	return newest;
}

/* The jobs of the parts stand right before that of the index. */
static bool make_sitemap(struct making *m)
{
	const struct site *s = m->site;
	size_t self = (size_t)(m->job - s->lists->jobs), first = self;
	struct value pages = value_list(m->arena);

	while (first > 0 && s->lists->jobs[first - 1].kind == &list_sitemap_part)
		first--;
	if (first == self)
		return make_entries(m, (struct sitemap_part){ self, 0, self + s->article_count });
	list_start(m, STR("sitemap"), s->config.title, s->config.description);
	for (size_t i = first; i < self; i++)
		push_entry(m, &pages, s->lists->jobs[i].path, newest_of(s, s->lists->jobs[i].about));
	value_add(&m->value, STR("is_index"), value_bool(true), m->arena);
	model_put_list(&m->value, STR("pages"), pages, m->arena);
	return true;
}

const struct list_kind list_sitemap_part = {
	.template = "sitemap.xml",
	.noun = "a part of the sitemap",
	.shows = shown_heads,
	.plan = plan_parts,
	.make = make_part,
};

const struct list_kind list_sitemap = {
	.template = "sitemap.xml",
	.noun = "the sitemap",
	.shows = shown_heads,
	.plan = plan_sitemap,
	.make = make_sitemap,
};
