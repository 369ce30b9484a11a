/* What pages and lists are made from, as hashes. */
#include "site/session_parts.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/path.h"
#include "base/pool.h"
#include "site/compose.h"
#include "site/list_kind.h"
#include "site/matrix_facts.h"
#include "site/model.h"
#include "site/shown.h"
#include "site/version.h"

enum { PAGE_MEMORY = 1 << 20 };

static uint64_t add_number(uint64_t hash, uint64_t n)
{
	return hash_64_seed(str_new((const char *)&n, sizeof(n)), hash);
}

/* All that a template may see of `v`: of maps only what it can name. No `names`: everything. */
static uint64_t add_value(uint64_t hash, const struct value *v, const struct map *names)
{
	hash = (hash ^ (uint64_t)v->kind) * 0x9e3779b97f4a7c15;
	switch (v->kind) {
	case VALUE_NULL:
		return hash;
	case VALUE_LIST:
		hash ^= value_count(v);
		for (size_t i = 0; i < value_count(v); i++)
			hash = add_value(hash, value_at(v, i), names);
		return hash;
	case VALUE_MAP:
		hash = hash_64_seed(value_str(v), hash);
		for (size_t i = 0; i < value_count(v); i++) {
			const struct value_entry *e = &v->map->at[i];

			if (!names || map_has(names, e->key))
				hash = add_value(hash_64_seed(e->key, hash), &e->value, names);
		}
		return hash;
	default:
		return hash_64_seed(value_str(v), hash);
	}
}

uint64_t print_settings(const struct session *s, const struct site *site)
{
	const struct site_options *o = &s->options;
	struct date today = date_at(site->now, site->config.zone_minutes);
	uint64_t hash = hash_64(STR(GEN_VERSION));

	hash = hash_64_seed(site->config_source.text, hash);
	hash = hash_64_seed(o->base_url, hash);
	hash = add_number(hash, (uint64_t)(o->drafts | o->future << 1 | o->expired << 2 | o->minify << 3));
	hash = add_number(hash, (uint64_t)(today.year * 10000 + today.month * 100 + today.day));
	hash = add_number(hash, site->theme.hash);
	hash = add_value(hash, &site->data_value, NULL);
	return hash ? hash : 1;
}

/*
 * A page leaves out a file of its data when its address is taken. These change so rarely that all pages may be
 * made again then.
 */
static uint64_t print_taken(const struct site *s)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < s->data_files.cap; i++)
		hash += s->data_files.slots[i].key.ptr ? s->data_files.slots[i].hash : 0;
	for (size_t i = 0; i < s->by_path.cap; i++)
		if (str_ends(s->by_path.slots[i].key, STR(".json")) || str_ends(s->by_path.slots[i].key, STR(".csv")))
			hash += s->by_path.slots[i].hash;
	for (size_t i = 0; i < s->known.cap; i++)
		if (str_ends(s->known.slots[i].key, STR("/index.json")) || str_ends(s->known.slots[i].key, STR(".csv")))
			hash += s->known.slots[i].hash;
	return hash;
}

/* `site` as templates see it, too: it may say what articles there are. The data is in the settings. */
static uint64_t print_values(const struct session *s)
{
	const struct value *v = &s->site.site_value;
	uint64_t hash = s->settings;

	for (size_t i = 0; i < value_count(v); i++)
		if (!str_eq(v->map->at[i].key, STR("data")))
			hash = add_value(hash_64_seed(v->map->at[i].key, hash), &v->map->at[i].value, NULL);
	hash = add_value(hash, &s->site.feeds_value, NULL);
	/* Matrices and tables name the hubs of their options. */
	for (size_t i = 0; i < s->site.compared_count; i++)
		hash = hash_64_seed(s->site.compared[i]->slug, hash_64_seed(s->site.compared[i]->url, hash));
	return add_value(hash ^ print_taken(&s->site), &s->site.assets_value, NULL);
}

static uint64_t print_matrix(uint64_t hash, const struct matrix_facts *f)
{
	const str texts[] = { f->id, f->title, f->verdict, f->flip };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		hash = hash_64_seed(texts[i], add_number(hash, texts[i].len));
	hash = add_number(hash, (uint64_t)f->winner << 1 | f->close);
	for (int i = 0; i < f->option_count; i++)
		hash = hash_64_seed(f->options[i].name,
			hash_64_seed(f->options[i].slug, hash_64_seed(f->options[i].total, hash)));
	for (int i = 0; i < f->row_count; i++)
		hash = hash_64_seed(f->rows[i].scenario,
			hash_64_seed(f->rows[i].says, add_number(hash, (uint64_t)f->rows[i].best)));
	return hash;
}

