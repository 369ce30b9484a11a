#include "page.h"

START_TEST(alert_becomes_a_note_with_its_kind_as_title)
{
	expect_html("> [!NOTE]\n> Body *x*.\n",
		"<div class=\"alert alert-note\" role=\"note\">\n"
		"<p class=\"alert-title\">Note</p>\n"
		"<p>Body <em>x</em>.</p>\n</div>\n");
}
END_TEST

START_TEST(alert_may_have_a_title_of_its_own)
{
	expect_html("> [!warning] Mind the **gap**\n> Body.\n>\n> - more\n",
		"<div class=\"alert alert-warning\" role=\"note\">\n"
		"<p class=\"alert-title\">Mind the <strong>gap</strong></p>\n"
		"<p>Body.</p>\n<ul>\n<li>more</li>\n</ul>\n</div>\n");
}
END_TEST

START_TEST(alert_without_text_and_unknown_kinds_are_sound)
{
	expect_html("> [!TIP]\n", "<div class=\"alert alert-tip\" role=\"note\">\n"
				  "<p class=\"alert-title\">Tip</p>\n</div>\n");
	expect_html("> [!FOO]\n> x\n", "<blockquote>\n<p>[!FOO]\nx</p>\n</blockquote>\n");
}
END_TEST

START_TEST(note_has_a_labelled_link_back_for_each_reference)
{
	expect_html("A[^x], b[^x].\n\n[^x]: Note.\n",
		"<p>A<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" "
		"role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup>, "
		"b<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\" "
		"role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup>.</p>\n"
		"<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n"
		"<ol>\n<li id=\"fn-1\">\n<p>Note. "
		"<a href=\"#fnref-1\" class=\"footnote-backref\" role=\"doc-backlink\" "
		"aria-label=\"Back to reference 1\">↩</a> "
		"<a href=\"#fnref-1-2\" class=\"footnote-backref\" role=\"doc-backlink\" "
		"aria-label=\"Back to reference 1-2\">↩<sup>2</sup></a></p>\n</li>\n</ol>\n"
		"</section>\n");
}
END_TEST

START_TEST(task_is_a_disabled_checkbox_with_a_name)
{
	expect_html("- [ ] a [x]\n- [X] b\n- c\n",
		"<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled=\"\" "
		"aria-label=\"To do\" /> a [x]</li>\n"
		"<li class=\"task\"><input type=\"checkbox\" checked=\"\" disabled=\"\" "
		"aria-label=\"Done\" /> b</li>\n<li>c</li>\n</ul>\n");
}
END_TEST

START_TEST(table_without_a_hook_is_plain_and_has_its_caption)
{
	expect_html("Table: Speed of *both*\n\n|A|B \\| b|\n|-|:-:|\n|1|\n",
		"<table>\n<caption>Speed of "
		"<em>both</em></caption>\n<thead>\n<tr>\n<th>A</th>\n"
		"<th align=\"center\">B | b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n"
		"<td align=\"center\"></td>\n</tr>\n</tbody>\n</table>\n");
}
END_TEST

START_TEST(bare_addresses_and_strikethrough_are_known)
{
	expect_html("~~a~~ www.b.org/x(y) c@d.org\n",
		"<p><del>a</del> <a href=\"http://www.b.org/x(y)\">www.b.org/x(y)</a> "
		"<a href=\"mailto:c@d.org\">c@d.org</a></p>\n");
}
END_TEST

START_TEST(image_is_loaded_when_it_is_seen)
{
	expect_html("![a *b* `c`](d.png \"T\")\n",
		"<p><img src=\"d.png\" alt=\"a b c\" title=\"T\" loading=\"lazy\" "
		"decoding=\"async\" /></p>\n");
}
END_TEST

START_TEST(refused_link_becomes_its_text)
{
	static const char *const bad[] = { "javascript:x", "JaVaScRiPt:x", "java&#115;cript:x",
		"java%73cript:x", "javascript&colon;x", "javascript%3ax", "vbscript:x",
		"file:///x", "data:text/html,x", "&#x01;javascript:x", "java&Tab;script:x",
		"&#9;javascript:x" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		char text[200];

		snprintf(text, sizeof(text), "[a *b*](<%s>)\n", bad[i]);
		expect_html(text, "<p>a <em>b</em></p>\n");
	}
	expect_messages("x\n[a](javascript:b) [c](javascript:d)\n",
		"2:1: warning: a link with \"javascript:\" is left out [link]\n"
		"2:19: warning: a link with \"javascript:\" is left out [link]\n");
}
END_TEST

START_TEST(address_that_only_looks_dangerous_stays)
{
	expect_html("[a](/javascript:x) [b](x?javascript:y) [c](filed:x) "
		    "![d](data:image/png;base64,x)\n",
		"<p><a href=\"/javascript:x\">a</a> <a href=\"x?javascript:y\">b</a> "
		"<a href=\"filed:x\">c</a> <img src=\"data:image/png;base64,x\" alt=\"d\" "
		"loading=\"lazy\" decoding=\"async\" /></p>\n");
	ck_assert(markdown_refuses(STR("data:image/png;base64,x"), LINK_ANCHOR));
	ck_assert(!markdown_refuses(STR(""), LINK_ANCHOR));
	ck_assert(!markdown_refuses(STR("&#"), LINK_ANCHOR));
	ck_assert(!markdown_refuses(STR("%"), LINK_ANCHOR));
}
END_TEST

