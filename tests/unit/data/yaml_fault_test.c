#include "unit/suite.h"

#include "base/arena.h"
#include "data/yaml.h"

/* The mistakes that people make, each with its place and its mend. */

static struct arena a;

static void check_fault(str text, int line, int col, const char *words, const char *help)
{
	struct source src = { STR("d.yaml"), text };
	struct diags d = { .arena = &a };
	struct value v;

	ck_assert(!yaml_read(&src, text, 1, NULL, &v, &a, &d));
	ck_assert_uint_eq(d.errors, 1);
	ck_assert_msg(str_find(d.first->message, str_c(words)) >= 0, STR_FMT,
		STR_ARG(d.first->message));
	ck_assert_msg(
		str_find(d.first->help, str_c(help)) >= 0, STR_FMT, STR_ARG(d.first->help));
	ck_assert_int_eq(d.first->line, line);
	ck_assert_int_eq(d.first->col, col);
}

START_TEST(a_colon_in_a_value_needs_quotes)
{
	check_fault(STR("a: b\ntitle: Go: the language\n"), 2, 10, "needs quotes",
		"title: \"Go: the language\"");
}
END_TEST

START_TEST(a_value_with_double_quotes_is_mended_by_single_ones)
{
	check_fault(STR("title: Go: it's \"fast\"\n"), 1, 10, "needs quotes",
		"title: 'Go: it''s \"fast\"'");
}
END_TEST

START_TEST(a_colon_in_a_list_item_needs_quotes)
{
	check_fault(STR("- a: b: c\n"), 1, 7, "needs quotes", "a: \"b: c\"");
}
END_TEST

START_TEST(a_key_that_is_indented_too_far_is_named)
{
	check_fault(STR("a: 1\n  b: 2\n"), 2, 4, "a key cannot stand here", "same column");
}
END_TEST

START_TEST(a_missing_space_after_the_colon_is_found_on_either_line)
{
	check_fault(
		STR("title:Go\ndate: x\n"), 1, 1, "a space after \"title:\"", "title: value");
	check_fault(
		STR("date: x\ntitle:Go\n"), 2, 1, "a space after \"title:\"", "title: value");
}
END_TEST

START_TEST(a_line_without_a_colon_is_shown)
{
	check_fault(STR("a: 1\nsome words\n"), 2, 1, "found \"some words\"", "");
}
END_TEST

START_TEST(a_tab_cannot_indent)
{
	check_fault(STR("a:\n\t- b\n"), 2, 1, "a tab cannot indent", "spaces");
}
END_TEST

START_TEST(reserved_characters_at_the_start_need_quotes)
{
	check_fault(STR("a: @b\n"), 1, 4, "cannot start with '@'", "a: \"@b\"");
	check_fault(STR("a: `b`\n"), 1, 4, "cannot start with '`'", "a: \"`b`\"");
	check_fault(STR("a: **b**\n"), 1, 4, "cannot start with '*'", "a: \"**b**\"");
	check_fault(STR("a: %b\n"), 1, 4, "cannot start with '%'", "a: \"%b\"");
}
END_TEST

START_TEST(quotes_that_are_not_closed_are_shown_where_they_open)
{
	check_fault(STR("a: \"b\nc: d\n"), 1, 4, "never closed", "");
	check_fault(STR("a: 'b\nc: d\n"), 1, 4, "never closed", "");
}
END_TEST

START_TEST(text_after_the_closing_quote_is_named)
{
	check_fault(STR("a: \"b\" c\nd: e\n"), 1, 8, "after the closing quote", "a: '\"b\" c'");
}
END_TEST

START_TEST(an_unknown_escape_is_named)
{
	check_fault(STR("a: \"C:\\dir\"\n"), 1, 7, "\\d", "single quotes");
}
END_TEST

START_TEST(brackets_that_are_not_closed_are_shown_where_they_open)
{
	check_fault(STR("a: [b, c\n"), 1, 4, "the list opened here is not closed", "");
	check_fault(STR("a: {b: c\nd: e\n"), 1, 4, "the map opened here is not closed", "");
}
END_TEST

START_TEST(a_list_on_the_line_of_its_key_is_mended)
{
	check_fault(STR("a: - b\n"), 1, 4, "a list item cannot stand here", "[one, two]");
}
END_TEST

START_TEST(text_behind_a_block_mark_needs_quotes)
{
	check_fault(STR("a: > b\n"), 1, 4, "starts on the next line", "a: \"> b\"");
}
END_TEST

START_TEST(control_characters_are_named_by_number)
{
	check_fault(STR("a: b\x01"), 1, 5, "0x01", "remove");
}
END_TEST

START_TEST(bad_utf8_is_named_by_its_byte)
{
	check_fault(STR("a: 1\nb: caf\xe9\n"), 2, 7, "0xE9", "UTF-8");
}
END_TEST

SUITE("yaml faults", a_colon_in_a_value_needs_quotes,
	a_value_with_double_quotes_is_mended_by_single_ones,
	a_colon_in_a_list_item_needs_quotes, a_key_that_is_indented_too_far_is_named,
	a_missing_space_after_the_colon_is_found_on_either_line,
	a_line_without_a_colon_is_shown, a_tab_cannot_indent,
	reserved_characters_at_the_start_need_quotes,
	quotes_that_are_not_closed_are_shown_where_they_open,
	text_after_the_closing_quote_is_named, an_unknown_escape_is_named,
	brackets_that_are_not_closed_are_shown_where_they_open,
	a_list_on_the_line_of_its_key_is_mended, text_behind_a_block_mark_needs_quotes,
	control_characters_are_named_by_number, bad_utf8_is_named_by_its_byte)
