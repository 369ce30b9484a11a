/* The home page, with content/_index.md or content/index.md above the newest articles. */
#include "site/list_kind.h"
#include "site/model.h"
#include "site/shown.h"
#include "site/site.h"

enum { HOME_TAGS = 24 };

static bool plan_home(struct planner *p)
{
	return list_add_pages(
		p, NULL, STR(""), p->site->article_count, (size_t)p->site->config.paginate);
}

static struct page *home_text(const struct site *s, const struct list_job *job)
{
	(void)job;
	return s->home;
}

static bool make_home(struct making *m)
{
	const struct config *c = &m->site->config;

	if (!list_start_with_text(m, STR("home"), list_numbered(m, c->title), c->description))
		return false;
	list_slice(m, m->site->articles, m->site->article_count, (size_t)c->paginate);
	model_tags(m->site, HOME_TAGS, false, &m->value, m->arena);
	return true;
}

static uint64_t home_shows(const struct shown *shown, const struct list_job *job)
{
	const struct site *s = shown->site;

	return shown_both(shown->tags, shown_slice(shown, s->articles, s->article_count, job->number,
					       (size_t)s->config.paginate));
}

const struct list_kind list_home = {
	.template = "home",
	.noun = "the home page",
	.is_page = true,
	.shows = home_shows,
	.plan = plan_home,
	.make = make_home,
	.text = home_text,
};