uint64_t print_verdicts(const struct page_facts *f)
{
	uint64_t hash = 1;

	for (const struct matrix_facts *m = f->matrices; m; m = m->next)
		hash = print_matrix(hash, m);
	for (const struct table_facts *t = f->tables; t; t = t->next) {
		hash = hash_64_seed(t->caption, hash_64_seed(t->id, hash));
		for (size_t i = 0; i < t->slug_count; i++)
			hash = hash_64_seed(t->slugs[i], hash);
	}
	return hash;
}

static uint64_t add_file(uint64_t hash, str path, const struct file_info *info)
{
	int64_t stamp[4] = { (int64_t)info->size, info->mtime_ns, (int64_t)info->inode, (int64_t)info->kind };

	return hash_64_seed(path, hash_64_seed(str_new((const char *)stamp, sizeof(stamp)), hash));
}

/* The records of an article's examples. */
static uint64_t add_records(uint64_t hash, const struct page *p)
{
	struct arena scratch = { 0 };
	str stem = p->meta.path;
	struct file_walk walk = { 0 };

	stem.len -= path_extension(stem).len;
	(void)file_walk(str_join(stem, STR(".runs"), &scratch), &scratch, &walk);
	for (size_t i = 0; i < walk.files.count; i++)
		hash = add_file(hash, walk.files.at[i].path, &walk.files.at[i].info);
	arena_free(&scratch);
	return hash;
}

/*
 * Where a file is not found in one place it is sought in the next, so that one that comes may take the place of
 * another: with the files of the site.
 */
static uint64_t print_own(const struct session *s, const struct page *p, const struct made *m)
{
	const struct page_facts *f = &p->facts;
	uint64_t hash = add_number(p->text, m->touched);
	struct file_info info;

	if (f->examples)
		hash = add_records(hash, p);
	for (size_t i = 0; i < f->file_count; i++) {
		(void)file_stat(f->files[i], &info);
		hash = add_file(hash, f->files[i], &info);
	}
	if (f->file_count)
		for (size_t i = 0; i < s->site.content.files.count; i++)
			hash = hash_64_seed(s->site.content.files.at[i].path, hash);
	return hash ? hash : 1;
}

static void add_blocks(struct session *s, struct map *names)
{
	const struct theme *t = &s->site.theme;

	for (size_t i = 0; i < t->name_count; i++)
		if (str_starts(t->names[i], STR("blocks/")) && template_find(t->set, t->names[i]))
			template_names(template_find(t->set, t->names[i]), names);
}

/* What the templates of pages may ask for, blocks in their text included. */
static void find_names(struct session *s)
{
	struct arena *a = &s->links;

	s->names = (struct map){ .arena = a };
	s->all_names = (struct map){ .arena = a };
	for (size_t i = 0; i < s->site.theme.name_count; i++) {
		const struct template *t = template_find(s->site.theme.set, s->site.theme.names[i]);

		if (t)
			template_names(t, &s->all_names);
	}
	for (size_t i = 0; i < s->site.page_count; i++) {
		const struct page *p = &s->site.pages[i];
		/* Texts of lists are shown by the template of the list. */
		const void *key = p->listed ? (const void *)p->template : NULL;
		str name = str_new((const char *)&key, sizeof(key));
		bool is_new;
		void **place;

		if (!p->listed || !p->template || map_has(&s->names, name))
			continue;
		name = str_copy(name, a);
		place = map_put(&s->names, name, &is_new);
		*place = arena_new(a, struct map);
		((struct map *)*place)->arena = a;
		template_names(p->template, *place);
		add_blocks(s, *place);
	}
}

static const struct map *names_of(const struct session *s, const struct page *p)
{
	const void *key = p->template;
	const struct map *names =
		p->listed ? map_get(&s->names, str_new((const char *)&key, sizeof(key))) : NULL;

	return names ? names : &s->all_names;
}

