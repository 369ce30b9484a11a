#include "unit/suite.h"

#include "base/arena.h"
#include "data/yaml.h"
#include "content/command.h"
#include "examples/job.h"
#include "base/buf.h"
#include "content/runner.h"

static struct arena a;
static struct diags d;

static bool read_rows(const char *yaml, struct runners *out)
{
	struct source *src = arena_new(&a, struct source);
	struct value v;

	*src = (struct source){ STR("gen.yaml"), str_c(yaml) };
	d = (struct diags){ .arena = &a };
	ck_assert(yaml_read(src, src->text, 1, NULL, &v, &a, &d));
	return runners_read(src, &v, out, &a, &d);
}

static const struct runner *find(const struct runners *rows, const char *language)
{
	for (size_t i = 0; i < rows->count; i++)
		if (str_eq(rows->at[i].language, str_c(language)))
			return &rows->at[i];
	return NULL;
}

START_TEST(thirteen_languages_are_built_in)
{
	static const char *const languages[] = { "go", "python", "c", "cpp", "rust", "javascript", "typescript",
		"java", "bash", "ruby", "lua", "perl", "php" };
	struct runners rows;

	ck_assert(runners_read(NULL, NULL, &rows, &a, &d));
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		ck_assert_msg(find(&rows, languages[i]) != NULL, "%s", languages[i]);
}
END_TEST

START_TEST(a_row_of_gen_yaml_changes_what_it_names)
{
	struct runners rows;

	ck_assert(read_rows("c: {compile: tcc -o main main.c}\n", &rows));
	ck_assert(str_eq(find(&rows, "c")->compile, STR("tcc -o main main.c")));
	ck_assert(str_eq(find(&rows, "c")->run, STR("./main")));
	ck_assert(find(&rows, "c")->own);
}
END_TEST

START_TEST(a_new_language_needs_a_file_and_a_command)
{
	struct runners rows;

	ck_assert(read_rows("zig: {file: main.zig, run: zig run main.zig}\n", &rows));
	ck_assert(str_eq(find(&rows, "zig")->tool, STR("zig")));
	ck_assert(str_eq(find(&rows, "zig")->name, STR("zig")));
	ck_assert(!read_rows("zig: {run: zig run}\n", &rows));
	ck_assert_int_eq(d.first->line, 1);
	ck_assert(!read_rows("zig: {file: ../x, run: zig run}\n", &rows));
}
END_TEST

START_TEST(faults_of_rows_have_their_place)
{
	struct runners rows;

	ck_assert(!read_rows("go:\n  compyle: x\n", &rows));
	ck_assert_int_eq(d.first->line, 2);
	ck_assert(str_eq(d.first->help, STR("did you mean \"compile\"?")));
	ck_assert(!read_rows("go: fast\n", &rows));
	ck_assert(!read_rows("go: {panic: 300}\n", &rows));
	ck_assert(!read_rows("go: {run: [a]}\n", &rows));
}
END_TEST

START_TEST(commands_are_split_and_filled)
{
	static const str sources[] = { STR_INIT("a.c"), STR_INIT("b.c") };
	const struct command_names names = { STR("a.c"), STR("a"), { sources, 2 } };
	struct str_list words = command_words(STR("cc  -o {main}.out x\\ y {sources} {file}"), &names, &a);

	ck_assert_uint_eq(words.count, 7);
	ck_assert(str_eq(words.at[2], STR("a.out")));
	ck_assert(str_eq(words.at[3], STR("x y")));
	ck_assert(str_eq(words.at[5], STR("b.c")));
	ck_assert(str_eq(words.at[6], STR("a.c")));
}
END_TEST

START_TEST(a_job_comes_out_as_it_went_in)
{
	static const str words[] = { STR_INIT("/bin/sh"), STR_INIT("") };
	struct job_file files[] = { { STR("main.c"), STR("int main;\0x") } };
	struct job in = { .rung = RUNG_LANDLOCK, .folders = { words, 1 }, .cache = STR("/c"), .disk = 5,
		.processes = 6, .output = 7, .files = files, .file_count = 1, .step_count = 2 };
	struct buf b = { .arena = &a };
	struct job out;

	in.steps[1] = (struct job_step){ .argv = { words, 2 }, .input = STR("in"), .wall_ms = 9, .compiles = true };
	job_write(&in, &b);
	ck_assert(job_read(buf_str(&b), &out, &a));
	ck_assert_int_eq(out.rung, RUNG_LANDLOCK);
	ck_assert(str_eq(out.files[0].bytes, files[0].bytes));
	ck_assert_uint_eq(out.steps[1].argv.count, 2);
	ck_assert(out.steps[1].compiles);
	ck_assert_int_eq(out.steps[1].wall_ms, 9);
	for (size_t i = 0; i < b.len; i++)
		ck_assert(!job_read(str_sub(buf_str(&b), 0, i), &out, &a));
}
END_TEST

SUITE("runner", thirteen_languages_are_built_in, a_row_of_gen_yaml_changes_what_it_names,
	a_new_language_needs_a_file_and_a_command, faults_of_rows_have_their_place, commands_are_split_and_filled,
	a_job_comes_out_as_it_went_in)
