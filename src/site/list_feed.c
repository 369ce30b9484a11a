/*
 * The newest articles of the site, and of each tag, other term and folder, as an Atom feed (RFC 4287) and a JSON Feed
 * (version 1.1).
 *
 * The Atom feed is a template.  JSON is written from values: Mustache escapes for HTML.
 */
#include "base/hash.h"
#include "data/json.h"
#include "site/address.h"
#include "site/feed.h"
#include "site/list_kind.h"
#include "site/model.h"
#include "site/shown.h"
#include "site/site.h"

/* What a feed is of. */
struct feed {
	str title, description;
	str path; /* of the list that it belongs to */
	struct page *const *pages;
	size_t count;
	bool whole; /* holds all text of its articles */
};

static bool add_feed(struct planner *p, struct feed feed, enum feed_format format)
{
	struct feed *kept = arena_new(p->site->arena, struct feed);

	*kept = feed;
	return list_add_one(p, kept, feed_path(feed.path, format, p->site->arena));
}

static bool add_list_feed(struct planner *p, str name, str path, struct page *const *pages, size_t count,
	enum feed_format format)
{
	const struct site *s = p->site;
	struct feed feed = { .path = path, .pages = pages, .count = count };

	if (!feeds_of_list(s, pages, count))
		return true;
	feed.title = str_concat(s->arena, (const str[]){ name, STR(" · "), s->config.title }, 3);
	feed.description = str_printf(s->arena, "New articles about %.*s.", STR_ARG(name));
	return add_feed(p, feed, format);
}

static bool plan_feeds(struct planner *p, enum feed_format format)
{
	const struct site *s = p->site;
	bool fine = true;

	if (!feeds_of_site(s))
		return true;
	fine = add_feed(p,
		(struct feed){ s->config.title, s->config.description, STR(""), s->dated, s->article_count,
			s->config.feeds_full },
		format);
	for (size_t i = 0; i < s->section_count; i++) {
		const struct section *section = s->sections[i];

		fine = add_list_feed(p, section->title, section->path, section->pages, section->count, format) && fine;
	}
	for (size_t i = 0; i < s->taxonomy_count; i++) {
		const struct taxonomy *t = &s->taxonomies[i];

		for (size_t j = 0; j < t->count; j++)
			fine = add_list_feed(p, t->terms[j]->name, t->terms[j]->path, t->terms[j]->pages,
				       t->terms[j]->count, format) &&
			       fine;
	}
	return fine;
}

static bool plan_atom(struct planner *p)
{
	return plan_feeds(p, FEED_ATOM);
}

static bool plan_json(struct planner *p)
{
	return plan_feeds(p, FEED_JSON);
}

static const struct date *changed(const struct page *p)
{
	return p->meta.updated.year ? &p->meta.updated : &p->meta.date;
}

static str absolute(const struct site *s, str path, struct arena *a)
{
	return str_join(s->config.origin, address_of(s->config.base_path, path, a), a);
}

/* Its articles, newest first; `newest` is the last change of any of them. */
static struct value read_items(struct making *m, const struct feed *f, const struct date **newest)
{
	const struct site *s = m->site;
	size_t most = (size_t)s->config.feed_items;
	struct page **pages = arena_array(m->arena, struct page *, most);
	size_t count = feed_newest(s, f->pages, f->count, pages, most);
	struct value list = value_list_sized(count, m->arena);

	*newest = NULL;
	for (size_t i = 0; i < count; i++) {
		struct value item = model_item(s, pages[i], &pages[i]->facts, m->arena);

		if (!*newest || date_cmp(changed(pages[i]), *newest, s->config.zone_minutes) > 0)
			*newest = changed(pages[i]);
		value_add(&item, STR("changed"), model_date(s, changed(pages[i]), m->arena), m->arena);
		value_add(&item, STR("content_html"),
			f->whole ? value_string_or_null(pages[i]->facts.feed_html) : value_null(), m->arena);
		model_put_position(&item, i, count, m->arena);
		value_push(&list, item, m->arena);
	}
	return list;
}

