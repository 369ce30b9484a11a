#include "page.h"

static void expect_outline(const char *text, const char *expected)
{
	struct page *p = page_parse(str_c(text), (struct markdown_options){ 0 });
	struct buf b = { .arena = &p->arena };
	struct markdown_outline o;

	ck_assert_ptr_nonnull(p->m);
	o = markdown_outline(p->m);
	for (size_t i = 0; i < o.count; i++)
		buf_printf(&b, "%d %d #" STR_FMT " " STR_FMT " | " STR_FMT "\n",
			o.headings[i].line, o.headings[i].level, STR_ARG(o.headings[i].id),
			STR_ARG(o.headings[i].text), STR_ARG(o.headings[i].html));
	expect_text(buf_str(&b), expected);
	page_close(p);
}

START_TEST(ids_are_made_as_github_makes_them)
{
	expect_outline(
		"# Go vs. Rust: *fast* `x_y`?\n## Ünï Ça\n## C++ & C#\n## 日本 語\n## !!!\n",
		"1 1 #go-vs-rust-fast-x_y Go vs. Rust: fast x_y? | "
		"Go vs. Rust: <em>fast</em> <code>x_y</code>?\n"
		"2 2 #ünï-ça Ünï Ça | Ünï Ça\n"
		"3 2 #c--c C++ & C# | C++ &amp; C#\n"
		"4 2 #日本-語 日本 語 | 日本 語\n"
		"5 2 #section !!! | !!!\n");
}
END_TEST

START_TEST(repeated_ids_are_numbered_and_never_meet_another)
{
	expect_outline("# a\n# a\n# a-1\n# a\n",
		"1 1 #a a | a\n2 1 #a-1 a | a\n3 1 #a-1-1 a-1 | a-1\n4 1 #a-2 a | a\n");
}
END_TEST

START_TEST(own_id_is_taken_and_others_make_way)
{
	expect_outline("# b\n\nTwo {#b}\n===\n## *c* {#Own.Id_1}\n## d {# x}\n## {#e}\n",
		"1 1 #b-1 b | b\n3 1 #b Two | Two\n5 2 #Own.Id_1 c | <em>c</em>\n"
		"6 2 #d--x d {# x} | d {# x}\n7 2 #e  | \n");
}
END_TEST

START_TEST(own_id_twice_is_an_error)
{
	expect_messages("# a {#x}\n\n## b {#x}\n",
		"3:1: error: the id \"x\" is used on line 1 already [heading]\n");
	expect_messages("a[^1]\n\n# b {#fn-1}\n\n[^1]: c\n",
		"3:1: error: the id \"fn-1\" belongs to a footnote [heading]\n");
}
END_TEST

START_TEST(ids_keep_away_from_those_of_notes)
{
	expect_outline("# fn 1\n\na[^1]\n\n[^1]: c\n", "1 1 #fn-1-1 fn 1 | fn 1\n");
}
END_TEST

START_TEST(headings_in_quotes_and_lists_count)
{
	expect_outline("> # a\n\n- ## [b](c) <a href=\"d\">e</a>[^1]\n\n[^1]: x\n",
		"1 1 #a a | a\n3 2 #b-e b e | b e\n");
}
END_TEST

START_TEST(heading_links_to_itself_on_middle_levels)
{
	expect_html("# a\n## b \"c\"\n##### d\n",
		"<h1 id=\"a\">a</h1>\n<h2 id=\"b-c\">b &quot;c&quot;<a class=\"anchor\" "
		"href=\"#b-c\" "
		"aria-label=\"Link to this section: b &quot;c&quot;\"></a></h2>\n"
		"<h5 id=\"d\">d</h5>\n");
}
END_TEST

static bool has_title(const char *text)
{
	struct page *p = page_parse(str_c(text), (struct markdown_options){ 0 });
	bool has = markdown_title(p->m) != NULL;

	if (has)
		expect_text(markdown_title(p->m)->text, "T");
	page_close(p);
	return has;
}

START_TEST(title_is_the_first_heading_with_nothing_before_it)
{
	ck_assert(has_title("\n\n# T\nx\n# U\n"));
	ck_assert(has_title("<!-- c -->\nT\n===\n"));
	ck_assert(!has_title("x\n\n# T\n"));
	ck_assert(!has_title("## T\n"));
	ck_assert(!has_title(""));
}
END_TEST

static void expect_summary(const char *text, size_t max, const char *expected)
{
	struct page *p = page_parse(str_c(text), (struct markdown_options){ 0 });

	expect_text(markdown_summary(p->m, max, &p->arena), expected);
	page_close(p);
}

START_TEST(summary_is_the_first_paragraph)
{
	expect_summary("# T\n\n![x](y)\n\n|t|\n|-|\n\nThe *first*\npara "
		       "`graph`[^1].\n\nMore.\n\n[^1]: n\n",
		0, "The first para graph.");
	expect_summary("", 10, "");
}
END_TEST

START_TEST(summary_ends_at_the_mark)
{
	expect_summary("# T\n\nOne.\n\n- two\n\n<!--more-->\n\nThree.\n", 0, "One. two");
	expect_summary("One <!-- more --> two.\n", 0, "One");
}
END_TEST

START_TEST(summary_is_cut_at_a_word)
{
	expect_summary("one two three\n", 9, "one two…");
	expect_summary("one, two\n", 5, "one…");
	expect_summary("one two\n", 7, "one two");
	expect_summary("ééééé\n", 3, "ééé…");
}
END_TEST

static size_t words_of(const char *text)
{
	struct page *p = page_parse(str_c(text), (struct markdown_options){ 0 });
	size_t words = markdown_words(p->m);

	page_close(p);
	return words;
}

START_TEST(words_are_those_that_are_read)
{
	ck_assert_uint_eq(
		words_of("# a b\n\nc - d*e*f\ng\n\n| h | i |\n|-|-|\n| j | k |\n"), 9);
	ck_assert_uint_eq(words_of("a `x y` b\n\n```\nx y z\n```\n"), 2);
	ck_assert_uint_eq(words_of("日本語版 go\n"), 3);
	ck_assert_uint_eq(words_of(""), 0);
}
END_TEST

SUITE("outline", ids_are_made_as_github_makes_them,
	repeated_ids_are_numbered_and_never_meet_another, own_id_is_taken_and_others_make_way,
	own_id_twice_is_an_error, ids_keep_away_from_those_of_notes,
	headings_in_quotes_and_lists_count, heading_links_to_itself_on_middle_levels,
	title_is_the_first_heading_with_nothing_before_it, summary_is_the_first_paragraph,
	summary_ends_at_the_mark, summary_is_cut_at_a_word, words_are_those_that_are_read)
