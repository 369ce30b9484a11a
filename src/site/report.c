#include "site/report.h"

#include "base/buf.h"
#include "site/compose.h"
#include "site/lists.h"
#include "site/model.h"
#include "site/report_html.h"
#include "site/site.h"

static const char CATEGORY[] = "report";

/* What mail takes, with room for its own encoding. */
enum { REPORT_MAX = 18 * 1000 * 1000 };

struct making {
	struct site site;
	struct page **pages;
	size_t count;
	struct map parts, files;
	struct report_result *result;
	struct arena *arena;
	struct diags *diags;
};

static bool is_named(const struct page *p, str name)
{
	str path = str_starts(name, STR("/")) ? str_from(name, 1) : name;

	if (str_starts(name, STR("./")))
		name = str_from(name, 2);
	return str_eq(name, p->meta.path) || str_eq(name, p->meta.below) || str_eq(path, p->path) ||
	       (str_ends(p->path, STR("/")) && str_eq(path, str_sub(p->path, 0, p->path.len - 1)));
}

static bool cannot_find(struct making *m, str name)
{
	str *names = arena_array(m->arena, str, m->site.page_count);

	for (size_t i = 0; i < m->site.page_count; i++) {
		const struct page *p = &m->site.pages[i];
		const char *flag;

		names[i] = p->meta.below;
		if (!is_named(p, name) || p->broken)
			continue;
		diag_error(m->diags, (loc){ 0 }, CATEGORY, "the article \"" STR_FMT "\" is not published: " STR_FMT,
			STR_ARG(name), STR_ARG(page_skipped(p, &m->site, &flag, m->arena)));
		diag_help(m->diags, "%s includes it", flag);
		return false;
	}
	diag_error(m->diags, (loc){ 0 }, CATEGORY, "there is no article \"" STR_FMT "\" to report", STR_ARG(name));
	diag_help_nearest(m->diags, name, names, m->site.page_count);
	return false;
}

static bool find_article(struct making *m, str name)
{
	for (size_t i = 0; i < m->site.article_count; i++) {
		struct page *p = m->site.articles[i];

		if (is_named(p, name)) {
			m->pages[m->count++] = p;
			return true;
		}
	}
	return cannot_find(m, name);
}

static void index_files(struct making *m)
{
	m->files.arena = m->parts.arena = m->arena;
	for (size_t i = 0; i < m->site.asset_count; i++)
		*map_put(&m->files, m->site.assets[i].path, NULL) = &m->site.assets[i];
	for (size_t i = 0; i < m->count; i++) {
		struct report_part *part = arena_new(m->arena, struct report_part);

		part->id = str_printf(m->arena, "article-%zu", i + 1);
		if (m->count > 1)
			part->prefix = str_printf(m->arena, "a%zu-", i + 1);
		*map_put(&m->parts, m->pages[i]->path, NULL) = part;
	}
}

/* The context of one article, its HTML made to stand alone. */
static bool article_value(struct making *m, size_t index, struct value *out)
{
	struct worker *w = &m->site.worker[0];
	struct arena *a = m->arena;
	struct page *p = m->pages[index];
	const struct report_part *part = map_get(&m->parts, p->path);
	struct report_html html = { .site = &m->site, .page = p, .prefix = part->prefix, .parts = &m->parts, .files = &m->files,
		.result = m->result, .diags = m->diags };
	struct buf body = { .arena = a };
	bool fine;

	p->diags.arena = &w->kept;
	fine = compose_value(&m->site, p, w, out);
	diags_merge(m->diags, &p->diags);
	if (!fine)
		return false;
	report_html_write(&html, buf_str(&w->body), &body);
	value_put(out, STR("content"), value_string(buf_str(&body)), a);
	value_put(out, STR("anchor"), value_string(part->id), a);
	return true;
}

static str css_of(const struct site *s)
{
	for (size_t i = 0; i < s->theme.asset_count; i++)
		if (str_eq(s->theme.assets[i].name, STR("site.css")))
			return s->theme.assets[i].bytes;
	return STR("");
}

static bool render(struct making *m, struct buf *out)
{
	struct arena *a = m->arena;
	const struct template *t = theme_template(&m->site.theme, STR("report"), (loc){ 0 }, m->diags);
	str title = m->count == 1 ? m->pages[0]->meta.title : m->site.config.title;
	struct frame frame = { STR("report"), title, m->count == 1 ? m->pages[0]->meta.description : STR(""), STR(""),
		(str){ 0 } };
	struct value v = model_frame(&m->site, &frame, a), articles = value_list(a);
	const struct value *stack[1] = { &v };
	bool fine = t != NULL;

	for (size_t i = 0; i < m->count; i++) {
		struct value article;

		fine = article_value(m, i, &article) && fine;
		value_push(&articles, article, a);
	}
	value_put(&v, STR("css"), value_string(css_of(&m->site)), a);
	value_put(&v, STR("several"), value_bool(m->count > 1), a);
	model_put_list(&v, STR("articles"), articles, a);
	return fine && template_render(t, stack, 1, out, m->diags);
}

/* Of the messages, those of other articles are no matter here. */
static bool prepare(struct making *m, const str *names, size_t count)
{
	struct list_plan plan = { 0 };
	bool fine = site_load(&m->site);

	if (!m->site.theme_ready)
		return false;
	fine = site_link(&m->site) && fine;
	fine = lists_plan(&m->site, &plan) && fine;
	m->pages = arena_array(m->arena, struct page *, count);
	for (size_t i = 0; i < count; i++)
		fine = find_article(m, names[i]) && fine;
	index_files(m);
	return fine;
}

bool report_make(const struct site_options *options, const str *names, size_t count, struct buf *out,
	struct report_result *result, struct arena *a, struct diags *d)
{
	struct making m = { .result = result, .diags = d };
	bool fine = site_scan(&m.site, options, a, d);

	*result = (struct report_result){ 0 };
	m.arena = &m.site.worker[0].page;
	fine = fine && prepare(&m, names, count) && render(&m, out);
	if (fine && out->len > REPORT_MAX) {
		fine = diag_error(d, (loc){ 0 }, CATEGORY, "the report has %zu KB, more than the %d that mail takes",
			out->len / 1000, REPORT_MAX / 1000);
		diag_help(d, "smaller images, or fewer articles in one report");
	}
	result->articles = m.count;
	site_close(&m.site);
	diags_sort(d);
	return fine;
}
