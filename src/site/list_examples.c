/* All examples that readers can take along, by article. */
#include "blocks/record.h"
#include "content/tool_version.h"
#include "site/example_files.h"
#include "site/list_kind.h"
#include "site/model.h"
#include "site/site.h"

bool examples_are_listed(const struct site *s)
{
	for (size_t i = 0; s->config.examples && i < s->page_count; i++)
		if (s->pages[i].included && s->pages[i].may_run)
			return true;
	return false;
}

/* An article or a folder of the author's at this address stands in for the list: "examples" is a name that is free. */
static bool is_taken(const struct site *s)
{
	return map_has(&s->by_path, STR(EXAMPLES_PATH)) || map_has(&s->known, STR(EXAMPLES_PATH));
}

static bool plan_examples(struct planner *p)
{
	return !examples_are_listed(p->site) || is_taken(p->site) || list_add_one(p, NULL, STR(EXAMPLES_PATH));
}

static struct value example_value(const struct page_example *e, struct arena *a)
{
	struct value v = record_new(9, a);

	record_str(&v, STR("id"), e->id, a);
	record_str(&v, STR("title"), e->title, a);
	record_str(&v, STR("language"), e->language, a);
	record_str(&v, STR("kind"), e->kind, a);
	record_optional(&v, STR("tool"), e->tool, a);
	record_optional(&v, STR("version"), tool_version(e->tool), a);
	record_str(&v, STR("source_url"), e->source, a);
	record_str(&v, STR("zip_url"), e->zip, a);
	return v;
}

static bool make_examples(struct making *m)
{
	const struct site *s = m->site;
	struct value articles = value_list(m->arena);
	size_t count = 0;

	list_start(m, STR("examples"), STR("Examples"),
		str_printf(m->arena, "The programs in the articles of %.*s, with what each prints.", STR_ARG(s->config.title)));
	for (size_t i = 0; i < s->article_count; i++) {
		const struct page *p = s->articles[i];
		const struct page_facts *f = &p->facts;
		struct value item = record_new(6, m->arena), list = value_list(m->arena);

		if (f->example_list_count == 0)
			continue;
		count += f->example_list_count;
		for (size_t k = 0; k < f->example_list_count; k++)
			value_push(&list, example_value(&f->example_list[k], m->arena), m->arena);
		record_str(&item, STR("title"), p->meta.title, m->arena);
		record_str(&item, STR("url"), p->url, m->arena);
		model_put_list(&item, STR("examples"), list, m->arena);
		value_push(&articles, item, m->arena);
	}
	record_int(&m->value, STR("count"), (int64_t)count, m->arena);
	model_put_list(&m->value, STR("articles"), articles, m->arena);
	return true;
}

const struct list_kind list_examples = {
	.template = "examples",
	.noun = "the list of examples",
	.is_page = true,
	.plan = plan_examples,
	.make = make_examples,
};
