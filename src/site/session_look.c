/* What changed, and the site as it is then: files, heads, links. */
#include "site/session_parts.h"

#include <stdlib.h>
#include <time.h>

#include "base/hash.h"
#include "base/path.h"
#include "base/pool.h"
#include "site/fresh.h"
#include "site/resolve.h"

enum { TICK_NS = 20 * 1000 * 1000, BODY_KEEP = 1 << 16 };

static int64_t clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void free_made(struct made *m)
{
	arena_free(&m->head);
	arena_free(&m->body);
}

void session_forget(struct session *s)
{
	for (size_t i = 0; i < s->site.page_count; i++)
		free_made(&s->pages[i]);
	for (size_t i = 0; i < s->by_path.cap; i++)
		if (s->by_path.slots[i].value)
			free_made(s->by_path.slots[i].value);
	for (int i = 0; i < s->site.workers; i++)
		arena_reset(&s->site.worker[i].kept, 1 << 20);
	arena_free(&s->lists);
	arena_free(&s->links);
	s->by_path = (struct map){ .arena = &s->lists };
	s->link_said = (struct diags){ 0 };
	s->plan = (struct list_plan){ 0 };
	s->site.page_count = s->site.article_count = 0;
	s->address_count = 0;
	s->search_due = true;
	s->live = s->settled = false;
}

/* Messages of a page's head stay with it. */
static void keep_said(struct made *m, struct page *p)
{
	m->load_said = p->diags;
	p->diags = (struct diags){ 0 };
}

struct loading {
	struct session *session;
	struct site *site;
	struct made *made;
	const size_t *items;
	bool alone; /* what is read of a page lives with it */
};

static void load_one(void *ctx, size_t item, int number)
{
	struct loading *l = ctx;
	struct worker *w = &l->site->worker[number];
	struct page *p = &l->site->pages[l->items[item]];
	struct made *m = &l->made[l->items[item]];
	struct arena kept = w->kept;

	m->read_ns = clock_ns();
	if (l->alone)
		w->kept = (struct arena){ 0 };
	site_load_page(l->site, p, w);
	if (l->alone) {
		arena_free(&m->head);
		m->head = w->kept;
		w->kept = kept;
	}
	keep_said(m, p);
	m->loaded = *p;
}

/* Was it read when its file could still change within the same tick of the clock? */
static bool is_racy(const struct made *m)
{
	return m->loaded.meta.mtime_ns >= m->read_ns - TICK_NS;
}

static bool is_named(const struct session_changes *changes, str path)
{
	for (size_t i = 0; i < changes->count; i++)
		if (str_eq(changes->paths[i], path))
			return true;
	return false;
}

static bool is_same_file(const struct page *p, const struct made *old)
{
	const struct article *m = &old->loaded.meta;

	return p->meta.size == m->size && p->meta.mtime_ns == m->mtime_ns && p->inode == old->loaded.inode &&
	       !is_racy(old);
}

/* Carry over what is known of pages that are still there; both arrays are sorted by name. */
static size_t adopt_pages(struct session *s, struct site *t, struct made *made,
	const struct session_changes *changes, size_t *items)
{
	struct site *old = &s->site;
	size_t k = 0, count = 0;

	for (size_t i = 0; i < t->page_count; i++) {
		struct page *p = &t->pages[i];
		int order = -1;

		while (k < old->page_count &&
			(order = str_cmp(old->pages[k].meta.below, p->meta.below)) < 0)
			free_made(&s->pages[k++]);
		if (k == old->page_count || order != 0) {
			items[count++] = i;
			continue;
		}
		made[i] = s->pages[k];
		p->facts = old->pages[k].facts;
		if (is_same_file(p, &made[i]) && !is_named(changes, p->meta.path)) {
			struct page_facts facts = p->facts;

			*p = made[i].loaded;
			p->facts = facts;
		} else {
			items[count++] = i;
		}
		k++;
	}
	for (; k < old->page_count; k++)
		free_made(&s->pages[k]);
	return count;
}

static struct page *page_below(const struct site *s, str below)
{
	size_t from = 0, to = s->page_count;

