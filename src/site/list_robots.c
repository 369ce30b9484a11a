/* robots.txt (RFC 9309), which names the sitemap. */
#include "site/list_kind.h"
#include "site/site.h"

static bool plan_robots(struct planner *p)
{
	return list_add_one(p, NULL, STR("robots.txt"));
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
