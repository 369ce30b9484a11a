/* Text cases: what the lexers make of the difficult features. */
#include "render.h"

#include "unit/suite.h"

START_TEST(python_knows_prefixes_and_triple_quotes)
{
	ck_tokens("python", "x = r\"\\d\\\"\" + b'\\xff' + \"\"\"a \"b\"\n"
			"c\"\"\" # d",
		"x = <s:r\"\\d\\\"\"> + <s:b'><se:\\xff><s:'> + <s:\"\"\"a \"b\"\n"
		"c\"\"\"> <c:# d>");
	ck_tokens("python", "def f(self, x: int = 0x1F) -> str: return None",
		"<k:def> <f:f>(<v:self>, x: <t:int> = <n:0x1F>) -> <t:str>: <k:return> <m:None>");
	ck_tokens("python", "@app.route(\"/\")\n"
			"class A(Base): pass",
		"<p:@app.route>(<s:\"/\">)\n"
		"<k:class> <t:A>(<t:Base>): <k:pass>");
	ck_tokens("python", "x = 1_000.5e-3j; y = .5; z = 10.",
		"x = <n:1_000.5e-3j>; y = <n:.5>; z = <n:10.>");
	ck_tokens("python", "if x is not None and \"it's\": print(True)",
		"<k:if> x <k:is> <k:not> <m:None> <k:and> <s:\"it's\">: <f:print>(<m:True>)");
}
END_TEST

START_TEST(python_lexes_code_in_format_strings)
{
	ck_tokens("python", "f\"a {x!r:>{w}} {{b}} {d[\"k\"]:.2f}\"",
		"<s:f\"a ><se:{>x!r<s::>>{w}<se:}><s: ><se:{{><s:b><se:}}><s: ><se:{>d[<s:\"k\">]<s::.2f><se:}><s:\">");
	ck_tokens("python", "rf'{a}\\d' f'{len(x):,}'",
		"<s:rf'><se:{>a<se:}><s:\\d'> <s:f'><se:{><f:len>(x)<s::,><se:}><s:'>");
	ck_tokens("python", "f\"open {x\n"
			"y = 1",
		"<s:f\"open ><se:{>x\n"
		"y = <n:1>");
}
END_TEST

START_TEST(python_soft_keywords_start_a_statement)
{
	ck_tokens("python", "match x:\n"
			"    case [1, _]: pass",
		"<k:match> x:\n"
		"    <k:case> [<n:1>, _]: <k:pass>");
	ck_tokens("python", "match = 1; match(x); type(x)",
		"match = <n:1>; <f:match>(x); <f:type>(x)");
	ck_tokens("python", "type Alias = int",
		"<k:type> <t:Alias> = <t:int>");
}
END_TEST

START_TEST(lua_counts_the_level_of_long_brackets)
{
	ck_tokens("lua", "--[==[ a ]] b\n"
			"]==] local s = [[x\n"
			"]] -- c",
		"<c:--[==[ a ]] b\n"
		"]==]> <k:local> s = <s:[[x\n"
		"]]> <c:-- c>");
	ck_tokens("lua", "function M.f(x) return x ~= nil and 0x1p4 end",
		"<k:function> M.<f:f>(x) <k:return> x ~= <m:nil> <k:and> <n:0x1p4> <k:end>");
}
END_TEST

START_TEST(r_knows_raw_strings_and_dotted_names)
{
	ck_tokens("r", "x.y <- function(a) r\"(b\"c)\" # d",
		"x.y <- <k:function>(a) <s:r\"(b\"c)\"> <c:# d>");
	ck_tokens("r", "is.na(x) %in% c(TRUE, 1L)",
		"<f:is.na>(x) %<k:in>% <f:c>(<m:TRUE>, <n:1L>)");
}
END_TEST

START_TEST(julia_knows_nested_comments_and_interpolation)
{
	ck_tokens("julia", "#= a #= b =# c =# f!(x) = \"a $(x + 1) $y\"",
		"<c:#= a #= b =# c =#> <f:f!>(x) = <s:\"a ><se:$(>x + <n:1><se:)><s: ><v:$y><s:\">");
	ck_tokens("julia", "@time struct P{T} end; 'c'; r\"\\d\"",
		"<p:@time> <k:struct> <t:P>{<t:T>} <k:end>; <s:'c'>; <s:r\"\\d\">");
}
END_TEST

SUITE("highlight.scripting", python_knows_prefixes_and_triple_quotes,
	python_lexes_code_in_format_strings,
	python_soft_keywords_start_a_statement,
	lua_counts_the_level_of_long_brackets,
	r_knows_raw_strings_and_dotted_names,
	julia_knows_nested_comments_and_interpolation)
