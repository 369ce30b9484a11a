/* Text cases: what the lexers make of the difficult features. */
#include "render.h"

#include "unit/suite.h"

START_TEST(haskell_knows_nested_comments_and_definitions)
{
	ck_tokens("haskell", "{-# LANGUAGE GADTs #-}\n"
			"{- a {- b -} c -}\n"
			"main :: IO ()\n"
			"main = print 'a' -- d",
		"<p:{-# LANGUAGE GADTs #-}>\n"
		"<c:{- a {- b -} c -}>\n"
		"<f:main> :: <t:IO> ()\n"
		"<f:main> = print <s:'a'> <c:-- d>");
	ck_tokens("haskell", "data Tree a = Leaf | Node a\n"
			"f' x' = x'",
		"<k:data> <t:Tree> a = <t:Leaf> | <t:Node> a\n"
		"<f:f'> x' = x'");
}
END_TEST

START_TEST(ocaml_knows_nested_comments_and_type_variables)
{
	ck_tokens("ocaml", "let rec f x = (* a (* b *) *) match x with 'a' -> {|raw|} | _ -> {x|r|x}",
		"<k:let> <k:rec> <f:f> x = <c:(* a (* b *) *)> <k:match> x <k:with> <s:'a'> -> <s:{|raw|}> | _ -> <s:{x|r|x}>");
	ck_tokens("ocaml", "type 'a t = Some of 'a",
		"<k:type> <t:'a> t = <t:Some> <k:of> <t:'a>");
}
END_TEST

START_TEST(fsharp_knows_interpolation_and_attributes)
{
	ck_tokens("fsharp", "[<EntryPoint>]\n"
			"let main argv = printfn $\"a {x} {{b}}\" // c",
		"<p:[<EntryPoint>]>\n"
		"<k:let> <f:main> argv = <f:printfn> <s:$\"a ><se:{>x<se:}><s: ><se:{{><s:b><se:}}><s:\"> <c:// c>");
	ck_tokens("fsharp", "let x = (*) 1 2 (* c *)",
		"<k:let> x = (*) <n:1> <n:2> <c:(* c *)>");
}
END_TEST

START_TEST(erlang_knows_variables_and_directives)
{
	ck_tokens("erlang", "-module(a).\n"
			"f(X) -> \"s\", $c, ?M. % d",
		"<p:-module>(a).\n"
		"<f:f>(<v:X>) -> <s:\"s\">, <s:$c>, <p:?M>. <c:% d>");
}
END_TEST

START_TEST(clojure_knows_keywords_and_heads_of_lists)
{
	ck_tokens("clojure", "(defn add-one [x] (map inc [:a \\newline \"b\"])) ; c",
		"(<k:defn> <f:add-one> [x] (<f:map> inc [<m::a> <s:\\newline> <s:\"b\">])) <c:; c>");
}
END_TEST

SUITE("highlight.functional", haskell_knows_nested_comments_and_definitions,
	ocaml_knows_nested_comments_and_type_variables,
	fsharp_knows_interpolation_and_attributes,
	erlang_knows_variables_and_directives,
	clojure_knows_keywords_and_heads_of_lists)
