/* Any Markdown: every block is read, written as JSON, and its faults printed. */
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "blocks/block.h"
#include "blocks/texttable.h"
#include "data/json.h"

static size_t read_block(
	void *ctx, const struct markdown_block *blocks, size_t count, struct buf *html)
{
	struct block_page *page = ctx;
	const struct json_style style = { 0 };
	const struct block_kind *kind;
	struct value v;
	size_t taken = block_read(page, blocks, count, &kind, &v);

	if (taken > count)
		__builtin_trap();
	if (taken > 0 && kind)
		json_write(&v, &style, html);
	if (blocks[0].kind == MARKDOWN_CODE) {
		struct texttable *tables;
		size_t found = texttable_find(blocks[0].code, &tables, page->arena);

		for (size_t i = 0; i < found; i++)
			texttable_markdown(&tables[i], html);
	}
	return taken;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	markdown_start();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct source src = { STR("a.md"), str_new((const char *)data, size) };
	struct markdown_options options = { 0 };
	struct diag_style style = { 0 };
	/* No folder of that name: data= and file= are read as far as looking for the file. */
	struct block_page page = { .src = &src,
		.folder = STR("no/such/folder"),
		.root = STR("no/such"),
		.arena = &a,
		.diags = &d };
	struct markdown_hooks hooks = { .ctx = &page, .block = read_block };
	struct buf out = { .arena = &a };
	struct markdown *m = markdown_parse(&src, src.text, 1, &options, &a, &d);

	if (m)
		markdown_render(m, &hooks, false, &out);
	diags_sort(&d);
	diags_print(&d, &style, &out);
	arena_free(&a);
	return 0;
}
