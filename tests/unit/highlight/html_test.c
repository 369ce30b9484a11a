#include "highlight/highlight.h"

#include "base/buf.h"
#include "highlight/language.h"

#include "unit/suite.h"

static void ck_html(const char *word, const char *code, const struct highlight_options *options,
	const char *expected)
{
	struct buf out = { 0 };

	highlight_html(language_find(str_c(word)), str_c(code), options, &out);
	buf_char(&out, '\0');
	ck_assert_str_eq(out.ptr, expected);
	buf_free(&out);
}

START_TEST(tokens_become_spans_and_text_is_escaped)
{
	ck_html("go", "if a < b && c { return \"<\" }", NULL,
		"<span class=\"k\">if</span> a &lt; b &amp;&amp; c { <span "
		"class=\"k\">return</span> "
		"<span class=\"s\">\"&lt;\"</span> }");
}
END_TEST

START_TEST(without_a_language_text_is_only_escaped)
{
	ck_html("nothing", "if a < \"b\"\n", NULL, "if a &lt; &quot;b&quot;\n");
	ck_html("text", "return &\n", NULL, "return &amp;\n");
}
END_TEST

START_TEST(empty_code_gives_nothing)
{
	struct highlight_options options = { .lines = true };

	ck_html("go", "", NULL, "");
	ck_html("go", "", &options, "");
}
END_TEST

START_TEST(every_line_is_wrapped_when_lines_are_on)
{
	struct highlight_options options = { .lines = true };

	ck_html("text", "a\n\nb", &options,
		"<span class=\"line\">a\n</span><span class=\"line\">\n</span>"
		"<span class=\"line\">b</span>");
}
END_TEST

START_TEST(a_newline_at_the_end_opens_no_further_line)
{
	struct highlight_options options = { .lines = true };

	ck_html("text", "a\n", &options, "<span class=\"line\">a\n</span>");
	ck_html("go", "var x\n", &options,
		"<span class=\"line\"><span class=\"k\">var</span> x\n</span>");
}
END_TEST

START_TEST(a_span_never_crosses_a_line)
{
	struct highlight_options options = { .lines = true };

	ck_html("go", "`a\n\nb`", &options,
		"<span class=\"line\"><span class=\"s\">`a</span>\n</span>"
		"<span class=\"line\">\n</span>"
		"<span class=\"line\"><span class=\"s\">b`</span></span>");
}
END_TEST

START_TEST(marked_lines_say_so)
{
	struct line_range marked[] = { { 2, 2 }, { 4, 9 } };
	struct highlight_options options = { true, marked, 2 };

	ck_html("text", "1\n2\n3\n4\n5\n", &options,
		"<span class=\"line\">1\n</span><span class=\"line hl\">2\n</span>"
		"<span class=\"line\">3\n</span><span class=\"line hl\">4\n</span>"
		"<span class=\"line hl\">5\n</span>");
}
END_TEST

START_TEST(long_code_is_whole)
{
	static char code[200001];
	struct buf out = { 0 };

	for (size_t i = 0; i + 4 < sizeof(code); i += 4)
		memcpy(code + i, "x<\"\n", 4);
	highlight_html(language_find(STR("text")), str_c(code), NULL, &out);
	ck_assert_uint_eq(out.len, 50000 * (1 + 4 + 6 + 1));
	buf_clear(&out);
	highlight_html(language_find(STR("css")), str_c(code), NULL, &out);
	ck_assert_uint_ge(out.len, 50000 * (1 + 4 + 1 + 1));
	buf_free(&out);
}
END_TEST

SUITE("highlight.html", tokens_become_spans_and_text_is_escaped,
	without_a_language_text_is_only_escaped, empty_code_gives_nothing,
	every_line_is_wrapped_when_lines_are_on, a_newline_at_the_end_opens_no_further_line,
	a_span_never_crosses_a_line, marked_lines_say_so, long_code_is_whole)
