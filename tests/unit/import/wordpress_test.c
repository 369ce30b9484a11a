#include "unit/suite.h"

#include "unit/import/folder.h"

/* Posts of WordPress: from the REST API, and from its own export. */

static const char post[] =
	"{\"id\": 7, \"date\": \"2026-05-09T14:00:00\", \"date_gmt\": \"2026-05-09T12:00:00\",\n"
	" \"modified\": \"2026-05-10T14:00:00\", \"modified_gmt\": \"2026-05-10T12:00:00\",\n"
	" \"slug\": \"go-or-python\", \"status\": \"publish\", \"link\": \"https://example.org/blog/go-or-python/?x=1\",\n"
	" \"title\": {\"rendered\": \"Go &#8211; or <i>Python</i>?\"},\n"
	" \"content\": {\"rendered\": \"<p><span>A<\\/span> <b>b<\\/b>.<\\/p>\", \"protected\": false},\n"
	" \"excerpt\": {\"rendered\": \"<p>A short one [&hellip;]<\\/p>\"},\n"
	" \"categories\": [2], \"tags\": [3, 4],\n"
	" \"_embedded\": {\"author\": [{\"name\": \"Ann Lee\"}],\n"
	"  \"wp:featuredmedia\": [{\"source_url\": \"https://example.org/i.png\"}],\n"
	"  \"wp:term\": [[{\"taxonomy\": \"category\", \"name\": \"Languages\"}],\n"
	"   [{\"taxonomy\": \"post_tag\", \"name\": \"Go\"}, {\"taxonomy\": \"post_tag\", \"name\": \"R &amp; D\"}]]}}";

static const char article[] = "---\n"
			      "title: Go – or Python?\n"
			      "description: A short one…\n"
			      "date: 2026-05-09T14:00:00+02:00\n"
			      "updated: 2026-05-10T14:00:00+02:00\n"
			      "author: Ann Lee\n"
			      "tags: [Go, R & D]\n"
			      "categories: [Languages]\n"
			      "image: \"https://example.org/i.png\"\n"
			      "aliases: [/blog/go-or-python/]\n"
			      "params:\n"
			      "  wordpress_id: 7\n"
			      "---\n"
			      "\n"
			      "A **b**.\n";

START_TEST(a_post_becomes_an_article)
{
	folder_open();
	folder_put("post.json", post);
	ck_assert(folder_import(IMPORT_WORDPRESS, "post.json", (struct import_options){ 0 }));
	folder_check("content/go-or-python.md", article);
	ck_assert_uint_eq(report.written, 1);
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_SPAN), 1);
	folder_close();
}
END_TEST

START_TEST(importing_again_changes_nothing)
{
	folder_open();
	folder_put("post.json", post);
	ck_assert(folder_import(IMPORT_WORDPRESS, "post.json", (struct import_options){ 0 }));
	ck_assert(folder_import(IMPORT_WORDPRESS, "post.json", (struct import_options){ 0 }));
	ck_assert_uint_eq(report.written, 0);
	ck_assert_uint_eq(report.unchanged, 1);
	ck_assert_int_eq(report.first->state, IMPORT_UNCHANGED);
	folder_close();
}
END_TEST

START_TEST(another_file_is_left_alone_without_force)
{
	folder_open();
	folder_put("post.json", post);
	folder_put("content/go-or-python.md", "mine\n");
	ck_assert(!folder_import(IMPORT_WORDPRESS, "post.json", (struct import_options){ 0 }));
	folder_check("content/go-or-python.md", "mine\n");
	ck_assert_int_eq(report.first->state, IMPORT_REFUSED);
	ck_assert(folder_import(IMPORT_WORDPRESS, "post.json", (struct import_options){ .force = true }));
	folder_check("content/go-or-python.md", article);
	ck_assert_int_eq(report.first->state, IMPORT_REPLACED);
	folder_close();
}
END_TEST

START_TEST(a_dry_run_writes_nothing)
{
	struct file_info info;

	folder_open();
	folder_put("post.json", post);
	ck_assert(folder_import(IMPORT_WORDPRESS, "post.json", (struct import_options){ .dry_run = true }));
	ck_assert_uint_eq(report.written, 1);
	ck_assert_int_eq(file_stat(folder_path("content"), &info), 0);
	ck_assert_int_eq(info.kind, FILE_NONE);
	folder_close();
}
END_TEST

START_TEST(a_list_imports_what_is_fine_of_it)
{
	folder_open();
	folder_put("posts.json", "[{\"slug\": \"a\", \"content\": \"<p>x</p>\"},\n {\"slug\": \"b\"},\n"
				 " {\"slug\": \"A\", \"content\": \"<p>y</p>\"},\n"
				 " {\"slug\": \"c\", \"content\": \"<p>z</p>\", \"status\": \"draft\", \"title\": \"C\"}]");
	ck_assert(!folder_import(IMPORT_WORDPRESS, "posts.json", (struct import_options){ 0 }));
	ck_assert_uint_eq(diags.errors, 2);
	folder_check_error("without \"content\"", 2);
	folder_check("content/a.md", "---\ntitle: post\n---\n\nx\n");
	folder_check("content/c.md", "---\ntitle: C\ndraft: true\n---\n\nz\n");
	folder_close();
}
END_TEST

START_TEST(names_of_tags_come_from_classes_when_nothing_else_has_them)
{
	folder_open();
	folder_put("p.json", "{\"slug\": \"a\", \"content\": \"x\", \"title\": \"A\", \"categories\": [1, 2], \"tags\": [5],\n"
			     "\"class_list\": [\"post-1\", \"tag-golang\", \"category-uncategorized\"]}");
	ck_assert(folder_import(IMPORT_WORDPRESS, "p.json", (struct import_options){ 0 }));
	folder_check("content/a.md", "---\ntitle: A\ntags: [golang]\nparams:\n  wordpress_categories: [1, 2]\n---\n\nx\n");
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_TERMS_KEPT), 2);
	folder_close();
}
END_TEST