	while (from < to) {
		size_t middle = (from + to) / 2;
		int order = str_cmp(s->pages[middle].meta.below, below);

		if (order == 0)
			return &s->pages[middle];
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

static bool has_errors(const struct session *s)
{
	size_t errors = s->scan_said.errors;

	for (size_t i = 0; i < s->site.page_count; i++)
		errors += s->pages[i].load_said.errors;
	return errors > 0;
}

/* The site's folders are read again, and with them the pages that have changed. */
static bool look_at_all(struct session *s, const struct session_changes *changes)
{
	struct arena *base = &s->bases[!s->base];
	struct site t = { 0 };
	struct made *made;
	struct loading l = { .session = s, .site = &t };
	size_t *items, count;
	uint64_t settings;

	arena_reset(base, 1 << 20);
	s->scan_said = (struct diags){ .arena = base };
	s->look_again = true;
	if (!site_scan(&t, &s->options, base, &s->scan_said))
		return false;
	t.worker = s->workers;
	site_load_settings(&t);
	/* What a broken theme is like need not be known: the next one is another. */
	settings = t.theme_ready ? print_settings(s, &t) : 0;
	if (s->live && (settings != s->settings || settings == 0))
		session_forget(s);
	made = arena_array(base, struct made, t.page_count);
	items = arena_array(base, size_t, t.page_count);
	l.alone = s->live;
	count = adopt_pages(s, &t, made, changes, items);
	l.made = made;
	l.items = items;
	pool_each(t.workers, count, load_one, &l);
	s->site = s->unlinked = t;
	s->assets = arena_array(base, struct asset, t.asset_count);
	if (t.asset_count)
		memcpy(s->assets, t.assets, t.asset_count * sizeof(*t.assets));
	s->pages = made;
	s->settings = settings;
	s->base = !s->base;
	s->linked_out = true;
	s->live = true;
	s->look_again = settings == 0;
	return true;
}

str session_below(const struct session *s, str name, str path, struct arena *a)
{
	str root = path_clean(path_join(s->options.source, name, a), a);

	if (root.len == 0)
		return path;
	if (!str_starts(path, root) || path.len <= root.len + 1 || path.ptr[root.len] != '/')
		return (str){ 0 };
	return str_from(path, root.len + 1);
}

/* The page of that file; null when it is none's. */
static struct page *page_of_file(const struct session *s, str path, struct arena *a)
{
	str below = session_below(s, s->site.config.content, path, a);

	return below.ptr ? page_below(&s->site, below) : NULL;
}

static bool is_setting(const struct session *s, str path, struct arena *a)
{
	return str_eq(path, path_clean(path_join(s->options.source, STR("gen.yaml"), a), a)) ||
	       session_below(s, STR("templates"), path, a).ptr || session_below(s, STR("data"), path, a).ptr;
}

static bool is_asset(const struct session *s, str path, struct arena *a)
{
	for (size_t i = 0; i < s->site.asset_count; i++)
		if (str_eq(path_clean(s->site.assets[i].from, a), path))
			return true;
	return false;
}

static bool is_above_any(const struct session *s, str path, struct arena *a)
{
	const struct site *t = &s->site;
	str folder = str_join(path, STR("/"), a);

	for (size_t i = 0; i < t->page_count; i++)
		if (str_starts(path_clean(t->pages[i].meta.path, a), folder))
			return true;
	for (size_t i = 0; i < t->asset_count; i++)
		if (str_starts(path_clean(t->assets[i].from, a), folder))
			return true;
	return false;
}

/* "content/a.runs/x.yaml" belongs to content/a.md. */
static struct page *page_of_record(const struct session *s, str path, struct arena *a)
{
	str folder = path_folder(path);
	struct page *p;

	if (!str_ends(folder, STR(".runs")))
		return NULL;
	folder.len -= strlen(".runs");
	p = page_of_file(s, str_join(folder, STR(".md"), a), a);
	return p ? p : page_of_file(s, str_join(folder, STR(".markdown"), a), a);
}

static void touch(struct session *s, const struct page *p)
{
	struct made *m = &s->pages[p - s->site.pages];

	m->touched = s->count;
	m->own = 0;
}

/* Pages whose blocks show the file. */
static bool touch_showing(struct session *s, str path, struct arena *a)
{
	str wanted = path_clean(path, a);
	bool found = false;

	for (size_t i = 0; i < s->site.page_count; i++) {
		const struct page_facts *f = &s->site.pages[i].facts;

		for (size_t k = 0; k < f->file_count; k++)
			if (str_eq(path_clean(f->files[k], a), wanted)) {
				touch(s, &s->site.pages[i]);
				found = true;
			}
	}
	return found;
}

/*
 * What a changed path means for pages. False when the folders have to be looked at: it is none of the known files, or
 * one of them is gone.
 */
static bool take_path(struct session *s, str path, size_t *items, size_t *count, struct arena *a)
{
	struct page *p = page_of_file(s, path, a), *owner = page_of_record(s, path, a);
	struct file_info info;
	bool known = file_stat(path, &info) == 0, showing = touch_showing(s, path, a);

	if (owner)
		touch(s, owner);
	if (!known || is_setting(s, path, a))
		return false;
	if (p || is_asset(s, path, a)) {
		if (p)
			items[(*count)++] = (size_t)(p - s->site.pages);
		return info.kind == FILE_REGULAR;
	}
	if (owner || showing)
		return true;
	/* An editor's file that came and went is nothing. */
	return info.kind == FILE_NONE && !is_above_any(s, path, a);
}

/* Only the front matter's words make links; a new body does not. */
static bool is_linked_alike(const struct page *a, const struct page *b)
{
	return a->head == b->head && a->broken == b->broken && a->state == b->state && a->included == b->included;
}

static void reload(struct session *s, size_t at)
{
	struct worker *w = &s->site.worker[0];
	struct page *p = &s->site.pages[at];
	struct made *m = &s->pages[at];
	struct page fresh = { .meta = { .below = p->meta.below, .path = p->meta.path } };
	struct arena kept = w->kept, head;

	m->read_ns = clock_ns();
	w->kept = (struct arena){ 0 };
	site_load_page(&s->site, &fresh, w);
	head = w->kept;
	w->kept = kept;
	if (is_linked_alike(&fresh, &m->loaded) && !fresh.diags.first && !m->load_said.first) {
		p->meta.size = m->loaded.meta.size = fresh.meta.size;
		p->meta.mtime_ns = m->loaded.meta.mtime_ns = fresh.meta.mtime_ns;
		p->inode = m->loaded.inode = fresh.inode;
		p->text = m->loaded.text = fresh.text;
		m->own = 0;
		arena_free(&head);
		return;
	}
	fresh.facts = p->facts;
	arena_free(&m->head);
	m->head = head;
	keep_said(m, &fresh);
	*p = m->loaded = fresh;
	s->linked_out = true;
}

/* True when the paths tell all. */
static bool look_at_paths(struct session *s, const struct session_changes *changes)
{
	struct arena scratch = { 0 };
	size_t *items = arena_array(&scratch, size_t, changes->count + 1), count = 0;
	bool enough = true;

	for (size_t i = 0; i < changes->count && enough; i++)
		enough = take_path(s, path_clean(changes->paths[i], &scratch), items, &count, &scratch);
	for (size_t i = 0; i < count && enough; i++)
		reload(s, items[i]);
	arena_free(&scratch);
	return enough;
}

/* Its day has come or gone: an article is published or expires. */
static bool is_due(const struct session *s)
{
	struct date then = date_at(s->site.now, s->site.config.zone_minutes);
	struct date today = date_at(date_now(), s->site.config.zone_minutes);

	return (s->until && s->until <= date_now()) || then.year != today.year || then.month != today.month ||
	       then.day != today.day;
}

static void date_pages(struct session *s)
{
	for (size_t i = 0; i < s->site.page_count; i++) {
		struct page *p = &s->site.pages[i];

		site_date_page(&s->site, p);
		s->pages[i].loaded.state = p->state;
		s->pages[i].loaded.included = p->included;
	}
	s->until = fresh_until(&s->site);
}

bool session_look(struct session *s, const struct session_changes *changes, bool *fine)
{
	bool paths = s->live && !s->look_again && !changes->all && !is_due(s);

	s->count++;
	if (!(paths && look_at_paths(s, changes)) && !look_at_all(s, changes))
		return false;
	if (s->linked_out)
		date_pages(s);
	*fine = !has_errors(s);
	return true;
}

static void add_address(struct session *s, enum target_map map, const struct map_slot *slot, uint64_t value)
{
	s->addresses[s->address_count++] = (struct address){ target_hash(map, slot->hash), value };
}

static int compare_addresses(const void *x, const void *y)
{
	const struct address *a = x, *b = y;

	if (a->target != b->target)
		return a->target < b->target ? -1 : 1;
	return (a->value > b->value) - (a->value < b->value);
}

/* Everything that a link may lead to. */
static void list_addresses(struct session *s)
{
	const struct site *t = &s->site;

	s->address_count = 0;
	s->addresses = arena_array(
		&s->links, struct address, t->by_path.count + t->known.count + t->by_file.count + 1);
	for (size_t i = 0; i < t->by_path.cap; i++)
		if (t->by_path.slots[i].key.ptr)
			add_address(s, TARGET_PAGE, &t->by_path.slots[i], 0);
	for (size_t i = 0; i < t->known.cap; i++)
		if (t->known.slots[i].key.ptr)
			add_address(s, TARGET_KNOWN, &t->known.slots[i], 0);
	for (size_t i = 0; i < t->by_file.cap; i++) {
		const struct page *p = t->by_file.slots[i].value;

		if (p)
			add_address(s, TARGET_FILE, &t->by_file.slots[i],
				hash_64_seed(p->path, (uint64_t)(p->included + 2 * p->state)) | 1);
	}
	qsort(s->addresses, s->address_count, sizeof(struct address), compare_addresses);
}

static void unmake(struct made *m)
{
	m->told = m->shown = 0;
}

/* Those of `a` that `b` does not have, into `out`; are there addresses of the site among them? Both sorted. */
static size_t find_missing(const struct address *a, size_t a_count, const struct address *b, size_t b_count,
	uint64_t *out, bool *paths)
{
	size_t k = 0, count = 0;

	for (size_t i = 0; i < a_count; i++) {
		int order = 1;

		while (k < b_count && (order = compare_addresses(&a[i], &b[k])) > 0)
			k++;
		if (k < b_count && order == 0)
			continue;
		out[count++] = a[i].target;
		*paths = *paths || a[i].value == 0;
	}
	return count;
}

static int compare_numbers(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

static bool leads_to_any(const struct page_facts *f, const uint64_t *gone, size_t count)
{
	for (size_t i = 0; count && i < f->target_count; i++)
		if (bsearch(&f->targets[i], gone, count, sizeof(*gone), compare_numbers))
			return true;
	return false;
}

/* Does it have a link that led to nothing when it was made? */
static bool has_missing(const struct rendered *r)
{
	for (size_t i = 0; i < r->ref_count; i++)
		if (r->refs[i].kind == REF_LINK || r->refs[i].kind == REF_ASSET)
			return true;
	return false;
}

/*
 * A link in a text leads elsewhere when its target has moved, or perhaps when there is something new. Links that
 * templates make are not known one by one: when an address of the site is gone, all pages are looked at again.
 */
static void follow_addresses(struct session *s, const struct address *old, size_t old_count)
{
	struct arena scratch = { 0 };
	size_t most = old_count > s->address_count ? old_count : s->address_count;
	uint64_t *gone = arena_array(&scratch, uint64_t, most + 1);
	bool ignored = false, all = false;
	bool come = find_missing(s->addresses, s->address_count, old, old_count, gone, &ignored) > 0;
	size_t count = find_missing(old, old_count, s->addresses, s->address_count, gone, &all);

	for (size_t i = 0; i < s->site.page_count; i++) {
		const struct page_facts *f = &s->site.pages[i].facts;

		if (all || (come && (f->unsettled || has_missing(&f->rendered))) || leads_to_any(f, gone, count)) {
			unmake(&s->pages[i]);
			/* It may be the text of a list. */
			s->pages[i].touched = s->count;
		}
	}
	for (size_t i = 0; i < s->by_path.cap; i++) {
		struct made *m = s->by_path.slots[i].value;

		if (m && (all || (come && has_missing(&m->rendered))))
			unmake(m);
	}
	s->recount = s->recount || count || come;
	arena_free(&scratch);
}

static struct made *made_of_list(struct session *s, str path)
{
	struct made *m = map_get(&s->by_path, path);

	if (m)
		return m;
	m = arena_new(&s->lists, struct made);
	*map_put(&s->by_path, str_copy(path, &s->lists), NULL) = m;
	return m;
}

/* A list that is no more leaves nothing to go by when it comes back. */
static void forget_lists(struct session *s)
{
	for (size_t i = 0; i < s->by_path.cap; i++) {
		struct made *m = s->by_path.slots[i].value;

		if (!m || m->planned == s->count)
			continue;
		m->shown = 0;
		m->extras = NULL;
		m->rendered = (struct rendered){ 0 };
	}
}

/* As they were before linking; what composing left stays. */
static void unlink_pages(struct session *s)
{
	for (size_t i = 0; i < s->site.page_count; i++) {
		struct page *p = &s->site.pages[i];
		struct page_facts facts = p->facts;

		*p = s->pages[i].loaded;
		p->facts = p->included ? facts : (struct page_facts){ 0 };
		if (!p->included)
			unmake(&s->pages[i]);
	}
}

bool session_link(struct session *s)
{
	struct arena *base = s->site.arena, outgrown = { 0 };
	struct address *old = arena_array(&outgrown, struct address, s->address_count + 1);
	size_t old_count = s->address_count;
	bool fine;

	if (old_count)
		memcpy(old, s->addresses, old_count * sizeof(*old));
	unlink_pages(s);
	s->site = s->unlinked;
	if (s->site.asset_count)
		memcpy(s->site.assets, s->assets, s->site.asset_count * sizeof(*s->assets));
	arena_reset(&s->links, 1 << 20);
	s->link_said = (struct diags){ .arena = &s->links };
	s->site.arena = &s->links;
	s->site.diags = &s->link_said;
	site_load_values(&s->site);
	fine = site_link(&s->site);
	s->plan = (struct list_plan){ 0 };
	fine = lists_plan(&s->site, &s->plan) && fine;
	s->jobs = arena_array(&s->links, struct made *, s->plan.count + 1);
	for (size_t i = 0; i < s->plan.count; i++)
		s->jobs[i] = made_of_list(s, s->plan.jobs[i].path);
	for (size_t i = 0; i < s->plan.count; i++)
		s->jobs[i]->planned = s->count;
	forget_lists(s);
	list_addresses(s);
	follow_addresses(s, old, old_count);
	s->site.arena = base;
	arena_free(&outgrown);
	return fine;
}
