#include "unit/suite.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "content/example.h"
#include "markdown/markdown.h"

/* What fences declare: all of it, and every way to declare it wrong, at its place. */

static struct arena a;
static struct diags d;

static bool read_article(const char *text, const struct value *runners, struct examples *out)
{
	struct source *src = arena_new(&a, struct source);
	const struct markdown_options options = { 0 };
	struct example_place place = { .src = src, .folder = STR("."), .root = STR("."), .runners = runners };
	struct markdown *m;

	d = (struct diags){ .arena = &a };
	*src = (struct source){ STR("content/a.md"), str_c(text) };
	m = markdown_parse(src, src->text, 1, &options, &a, &d);
	ck_assert_ptr_nonnull(m);
	return examples_read(m, &place, out, &a, &d);
}

static struct example only(const char *text)
{
	struct examples e;

	ck_assert_msg(read_article(text, NULL, &e), "%s: " STR_FMT, text,
		STR_ARG(d.first ? d.first->message : STR("")));
	ck_assert_uint_eq(d.errors + d.warnings, 0);
	ck_assert_uint_eq(e.count, 1);
	return e.at[0];
}

static void check_error(const char *text, int line, int col, const char *words)
{
	struct examples e;

	ck_assert_msg(!read_article(text, NULL, &e), "%s", text);
	ck_assert_msg(d.errors == 1, "%s: %zu errors", text, d.errors);
	ck_assert_msg(str_find(d.first->message, str_c(words)) >= 0, STR_FMT, STR_ARG(d.first->message));
	ck_assert_int_eq(d.first->line, line);
	ck_assert_int_eq(d.first->col, col);
}

static void check_str(str found, const char *expected)
{
	ck_assert_msg(str_eq(found, str_c(expected)), "\"" STR_FMT "\", not \"%s\"", STR_ARG(found), expected);
}

START_TEST(a_fence_with_run_is_an_example)
{
	struct example e = only("# T\n\n```golang run id=sum pair=p cmp=lines\npackage main\n```\n");

	check_str(e.id, "sum");
	check_str(e.language, "go");
	check_str(e.code, "package main\n");
	check_str(e.program, "package main\n");
	check_str(e.pair, "p");
	ck_assert_int_eq(e.kind, EXAMPLE_RUN);
	ck_assert_int_eq(e.cmp, CMP_LINES);
	ck_assert_int_eq(e.at.line, 3);
	ck_assert_int_eq(e.code_line, 4);
	ck_assert_uint_eq(e.key.len, 64);
}
END_TEST

START_TEST(a_fence_without_a_kind_is_none)
{
	struct examples e;

	ck_assert(read_article("```go\nx\n```\n\n```json\n{}\n```\n\n```go norun why=\"a part\"\ny\n```\n", NULL, &e));
	ck_assert_uint_eq(e.count, 0);
	ck_assert_uint_eq(e.left_out_count, 1);
}
END_TEST

START_TEST(ids_are_made_of_language_and_number)
{
	struct examples e;

	ck_assert(read_article("```go run\na\n```\n\n```py run\nb\n```\n\n```go run id=go-2\nc\n```\n\n```go run\nd\n```\n",
		NULL, &e));
	check_str(e.at[0].id, "go-1");
	check_str(e.at[1].id, "python-1");
	check_str(e.at[2].id, "go-2");
	check_str(e.at[3].id, "go-3");
}
END_TEST

START_TEST(an_id_names_files)
{
	check_error("```go run id=../x\na\n```\n", 1, 14, "cannot be the id");
	check_error("```go run id=.x\na\n```\n", 1, 14, "cannot be the id");
	check_error("```go run id=a/b\na\n```\n", 1, 14, "cannot be the id");
}
END_TEST

START_TEST(the_same_id_without_case_is_the_same)
{
	check_error("```go run id=Sum\na\n```\n\n```go run id=sum\nb\n```\n", 5, 14, "used twice, first in line 1");
}
END_TEST

START_TEST(words_keep_what_quotes_hold_together)
{
	struct example e = only("```go run args=\"a 'b c' d\" env=\"A=1 B='x y'\" stdin=\"1\\n2\\n\"\nx\n```\n");

	ck_assert_uint_eq(e.args.count, 3);
	check_str(e.args.at[1], "b c");
	ck_assert_uint_eq(e.env.count, 2);
	check_str(e.env.at[1], "B=x y");
	check_str(e.input, "1\n2\n");
}
END_TEST

START_TEST(an_open_quote_in_words_is_said)
{
	check_error("```go run args=\"a 'b\"\nx\n```\n", 1, 16, "quotes closed");
}
END_TEST

START_TEST(env_needs_names)
{
	check_error("```go run env=\"1A=2\"\nx\n```\n", 1, 15, "NAME=value");
	check_error("```go run env=\"A\"\nx\n```\n", 1, 15, "NAME=value");
}
END_TEST

