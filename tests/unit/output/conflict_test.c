#include "folder.h"
#include "base/pool.h"

/* A first build with these two paths fails, saying `words`. */
static void clash(const char *one, const char *two, const char *words)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	s = begin(&t);
	put(s, one, "1");
	put(s, two, "2");
	refuse(&t, s, words);
	ck_assert_uint_eq(t.diags.errors, 1);
	ck_assert_str_eq(listing(&t), "");
	scratch_close(&t);
}

START_TEST(paths_that_are_no_names_of_files_are_faults)
{
	static const char *const bad[] = { "", "/etc/x", "../x", "a/../x", "a/./x", "a//x",
		"a/", ".", "..", ".gen-manifest", ".gen-stage/x" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		clash("fine.html", bad[i], "the output path '");
}
END_TEST

START_TEST(a_nul_and_too_long_names_are_faults)
{
	struct scratch t;
	struct stage *s;
	static char name[5000];

	scratch_open(&t);
	memset(name, 'n', sizeof(name));
	s = begin(&t);
	stage_put(s, str_new("a\0b", 3), STR("x"));
	stage_put(s, str_new(name, 256), STR("x"));
	for (size_t i = 100; i < sizeof(name); i += 100)
		name[i] = '/';
	stage_put(s, str_new(name, 4999), STR("x"));
	refuse(&t, s, "NUL");
	ck_assert(is_said(&t, "longer than the system allows"));
	ck_assert_uint_eq(t.diags.errors, 3);
	scratch_close(&t);
}
END_TEST

START_TEST(the_longest_part_and_odd_bytes_are_fine)
{
	struct scratch t;
	struct stage *s;
	static char name[255];

	scratch_open(&t);
	memset(name, 'n', sizeof(name));
	s = begin(&t);
	stage_put(s, str_new(name, 255), STR("x"));
	put(s, "a b\n\xff/\\.html", "odd");
	commit(&t, s);
	ck_assert_str_eq(text_of(&t, "site/a b\n\xff/\\.html"), "odd");
	ck_assert_uint_eq(build(&t, PAGES("a b\n\xff/\\.html", "odd")).unchanged, 1);
	scratch_close(&t);
}
END_TEST

START_TEST(the_same_path_twice_is_a_fault)
{
	clash("a/index.html", "a/index.html", "a/index.html' is written twice");
}
END_TEST

START_TEST(paths_equal_without_case_are_a_fault)
{
	clash("Go.html", "go.html", "'Go.html' and 'go.html' differ only in case");
	clash("b/\xc3\x84.html", "b/\xc3\xa4.html", "differ only in case");
	clash("b/\xc3\xa4.html", "b/a\xcc\x88.html", "differ only in case");
}
END_TEST

START_TEST(a_path_that_is_a_folder_of_another_is_a_fault)
{
	clash("a", "a/b", "'a' is to be a file and a folder");
	clash("a/b", "a", "'a' is to be a file and a folder");
	clash("a/b/c/d", "A/b", "is to be a file and a folder");
	clash("a/b", "a/b/c/d", "'a/b' is to be a file and a folder");
}
END_TEST

START_TEST(names_that_only_look_alike_are_fine)
{
	struct scratch t;

	scratch_open(&t);
	/* The second one folds to "a/c" by compatibility. */
	build(&t, PAGES("a/c", "1", "\xe2\x84\x80", "2", "a.b", "3", "ab", "4", "A/x", "5"));
	ck_assert_str_eq(text_of(&t, "site/a/c"), "1");
	ck_assert_str_eq(text_of(&t, "site/\xe2\x84\x80"), "2");
	scratch_close(&t);
}
END_TEST

START_TEST(all_faults_are_said_but_not_without_end)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	s = begin(&t);
	for (int i = 0; i < 30; i++)
		stage_put(s, str_printf(&t.arena, "../%02d", i), STR("x"));
	refuse(&t, s, "and 20 more faults");
	ck_assert_uint_eq(t.diags.errors, 11);
	ck_assert(is_said(&t, "'../00'"));
	scratch_close(&t);
}
END_TEST

