#include "unit/suite.h"

#include "base/arena.h"
#include "base/buf.h"
#include "import/html.h"
#include "import/notes.h"

/* HTML to Markdown: each pair is what comes in, and the blocks that come out. */

static struct arena a;
static struct notes notes;

static str convert_with(const char *html, struct html_options options)
{
	struct diags d = { .arena = &a };
	struct source src = { STR("a.html"), str_c(html) };
	struct buf out = { .arena = &a };

	notes = (struct notes){ .arena = &a, .unit = "line" };
	ck_assert(html_markdown(&src, src.text, &options, &notes, &out, &a, &d));
	return buf_str(&out);
}

static void check(const char *html, const char *expected)
{
	str found = str_trim_end(convert_with(html, (struct html_options){ 0 }));

	ck_assert_msg(str_eq(found, str_c(expected)), "%s\nfound:\n" STR_FMT "\nexpected:\n%s", html, STR_ARG(found),
		expected);
}

START_TEST(paragraphs_lose_spans_and_keep_their_words)
{
	check("<p><span style=\"font-weight: 400;\">One two.</span></p>\n<p>Three &amp; four&hellip;</p>",
		"One two.\n\nThree & four…");
	ck_assert_uint_eq(notes_count(&notes, NOTE_SPAN), 1);
	ck_assert_uint_eq(notes_count(&notes, NOTE_STYLE_ATTRIBUTE), 1);
}
END_TEST

START_TEST(a_paragraph_in_bold_before_text_is_a_heading)
{
	check("<p><b>Title</b></p><p>Text.</p>", "## Title\n\nText.");
	check("<h2>A</h2><p><b>B</b></p><p>Text.</p>", "## A\n\n### B\n\nText.");
	check("<p><span><strong>Why?</strong></span><br></p><p>x</p>", "## Why?\n\nx");
}
END_TEST

START_TEST(bold_text_that_reads_like_text_stays_bold)
{
	check("<p><b>Buy now.</b></p><p>Text.</p>", "**Buy now.**\n\nText.");
	check("<p><b>Note</b> this.</p><p>Text.</p>", "**Note** this.\n\nText.");
	check("<p>Text.</p><p><b>The end</b></p>", "Text.\n\n**The end**");
	check("<blockquote><p><b>x</b></p><p>y</p></blockquote>", "> **x**\n>\n> y");
}
END_TEST

START_TEST(text_that_looks_like_markdown_stays_text)
{
	check("<p># a</p>", "\\# a");
	check("<p>1. a</p><p>2) b</p>", "1\\. a\n\n2\\) b");
	check("<p>- a</p><p>+ b</p><p>* c</p>", "\\- a\n\n\\+ b\n\n\\* c");
	check("<p>&gt; a</p>", "\\> a");
	check("<p>---</p><p>a<br>===</p>", "\\---\n\na\\\n\\===");
	check("<p>*a* _b_ `c` [d](e) ~~f~~</p>", "\\*a\\* \\_b\\_ \\`c\\` \\[d](e) \\~\\~f\\~\\~");
	check("<p>&lt;b&gt; &amp;lt; 1 &lt; 2</p>", "\\<b> \\&lt; 1 < 2");
	check("<p>a|b<br>-|-</p>", "a|b\\\n\\-|-");
	check("<p>C:\\dir \\*</p>", "C:\\dir \\\\\\*");
}
END_TEST

START_TEST(text_that_only_resembles_marks_is_left_alone)
{
	check("<p>snake_case 2 * 4 ~3,000 AT&amp;T #1 5-6 a+b</p>", "snake_case 2 * 4 ~3,000 AT&T #1 5-6 a+b");
	check("<p>https://a.org/x_y?a=1</p>", "<https://a.org/x_y?a=1>");
	check("<p>https://a.org/x.</p>", "https://a.org/x.");
}
END_TEST

