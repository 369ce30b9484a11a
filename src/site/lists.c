#include "site/list_kind.h"

#include "site/compose.h"
#include "site/feed.h"
#include "site/model.h"
#include "site/site.h"

/* In site order: a path belongs to whoever comes first. */
static const struct list_kind *const kinds[] = {
	&list_home,
	&list_tags,
	&list_tag,
	/* Those that give way to the author's own pages. */
	&list_languages,
	&list_language,
	&list_pairs,
	&list_pair,
	&list_pair_reverse,
	&list_matrices,
	&list_verdicts,
	/* Those that do not. */
	&list_section,
	&list_archive,
	&list_examples,
	&list_search,
	&list_404,
	&list_robots,
	&list_taxonomy,
	&list_term,
	&list_feed,
	&list_feed_json,
	&list_redirect,
	&list_card,
	/* Those that list the others. */
	&list_sitemap_part,
	&list_sitemap,
	&list_redirects_file,
	&list_headers_file,
	&list_nojekyll,
	&list_cname,
};

bool lists_plan(struct site *s, struct list_plan *plan)
{
	bool fine = true;

	s->lists = plan;
	list_note_aliases(s);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct planner p = { s, plan, kinds[i] };

		fine = kinds[i]->plan(&p) && fine;
	}
	return fine;
}

void list_start(struct making *m, str kind, str title, str description)
{
	const struct frame frame = { kind, title, description, m->job->path, (str){ 0 } };

	m->value = model_frame(m->site, &frame, m->arena);
	value_add(&m->value, STR("content"), value_null(), m->arena);
	value_add(&m->value, STR("json_ld"), value_null(), m->arena);
	value_add(&m->value, STR("has_code"), value_bool(false), m->arena);
	value_add(&m->value, STR("has_matrix"), value_bool(false), m->arena);
	value_add(&m->value, STR("has_table"), value_bool(false), m->arena);
}

/* The author's own text for the first page of a list, or null. */
struct page *lists_text(const struct site *s, const struct list_job *job)
{
	return job->number <= 1 && job->kind->text ? job->kind->text(s, job) : NULL;
}

bool list_start_with_text(struct making *m, str kind, str title, str description)
{
	struct page *text = lists_text(m->site, m->job);

	if (text) {
		/* Its messages were in the memory of the worker that read its head. */
		text->diags.arena = m->diags->arena;
		return compose_value(m->site, text, m->worker, &m->value);
	}
	list_start(m, kind, title, description);
	return true;
}

void list_slice(struct making *m, struct page *const *pages, size_t count, size_t per_page)
{
	size_t from = (m->job->number - 1) * per_page;
	size_t to = from + per_page < count ? from + per_page : count;

	model_list(m->site, STR("articles"), pages + from, to - from, &m->value, m->arena);
	model_pager(m->site, m->job->base, m->job->number, m->job->count, &m->value, m->arena);
}

void list_feeds(struct making *m, str name, str path, struct page *const *pages, size_t count)
{
	const struct site *s = m->site;
	bool has = feeds_of_list(s, pages, count);

	value_add(&m->value, STR("feed_url"),
		has ? value_string(feed_url(s, path, FEED_ATOM, m->arena)) : value_null(), m->arena);
	if (has)
		value_put(&m->value, STR("feeds"), feeds_value(s, path, name, m->arena), m->arena);
}

struct page *list_text_at(const struct site *s, const struct list_job *job)
{
	struct page *p = map_get(&s->by_path, job->base);

	return p && !p->listed ? p : NULL;
}

str list_numbered(const struct making *m, str title)
{
	if (m->job->number <= 1)
		return title;
	return str_printf(m->arena, "%.*s, page %zu", STR_ARG(title), m->job->number);
}

static struct making making_of(
	const struct site *s, const struct list_job *job, struct worker *w, struct diags *d)
{
	return (struct making){
		.site = s, .job = job, .worker = w, .arena = &w->page, .diags = d
	};
}

bool lists_value(const struct site *s, const struct list_job *job, struct worker *w,
	struct diags *d, struct value *out)
{
	struct making m = making_of(s, job, w, d);
	struct page *text = lists_text(s, job);
	bool fine = !job->kind->make || job->kind->make(&m);

	if (text)
		diags_merge(d, &text->diags);
	*out = m.value;
	return fine;
}

/* XML 1.0 has no place for most control characters, not even escaped; texts of articles may. */
static void clean_xml(struct buf *b)
{
	for (size_t i = 0; i < b->len; i++) {
		unsigned char c = (unsigned char)b->ptr[i];

		if (c < ' ' && c != '\t' && c != '\n' && c != '\r')
			b->ptr[i] = ' ';
		/* U+FFFE and U+FFFF become U+FFFD. */
		if (c == 0xef && i + 2 < b->len && (unsigned char)b->ptr[i + 1] == 0xbf && (unsigned char)b->ptr[i + 2] >= 0xbe)
			b->ptr[i + 2] = (char)0xbd;
	}
}

static bool is_xml(str path)
{
	return str_ends(path, STR(".xml")) || str_ends(path, STR(".atom")) || str_ends(path, STR(".svg"));
}

static bool render_template(
	const struct site *s, const struct list_job *job, struct worker *w, struct diags *d)
{
	const struct template *t =
		theme_template(&s->theme, str_c(job->kind->template), (loc){ 0 }, d);
	struct value value;
	const struct value *stack[1] = { &value };

	if (!t || !lists_value(s, job, w, d, &value) ||
		!template_render(t, stack, 1, &w->out, d))
		return false;
	if (is_xml(job->path))
		clean_xml(&w->out);
	return true;
}

bool lists_render(
	const struct site *s, const struct list_job *job, struct worker *w, struct diags *d)
{
	struct making m = making_of(s, job, w, d);

	buf_clear(&w->out);
	w->places = NULL;
	if (job->kind->write)
		return job->kind->write(&m, &w->out);
	return render_template(s, job, w, d);
}

str lists_template(const struct list_job *job)
{
	return str_c(job->kind->template);
}

bool list_is_page(const struct list_job *job)
{
	return job->kind->is_page;
}
