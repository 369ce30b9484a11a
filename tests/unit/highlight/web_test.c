/* Text cases: what the lexers make of the difficult features. */
#include "render.h"

#include "unit/suite.h"

START_TEST(javascript_nests_template_literals)
{
	ck_tokens("js", "const s = `a ${b ? `c ${d}` : \"e\"} f`;",
		"<k:const> s = <s:`a ><se:${>b ? <s:`c ><se:${>d<se:}><s:`> : <s:\"e\"><se:}><s: f`>;");
	ck_tokens("js", "`a\n"
			"${ {x: 1}.x }` + `\\`${1}`",
		"<s:`a\n"
		"><se:${> {x: <n:1>}.x <se:}><s:`> + <s:`><se:\\`${><n:1><se:}><s:`>");
}
END_TEST

START_TEST(javascript_tells_regular_expressions_from_division)
{
	ck_tokens("js", "a = b / c / d; x = /a[/]b/gi.test(y);",
		"a = b / c / d; x = <s:/a[/]b/gi>.<f:test>(y);");
	ck_tokens("js", "return /\"/; (a) / 2; [1] / 3 / 4",
		"<k:return> <s:/\"/>; (a) / <n:2>; [<n:1>] / <n:3> / <n:4>");
	ck_tokens("js", "x = a / 2 // c",
		"x = a / <n:2> <c:// c>");
}
END_TEST

START_TEST(javascript_words_depend_on_their_place)
{
	ck_tokens("js", "import { x as y } from 'z'; from = get;",
		"<k:import> { x <k:as> y } <k:from> <s:'z'>; from = get;");
	ck_tokens("js", "class A extends B { get x() {} static #y = 1n; constructor() {} }",
		"<k:class> <t:A> <k:extends> <t:B> { <k:get> <f:x>() {} <k:static> #y = <n:1n>; <k:constructor>() {} }");
	ck_tokens("js", "promise.catch(e).default; this.constructor(1)",
		"promise.<f:catch>(e).default; <k:this>.<f:constructor>(<n:1>)");
	ck_tokens("js", "async function* f() { yield* g(); } const N = null;",
		"<k:async> <k:function>* <f:f>() { <k:yield>* <f:g>(); } <k:const> <t:N> = <m:null>;");
}
END_TEST

START_TEST(typescript_knows_types_and_declarations)
{
	ck_tokens("ts", "type A<T> = keyof T extends string ? readonly T[] : never;",
		"<k:type> <t:A><<t:T>> = <k:keyof> <t:T> <k:extends> <t:string> ? <k:readonly> <t:T>[] : <t:never>;");
	ck_tokens("ts", "export interface B { type: number; readonly id?: Id }",
		"<k:export> <k:interface> <t:B> { type: <t:number>; <k:readonly> id?: <t:Id> }");
	ck_tokens("ts", "@sealed abstract class C implements D { private x!: string }",
		"<p:@sealed> <k:abstract> <k:class> <t:C> <k:implements> <t:D> { <k:private> x!: <t:string> }");
	ck_tokens("ts", "function f(x: unknown): asserts x is string {}",
		"<k:function> <f:f>(x: <t:unknown>): <k:asserts> x <k:is> <t:string> {}");
}
END_TEST

START_TEST(php_stands_in_html_or_alone)
{
	ck_tokens("php", "<p><?php echo \"a $b {$c->d}\"; ?></p>",
		"<g:<p>><p:<?php> <k:echo> <s:\"a ><v:$b><s: ><se:{><v:$c>->d<se:}><s:\">; <p:?>><g:</p>>");
	ck_tokens("php", "$x = <<<EOT\n"
			"a $b\n"
			"  EOT . 'c';",
		"<v:$x> = <s:<<<EOT>\n"
		"<s:a ><v:$b><s:\n"
		"  EOT> . <s:'c'>;");
	ck_tokens("php", "#[Attr(1)]\n"
			"function f(?int $x): string { return 'a\\'b'; } # c",
		"<p:#[Attr(1)]>\n"
		"<k:function> <f:f>(?<t:int> <v:$x>): <t:string> { <k:return> <s:'a\\'b'>; } <c:# c>");
}
END_TEST

SUITE("highlight.web", javascript_nests_template_literals,
	javascript_tells_regular_expressions_from_division,
	javascript_words_depend_on_their_place,
	typescript_knows_types_and_declarations,
	php_stands_in_html_or_alone)
