#include "unit/suite.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "data/yaml.h"
#include "examples/batch.h"
#include "examples/inside.h"
#include "examples/sandbox.h"
#include "examples/toolchain.h"
#include "markdown/markdown.h"

/* Toolchains that are shell scripts: what gen asks of a tool, and what it makes of the answers. */

static struct arena a;
static char root[] = "/tmp/gen-batch-XXXXXX";
static enum rung rung;

static str below(const char *name)
{
	return str_printf(&a, "%s/%s", root, name);
}

static void put_script(const char *name, const char *text)
{
	str path = below(name);

	if (folder_make(str_sub(path, 0, (size_t)str_rfind_char(path, '/'))) != 0 ||
		file_write_atomic(path, str_printf(&a, "#!/bin/sh\n%s\n", text)) != 0 || chmod(path.ptr, 0755) != 0)
		abort();
}

static void remove_script(const char *name)
{
	tree_remove(below(name));
}

/* The version that a shim prints is that of the tool; "build" makes a program of the source by putting #!/bin/sh before it. */
static void put_go(void)
{
	put_script("shims/go", str_printf(&a, "exec %s/goroot/bin/go \"$@\"", root).ptr);
	put_script("goroot/bin/go",
		str_printf(&a,
			"case $1 in\n"
			"env) echo %s/goroot ;;\n"
			"version) echo go version go9.9 fake/sh ;;\n"
			"build)\n"
			"	while [ $# -gt 0 ]; do case $1 in -o) out=$2; shift ;; *.go) in=$1 ;; esac; shift; done\n"
			"	if grep -q BROKEN \"$in\"; then echo \"./$in:2:3: broken\" >&2; exit 1; fi\n"
			"	[ \"$out\" = /dev/null ] || { { echo '#!/bin/sh'; cat \"$in\"; } > \"$out\"; chmod +x \"$out\"; } ;;\n"
			"esac",
			root)
			.ptr);
}

static struct runners built_in(void)
{
	struct runners rows;
	struct diags d = { .arena = &a };

	ck_assert(runners_read(NULL, NULL, &rows, &a, &d));
	return rows;
}

static struct toolchain find_tool(const char *language)
{
	struct runners rows = built_in();
	struct toolchain t;

	toolchain_find(&rows, str_c(language), &t, &a);
	return t;
}

static void read_article(const char *text, struct batch_article *out)
{
	const struct markdown_options options = { 0 };
	struct example_place place = { .src = &out->src, .folder = str_c(root), .root = str_c(root) };
	struct markdown *m;

	*out = (struct batch_article){ .path = STR("a.md"), .folder = below("a.runs"), .src = { STR("a.md"), str_c(text) },
		.diags = { .arena = &a } };
	m = markdown_parse(&out->src, out->src.text, 1, &options, &a, &out->diags);
	out->whole = examples_read(m, &place, &out->examples, &a, &out->diags);
	ck_assert(out->whole);
}

static struct batch run_with(const char *text, bool verify, bool refresh, struct batch_article *article)
{
	struct runners rows = built_in();
	const struct batch_options options = { .rung = rung, .runners = &rows, .verify = verify, .refresh = refresh,
		.jobs = 2 };
	struct batch b;

	read_article(text, article);
	batch_run(article, 1, &options, &b, &a);
	return b;
}

static struct batch run(const char *text)
{
	struct batch_article *article = arena_new(&a, struct batch_article);

	return run_with(text, false, false, article);
}

static void forget_records(void)
{
	tree_remove(below("a.runs"));
}

START_TEST(a_shim_leads_to_its_tool)
{
	struct toolchain t = find_tool("go");

	ck_assert(t.found);
	ck_assert(str_eq(t.version, STR("go version go9.9 fake/sh")));
	ck_assert(str_eq(t.path, below("goroot/bin/go")));
	ck_assert(str_eq(t.folder, below("goroot")));
}
END_TEST

START_TEST(a_tool_that_is_not_there_is_missing)
{
	struct toolchain t = find_tool("lua");

	ck_assert(!t.found);
	ck_assert_msg(str_find(t.why, STR("no command lua")) >= 0, STR_FMT, STR_ARG(t.why));
}
END_TEST

START_TEST(a_tool_that_does_not_tell_its_version_is_missing)
{
	struct toolchain t;

	put_script("shims/lua", "exit 3");
	t = find_tool("lua");
	ck_assert(!t.found);
	ck_assert_msg(str_find(t.why, STR("`lua -v` fails")) >= 0, STR_FMT, STR_ARG(t.why));
	put_script("shims/lua", "exit 0");
	t = find_tool("lua");
	ck_assert(!t.found);
	ck_assert_msg(str_find(t.why, STR("prints nothing")) >= 0, STR_FMT, STR_ARG(t.why));
	remove_script("shims/lua");
}
END_TEST

