/*
 * Neighbouring fences with the same pair= stand side by side, with the same group= as tabs.
 */
#include "base/arena.h"
#include "blocks/kinds.h"
#include "blocks/record.h"

/* The attribute that binds blocks together: pair= or group=. */
static const struct fence_attr *find_bond(const struct fence *fence)
{
	const struct fence_attr *pair = fence_key(fence, STR("pair"));

	return pair ? pair : fence_key(fence, STR("group"));
}

static bool same_bond(const struct fence_attr *a, const struct fence_attr *b)
{
	return b && str_eq(a->key, b->key) && str_eq(a->value, b->value);
}

/*
 * How many of the blocks belong to the group, and how many of those are shown: hidden blocks
 * between the shown ones are passed over. Says nothing: a neighbour that is not taken is read
 * again by itself.
 */
static size_t count_members(const struct block_page *page, const struct markdown_block *blocks,
	size_t count, const struct fence_attr *bond, size_t *shown)
{
	size_t taken = 1;

	*shown = 1;
	for (size_t i = 1; i < count && blocks[i].fenced; i++) {
		struct diags quiet = { .arena = page->arena };
		struct fence fence;

		if (!fence_read(blocks[i].info, blocks[i].info_at, &fence, page->arena, &quiet))
			break;
		if (fence_has(&fence, STR("hidden")))
			continue;
		if (!same_bond(bond, find_bond(&fence)))
			break;
		taken = i + 1;
		++*shown;
	}
	return taken;
}

static str panel_label(const struct value *panel)
{
	static const str FROM[] = { STR_INIT("title"), STR_INIT("language"), STR_INIT("lang") };

	for (size_t i = 0; i < 3; i++) {
		str label = value_str(value_get(panel, FROM[i]));
		if (label.len > 0)
			return label;
	}
	return STR("Code");
}

static struct value read_panels(struct block_page *page, const struct markdown_block *blocks,
	size_t taken, size_t shown, const struct fence *first)
{
	struct arena *a = page->arena;
	struct value panels = record_list(shown, a);
	size_t number = 0;

	for (size_t i = 0; i < taken; i++) {
		struct fence fence = *first;
		struct value panel;

		if (i > 0)
			fence_read(blocks[i].info, blocks[i].info_at, &fence, a, page->diags);
		if (fence_has(&fence, STR("hidden")))
			continue;
		code_value(page, &blocks[i], &fence, &panel);
		number++;
		record_str(&panel, STR("label"), panel_label(&panel), a);
		record_int(&panel, STR("panel"), (int64_t)number, a);
		record_bool(&panel, STR("first"), number == 1, a);
		record_bool(&panel, STR("last"), number == shown, a);
		value_push(&panels, panel, a);
	}
	return panels;
}

static size_t read_group(struct block_page *page, const struct markdown_block *blocks,
	size_t count, const struct fence *fence, struct value *out)
{
	struct arena *a = page->arena;
	const struct fence_attr *bond = find_bond(fence);
	size_t shown;

	if (!bond)
		return 0;
	size_t taken = count_members(page, blocks, count, bond, &shown);
	if (shown < 2)
		return 0;
	struct value panels = read_panels(page, blocks, taken, shown, fence);
	bool pair = str_eq(bond->key, STR("pair"));
	*out = record_new(7, a);
	record_str(out, STR("id"), block_make_id(page, "group", page->codes), a);
	record_str(out, STR("name"), bond->value, a);
	record_bool(out, STR("pair"), pair, a);
	record_bool(out, STR("tabs"), !pair, a);
	value_add(out, STR("panels"), panels, a);
	record_int(out, STR("panels_count"), (int64_t)shown, a);
	record_int(out, STR("index"), page->codes, a);
	return taken;
}

const struct block_kind codegroup_block = { .name = STR_INIT("codegroup"), .read = read_group };
