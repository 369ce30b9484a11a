/* The newest articles as an Atom feed (RFC 4287). */
#include "site/list_kind.h"
#include "site/model.h"
#include "site/site.h"

enum { FEED_ITEMS = 20 };

static bool has_dates(const struct site *s)
{
	for (size_t i = 0; i < s->article_count; i++)
		if (s->articles[i]->meta.date.year)
			return true;
	return false;
}

static bool plan_feed(struct planner *p)
{
	if (p->site->config.origin.len == 0 || !has_dates(p->site))
		return true;
	return list_add_one(p, NULL, STR("feed.atom"));
}

static bool make_feed(struct making *m)
{
	const struct site *s = m->site;
	struct page *const *pages = s->dated;
	const struct date *newest = NULL;
	size_t count = 0;

	list_start(m, STR("feed"), s->config.title, s->config.description);
	while (count < s->article_count && count < FEED_ITEMS && pages[count]->meta.date.year)
		count++;
	for (size_t i = 0; i < count; i++) {
		const struct article *a = &pages[i]->meta;
		const struct date *d = a->updated.year ? &a->updated : &a->date;

		if (!newest || date_cmp(d, newest, s->config.zone_minutes) > 0)
			newest = d;
	}
	value_put(&m->value, STR("updated"),
		newest ? model_date(s, newest, m->arena) : value_null(), m->arena);
	model_list(s, STR("articles"), pages, count, &m->value, m->arena);
	return true;
}

const struct list_kind list_feed = {
	.template = "feed.atom",
	.noun = "the feed",
	.plan = plan_feed,
	.make = make_feed,
};
