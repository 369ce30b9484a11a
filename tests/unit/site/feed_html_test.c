#include "site/feed_html.h"

#include "base/arena.h"
#include "base/buf.h"
#include "unit/suite.h"

static struct arena arena;

static void assert_html(const char *html, const char *expected)
{
	struct buf out = { .arena = &arena };

	feed_html_write(str_c(html), STR("https://e.org"), STR("/a/b/page/"), &out);
	ck_assert_str_eq(str_cstr(buf_str(&out), &arena), expected);
}

START_TEST(addresses_become_absolute)
{
	assert_html("<a href=\"/x\">x</a>", "<a href=\"https://e.org/x\">x</a>");
	assert_html("<a href=\"#top\">", "<a href=\"https://e.org/a/b/page/#top\">");
	assert_html("<a href=\"?q=1#top\">", "<a href=\"https://e.org/a/b/page/?q=1#top\">");
	assert_html("<img src=\"p.png\">", "<img src=\"https://e.org/a/b/page/p.png\">");
	assert_html("<img src=\"../p.png?v=1\">", "<img src=\"https://e.org/a/b/p.png?v=1\">");
	assert_html("<img src=\"../../../../p.png\">", "<img src=\"https://e.org/p.png\">");
	assert_html("<a href=\"x/\">", "<a href=\"https://e.org/a/b/page/x/\">");
	assert_html("<a href=\"../\">", "<a href=\"https://e.org/a/b/\">");
}
END_TEST

START_TEST(those_that_are_absolute_stay)
{
	assert_html("<a href=\"https://x.org/\">", "<a href=\"https://x.org/\">");
	assert_html("<a href=\"//x.org/\">", "<a href=\"//x.org/\">");
	assert_html("<a href=\"mailto:a@b\">", "<a href=\"mailto:a@b\">");
	assert_html("<a href=\"\">", "<a href=\"\">");
}
END_TEST

START_TEST(quotes_of_all_kinds_are_read)
{
	assert_html("<a href='x'>", "<a href='https://e.org/a/b/page/x'>");
	assert_html("<a href=x class=y>", "<a href=https://e.org/a/b/page/x class=y>");
	assert_html("<a title=\"a > b\" href=\"x\">", "<a title=\"a > b\" href=\"https://e.org/a/b/page/x\">");
	assert_html("<A HREF=\"x\">", "<A HREF=\"https://e.org/a/b/page/x\">");
	assert_html("<img src=\"x\"/>", "<img src=\"https://e.org/a/b/page/x\"/>");
}
END_TEST

START_TEST(only_attributes_with_addresses_change)
{
	assert_html("<p class=\"href\" title=\"src=x\">href=\"x\"</p>", "<p class=\"href\" title=\"src=x\">href=\"x\"</p>");
	assert_html("<pre>&lt;a href=\"x\"&gt;</pre>", "<pre>&lt;a href=\"x\"&gt;</pre>");
	assert_html("<img srcset=\"a.png 1x,/b.png 2x\">",
		"<img srcset=\"https://e.org/a/b/page/a.png 1x, https://e.org/b.png 2x\">");
}
END_TEST

START_TEST(scripts_styles_and_comments_go)
{
	assert_html("a<script>if (a < b) x('</p>')</script>b", "ab");
	assert_html("a<STYLE media=all>p > a {}</STYLE>b", "ab");
	assert_html("a<!-- <a href=\"x\"> -->b", "ab");
	assert_html("a<script>never closed", "a");
}
END_TEST

START_TEST(broken_tags_stay_as_they_are)
{
	assert_html("1 < 2 and 3 > 2", "1 < 2 and 3 > 2");
	assert_html("<a href=\"x", "<a href=\"x");
	assert_html("<a href=", "<a href=");
	assert_html("<", "<");
	assert_html("<a", "<a");
	assert_html("<a href>", "<a href>");
	assert_html("<a href= >x", "<a href= >x");
	assert_html("", "");
}
END_TEST

SUITE("feed_html", addresses_become_absolute, those_that_are_absolute_stay, quotes_of_all_kinds_are_read, only_attributes_with_addresses_change, scripts_styles_and_comments_go, broken_tags_stay_as_they_are)
