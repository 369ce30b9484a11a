#include "site/rendered.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "site/address.h"
#include "site/scan.h"
#include "site/site.h"
#include "site/target.h"

enum { SEEN = 1024 /* a power of two */ };

/* A page being read. */
struct reading {
	const struct site *site;
	struct worker *worker;
	str path;
	struct arena *scratch;
	struct page_ref *refs;
	size_t ref_count, ref_cap;
	uint64_t *ids;
	size_t id_count, id_cap;
	bool rebased;
	bool doubtful; /* something leads nowhere, if it is a link at all */
	struct place **place;
	size_t place_cap;
};

uint64_t rendered_hash(str address, struct arena *scratch)
{
	return hash_64(address_decode(address, scratch));
}

static int compare(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

static void add_id(struct reading *r, str id)
{
	if (r->id_count == r->id_cap) {
		size_t cap = r->id_cap ? r->id_cap * 2 : 64;
		uint64_t *more = arena_array(r->scratch, uint64_t, cap);

		if (r->id_count)
			memcpy(more, r->ids, r->id_count * sizeof(*more));
		r->ids = more;
		r->id_cap = cap;
	}
	r->ids[r->id_count++] = hash_64(scan_decode(id, r->scratch));
}

static struct page_ref *add_ref(struct reading *r, enum ref_kind kind, str address)
{
	if (r->ref_count == r->ref_cap) {
		size_t cap = r->ref_cap ? r->ref_cap * 2 : 32;
		struct page_ref *more = arena_array(r->scratch, struct page_ref, cap);

		if (r->ref_count)
			memcpy(more, r->refs, r->ref_count * sizeof(*more));
		r->refs = more;
		r->ref_cap = cap;
	}
	r->refs[r->ref_count] = (struct page_ref){ .kind = kind, .address = address };
	return &r->refs[r->ref_count++];
}

/* Places by their hash; those that are alike in their order. Made for the first link that needs one. */
static void sort_places(struct reading *r)
{
	size_t count = 0;

	for (const struct place *p = r->worker->places; p; p = p->next)
		count++;
	for (r->place_cap = 16; r->place_cap < count * 2; r->place_cap *= 2)
		;
	r->place = arena_array(r->scratch, struct place *, r->place_cap);
	/* They come last first. */
	for (struct place *p = r->worker->places; p; p = p->next) {
		struct place **head = &r->place[p->hash & (r->place_cap - 1)];

		p->chain = *head;
		*head = p;
	}
}

/* Links of the text come in its order, so that of two that are alike the first is the first. */
static struct place *take_place(struct reading *r, str address)
{
	uint64_t hash;

	if (!r->worker->places)
		return NULL;
	if (!r->place)
		sort_places(r);
	hash = rendered_hash(address, r->scratch);
	for (struct place **p = &r->place[hash & (r->place_cap - 1)]; *p; p = &(*p)->chain) {
		struct place *found = *p;

		if (found->hash == hash) {
			*p = found->chain;
			return found;
		}
	}
	return NULL;
}

/* Keep it for later, unless what is wrong with it is said already. */
static void keep(struct reading *r, enum ref_kind kind, str address, const struct target *t)
{
	const struct place *place = take_place(r, address);
	struct page_ref *ref;

	if (place && place->said)
		return;
	ref = add_ref(r, kind, address);
	ref->target = hash_64(t->path);
	ref->anchor = t->anchor.len ? hash_64(t->anchor) : 0;
	ref->line = place ? place->line : 0;
	ref->col = place ? place->col : 0;
}

static bool is_own_file(const struct reading *r, const struct target *t)
{
	for (const struct page_file *f = r->worker->files; f; f = f->next)
		if (str_eq(f->path, t->path))
			return true;
	return false;
}

/* True when it leads to something, and not to an anchor. */
static bool look_at(struct reading *r, enum ref_kind kind, str address)
{
	struct target t = target_find(r->site, r->path, address, r->scratch);

	switch (t.state) {
	case TARGET_SELF:
		t.path = r->path;
		/* fall through */
	case TARGET_HERE:
		if (t.anchor.len)
			keep(r, REF_ANCHOR, address, &t);
		return t.anchor.len == 0;
	case TARGET_OUTSIDE:
		if (r->site->options->external)
			keep(r, REF_EXTERNAL, address, &t);
		return false;
	case TARGET_MISSING:
		if (is_own_file(r, &t))
			return false;
		r->doubtful = true;
		if (!r->rebased || str_starts(address, STR("/")))
			keep(r, kind, address, &t);
		return false;
	}
	return false;
}

/*
 * Most links of a page are those of its neighbours too: head, foot, styles.  What leads to something from
 * everywhere is known again by its hash.
 */
static void add_link(struct reading *r, enum ref_kind kind, str value)
{
	uint64_t *seen = r->worker->seen, hash = 0;
	bool rooted = value.len && value.ptr[0] == '/';
	str address;

	if (rooted && !seen)
		seen = r->worker->seen = arena_array(&r->worker->kept, uint64_t, SEEN);
	if (rooted) {
		hash = hash_64(value);
		if (seen[hash % SEEN] == hash)
			return;
	}
	address = str_trim(scan_decode(value, r->scratch));
	if (address.len && look_at(r, kind, address) && rooted)
		seen[hash % SEEN] = hash;
}

static void add_set(struct reading *r, str set)
{
	str address;

	set = scan_decode(set, r->scratch);
	while (scan_set_next(&set, &address))
		add_link(r, REF_ASSET, address);
}

static void read_html(struct reading *r, str html, bool exact)
{
	struct scan scan = scan_start(html, exact);
	struct scan_hit hit;

	while (scan_next(&scan, &hit)) {
		r->rebased = scan.rebased;
		switch (hit.kind) {
		case SCAN_ID:
		case SCAN_NAME:
			add_id(r, hit.value);
			break;
		case SCAN_LINK:
			add_link(r, REF_LINK, hit.value);
			break;
		case SCAN_ASSET:
			add_link(r, REF_ASSET, hit.value);
			break;
		case SCAN_SET:
			add_set(r, hit.value);
			break;
		}
	}
}

/* The page is read again for the names of ids that it has twice. */
static void name_repeats(struct reading *r, str html)
{
	struct scan scan = scan_start(html, true);
	struct map seen = { .arena = r->scratch };
	struct scan_hit hit;

	while (scan_next(&scan, &hit)) {
		void **times;
		bool is_new;
		str id;

		if (hit.kind != SCAN_ID)
			continue;
		id = scan_decode(hit.value, r->scratch);
		times = map_put(&seen, id, &is_new);
		if (!is_new && !*times) {
			add_ref(r, REF_ID, id);
			*times = r;
		}
	}
}

static bool has_repeats(const struct reading *r)
{
	for (size_t i = 1; i < r->id_count; i++)
		if (r->ids[i] == r->ids[i - 1])
			return true;
	return false;
}

/* The page's own anchors are known now. */
static void drop_own_anchors(struct reading *r, const struct rendered *ids)
{
	uint64_t own = hash_64(r->path);
	size_t count = 0;

	for (size_t i = 0; i < r->ref_count; i++)
		if (r->refs[i].kind != REF_ANCHOR || r->refs[i].target != own ||
			!rendered_has_id(ids, r->refs[i].anchor))
			r->refs[count++] = r->refs[i];
	r->ref_count = count;
}

static void keep_files(const struct worker *w, struct arena *kept, struct rendered *out)
{
	size_t count = 0;

	for (const struct page_file *f = w->files; f; f = f->next)
		count++;
	out->files = count ? arena_array(kept, uint64_t, count) : NULL;
	for (const struct page_file *f = w->files; f; f = f->next)
		out->files[out->file_count++] = hash_64(f->path);
}

static struct reading start_reading(const struct site *s, str path, struct worker *w)
{
	return (struct reading){ .site = s, .worker = w, .path = path, .scratch = &w->page };
}

void rendered_read(const struct site *s, str path, str html, struct worker *w, struct rendered *out)
{
	struct reading r = start_reading(s, path, w);
	struct arena *kept = &w->kept;

	*out = (struct rendered){ .made = true };
	read_html(&r, html, s->options->external);
	if (r.doubtful && !s->options->external) {
		r = start_reading(s, path, w);
		read_html(&r, html, true);
	}
	keep_files(w, kept, out);
	if (r.id_count) {
		qsort(r.ids, r.id_count, sizeof(*r.ids), compare);
		out->ids = arena_array(kept, uint64_t, r.id_count);
		memcpy(out->ids, r.ids, r.id_count * sizeof(*r.ids));
		out->id_count = r.id_count;
	}
	if (has_repeats(&r))
		name_repeats(&r, html);
	drop_own_anchors(&r, out);
	if (r.ref_count == 0)
		return;
	out->refs = arena_array(kept, struct page_ref, r.ref_count);
	for (; out->ref_count < r.ref_count; out->ref_count++) {
		out->refs[out->ref_count] = r.refs[out->ref_count];
		out->refs[out->ref_count].address = str_copy(r.refs[out->ref_count].address, kept);
	}
}

bool rendered_has_id(const struct rendered *r, uint64_t id)
{
	return r->id_count && bsearch(&id, r->ids, r->id_count, sizeof(id), compare) != NULL;
}
