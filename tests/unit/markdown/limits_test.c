/*
 * Texts on which this version of the library is quadratic, or worse: pathological_tests.py of
 * cmark, the security advisories of cmark-gfm up to 0.29.0.gfm.13, and what a search over
 * random patterns found.  Each must be rendered or refused within the time limit of the suite,
 * which stands there against hanging alone.
 */
#include "page.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SLOW 1
#endif
#endif

#ifdef SLOW
enum { SIZE = 250000 };
#else
enum { SIZE = 1000000 };
#endif

/* "a" often, then "b" often, `SIZE` bytes together. */
static str repeat(struct buf *b, const char *head, const char *first, const char *second)
{
	size_t halves = *second ? 2 : 1;

	buf_clear(b);
	buf_add(b, str_c(head));
	while (b->len < SIZE / halves)
		buf_add(b, str_c(first));
	while (b->len < SIZE)
		buf_add(b, str_c(second));
	return buf_str(b);
}

/* Everything that a page asks for; returns the messages in `out`. */
static bool use_text(str text, struct buf *out)
{
	struct page *p = page_parse(text, (struct markdown_options){ 0 });
	bool parsed = p->m != NULL;

	if (parsed) {
		markdown_render(p->m, NULL, false, &p->html);
		markdown_outline(p->m);
		markdown_words(p->m);
		markdown_summary(p->m, 100, &p->arena);
	}
	buf_clear(out);
	buf_add(out, page_messages(p));
	page_close(p);
	return parsed;
}

static const struct torture {
	const char *head, *first, *second;
} tortures[] = {
	/* delimiters and brackets */
	{ "", "*a **a ", " a** a*" },
	{ "", "a_ ", "" },
	{ "", "_a ", "" },
	{ "", "*a_ ", "" },
	{ "a**b", "c* ", "" },
	{ "", "a]", "" },
	{ "", "[a", "" },
	{ "", "[ a_", "" },
	{ "", "[ (](", "" },
	{ "", "![[]()", "" },
	{ "", "[", "]" },
	{ "", "**", "**" },
	{ "", "*a [b](c) ", "" },
	{ "", "~a [b](c) ", "" },
	{ "", "*a ", "[b](c)* " },
	{ "", "![a", "[b](c)" },
	{ "", "[a](<b", "" },
	{ "", "[a](b", "" },
	{ "", "[a](b \"", "" },
	{ "", "[a [b](c) ", "" },
	{ "", "![", "](b)" },
	{ "", "_[^a] ", "[^a]: b\n" },
	{ "", "~~a ", "b~~" },
	{ "", "~a ", "** b~~" },
	/* raw HTML that does not end */
	{ "", "a<!--", "" },
	{ "", "a<?", "" },
	{ "", "a<!A ", "" },
	{ "", "a<![CDATA[", "" },
	{ "", "<a b=\"", "" },
	{ "", "<script>", "" },
	{ "<p>\n", "<script>", "" },
	{ "", "<b>", "</b>" },
	{ "", "<div>\n\n", "" },
	/* bare addresses */
	{ "http://a", ")", "" },
	{ "", "http://a/(", ")" },
	{ "", "www._ ", "" },
	{ "", "_www.", "" },
	{ "", "www.a<", "" },
	{ "", "a@", "@b.c" },
	{ "", "a@b.co ", "" },
	/* blocks */
	{ "", ">", "a*" },
	{ "", "> ", "\n" },
	{ "", "- ", "\n" },
	{ "", "1. ", "" },
	{ "", "[^a]:", "> [^a]" },
	{ "", "\r", "" },
	{ "", "* * * * a\n", "" },
	{ "", "```\n", "" },
	{ "", "# a\n", "" },
	{ "", "[a]: b 'x\n", "" },
	{ "", "> [!NOTE] a\n\n", "" },
	/* tables */
	{ "a\n", "-|-\n:-\n", "" },
	{ "", "a\n", ":-|-\n" },
	{ "", "a|b\n:-\n:-|-\n", "" },
	{ "", "aaa\rbbb\n-\v\n", "" },
	{ "|a|b|\n|-|-|\n|", "a|", "" },
	{ "", "|a|\n|-|\n\n", "" },
	/* the rest */
	{ "", "`a", "" },
	{ "", "&", "" },
	{ "", "\\", "" },
};

START_TEST(no_text_takes_long)
{
	struct buf text = { 0 }, messages = { 0 };

	for (size_t i = 0; i < sizeof(tortures) / sizeof(*tortures); i++) {
		const struct torture *t = &tortures[i];

		/* A refusal has a message, and what is rendered has no error. */
		ck_assert_int_eq(
			use_text(repeat(&text, t->head, t->first, t->second), &messages),
			str_find(buf_str(&messages), STR("error")) < 0);
	}
	buf_free(&text);
	buf_free(&messages);
}
END_TEST

START_TEST(backquotes_of_all_lengths_are_no_trouble)
{
	struct buf text = { 0 }, messages = { 0 };

	for (int i = 1; i < 1400; i++) {
		buf_char(&text, 'e');
		for (int k = 0; k < i; k++)
			buf_char(&text, '`');
	}
	ck_assert(use_text(buf_str(&text), &messages));
	buf_free(&text);
	buf_free(&messages);
}
END_TEST

