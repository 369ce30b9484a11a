/* Text cases: what the lexers make of the difficult features. */
#include "render.h"

#include "unit/suite.h"

START_TEST(sql_doubles_quotes_and_ignores_case)
{
	ck_tokens("sql", "SELECT count(*) FROM t WHERE x = 'it''s' -- c",
		"<k:SELECT> <f:count>(*) <k:FROM> t <k:WHERE> x = <s:'it><se:''><s:s'> <c:-- c>");
	ck_tokens("sql", "CREATE FUNCTION f() AS $body$ 'x' $body$;",
		"<k:CREATE> <k:FUNCTION> <f:f>() <k:AS> <s:$body$ 'x' $body$>;");
}
END_TEST

START_TEST(json_keys_are_tags)
{
	ck_tokens("json", "{\"a\\n\": \"b\\n\", \"c\" : [1.5e3, true, null]} // d",
		"{<g:\"a\\n\">: <s:\"b><se:\\n><s:\">, <g:\"c\"> : [<n:1.5e3>, <m:true>, <m:null>]} <c:// d>");
}
END_TEST

START_TEST(yaml_keys_are_tags_and_blocks_are_strings)
{
	ck_tokens("yaml", "a: 1 # c\n"
			"\"b\": true\n"
			"list:\n"
			"  - x: \"s\"\n"
			"  - plain text",
		"<g:a>: <n:1> <c:# c>\n"
		"<g:\"b\">: <m:true>\n"
		"<g:list>:\n"
		"  - <g:x>: <s:\"s\">\n"
		"  - plain text");
	ck_tokens("yaml", "text: |\n"
			"  one: 1\n"
			"\n"
			"  two\n"
			"next: {a: 1, b: [x, ~]}",
		"<g:text>: <k:|>\n"
		"<s:  one: 1\n"
		"\n"
		"  two>\n"
		"<g:next>: {<g:a>: <n:1>, <g:b>: [x, <m:~>]}");
	ck_tokens("yaml", "---\n"
			"ref: &x !t v\n"
			"url: http://a/b#c\n"
			"q: \"over\n"
			"  lines\" # d\n"
			"z: *x",
		"<p:--->\n"
		"<g:ref>: <v:&x> <t:!t> v\n"
		"<g:url>: http://a/b#c\n"
		"<g:q>: <s:\"over\n"
		"  lines\"> <c:# d>\n"
		"<g:z>: <v:*x>");
}
END_TEST

START_TEST(toml_knows_tables_keys_and_strings)
{
	ck_tokens("toml", "[a.b]\n"
			"c.d = \"\"\"x\n"
			"y\"\"\" # e\n"
			"f = [1, {g = true}]\n",
		"<t:[a.b]>\n"
		"<g:c.d> = <s:\"\"\"x\n"
		"y\"\"\"> <c:# e>\n"
		"<g:f> = [<n:1>, {<g:g> = <m:true>}]\n");
}
END_TEST

START_TEST(ini_has_sections_and_keys)
{
	ck_tokens("ini", "; c\n"
			"[s]\n"
			"key = value\n",
		"<c:; c>\n"
		"<t:[s]>\n"
		"<g:key> = <s:value>\n");
}
END_TEST

START_TEST(protobuf_and_graphql_are_known)
{
	ck_tokens("protobuf", "message A { repeated int32 b = 1; } // c",
		"<k:message> <t:A> { <k:repeated> <t:int32> b = <n:1>; } <c:// c>");
	ck_tokens("graphql", "query Q($id: ID!) { a(id: $id) @skip { b } } # c",
		"<k:query> <t:Q>(<v:$id>: <t:ID>!) { <f:a>(<g:id>: <v:$id>) <p:@skip> { b } } <c:# c>");
}
END_TEST

SUITE("highlight.data", sql_doubles_quotes_and_ignores_case,
	json_keys_are_tags,
	yaml_keys_are_tags_and_blocks_are_strings,
	toml_knows_tables_keys_and_strings,
	ini_has_sections_and_keys,
	protobuf_and_graphql_are_known)
