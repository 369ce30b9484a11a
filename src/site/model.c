#include "site/model.h"

#include <stdlib.h>

#include "base/path.h"
#include "markdown/markdown.h"
#include "site/address.h"
#include "site/example_files.h"
#include "site/search.h"
#include "site/site.h"
#include "site/version.h"

/* Room for the names of a page and of an item, so that their maps are made in one piece. */
enum { FRAME_NAMES = 88, ITEM_NAMES = 44, SMALL_NAMES = 6 };

static inline void put(struct value *map, str key, struct value v, struct arena *a)
{
	value_add(map, key, v, a);
}

static inline void put_text(struct value *map, str key, str text, struct arena *a)
{
	value_add(map, key, value_string(text), a);
}

static inline void put_optional(struct value *map, str key, str text, struct arena *a)
{
	value_add(map, key, value_string_or_null(text), a);
}

static inline void put_bool(struct value *map, str key, bool b, struct arena *a)
{
	value_add(map, key, value_bool(b), a);
}

void model_put_list(struct value *out, str name, struct value list, struct arena *a)
{
	size_t count = value_count(&list);

	str both = str_concat(a, (const str[]){ STR("has_"), name, STR("_count") }, 3);

	value_add(out, name, list, a);
	value_add(out, str_sub(both, 0, strlen("has_") + name.len), value_bool(count > 0), a);
	value_add(out, str_from(both, strlen("has_")), value_int((int64_t)count, a), a);
}

/* `index`, `first` and `last` of an item of a list. */
void model_put_position(struct value *item, size_t index, size_t count, struct arena *a)
{
	put(item, STR("index"), value_int((int64_t)index + 1, a), a);
	put_bool(item, STR("first"), index == 0, a);
	put_bool(item, STR("last"), index + 1 == count, a);
}

struct value model_date(const struct site *s, const struct date *d, struct arena *a)
{
	struct value v;
	str iso;

	if (d->year == 0)
		return value_null();
	iso = date_iso(d, s->config.zone_minutes, a);
	v = value_map_sized(4, a);
	put_text(&v, STR("iso"), iso, a);
	put_text(&v, STR("human"), date_human(d, a), a);
	put(&v, STR("year"), value_int(d->year, a), a);
	put_text(&v, STR("rfc3339"), date_rfc3339(d, s->config.zone_minutes, a), a);
	value_set_text(&v, iso);
	return v;
}

/* An address in gen.yaml: "/tags/" is below the base path, "https://…" is as it is. */
static str nav_url(const struct site *s, str url, struct arena *a)
{
	if (address_is_external(url) || str_starts(url, STR("#")))
		return url;
	return str_printf(a, "%.*s%.*s", STR_ARG(s->config.base_path),
		STR_ARG(str_starts(url, STR("/")) ? str_from(url, 1) : url));
}

/* `here` is the address of the page that shows the list. */
static struct value nav_value(const struct site *s, str here, struct arena *a)
{
	struct value list = value_list(a);

	for (size_t i = 0; i < s->config.nav_count; i++) {
		struct value item = value_map(a);

		put_text(&item, STR("name"), s->config.nav[i].name, a);
		put_text(&item, STR("url"), nav_url(s, s->config.nav[i].url, a), a);
		put_bool(&item, STR("current"), str_eq(nav_url(s, s->config.nav[i].url, a), here), a);
		model_put_position(&item, i, s->config.nav_count, a);
		value_push(&list, item, a);
	}
	return list;
}

struct value model_site(const struct site *s, struct value data)
{
	const struct config *c = &s->config;
	struct arena *a = s->arena;
	struct value v = value_map(a);
	struct date today = date_at(s->now, c->zone_minutes);

	put_text(&v, STR("title"), c->title, a);
	put_text(&v, STR("description"), c->description, a);
	put_optional(&v, STR("url"), c->origin.len ? c->base_url : (str){ 0 }, a);
	put_text(&v, STR("base"), c->base_path, a);
	put_text(&v, STR("home"), c->base_path, a);
	put_text(&v, STR("language"), c->language, a);
	put_optional(&v, STR("author"), c->author, a);
	put_optional(&v, STR("copyright"), c->copyright, a);
	model_put_list(&v, STR("nav"), nav_value(s, (str){ 0 }, a), a);
	put(&v, STR("params"), c->params, a);
	put(&v, STR("data"), data, a);
	put_text(&v, STR("tags_url"), address_of(c->base_path, STR("tags/"), a), a);
	put_text(&v, STR("archive_url"), address_of(c->base_path, STR("archive/"), a), a);
	put_optional(&v, STR("examples_url"),
		examples_are_listed(s) ? address_of(c->base_path, STR(EXAMPLES_PATH), a) : (str){ 0 }, a);
	put(&v, STR("feed_url"), value_null(), a); /* until articles are linked */
	put(&v, STR("feed_json_url"), value_null(), a);
	put_optional(&v, STR("search_url"), search_url(s, a), a);
	put(&v, STR("year"), value_int(today.year, a), a);
	put_text(&v, STR("generator"), STR("gen " GEN_VERSION), a);
	return v;
}

