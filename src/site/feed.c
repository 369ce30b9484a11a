#include "site/feed.h"

#include "site/address.h"
#include "site/model.h"
#include "site/site.h"

static bool has_date(struct page *const *pages, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (pages[i]->meta.date.year)
			return true;
	return false;
}

bool feeds_of_site(const struct site *s)
{
	return s->config.origin.len && has_date(s->dated, s->article_count);
}

bool feeds_of_list(const struct site *s, struct page *const *pages, size_t count)
{
	return s->config.origin.len && s->config.feeds_lists && has_date(pages, count);
}

str feed_path(str path, enum feed_format format, struct arena *a)
{
	return str_join(path, format == FEED_ATOM ? STR("feed.atom") : STR("feed.json"), a);
}

str feed_url(const struct site *s, str path, enum feed_format format, struct arena *a)
{
	return address_of(s->config.base_path, feed_path(path, format, a), a);
}

struct value feeds_value(const struct site *s, str path, str title, struct arena *a)
{
	static const str types[] = { [FEED_ATOM] = STR_INIT("application/atom+xml"),
		[FEED_JSON] = STR_INIT("application/feed+json") };
	struct value list = value_list_sized(2, a);

	for (int format = FEED_ATOM; format <= FEED_JSON; format++) {
		struct value item = value_map_sized(6, a);

		value_add(&item, STR("url"), value_string(feed_url(s, path, (enum feed_format)format, a)), a);
		value_add(&item, STR("type"), value_string(types[format]), a);
		value_add(&item, STR("title"), value_string(title), a);
		model_put_position(&item, (size_t)format, 2, a);
		value_push(&list, item, a);
	}
	return list;
}

/* As in the archive: newest first, among equals by name. */
static bool is_before(const struct site *s, const struct page *a, const struct page *b)
{
	int order = date_cmp(&a->meta.date, &b->meta.date, s->config.zone_minutes);

	return order ? order > 0 : str_cmp(a->meta.below, b->meta.below) < 0;
}

size_t feed_newest(
	const struct site *s, struct page *const *pages, size_t count, struct page **out, size_t most)
{
	size_t taken = 0;

	for (size_t i = 0; i < count; i++) {
		size_t at = taken;

		if (!pages[i]->meta.date.year)
			continue;
		while (at > 0 && is_before(s, pages[i], out[at - 1]))
			at--;
		if (at == most)
			continue;
		taken += taken < most;
		for (size_t j = taken - 1; j > at; j--)
			out[j] = out[j - 1];
		out[at] = pages[i];
	}
	return taken;
}

void feeds_mark(struct site *s)
{
	for (size_t i = 0; i < s->article_count && i < (size_t)s->config.feed_items; i++)
		s->dated[i]->fed_whole = s->config.feeds_full && s->config.origin.len && s->dated[i]->meta.date.year;
}
