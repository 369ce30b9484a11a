#include "site/session_parts.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/path.h"
#include "base/pool.h"
#include "base/utf8.h"
#include "output/stage.h"
#include "output/twin.h"
#include "site/address.h"
#include "site/build.h"
#include "site/build_parts.h"
#include "site/compose.h"
#include "site/minify.h"
#include "site/links.h"
#include "site/search.h"

enum { PAGE_MEMORY = 4 << 20 }; /* kept between pages, per thread */

/* One build. */
struct building {
	struct session *session;
	struct site *site;
	struct stage *stage; /* writes all; or */
	struct twin *twin;   /* writes what changed; or null, and pages are only looked at */
	size_t *items;	     /* to be made: of articles or of jobs */
	bool alone;	     /* what is made of a page lives with it */
	bool *fine;	     /* of each item */
};

struct session *session_open(void)
{
	struct session *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->by_path.arena = &s->lists;
	pthread_mutex_init(&s->search_lock, NULL);
	return s;
}

void session_close(struct session *s)
{
	if (!s)
		return;
	session_forget(s);
	site_close(&s->site);
	for (int i = 0; i < SESSION_WORKERS; i++)
		arena_free(&s->messages[i]);
	arena_free(&s->options_memory);
	arena_free(&s->shown_memory);
	pthread_mutex_destroy(&s->search_lock);
	for (int i = 0; i < 2; i++) {
		arena_free(&s->search_memory[i]);
		arena_free(&s->bases[i]);
		arena_free(&s->outputs_memory[i]);
	}
	free(s);
}

static void put(struct building *b, str path, str bytes)
{
	if (b->stage)
		stage_put(b->stage, path, bytes);
	else if (b->twin)
		twin_put(b->twin, path, bytes);
}

static void put_page(struct building *b, str path, struct worker *w)
{
	str file = address_file(path, &w->page);

	if (b->site->options->minify && str_ends(file, STR(".html"))) {
		buf_clear(&w->body);
		minify_html(buf_str(&w->out), &w->body);
		put(b, file, buf_str(&w->body));
	} else {
		put(b, file, buf_str(&w->out));
	}
}

/* What the page brings with it. */
static void put_files(struct building *b, struct made *m, struct worker *w)
{
	uint64_t names = 0;

	m->extras = NULL;
	for (const struct page_file *f = w->files; f; f = f->next) {
		struct extra *e = arena_new(&w->kept, struct extra);

		*e = (struct extra){ str_copy(f->path, &w->kept), m->extras };
		m->extras = e;
		names = hash_64_seed(f->path, names);
		put(b, f->path, f->bytes);
	}
	if (names != m->extra_names)
		atomic_store(&b->session->recount, true);
	m->extra_names = names;
}

/* From here on what a worker keeps is the page's; answers what is to be put back. */
static struct arena borrow(const struct building *b, struct worker *w, struct made *m)
{
	struct arena kept = w->kept;

	arena_reset(&w->page, PAGE_MEMORY);
	w->files = NULL;
	w->seen = b->session->seen[w - b->site->worker];
	if (b->alone) {
		w->kept = m->body;
		arena_reset(&w->kept, 1 << 16);
	}
	return kept;
}

static void give_back(const struct building *b, struct worker *w, struct made *m, struct arena kept)
{
	if (!b->alone)
		return;
	m->body = w->kept;
	w->kept = kept;
}

static void compose_one(void *ctx, size_t item, int number)
{
	struct building *b = ctx;
	struct session *s = b->session;
	struct worker *w = &s->site.worker[number];
	struct page *p = s->site.articles[b->items[item]];
	struct made *m = &s->pages[p - s->site.pages];
	struct arena kept = borrow(b, w, m);

	p->facts = (struct page_facts){ 0 };
	p->diags = (struct diags){ .arena = &w->kept };
	b->fine[item] = p->template && compose_page(&s->site, p, w);
	if (b->fine[item]) {
		put_page(b, p->path, w);
		put_files(b, m, w);
	}
	m->said = p->diags;
	m->said_verdicts = print_verdicts(&p->facts);
	p->diags = (struct diags){ 0 };
	give_back(b, w, m, kept);
}