START_TEST(a_slug_never_leaves_the_folder)
{
	static const char *const cases[][2] = { { "../../etc/x", "content/etc-x.md" }, { "%2e%2e%2Fx", "content/x.md" },
		{ "index", "content/index-page.md" }, { "%d0%b3%d0%be", "content/го.md" }, { "!!!", "content/post.md" } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		folder_open();
		folder_put("p.json",
			str_printf(&a, "{\"slug\": \"%s\", \"content\": \"x\"}", cases[i][0]).ptr);
		ck_assert(folder_import(IMPORT_WORDPRESS, "p.json", (struct import_options){ 0 }));
		ck_assert_msg(str_eq(report.first->path, str_c(cases[i][1])), STR_FMT, STR_ARG(report.first->path));
		folder_close();
	}
}
END_TEST

START_TEST(bad_input_is_named_with_its_place)
{
	static const struct {
		const char *text, *message;
		int line;
	} cases[] = {
		{ "hello", "neither JSON", 1 },
		{ "{\"a\": 1,\n }", "", 2 },
		{ "{\"code\": \"rest_no_route\", \"message\": \"No route\"}", "No route", 1 },
		{ "{\"content\": 5}", "without \"content\"", 1 },
		{ "<rss><channel>\n</channel></rss>", "no <item>", 1 },
		{ "<rss>\n<a></b></rss>", "no well-formed XML", 2 },
		{ "<!DOCTYPE r [\n<!ENTITY a \"b\">]><r>&a;</r>", "declares entities", 2 },
		{ "\n\xff", "0xFF is not UTF-8", 2 },
		{ "", "neither JSON", 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		folder_open();
		folder_put("p.json", cases[i].text);
		ck_assert(!folder_import(IMPORT_WORDPRESS, "p.json", (struct import_options){ 0 }));
		folder_check_error(cases[i].message, cases[i].line);
		folder_close();
	}
}
END_TEST

START_TEST(a_folder_and_a_large_file_are_refused)
{
	folder_open();
	folder_put("x/p.json", "{}");
	ck_assert(!folder_import(IMPORT_WORDPRESS, "x", (struct import_options){ 0 }));
	folder_check_error("this is a folder", 0);
	ck_assert(!folder_import(IMPORT_WORDPRESS, "x/p.json", (struct import_options){ .file_bytes = 1 }));
	folder_check_error("larger than", 0);
	folder_close();
}
END_TEST

static const char wxr[] =
	"<?xml version=\"1.0\"?>\n<rss xmlns:content=\"c\" xmlns:dc=\"d\" xmlns:wp=\"w\" xmlns:excerpt=\"e\"><channel>\n"
	"<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name><![CDATA[Ann]]>"
	"</wp:author_display_name></wp:author>\n"
	"<item><title><![CDATA[One]]></title><dc:creator>ann</dc:creator><wp:post_name>one</wp:post_name>\n"
	"<content:encoded><![CDATA[a\nb\n\n[code lang=\"go\"]\nx < y\n[/code]\n[gallery ids=\"1\"]]]></content:encoded>\n"
	"<wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\n"
	"<wp:post_date>2020-01-02 03:04:05</wp:post_date><wp:post_date_gmt>2020-01-02 03:04:05</wp:post_date_gmt>\n"
	"<category domain=\"post_tag\"><![CDATA[Go]]></category><category domain=\"category\">Talk</category>\n"
	"<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>\n"
	"<wp:comment><wp:comment_content>x</wp:comment_content></wp:comment></item>\n"
	"<item><wp:post_id>9</wp:post_id><wp:post_type>attachment</wp:post_type>\n"
	"<wp:attachment_url>/i.png</wp:attachment_url></item>\n"
	"<item><title>T</title><wp:post_type>post</wp:post_type><wp:status>trash</wp:status></item>\n"
	"<item><wp:post_type>nav_menu_item</wp:post_type></item>\n"
	"</channel></rss>\n";

START_TEST(an_export_becomes_articles)
{
	folder_open();
	folder_put("export.xml", wxr);
	ck_assert(folder_import(IMPORT_WORDPRESS, "export.xml", (struct import_options){ 0 }));
	folder_check("content/one.md", "---\ntitle: One\ndate: 2020-01-02T03:04:05Z\nauthor: Ann\ntags: [Go]\n"
				       "categories: [Talk]\nimage: /i.png\nparams:\n  wordpress_id: 1\n---\n\n"
				       "a\\\nb\n\n```go\nx < y\n```\n\n\\[gallery ids=\"1\"]\n");
	ck_assert_uint_eq(report.written, 1);
	ck_assert_uint_eq(notes_count(&report.notes, NOTE_READER_COMMENT), 1);
	ck_assert_uint_eq(notes_count(&report.notes, NOTE_ATTACHMENT), 1);
	ck_assert_uint_eq(notes_count(&report.notes, NOTE_TRASH), 1);
	ck_assert_uint_eq(notes_count(&report.notes, NOTE_OTHER_ITEM), 1);
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_SHORTCODE), 1);
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_SHORTCODE_KEPT), 1);
	folder_close();
}
END_TEST

SUITE("wordpress", a_post_becomes_an_article, importing_again_changes_nothing,
	another_file_is_left_alone_without_force, a_dry_run_writes_nothing, a_list_imports_what_is_fine_of_it,
	names_of_tags_come_from_classes_when_nothing_else_has_them, a_slug_never_leaves_the_folder,
	bad_input_is_named_with_its_place, a_folder_and_a_large_file_are_refused, an_export_becomes_articles)