START_TEST(a_file_of_the_user_is_not_overwritten_without_force)
{
	struct scratch t;
	struct stage *s;
	struct stage_options force = { .force = true };

	scratch_open(&t);
	build(&t, PAGES("index.html", "home"));
	user_writes(&t, "site/CNAME", "mine.example");
	s = begin(&t);
	put(s, "index.html", "home 2");
	put(s, "CNAME", "other.example");
	refuse(&t, s, "site/CNAME' is in the way");
	ck_assert(is_said(&t, "--force"));
	ck_assert_str_eq(text_of(&t, "site/CNAME"), "mine.example");
	ck_assert_str_eq(text_of(&t, "site/index.html"), "home");
	s = begin_with(&t, "site", force);
	put(s, "index.html", "home 2");
	put(s, "CNAME", "other.example");
	commit(&t, s);
	ck_assert_str_eq(text_of(&t, "site/CNAME"), "other.example");
	scratch_close(&t);
}
END_TEST

START_TEST(a_file_of_gen_becomes_a_folder_and_back)
{
	struct scratch t;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a", "file", "b/c/d.html", "deep", "b/e.html",
			  "e"));
	build(&t, PAGES("index.html", "home", "a/x/y.html", "in a", "b", "file"));
	ck_assert_str_eq(listing(&t), "site\nsite/.gen-manifest\nsite/a\nsite/a/x\nsite/a/x/"
				      "y.html\nsite/b\nsite/index.html\n");
	build(&t, PAGES("index.html", "home", "a", "file", "b/c/d.html", "deep", "b/e.html",
			  "e"));
	ck_assert_str_eq(text_of(&t, "site/a"), "file");
	ck_assert_str_eq(text_of(&t, "site/b/c/d.html"), "deep");
	scratch_close(&t);
}
END_TEST

START_TEST(a_folder_with_a_file_of_the_user_is_never_replaced)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	build(&t, PAGES("a/b/index.html", "home", "z.html", "z"));
	user_writes(&t, "site/a/b/notes.txt", "mine");
	for (int force = 0; force < 2; force++) {
		s = begin_with(&t, "site", (struct stage_options){ .force = force });
		put(s, "a", "file");
		put(s, "z.html", "z 2");
		refuse(&t, s, "site/a/b/notes.txt' in it");
		ck_assert_str_eq(text_of(&t, "site/a/b/notes.txt"), "mine");
		ck_assert_str_eq(text_of(&t, "site/a/b/index.html"), "home");
		ck_assert_str_eq(text_of(&t, "site/z.html"), "z");
	}
	scratch_close(&t);
}
END_TEST

START_TEST(a_file_of_the_user_in_the_way_of_a_folder_is_a_fault)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home"));
	user_writes(&t, "site/a", "mine");
	s = begin(&t);
	put(s, "index.html", "home");
	put(s, "a/x.html", "1");
	put(s, "a/y.html", "2");
	refuse(&t, s, "site/a' is in the way");
	ck_assert_str_eq(text_of(&t, "site/a"), "mine");
	s = begin_with(&t, "site", (struct stage_options){ .force = true });
	put(s, "index.html", "home");
	put(s, "a/x.html", "1");
	put(s, "a/y.html", "2");
	commit(&t, s);
	ck_assert_str_eq(text_of(&t, "site/a/y.html"), "2");
	scratch_close(&t);
}
END_TEST