static void make_list(void *ctx, size_t item, int number)
{
	struct building *b = ctx;
	struct session *s = b->session;
	struct worker *w = &s->site.worker[number];
	const struct list_job *job = &s->plan.jobs[b->items[item]];
	struct made *m = s->jobs[b->items[item]];
	struct page *text = lists_text(&s->site, job);
	struct arena kept;

	m->said = (struct diags){ .arena = &s->messages[number] };
	kept = borrow(b, w, m);
	if (text) {
		text->facts = (struct page_facts){ 0 };
		text->diags = (struct diags){ .arena = &s->messages[number] };
	}
	m->rendered = (struct rendered){ 0 };
	b->fine[item] = lists_render(&s->site, job, w, &m->said);
	if (b->fine[item]) {
		if (str_ends(address_file(job->path, &w->page), STR(".html")))
			rendered_read(&s->site, job->path, buf_str(&w->out), w, &m->rendered);
		put_page(b, job->path, w);
		put_files(b, m, w);
	}
	give_back(b, w, m, kept);
}

static void copy_asset(void *ctx, size_t item, int number)
{
	struct building *b = ctx;
	const struct asset *asset = &b->site->assets[item];

	(void)number;
	if (b->stage)
		stage_copy(b->stage, asset->path, asset->from);
	else
		twin_copy(b->twin, asset->path, asset->from);
}

static void put_assets(struct building *b, const struct session_changes *changes, bool all)
{
	const struct theme *t = &b->site->theme;

	for (size_t i = 0; all && i < t->asset_count; i++)
		put(b, t->assets[i].path, t->assets[i].bytes);
	if (all)
		pool_each(b->site->workers, b->site->asset_count, copy_asset, b);
	for (size_t i = 0; !all && i < b->site->asset_count; i++)
		for (size_t k = 0; k < changes->count; k++)
			if (str_eq(path_clean(b->site->assets[i].from, &b->site->worker[0].page),
				    changes->paths[k]))
				copy_asset(b, i, 0);
}

/* Articles that are not as their messages, or as the output is. */
static size_t choose_pages(struct building *b)
{
	struct session *s = b->session;
	size_t count = 0;

	for (size_t i = 0; i < s->site.article_count; i++) {
		const struct made *m = &s->pages[s->site.articles[i] - s->site.pages];

		if (b->stage || m->print != m->told || m->print != m->shown)
			b->items[count++] = i;
	}
	return count;
}

/* A list leaves no facts: its messages are none when it is shown. */
static size_t choose_lists(struct building *b)
{
	struct session *s = b->session;
	size_t count = 0;

	for (size_t i = 0; i < s->plan.count; i++)
		if (b->stage || s->jobs[i]->said.first || s->jobs[i]->print != s->jobs[i]->shown)
			b->items[count++] = i;
	return count;
}

static void put_search(void *ctx, str path, str bytes)
{
	struct building *b = ctx;
	struct session *s = b->session;

	put(b, path, bytes);
	pthread_mutex_lock(&s->search_lock);
	map_put(&s->search_files[!s->search_at], str_copy(path, &s->search_memory[!s->search_at]), NULL);
	pthread_mutex_unlock(&s->search_lock);
}

/* A name says what is in the file. */
static bool keep_search(void *ctx, str path)
{
	struct building *b = ctx;
	struct session *s = b->session;

	if (!b->twin || !map_has(&s->search_shown, path))
		return false;
	pthread_mutex_lock(&s->search_lock);
	map_put(&s->search_files[!s->search_at], str_copy(path, &s->search_memory[!s->search_at]), NULL);
	pthread_mutex_unlock(&s->search_lock);
	return true;
}