static void put_list_url(struct site *s, str name, str path, bool there)
{
	str url = there ? address_of(s->config.base_path, path, s->arena) : (str){ 0 };

	value_put(&s->site_value, name, value_string_or_null(url), s->arena);
}

void model_site_lists(struct site *s)
{
	put_list_url(s, STR("languages_url"), STR("languages/"), s->pair_count > 0);
	put_list_url(s, STR("compare_url"), STR("compare/"), s->pair_count > 0);
	put_list_url(s, STR("matrices_url"), STR("matrices/"), s->matrix_page_count > 0);
	put_list_url(s, STR("verdicts_url"), STR("verdicts/"), s->matrix_page_count > 0);
}

struct value model_assets(const struct site *s)
{
	struct value v = value_map(s->arena);

	for (size_t i = 0; i < s->theme.asset_count; i++) {
		const struct theme_asset *asset = &s->theme.assets[i];
		char *name = (char *)str_cstr(asset->name, s->arena);

		for (char *at = name; *at; at++)
			if (*at == '.' || *at == '-' || *at == '/')
				*at = '_';
		value_put(&v, str_c(name),
			value_string(address_of(s->config.base_path, asset->path, s->arena)), s->arena);
	}
	return v;
}

/* An image of front matter: absolute, rooted, or beside the article. */
static str image_url(const struct site *s, str image, str path, struct arena *a)
{
	str below;

	if (image.len == 0 || address_is_external(image))
		return image;
	below = str_starts(image, STR("/")) ? str_from(image, 1)
					    : path_clean(path_join(path, image, a), a);
	return str_printf(a, "%.*s%.*s", STR_ARG(s->config.origin),
		STR_ARG(address_of(s->config.base_path, below, a)));
}

static void put_kinds(struct value *v, str kind, struct arena *a)
{
	static const str kinds[] = { STR_INIT("home"), STR_INIT("article"), STR_INIT("tags"), STR_INIT("tag"),
		STR_INIT("archive"), STR_INIT("404"), STR_INIT("list"), STR_INIT("taxonomy"), STR_INIT("term"),
		STR_INIT("languages"), STR_INIT("language"), STR_INIT("pairs"), STR_INIT("pair"), STR_INIT("matrices"),
		STR_INIT("verdicts"), STR_INIT("search") };
	static const str names[] = { STR_INIT("is_home"), STR_INIT("is_article"), STR_INIT("is_tags"),
		STR_INIT("is_tag"), STR_INIT("is_archive"), STR_INIT("is_404"), STR_INIT("is_list"), STR_INIT("is_taxonomy"),
		STR_INIT("is_term"), STR_INIT("is_languages"), STR_INIT("is_language"), STR_INIT("is_pairs"),
		STR_INIT("is_pair"), STR_INIT("is_matrices"), STR_INIT("is_verdicts"), STR_INIT("is_search") };

	put_text(v, STR("kind"), kind, a);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		value_add(v, names[i], value_bool(str_eq(kind, kinds[i])), a);
}

static bool is_in_nav(const struct site *s, str url, struct arena *a)
{
	for (size_t i = 0; i < s->config.nav_count; i++)
		if (str_eq(nav_url(s, s->config.nav[i].url, a), url))
			return true;
	return false;
}

/* `site` is shared by all pages, but for those that the navigation marks as current. */
static struct value site_for(const struct site *s, str url, struct arena *a)
{
	struct value v;

	if (!is_in_nav(s, url, a))
		return s->site_value;
	v = value_map(a);
	for (size_t i = 0; i < value_count(&s->site_value); i++)
		value_add(&v, s->site_value.map->at[i].key, s->site_value.map->at[i].value, a);
	value_put(&v, STR("nav"), nav_value(s, url, a), a);
	return v;
}