START_TEST(limits_have_units)
{
	struct example e = only("```go run timeout=500ms mem=64MB\nx\n```\n");

	ck_assert_int_eq(e.timeout_ms, 500);
	ck_assert_uint_eq(e.memory, 64000000);
	ck_assert_int_eq(only("```go run timeout=20\nx\n```\n").timeout_ms, 20000);
	ck_assert_uint_eq(only("```go run mem=1GiB\nx\n```\n").memory, 1u << 30);
	check_error("```go run timeout=soon\nx\n```\n", 1, 19, "must be a time");
	check_error("```go run timeout=11m\nx\n```\n", 1, 19, "at most 10m");
	check_error("```go run mem=1KB\nx\n```\n", 1, 15, "must be a size");
	check_error("```go run mem=99GB\nx\n```\n", 1, 15, "must be a size");
}
END_TEST

START_TEST(what_is_expected_is_one_of_four)
{
	ck_assert_int_eq(only("```go run expect=exit:3\nx\n```\n").exit, 3);
	ck_assert_int_eq(only("```go run exit=4\nx\n```\n").exit, 4);
	ck_assert_int_eq(only("```go run expect=panic\nx\n```\n").expect, EXPECT_PANIC);
	ck_assert_int_eq(only("```go run expect=timeout\nx\n```\n").expect, EXPECT_TIMEOUT);
	ck_assert_int_eq(only("```go check expect=compile-error\nx\n```\n").expect, EXPECT_COMPILE_ERROR);
	check_error("```go run expect=exit:256\nx\n```\n", 1, 18, "must be compile-error");
	check_error("```go run expect=panik\nx\n```\n", 1, 18, "must be compile-error");
	check_error("```go check expect=panic\nx\n```\n", 1, 20, "compiled only");
}
END_TEST

START_TEST(a_comparison_is_known_or_has_a_pattern)
{
	struct example e = only("```go run cmp=\"regex:^took [0-9]+ ms$\"\nx\n```\n");

	ck_assert_int_eq(e.cmp, CMP_REGEX);
	check_str(e.pattern, "^took [0-9]+ ms$");
	check_error("```go run cmp=regex\nx\n```\n", 1, 15, "needs its pattern");
	check_error("```go run cmp=\"regex:[\"\nx\n```\n", 1, 15, "cannot read the pattern");
	check_error("```go run cmp=exactly\nx\n```\n", 1, 15, "must be exact");
}
END_TEST

START_TEST(what_is_only_compiled_has_no_input)
{
	check_error("```go check args=1\nx\n```\n", 1, 13, "means nothing");
}
END_TEST

START_TEST(a_harness_is_put_around_the_block)
{
	struct examples e;
	int col = 6, line = 0;
	str path;

	ck_assert(read_article("```py hidden harness=h\nimport sys\ndef f():\n    #gen:code\nf()\n```\n\n"
			       "```py run harness=h\nx = 1\n\nprint(x)\n```\n",
		NULL, &e));
	ck_assert_uint_eq(e.count, 1);
	check_str(e.at[0].program, "import sys\ndef f():\n    x = 1\n\n    print(x)\nf()\n");
	check_str(e.at[0].code, "x = 1\n\nprint(x)\n");
	ck_assert(example_line(&e.at[0], 5, &col, &path, &line));
	ck_assert_int_eq(line, 11);
	ck_assert_int_eq(col, 2);
	ck_assert(example_line(&e.at[0], 1, &col, &path, &line));
	ck_assert_int_eq(line, 2);
	ck_assert(example_line(&e.at[0], 6, &col, &path, &line));
	ck_assert_int_eq(line, 5);
}
END_TEST

START_TEST(a_harness_may_be_named_after_its_block)
{
	struct example e = only("```go hidden harness=sum\nA\n//gen:code\nB\n```\n\n```go run id=sum\nx\n```\n");

	check_str(e.program, "A\nx\nB\n");
}
END_TEST

START_TEST(a_harness_has_one_mark)
{
	check_error("```go hidden harness=h\nA\n```\n\n```go run harness=h\nx\n```\n", 1, 14, "no line that says");
	check_error("```go hidden harness=h\n//gen:code\n//gen:code\n```\n\n```go run harness=h\nx\n```\n", 1, 14,
		"more than one");
}
END_TEST

START_TEST(a_harness_must_be_there_in_the_language)
{
	check_error("```go run harness=h\nx\n```\n", 1, 19, "no harness \"h\"");
	check_error("```py hidden harness=h\n#gen:code\n```\n\n```go run harness=h\nx\n```\n", 5, 19, "no harness \"h\"");
	check_error("```go hidden harness=h\n//gen:code\n```\n\n```go hidden harness=h\n//gen:code\n```\n\n"
		    "```go run harness=h\nx\n```\n",
		5, 14, "already, in line 1");
}
END_TEST

