/* Text cases: what the lexers make of the difficult features. */
#include "render.h"

#include "unit/suite.h"

START_TEST(html_has_scripts_and_styles_in_it)
{
	ck_tokens("html", "<!-- c --><a href=\"x\" b>&amp;</a>",
		"<c:<!-- c -->><g:<a> <v:href>=<s:\"x\"> <v:b><g:>><se:&amp;><g:</a>>");
	ck_tokens("html", "<script>let x = \"</p>\";</script><style>a { color: #fff }</style>",
		"<g:<script>><k:let> x = <s:\"</p>\">;<g:</script><style>>a { <g:color>: <n:#fff> }<g:</style>>");
	ck_tokens("xml", "<?xml version=\"1.0\"?><a:b c='d'/><![CDATA[<e>]]>",
		"<p:<?xml version=\"1.0\"?>><g:<a:b> <v:c>=<s:'d'>/<g:>><s:<![CDATA[<e>]]>>");
}
END_TEST

START_TEST(css_tells_properties_from_selectors)
{
	ck_tokens("css", "a:hover, .b #c { margin-top: 1.5em; color: #ff0000 !important }",
		"a:hover, <t:.b> <t:#c> { <g:margin-top>: <n:1.5em>; <g:color>: <n:#ff0000> <k:!important> }");
	ck_tokens("css", "@media (min-width: 10px) { /* c */ --x: var(--y); }",
		"<k:@media> (min-width: <n:10px>) { <c:/* c */> --<g:x>: <f:var>(--y); }");
}
END_TEST

START_TEST(mustache_tags_stand_out_in_html)
{
	ck_tokens("mustache", "<p>{{#a}}{{b}}{{/a}}{{! c }}{{{d}}}</p>",
		"<g:<p>><k:{{#><v:a><k:}}{{><v:b><k:}}{{/><v:a><k:}}><c:{{! c }}><k:{{{><v:d><k:}}}><g:</p>>");
}
END_TEST

START_TEST(markdown_lexes_its_fences)
{
	ck_tokens("markdown", "# T\n"
			"\n"
			"- a `b` [c](d)\n"
			"\n"
			"```go\n"
			"var x int\n"
			"```\n",
		"<k:# T>\n"
		"\n"
		"<k:-> a <s:`b`> [c](<s:d>)\n"
		"\n"
		"<p:```go>\n"
		"<k:var> x <t:int>\n"
		"<p:```>\n");
}
END_TEST

START_TEST(diff_lines_are_inserted_or_deleted)
{
	ck_tokens("diff", "--- a\n"
			"+++ b\n"
			"@@ -1 +1 @@\n"
			"-x\n"
			"+y\n"
			" z\n",
		"<p:--- a>\n"
		"<p:+++ b>\n"
		"<g:@@ -1 +1 @@>\n"
		"<d:-x>\n"
		"<i:+y>\n"
		" z\n");
}
END_TEST

START_TEST(console_has_prompts_commands_and_output)
{
	ck_tokens("console", "$ echo \"hi\" # c\n"
			"hi\n"
			"user@host:~/x$ ls -l\n",
		"<r:$ ><f:echo> <s:\"hi\"> <c:# c>\n"
		"hi\n"
		"<r:user@host:~/x$ ><f:ls> -l\n");
	ck_tokens("console", ">>> len(\"a\")\n"
			"1\n"
			"$ a \\\n"
			"> b\n",
		"<r:>>> ><f:len>(<s:\"a\">)\n"
		"1\n"
		"<r:$ ><f:a> \\\n"
		"<r:> ><f:b>\n");
}
END_TEST

START_TEST(build_files_are_known)
{
	ck_tokens("dockerfile", "# c\n"
			"FROM golang:1.22 AS build\n"
			"RUN echo \"$X\" && \\\n"
			"    ls\n"
			"CMD [\"a\", \"b\"]\n",
		"<c:# c>\n"
		"<k:FROM> golang:<n:1.22> <k:AS> build\n"
		"<k:RUN> <f:echo> <s:\"><v:$X><s:\"> && \\\n"
		"    <f:ls>\n"
		"<k:CMD> [<s:\"a\">, <s:\"b\">]\n");
	ck_tokens("makefile", "CC := gcc # c\n"
			"all: $(OBJ)\n"
			"\t@echo $@\n"
			"ifeq ($(X),1)\n"
			"endif\n",
		"<v:CC> := gcc <c:# c>\n"
		"<f:all>: <v:$(OBJ)>\n"
		"\t@echo <v:$@>\n"
		"<k:ifeq> (<v:$(X)>,1)\n"
		"<k:endif>\n");
	ck_tokens("cmake", "add_library(x STATIC ${SRC}) # c",
		"<f:add_library>(x <m:STATIC> <v:${SRC}>) <c:# c>");
}
END_TEST

SUITE("highlight.markup", html_has_scripts_and_styles_in_it,
	css_tells_properties_from_selectors,
	mustache_tags_stand_out_in_html,
	markdown_lexes_its_fences,
	diff_lines_are_inserted_or_deleted,
	console_has_prompts_commands_and_output,
	build_files_are_known)
