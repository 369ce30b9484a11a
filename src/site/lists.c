#include "site/lists.h"

#include "site/address.h"
#include "site/card.h"
#include "site/compose.h"
#include "site/ids.h"
#include "site/model.h"
#include "site/site.h"

enum { HOME_TAGS = 24, FEED_ITEMS = 20, SITEMAP_MAX = 50000, ARCHIVE_PAGE = 1000 };

/* A list being made. */
struct making {
	const struct site *site;
	const struct list_job *job;
	struct worker *worker;
	struct arena *arena;
	struct value value;
};

static void start(struct making *m, str kind, str title, str description)
{
	const struct frame frame = { kind, title, description, m->job->path, (str){ 0 } };

	m->value = model_frame(m->site, &frame, m->arena);
	value_add(&m->value, STR("content"), value_null(), m->arena);
	value_add(&m->value, STR("json_ld"), value_null(), m->arena);
	value_add(&m->value, STR("has_code"), value_bool(false), m->arena);
	value_add(&m->value, STR("has_matrix"), value_bool(false), m->arena);
	value_add(&m->value, STR("has_table"), value_bool(false), m->arena);
}

/* From a text of the author's (content/_index.md), or bare. */
static bool start_with_text(struct making *m, struct page *text, str kind, str title, str description)
{
	if (!text || m->job->number > 1) {
		start(m, kind, title, description);
		return true;
	}
	return compose_value(m->site, text, m->worker, &m->value);
}

static void put_slice(struct making *m, struct page *const *pages, size_t count, size_t per_page)
{
	size_t from = (m->job->number - 1) * per_page;
	size_t to = from + per_page < count ? from + per_page : count;

	model_list(m->site, STR("articles"), pages + from, to - from, &m->value, m->arena);
	model_pager(m->site, m->job->base, m->job->number, m->job->count, &m->value, m->arena);
}

static str numbered(const struct making *m, str title)
{
	if (m->job->number <= 1)
		return title;
	return str_printf(m->arena, "%.*s, page %zu", STR_ARG(title), m->job->number);
}

static bool make_home(struct making *m)
{
	const struct config *c = &m->site->config;

	if (!start_with_text(m, m->site->home, STR("home"), numbered(m, c->title), c->description))
		return false;
	put_slice(m, m->site->articles, m->site->article_count, (size_t)c->paginate);
	model_tags(m->site, HOME_TAGS, false, &m->value, m->arena);
	return true;
}

static bool make_tags(struct making *m)
{
	start(m, STR("tags"), STR("Tags"),
		str_printf(m->arena, "All tags of %.*s.", STR_ARG(m->site->config.title)));
	model_tags(m->site, 0, true, &m->value, m->arena);
	return true;
}

static bool make_tag(struct making *m)
{
	const struct tag *t = m->job->about;

	start(m, STR("tag"), numbered(m, t->name),
		str_printf(m->arena, "Articles about %.*s.", STR_ARG(t->name)));
	value_add(&m->value, STR("tag"), model_tag(t, m->arena), m->arena);
	put_slice(m, t->pages, t->count, (size_t)m->site->config.paginate);
	return true;
}

static bool make_section(struct making *m)
{
	const struct section *section = m->job->about;

	if (!start_with_text(m, section->index, STR("list"), numbered(m, section->title),
		    str_printf(m->arena, "Articles in %.*s.", STR_ARG(section->title))))
		return false;
	put_slice(m, section->pages, section->count, (size_t)m->site->config.paginate);
	return true;
}

/* Articles of one year stand together because they are sorted by date; those without a date come last. */
static bool make_archive(struct making *m)
{
	const struct site *s = m->site;
	struct page *const *pages = s->dated;
	size_t at = (m->job->number - 1) * ARCHIVE_PAGE;
	size_t end = at + ARCHIVE_PAGE < s->article_count ? at + ARCHIVE_PAGE : s->article_count;
	struct value years = value_list(m->arena);

	start(m, STR("archive"), numbered(m, STR("Archive")),
		str_printf(m->arena, "All articles of %.*s by date.", STR_ARG(s->config.title)));
	while (at < end) {
		int year = pages[at]->meta.date.year;
		size_t from = at;
		struct value item = value_map(m->arena);

		while (at < end && pages[at]->meta.date.year == year)
			at++;
		value_add(&item, STR("year"), year ? value_int(year, m->arena) : value_string(STR("Undated")), m->arena);
		model_list(s, STR("articles"), pages + from, at - from, &item, m->arena);
		value_push(&years, item, m->arena);
	}
	model_put_list(&m->value, STR("years"), years, m->arena);
	model_pager(s, m->job->base, m->job->number, m->job->count, &m->value, m->arena);
	return true;
}

static bool make_redirect(struct making *m)
{
	const struct page *p = m->job->about;

	start(m, STR("redirect"), p->meta.title, p->meta.description);
	value_add(&m->value, STR("target"), value_string(p->url), m->arena);
	value_put(&m->value, STR("canonical"), value_string_or_null(p->canonical), m->arena);
	return true;
}