/* The index holds the words of all articles. */
static void make_search(struct building *b)
{
	struct session *s = b->session;
	const struct search_sink sink = { .ctx = b, .put = put_search, .keep = keep_search };
	struct arena *memory = &s->search_memory[!s->search_at], *arena = s->site.arena;

	arena_reset(memory, 1 << 20);
	s->search_files[!s->search_at] = (struct map){ .arena = memory };
	s->site.arena = memory;
	search_make(&s->site, &sink);
	s->site.arena = arena;
	s->search_at = !s->search_at;
	s->search = s->site.search;
}

static void make_pages(struct building *b)
{
	struct session *s = b->session;
	size_t count = choose_pages(b);

	pool_each(s->site.workers, count, compose_one, b);
	for (size_t i = 0; i < count; i++)
		s->pages[s->site.articles[b->items[i]] - s->site.pages].own = 0;
	s->site.search = s->search;
	if (s->puts_off && s->search.path.len && b->twin && !b->stage && count && !s->search_due) {
		s->search_due = true;
	} else {
		if (count || s->search_due || b->stage)
			make_search(b);
		s->search_due = false;
	}
	session_print(s);
	for (size_t i = 0; i < count; i++) {
		struct made *m = &s->pages[s->site.articles[b->items[i]] - s->site.pages];

		m->told = b->fine[i] ? m->print : 0;
		m->shown = 0;
	}
}

static void make_lists(struct building *b)
{
	struct session *s = b->session;
	size_t count;

	for (int i = 0; i < s->site.workers; i++)
		arena_reset(&s->messages[i], 1 << 16);
	count = choose_lists(b);
	pool_each(s->site.workers, count, make_list, b);
	for (size_t i = 0; i < count; i++)
		s->jobs[b->items[i]]->shown = 0;
}

/* Everything that was made is in the output. */
static void set_shown(struct session *s)
{
	for (size_t i = 0; i < s->site.article_count; i++) {
		struct made *m = &s->pages[s->site.articles[i] - s->site.pages];

		m->shown = m->told;
	}
	for (size_t i = 0; i < s->plan.count; i++)
		s->jobs[i]->shown = s->jobs[i]->print;
}

/* In the order of a build of all: messages of one place are told in the order they came. */
static void gather_said(struct session *s, struct diags *d)
{
	struct site *t = &s->site;
	struct rendered *rendered;

	diags_add(d, &s->scan_said);
	for (size_t i = 0; i < t->page_count; i++)
		if (s->pages[i].load_said.first)
			diags_add(d, &s->pages[i].load_said);
	diags_add(d, &s->link_said);
	for (size_t i = 0; i < t->article_count; i++) {
		const struct made *m = &s->pages[t->articles[i] - t->pages];

		if (m->said.first)
			diags_add(d, &m->said);
	}
	for (size_t i = 0; i < s->plan.count; i++)
		if (s->jobs[i]->said.first)
			diags_add(d, &s->jobs[i]->said);
	if (!s->linked_fine)
		return;
	rendered = arena_array(d->arena, struct rendered, s->plan.count);
	for (size_t i = 0; i < s->plan.count; i++)
		rendered[i] = s->jobs[i]->rendered;
	t->diags = d;
	links_report(t, &s->plan, rendered);
}

static bool has_failed(const struct session *s, const struct diags *d)
{
	return d->errors || (s->options.strict && d->warnings);
}

static void add_output(struct map *outputs, str path, str *paths, size_t *count)
{
	*map_put(outputs, path, NULL) = outputs;
	paths[(*count)++] = path;
}

static size_t count_extras(const struct session *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->site.article_count; i++)
		for (const struct extra *e = s->pages[s->site.articles[i] - s->site.pages].extras; e; e = e->next)
			n++;
	for (size_t i = 0; i < s->plan.count; i++)
		for (const struct extra *e = s->jobs[i]->extras; e; e = e->next)
			n++;
	return n;
}

