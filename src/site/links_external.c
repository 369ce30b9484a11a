/* Links to other sites, once each. */
#include <stdlib.h>

#include "base/map.h"
#include "site/links.h"
#include "site/lists.h"
#include "site/origin.h"
#include "site/site.h"

struct gathering {
	const struct site *site;
	struct origins origins;
	struct map known;
	struct links_external *out;
	size_t count, cap;
	struct arena *arena;
};

static bool is_web(str address)
{
	static const str schemes[] = { STR_INIT("http://"), STR_INIT("https://"), STR_INIT("//") };

	for (size_t i = 0; i < 3; i++)
		if (address.len > schemes[i].len && str_eq_nocase(str_sub(address, 0, schemes[i].len), schemes[i]))
			return true;
	return false;
}

/* Without its anchor; blanks and control characters, which no address has, end it. */
static str whole_address(str address, struct arena *a)
{
	size_t end = 0;

	while (end < address.len && (unsigned char)address.ptr[end] > ' ' && address.ptr[end] != '#')
		end++;
	address = str_sub(address, 0, end);
	return str_starts(address, STR("//")) ? str_join(STR("https:"), address, a) : address;
}

static struct links_external *find_link(struct gathering *g, str address, bool *is_new)
{
	void **slot = map_put(&g->known, address, is_new);

	if (*is_new && g->count == g->cap) {
		size_t cap = g->cap ? g->cap * 2 : 64;
		struct links_external *more = arena_array(g->arena, struct links_external, cap);

		if (g->count)
			memcpy(more, g->out, g->count * sizeof(*more));
		g->out = more;
		g->cap = cap;
	}
	/* By number: the array may move. */
	if (*is_new)
		*slot = (void *)(uintptr_t)++g->count;
	return &g->out[(uintptr_t)*slot - 1];
}

static void add_ref(struct gathering *g, const struct page_ref *ref, const struct origin_page *page)
{
	struct links_external *link;
	struct origin at;
	bool is_new;
	str address;

	if (ref->kind != REF_EXTERNAL || !is_web(ref->address))
		return;
	address = str_copy(whole_address(ref->address, g->arena), g->arena);
	link = find_link(g, address, &is_new);
	if (!is_new) {
		link->pages += !str_eq(link->last_page, page->path);
		link->last_page = page->path;
		return;
	}
	if (ref->line)
		at = origin_of_line(&g->origins, page, ref->line, ref->col);
	else if (!origin_in_text(&g->origins, page, ref, &at))
		at = origin_elsewhere(&g->origins, page, ref);
	*link = (struct links_external){ .address = address, .path = str_copy(at.source.path, g->arena),
		.text = at.source.text, .line = at.line, .col = at.col, .pages = 1, .last_page = page->path };
}

static int compare(const void *x, const void *y)
{
	return str_cmp(((const struct links_external *)x)->address, ((const struct links_external *)y)->address);
}

size_t links_external(const struct site *s, const struct list_plan *plan, const struct rendered *jobs,
	struct links_external **out, struct arena *a)
{
	struct gathering g = { .site = s, .origins = { .site = s, .arena = a }, .known = { .arena = a }, .arena = a };

	for (size_t i = 0; i < s->article_count; i++) {
		const struct page *p = s->articles[i];
		const struct origin_page page = { p->path, p, p->meta.template_name };

		for (size_t j = 0; j < p->facts.rendered.ref_count; j++)
			add_ref(&g, &p->facts.rendered.refs[j], &page);
	}
	for (size_t i = 0; i < plan->count; i++) {
		const struct origin_page page = { plan->jobs[i].path, lists_text(s, &plan->jobs[i]),
			lists_template(&plan->jobs[i]) };

		for (size_t j = 0; j < jobs[i].ref_count; j++)
			add_ref(&g, &jobs[i].refs[j], &page);
	}
	if (g.count)
		qsort(g.out, g.count, sizeof(*g.out), compare);
	*out = g.out;
	return g.count;
}