static bool make_card(struct making *m)
{
	const struct page *p = m->job->about;

	start(m, STR("card"), p->meta.title, p->meta.description);
	card_value(p, &m->value, m->arena);
	return true;
}

static bool make_feed(struct making *m)
{
	const struct site *s = m->site;
	struct page *const *pages = s->dated;
	const struct date *newest = NULL;
	size_t count = 0;

	start(m, STR("feed"), s->config.title, s->config.description);
	while (count < s->article_count && count < FEED_ITEMS && pages[count]->meta.date.year)
		count++;
	for (size_t i = 0; i < count; i++) {
		const struct article *a = &pages[i]->meta;
		const struct date *d = a->updated.year ? &a->updated : &a->date;

		if (!newest || date_cmp(d, newest, s->config.zone_minutes) > 0)
			newest = d;
	}
	value_put(&m->value, STR("updated"), newest ? model_date(s, newest, m->arena) : value_null(), m->arena);
	model_list(s, STR("articles"), pages, count, &m->value, m->arena);
	return true;
}

static void push_address(struct making *m, struct value *list, str path, const struct date *d)
{
	struct value item = value_map(m->arena);
	str url = address_of(m->site->config.base_path, path, m->arena);

	value_add(&item, STR("canonical"),
		value_string(str_printf(m->arena, "%.*s%.*s", STR_ARG(m->site->config.origin), STR_ARG(url))), m->arena);
	value_add(&item, STR("updated"), d ? model_date(m->site, d, m->arena) : value_null(), m->arena);
	value_push(list, item, m->arena);
}

static bool make_sitemap(struct making *m)
{
	const struct site *s = m->site;
	struct value pages = value_list(m->arena);

	start(m, STR("sitemap"), s->config.title, s->config.description);
	push_address(m, &pages, STR(""), NULL);
	for (size_t i = 0; i < s->article_count && value_count(&pages) < SITEMAP_MAX; i++) {
		const struct article *a = &s->articles[i]->meta;

		push_address(m, &pages, s->articles[i]->path, a->updated.year ? &a->updated : a->date.year ? &a->date : NULL);
	}
	for (size_t i = 0; i < s->tag_count && value_count(&pages) < SITEMAP_MAX; i++)
		push_address(m, &pages, s->tags[i]->path, NULL);
	model_put_list(&m->value, STR("pages"), pages, m->arena);
	return true;
}

static bool make_robots(struct making *m)
{
	const struct site *s = m->site;
	str url = str_printf(m->arena, "%.*s%.*ssitemap.xml", STR_ARG(s->config.origin), STR_ARG(s->config.base_path));

	start(m, STR("robots"), s->config.title, s->config.description);
	value_add(&m->value, STR("sitemap_url"), s->config.origin.len ? value_string(url) : value_null(), m->arena);
	return true;
}

static bool make(struct making *m)
{
	switch (m->job->kind) {
	case LIST_HOME:
		return make_home(m);
	case LIST_TAGS:
		return make_tags(m);
	case LIST_TAG:
		return make_tag(m);
	case LIST_SECTION:
		return make_section(m);
	case LIST_ARCHIVE:
		return make_archive(m);
	case LIST_REDIRECT:
		return make_redirect(m);
	case LIST_CARD:
		return make_card(m);
	case LIST_404:
		start(m, STR("404"), STR("Page not found"), STR("There is no page at this address."));
		return true;
	case LIST_FEED:
		return make_feed(m);
	case LIST_SITEMAP:
		return make_sitemap(m);
	case LIST_ROBOTS:
		return make_robots(m);
	}
	return false;
}

/* The author's own text for the first page of a list, or null. */
static struct page *text_of(const struct site *s, const struct list_job *job)
{
	if (job->number > 1)
		return NULL;
	if (job->kind == LIST_HOME)
		return s->home;
	return job->kind == LIST_SECTION ? ((const struct section *)job->about)->index : NULL;
}

bool lists_value(const struct site *s, const struct list_job *job, struct worker *w, struct diags *d,
	struct value *out)
{
	struct making m = { .site = s, .job = job, .worker = w, .arena = &w->page };
	struct page *text = text_of(s, job);
	bool fine = make(&m);

	if (text)
		diags_merge(d, &text->diags);
	*out = m.value;
	return fine;
}

bool lists_render(const struct site *s, const struct list_job *job, struct worker *w, struct diags *d)
{
	const struct template *t = theme_template(&s->theme, str_c(job->template), (loc){ 0 }, d);
	struct page *text = text_of(s, job);
	struct value value;
	const struct value *stack[1] = { &value };

	buf_clear(&w->out);
	if (!t || !lists_value(s, job, w, d, &value) || !template_render(t, stack, 1, &w->out, d))
		return false;
	if (text)
		ids_collect(buf_str(&w->out), &text->facts.ids, &text->facts.id_count, &w->page, &w->kept);
	return true;
}
