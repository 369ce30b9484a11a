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

static struct value columns_value(
	const struct markdown_block *table, const struct comparison *c, struct arena *a)
{
	struct value list = record_list((size_t)table->columns, a);

	for (int i = 0; i < table->columns; i++) {
		bool option = c && !c->transposed && c->option[i].name.len > 0;
		struct value v = record_new(5, a);

		record_str(&v, STR("html"), table->head.cells[i].html, a);
		record_str(&v, STR("text"), table->head.cells[i].text, a);
		value_add(&v, STR("align"), align_value(table->align[i]), a);
		value_add(&v, STR("option"),
			option ? option_value(&c->option[i], a) : value_null(), a);
		value_add(&v, STR("better"),
			comparison_better(c && c->better ? c->better[i] : BETTER_UNKNOWN), a);
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
		value_add(&v, STR("typed"),
			c && i > 0 ? comparison_cell(c, row, i, cell->text, a) : value_null(),
			a);
		value_push(&list, v, a);
	}
	return list;
}

static struct value rows_value(
	const struct markdown_block *table, const struct comparison *c, struct arena *a)
{
	static const struct comparison_row PLAIN = { 0 };
	struct value list = record_list(table->row_count, a);

	for (size_t r = 0; r < table->row_count; r++) {
		const struct comparison_row *row = c ? &c->rows[r] : &PLAIN;
		bool option = c && c->transposed && !row->group;
		struct value v = record_new(5, a);

		value_add(&v, STR("cells"), cells_value(table, c, r, a), a);
		value_add(&v, STR("option"),
			option ? option_value(&c->option[r], a) : value_null(), a);
		record_bool(&v, STR("group"), row->group, a);
		record_bool(&v, STR("same"), row->same, a);
		value_add(&v, STR("better"), comparison_better(row->better), a);
		value_push(&list, v, a);
	}
	return list;
}

/* "Go, Rust and Python compared" */
static str compared(const struct comparison *c, struct arena *a)
{
	struct buf label = { .arena = a };
	size_t count = c->transposed ? c->row_count : (size_t)c->columns;
	int left = c->options;

	for (size_t i = 0; i < count; i++) {
		if (c->option[i].name.len == 0)
			continue;
		buf_add(&label, c->option[i].name);
		if (--left > 0)
			buf_add(&label, left == 1 ? STR(" and ") : STR(", "));
	}
	BUF_LIT(&label, " compared");
	return buf_str(&label);
}

static str label_of(const struct markdown_block *table, const struct comparison *c, int number,
	struct arena *a)
{
	if (table->caption_text.len > 0)
		return table->caption_text;
	/* Of many options a label would be as long as the table. */
	if (c && c->options <= 4)
		return compared(c, a);
	return str_printf(a, "Table %d", number);
}

static str csv_of(struct block_page *page, const struct markdown_block *table,
	const struct comparison *c, str id)
{
	if (!c || !page->csv)
		return STR("");
	return page->csv(page->link_ctx, id, comparison_csv(table, c, page->arena));
}

void table_value(struct block_page *page, const struct markdown_block *table,
	const struct comparison *c, str id, struct value *out)
{
	struct arena *a = page->arena;
	int index = ++page->tables;

	if (id.len == 0)
		id = block_make_id(page, "table", index);
	*out = record_new(13, a);
	record_str(out, STR("id"), id, a);
	record_optional(out, STR("caption"), table->caption_html, a);
	record_optional(out, STR("caption_text"), table->caption_text, a);
	record_bool(out, STR("has_caption"), table->caption_html.len > 0, a);
	value_add(out, STR("columns"), columns_value(table, c, a), a);
	value_add(out, STR("rows"), rows_value(table, c, a), a);
	record_bool(out, STR("comparison"), c != NULL, a);
	record_bool(out, STR("transposed"), c && c->transposed, a);
	value_add(out, STR("options"), c ? comparison_options(c, a) : value_list(a), a);
	record_bool(out, STR("has_options"), c != NULL, a);
	record_int(out, STR("index"), index, a);
	record_str(out, STR("label"), label_of(table, c, index, a), a);
	record_optional(out, STR("csv_url"), csv_of(page, table, c, id), a);
}

static size_t read_table(struct block_page *page, const struct markdown_block *blocks,
	size_t count, const struct fence *fence, struct value *out)
{
	struct comparison comparison;
	bool compares = comparison_read(page, &blocks[0], &comparison);
	const struct comparison *c = compares ? &comparison : NULL;

	(void)count;
	(void)fence;
	table_lint(page, &blocks[0], c);
	table_value(page, &blocks[0], c, STR(""), out);
	return 1;
}

const struct block_kind table_block = { .name = STR_INIT("table"), .read = read_table };