/* Refused, with this message and a help that names the option. */
static void expect_refusal(
	str text, struct markdown_limits limits, const char *message, const char *option)
{
	struct page *p = page_parse(text, (struct markdown_options){ .limits = limits });

	ck_assert_ptr_null(p->m);
	expect_text(page_messages(p), message);
	ck_assert_int_ge(str_find(p->diags.first->help, str_c(option)), 0);
	page_close(p);
}

static str wide_table(struct buf *b, int columns, int rows)
{
	buf_clear(b);
	for (int i = 0; i < columns; i++)
		BUF_LIT(b, "|a");
	buf_char(b, '\n');
	for (int i = 0; i < columns; i++)
		BUF_LIT(b, "|-");
	buf_char(b, '\n');
	for (int i = 0; i < rows; i++)
		BUF_LIT(b, "|a|\n");
	return buf_str(b);
}

START_TEST(table_of_5000_by_5000_is_refused_at_its_line)
{
	struct buf b = { 0 };

	expect_refusal(wide_table(&b, 5000, 5000), (struct markdown_limits){ 0 },
		"42:0: error: too many cells in tables [limit]\n", "limits: table_cells");
	buf_free(&b);
}
END_TEST

START_TEST(cells_are_counted_over_all_tables)
{
	expect_refusal(STR("|a|\n|-|\n|b|\n\n|c|\n|-|\n|d|\n"),
		(struct markdown_limits){ .table_cells = 3 },
		"7:0: error: too many cells in tables [limit]\n", "limits: table_cells");
}
END_TEST

START_TEST(nesting_is_refused_at_its_line)
{
	struct buf b = { 0 };

	BUF_LIT(&b, "x\n\n");
	for (int i = 0; i < 101; i++)
		BUF_LIT(&b, "> ");
	expect_refusal(buf_str(&b), (struct markdown_limits){ 0 },
		"3:0: error: blocks stand inside one another too deep [limit]\n",
		"limits: nesting");
	buf_free(&b);
}
END_TEST

START_TEST(deep_nesting_within_the_limit_is_rendered)
{
	struct buf b = { 0 }, messages = { 0 };

	for (int i = 0; i < 99; i++)
		BUF_LIT(&b, "> ");
	BUF_LIT(&b, "a\n\n");
	for (int i = 0; i < 120; i++)
		BUF_LIT(&b, "- ");
	BUF_LIT(&b, "\n");
	ck_assert(use_text(buf_str(&b), &messages));
	buf_free(&b);
	buf_free(&messages);
}
END_TEST

START_TEST(references_may_not_expand_without_end)
{
	struct buf b = { 0 };

	BUF_LIT(&b, "[a]: /");
	for (int i = 0; i < 2000; i++)
		BUF_LIT(&b, "xxxxx");
	BUF_LIT(&b, "\n\n");
	for (int i = 0; i < 100; i++)
		BUF_LIT(&b, "[a]\n\n");
	expect_refusal(buf_str(&b), (struct markdown_limits){ 0 },
		"23:0: error: reference links expand to too much text [limit]\n",
		"limits: references");
	buf_free(&b);
}
END_TEST

START_TEST(emphasis_may_not_nest_without_end)
{
	struct buf b = { 0 };

	BUF_LIT(&b, "x\n\n");
	for (int i = 0; i < 1200; i++)
		BUF_LIT(&b, "*a **a ");
	for (int i = 0; i < 1200; i++)
		BUF_LIT(&b, " a** a*");
	expect_refusal(buf_str(&b), (struct markdown_limits){ 0 },
		"3:0: error: emphasis or links stand inside one another too deep [limit]\n",
		"limits: brackets");
	buf_free(&b);
}
END_TEST

START_TEST(size_is_limited)
{
	expect_refusal(STR("0123456789\n"), (struct markdown_limits){ .bytes = 10 },
		"1:0: error: the text has 11 bytes, more than the 10 allowed [limit]\n",
		"limits: bytes");
}
END_TEST

START_TEST(long_list_of_links_and_emphasis_is_no_torture)
{
	struct buf b = { 0 }, messages = { 0 };

	for (int i = 0; i < 3000; i++)
		BUF_LIT(&b, "- **name** [link](https://a.org/b_c) and *more* `code` (see "
			    "[x](y))\n");
	for (int i = 0; i < 500; i++)
		BUF_LIT(&b, "a **name** [link](https://a.org/b_c) and *more* `code` (see "
			    "[x](y))\n");
	ck_assert(use_text(buf_str(&b), &messages));
	expect_text(buf_str(&messages), "");
	buf_free(&b);
	buf_free(&messages);
}
END_TEST

SUITE("limits", no_text_takes_long, backquotes_of_all_lengths_are_no_trouble,
	table_of_5000_by_5000_is_refused_at_its_line, cells_are_counted_over_all_tables,
	nesting_is_refused_at_its_line, deep_nesting_within_the_limit_is_rendered,
	references_may_not_expand_without_end, emphasis_may_not_nest_without_end,
	size_is_limited, long_list_of_links_and_emphasis_is_no_torture)
