/* Text cases: what the lexers make of the difficult features. */
#include "render.h"

#include "unit/suite.h"

START_TEST(go_knows_raw_strings_runes_and_definitions)
{
	ck_tokens("go", "func (s *Set) Add(n int) error { return nil }",
		"<k:func> (s *Set) <f:Add>(n <t:int>) <t:error> { <k:return> <m:nil> }");
	ck_tokens("go", "x := `raw \\n \"q\"\n"
			"// still` // done",
		"x := <s:`raw \\n \"q\"\n"
		"// still`> <c:// done>");
	ck_tokens("go", "r := '\\'' + 'a'",
		"r := <s:'><se:\\'><s:'> + <s:'a'>");
	ck_tokens("go", "fmt.Println(\"a\\tb\", len(x), 0xFF_FF, 1e-9, .5)",
		"fmt.<f:Println>(<s:\"a><se:\\t><s:b\">, <f:len>(x), <n:0xFF_FF>, <n:1e-9>, <n:.5>)");
	ck_tokens("go", "type Point struct { X, Y float64 }",
		"<k:type> <t:Point> <k:struct> { X, Y <t:float64> }");
	ck_tokens("go", "s.type.len(x)",
		"s.type.<f:len>(x)");
}
END_TEST

START_TEST(c_knows_directives_prefixes_and_continued_lines)
{
	ck_tokens("c", "#include <stdio.h>\n"
			"#  define N 10 // ten",
		"<p:#include> <s:<stdio.h>>\n"
		"<p:#  define> N <n:10> <c:// ten>");
	ck_tokens("c", "wchar_t *s = L\"x\\n\"; char c = '\\'';",
		"<t:wchar_t> *s = <s:L\"x><se:\\n><s:\">; <t:char> c = <s:'><se:\\'><s:'>;");
	ck_tokens("c", "// one \\\n"
			"two\n"
			"int x;",
		"<c:// one \\\n"
		"two>\n"
		"<t:int> x;");
	ck_tokens("c", "/* a /* b */ size_t n = 0x1.8p-3;",
		"<c:/* a /* b */> <t:size_t> n = <n:0x1.8p-3>;");
	ck_tokens("c", "struct node *p; enum E { A = 1u };",
		"<k:struct> <t:node> *p; <k:enum> <t:E> { A = <n:1u> };");
	ck_tokens("c", "a = \"open\n"
			"b = 1;",
		"a = <s:\"open>\n"
		"b = <n:1>;");
	ck_tokens("c", "char *s = \"one \\\n"
			"two\"; int x;",
		"<t:char> *s = <s:\"one \\\n"
		"two\">; <t:int> x;");
	ck_tokens("c", "if (x.default) f(MAX_SIZE);",
		"<k:if> (x.default) <f:f>(<m:MAX_SIZE>);");
}
END_TEST

START_TEST(cpp_knows_raw_strings_and_digit_quotes)
{
	ck_tokens("cpp", "auto s = R\"x(a)\" b)x\"; int n = 1'000;",
		"<k:auto> s = <s:R\"x(a)\" b)x\">; <t:int> n = <n:1'000>;");
	ck_tokens("cpp", "class Foo : public Bar<int> { virtual ~Foo() = default; };",
		"<k:class> <t:Foo> : <k:public> <t:Bar><<t:int>> { <k:virtual> ~<f:Foo>() = <k:default>; };");
	ck_tokens("cpp", "u8R\"(a\n"
			"b)\" + LR\"()\"",
		"<s:u8R\"(a\n"
		"b)\"> + <s:LR\"()\">");
	ck_tokens("cpp", "R(\"no raw string\")",
		"<f:R>(<s:\"no raw string\">)");
}
END_TEST

START_TEST(rust_knows_lifetimes_raw_strings_attributes_and_macros)
{
	ck_tokens("rust", "fn f<'a>(x: &'a str) -> char { 'a' }",
		"<k:fn> <f:f><<v:'a>>(x: &<v:'a> <t:str>) -> <t:char> { <s:'a'> }");
	ck_tokens("rust", "let s = r#\"a \"quoted\" b\"#; let t = br\"\\\";",
		"<k:let> s = <s:r#\"a \"quoted\" b\"#>; <k:let> t = <s:br\"\\\">;");
	ck_tokens("rust", "#[derive(Debug)]\n"
			"struct S;\n"
			"#![cfg(feature = \"x\")]",
		"<p:#[derive(Debug)]>\n"
		"<k:struct> <t:S>;\n"
		"<p:#![cfg(feature = ><s:\"x\"><p:)]>");
	ck_tokens("rust", "println!(\"{}\", 1_000u32); 0..10",
		"<f:println!>(<s:\"{}\">, <n:1_000u32>); <n:0>..<n:10>");
	ck_tokens("rust", "/* a /* b */ c */ let r#type = '\\u{1F600}';",
		"<c:/* a /* b */ c */> <k:let> r#type = <s:'><se:\\u{1F600}><s:'>;");
	ck_tokens("rust", "'outer: loop { break 'outer; }",
		"<v:'outer>: <k:loop> { <k:break> <v:'outer>; }");
}
END_TEST

START_TEST(zig_knows_line_strings_and_builtins)
{
	ck_tokens("zig", "const std = @import(\"std\");\n"
			"const s =\n"
			"    \\\\one \"two\"\n"
			"    \\\\three\n"
			";",
		"<k:const> std = <f:@import>(<s:\"std\">);\n"
		"<k:const> s =\n"
		"    <s:\\\\one \"two\">\n"
		"    <s:\\\\three>\n"
		";");
	ck_tokens("zig", "pub fn main() !void { var x: u8 = 0b1010_0101; }",
		"<k:pub> <k:fn> <f:main>() !<t:void> { <k:var> x: <t:u8> = <n:0b1010_0101>; }");
	ck_tokens("zig", "@\"a name\" = undefined;",
		"<v:@\"a name\"> = <m:undefined>;");
}
END_TEST

START_TEST(nim_d_and_v_have_comments_and_strings_of_their_own)
{
	ck_tokens("nim", "proc add(a: int): int = #[ a #[ b ]# c ]# a + 1'i32",
		"<k:proc> <f:add>(a: <t:int>): <t:int> = <c:#[ a #[ b ]# c ]#> a + <n:1'i32>");
	ck_tokens("nim", "echo r\"C:\\new\", \"\"\"a \"b\" c\"\"\"",
		"<f:echo> <s:r\"C:\\new\">, <s:\"\"\"a \"b\" c\"\"\">");
	ck_tokens("d", "/+ a /+ b +/ c +/ auto s = r\"a\\\"; string t = `b`;",
		"<c:/+ a /+ b +/ c +/> <k:auto> s = <s:r\"a\\\">; <t:string> t = <s:`b`>;");
	ck_tokens("v", "fn main() { println('a ${b + 'c'} d') }",
		"<k:fn> <f:main>() { <f:println>(<s:'a ><se:${>b + <s:'c'><se:}><s: d'>) }");
}
END_TEST

SUITE("highlight.compiled", go_knows_raw_strings_runes_and_definitions,
	c_knows_directives_prefixes_and_continued_lines,
	cpp_knows_raw_strings_and_digit_quotes,
	rust_knows_lifetimes_raw_strings_attributes_and_macros,
	zig_knows_line_strings_and_builtins,
	nim_d_and_v_have_comments_and_strings_of_their_own)
