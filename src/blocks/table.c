#include "base/arena.h"
#include "base/buf.h"
#include "blocks/comparison.h"
#include "blocks/kinds.h"
#include "blocks/record.h"
#include "blocks/table_lint.h"

static struct value align_value(enum markdown_align align)
{
	switch (align) {
	case ALIGN_LEFT:
		return value_string(STR("left"));
	case ALIGN_CENTER:
		return value_string(STR("center"));
	case ALIGN_RIGHT:
		return value_string(STR("right"));
	default:
		return value_null();
	}
}

static struct value columns_value(const struct markdown_block *table, const struct comparison *c,
	struct arena *a)
{
	struct value list = record_list((size_t)table->columns, a);

	for (int i = 0; i < table->columns; i++) {
		struct value v = record_new(4, a);

		record_str(&v, STR("html"), table->head.cells[i].html, a);
		record_str(&v, STR("text"), table->head.cells[i].text, a);
		value_add(&v, STR("align"), align_value(table->align[i]), a);
		value_add(&v, STR("option"),
			c && c->option[i].name.len > 0 ? option_value(&c->option[i], a) : value_null(), a);
		value_push(&list, v, a);
	}
	return list;
}

static struct value cells_value(const struct markdown_block *table, const struct comparison *c,
	size_t row, struct arena *a)
{
	struct value list = record_list((size_t)table->columns, a);

	for (int i = 0; i < table->columns; i++) {
		const struct markdown_cell *cell = &table->rows[row].cells[i];
		struct value v = record_new(6, a);

		record_str(&v, STR("html"), cell->html, a);
		record_str(&v, STR("text"), cell->text, a);
		value_add(&v, STR("align"), align_value(table->align[i]), a);
		/* What is compared stands in the other columns: the first one names the row. */
		record_bool(&v, STR("head"), i == 0 && c, a);
		record_str(&v, STR("label"), table->head.cells[i].text, a);
		value_add(&v, STR("typed"), c ? comparison_cell(c, row, i, a) : value_null(), a);
		value_push(&list, v, a);
	}
	return list;
}

static struct value rows_value(const struct markdown_block *table, const struct comparison *c,
	struct arena *a)
{
	static const struct comparison_row PLAIN = { 0 };
	struct value list = record_list(table->row_count, a);

	for (size_t r = 0; r < table->row_count; r++) {
		const struct comparison_row *row = c ? &c->rows[r] : &PLAIN;
		struct value v = record_new(4, a);

		value_add(&v, STR("cells"), cells_value(table, c, r, a), a);
		record_bool(&v, STR("group"), row->group, a);
		record_bool(&v, STR("same"), row->same, a);
		value_add(&v, STR("better"), comparison_better(row->better), a);
		value_push(&list, v, a);
	}
	return list;
}

static str label_of(const struct markdown_block *table, const struct comparison *c, int number,
	struct arena *a)
{
	struct buf label = { .arena = a };
	int left = c ? c->options : 0;

	if (table->caption_text.len > 0)
		return table->caption_text;
	if (!c)
		return str_printf(a, "Table %d", number);
	for (int i = 0; i < c->columns; i++) {
		if (c->option[i].name.len == 0)
			continue;
		buf_add(&label, c->option[i].name);
		if (--left > 0)
			buf_add(&label, left == 1 ? STR(" and ") : STR(", "));
	}
	BUF_LIT(&label, " compared");
	return buf_str(&label);
}

static size_t read_table(struct block_page *page, const struct markdown_block *blocks, size_t count,
	const struct fence *fence, struct value *out)
{
	const struct markdown_block *table = &blocks[0];
	struct arena *a = page->arena;
	struct comparison comparison;
	bool compares = comparison_read(page, table, &comparison);
	const struct comparison *c = compares ? &comparison : NULL;
	int index = ++page->tables;

	(void)count;
	(void)fence;
	table_lint(page, table, c);
	*out = record_new(10, a);
	record_str(out, STR("id"), block_make_id(page, "table", index), a);
	record_optional(out, STR("caption"), table->caption_html, a);
	record_bool(out, STR("has_caption"), table->caption_html.len > 0, a);
	value_add(out, STR("columns"), columns_value(table, c, a), a);
	value_add(out, STR("rows"), rows_value(table, c, a), a);
	record_bool(out, STR("comparison"), compares, a);
	value_add(out, STR("options"), compares ? comparison_options(c, a) : value_list(a), a);
	record_bool(out, STR("has_options"), compares, a);
	record_int(out, STR("index"), index, a);
	record_str(out, STR("label"), label_of(table, c, index, a), a);
	return 1;
}

const struct block_kind table_block = { .name = STR_INIT("table"), .read = read_table };