START_TEST(of_two_rows_the_one_that_works_is_used)
{
	struct toolchain t;

	put_script("shims/node", "case $1 in --version) echo v9.9.9 ;; --experimental-strip-types) exit 9 ;; esac");
	t = find_tool("typescript");
	ck_assert(!t.found);
	ck_assert_msg(str_find(t.why, STR("no command tsc, and `node --experimental")) >= 0, STR_FMT, STR_ARG(t.why));
	put_script("shims/node", "case $1 in --version) echo v99.1.0 ;; esac");
	t = find_tool("typescript");
	ck_assert(t.found);
	ck_assert(str_eq(t.version, STR("Node.js, types stripped, v99.1.0")));
	put_script("shims/tsc", "echo Version 9.9");
	t = find_tool("typescript");
	ck_assert(str_eq(t.version, STR("TypeScript 9.9")));
	remove_script("shims/tsc");
	remove_script("shims/node");
}
END_TEST

START_TEST(a_home_is_never_a_toolchain)
{
	struct toolchain t;

	put_script("home/bin/lua", "echo Lua 9");
	setenv("PATH", below("home/bin").ptr, 1);
	setenv("HOME", below("home").ptr, 1);
	t = find_tool("lua");
	ck_assert(t.found);
	ck_assert(str_eq(t.folder, below("home/bin/lua")));
	setenv("PATH", str_printf(&a, "%s/shims:/usr/bin:/bin", root).ptr, 1);
}
END_TEST

START_TEST(an_unknown_language_is_said)
{
	ck_assert(str_eq(find_tool("brainfuck").why, STR("gen does not know how to run brainfuck")));
}
END_TEST

START_TEST(what_is_run_is_recorded_and_not_run_again)
{
	static const char text[] = "```go run id=x\necho hello\n```\n";
	struct batch b = run(text);
	struct record r;

	ck_assert_uint_eq(b.recorded, 1);
	ck_assert(b.items[0].ran);
	ck_assert_int_eq(record_read(below("a.runs"), STR("x"), b.items[0].example->key, &r, &a, NULL), RECORD_FRESH);
	ck_assert(str_eq(r.out.bytes, STR("hello\n")));
	ck_assert(str_eq(r.tool, STR("go version go9.9 fake/sh")));
	batch_close(&b);
	b = run(text);
	ck_assert_uint_eq(b.cached, 1);
	ck_assert(!b.items[0].ran);
	batch_close(&b);
	forget_records();
}
END_TEST

START_TEST(a_change_without_consequences_keeps_the_history)
{
	struct batch b = run("```go run id=x\necho hello\n```\n");
	struct record old, new;

	batch_close(&b);
	ck_assert_int_eq(record_read(below("a.runs"), STR("x"), (str){ 0 }, &old, &a, NULL), RECORD_CHANGED);
	old.date = STR("2001-02-03");
	ck_assert_int_eq(record_write(below("a.runs"), STR("x"), &old, &a), 0);
	b = run("```go run id=x\necho   hello\n```\n");
	ck_assert_uint_eq(b.recorded, 1);
	ck_assert_int_eq(record_read(below("a.runs"), STR("x"), b.items[0].example->key, &new, &a, NULL), RECORD_FRESH);
	ck_assert(str_eq(new.date, STR("2001-02-03")));
	batch_close(&b);
	forget_records();
}
END_TEST

START_TEST(a_refresh_runs_again)
{
	static const char text[] = "```go run id=x\necho hello\n```\n";
	struct batch_article article;
	struct batch b = run(text);

	batch_close(&b);
	b = run_with(text, false, true, &article);
	ck_assert_uint_eq(b.recorded, 1);
	ck_assert(b.items[0].ran);
	batch_close(&b);
	forget_records();
}
END_TEST

START_TEST(a_compile_error_has_the_article_s_line)
{
	struct batch_article article;
	struct batch b = run_with("# T\n\n```go run id=x\necho\nBROKEN\n```\n", false, false, &article);

	ck_assert_uint_eq(b.failed, 1);
	ck_assert_uint_eq(article.diags.errors, 1);
	ck_assert_int_eq(article.diags.first->line, 5);
	ck_assert_int_eq(article.diags.first->col, 3);
	batch_close(&b);
}
END_TEST

START_TEST(chance_is_not_recorded)
{
	struct batch_article article;
	struct batch b = run_with("```go run id=x\necho $$ $(date +%N)\n```\n", false, false, &article);
	struct file_info info;

	ck_assert_uint_eq(b.failed, 1);
	ck_assert_int_eq(file_stat(below("a.runs"), &info), 0);
	ck_assert_int_eq(info.kind, FILE_NONE);
	batch_close(&b);
}
END_TEST

START_TEST(a_pair_that_differs_is_not_recorded)
{
	struct batch_article article;
	struct batch b = run_with("```go run id=x pair=p\necho a\n```\n\n```go run id=y pair=p\necho b\n```\n", false,
		false, &article);
	struct record r;

	ck_assert_uint_eq(b.recorded, 1);
	ck_assert_uint_eq(b.failed, 1);
	ck_assert_int_eq(article.diags.first->line, 5);
	ck_assert_int_eq(record_read(below("a.runs"), STR("y"), (str){ 0 }, &r, &a, NULL), RECORD_MISSING);
	batch_close(&b);
	forget_records();
}
END_TEST