static str note_link(void *ctx, enum markdown_link_kind kind, str address, loc at)
{
	struct buf *b = ctx;

	buf_printf(b, "%s " STR_FMT " %d:%d\n", kind == LINK_IMAGE ? "image" : "link",
		STR_ARG(address), at.line, at.col);
	return STR("/new");
}

START_TEST(link_hook_gets_address_and_place_and_gives_the_new_address)
{
	struct buf seen = { 0 };
	struct markdown_hooks hooks = { .ctx = &seen, .link = note_link };
	struct page *p =
		page_render("x [a](b&amp;c.md#d)\ny **z ![e](f.png)\n**  <http://g.org>\n"
			    "> q\n> https://h.org\n\n| [i](j) | k |\n|-|-|\n| l | [m](n) |\n",
			&hooks);

	expect_text(buf_str(&seen),
		"link b&c.md#d 1:3\nimage f.png 2:7\nlink http://g.org 3:5\n"
		"link https://h.org 5:3\nlink j 7:3\nlink n 9:7\n");
	ck_assert_int_ge(str_find(buf_str(&p->html), STR("<a href=\"/new\">a</a>")), 0);
	ck_assert_int_ge(str_find(buf_str(&p->html), STR("<img src=\"/new\" alt=\"e\"")), 0);
	buf_free(&seen);
	page_close(p);
}
END_TEST

struct taker {
	size_t take; /* of each offer */
	struct buf log;
};

static size_t take_blocks(
	void *ctx, const struct markdown_block *blocks, size_t count, struct buf *out)
{
	struct taker *t = ctx;

	buf_printf(&t->log, "%c%zu ", blocks->kind == MARKDOWN_CODE ? 'c' : 't', count);
	for (size_t i = 0; i < t->take && i < count; i++)
		buf_printf(out, "[" STR_FMT STR_FMT "]", STR_ARG(blocks[i].info),
			STR_ARG(blocks[i].caption_text));
	return t->take;
}

static const char four_blocks[] =
	"```a\n```\n```b\n```\n~~~c\n~~~\n\n|x|\n|-|\n\nTable: T\n\n|y|\n|-|\n";

START_TEST(neighbours_are_offered_together)
{
	struct taker t = { .take = 2 };
	struct page *p = page_render(
		four_blocks, &(struct markdown_hooks){ .ctx = &t, .block = take_blocks });

	expect_text(buf_str(&p->html), "[a][b]\n[c]\n[][T]");
	expect_text(buf_str(&t.log), "c3 c1 t2 ");
	buf_free(&t.log);
	page_close(p);
}
END_TEST

START_TEST(block_that_the_hook_leaves_is_rendered_plainly)
{
	struct taker t = { .take = 0 };
	struct page *p = page_render("```a b\n<\n```\n\n    c\n",
		&(struct markdown_hooks){ .ctx = &t, .block = take_blocks });

	expect_text(buf_str(&p->html), "<pre><code class=\"language-a\">&lt;\n</code></pre>\n"
				       "<pre><code>c\n</code></pre>\n");
	expect_text(buf_str(&t.log), "c2 c1 ");
	buf_free(&t.log);
	page_close(p);
}
END_TEST

START_TEST(hook_that_takes_more_than_there_is_does_no_harm)
{
	struct taker t = { .take = 99 };
	struct page *p = page_render(
		four_blocks, &(struct markdown_hooks){ .ctx = &t, .block = take_blocks });

	expect_text(buf_str(&p->html), "[a][b][c]\n[][T]");
	buf_free(&t.log);
	page_close(p);
}
END_TEST

START_TEST(title_can_be_left_out)
{
	struct page *p = page_parse(STR("# T\n\nx\n"), (struct markdown_options){ 0 });

	markdown_render(p->m, NULL, true, &p->html);
	expect_text(buf_str(&p->html), "<p>x</p>\n");
	page_close(p);
}
END_TEST

START_TEST(output_is_appended)
{
	struct page *p = page_parse(STR("x\n"), (struct markdown_options){ 0 });

	BUF_LIT(&p->html, "before");
	markdown_render(p->m, NULL, false, &p->html);
	expect_text(buf_str(&p->html), "before<p>x</p>\n");
	page_close(p);
}
END_TEST

START_TEST(line_ends_of_all_kinds_and_nul_are_read)
{
	struct page *p =
		page_parse(STR("a\0b\r\nc\r\n\r\n- d\r"), (struct markdown_options){ 0 });

	markdown_render(p->m, NULL, false, &p->html);
	expect_text(buf_str(&p->html), "<p>a\xef\xbf\xbd"
				       "b\nc</p>\n<ul>\n<li>d</li>\n</ul>\n");
	page_close(p);
	expect_html("", "");
}
END_TEST

SUITE("render", alert_becomes_a_note_with_its_kind_as_title, alert_may_have_a_title_of_its_own,
	alert_without_text_and_unknown_kinds_are_sound,
	note_has_a_labelled_link_back_for_each_reference,
	task_is_a_disabled_checkbox_with_a_name,
	table_without_a_hook_is_plain_and_has_its_caption,
	bare_addresses_and_strikethrough_are_known, image_is_loaded_when_it_is_seen,
	refused_link_becomes_its_text, address_that_only_looks_dangerous_stays,
	link_hook_gets_address_and_place_and_gives_the_new_address,
	neighbours_are_offered_together, block_that_the_hook_leaves_is_rendered_plainly,
	hook_that_takes_more_than_there_is_does_no_harm, title_can_be_left_out,
	output_is_appended, line_ends_of_all_kinds_and_nul_are_read)
