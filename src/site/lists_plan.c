#include "site/lists.h"

#include "base/utf8.h"
#include "site/card.h"
#include "site/model.h"
#include "site/site.h"

enum { ARCHIVE_PAGE = 1000 };

static const char *const list_templates[] = {
	[LIST_HOME] = "home",
	[LIST_TAGS] = "tags",
	[LIST_TAG] = "tag",
	[LIST_SECTION] = "list",
	[LIST_ARCHIVE] = "archive",
	[LIST_REDIRECT] = "redirect",
	[LIST_CARD] = "card.svg",
	[LIST_404] = "404",
	[LIST_FEED] = "feed.atom",
	[LIST_SITEMAP] = "sitemap.xml",
	[LIST_ROBOTS] = "robots.txt",
};

static const char *const list_names[] = {
	[LIST_HOME] = "the home page",
	[LIST_TAGS] = "the list of tags",
	[LIST_TAG] = "a tag",
	[LIST_SECTION] = "a folder's list",
	[LIST_ARCHIVE] = "the archive",
	[LIST_REDIRECT] = "an alias",
	[LIST_CARD] = "an article's picture",
	[LIST_404] = "the page for wrong addresses",
	[LIST_FEED] = "the feed",
	[LIST_SITEMAP] = "the sitemap",
	[LIST_ROBOTS] = "robots.txt",
};

static void push_job(struct site *s, struct list_plan *plan, struct list_job job)
{
	if (plan->count == plan->cap) {
		size_t cap = plan->cap ? plan->cap * 2 : 64;
		struct list_job *jobs = arena_array(s->arena, struct list_job, cap);

		if (plan->count)
			memcpy(jobs, plan->jobs, plan->count * sizeof(*jobs));
		plan->jobs = jobs;
		plan->cap = cap;
	}
	plan->jobs[plan->count++] = job;
}

/* The page that stands at a list's address already, if that is not the list's own text. */
static const struct page *find_taker(const struct site *s, const struct list_job *job)
{
	const struct page *p = map_get(&s->by_path, utf8_fold(job->path, s->arena));

	return p && p->listed ? p : NULL;
}

static bool add_job(struct site *s, struct list_plan *plan, struct list_job job)
{
	const struct page *taker = find_taker(s, &job);
	struct source src;

	job.template = list_templates[job.kind];
	if (taker) {
		src = (struct source){ taker->meta.path, (str){ 0 } };
		diag_error(s->diags, (loc){ &src, 0, 0 }, "url", "the address /" STR_FMT " belongs to %s",
			STR_ARG(job.path), list_names[job.kind]);
		diag_help(s->diags, "give the article another `slug` or `url`");
		return false;
	}
	map_put(&s->known, job.path, NULL);
	push_job(s, plan, job);
	return true;
}

static bool add_pages(struct site *s, struct list_plan *plan, enum list_kind kind, const void *about,
	str path, size_t items, size_t per_page)
{
	size_t count = items ? (items + per_page - 1) / per_page : 1;
	bool fine = true;

	for (size_t n = 1; n <= count; n++)
		fine = add_job(s, plan, (struct list_job){ .kind = kind, .about = about,
						.path = model_pager_path(path, n, s->arena),
						.number = n, .count = count, .base = path }) &&
		       fine;
	return fine;
}

static bool add_one(struct site *s, struct list_plan *plan, enum list_kind kind, str path)
{
	return add_job(s, plan, (struct list_job){ .kind = kind, .path = path, .base = path, .number = 1, .count = 1 });
}

/* "/old/place" and "old/place/" are folders; "/old.html" is a file. */
static str alias_path(str alias, struct arena *a)
{
	while (str_starts(alias, STR("/")))
		alias = str_from(alias, 1);
	if (str_ends(alias, STR("/")) || str_ends(alias, STR(".html")) || alias.len == 0)
		return alias;
	return str_printf(a, "%.*s/", STR_ARG(alias));
}

static bool add_aliases(struct site *s, struct list_plan *plan, const struct page *p)
{
	bool fine = true;

	for (size_t i = 0; i < p->meta.aliases.count; i++) {
		str path = alias_path(p->meta.aliases.at[i], s->arena);
		struct source src = { p->meta.path, (str){ 0 } };

		if (map_has(&s->known, path)) {
			fine = diag_error(s->diags, (loc){ &src, 0, 0 }, "url",
				"the alias /" STR_FMT " is taken by another page", STR_ARG(path));
			continue;
		}
		fine = add_job(s, plan, (struct list_job){ .kind = LIST_REDIRECT, .about = p, .path = path, .base = path }) &&
		       fine;
	}
	return fine;
}

static bool add_card(struct site *s, struct list_plan *plan, const struct page *p)
{
	if (!s->config.social_cards || p->meta.image.len || !str_ends(p->path, STR("/")))
		return true;
	return add_job(s, plan, (struct list_job){ .kind = LIST_CARD, .about = p, .path = card_path(p, s->arena) });
}

static bool has_dates(const struct site *s)
{
	for (size_t i = 0; i < s->article_count; i++)
		if (s->articles[i]->meta.date.year)
			return true;
	return false;
}

bool lists_plan(struct site *s, struct list_plan *plan)
{
	size_t per_page = (size_t)s->config.paginate;
	bool fine;

	fine = add_pages(s, plan, LIST_HOME, NULL, STR(""), s->article_count, per_page);
	fine = add_one(s, plan, LIST_TAGS, STR("tags/")) && fine;
	for (size_t i = 0; i < s->tag_count; i++)
		fine = add_pages(s, plan, LIST_TAG, s->tags[i], s->tags[i]->path, s->tags[i]->count, per_page) && fine;
	for (size_t i = 0; i < s->section_count; i++)
		fine = add_pages(s, plan, LIST_SECTION, s->sections[i], s->sections[i]->path, s->sections[i]->count,
			       per_page) &&
		       fine;
	fine = add_pages(s, plan, LIST_ARCHIVE, NULL, STR("archive/"), s->article_count, ARCHIVE_PAGE) && fine;
	fine = add_one(s, plan, LIST_404, STR("404.html")) && fine;
	fine = add_one(s, plan, LIST_ROBOTS, STR("robots.txt")) && fine;
	if (s->config.origin.len)
		fine = add_one(s, plan, LIST_SITEMAP, STR("sitemap.xml")) && fine;
	if (s->config.origin.len && has_dates(s))
		fine = add_one(s, plan, LIST_FEED, STR("feed.atom")) && fine;
	for (size_t i = 0; i < s->article_count; i++)
		fine = add_aliases(s, plan, s->articles[i]) && add_card(s, plan, s->articles[i]) && fine;
	return fine;
}