struct value model_frame(const struct site *s, const struct frame *f, struct arena *a)
{
	struct value v = value_map_sized(FRAME_NAMES, a);
	str url = address_of(s->config.base_path, f->path, a);
	bool is_site = f->title.len == 0 || str_eq(f->title, s->config.title);

	put(&v, STR("site"), site_for(s, url, a), a);
	put(&v, STR("assets"), s->assets_value, a);
	put_text(&v, STR("title"), f->title, a);
	put_text(&v, STR("url"), url, a);
	put_text(&v, STR("description"), f->description, a);
	put_text(&v, STR("page_title"),
		is_site ? s->config.title
			: str_concat(a, (const str[]){ f->title, STR(" · "), s->config.title }, 3),
		a);
	put_optional(&v, STR("canonical"),
		s->config.origin.len ? str_join(s->config.origin, url, a)
				     : (str){ 0 },
		a);
	put_optional(&v, STR("image"), image_url(s, f->image, f->path, a), a);
	put(&v, STR("feeds"), s->feeds_value, a);
	put_kinds(&v, f->kind, a);
	return v;
}

static struct value name_list(const struct str_list *names, str otherwise, struct arena *a)
{
	struct str_list one = { &otherwise, otherwise.len ? 1 : 0 };
	struct value list;

	if (names->count == 0)
		names = &one;
	list = value_list_sized(names->count, a);
	for (size_t i = 0; i < names->count; i++) {
		struct value item = value_map_sized(SMALL_NAMES, a);

		put_text(&item, STR("name"), names->at[i], a);
		model_put_position(&item, i, names->count, a);
		value_push(&list, item, a);
	}
	return list;
}

static struct value language_list(const struct page *p, struct arena *a)
{
	struct value list = value_list_sized(p->language_count, a);

	for (size_t i = 0; i < p->language_count; i++) {
		struct value item = value_map_sized(SMALL_NAMES, a);

		put_text(&item, STR("name"), p->languages[i]->name, a);
		put_text(&item, STR("slug"), p->languages[i]->slug, a);
		put_optional(&item, STR("color"), p->languages[i]->color, a);
		put_optional(&item, STR("url"), p->languages[i]->url, a);
		model_put_position(&item, i, p->language_count, a);
		value_push(&list, item, a);
	}
	return list;
}

static struct value verdict_value(const struct page_facts *f, struct arena *a)
{
	struct value v;

	if (!f->has_verdict)
		return value_null();
	v = value_map(a);
	put_optional(&v, STR("winner"), f->winner, a);
	put_text(&v, STR("text"), f->verdict, a);
	put_bool(&v, STR("close"), f->close, a);
	put_bool(&v, STR("tie"), f->tie, a);
	return v;
}

/* In lists made before the text was read, what front matter says must do. */
static str summary_of(const struct page *p, const struct page_facts *facts)
{
	if (p->meta.summary.len)
		return p->meta.summary;
	return facts->summary.len ? facts->summary : p->meta.description;
}

void model_article(const struct site *s, const struct page *p, const struct page_facts *facts,
	struct value *v, struct arena *a)
{
	const struct article *m = &p->meta;

	put(v, STR("date"), model_date(s, &m->date, a), a);
	put(v, STR("updated"), model_date(s, &m->updated, a), a);
	model_put_list(v, STR("authors"), name_list(&m->authors, s->config.author, a), a);
	model_page_terms(s, p, v, a);
	model_put_list(v, STR("languages"), language_list(p, a), a);
	put_text(v, STR("summary"), summary_of(p, facts), a);
	put(v, STR("reading_time"), value_int(facts->minutes, a), a);
	put(v, STR("words"), value_int((int64_t)facts->words, a), a);
	put(v, STR("verdict"), verdict_value(facts, a), a);
	put_bool(v, STR("draft"), p->state == PAGE_DRAFT, a);
	put_bool(v, STR("future"), p->state == PAGE_FUTURE, a);
	put_bool(v, STR("expired"), p->state == PAGE_EXPIRED, a);
	put_text(v, STR("section"), m->section, a);
	put(v, STR("params"), m->params, a);
	put_text(v, STR("source"), m->path, a);
	put_optional(v, STR("source_url"),
		s->config.source_url.len
			? str_join(s->config.source_url, address_encode(m->path, a), a)
			: (str){ 0 },
		a);
}

