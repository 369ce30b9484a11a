/* The search page: for readers without JavaScript, all titles by tag. */
#include "site/list_kind.h"
#include "site/model.h"
#include "site/search.h"
#include "site/site.h"

/* Titles that one page can bear; a larger site shows its tags alone. */
enum { MOST_TITLES = 2000 };

static bool plan_search(struct planner *p)
{
	return !p->site->config.search || list_add_one(p, NULL, STR("search/"));
}

static size_t count_uses(const struct site *s)
{
	size_t count = 0;

	for (size_t i = 0; i < s->tag_count; i++)
		count += s->tags[i]->count;
	return count;
}

static void push_title(struct value *list, const struct page *p, struct arena *a)
{
	struct value item = value_map_sized(2, a);

	value_add(&item, STR("title"), value_string(p->meta.title), a);
	value_add(&item, STR("url"), value_string(p->url), a);
	value_push(list, item, a);
}

static struct value tag_titles(const struct tag *t, bool all, struct arena *a)
{
	struct value item = model_tag(t, a), list = value_list(a);

	for (size_t i = 0; all && i < t->count; i++)
		push_title(&list, t->pages[i], a);
	model_put_list(&item, STR("articles"), list, a);
	return item;
}

static bool make_search(struct making *m)
{
	const struct site *s = m->site;
	bool all = count_uses(s) <= MOST_TITLES && s->article_count <= MOST_TITLES;
	struct value tags = value_list(m->arena), others = value_list(m->arena);

	list_start(m, STR("search"), STR("Search"),
		str_printf(m->arena, "Search the articles of %.*s.", STR_ARG(s->config.title)));
	value_add(&m->value, STR("search_index"), search_index(s, m->arena), m->arena);
	for (size_t i = 0; i < s->tag_count; i++)
		value_push(&tags, tag_titles(s->tags[i], all, m->arena), m->arena);
	for (size_t i = 0; all && i < s->article_count; i++)
		if (s->articles[i]->tag_count == 0)
			push_title(&others, s->articles[i], m->arena);
	model_put_list(&m->value, STR("tags"), tags, m->arena);
	model_put_list(&m->value, STR("others"), others, m->arena);
	value_add(&m->value, STR("all_titles"), value_bool(all), m->arena);
	return true;
}

const struct list_kind list_search = {
	.template = "search",
	.noun = "the search page",
	.is_page = true,
	.aside = true,
	.plan = plan_search,
	.make = make_search,
};