START_TEST(nothing_is_written_through_a_link)
{
	struct scratch t;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/index.html", "a"));
	user_writes(&t, "elsewhere/index.html", "precious");
	user_writes(&t, "elsewhere/home.html", "precious");
	tree_remove(str_c(at(&t, "site/a")));
	unlink(at(&t, "site/index.html"));
	ck_assert_int_eq(symlink("../elsewhere", at(&t, "site/a")), 0);
	ck_assert_int_eq(symlink("../elsewhere/home.html", at(&t, "site/index.html")), 0);
	for (int force = 0; force < 2; force++) {
		struct stage *s =
			begin_with(&t, "site", (struct stage_options){ .force = force });

		put(s, "index.html", "home 2");
		put(s, "a/index.html", "a 2");
		put(s, "a/new.html", "new");
		if (force)
			commit(&t, s);
		else
			refuse(&t, s, "site/a' is in the way");
		ck_assert_str_eq(text_of(&t, "elsewhere/index.html"), "precious");
		ck_assert_str_eq(text_of(&t, "elsewhere/home.html"), "precious");
		ck_assert(!is_there(&t, "elsewhere/new.html"));
	}
	ck_assert_str_eq(text_of(&t, "site/a/index.html"), "a 2");
	ck_assert_str_eq(text_of(&t, "site/index.html"), "home 2");
	scratch_close(&t);
}
END_TEST

START_TEST(nothing_is_removed_through_a_link)
{
	struct scratch t;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/index.html", "a"));
	user_writes(&t, "elsewhere/index.html", "precious");
	tree_remove(str_c(at(&t, "site/a")));
	ck_assert_int_eq(symlink("../elsewhere", at(&t, "site/a")), 0);
	ck_assert_uint_eq(build(&t, PAGES("index.html", "home")).removed, 0);
	ck_assert_str_eq(text_of(&t, "elsewhere/index.html"), "precious");
	ck_assert(is_there(&t, "site/a"));
	scratch_close(&t);
}
END_TEST

struct crowd {
	struct stage *stage;
	int round;
};

static void put_one(void *ctx, size_t item, int worker)
{
	struct crowd *c = ctx;
	char path[64], text[64];

	(void)worker;
	snprintf(path, sizeof(path), "s%zu/p%zu/index.html", item % 7, item);
	snprintf(text, sizeof(text), "page %zu of %d", item, item % 3 ? 0 : c->round);
	put(c->stage, path, text);
	/* Two threads put this one; exactly one of each pair is a fault. */
	if (c->round == 3)
		stage_put(c->stage, str_c(item % 2 ? "twice/a" : "twice/b"), STR("x"));
}

START_TEST(many_threads_may_put)
{
	struct scratch t;
	struct stage_report r;

	scratch_open(&t);
	for (int round = 1; round < 3; round++) {
		struct crowd c = { begin(&t), round };

		pool_each(4, 900, put_one, &c);
		r = commit(&t, c.stage);
		ck_assert_uint_eq(r.written, round == 1 ? 900 : 300);
		ck_assert_uint_eq(r.unchanged, round == 1 ? 0 : 600);
	}
	ck_assert_str_eq(text_of(&t, "site/s3/p3/index.html"), "page 3 of 2");
	struct crowd c = { begin(&t), 3 };
	pool_each(4, 900, put_one, &c);
	refuse(&t, c.stage, "and 888 more faults");
	ck_assert_str_eq(text_of(&t, "site/s3/p3/index.html"), "page 3 of 2");
	scratch_close(&t);
}
END_TEST

SUITE("conflict", paths_that_are_no_names_of_files_are_faults,
	a_nul_and_too_long_names_are_faults, the_longest_part_and_odd_bytes_are_fine,
	the_same_path_twice_is_a_fault, paths_equal_without_case_are_a_fault,
	a_path_that_is_a_folder_of_another_is_a_fault, names_that_only_look_alike_are_fine,
	all_faults_are_said_but_not_without_end,
	a_file_of_the_user_is_not_overwritten_without_force,
	a_file_of_gen_becomes_a_folder_and_back,
	a_folder_with_a_file_of_the_user_is_never_replaced,
	a_file_of_the_user_in_the_way_of_a_folder_is_a_fault, nothing_is_written_through_a_link,
	nothing_is_removed_through_a_link, many_threads_may_put)