struct value model_item(const struct site *s, const struct page *p, const struct page_facts *facts, struct arena *a)
{
	struct value v = value_map_sized(ITEM_NAMES, a);

	put_text(&v, STR("title"), p->meta.title, a);
	put_text(&v, STR("url"), p->url, a);
	put_text(&v, STR("description"), p->meta.description, a);
	put_optional(&v, STR("canonical"), p->canonical, a);
	put_optional(&v, STR("image"), image_url(s, p->meta.image, p->path, a), a);
	model_article(s, p, facts, &v, a);
	return v;
}

struct value model_link(const struct page *p, struct arena *a)
{
	struct value v;

	if (!p)
		return value_null();
	v = value_map_sized(SMALL_NAMES, a);
	put_text(&v, STR("title"), p->meta.title, a);
	put_text(&v, STR("url"), p->url, a);
	return v;
}

/*
 * Related articles are shown while other threads still compose them, so only what front matter gives
 * may be read.
 */
static struct value related_item(const struct site *s, const struct page *p, struct arena *a)
{
	static const struct page_facts unknown;

	return model_item(s, p, &unknown, a);
}

void model_neighbours(const struct site *s, const struct page *p, struct value *out, struct arena *a)
{
	struct value related = value_list_sized(p->related_count, a);

	put(out, STR("previous"), model_link(p->older, a), a);
	put(out, STR("next"), model_link(p->newer, a), a);
	for (size_t i = 0; i < p->related_count; i++) {
		struct value item = related_item(s, p->related[i], a);

		model_put_position(&item, i, p->related_count, a);
		value_push(&related, item, a);
	}
	model_put_list(out, STR("related"), related, a);
}

/* A source is a text, an address, or a map with `title` and `url`. */
static struct value source_item(const struct value *v, struct arena *a)
{
	struct value item = value_map(a);
	str text = value_str(v), title = value_str(value_get(v, STR("title"))), url = value_str(value_get(v, STR("url")));

	if (text.len && address_is_external(text))
		url = text;
	else if (text.len)
		title = text;
	/* Templates write it into a link: only what a browser fetches may stand there. */
	if (!str_starts(url, STR("https://")) && !str_starts(url, STR("http://")))
		url = (str){ 0 };
	put_text(&item, STR("title"), title.len ? title : url, a);
	put_optional(&item, STR("url"), url, a);
	return item;
}

void model_sources(const struct page *p, struct value *out, struct arena *a)
{
	const struct value *sources = &p->meta.sources;
	struct value list = value_list(a);

	if (sources->kind == VALUE_STRING)
		value_push(&list, source_item(sources, a), a);
	for (size_t i = 0; sources->kind == VALUE_LIST && i < value_count(sources); i++)
		value_push(&list, source_item(value_at(sources, i), a), a);
	model_put_list(out, STR("sources"), list, a);
}

static struct value heading_value(const struct markdown_heading *h, struct arena *a)
{
	struct value v = value_map_sized(SMALL_NAMES, a);

	put_text(&v, STR("id"), h->id, a);
	put_text(&v, STR("title"), h->html, a);
	put(&v, STR("level"), value_int(h->level, a), a);
	return v;
}

void model_toc(const struct markdown_outline *outline, bool wanted, struct value *out, struct arena *a)
{
	struct value toc = value_list(a);
	size_t i = 0;

	while (wanted && i < outline->count) {
		const struct markdown_heading *h = &outline->headings[i++];
		struct value item, children = value_list(a);

		if (h->level != 2)
			continue;
		item = heading_value(h, a);
		for (; i < outline->count && outline->headings[i].level > 2; i++)
			if (outline->headings[i].level == 3)
				value_push(&children, heading_value(&outline->headings[i], a), a);
		model_put_list(&item, STR("children"), children, a);
		value_push(&toc, item, a);
	}
	/* Contents of one line say nothing that the page does not. */
	if (value_count(&toc) == 1 && value_count(value_get(value_at(&toc, 0), STR("children"))) == 0)
		toc = value_list(a);
	model_put_list(out, STR("toc"), toc, a);
}

void model_list(const struct site *s, str name, struct page *const *pages, size_t count,
	struct value *out, struct arena *a)
{
	struct value list = value_list_sized(count, a);

	for (size_t i = 0; i < count; i++) {
		struct value item = model_item(s, pages[i], &pages[i]->facts, a);

		model_put_position(&item, i, count, a);
		value_push(&list, item, a);
	}
	model_put_list(out, name, list, a);
}
