#include "unit/suite.h"

#include "base/arena.h"
#include "content/article.h"

/* The file around the front matter: names, splitting, titles, limits. */

static struct arena a;

static struct article read_as(str below, str text)
{
	struct source src = { STR("content/a.md"), text };
	struct diags d = { .arena = &a };
	struct article out;
	bool ok = article_read(&src, below, NULL, &out, &a, &d);

	ck_assert_msg(ok, STR_FMT, STR_ARG(d.first ? d.first->message : STR("")));
	ck_assert_uint_eq(d.warnings, 0);
	return out;
}

static struct article read_ok(str text)
{
	return read_as(STR("a.md"), text);
}

static void check_fault(str text, int line, const char *words, const char *help)
{
	struct source src = { STR("content/a.md"), text };
	struct diags d = { .arena = &a };
	struct article out;

	ck_assert(!article_read(&src, STR("a.md"), NULL, &out, &a, &d));
	ck_assert_uint_eq(d.errors, 1);
	ck_assert_int_eq(d.first->line, line);
	ck_assert_msg(str_find(d.first->message, str_c(words)) >= 0, STR_FMT,
		STR_ARG(d.first->message));
	ck_assert_msg(
		str_find(d.first->help, str_c(help)) >= 0, STR_FMT, STR_ARG(d.first->help));
}

static void check_body(str text, int line, const char *body)
{
	struct article got = read_ok(text);
	str rest = str_from(text, got.body);

	ck_assert_msg(str_eq(rest, str_c(body)), "\"" STR_FMT "\"", STR_ARG(rest));
	ck_assert_int_eq(got.body_line, line);
}

START_TEST(a_file_has_section_and_name)
{
	struct article got = read_as(STR("go/web/errors.md"), STR(""));

	ck_assert(str_eq(got.section, STR("go/web")));
	ck_assert(str_eq(got.name, STR("errors")));
	ck_assert(!got.bundle);
}
END_TEST

START_TEST(an_index_file_is_called_like_its_folder)
{
	struct article got = read_as(STR("go/errors/index.md"), STR(""));

	ck_assert(got.bundle);
	ck_assert(str_eq(got.section, STR("go")));
	ck_assert(str_eq(got.name, STR("errors")));
}
END_TEST

START_TEST(an_index_file_at_the_top_is_no_bundle)
{
	struct article got = read_as(STR("index.md"), STR(""));

	ck_assert(!got.bundle);
	ck_assert(str_eq(got.name, STR("index")));
	ck_assert_uint_eq(got.section.len, 0);
}
END_TEST

START_TEST(a_readme_is_an_article_like_others)
{
	ck_assert(str_eq(read_as(STR("go/README.md"), STR("")).name, STR("README")));
}
END_TEST

START_TEST(the_body_starts_behind_the_front_matter)
{
	check_body(STR("---\ntitle: x\n---\nBody\n"), 4, "Body\n");
	check_body(STR("---\ntitle: x\n---\n\nBody\n"), 4, "\nBody\n");
}
END_TEST

START_TEST(three_dots_close_the_front_matter)
{
	check_body(STR("---\ntitle: x\n...\nBody\n"), 4, "Body\n");
}
END_TEST

START_TEST(carriage_returns_and_blanks_at_the_marks_are_accepted)
{
	check_body(STR("---\r\ntitle: x\r\n---\r\nBody\r\n"), 4, "Body\r\n");
	check_body(STR("---  \ntitle: x\n--- \t\nBody\n"), 4, "Body\n");
}
END_TEST

START_TEST(a_byte_order_mark_is_passed_over)
{
	check_body(STR("\xef\xbb\xbf---\ntitle: x\n---\nBody"), 4, "Body");
	check_body(STR("\xef\xbb\xbf"
		       "Body"),
		1, "Body");
}
END_TEST

START_TEST(front_matter_may_be_empty)
{
	check_body(STR("---\n---\nBody\n"), 3, "Body\n");
	check_body(STR("---\n# nothing yet\n---\nBody\n"), 4, "Body\n");
	check_body(STR("---\n---"), 3, "");
}
END_TEST

START_TEST(no_front_matter_is_fine)
{
	check_body(STR("Body\n\n---\n\nMore\n"), 1, "Body\n\n---\n\nMore\n");
	check_body(STR("----\nBody\n"), 1, "----\nBody\n");
	check_body(STR("\n---\nBody\n---\n"), 1, "\n---\nBody\n---\n");
	check_body(STR(""), 1, "");
}
END_TEST

START_TEST(front_matter_that_is_not_closed_is_an_error)
{
	check_fault(STR("---\ntitle: x\n\nBody\n"), 1, "never closed", "\"***\"");
	check_fault(STR("---\n"), 1, "never closed", "");
	check_fault(STR("---"), 1, "never closed", "");
}
END_TEST

START_TEST(a_rule_taken_for_front_matter_is_explained)
{
	check_fault(STR("---\nSome text.\n---\nMore.\n"), 2, "found a string", "\"***\"");
}
END_TEST