static bool make_atom(struct making *m)
{
	const struct feed *f = m->job->about;
	const struct date *newest;
	struct value items = read_items(m, f, &newest);

	list_start(m, STR("feed"), f->title, f->description);
	value_add(&m->value, STR("home"), value_string(absolute(m->site, f->path, m->arena)), m->arena);
	value_add(&m->value, STR("updated"), newest ? model_date(m->site, newest, m->arena) : value_null(), m->arena);
	model_put_list(&m->value, STR("articles"), items, m->arena);
	return true;
}

static void put(struct value *map, const char *key, struct value v, struct arena *a)
{
	if (!value_is_null(&v))
		value_add(map, str_c(key), v, a);
}

static struct value name_list(const struct value *names, bool maps, struct arena *a)
{
	struct value list = value_list_sized(value_count(names), a);

	for (size_t i = 0; i < value_count(names); i++) {
		struct value name = *value_get(value_at(names, i), STR("name")), item = value_map(a);

		value_add(&item, STR("name"), name, a);
		value_push(&list, maps ? item : name, a);
	}
	return value_count(&list) ? list : value_null();
}

/* An item must have a content: the summary when it is not to be all. */
static struct value json_item(const struct value *article, struct arena *a)
{
	struct value item = value_map_sized(12, a);
	const struct value *html = value_get(article, STR("content_html"));
	str summary = value_str(value_get(article, STR("description")));

	if (summary.len == 0)
		summary = value_str(value_get(article, STR("summary")));
	put(&item, "id", *value_get(article, STR("canonical")), a);
	put(&item, "url", *value_get(article, STR("canonical")), a);
	put(&item, "title", *value_get(article, STR("title")), a);
	put(&item, "summary", value_string_or_null(summary), a);
	put(&item, "content_html", *html, a);
	put(&item, "content_text", value_is_null(html) ? value_string(summary) : value_null(), a);
	put(&item, "image", *value_get(article, STR("image")), a);
	put(&item, "date_published", *value_get(value_get(article, STR("date")), STR("rfc3339")), a);
	put(&item, "date_modified", *value_get(value_get(article, STR("changed")), STR("rfc3339")), a);
	put(&item, "authors", name_list(value_get(article, STR("authors")), true, a), a);
	put(&item, "tags", name_list(value_get(article, STR("tags")), false, a), a);
	return item;
}

static bool write_json_feed(struct making *m, struct buf *out)
{
	const struct feed *f = m->job->about;
	const struct config *c = &m->site->config;
	const struct json_style style = { .indent = 1 };
	const struct date *newest;
	struct arena *a = m->arena;
	struct value items = read_items(m, f, &newest), feed = value_map_sized(10, a), list = value_list(a);

	put(&feed, "version", value_string(STR("https://jsonfeed.org/version/1.1")), a);
	put(&feed, "title", value_string(f->title), a);
	put(&feed, "home_page_url", value_string(absolute(m->site, f->path, a)), a);
	put(&feed, "feed_url", value_string(absolute(m->site, m->job->path, a)), a);
	put(&feed, "description", value_string_or_null(f->description), a);
	put(&feed, "language", value_string_or_null(c->language), a);
	if (c->author.len) {
		struct value author = value_map(a), authors = value_list(a);

		value_add(&author, STR("name"), value_string(c->author), a);
		value_push(&authors, author, a);
		put(&feed, "authors", authors, a);
	}
	for (size_t i = 0; i < value_count(&items); i++)
		value_push(&list, json_item(value_at(&items, i), a), a);
	value_add(&feed, STR("items"), list, a);
	json_write(&feed, &style, out);
	buf_char(out, '\n');
	return true;
}

static uint64_t feed_shows(const struct shown *shown, const struct list_job *job)
{
	struct arena scratch = { 0 };
	const struct feed *f = job->about;
	size_t most = (size_t)shown->site->config.feed_items;
	struct page **pages = arena_array(&scratch, struct page *, most);
	size_t count = feed_newest(shown->site, f->pages, f->count, pages, most);
	uint64_t hash = hash_64_seed(f->title, shown_pages(shown, pages, count));

	arena_free(&scratch);
	return hash;
}

const struct list_kind list_feed = {
	.template = "feed.atom",
	.noun = "a feed",
	.shows = feed_shows,
	.plan = plan_atom,
	.make = make_atom,
};

const struct list_kind list_feed_json = {
	.noun = "a feed",
	.shows = feed_shows,
	.plan = plan_json,
	.write = write_json_feed,
};
