/* All tags on one page, and the articles of each. */
#include "base/hash.h"
#include "site/list_kind.h"
#include "site/model.h"
#include "site/shown.h"
#include "site/site.h"

static bool plan_tags(struct planner *p)
{
	return list_add_one(p, NULL, STR("tags/"));
}

static bool make_tags(struct making *m)
{
	if (!list_start_with_text(m, STR("tags"), STR("Tags"),
		    str_printf(m->arena, "All tags of %.*s.", STR_ARG(m->site->config.title))))
		return false;
	model_tags(m->site, 0, true, &m->value, m->arena);
	return true;
}

static bool plan_tag(struct planner *p)
{
	const struct site *s = p->site;
	bool fine = true;

	for (size_t i = 0; i < s->tag_count; i++)
		fine = list_add_pages(p, s->tags[i], s->tags[i]->path, s->tags[i]->count,
			       (size_t)s->config.paginate) &&
		       fine;
	return fine;
}

static bool make_tag(struct making *m)
{
	const struct tag *t = m->job->about;

	if (!list_start_with_text(m, STR("tag"), list_numbered(m, t->name),
		    str_printf(m->arena, "Articles about %.*s.", STR_ARG(t->name))))
		return false;
	list_feeds(m, t->name, t->path, t->pages, t->count);
	value_add(&m->value, STR("tag"), model_tag(t, m->arena), m->arena);
	list_slice(m, t->pages, t->count, (size_t)m->site->config.paginate);
	return true;
}

/* Titles and addresses. */
static uint64_t tags_shows(const struct shown *shown, const struct list_job *job)
{
	(void)job;
	return shown_both(shown->tags, shown->heads);
}

static uint64_t tag_shows(const struct shown *shown, const struct list_job *job)
{
	const struct tag *t = job->about;

	return hash_64_seed(t->name,
		shown_both(t->count, shown_slice(shown, t->pages, t->count, job->number,
					     (size_t)shown->site->config.paginate)));
}

const struct list_kind list_tags = {
	.template = "tags",
	.noun = "the list of tags",
	.is_page = true,
	.shows = tags_shows,
	.plan = plan_tags,
	.make = make_tags,
	.text = list_text_at,
};

const struct list_kind list_tag = {
	.template = "tag",
	.noun = "a tag",
	.is_page = true,
	.shows = tag_shows,
	.plan = plan_tag,
	.make = make_tag,
	.text = list_text_at,
};
