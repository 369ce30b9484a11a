#include "unit/suite.h"

#include "unit/import/folder.h"

/* The trees of Jekyll and Hugo. */

START_TEST(a_post_of_jekyll_has_its_date_and_old_address)
{
	folder_open();
	folder_put("in/_config.yml", "permalink: /:categories/:year/:title/\n");
	folder_put("in/_posts/2015-01-31-My_Post.md",
		"---\nlayout: post\ntags: go python\ncategories: dev\npublished: yes\nlastmod: 2016-01-02\n"
		"hero: {a: 1, b: [x, {c: d}]}\n# words\n---\nText.\n<!--more-->\n");
	ck_assert(folder_import(IMPORT_JEKYLL, "in", (struct import_options){ 0 }));
	folder_check("content/my-post.md",
		"---\ntags: [go, python]\ncategories: [dev]\npublished: true\nupdated: 2016-01-02\nparams:\n  hero:\n"
		"    a: 1\n    b:\n      - x\n      - c: d\ndate: 2015-01-31\naliases: [/dev/2015/my-post/]\n---\n\n"
		"Text.\n<!-- more -->\n");
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_TAG_WORDS), 1);
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_YES_NO), 1);
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_HEAD_KEY), 1);
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_HEAD_COMMENT), 1);
	folder_close();
}
END_TEST

START_TEST(pages_drafts_and_other_files_of_jekyll_find_their_place)
{
	folder_open();
	folder_put("in/_drafts/idea.md", "---\ntitle: I\n---\nx\n");
	folder_put("in/_docs/a.markdown", "---\ntitle: A\npermalink: /d/:title/\ndate: 2020-02-03\n---\nx\n");
	folder_put("in/index.md", "---\ntitle: Home\n---\nx\n");
	folder_put("in/README.md", "no front matter\n");
	folder_put("in/_layouts/post.html", "<p>");
	folder_put("in/p.html", "---\ntitle: P\n---\n<p><b>x</b>y</p>\n");
	ck_assert(folder_import(IMPORT_JEKYLL, "in", (struct import_options){ 0 }));
	folder_check("content/idea.md", "---\ntitle: I\ndraft: true\n---\n\nx\n");
	folder_check("content/docs/a.md", "---\ntitle: A\nurl: /d/a/\ndate: 2020-02-03\n---\n\nx\n");
	folder_check("content/_index.md", "---\ntitle: Home\n---\n\nx\n");
	folder_check("content/p.md", "---\ntitle: P\n---\n\n**x**y\n");
	ck_assert_uint_eq(report.written, 4);
	ck_assert_uint_eq(notes_count(&report.notes, NOTE_FILE), 1);
	folder_close();
}
END_TEST

START_TEST(liquid_that_markdown_has_words_for_is_converted)
{
	folder_open();
	folder_put("2020-01-01-a.md", "---\ntitle: A\n---\n{% highlight go linenos %}\nx := 1\n{% endhighlight %}\n\n"
				      "[b]({% post_url 2019-01-01-b %}) ![c]({{ site.baseurl }}/c.png){: .right }\n"
				      "{% raw %}{{ d }}{% endraw %}{% comment %}e{% endcomment %}\n"
				      "[f]({{ \"/f\" | relative_url }}) {{ page.title }} `{: .code }`\n\n"
				      "```\n{: .kept }\n```\n");
	ck_assert(folder_import(IMPORT_JEKYLL, "2020-01-01-a.md", (struct import_options){ 0 }));
	folder_check("content/a.md", "---\ntitle: A\ndate: 2020-01-01\naliases: [/2020/01/01/a.html]\n---\n\n"
				     "```go lines\nx := 1\n```\n\n[b](b.md) ![c](/c.png)\n{{ d }}\n"
				     "[f](/f) {{ page.title }} `{: .code }`\n\n```\n{: .kept }\n```\n");
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_LIQUID), 5);
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_LIQUID_KEPT), 1);
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_LIQUID_COMMENT), 1);
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_KRAMDOWN), 1);
	folder_close();
}
END_TEST