START_TEST(a_harness_around_nothing_is_a_warning)
{
	struct examples e;

	ck_assert(read_article("```go hidden harness=h\n//gen:code\n```\n", NULL, &e));
	ck_assert_uint_eq(d.warnings, 1);
}
END_TEST

START_TEST(a_file_is_run_whole)
{
	struct example e;
	char folder[] = "/tmp/gen-example-XXXXXX";
	struct source src = { STR("content/a.md"), STR("```python run file=x.py region=r\n```\n") };
	const struct markdown_options options = { 0 };
	struct example_place place = { .src = &src };
	struct examples out;
	int col = 1, line;
	str path;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	place.folder = place.root = str_c(folder);
	ck_assert_int_eq(file_write_atomic(str_printf(&a, "%s/x.py", folder), STR("a = 1\r\n# region: r\nb = 2\n# endregion\n")), 0);
	d = (struct diags){ .arena = &a };
	ck_assert(examples_read(markdown_parse(&src, src.text, 1, &options, &a, &d), &place, &out, &a, &d));
	e = out.at[0];
	check_str(e.program, "a = 1\n# region: r\nb = 2\n# endregion\n");
	ck_assert(example_line(&e, 3, &col, &path, &line));
	check_str(path, "x.py");
	ck_assert_int_eq(line, 3);
	tree_remove(str_c(folder));
}
END_TEST

START_TEST(a_file_outside_the_site_is_refused)
{
	check_error("```python run file=/../../etc/passwd\n```\n", 1, 20, "passwd");
}
END_TEST

START_TEST(the_key_is_of_what_matters)
{
	struct example one = only("```go run\nx\n```\n"), same = only("text\n\n```go run id=other title=\"t\" hl=1\nx\n```\n");
	static const char *const others[] = { "```go run\ny\n```\n", "```go run args=1\nx\n```\n",
		"```go run stdin=1\nx\n```\n", "```go run env=A=1\nx\n```\n", "```go run expect=panic\nx\n```\n",
		"```go run cmp=lines\nx\n```\n", "```go run timeout=1s\nx\n```\n", "```go run mem=1GB\nx\n```\n",
		"```go check\nx\n```\n", "```rust run\nx\n```\n",
		"```go hidden harness=h\n//gen:code\nz\n```\n\n```go run harness=h\nx\n```\n" };

	ck_assert(str_eq(one.key, same.key));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		ck_assert_msg(!str_eq(one.key, only(others[i]).key), "%s", others[i]);
}
END_TEST

START_TEST(line_ends_do_not_change_the_key)
{
	ck_assert(str_eq(only("```go run\nx\ny\n```\n").key, only("```go run\r\nx\r\ny\r\n```\r\n").key));
}
END_TEST

START_TEST(the_runner_of_the_language_is_in_the_key)
{
	struct value runners = value_map(&a), go = value_map(&a);
	struct examples plain, own, other;

	value_put(&go, STR("run"), value_string(STR("./main -x")), &a);
	value_put(&runners, STR("go"), go, &a);
	ck_assert(read_article("```go run\nx\n```\n", NULL, &plain));
	ck_assert(read_article("```go run\nx\n```\n", &runners, &own));
	ck_assert(!str_eq(plain.at[0].key, own.at[0].key));
	ck_assert(read_article("```py run\nx\n```\n", NULL, &plain));
	ck_assert(read_article("```py run\nx\n```\n", &runners, &other));
	ck_assert(str_eq(plain.at[0].key, other.at[0].key));
}
END_TEST

START_TEST(a_hint_misses_no_example)
{
	ck_assert(examples_hinted(STR("x\n\n```go run\n")));
	ck_assert(examples_hinted(STR("~~~ {.go serve}\n")));
	ck_assert(examples_hinted(STR("```\n```\n> ```py check\n")));
	ck_assert(!examples_hinted(STR("run serve check\n```go\nrun\n```\n")));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { a_fence_with_run_is_an_example, a_fence_without_a_kind_is_none,
		ids_are_made_of_language_and_number, an_id_names_files, the_same_id_without_case_is_the_same,
		words_keep_what_quotes_hold_together, an_open_quote_in_words_is_said, env_needs_names, limits_have_units,
		what_is_expected_is_one_of_four, a_comparison_is_known_or_has_a_pattern,
		what_is_only_compiled_has_no_input, a_harness_is_put_around_the_block,
		a_harness_may_be_named_after_its_block, a_harness_has_one_mark,
		a_harness_must_be_there_in_the_language, a_harness_around_nothing_is_a_warning, a_file_is_run_whole,
		a_file_outside_the_site_is_refused, the_key_is_of_what_matters, line_ends_do_not_change_the_key,
		the_runner_of_the_language_is_in_the_key, a_hint_misses_no_example };

	markdown_start();
	return suite_run("example", tests, sizeof(tests) / sizeof(tests[0]));
}
