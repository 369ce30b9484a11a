#include "page.h"

static void note_block(void *ctx, const struct markdown_block *b)
{
	struct buf *out = ctx;

	if (b->kind == MARKDOWN_CODE) {
		buf_printf(out,
			"code %d:%d %s info '" STR_FMT "' %d:%d code %d '" STR_FMT "'\n",
			b->at.line, b->at.col, b->fenced ? "fenced" : "indented",
			STR_ARG(b->info), b->info_at.line, b->info_at.col, b->code_line,
			STR_ARG(b->code));
		return;
	}
	buf_printf(out, "table %d:%d %d columns '" STR_FMT "'\n", b->at.line, b->at.col,
		b->columns, STR_ARG(b->caption_text));
	for (size_t i = 0; i <= b->row_count; i++) {
		const struct markdown_row *row = i == 0 ? &b->head : &b->rows[i - 1];

		buf_printf(out, "%d: %d written:", row->line, row->written);
		for (int c = 0; c < b->columns; c++)
			buf_printf(out, " %d '" STR_FMT "' '" STR_FMT "' '" STR_FMT "'",
				row->cells[c].col, STR_ARG(row->cells[c].raw),
				STR_ARG(row->cells[c].text), STR_ARG(row->cells[c].html));
		buf_char(out, '\n');
	}
}

static void expect_blocks(const char *text, const char *expected)
{
	struct page *p = page_parse(str_c(text), (struct markdown_options){ 0 });
	struct buf b = { .arena = &p->arena };

	ck_assert_ptr_nonnull(p->m);
	markdown_blocks(p->m, note_block, &b);
	expect_text(buf_str(&b), expected);
	expect_text(page_messages(p), "");
	page_close(p);
}

START_TEST(code_has_its_info_and_places)
{
	expect_blocks("x\n\n- a\n\n  ~~~~  go run title=\"b c\"\n  d\n\n  ~~~~\n\n      "
		      "e\n\n```\n```\n",
		"code 5:3 fenced info 'go run title=\"b c\"' 5:9 code 6 'd\n\n'\n"
		"code 10:7 indented info '' 0:0 code 10 'e\n'\n"
		"code 12:1 fenced info '' 12:4 code 13 ''\n");
}
END_TEST

START_TEST(fence_that_never_ends_is_read_to_the_end)
{
	expect_blocks("```a\nb", "code 1:1 fenced info 'a' 1:4 code 2 'b\n'\n");
}
END_TEST

START_TEST(cells_have_text_html_source_and_place)
{
	expect_blocks("| A |  *b* `c` |\n|---|--:|\n| d \\| e | [f](javascript:g) |\n",
		"table 1:1 2 columns ''\n"
		"1: 2 written: 3 'A' 'A' 'A' 8 '*b* `c`' 'b c' '<em>b</em> <code>c</code>'\n"
		"3: 2 written: 3 'd | e' 'd | e' 'd | e' 12 '[f](javascript:g)' 'f' 'f'\n");
}
END_TEST

START_TEST(ragged_rows_say_what_was_written)
{
	expect_blocks("a|b\n-|-\nc\n|d|e|f|\n| |\n",
		"table 1:1 2 columns ''\n1: 2 written: 1 'a' 'a' 'a' 3 'b' 'b' 'b'\n"
		"3: 1 written: 1 'c' 'c' 'c' 0 '' '' ''\n"
		"4: 3 written: 2 'd' 'd' 'd' 4 'e' 'e' 'e'\n"
		"5: 1 written: 3 '' '' '' 0 '' '' ''\n");
}
END_TEST

START_TEST(table_right_below_prose_knows_its_line)
{
	expect_blocks("prose\nmore\n| a | b |\n|-|-|\n",
		"table 3:1 2 columns ''\n3: 2 written: 3 'a' 'a' 'a' 7 'b' 'b' 'b'\n");
	expect_blocks("Table: T\n| a |\n|-|\n| c |\n\nx\n",
		"table 2:1 1 columns 'T'\n2: 1 written: 3 'a' 'a' 'a'\n4: 1 written: 3 'c' 'c' "
		"'c'\n");
}
END_TEST

START_TEST(tables_in_quotes_and_lists_are_found)
{
	expect_blocks("> - | a |\n>   |---|\n>   | b |\n",
		"table 1:5 1 columns ''\n1: 1 written: 7 'a' 'a' 'a'\n3: 1 written: 7 'b' 'b' "
		"'b'\n");
}
END_TEST

SUITE("blocks", code_has_its_info_and_places, fence_that_never_ends_is_read_to_the_end,
	cells_have_text_html_source_and_place, ragged_rows_say_what_was_written,
	table_right_below_prose_knows_its_line, tables_in_quotes_and_lists_are_found)