static void add_extras(struct map *outputs, const struct extra *e, str *paths, size_t *count, struct arena *a)
{
	for (; e; e = e->next)
		add_output(outputs, str_copy(e->path, a), paths, count);
}

/* Every path of the output, once for each that writes there. */
static str *list_outputs(const struct session *s, struct map *outputs, size_t *count, struct arena *a)
{
	const struct site *t = &s->site;
	str *paths = arena_array(a, str,
		t->article_count + s->plan.count + t->asset_count + t->theme.asset_count + count_extras(s));

	*count = 0;
	outputs->arena = a;
	for (size_t i = 0; i < t->article_count; i++) {
		add_output(outputs, str_copy(address_file(t->articles[i]->path, a), a), paths, count);
		add_extras(outputs, s->pages[t->articles[i] - t->pages].extras, paths, count, a);
	}
	for (size_t i = 0; i < s->plan.count; i++) {
		add_output(outputs, str_copy(address_file(s->plan.jobs[i].path, a), a), paths, count);
		add_extras(outputs, s->jobs[i]->extras, paths, count, a);
	}
	for (size_t i = 0; i < t->asset_count; i++)
		add_output(outputs, str_copy(t->assets[i].path, a), paths, count);
	for (size_t i = 0; i < t->theme.asset_count; i++)
		add_output(outputs, str_copy(t->theme.assets[i].path, a), paths, count);
	return paths;
}

/* Would a stage take all of them? It says what is wrong, when one may be. */
static bool are_apart(const str *paths, size_t count)
{
	struct arena a = { 0 };
	struct map files = { .arena = &a }, folders = { .arena = &a };
	bool fine = true, is_new;

	for (size_t i = 0; i < count && fine; i++) {
		str key = utf8_fold(paths[i], &a);

		map_put(&files, key, &is_new);
		fine = is_new && !str_starts(key, STR(".gen-")) && key.len < 1000;
		for (key = path_folder(key); key.len && !map_has(&folders, key); key = path_folder(key))
			map_put(&folders, key, NULL);
	}
	for (size_t i = 0; i < folders.cap && fine; i++)
		fine = !folders.slots[i].key.ptr || !map_has(&files, folders.slots[i].key);
	arena_free(&a);
	return fine;
}

static bool has_same(const struct map *a, const struct map *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->cap; i++)
		if (a->slots[i].key.ptr && !map_has(b, a->slots[i].key))
			return false;
	return true;
}

/* What no page makes any more goes. False when the paths are for a stage to judge. */
static bool settle_outputs(struct building *b)
{
	struct session *s = b->session;
	struct arena *a = &s->outputs_memory[!s->outputs_at];
	struct map now = { 0 };
	size_t count;
	str *paths;

	if (!s->recount)
		return true;
	arena_reset(a, 1 << 20);
	paths = list_outputs(s, &now, &count, a);
	if (b->twin && now.count == count && has_same(&now, &s->outputs)) {
		s->recount = false;
		return true;
	}
	if (b->twin && !are_apart(paths, count))
		return false;
	for (size_t i = 0; b->twin && i < s->outputs.cap; i++)
		if (s->outputs.slots[i].key.ptr && !map_has(&now, s->outputs.slots[i].key))
			twin_remove(b->twin, s->outputs.slots[i].key);
	s->outputs = now;
	s->outputs_at = !s->outputs_at;
	s->recount = false;
	return true;
}

static void report_pages(const struct session *s, struct build_report *r)
{
	const struct site *t = &s->site;

	r->pages = t->article_count;
	r->examples = 0;
	for (size_t i = 0; i < t->article_count; i++)
		r->examples += t->articles[i]->facts.examples;
	for (size_t i = 0; i < s->plan.count; i++)
		r->pages += list_is_page(&s->plan.jobs[i]);
	r->assets = t->asset_count + t->theme.asset_count;
}

