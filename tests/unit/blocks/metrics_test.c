#include "blocks/metrics.h"

#include "unit/suite.h"

static struct metrics of(const char *slug, const char *code)
{
	return metrics_of(str_c(slug), str_c(code));
}

START_TEST(lines_of_code_are_not_blank_and_not_only_comment)
{
	struct metrics m =
		of("go", "// a comment\npackage main\n\n/* two\nlines */\nvar x = 1 // here\n");

	ck_assert_uint_eq(m.lines, 6);
	ck_assert_uint_eq(m.code_lines, 2);
	m = of("python", "# x\n\nx = 1\n");
	ck_assert_uint_eq(m.code_lines, 1);
	m = of("", "# x\n\nx = 1\n");
	ck_assert_uint_eq(m.code_lines, 2);
	m = of("go", "");
	ck_assert_uint_eq(m.lines, 0);
}
END_TEST

START_TEST(tokens_are_words_numbers_strings_and_signs)
{
	ck_assert_uint_eq(of("go", "x := 1").tokens, 3);
	ck_assert_uint_eq(of("go", "fmt.Println(\"a b c\")").tokens, 6);
	ck_assert_uint_eq(of("python", "x = \"\"\"a\nb\"\"\" # c").tokens, 3);
	ck_assert_uint_eq(of("go", "s := `a\nb`\n").tokens, 3);
	ck_assert_uint_eq(of("rust", "fn f<'a>(x: &'a str) {}").tokens, 16);
	ck_assert_uint_eq(of("rust", "let c = 'x';").tokens, 5);
	ck_assert_uint_eq(of("c", "int x; /* y */").tokens, 3);
}
END_TEST

START_TEST(strings_do_not_open_comments)
{
	struct metrics m = of("go", "x := \"// no\"\ny := `/*`\nz := 1\n");

	ck_assert_uint_eq(m.code_lines, 3);
	ck_assert_uint_eq(m.tokens, 9);
}
END_TEST

START_TEST(imports_are_counted_one_by_one)
{
	ck_assert_uint_eq(of("go", "import \"fmt\"\n").imports, 1);
	ck_assert_uint_eq(
		of("go", "import (\n\t\"fmt\"\n\tx \"net/http\"\n)\nvar s = \"a\"\n").imports,
		2);
	ck_assert_uint_eq(
		of("python", "import os\nfrom sys import argv\nimportant = 1\n").imports, 2);
	ck_assert_uint_eq(of("c", "#include <stdio.h>\nint x;\n").imports, 1);
	ck_assert_uint_eq(of("rust", "use std::io;\nuser();\n").imports, 1);
}
END_TEST

START_TEST(characters_count_once_each)
{
	ck_assert_uint_eq(of("text", "a\303\251\342\234\223\n").characters, 3);
}
END_TEST

/* Texts that end anywhere, in memory of exactly that size. */
START_TEST(cut_texts_are_harmless)
{
	const char *text = "import (\n\"a\\\"\n`x\n'''y\\'/* z */ // \\";
	size_t len = strlen(text);

	for (size_t from = 0; from < len; from++)
		for (size_t to = from; to <= len; to++) {
			char *exact = malloc(to - from + 1);
			memcpy(exact, text + from, to - from);
			for (int i = 0; i < 3; i++) {
				static const char *const slugs[] = { "go", "python", "rust" };
				struct metrics m =
					metrics_of(str_c(slugs[i]), str_new(exact, to - from));
				ck_assert_uint_le(m.code_lines, m.lines);
			}
			free(exact);
		}
}
END_TEST

SUITE("metrics", lines_of_code_are_not_blank_and_not_only_comment,
	tokens_are_words_numbers_strings_and_signs, strings_do_not_open_comments,
	imports_are_counted_one_by_one, characters_count_once_each, cut_texts_are_harmless)
