/* The page that servers show for addresses that are none. */
#include "site/list_kind.h"
#include "site/search.h"
#include "site/shown.h"

static bool plan_404(struct planner *p)
{
	return list_add_one(p, NULL, STR("404.html"));
}

static bool make_404(struct making *m)
{
	list_start(
		m, STR("404"), STR("Page not found"), STR("There is no page at this address."));
	/* It stands at many addresses, and at none that is right. */
	value_put(&m->value, STR("canonical"), value_null(), m->arena);
	value_add(&m->value, STR("search_index"), search_index(m->site, m->arena), m->arena);
	return true;
}

const struct list_kind list_404 = {
	.template = "404",
	.noun = "the page for wrong addresses",
	.is_page = true,
	.aside = true,
	.shows = shown_search,
	.plan = plan_404,
	.make = make_404,
};
