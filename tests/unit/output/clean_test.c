#include "folder.h"

static bool clean(struct scratch *t, bool dry_run, size_t *removed, struct buf *out)
{
	return stage_clean(str_c(at(t, "site")), dry_run, removed, out, &t->diags);
}

START_TEST(clean_takes_what_gen_wrote_and_nothing_else)
{
	struct scratch t;
	struct buf out = { 0 };
	size_t removed;

	scratch_open(&t);
	user_writes(&t, "site/.gitignore", "*");
	build(&t, PAGES("index.html", "home", "a/b/index.html", "b", "a/c.html", "c"));
	user_writes(&t, "site/a/notes.txt", "mine");
	user_writes(&t, "site/.gen-stage/00/0", "left by a killed build");
	user_writes(&t, ".site.gen-stage/a/index.html", "left by a killed first build");
	ck_assert(clean(&t, false, &removed, &out));
	ck_assert_uint_eq(removed, 3);
	ck_assert(str_eq(buf_str(&out), STR("a/b/index.html\na/c.html\nindex.html\n")));
	ck_assert_str_eq(listing(&t), "site\nsite/.gitignore\nsite/a\nsite/a/notes.txt\n");
	buf_free(&out);
	scratch_close(&t);
}
END_TEST

START_TEST(a_folder_that_was_all_of_gen_goes_too)
{
	struct scratch t;
	size_t removed;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/b/index.html", "b"));
	ck_assert(clean(&t, false, &removed, NULL));
	ck_assert_str_eq(listing(&t), "");
	scratch_close(&t);
}
END_TEST

START_TEST(a_dry_run_changes_nothing)
{
	struct scratch t;
	struct buf out = { 0 };
	const char *before;
	size_t removed;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/b/index.html", "b"));
	before = listing(&t);
	ck_assert(clean(&t, true, &removed, &out));
	ck_assert_uint_eq(removed, 2);
	ck_assert(str_eq(buf_str(&out), STR("a/b/index.html\nindex.html\n")));
	ck_assert_str_eq(listing(&t), before);
	buf_free(&out);
	scratch_close(&t);
}
END_TEST

START_TEST(nothing_there_is_nothing_to_do)
{
	struct scratch t;
	size_t removed = 7;

	scratch_open(&t);
	ck_assert(clean(&t, false, &removed, NULL));
	ck_assert_uint_eq(removed, 0);
	user_writes(&t, "site/.gitignore", "*");
	ck_assert(clean(&t, false, &removed, NULL));
	ck_assert_str_eq(listing(&t), "site\nsite/.gitignore\n");
	scratch_close(&t);
}
END_TEST

START_TEST(a_folder_of_the_user_is_refused)
{
	struct scratch t;
	size_t removed;

	scratch_open(&t);
	user_writes(&t, "site/letter.txt", "mine");
	ck_assert(!clean(&t, false, &removed, NULL));
	ck_assert(is_said(&t, "gen did not make it"));
	ck_assert_str_eq(listing(&t), "site\nsite/letter.txt\n");
	scratch_close(&t);
}
END_TEST

START_TEST(a_damaged_manifest_removes_nothing)
{
	struct scratch t;
	size_t removed;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home"));
	user_writes(&t, "site/.gen-manifest", "gen manifest 2\n");
	ck_assert(!clean(&t, false, &removed, NULL));
	ck_assert(is_said(&t, "damaged or of another version"));
	ck_assert(is_there(&t, "site/index.html"));
	scratch_close(&t);
}
END_TEST

START_TEST(a_build_that_runs_is_not_disturbed)
{
	struct scratch t;
	struct stage *s;
	size_t removed;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home"));
	s = begin(&t);
	put(s, "index.html", "home 2");
	ck_assert(!clean(&t, false, &removed, NULL));
	ck_assert(is_said(&t, "another gen is writing"));
	commit(&t, s);
	ck_assert_str_eq(text_of(&t, "site/index.html"), "home 2");
	scratch_close(&t);
}
END_TEST

START_TEST(nothing_is_cleaned_through_a_link)
{
	struct scratch t;
	size_t removed;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/index.html", "a"));
	user_writes(&t, "elsewhere/index.html", "precious");
	tree_remove(str_c(at(&t, "site/a")));
	ck_assert_int_eq(symlink("../elsewhere", at(&t, "site/a")), 0);
	ck_assert(clean(&t, false, &removed, NULL));
	ck_assert_uint_eq(removed, 1);
	ck_assert_str_eq(text_of(&t, "elsewhere/index.html"), "precious");
	scratch_close(&t);
}
END_TEST

SUITE("clean", clean_takes_what_gen_wrote_and_nothing_else,
	a_folder_that_was_all_of_gen_goes_too, a_dry_run_changes_nothing,
	nothing_there_is_nothing_to_do, a_folder_of_the_user_is_refused,
	a_damaged_manifest_removes_nothing, a_build_that_runs_is_not_disturbed,
	nothing_is_cleaned_through_a_link)