START_TEST(front_matter_without_blanks_behind_colons_is_explained)
{
	check_fault(
		STR("---\ntitle:Go\n---\n"), 2, "found a string", "a space after the colon");
}
END_TEST

START_TEST(a_list_is_no_front_matter)
{
	check_fault(STR("---\n- a\n---\n"), 2, "found a list", "");
}
END_TEST

START_TEST(toml_front_matter_is_refused_with_a_way_out)
{
	check_fault(STR("+++\ntitle = \"x\"\n+++\n"), 1, "TOML", "key: value");
}
END_TEST

START_TEST(faults_of_yaml_count_lines_from_the_top_of_the_file)
{
	check_fault(STR("---\ndate: 2026-03-01\ntitle: Go: fast\n---\n"), 3, "needs quotes",
		"title: \"Go: fast\"");
}
END_TEST

START_TEST(the_size_of_front_matter_is_bounded)
{
	struct source src = { STR("content/a.md"), STR("---\ntitle: long enough\n---\n") };
	struct article_options options = { .front_matter_bytes = 10 };
	struct diags d = { .arena = &a };
	struct article out;

	ck_assert(!article_read(&src, STR("a.md"), &options, &out, &a, &d));
	ck_assert(str_find(d.first->message, STR("at most 10")) >= 0);
}
END_TEST

START_TEST(the_limits_of_yaml_are_passed_on)
{
	struct source src = { STR("content/a.md"), STR("---\na: [[1]]\n---\n") };
	struct article_options depth = { .yaml_depth = 2 }, nodes = { .yaml_nodes = 3 };
	struct diags d = { .arena = &a };
	struct article out;

	ck_assert(!article_read(&src, STR("a.md"), &depth, &out, &a, &d));
	ck_assert(!article_read(&src, STR("a.md"), &nodes, &out, &a, &d));
	ck_assert_uint_eq(d.errors, 2);
}
END_TEST

START_TEST(the_title_is_that_of_the_front_matter)
{
	struct article got = read_ok(STR("---\ntitle: Front\n---\n# Heading\n"));

	ck_assert(str_eq(got.title, STR("Front")));
}
END_TEST

START_TEST(without_one_the_title_is_the_first_heading)
{
	ck_assert(str_eq(
		read_ok(STR("---\ndate: 2026-03-01\n---\n# Heading\n")).title, STR("Heading")));
	ck_assert(str_eq(
		read_ok(STR("---\ntitle: \"\"\n---\n# Heading\n")).title, STR("Heading")));
}
END_TEST

START_TEST(without_a_heading_the_title_is_the_name)
{
	ck_assert(str_eq(read_as(STR("go/errors.md"), STR("Text\n")).title, STR("errors")));
	ck_assert(str_eq(read_as(STR("go/index.md"), STR("Text\n")).title, STR("go")));
}
END_TEST

START_TEST(the_text_may_go_away)
{
	char text[] = "---\ntitle: Go\ntags: [a]\nparams: {k: v}\n---\n";
	struct article got = read_ok(str_c(text));

	memset(text, 'x', sizeof(text));
	ck_assert(str_eq(got.title, STR("Go")));
	ck_assert(str_eq(got.tags.at[0], STR("a")));
	ck_assert(str_eq(value_str(value_get(&got.params, STR("k"))), STR("v")));
}
END_TEST

START_TEST(split_says_where_the_body_is)
{
	str head;
	size_t body;
	int line;

	ck_assert(article_split(STR("---\na: 1\n---\nx"), &head, &body, &line));
	ck_assert(str_eq(head, STR("a: 1\n")));
	ck_assert_uint_eq(body, 13);
	ck_assert_int_eq(line, 4);
	ck_assert(!article_split(STR("---\na: 1\n"), &head, &body, &line));
}
END_TEST

SUITE("article", a_file_has_section_and_name, an_index_file_is_called_like_its_folder,
	an_index_file_at_the_top_is_no_bundle, a_readme_is_an_article_like_others,
	the_body_starts_behind_the_front_matter, three_dots_close_the_front_matter,
	carriage_returns_and_blanks_at_the_marks_are_accepted, a_byte_order_mark_is_passed_over,
	front_matter_may_be_empty, no_front_matter_is_fine,
	front_matter_that_is_not_closed_is_an_error, a_rule_taken_for_front_matter_is_explained,
	front_matter_without_blanks_behind_colons_is_explained, a_list_is_no_front_matter,
	toml_front_matter_is_refused_with_a_way_out,
	faults_of_yaml_count_lines_from_the_top_of_the_file,
	the_size_of_front_matter_is_bounded, the_limits_of_yaml_are_passed_on,
	the_title_is_that_of_the_front_matter, without_one_the_title_is_the_first_heading,
	without_a_heading_the_title_is_the_name, the_text_may_go_away,
	split_says_where_the_body_is)