START_TEST(emphasis_opens_and_closes_where_it_did)
{
	check("<p><b> a </b>b</p>", "**a** b");
	check("<p><b>a</b><b>b</b></p>", "**ab**");
	check("<p><b>a</b><i>b</i></p>", "**a**_b_");
	check("<p><b>\"a\"</b>b</p>", "**\"a\"**&#98;");
	check("<p>a<b>(b)</b></p>", "&#97;**(b)**");
	check("<p><b><i>a</i></b></p>", "**_a_**");
	check("<p><b></b>a<i> </i></p>", "a");
	check("<p><b>a<b>b</b></b></p>", "**ab**");
	check("<p><del>a</del> <s>b</s></p>", "~~a~~ ~~b~~");
}
END_TEST

START_TEST(styles_that_mean_emphasis_are_emphasis)
{
	check("<p><span style=\"font-weight: bold\">a</span> b</p>", "**a** b");
	check("<p><b style=\"font-weight: normal\">a</b></p>", "a");
	check("<p><span style=\"font-style:italic\">a</span></p>", "*a*");
}
END_TEST

START_TEST(headings_keep_their_order_below_the_title)
{
	check("<h2>A</h2><h3>B #</h3>", "## A\n\n### B \\#");
	check("<h1>A</h1><h2>B</h2>", "## A\n\n### B");
	ck_assert_uint_eq(notes_count(&notes, NOTE_HEADING_LEVEL), 2);
	str out = convert_with("<h1>Title</h1><h2>B</h2>", (struct html_options){ .title = STR("Title") });
	ck_assert(str_eq(str_trim(out), STR("## B")));
	ck_assert_uint_eq(notes_count(&notes, NOTE_SAME_TITLE), 1);
}
END_TEST

START_TEST(a_heading_that_links_lead_to_keeps_its_id)
{
	check("<p><a href=\"#x\">go</a></p><h2 id=\"x\">A</h2><h2 id=\"y\">B</h2>", "[go](#x)\n\n## A {#x}\n\n## B");
	check("<h2>A {#x}</h2>", "## A { #x}");
}
END_TEST

START_TEST(lists_nest_and_number)
{
	check("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c");
	check("<ol start=\"3\"><li>a</li><li><p>b</p></li></ol>", "3. a\n4. b");
	check("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n\n- c");
	check("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n+ b");
	check("<ul><li>a<ol start=2><li>b</ol></ul>", "- a\n\n  2. b");
	check("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b");
	check("<ul><li><input type=checkbox checked> done</li><li><input type=checkbox> open</li></ul>",
		"- [x] done\n- [ ] open");
	check("<ul><li>a<pre>x</pre></li></ul>", "- a\n\n  ```\n  x\n  ```");
}
END_TEST

START_TEST(code_keeps_its_bytes_and_its_language)
{
	check("<pre><code class=\"language-go\">a &lt; b\n\tc</code></pre>", "```go\na < b\n\tc\n```");
	check("<pre class=\"brush: python; gutter: true\">x</pre>", "```python\nx\n```");
	check("<div class=\"highlight-source-rust\"><pre>x</pre></div>", "```rust\nx\n```");
	check("<pre lang=\"bash\">x</pre><pre class=\"lang-plaintext\">y</pre>", "```bash\nx\n```\n\n```\ny\n```");
	check("<pre>```</pre>", "````\n```\n````");
	check("<pre>a<br>b<span>c</span></pre>", "```\na\nbc\n```");
	check("<p><code>a`b</code> <code>`</code></p>", "``a`b`` `` ` ``");
	check("<p><code>a</code><code>b</code></p>", "`ab`");
	check("<p><code>a<br>b</code></p>", "```\na\nb\n```");
	check("<p><code><b>a</b></code> <code><a href=\"/\">b</a></code></p>", "**`a`** [`b`](/)");
	check("<table><tr><td class=gutter><pre>1</pre></td><td class=code><pre>x</pre></td></tr></table>",
		"```\nx\n```");
}
END_TEST