static void print_context(void *ctx, size_t item, int number)
{
	struct session *s = ctx;
	struct page *p = &s->site.pages[item];
	struct made *m = &s->pages[item];
	struct worker *w = &s->site.worker[number];
	static const struct page_facts unknown;
	struct value v;

	if (!p->included)
		return;
	arena_reset(&w->page, PAGE_MEMORY);
	v = compose_context(&s->site, p, w);
	/* It is the same for all, and known. */
	value_put(&v, STR("site"), value_bool(value_get(&v, STR("site"))->map == s->site.site_value.map), &w->page);
	m->context = add_value((uint64_t)(p->listed + 2 * p->fed_whole), &v, names_of(s, p));
	v = model_item(&s->site, p, &unknown, &w->page);
	m->item = add_value(hash_64_seed(p->path, p->head), &v, &s->all_names);
}

static uint64_t print_tags(const struct site *s)
{
	uint64_t hash = s->tag_count;

	for (size_t i = 0; i < s->tag_count; i++)
		hash = add_number(hash_64_seed(s->tags[i]->name, hash_64_seed(s->tags[i]->url, hash)),
			s->tags[i]->count);
	return hash;
}

static uint64_t print_plan(const struct session *s)
{
	uint64_t hash = s->plan.count;

	for (size_t i = 0; i < s->plan.count; i++) {
		const struct list_job *job = &s->plan.jobs[i];

		hash = add_number(hash_64_seed(job->path, hash), job->number << 32 | job->count);
	}
	for (size_t i = 0; i < s->site.asset_count; i++)
		hash = hash_64_seed(s->site.assets[i].path, hash);
	return hash;
}

static void print_pages(struct session *s, struct shown *shown)
{
	uint64_t all = s->plan_print, heads = s->plan_print;

	for (size_t i = 0; i < s->site.page_count; i++) {
		const struct page *p = &s->site.pages[i];
		struct made *m = &s->pages[i];

		if (!p->included)
			continue;
		m->print = ((s->values ^ m->own) * 0x9e3779b97f4a7c15 ^ m->context) * 0xff51afd7ed558ccd + m->item;
		s->shown_pages[i] = m->print;
		s->shown_metas[i] = m->item;
		s->shown_said[i] = m->said_verdicts;
		shown->verdicts = (shown->verdicts ^ m->said_verdicts) * 0x9e3779b97f4a7c15 + i;
		all = (all ^ m->print) * 0x9e3779b97f4a7c15 + (all >> 29);
		heads = (heads ^ m->item) * 0x9e3779b97f4a7c15 + (heads >> 29);
	}
	shown->all = all;
	shown->heads = heads;
}

static uint64_t print_job(const struct session *s, const struct shown *shown, const struct list_job *job)
{
	const struct page *text = lists_text(&s->site, job);
	uint64_t hash = hash_64_seed(job->path, hash_64_seed(job->base, s->values));

	hash = add_number(hash, job->number << 32 | job->count);
	hash = add_number(hash, (uint64_t)(uintptr_t)job->kind);
	if (text)
		hash = add_number(hash, s->pages[text - s->site.pages].print);
	if (job->kind->shows)
		return add_number(hash, job->kind->shows(shown, job));
	/* The index of search may be made later than the articles that it is of. */
	return add_number(hash_64_seed(s->site.search.path, hash), shown->all);
}

void session_print_contexts(struct session *s)
{
	find_names(s);
	s->values = print_values(s);
	s->plan_print = print_plan(s);
	s->tags = print_tags(&s->site);
	s->shown_pages = arena_array(&s->links, uint64_t, s->site.page_count);
	s->shown_said = arena_array(&s->links, uint64_t, s->site.page_count);
	s->shown_metas = arena_array(&s->links, uint64_t, s->site.page_count);
	pool_each(s->site.workers, s->site.page_count, print_context, s);
	for (size_t i = 0; i < s->site.page_count; i++)
		s->pages[i].own = 0;
}

void session_print(struct session *s)
{
	struct shown_last last = { 0 };
	struct shown shown = { .site = &s->site, .tags = s->tags, .last = &last };

	for (size_t i = 0; i < s->site.page_count; i++)
		if (s->pages[i].own == 0)
			s->pages[i].own = print_own(s, &s->site.pages[i], &s->pages[i]);
	print_pages(s, &shown);
	shown.pages = s->shown_pages;
	shown.metas = s->shown_metas;
	shown.said = s->shown_said;
	for (size_t i = 0; i < s->plan.count; i++)
		s->jobs[i]->print = print_job(s, &shown, &s->plan.jobs[i]);
}