START_TEST(a_tree_of_hugo_keeps_its_folders)
{
	folder_open();
	folder_put("in/content/posts/a.md", "+++\ntitle = \"A # b\" # c\ndate = 2023-05-06T07:08:09Z\n"
					    "tags = ['x', \"y\\u00e9\"]\nweight = 1_0\n[params]\n\"k.k\" = {n = 1.5, on = true}\n"
					    "[[params.list]]\nm = '''\ntwo\nlines'''\n+++\nText.\n");
	folder_put("in/content/posts/b.md", "{\"title\": \"B}\", \"draft\": false}\n\nText.\n");
	folder_put("in/content/c/index.md", "---\ntitle: C\n---\n![](p.png)\n");
	folder_put("in/content/c/p.png", "png");
	folder_put("in/static/s.css", "css");
	ck_assert(folder_import(IMPORT_HUGO, "in", (struct import_options){ 0 }));
	folder_check("content/posts/a.md",
		"---\ntitle: \"A # b\"\ndate: 2023-05-06T07:08:09Z\ntags: [x, yé]\nweight: 10\nparams:\n  k.k:\n"
		"    \"n\": 1.5\n    \"on\": true\n  list:\n    - m: \"two\\nlines\"\n---\n\nText.\n");
	folder_check("content/posts/b.md", "---\ntitle: \"B}\"\ndraft: false\n---\n\nText.\n");
	folder_check("content/c/index.md", "---\ntitle: C\n---\n\n![](p.png)\n");
	folder_check("content/c/p.png", "png");
	folder_check("static/s.css", "css");
	folder_close();
}
END_TEST

START_TEST(shortcodes_of_hugo_are_converted_or_kept)
{
	folder_open();
	folder_put("a.md", "---\ntitle: A\n---\n{{< highlight go \"linenos=table,hl_lines=1 2-3\" >}}\na\nb\nc\n"
			   "{{< /highlight >}}\n\n{{< figure src=\"/a.png\" alt=\"A\" caption=\"Cap\" link=\"/l\" >}}\n\n"
			   "[r]({{< ref \"b#x\" >}}) {{< youtube id=\"q\" >}} {{</* note */>}}\n\n"
			   "```\n{{< figure src=\"/kept\" >}}\n```\n");
	ck_assert(folder_import(IMPORT_HUGO, "a.md", (struct import_options){ 0 }));
	folder_check("content/a.md", "---\ntitle: A\n---\n\n```go lines hl=1,2-3\na\nb\nc\n```\n\n[![A](/a.png)](/l)\n\n"
				     "*Cap*\n\n[r](b.md#x) {{< youtube id=\"q\" >}} {{< note >}}\n\n"
				     "```\n{{< figure src=\"/kept\" >}}\n```\n");
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_SHORTCODE), 3);
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_SHORTCODE_KEPT), 2);
	folder_close();
}
END_TEST

START_TEST(toml_that_is_wrong_is_named_with_its_place)
{
	static const struct {
		const char *head, *expected;
		int line;
	} cases[] = {
		{ "a = \"b\nc\"", "the closing quotes", 2 },
		{ "a = 1\na = 2", "a key that is not there yet", 3 },
		{ "a 1", "\"=\" behind the key", 2 },
		{ "a = [1 2]", "\",\" or \"]\"", 2 },
		{ "a = {b = 1", "\",\" or \"}\"", 3 },
		{ "a = x", "a value", 2 },
		{ "a = \"\\q\"", "an escape", 2 },
		{ "[a", "\"]\"", 2 },
		{ "a = 1\n[a.b]", "a key that is not there yet", 3 },
		{ "= 1", "a key", 2 },
		{ "a = 1 b = 2", "the end of the line", 2 },
		{ "a = \"\\ud800\"", "the number of a character", 2 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		folder_open();
		folder_put("a.md", str_printf(&a, "+++\n%s\n+++\nx\n", cases[i].head).ptr);
		ck_assert(!folder_import(IMPORT_HUGO, "a.md", (struct import_options){ 0 }));
		folder_check_error(cases[i].expected, cases[i].line);
		folder_close();
	}
}
END_TEST

START_TEST(front_matter_that_never_ends_or_nests_too_deep_is_refused)
{
	struct buf deep = { .arena = &a };

	folder_open();
	folder_put("a.md", "+++\na = 1\n");
	ck_assert(!folder_import(IMPORT_HUGO, "a.md", (struct import_options){ 0 }));
	folder_check_error("never closed", 1);
	deep = (struct buf){ .arena = &a };
	BUF_LIT(&deep, "{\"a\": ");
	for (int i = 0; i < 60; i++)
		BUF_LIT(&deep, "[{\"b\": ");
	BUF_LIT(&deep, "1");
	for (int i = 0; i < 60; i++)
		BUF_LIT(&deep, "}]");
	BUF_LIT(&deep, "}\nx\n");
	buf_char(&deep, '\0');
	folder_put("a.md", deep.ptr);
	ck_assert(!folder_import(IMPORT_HUGO, "a.md", (struct import_options){ 0 }));
	folder_check_error("nested more than", 0);
	folder_close();
}
END_TEST

SUITE("tree", a_post_of_jekyll_has_its_date_and_old_address,
	pages_drafts_and_other_files_of_jekyll_find_their_place,
	liquid_that_markdown_has_words_for_is_converted, a_tree_of_hugo_keeps_its_folders,
	shortcodes_of_hugo_are_converted_or_kept, toml_that_is_wrong_is_named_with_its_place,
	front_matter_that_never_ends_or_nests_too_deep_is_refused)
