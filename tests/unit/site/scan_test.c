#include "site/scan.h"

#include "base/arena.h"
#include "base/buf.h"
#include "unit/suite.h"

static struct arena a;

/* "L/x/ A/y.css #id": what a scan finds, a letter for its kind in front. */
static str found(const char *html, bool exact)
{
	static const char marks[] = { [SCAN_ID] = '#', [SCAN_NAME] = '@', [SCAN_LINK] = 'L', [SCAN_ASSET] = 'A',
		[SCAN_SET] = 'S' };
	struct scan scan = scan_start(str_c(html), exact);
	struct buf out = { .arena = &a };
	struct scan_hit hit;

	while (scan_next(&scan, &hit))
		buf_printf(&out, "%s%c" STR_FMT, out.len ? " " : "", marks[hit.kind], STR_ARG(hit.value));
	return buf_str(&out);
}

static void expect(const char *html, bool exact, const char *wanted)
{
	ck_assert_str_eq(str_cstr(found(html, exact), &a), wanted);
}

static void both(const char *html, const char *wanted)
{
	expect(html, false, wanted);
	expect(html, true, wanted);
}

START_TEST(links_and_ids_are_found_in_order)
{
	both("<a href=\"/x/\" id=\"y\">a</a><img src='p.png' alt=\"\">", "L/x/ #y Ap.png");
	both("<link rel=stylesheet href=/a.css><A HREF=/b ID=c>", "A/a.css L/b #c");
	both("<form action=\"/f\"><video poster=\"p\"><object data=\"o\">", "L/f Ap Ao");
	both("<a name=\"old\"><meta name=\"description\">", "@old");
	both("<use xlink:href=\"#i\"/><input formaction=\"/s\">", "A#i L/s");
	both("<img srcset=\"a.png 1x, b.png 2x\">", "Sa.png 1x, b.png 2x");
	both("<a href = \"/x/\">", "L/x/");
}
END_TEST

START_TEST(pictures_for_cards_and_refreshes_are_links)
{
	both("<meta property=\"og:image\" content=\"/i.png\">", "A/i.png");
	both("<meta http-equiv=\"refresh\" content=\"0; url=/there/\">", "L/there/");
	both("<meta name=\"description\" content=\"url=/x/\">", "");
}
END_TEST

START_TEST(other_attributes_are_none)
{
	both("<span class=\"k\">if</span><th scope=\"row\" data-id=\"x\" data-href=\"/y\">", "");
	both("<p title=\"a &lt; b\">x = 1", "");
	both("<a hrefx=\"/x\" xid=\"y\">", "");
}
END_TEST

START_TEST(the_exact_way_knows_what_is_no_html)
{
	static const char html[] = "<script>x = ' id=\"no\"';</script><!-- <a href=\"/no\"> -->"
				   "<style>a[ href=\"x\"]{}</style><title> id=no </title><p> id=no</p><b id=yes>";

	expect(html, true, "#yes");
	ck_assert(str_find(found(html, false), STR("#yes")) >= 0);
}
END_TEST

START_TEST(values_with_signs_of_tags_are_whole)
{
	expect("<img alt=\"a > b\" src=\"/x\"><a title='<' href=\"/y\">", true, "A/x L/y");
}
END_TEST

START_TEST(broken_pages_end)
{
	both("<a href=\"/x", "L/x");
	both("<a href=", "L");
	both("<a", "");
	both("<", "");
	both("=", "");
	both("", "");
	expect("<!-- never closed <a href=\"/x\">", true, "");
	expect("<script> never closed <a href=\"/x\">", true, "");
}
END_TEST

START_TEST(sets_are_cut_at_commas_behind_addresses)
{
	str set = STR(" a.png 1x,b,c.png 2x , data:image/png;base64,AA== 3x"), one;

	ck_assert(scan_set_next(&set, &one));
	ck_assert(str_eq(one, STR("a.png")));
	ck_assert(scan_set_next(&set, &one));
	ck_assert(str_eq(one, STR("b,c.png")));
	ck_assert(scan_set_next(&set, &one));
	ck_assert(str_eq(one, STR("data:image/png;base64,AA==")));
	ck_assert(!scan_set_next(&set, &one));
}
END_TEST

START_TEST(entities_are_decoded)
{
	ck_assert(str_eq(scan_decode(STR("/?a=1&amp;b=&#x27;&#39;&quot;"), &a), STR("/?a=1&b=''\"")));
	ck_assert(str_eq(scan_decode(STR("&copy;&#xD800;&#;&"), &a), STR("&copy;&#xD800;&#;&")));
}
END_TEST

SUITE("scan", links_and_ids_are_found_in_order, pictures_for_cards_and_refreshes_are_links,
	other_attributes_are_none, the_exact_way_knows_what_is_no_html, values_with_signs_of_tags_are_whole,
	broken_pages_end, sets_are_cut_at_commas_behind_addresses, entities_are_decoded)