static bool commit_stage(struct building *b, struct build_report *r, struct diags *d)
{
	struct stage_report staged;

	if (!stage_commit(b->stage, STR("stale\n"), &staged, d))
		return false;
	r->written = staged.written;
	r->unchanged = staged.unchanged;
	r->removed = staged.removed;
	return true;
}

/* Null when there is nothing to write into, or what is there stays: pages are looked at. */
static void open_output(struct building *b, bool fine, struct twin *twin, const struct build_report *r,
	struct arena *a, struct diags *d)
{
	if (!fine)
		return;
	if (twin_is_ready(twin, r->output)) {
		twin_begin(twin, r->output);
		b->twin = twin;
		return;
	}
	twin_clear(twin, r->output);
	b->stage = build_stage(b->site, r->output, a, d);
	b->session->recount = true;
}

static void make_room(struct building *b, struct arena *a)
{
	struct session *s = b->session;
	size_t most = s->site.article_count > s->plan.count ? s->site.article_count : s->plan.count;

	b->items = arena_array(a, size_t, most + 1);
	b->fine = arena_array(a, bool, most + 1);
}

/* Files of an earlier index. */
static void settle_search(const struct session *s, struct twin *twin)
{
	const struct map *now = &s->search_files[s->search_at];

	for (size_t i = 0; i < s->search_shown.cap; i++)
		if (s->search_shown.slots[i].key.ptr && !map_has(now, s->search_shown.slots[i].key))
			twin_remove(twin, s->search_shown.slots[i].key);
}

static void keep_shown(struct session *s)
{
	const struct map *now = &s->search_files[s->search_at];

	arena_reset(&s->shown_memory, 1 << 16);
	s->search_shown = (struct map){ .arena = &s->shown_memory };
	for (size_t i = 0; i < now->cap; i++)
		if (now->slots[i].key.ptr)
			map_put(&s->search_shown, str_copy(now->slots[i].key, &s->shown_memory), NULL);
}

/* Everything into a new tree: a stage knows what to say of paths, disks and permissions. */
static bool is_published(struct building *b, struct twin *twin, struct build_report *r, struct diags *d)
{
	struct session *s = b->session;

	if (b->stage) {
		if (!commit_stage(b, r, d))
			return false;
		settle_outputs(b);
		keep_shown(s);
		twin_staged(twin, r->output);
		return true;
	}
	if (!settle_outputs(b)) {
		twin_abort(twin);
		return false;
	}
	settle_search(s, twin);
	if (!twin_commit(twin))
		return false;
	keep_shown(s);
	r->written = twin_written(twin);
	r->removed = twin_removed(twin);
	return true;
}

static bool build_once(struct session *s, const struct session_changes *changes, bool fine, struct twin *twin,
	struct build_report *r, bool *again, struct arena *a, struct diags *d)
{
	struct building b = { .session = s, .site = &s->site, .alone = s->settled };
	struct diags said = { .arena = a };

	make_room(&b, a);
	/* What was there from everywhere may have gone. */
	memset(s->seen, 0, (size_t)s->site.workers * sizeof(s->seen[0]));
	open_output(&b, fine, twin, r, a, &said);
	session_print(s);
	make_pages(&b);
	make_lists(&b);
	s->settled = true;
	diags_add(d, &said);
	gather_said(s, d);
	report_pages(s, r);
	if (b.stage || b.twin)
		put_assets(&b, changes, b.stage || changes->all || s->assets_moved);
	if (!fine || has_failed(s, d) || !(b.stage || b.twin)) {
		if (b.stage)
			stage_abort(b.stage);
		if (b.twin)
			twin_abort(b.twin);
		s->assets_moved = true;
		return false;
	}
	*again = b.twin != NULL;
	if (!is_published(&b, twin, r, d))
		return false;
	*again = false;
	set_shown(s);
	s->assets_moved = false;
	return true;
}

