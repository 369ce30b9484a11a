/* Any bytes as Markdown: parsed, rendered with hooks, and all that a page asks for. */
#include <assert.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "markdown/markdown.h"

static size_t take_some(
	void *ctx, const struct markdown_block *blocks, size_t count, struct buf *out)
{
	size_t *calls = ctx;

	assert(count > 0);
	for (size_t i = 0; i < count; i++) {
		const struct markdown_block *b = &blocks[i];

		if (b->kind != MARKDOWN_TABLE)
			continue;
		assert(b->columns > 0);
		for (int c = 0; c < b->columns; c++) {
			buf_add(out, b->head.cells[c].html);
			if (b->row_count)
				buf_html(out, b->rows[b->row_count - 1].cells[c].raw);
		}
	}
	return ++*calls % 3;
}

static str keep_link(void *ctx, enum markdown_link_kind kind, str address, loc at)
{
	(void)ctx;
	assert(!markdown_refuses(address, kind));
	assert(at.line >= 1);
	return address;
}

static void count_block(void *ctx, const struct markdown_block *b)
{
	*(size_t *)ctx += b->row_count;
}

static void use_document(struct markdown *m, str text, struct arena *a)
{
	size_t calls = 0, rows = 0;
	struct markdown_hooks hooks = { .ctx = &calls, .block = take_some, .link = keep_link };
	struct markdown_outline o = markdown_outline(m);
	struct buf out = { 0 };

	for (size_t i = 0; i < o.count; i++)
		assert(o.headings[i].id.len > 0);
	markdown_title(m);
	markdown_blocks(m, count_block, &rows);
	assert(utf8_invalid(markdown_summary(m, 20, a)) < 0);
	assert(markdown_words(m) <= text.len);
	markdown_render(m, &hooks, true, &out);
	assert(utf8_invalid(buf_str(&out)) < 0);
	assert(str_find(buf_str(&out), STR("<script")) < 0);
	buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct source src = { STR("fuzz.md"), str_new((const char *)data, size) };
	struct buf plain = { .arena = &a };
	struct markdown_options options = { 0 };
	struct markdown *m;

	markdown_start();
	m = markdown_parse(&src, src.text, 1, &options, &a, &d);
	assert(m || d.errors > 0);
	if (m)
		use_document(m, src.text, &a);
	options =
		(struct markdown_options){ .html = HTML_ALL, .plain = true, .core = size % 2 };
	m = markdown_parse(&src, src.text, 1, &options, &a, &d);
	if (m)
		markdown_render(m, NULL, false, &plain);
	arena_free(&a);
	return 0;
}
