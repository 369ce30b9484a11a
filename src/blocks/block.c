#include "blocks/block.h"

#include "base/arena.h"
#include "blocks/kinds.h"

static const struct block_kind *const KINDS[] = {
	&code_block,
	&codegroup_block,
	&table_block,
	&comparison_block,
	&matrix_block,
	&bench_block,
	&diagram_block,
};

const struct block_kind *const *block_kinds(size_t *count)
{
	*count = sizeof(KINDS) / sizeof(KINDS[0]);
	return KINDS;
}

bool block_claim_id(struct block_page *page, str id, loc at)
{
	bool is_new;

	page->ids.arena = page->arena;
	void **line = map_put(&page->ids, id, &is_new);
	if (is_new) {
		*line = (void *)(intptr_t)at.line;
		return true;
	}
	int first = (int)(intptr_t)*line;
	if (first > 0)
		return diag_error(page->diags, at, "block",
			"the id \"" STR_FMT "\" is used twice, first in line %d", STR_ARG(id),
			first);
	return diag_error(
		page->diags, at, "block", "the id \"" STR_FMT "\" is used twice", STR_ARG(id));
}

str block_make_id(struct block_page *page, const char *prefix, int number)
{
	str count = value_int(number, page->arena).s;
	str id = str_concat(page->arena, (const str[]){ str_c(prefix), STR("-"), count }, 3);

	page->ids.arena = page->arena;
	for (int again = 2; map_has(&page->ids, id); again++)
		id = str_printf(page->arena, "%s-%d-%d", prefix, number, again);
	map_put(&page->ids, id, &(bool){ false });
	return id;
}

str block_link(struct block_page *page, str address, loc at)
{
	if (markdown_refuses(address, LINK_ANCHOR)) {
		diag_error(page->diags, at, "link", "this address is refused: '" STR_FMT "'",
			STR_ARG(address));
		return STR("");
	}
	return page->link ? page->link(page->link_ctx, LINK_ANCHOR, address, at) : address;
}

static const struct block_kind *find_kind(str word)
{
	for (size_t i = 0; i < sizeof(KINDS) / sizeof(KINDS[0]); i++)
		if (KINDS[i]->word.len > 0 && str_eq(KINDS[i]->word, word))
			return KINDS[i];
	return NULL;
}

bool block_has_kind(str word)
{
	return find_kind(word) != NULL;
}

static size_t read_as(const struct block_kind *k, struct block_page *page,
	const struct markdown_block *blocks, size_t count, const struct fence *fence,
	const struct block_kind **kind, struct value *out)
{
	*kind = k;
	return k->read(page, blocks, count, fence, out);
}

size_t block_read(struct block_page *page, const struct markdown_block *blocks, size_t count,
	const struct block_kind **kind, struct value *out)
{
	struct fence fence = { 0 };

	*kind = NULL;
	if (blocks[0].kind == MARKDOWN_TABLE)
		return read_as(&table_block, page, blocks, count, &fence, kind, out);
	if (blocks[0].fenced && !fence_read(blocks[0].info, blocks[0].info_at, &fence,
					page->arena, page->diags))
		return 0;
	if (fence_has(&fence, STR("hidden")))
		return 1;
	const struct block_kind *chosen = find_kind(fence.lang);
	if (chosen)
		return read_as(chosen, page, blocks, count, &fence, kind, out);
	if (fence_get(&fence, STR("pair")) || fence_get(&fence, STR("group"))) {
		size_t taken =
			read_as(&codegroup_block, page, blocks, count, &fence, kind, out);

		if (taken > 0)
			return taken;
	}
	return read_as(&code_block, page, blocks, count, &fence, kind, out);
}