static bool build_live(struct session *s, const struct session_changes *changes, bool fine, struct twin *twin,
	struct build_report *r, struct arena *a, struct diags *d)
{
	bool again = false, done;

	if (s->linked_out) {
		s->linked_fine = session_link(s);
		session_print_contexts(s);
		s->linked_out = false;
		s->assets_moved = s->search_due = true;
	}
	build_skips(&s->site, r, a);
	done = build_once(s, changes, fine && s->linked_fine, twin, r, &again, a, d);
	if (done || !again)
		return done;
	/* What could not be written in part is written whole, by who can tell why it cannot. */
	*d = (struct diags){ .arena = d->arena };
	return build_once(s, changes, fine && s->linked_fine, twin, r, &again, a, d);
}

/* The texts of the caller's do not live as long. */
static void take_options(struct session *s, const struct site_options *options)
{
	struct site_options old = s->options;
	bool same = str_eq(old.source, options->source) && str_eq(old.base_url, options->base_url) &&
		    old.drafts == options->drafts && old.future == options->future &&
		    old.expired == options->expired && old.minify == options->minify;

	s->options = *options;
	s->options.output = (str){ 0 };
	s->options.source = old.source;
	s->options.base_url = old.base_url;
	if (same)
		return;
	s->look_again = true;
	arena_reset(&s->options_memory, 4096);
	s->options.source = str_copy(options->source, &s->options_memory);
	s->options.base_url = str_copy(options->base_url, &s->options_memory);
}

bool session_build(struct session *s, const struct site_options *options, const struct session_changes *changes,
	struct twin *twin, struct build_report *report, struct arena *a, struct diags *d)
{
	bool fine, done = false;

	take_options(s, options);
	*report = (struct build_report){ .output = site_output(options, a) };
	if (!session_look(s, changes, &fine))
		diags_add(d, &s->scan_said);
	else if (!s->site.theme_ready)
		gather_said(s, d);
	else
		done = build_live(s, changes, fine, twin, report, a, d);
	diags_sort(d);
	return done;
}

void session_put_off(struct session *s)
{
	s->puts_off = true;
}

bool session_has_more(const struct session *s)
{
	return s->puts_off && s->live && s->search_due;
}

void session_level(struct session *s, struct twin *twin, str shown, str other)
{
	struct arena scratch = { 0 };
	str *paths = arena_array(&scratch, str, s->outputs.count + s->search_shown.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < s->search_shown.cap; i++)
		if (s->search_shown.slots[i].key.ptr)
			paths[count++] = s->search_shown.slots[i].key;

	for (size_t i = 0; i < s->outputs.cap; i++)
		if (s->outputs.slots[i].key.ptr)
			paths[count++] = s->outputs.slots[i].key;
	twin_level(twin, shown, other, paths, count);
	arena_free(&scratch);
}

static bool is_watched_anyway(const struct session *s, str path, struct arena *a)
{
	const str folders[] = { s->site.config.content, STR("static"), STR("data"), STR("templates") };

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (session_below(s, folders[i], path, a).ptr)
			return true;
	return false;
}

const str *session_files(const struct session *s, size_t *count, struct arena *a)
{
	struct map seen = { .arena = a };
	str *files;

	for (size_t i = 0; s->live && i < s->site.page_count; i++) {
		const struct page_facts *f = &s->site.pages[i].facts;

		for (size_t k = 0; k < f->file_count; k++) {
			str path = path_clean(f->files[k], a);

			if (!is_watched_anyway(s, path, a))
				map_put(&seen, path, NULL);
		}
	}
	files = arena_array(a, str, seen.count);
	*count = 0;
	for (size_t i = 0; i < seen.cap; i++)
		if (seen.slots[i].key.ptr)
			files[(*count)++] = seen.slots[i].key;
	return files;
}
