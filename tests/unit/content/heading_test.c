#include "unit/suite.h"

#include "base/arena.h"
#include "content/heading.h"

static struct arena a;

static void check_title(str body, const char *expected)
{
	str got = heading_first(body, &a);

	ck_assert_msg(str_eq(got, str_c(expected)), "\"%s\", got \"" STR_FMT "\"", expected,
		STR_ARG(got));
}

START_TEST(the_first_atx_heading_is_the_title)
{
	check_title(STR("Text.\n\n## Go and Python ##\n\n# Later\n"), "Go and Python");
	check_title(STR("#\tTab\r\n"), "Tab");
	check_title(STR("Text\n# Breaks in\n"), "Breaks in");
}
END_TEST

START_TEST(what_only_looks_like_a_heading_is_none)
{
	check_title(STR("#hashtag\n####### seven\n    # indented\n\\# escaped\n"), "");
	check_title(STR("#\n# Full\n"), "Full");
	check_title(STR("# C#\n"), "C#");
}
END_TEST

START_TEST(a_setext_heading_is_its_whole_paragraph)
{
	check_title(STR("Go\nand Python\n===\n"), "Go and Python");
	check_title(STR("Go\r\n---\r\n"), "Go");
}
END_TEST

START_TEST(a_rule_after_another_block_is_no_heading)
{
	check_title(STR("- item\n---\n\n> quote\n---\n\n1. one\n---\n\n| a |\n---\n"), "");
	check_title(STR("Text.\n\n---\n\n# Title\n"), "Title");
}
END_TEST

START_TEST(fenced_code_is_passed_over)
{
	check_title(STR("```sh\n# comment\n```\n# Title\n"), "Title");
	check_title(STR("~~~~\n# one\n~~~\n# two\n~~~~\n# Title\n"), "Title");
	check_title(STR("```\n# never closed\n"), "");
}
END_TEST

START_TEST(code_that_is_indented_is_passed_over)
{
	check_title(STR("\t# comment\n\n# Title\n"), "Title");
}
END_TEST

START_TEST(comments_are_passed_over)
{
	check_title(STR("<!-- a\n# no\n-->\n# Title\n"), "Title");
}
END_TEST

START_TEST(marks_are_stripped)
{
	check_title(STR("# **Go** vs *Python* and `go_test`\n"), "Go vs Python and go_test");
	check_title(STR("# _One_ snake_case 2 * 3 ~~out~~ a\\*b\n"),
		"One snake_case 2 * 3 out a*b");
}
END_TEST

START_TEST(links_leave_their_text)
{
	check_title(STR("# The [Go](https://go.dev) way ![logo](l.png) [ref][1]\n"),
		"The Go way logo ref");
	check_title(STR("# Arrays [in brackets]\n"), "Arrays [in brackets]");
}
END_TEST

START_TEST(an_own_id_is_stripped)
{
	check_title(STR("# Title {#own-id}\n"), "Title");
	check_title(STR("# Maps {}\n"), "Maps {}");
}
END_TEST

START_TEST(a_body_without_heading_has_no_title)
{
	check_title(STR(""), "");
	check_title(STR("\n\nText\n"), "");
}
END_TEST

START_TEST(an_endless_heading_is_cut_at_a_character)
{
	char text[4002] = "# ";

	for (int i = 0; i < 2000; i++)
		memcpy(text + 2 + 2 * i, "\xc3\xa9", 2);
	str title = heading_first(str_new(text, sizeof(text)), &a);
	ck_assert_uint_eq(title.len, 1000);
}
END_TEST

SUITE("heading", the_first_atx_heading_is_the_title, what_only_looks_like_a_heading_is_none,
	a_setext_heading_is_its_whole_paragraph, a_rule_after_another_block_is_no_heading,
	fenced_code_is_passed_over, code_that_is_indented_is_passed_over,
	comments_are_passed_over, marks_are_stripped, links_leave_their_text,
	an_own_id_is_stripped, a_body_without_heading_has_no_title,
	an_endless_heading_is_cut_at_a_character)
