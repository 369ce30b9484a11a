#include "unit/suite.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "content/record.h"

/* What is written comes back; what was touched since is noticed. */

static struct arena a;
static char folder[] = "/tmp/gen-record-XXXXXX";

static struct record sample(void)
{
	return (struct record){ .key = STR("00e1"),
		.tool = STR("go version go1.22 \"x\""),
		.sandbox = STR("namespaces"),
		.status = 3,
		.out = { STR("a\nb \xff\n"), 6 },
		.err = { STR(""), 0 },
		.date = STR("2026-03-01"),
		.host = STR("Linux x86_64"),
		.wall = 0.25,
		.memory = 1234 };
}

static enum record_state read_back(const char *key, struct record *out)
{
	return record_read(str_c(folder), STR("x"), str_c(key), out, &a, NULL);
}

static void write_sample(const struct record *r)
{
	ck_assert_int_eq(record_write(str_c(folder), STR("x"), r, &a), 0);
}

/* Replace `from` by `to` in a file of the record. */
static void edit(const char *name, const char *from, const char *to)
{
	str path = str_printf(&a, "%s/%s", folder, name), text;
	struct buf b = { .arena = &a };
	ptrdiff_t at;

	ck_assert_int_eq(file_read(path, 0, &a, &text), 0);
	at = str_find(text, str_c(from));
	ck_assert_int_ge(at, 0);
	buf_add(&b, str_sub(text, 0, (size_t)at));
	buf_add(&b, str_c(to));
	buf_add(&b, str_from(text, (size_t)at + strlen(from)));
	ck_assert_int_eq(file_write_atomic(path, buf_str(&b)), 0);
}

START_TEST(a_record_comes_back_as_it_was)
{
	struct record r = sample(), back;

	write_sample(&r);
	ck_assert_int_eq(read_back("00e1", &back), RECORD_FRESH);
	ck_assert(record_same(&r, &back));
	ck_assert(str_eq(back.tool, r.tool));
	ck_assert(str_eq(back.date, r.date));
	ck_assert_int_eq(back.status, 3);
	ck_assert_uint_eq(back.memory, 1234);
	ck_assert_double_eq_tol(back.wall, 0.25, 1e-9);
}
END_TEST

START_TEST(another_key_is_a_change)
{
	struct record r = sample(), back;

	write_sample(&r);
	ck_assert_int_eq(read_back("00e2", &back), RECORD_CHANGED);
}
END_TEST

START_TEST(what_is_not_there_is_missing)
{
	struct record back;

	record_remove(str_c(folder), STR("x"), &a);
	ck_assert_int_eq(read_back("00e1", &back), RECORD_MISSING);
}
END_TEST

START_TEST(an_edit_of_any_file_is_noticed)
{
	struct record r = sample(), back;

	write_sample(&r);
	edit("x.yaml", "status: 3", "status: 0");
	ck_assert_int_eq(read_back("00e1", &back), RECORD_EDITED);
	write_sample(&r);
	edit("x.stdout", "a\n", "c\n");
	ck_assert_int_eq(read_back("00e1", &back), RECORD_EDITED);
	write_sample(&r);
	ck_assert_int_eq(file_write_atomic(str_printf(&a, "%s/x.stderr", folder), STR("new\n")), 0);
	ck_assert_int_eq(read_back("00e1", &back), RECORD_EDITED);
	write_sample(&r);
	ck_assert_int_eq(read_back("00e1", &back), RECORD_FRESH);
	edit("x.yaml", "end: exit", "end: [");
	ck_assert_int_eq(read_back("00e1", &back), RECORD_EDITED);
}
END_TEST

START_TEST(line_ends_of_a_checkout_are_no_edit)
{
	struct record r = sample(), back;
	str text;

	write_sample(&r);
	for (int i = 0; i < 2; i++) {
		str path = str_printf(&a, "%s/%s", folder, i ? "x.stdout" : "x.yaml");
		struct buf b = { .arena = &a };

		ck_assert_int_eq(file_read(path, 0, &a, &text), 0);
		for (size_t k = 0; k < text.len; k++) {
			if (text.ptr[k] == '\n')
				buf_char(&b, '\r');
			buf_char(&b, text.ptr[k]);
		}
		ck_assert_int_eq(file_write_atomic(path, buf_str(&b)), 0);
	}
	ck_assert_int_eq(read_back("00e1", &back), RECORD_FRESH);
	ck_assert(record_same(&r, &back));
}
END_TEST

START_TEST(a_cut_output_keeps_its_size)
{
	struct record r = sample(), back;

	r.out.size = 100000;
	write_sample(&r);
	ck_assert_int_eq(read_back("00e1", &back), RECORD_FRESH);
	ck_assert_uint_eq(back.out.size, 100000);
	ck_assert_uint_eq(back.out.bytes.len, 6);
}
END_TEST

START_TEST(the_folder_stands_beside_the_article)
{
	ck_assert(str_eq(record_folder(STR("content/a.md"), &a), STR("content/a.runs")));
	ck_assert(str_eq(record_folder(STR("content/a/index.md"), &a), STR("content/a/index.runs")));
}
END_TEST

START_TEST(a_list_has_every_record_once)
{
	struct record r = sample();
	struct record_ids ids;

	write_sample(&r);
	ck_assert_int_eq(record_write(str_c(folder), STR("b"), &r, &a), 0);
	ids = record_names(str_c(folder), &a);
	ck_assert_uint_eq(ids.count, 2);
	ck_assert(str_eq(ids.at[0], STR("b")));
	ck_assert(str_eq(ids.at[1], STR("x")));
	ck_assert_uint_eq(record_names(STR("/nonexistent"), &a).count, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { a_record_comes_back_as_it_was, another_key_is_a_change,
		what_is_not_there_is_missing, an_edit_of_any_file_is_noticed, line_ends_of_a_checkout_are_no_edit,
		a_cut_output_keeps_its_size, the_folder_stands_beside_the_article, a_list_has_every_record_once };
	int status;

	if (!mkdtemp(folder))
		return EXIT_FAILURE;
	status = suite_run("record", tests, sizeof(tests) / sizeof(tests[0]));
	tree_remove(str_c(folder));
	return status;
}
