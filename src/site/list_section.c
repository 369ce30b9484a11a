/* The articles of a folder, with its _index.md above them. */
#include "base/hash.h"
#include "site/list_kind.h"
#include "site/model.h"
#include "site/shown.h"
#include "site/site.h"

static bool plan_sections(struct planner *p)
{
	const struct site *s = p->site;
	bool fine = true;

	for (size_t i = 0; i < s->section_count; i++) {
		const struct section *section = s->sections[i];
		const struct list_kind *kind = map_get(&s->known, section->path);

		/* A folder without a text of its own leaves "compare/" to the list of comparisons. */
		if (section->index || !kind || !kind->gives_way)
			fine = list_add_pages(p, section, section->path, section->count,
				       (size_t)s->config.paginate) &&
			       fine;
	}
	return fine;
}

static struct page *section_text(const struct site *s, const struct list_job *job)
{
	(void)s;
	return ((const struct section *)job->about)->index;
}

static bool make_section(struct making *m)
{
	const struct section *section = m->job->about;

	if (!list_start_with_text(m, STR("list"), list_numbered(m, section->title),
		    str_printf(m->arena, "Articles in %.*s.", STR_ARG(section->title))))
		return false;
	list_feeds(m, section->title, section->path, section->pages, section->count);
	list_slice(m, section->pages, section->count, (size_t)m->site->config.paginate);
	return true;
}

static uint64_t section_shows(const struct shown *shown, const struct list_job *job)
{
	const struct section *section = job->about;

	return hash_64_seed(section->title,
		shown_slice(shown, section->pages, section->count, job->number,
			(size_t)shown->site->config.paginate));
}

const struct list_kind list_section = {
	.template = "list",
	.noun = "a folder's list",
	.is_page = true,
	.shows = section_shows,
	.plan = plan_sections,
	.make = make_section,
	.text = section_text,
};
