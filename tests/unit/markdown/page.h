/*
 * page -- a text rendered for a test: its HTML, and the messages as one text.
 */
#ifndef TESTS_UNIT_MARKDOWN_PAGE_H
#define TESTS_UNIT_MARKDOWN_PAGE_H

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "markdown/markdown.h"
#include "unit/suite.h"

struct page {
	struct arena arena;
	struct diags diags;
	struct source src;
	struct markdown *m; /* null: refused */
	struct buf html;
};

static inline struct page *page_parse(str text, struct markdown_options options)
{
	struct page *p = calloc(1, sizeof(*p));

	ck_assert_ptr_nonnull(p);
	markdown_start();
	p->diags.arena = &p->arena;
	p->src = (struct source){ STR("a.md"), text };
	p->m = markdown_parse(&p->src, text, 1, &options, &p->arena, &p->diags);
	return p;
}

static inline struct page *page_render(const char *text, const struct markdown_hooks *hooks)
{
	struct page *p = page_parse(str_c(text), (struct markdown_options){ 0 });

	ck_assert_ptr_nonnull(p->m);
	markdown_render(p->m, hooks, false, &p->html);
	return p;
}

static inline void page_close(struct page *p)
{
	buf_free(&p->html);
	arena_free(&p->arena);
	free(p);
}

/* "line:col: message" of each message, one a line. */
static inline str page_messages(struct page *p)
{
	struct buf b = { .arena = &p->arena };

	diags_sort(&p->diags);
	for (const struct diag *d = p->diags.first; d; d = d->next)
		buf_printf(&b, "%d:%d: %s: " STR_FMT " [%s]\n", d->line, d->col,
			d->level == DIAG_ERROR ? "error" : "warning", STR_ARG(d->message),
			d->category);
	return buf_str(&b);
}

static inline void expect_text(str got, const char *expected)
{
	if (!str_eq(got, str_c(expected)))
		ck_abort_msg("expected:\n%s\ngot:\n" STR_FMT, expected, STR_ARG(got));
}

static inline void expect_html(const char *text, const char *html)
{
	struct page *p = page_render(text, NULL);

	expect_text(buf_str(&p->html), html);
	page_close(p);
}

static inline void expect_messages(const char *text, const char *messages)
{
	struct page *p = page_parse(str_c(text), (struct markdown_options){ 0 });

	if (p->m)
		markdown_render(p->m, NULL, false, &p->html);
	expect_text(page_messages(p), messages);
	page_close(p);
}

#endif
