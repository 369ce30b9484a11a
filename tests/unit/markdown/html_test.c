#include "page.h"

START_TEST(listed_elements_and_attributes_pass)
{
	expect_html("a <kbd class=\"k\">Ctrl</kbd><br> <time datetime='2026-01-01'>x</time>\n",
		"<p>a <kbd class=\"k\">Ctrl</kbd><br /> "
		"<time datetime=\"2026-01-01\">x</time></p>\n");
	expect_html("<details open>\n<summary>S</summary>\n\n*x*\n\n</details>\n",
		"<details open=\"\">\n<summary>S</summary>\n<p><em>x</em></p>\n</details>\n");
}
END_TEST

START_TEST(handlers_and_styles_never_pass)
{
	expect_html("<b onclick=\"a()\" STYLE='x' oNLoad=b title=\"t&quot;>\">x</b>\n",
		"<p><b title=\"t&quot;&gt;\">x</b></p>\n");
}
END_TEST

START_TEST(other_elements_are_shown_as_text)
{
	expect_html("a <iframe src=\"x\"></iframe>\n",
		"<p>a &lt;iframe src=&quot;x&quot;&gt;&lt;/iframe&gt;</p>\n");
	expect_html("<script>\nif (a < b) f(\"<b>\");\n</script>\n",
		"<p>&lt;script&gt;\nif (a &lt; b) "
		"f(&quot;&lt;b&gt;&quot;);\n&lt;/script&gt;\n</p>\n");
}
END_TEST

START_TEST(each_kind_is_reported_once_a_page)
{
	expect_messages("<u onclick=a>x</u> <iframe>\n\n> <iframe> <u onclick=b>y</u>\n",
		"1:4: warning: the attribute \"onclick\" is left out: it is not among those "
		"that "
		"are allowed [html]\n"
		"1:20: warning: <iframe> is shown as text: it is not among the HTML that is "
		"allowed [html]\n");
}
END_TEST

START_TEST(comments_are_dropped)
{
	expect_html("<!-- a -->\n\nb <!-- c --> d\n", "<p>b  d</p>\n");
	expect_html("<!-- never ends\n\nx\n", "");
}
END_TEST

START_TEST(what_is_left_open_ends_with_what_holds_it)
{
	expect_html("> <div>\n> <b>x\n\ny\n",
		"<blockquote>\n<div>\n<b>x\n</b></div>\n</blockquote>\n<p>y</p>\n");
	expect_html("*<sup>a* b</sup>\n", "<p><em><sup>a</sup></em> b</p>\n");
	expect_html("| <b>a | c |\n|-|-|\n", "<table>\n<thead>\n<tr>\n<th><b>a</b></th>\n"
					     "<th>c</th>\n</tr>\n</thead>\n</table>\n");
}
END_TEST

START_TEST(end_tag_cannot_close_what_is_around_it)
{
	expect_html("</div></main>\n\nx</p></b>\n", "&lt;/main&gt;\n<p>x</p>\n");
	expect_html("<div>\n\n- </div>x\n\n</div>\n",
		"<div>\n<ul>\n<li>\nx\n</li>\n</ul>\n</div>\n");
}
END_TEST

START_TEST(items_end_one_another)
{
	expect_html("<dl><dt>a<dd>b<dt>c</dl>\n", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>\n");
	expect_html("<p>a\n\nb\n", "<p>a\n</p>\n<p>b</p>\n");
}
END_TEST

START_TEST(links_in_html_are_checked_too)
{
	expect_html("<a href=\"java&#115;cript:x\">a</a> <a href='/b?c&amp;d'>e</a> "
		    "<img src=\"data:text/html,x\" alt=f>\n",
		"<p><a>a</a> <a href=\"/b?c&amp;d\">e</a> <img alt=\"f\" /></p>\n");
}
END_TEST

START_TEST(id_is_given_once)
{
	expect_html("# A\n\n<b id=\"a\">x</b><b id=\"c\">y</b><b id=\"c\">z</b>\n",
		"<h1 id=\"a\">A</h1>\n<p><b>x</b><b id=\"c\">y</b><b>z</b></p>\n");
}
END_TEST

START_TEST(what_is_no_tag_is_text)
{
	expect_html("<div>\na < b <c d=\"e <! <? &lt; > <\n",
		"<div>\na &lt; b &lt;c d=\"e &lt;! &lt;? &lt; &gt; &lt;\n</div>");
}
END_TEST

START_TEST(policy_all_lets_everything_through)
{
	struct page *p =
		page_parse(STR("<script>x</script>\n\nx <b onclick=a>\n\n<!-- more -->\n"),
			(struct markdown_options){ .html = HTML_ALL });

	markdown_render(p->m, NULL, false, &p->html);
	expect_text(buf_str(&p->html), "<script>x</script>\n<p>x <b onclick=a></p>\n");
	page_close(p);
}
END_TEST

START_TEST(policy_none_shows_everything_as_text)
{
	struct page *p = page_parse(STR("<b>x</b> <!-- c -->\n\n<div>\n"),
		(struct markdown_options){ .html = HTML_NONE });

	markdown_render(p->m, NULL, false, &p->html);
	expect_text(buf_str(&p->html), "<p>&lt;b&gt;x&lt;/b&gt; </p>\n<p>&lt;div&gt;\n</p>\n");
	expect_text(page_messages(p), "");
	page_close(p);
}
END_TEST

SUITE("html", listed_elements_and_attributes_pass, handlers_and_styles_never_pass,
	other_elements_are_shown_as_text, each_kind_is_reported_once_a_page,
	comments_are_dropped, what_is_left_open_ends_with_what_holds_it,
	end_tag_cannot_close_what_is_around_it, items_end_one_another,
	links_in_html_are_checked_too, id_is_given_once, what_is_no_tag_is_text,
	policy_all_lets_everything_through, policy_none_shows_everything_as_text)
