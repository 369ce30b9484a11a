/* Pictures of articles, for pages that link to them. */
#include "site/card.h"
#include "site/list_kind.h"
#include "site/shown.h"
#include "site/site.h"

static bool plan_cards(struct planner *p)
{
	const struct site *s = p->site;
	bool fine = true;

	for (size_t i = 0; s->config.social_cards && i < s->article_count; i++) {
		const struct page *page = s->articles[i];

		if (page->meta.image.len == 0 && str_ends(page->path, STR("/")))
			fine = list_add_one(p, page, card_path(page, s->arena)) && fine;
	}
	return fine;
}

static bool make_card(struct making *m)
{
	const struct page *p = m->job->about;

	list_start(m, STR("card"), p->meta.title, p->meta.description);
	card_value(p, &m->value, m->arena);
	return true;
}

static uint64_t card_shows(const struct shown *shown, const struct list_job *job)
{
	struct page *const page = (struct page *)job->about;

	return shown_pages(shown, &page, 1);
}

const struct list_kind list_card = {
	.template = "card.svg",
	.noun = "an article's picture",
	.shows = card_shows,
	.plan = plan_cards,
	.make = make_card,
};
