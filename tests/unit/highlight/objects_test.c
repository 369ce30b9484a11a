/* Text cases: what the lexers make of the difficult features. */
#include "render.h"

#include "unit/suite.h"

START_TEST(java_knows_text_blocks_annotations_and_records)
{
	ck_tokens("java", "@Override\n"
			"public String f() { return \"\"\"\n"
			"  a \"b\"\n"
			"  \"\"\"; }",
		"<p:@Override>\n"
		"<k:public> <t:String> <f:f>() { <k:return> <s:\"\"\"\n"
		"  a \"b\"\n"
		"  \"\"\">; }");
	ck_tokens("java", "record Point(int x) {} var record = 1_000L;",
		"<k:record> <t:Point>(<t:int> x) {} <k:var> record = <n:1_000L>;");
	ck_tokens("java", "class A<T extends B> { static final int MAX = 0x1F; }",
		"<k:class> <t:A><<t:T> <k:extends> <t:B>> { <k:static> <k:final> <t:int> <m:MAX> = <n:0x1F>; }");
	ck_tokens("java", "char c = '\\u00e9'; x = new Foo(null);",
		"<t:char> c = <s:'><se:\\u00e9><s:'>; x = <k:new> <t:Foo>(<m:null>);");
}
END_TEST

START_TEST(kotlin_nests_comments_and_templates)
{
	ck_tokens("kotlin", "/* a /* b */ c */ fun f() = \"a ${if (x) \"b\" else \"$c\"} \\n\"",
		"<c:/* a /* b */ c */> <k:fun> <f:f>() = <s:\"a ><se:${><k:if> (x) <s:\"b\"> <k:else> <s:\"><v:$c><s:\"><se:}><s: ><se:\\n><s:\">");
	ck_tokens("kotlin", "val s = \"\"\"raw \\n $x ${y}\"\"\"",
		"<k:val> s = <s:\"\"\"raw \\n ><v:$x><s: ><se:${>y<se:}><s:\"\"\">");
	ck_tokens("kotlin", "data class P(val x: Int) // c",
		"<k:data> <k:class> <t:P>(<k:val> x: <t:Int>) <c:// c>");
}
END_TEST

START_TEST(scala_knows_interpolators_and_symbols)
{
	ck_tokens("scala", "def f(x: Int) = s\"a $x ${x + 1}\" + \"a $x\"",
		"<k:def> <f:f>(x: <t:Int>) = <s:s\"a ><v:$x><s: ><se:${>x + <n:1><se:}><s:\"> + <s:\"a $x\">");
	ck_tokens("scala", "val c = 'a'; val s = 'sym",
		"<k:val> c = <s:'a'>; <k:val> s = <m:'sym>");
	ck_tokens("scala", "case class P(x: Int) extends Q",
		"<k:case> <k:class> <t:P>(x: <t:Int>) <k:extends> <t:Q>");
}
END_TEST

START_TEST(csharp_knows_every_kind_of_string)
{
	ck_tokens("csharp", "var s = $\"a {x:N2} {{b}} {f(\"c\")}\";",
		"<k:var> s = <s:$\"a ><se:{>x<s::N2><se:}><s: ><se:{{><s:b><se:}}><s: ><se:{><f:f>(<s:\"c\">)<se:}><s:\">;");
	ck_tokens("csharp", "var s = @\"C:\\new \"\"q\"\"\" + $@\"{a}\\\";",
		"<k:var> s = <s:@\"C:\\new ><se:\"\"><s:q><se:\"\"><s:\"> + <s:$@\"><se:{>a<se:}><s:\\\">;");
	ck_tokens("csharp", "var s = \"\"\"\"\n"
			" a \"\"\" b\n"
			"\"\"\"\"; var t = $\"\"\"{x}\"\"\";",
		"<k:var> s = <s:\"\"\"\"\n"
		" a \"\"\" b\n"
		"\"\"\"\">; <k:var> t = <s:$\"\"\"><se:{>x<se:}><s:\"\"\">;");
	ck_tokens("csharp", "#region A\n"
			"public async Task<int> Run() => await new Foo().Bar(1.5m);",
		"<p:#region> <t:A>\n"
		"<k:public> <k:async> <t:Task><<t:int>> <f:Run>() => <k:await> <k:new> <t:Foo>().<f:Bar>(<n:1.5m>);");
}
END_TEST

START_TEST(swift_nests_code_in_strings)
{
	ck_tokens("swift", "let s = \"a \\(f(\"b\")) \\n\"; let r = #\"raw \\n \"q\" \"#",
		"<k:let> s = <s:\"a ><se:\\(><f:f>(<s:\"b\">)<se:)><s: ><se:\\n><s:\">; <k:let> r = <s:#\"raw \\n \"q\" \"#>");
	ck_tokens("swift", "@objc func f() -> Int? { nil }\n"
			"#if DEBUG",
		"<p:@objc> <k:func> <f:f>() -> <t:Int>? { <m:nil> }\n"
		"<p:#if> <t:DEBUG>");
	ck_tokens("swift", "let t = \"\"\"\n"
			"  a \\(b)\n"
			"  \"\"\" /* a /* b */ */",
		"<k:let> t = <s:\"\"\"\n"
		"  a ><se:\\(>b<se:)><s:\n"
		"  \"\"\"> <c:/* a /* b */ */>");
}
END_TEST

START_TEST(dart_knows_raw_and_triple_strings)
{
	ck_tokens("dart", "var s = r\"a\\n$b\" + \"a\\n$b ${c.d}\";",
		"<k:var> s = <s:r\"a\\n$b\"> + <s:\"a><se:\\n><v:$b><s: ><se:${>c.d<se:}><s:\">;");
	ck_tokens("dart", "final t = '''a 'b' ''';",
		"<k:final> t = <s:'''a 'b' '''>;");
}
END_TEST

START_TEST(groovy_closes_a_string_within_a_string)
{
	ck_tokens("groovy", "def f(x) { \"a ${x ? \"b\" : 'c'} $d\" }",
		"<k:def> <f:f>(x) { <s:\"a ><se:${>x ? <s:\"b\"> : <s:'c'><se:}><s: ><v:$d><s:\"> }");
}
END_TEST

SUITE("highlight.objects", java_knows_text_blocks_annotations_and_records,
	kotlin_nests_comments_and_templates,
	scala_knows_interpolators_and_symbols,
	csharp_knows_every_kind_of_string,
	swift_nests_code_in_strings,
	dart_knows_raw_and_triple_strings,
	groovy_closes_a_string_within_a_string)