START_TEST(a_pair_compares_as_its_weaker_half_says)
{
	struct batch b = run("```go run id=x pair=p cmp=unordered\necho a; echo b\n```\n\n```go run id=y pair=p\necho b; echo a\n```\n");

	ck_assert_uint_eq(b.recorded, 2);
	batch_close(&b);
	forget_records();
}
END_TEST

START_TEST(verifying_writes_nothing)
{
	struct batch_article article;
	struct batch b = run("```go run id=x\necho a\n```\n");
	struct record before, after;

	batch_close(&b);
	record_read(below("a.runs"), STR("x"), (str){ 0 }, &before, &a, NULL);
	b = run_with("```go run id=x\necho a\n```\n", true, false, &article);
	ck_assert_uint_eq(b.same, 1);
	batch_close(&b);
	b = run_with("```go run id=x\necho b\n```\n\n```go run id=z\necho\n```\n", true, false, &article);
	ck_assert_uint_eq(b.failed, 2);
	batch_close(&b);
	record_read(below("a.runs"), STR("x"), (str){ 0 }, &after, &a, NULL);
	ck_assert(record_same(&before, &after) && str_eq(before.key, after.key));
	ck_assert_int_eq(record_read(below("a.runs"), STR("z"), (str){ 0 }, &after, &a, NULL), RECORD_MISSING);
	forget_records();
}
END_TEST

START_TEST(what_cannot_be_run_here_is_said_and_is_no_failure)
{
	struct batch_article article;
	struct batch b = run_with("```lua run\nx\n```\n\n```go run deps=gin\nx\n```\n",
		false, false, &article);

	ck_assert_uint_eq(b.not_run, 2);
	ck_assert_uint_eq(b.failed, 0);
	ck_assert_uint_eq(article.diags.warnings, 2);
	batch_close(&b);
}
END_TEST

START_TEST(an_orphan_is_removed_and_a_stranger_s_file_is_not)
{
	struct batch_article article;
	struct batch b = run("```go run id=x\necho a\n```\n");
	struct file_info info;

	batch_close(&b);
	ck_assert_int_eq(file_write_atomic(below("a.runs/other.yaml"), STR("key: mine\n")), 0);
	b = run_with("```go run id=y\necho a\n```\n", false, false, &article);
	batch_close(&b);
	file_stat(below("a.runs/x.yaml"), &info);
	ck_assert_int_eq(info.kind, FILE_NONE);
	file_stat(below("a.runs/other.yaml"), &info);
	ck_assert_int_eq(info.kind, FILE_REGULAR);
	forget_records();
}
END_TEST

START_TEST(files_arguments_input_and_environment_reach_the_program)
{
	struct batch b;
	struct record r;

	ck_assert_int_eq(file_write_atomic(below("data.txt"), STR("from a file\n")), 0);
	b = run("```go run id=x files=data.txt args=\"'a b' c\" stdin=\"in\\n\" env=\"WHO=me\" exit=4\n"
		"echo $# \"$1\" $WHO; cat; cat data.txt; echo $HOME $TZ >&2; exit 4\n```\n");
	ck_assert_msg(b.recorded == 1, STR_FMT, STR_ARG(b.items[0].why));
	record_read(below("a.runs"), STR("x"), b.items[0].example->key, &r, &a, NULL);
	ck_assert_msg(str_eq(r.out.bytes, STR("2 a b me\nin\nfrom a file\n")), STR_FMT, STR_ARG(r.out.bytes));
	ck_assert_msg(str_eq(r.err.bytes, STR("/tmp/home UTC\n")), STR_FMT, STR_ARG(r.err.bytes));
	ck_assert_int_eq(r.status, 4);
	batch_close(&b);
	forget_records();
}
END_TEST

int main(int argc, char **argv)
{
	const TTest *const tests[] = { a_shim_leads_to_its_tool, a_tool_that_is_not_there_is_missing,
		a_tool_that_does_not_tell_its_version_is_missing, of_two_rows_the_one_that_works_is_used,
		a_home_is_never_a_toolchain, an_unknown_language_is_said, what_is_run_is_recorded_and_not_run_again,
		a_change_without_consequences_keeps_the_history, a_refresh_runs_again,
		a_compile_error_has_the_article_s_line, chance_is_not_recorded, a_pair_that_differs_is_not_recorded,
		a_pair_compares_as_its_weaker_half_says, verifying_writes_nothing,
		what_cannot_be_run_here_is_said_and_is_no_failure, an_orphan_is_removed_and_a_stranger_s_file_is_not,
		files_arguments_input_and_environment_reach_the_program };
	int status;
	str why;

	if (inside_is(argc, argv))
		inside_main(argc, argv);
	if (!mkdtemp(root) || chmod(root, 0755) != 0)
		return EXIT_FAILURE;
	markdown_start();
	/* Scripts of our own; where no sandbox works, limits alone will do. */
	sandbox_choose(&rung, &why, &a);
	setenv("PATH", str_printf(&a, "%s/shims:/usr/bin:/bin", root).ptr, 1);
	put_go();
	status = suite_run("batch", tests, sizeof(tests) / sizeof(tests[0]));
	tree_remove(str_c(root));
	return status;
}
