/* For search engines: all addresses (sitemaps.org), and robots.txt (RFC 9309), which names
 * them. */
#include "site/address.h"
#include "site/list_kind.h"
#include "site/model.h"
#include "site/site.h"

enum { SITEMAP_MAX = 50000 };

static bool plan_robots(struct planner *p)
{
	return list_add_one(p, NULL, STR("robots.txt"));
}

static bool plan_sitemap(struct planner *p)
{
	return p->site->config.origin.len == 0 || list_add_one(p, NULL, STR("sitemap.xml"));
}

static void push_address(struct making *m, struct value *list, str path, const struct date *d)
{
	struct value item = value_map(m->arena);
	str url = address_of(m->site->config.base_path, path, m->arena);

	value_add(&item, STR("canonical"),
		value_string(str_printf(
			m->arena, "%.*s%.*s", STR_ARG(m->site->config.origin), STR_ARG(url))),
		m->arena);
	value_add(&item, STR("updated"), d ? model_date(m->site, d, m->arena) : value_null(),
		m->arena);
	value_push(list, item, m->arena);
}

static bool make_sitemap(struct making *m)
{
	const struct site *s = m->site;
	struct value pages = value_list(m->arena);

	list_start(m, STR("sitemap"), s->config.title, s->config.description);
	push_address(m, &pages, STR(""), NULL);
	for (size_t i = 0; i < s->article_count && value_count(&pages) < SITEMAP_MAX; i++) {
		const struct article *a = &s->articles[i]->meta;

		push_address(m, &pages, s->articles[i]->path,
			a->updated.year ? &a->updated
			: a->date.year  ? &a->date
					: NULL);
	}
	for (size_t i = 0; i < s->tag_count && value_count(&pages) < SITEMAP_MAX; i++)
		push_address(m, &pages, s->tags[i]->path, NULL);
	model_put_list(&m->value, STR("pages"), pages, m->arena);
	return true;
}

static bool make_robots(struct making *m)
{
	const struct site *s = m->site;
	str url = str_printf(m->arena, "%.*s%.*ssitemap.xml", STR_ARG(s->config.origin),
		STR_ARG(s->config.base_path));

	list_start(m, STR("robots"), s->config.title, s->config.description);
	value_add(&m->value, STR("sitemap_url"),
		s->config.origin.len ? value_string(url) : value_null(), m->arena);
	return true;
}

const struct list_kind list_robots = {
	.template = "robots.txt",
	.noun = "robots.txt",
	.plan = plan_robots,
	.make = make_robots,
};

const struct list_kind list_sitemap = {
	.template = "sitemap.xml",
	.noun = "the sitemap",
	.plan = plan_sitemap,
	.make = make_sitemap,
};