START_TEST(links_and_images_are_written_so_that_they_are_found)
{
	check("<p><a href=\"/a b(\" title='say \"x\"'>t]</a></p>", "[t\\]](</a%20b(> \"say \\\"x\\\"\")");
	check("<p>!<a href=\"/x\">y</a></p>", "\\![y](/x)");
	check("<p><img src=\"/a.png\" alt=\"[x]\"></p>", "![\\[x\\]](/a.png)");
	check("<p><img src=\"data:image/gif;x\" data-src=\"/a.png\" alt=\"\"></p>", "![](/a.png)");
	check("<p><a href=\"/x\"><img src=\"/a.png\"></a></p>", "[![](/a.png)](/x)");
	check("<p><a href=\" java\nscript:alert(1)\">x</a> <a name=\"q\">y</a></p>", "x y");
	ck_assert_uint_eq(notes_count(&notes, NOTE_LINK_SCHEME), 1);
	check("<p>a<a href=\"/x\"> </a>b</p>", "a b");
	ck_assert_uint_eq(notes_count(&notes, NOTE_EMPTY_LINK), 1);
	check("<p><img class=\"emoji\" src=\"/x\" alt=\"☺\"></p>", "☺");
}
END_TEST

START_TEST(tables_become_tables)
{
	check("<table><thead><tr><th>A</th><th style=\"text-align:right\">B|C</th></tr></thead>"
	      "<tbody><tr><td>1</td><td><code>a|b</code></td></tr></tbody></table>",
		"| A | B\\|C |\n| --- | ---:|\n| 1 | `a\\|b` |");
	check("<table><caption>Cap</caption><tr><th>A<th>B<tr><td colspan=2>x</table>",
		"Table: Cap\n\n| A | B |\n| --- | --- |\n| x | |");
	ck_assert_uint_eq(notes_count(&notes, NOTE_TABLE_SPAN), 1);
	check("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", "| a | b |\n| --- | --- |\n| | c |");
	ck_assert_uint_eq(notes_count(&notes, NOTE_TABLE_HEAD), 1);
	check("<table><tr><th>A<th>B<tr><td>x<br>y<td><ul><li>p<li>q</ul></table>",
		"| A | B |\n| --- | --- |\n| x<br>y | • p<br>• q |");
	check("<figure class=\"wp-block-table\"><table><tr><th>A<th>B<tr><td>1<td>2</table>"
	      "<figcaption>Cap</figcaption></figure>",
		"Table: Cap\n\n| A | B |\n| --- | --- |\n| 1 | 2 |");
	check("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb");
}
END_TEST

START_TEST(quotes_figures_and_details_keep_what_is_in_them)
{
	check("<blockquote>a<p>b</p></blockquote>", "> a\n>\n> b");
	check("<figure><img src=\"/a.png\"><figcaption>A <em>b</em></figcaption></figure>",
		"![](/a.png)\n\n*A b*");
	check("<details><summary>S &lt;</summary><p>x</p></details>",
		"<details>\n<summary>S &lt;</summary>\n\nx\n\n</details>");
	check("<dl><dt>T</dt><dd>D</dd></dl>", "**T**\n\nD");
	check("<p>a</p><hr><p>b</p>", "a\n\n***\n\nb");
	check("<p>H<sub>2</sub>O <kbd>Ctrl</kbd> <abbr title=\"x\">y</abbr></p>",
		"H<sub>2</sub>O <kbd>Ctrl</kbd> <abbr title=\"x\">y</abbr>");
}
END_TEST

