#include "folder.h"

/* stage_open() refuses `name`, saying `words`. */
static void refused(struct scratch *t, str folder, struct stage_options o, const char *words)
{
	t->diags = (struct diags){ .arena = &t->arena };
	ck_assert_ptr_null(stage_open(folder, &o, &t->arena, &t->diags));
	ck_assert_uint_eq(t->diags.errors, 1);
	ck_assert_msg(is_said(t, words), "\"%s\" was not said, but \"%s\"", words,
		t->diags.first->message.ptr);
}

START_TEST(root_and_home_are_refused)
{
	struct scratch t;
	struct stage_options force = { .force = true };

	scratch_open(&t);
	ck_assert_int_eq(mkdir(at(&t, "home"), 0777), 0);
	setenv("HOME", at(&t, "home"), 1);
	refused(&t, STR("/"), force, "root of the file system");
	refused(&t, STR("/tmp/.."), force, "root of the file system");
	refused(&t, str_c(at(&t, "home")), force, "home folder");
	refused(&t, str_c(at(&t, "home/../home/")), force, "home folder");
	refused(&t, str_c(t.root), force, "home folder");
	ck_assert_int_eq(symlink(at(&t, "home"), at(&t, "link")), 0);
	refused(&t, str_c(at(&t, "link")), force, "home folder");
	setenv("HOME", "/root", 1);
	scratch_close(&t);
}
END_TEST

START_TEST(source_and_what_holds_it_are_refused)
{
	struct scratch t;
	struct stage_options o = { .force = true };

	scratch_open(&t);
	user_writes(&t, "blog/gen.yaml", "");
	o.source = str_c(at(&t, "blog"));
	refused(&t, str_c(at(&t, "blog")), o, "source of the site");
	refused(&t, str_c(at(&t, "blog/.")), o, "source of the site");
	refused(&t, str_c(t.root), o, "source of the site");
	stage_abort(begin_with(&t, "blog/site", o));
	stage_abort(begin_with(&t, "blog2", o));
	scratch_close(&t);
}
END_TEST

START_TEST(folders_to_keep_out_of_are_refused_inside_and_above)
{
	struct scratch t;
	struct stage_options o = { .force = true };
	str keep[2];

	scratch_open(&t);
	user_writes(&t, "blog/content/a.md", "");
	keep[0] = str_c(at(&t, "blog/content"));
	keep[1] = str_c(at(&t, "blog/templates")); /* does not exist */
	o.keep_out = keep;
	o.keep_out_count = 2;
	refused(&t, keep[0], o, "made from");
	refused(&t, str_c(at(&t, "blog/content/site")), o, "made from");
	refused(&t, keep[1], o, "made from");
	refused(&t, str_c(at(&t, "blog/templates/deep/site")), o, "made from");
	refused(&t, str_c(at(&t, "blog")), o, "made from");
	stage_abort(begin_with(&t, "blog/contents", o));
	scratch_close(&t);
}
END_TEST

START_TEST(a_folder_of_the_user_needs_force)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	user_writes(&t, "site/letter.txt", "mine");
	refused(&t, str_c(at(&t, "site")), (struct stage_options){ 0 }, "--force");
	ck_assert_str_eq(listing(&t), "site\nsite/letter.txt\n");
	s = begin_with(&t, "site", (struct stage_options){ .force = true });
	put(s, "index.html", "home");
	commit(&t, s);
	ck_assert_str_eq(text_of(&t, "site/letter.txt"), "mine");
	ck_assert_str_eq(text_of(&t, "site/index.html"), "home");
	scratch_close(&t);
}
END_TEST

START_TEST(a_file_is_no_folder)
{
	struct scratch t;

	scratch_open(&t);
	user_writes(&t, "site", "mine");
	refused(&t, str_c(at(&t, "site")), (struct stage_options){ 0 }, "not a folder");
	refused(&t, str_c(at(&t, "site/below")), (struct stage_options){ 0 },
		"Not a directory");
	ck_assert_str_eq(text_of(&t, "site"), "mine");
	scratch_close(&t);
}
END_TEST

START_TEST(two_builds_at_once_are_refused)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	for (int round = 0; round < 2; round++) {
		s = begin(&t);
		put(s, "index.html", round ? "new" : "old");
		refused(&t, str_c(at(&t, "site")), (struct stage_options){ 0 },
			"another gen is writing");
		commit(&t, s);
	}
	ck_assert_str_eq(text_of(&t, "site/index.html"), "new");
	scratch_close(&t);
}
END_TEST

START_TEST(a_relative_folder_is_made_with_those_above)
{
	struct scratch t;
	char cwd[PATH_MAX];
	struct stage *s;

	scratch_open(&t);
	ck_assert_ptr_nonnull(getcwd(cwd, sizeof(cwd)));
	ck_assert_int_eq(chdir(t.root), 0);
	s = stage_open(STR("out/deep/site/"), &(struct stage_options){ 0 }, &t.arena, &t.diags);
	ck_assert_ptr_nonnull(s);
	put(s, "index.html", "home");
	commit(&t, s);
	ck_assert_int_eq(chdir(cwd), 0);
	ck_assert_str_eq(text_of(&t, "out/deep/site/index.html"), "home");
	scratch_close(&t);
}
END_TEST

START_TEST(a_link_to_a_folder_is_written_where_it_leads)
{
	struct scratch t;

	scratch_open(&t);
	ck_assert_int_eq(mkdir(at(&t, "real"), 0777), 0);
	ck_assert_int_eq(symlink("real", at(&t, "site")), 0);
	build(&t, PAGES("index.html", "home"));
	ck_assert_str_eq(listing(&t), "real\nreal/.gen-manifest\nreal/index.html\nsite\n");
	scratch_close(&t);
}
END_TEST

SUITE("target", root_and_home_are_refused, source_and_what_holds_it_are_refused,
	folders_to_keep_out_of_are_refused_inside_and_above, a_folder_of_the_user_needs_force,
	a_file_is_no_folder, two_builds_at_once_are_refused,
	a_relative_folder_is_made_with_those_above,
	a_link_to_a_folder_is_written_where_it_leads)
