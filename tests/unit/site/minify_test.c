#include "site/minify.h"

#include "base/arena.h"
#include "base/buf.h"
#include "unit/suite.h"

static struct arena a;

static void expect(const char *html, const char *wanted)
{
	struct buf out = { .arena = &a };

	minify_html(str_c(html), &out);
	ck_assert_str_eq(str_cstr(buf_str(&out), &a), wanted);
}

START_TEST(white_space_shrinks_to_one_character)
{
	expect("<p>a   b\n\n  c</p>  \n <p>d</p>", "<p>a b\nc</p>\n<p>d</p>");
	expect("  <p>x</p>", "<p>x</p>");
}
END_TEST

START_TEST(a_space_between_words_is_never_lost)
{
	expect("<b>a</b> <i>b</i>", "<b>a</b> <i>b</i>");
	expect("a <!-- x --> b", "a b");
	expect("a<!-- x -->b", "ab");
}
END_TEST

START_TEST(code_and_scripts_stay_as_they_are)
{
	expect("<pre><code>a\n\n  b</code></pre>  <p>c", "<pre><code>a\n\n  b</code></pre> <p>c");
	expect("<PRE class=x> a </PRE>", "<PRE class=x> a </PRE>");
	expect("<script>if (a  <  b) {}</script>", "<script>if (a  <  b) {}</script>");
	expect("<textarea>\n  a</textarea>", "<textarea>\n  a</textarea>");
	expect("<prefix>  a  </prefix>", "<prefix> a </prefix>");
}
END_TEST

START_TEST(attributes_stay_as_they_are)
{
	expect("<a title=\"x  >  y\">  z</a>", "<a title=\"x  >  y\"> z</a>");
}
END_TEST

START_TEST(unclosed_markup_is_kept_to_the_end)
{
	expect("<pre>  a", "<pre>  a");
	expect("<a  b", "<a  b");
	expect("a<!-- b", "a");
}
END_TEST

START_TEST(small_text_cannot_grow)
{
	struct buf out = { .arena = &a };
	str html = STR("<p> x </p><!-- --><pre> </pre> ");

	minify_html(html, &out);
	ck_assert_uint_le(out.len, html.len);
	out.len = 0;
	minify_html((str){ 0 }, &out);
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

SUITE("minify", white_space_shrinks_to_one_character, a_space_between_words_is_never_lost,
	code_and_scripts_stay_as_they_are, attributes_stay_as_they_are, unclosed_markup_is_kept_to_the_end,
	small_text_cannot_grow)
