/* robots.txt (RFC 9309), which names the sitemap. */
#include "site/list_kind.h"
#include "site/model.h"
#include "site/shown.h"
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
	struct value disallow = value_list(m->arena);

	list_start(m, STR("robots"), s->config.title, s->config.description);
	for (size_t i = 0; i < s->config.disallow.count; i++) {
		struct value item = value_map(m->arena);
		str path = str_from(s->config.disallow.at[i], 1);

		value_add(&item, STR("path"), value_string(str_join(s->config.base_path, path, m->arena)), m->arena);
		model_put_position(&item, i, s->config.disallow.count, m->arena);
		value_push(&disallow, item, m->arena);
	}
	model_put_list(&m->value, STR("disallow"), disallow, m->arena);
	value_add(&m->value, STR("sitemap_url"),
		s->config.origin.len ? value_string(url) : value_null(), m->arena);
	return true;
}

const struct list_kind list_robots = {
	.template = "robots.txt",
	.noun = "robots.txt",
	.shows = shown_nothing,
	.plan = plan_robots,
	.make = make_robots,
};