START_TEST(what_runs_or_loads_is_dropped_and_counted)
{
	check("<p onclick=\"x()\">a</p><script>alert('<p>')</script><style>p{}</style>"
	      "<iframe src=\"https://b/\">c</iframe><form><input name=x></form><svg><text>d</text></svg>"
	      "<noscript>e</noscript><!-- f -->",
		"a");
	ck_assert_uint_eq(notes_count(&notes, NOTE_HANDLER), 1);
	ck_assert_uint_eq(notes_count(&notes, NOTE_SCRIPT), 1);
	ck_assert_uint_eq(notes_count(&notes, NOTE_STYLE), 1);
	ck_assert_uint_eq(notes_count(&notes, NOTE_FRAME), 1);
	ck_assert_uint_eq(notes_count(&notes, NOTE_FORM), 1);
	ck_assert_uint_eq(notes_count(&notes, NOTE_DRAWING), 1);
	ck_assert_uint_eq(notes_count(&notes, NOTE_NOSCRIPT), 1);
	ck_assert_uint_eq(notes_count(&notes, NOTE_COMMENT), 1);
	check("<video><source src=\"/a.mp4\"></video>", "[video](/a.mp4)");
}
END_TEST

START_TEST(breaks_are_breaks_and_two_of_them_a_paragraph)
{
	check("<p>a<br>b<br/><br/>c<br></p>", "a\\\nb\n\nc");
	check("<p>&nbsp;</p><p></p>", "");
	ck_assert_uint_eq(notes_count(&notes, NOTE_EMPTY_BLOCK), 2);
	check("<div>a<p>b</p>c</div>", "a\n\nb\n\nc");
}
END_TEST

START_TEST(line_ends_mean_something_in_the_classic_editor)
{
	str out = convert_with("a\nb\n\nc<ul>\n<li>d</li>\n</ul>\ne", (struct html_options){ .lines = true });

	ck_assert_msg(str_eq(str_trim(out), STR("a\\\nb\n\nc\n\n- d\n\ne")), STR_FMT, STR_ARG(out));
}
END_TEST

START_TEST(the_mark_for_lists_is_kept)
{
	check("<p>a</p><!--more--><p>b</p>", "a\n\n<!-- more -->\n\nb");
	check("<p>a</p><p><span id=\"more-12\"></span></p><p>b</p>", "a\n\n<!-- more -->\n\nb");
}
END_TEST

START_TEST(deep_nesting_is_an_error_with_its_line)
{
	struct diags d = { .arena = &a };
	struct buf html = { .arena = &a }, out = { .arena = &a };

	for (int i = 0; i < 300000; i++)
		BUF_LIT(&html, "<div>\n");
	struct source src = { STR("a.html"), buf_str(&html) };

	notes = (struct notes){ .arena = &a, .unit = "line" };
	ck_assert(!html_markdown(&src, src.text, &(struct html_options){ 0 }, &notes, &out, &a, &d));
	ck_assert_int_eq(d.first->line, 201);
}
END_TEST

START_TEST(lists_too_deep_for_gen_are_lifted)
{
	struct buf html = { .arena = &a };

	for (int i = 0; i < 40; i++)
		BUF_LIT(&html, "<ul><li>");
	BUF_LIT(&html, "x");
	buf_char(&html, '\0');
	str out = convert_with(html.ptr, (struct html_options){ 0 });

	ck_assert(str_find(out, STR("x")) > 0 && out.len < 200);
	ck_assert_uint_eq(notes_count(&notes, NOTE_DEEP), 20);
}
END_TEST

SUITE("html", paragraphs_lose_spans_and_keep_their_words, a_paragraph_in_bold_before_text_is_a_heading,
	bold_text_that_reads_like_text_stays_bold, text_that_looks_like_markdown_stays_text,
	text_that_only_resembles_marks_is_left_alone, emphasis_opens_and_closes_where_it_did,
	styles_that_mean_emphasis_are_emphasis, headings_keep_their_order_below_the_title,
	a_heading_that_links_lead_to_keeps_its_id, lists_nest_and_number, code_keeps_its_bytes_and_its_language,
	links_and_images_are_written_so_that_they_are_found, tables_become_tables,
	quotes_figures_and_details_keep_what_is_in_them, what_runs_or_loads_is_dropped_and_counted,
	breaks_are_breaks_and_two_of_them_a_paragraph, line_ends_mean_something_in_the_classic_editor,
	the_mark_for_lists_is_kept, deep_nesting_is_an_error_with_its_line, lists_too_deep_for_gen_are_lifted)
