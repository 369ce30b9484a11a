#include "site/json_ld.h"

#include "site/address.h"
#include "site/site.h"

static void put_text(struct buf *out, const char *key, str text)
{
	if (text.len == 0)
		return;
	buf_printf(out, ",\"%s\":", key);
	buf_json(out, text);
}

static void put_date(const struct site *s, struct buf *out, const char *key, const struct date *d)
{
	if (d->year)
		put_text(out, key, date_iso(d, s->config.zone_minutes, out->arena));
}

static void put_authors(const struct site *s, const struct page *p, struct buf *out)
{
	const struct str_list *names = &p->meta.authors;
	struct str_list one = { &s->config.author, s->config.author.len ? 1 : 0 };

	if (names->count == 0)
		names = &one;
	for (size_t i = 0; i < names->count; i++) {
		buf_add(out, i ? STR(",") : STR(",\"author\":["));
		BUF_LIT(out, "{\"@type\":\"Person\",\"name\":");
		buf_json(out, names->at[i]);
		BUF_LIT(out, "}");
	}
	if (names->count)
		BUF_LIT(out, "]");
}

static void put_keywords(const struct page *p, struct buf *out)
{
	for (size_t i = 0; i < p->tag_count; i++) {
		buf_add(out, i ? STR(",") : STR(",\"keywords\":["));
		buf_json(out, p->tags[i]->name);
	}
	if (p->tag_count)
		BUF_LIT(out, "]");
}

str json_ld_article(const struct site *s, const struct page *p, str image, struct arena *a)
{
	struct buf out = { .arena = a };

	BUF_LIT(&out, "{\"@context\":\"https://schema.org\",\"@type\":\"TechArticle\"");
	put_text(&out, "headline", p->meta.title);
	put_text(&out, "description", p->meta.description);
	put_text(&out, "inLanguage", s->config.language);
	put_text(&out, "url", p->canonical);
	if (address_is_external(image))
		put_text(&out, "image", image);
	put_date(s, &out, "datePublished", &p->meta.date);
	put_date(s, &out, "dateModified", &p->meta.updated);
	put_authors(s, p, &out);
	put_keywords(p, &out);
	BUF_LIT(&out, "}");
	return buf_str(&out);
}

str json_ld_compared(const struct site *s, const struct value *page, const struct compared *const *about,
	size_t count, struct arena *a)
{
	struct buf out = { .arena = a };

	BUF_LIT(&out, "{\"@context\":\"https://schema.org\",\"@type\":\"CollectionPage\"");
	put_text(&out, "name", value_str(value_get(page, STR("title"))));
	put_text(&out, "description", value_str(value_get(page, STR("description"))));
	put_text(&out, "inLanguage", s->config.language);
	put_text(&out, "url", value_str(value_get(page, STR("canonical"))));
	for (size_t i = 0; i < count; i++) {
		buf_add(&out, i ? STR(",") : STR(",\"about\":["));
		BUF_LIT(&out, "{\"@type\":\"Thing\",\"name\":");
		buf_json(&out, about[i]->name);
		BUF_LIT(&out, "}");
	}
	BUF_LIT(&out, "]}");
	return buf_str(&out);
}
