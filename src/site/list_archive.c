/* All articles by date. */
#include "site/list_kind.h"
#include "site/model.h"
#include "site/shown.h"
#include "site/site.h"

enum { ARCHIVE_PAGE = 1000 };

static bool plan_archive(struct planner *p)
{
	return list_add_pages(p, NULL, STR("archive/"), p->site->article_count, ARCHIVE_PAGE);
}

/* Articles of one year stand together because they are sorted by date; those without a date
 * come last. */
static bool make_archive(struct making *m)
{
	const struct site *s = m->site;
	struct page *const *pages = s->dated;
	size_t at = (m->job->number - 1) * ARCHIVE_PAGE;
	size_t end =
		at + ARCHIVE_PAGE < s->article_count ? at + ARCHIVE_PAGE : s->article_count;
	struct value years = value_list(m->arena);

	list_start(m, STR("archive"), list_numbered(m, STR("Archive")),
		str_printf(
			m->arena, "All articles of %.*s by date.", STR_ARG(s->config.title)));
	while (at < end) {
		int year = pages[at]->meta.date.year;
		size_t from = at;
		struct value item = value_map(m->arena);

		while (at < end && pages[at]->meta.date.year == year)
			at++;
		value_add(&item, STR("year"),
			year ? value_int(year, m->arena) : value_string(STR("Undated")),
			m->arena);
		model_list(s, STR("articles"), pages + from, at - from, &item, m->arena);
		value_push(&years, item, m->arena);
	}
	model_put_list(&m->value, STR("years"), years, m->arena);
	model_pager(s, m->job->base, m->job->number, m->job->count, &m->value, m->arena);
	return true;
}

static uint64_t archive_shows(const struct shown *shown, const struct list_job *job)
{
	return shown_slice(shown, shown->site->dated, shown->site->article_count, job->number, ARCHIVE_PAGE);
}

const struct list_kind list_archive = {
	.template = "archive",
	.noun = "the archive",
	.is_page = true,
	.shows = archive_shows,
	.plan = plan_archive,
	.make = make_archive,
};
