#include "cmd/list_examples.h"

#include "base/buf.h"
#include "cmd/article_examples.h"
#include "content/record.h"
#include "site/site.h"

/* A list being written. */
struct listing {
	enum example_list what;
	bool json;
	size_t count;
	struct buf *out;
};

static const char *const states[] = { [RECORD_MISSING] = "missing", [RECORD_FRESH] = "fresh",
	[RECORD_CHANGED] = "changed", [RECORD_EDITED] = "edited" };
static const char *const kinds[] = { [EXAMPLE_RUN] = "run", [EXAMPLE_CHECK] = "check", [EXAMPLE_SERVE] = "serve" };

static void start_item(struct listing *l)
{
	if (l->json)
		buf_add(l->out, l->count ? STR(",\n  ") : STR("\n  "));
	l->count++;
}

static void write_example(struct listing *l, const struct example *e, str path, const char *state)
{
	start_item(l);
	if (!l->json) {
		buf_printf(l->out, "%-8s  " STR_FMT ":%d  " STR_FMT "  " STR_FMT " %s\n", state, STR_ARG(path), e->at.line,
			STR_ARG(e->id), STR_ARG(e->language), kinds[e->kind]);
		return;
	}
	BUF_LIT(l->out, "{\"path\": ");
	buf_json(l->out, path);
	buf_printf(l->out, ", \"line\": %d, \"id\": ", e->at.line);
	buf_json(l->out, e->id);
	BUF_LIT(l->out, ", \"language\": ");
	buf_json(l->out, e->language);
	buf_printf(l->out, ", \"kind\": \"%s\", \"state\": \"%s\"}", kinds[e->kind], state);
}

static void write_place(struct listing *l, loc at, str path)
{
	start_item(l);
	if (!l->json) {
		buf_printf(l->out, STR_FMT ":%d\n", STR_ARG(path), at.line);
		return;
	}
	BUF_LIT(l->out, "{\"path\": ");
	buf_json(l->out, path);
	buf_printf(l->out, ", \"line\": %d}", at.line);
}

static void list_page(struct listing *l, const struct page *p, const struct examples *examples, struct arena *a)
{
	str folder = record_folder(p->meta.path, a);

	for (size_t i = 0; l->what == LIST_UNRUN && i < examples->left_out_count; i++)
		write_place(l, examples->left_out[i], p->meta.path);
	for (size_t i = 0; l->what != LIST_UNRUN && i < examples->count; i++) {
		const struct example *e = &examples->at[i];
		struct record r;
		enum record_state state = record_read(folder, e->id, e->key, &r, a, NULL);

		if (l->what == LIST_EXAMPLES || state != RECORD_FRESH)
			write_example(l, e, p->meta.path, states[state]);
	}
}

bool list_examples_write(struct site *s, enum example_list what, bool json, struct buf *out, struct diags *d)
{
	struct listing l = { what, json, 0, out };
	bool fine = true;

	if (json)
		BUF_LIT(out, "[");
	for (size_t i = 0; i < s->page_count; i++) {
		const struct page *p = &s->pages[i];
		struct arena a = { 0 };
		struct diags found = { .arena = &a };
		struct source src;
		struct examples examples;

		if (!p->included || (what != LIST_UNRUN && !p->may_run))
			continue;
		fine = article_examples_read(s, p, &src, &examples, &a, &found) && fine;
		list_page(&l, p, &examples, &a);
		diags_merge(d, &found);
		arena_free(&a);
	}
	if (json)
		buf_add(out, l.count ? STR("\n]\n") : STR("]\n"));
	return fine;
}
