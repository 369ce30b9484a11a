#include "folder.h"

START_TEST(nothing_is_to_be_seen_before_the_commit)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	s = begin(&t);
	put(s, "index.html", "home");
	put(s, "a/b/index.html", "article");
	ck_assert(!is_there(&t, "site/index.html"));
	ck_assert_uint_eq(commit(&t, s).written, 2);
	ck_assert_str_eq(listing(&t), "site\nsite/.gen-manifest\nsite/a\nsite/a/b\nsite/a/b/"
				      "index.html\nsite/index.html\n");
	ck_assert_str_eq(text_of(&t, "site/a/b/index.html"), "article");
	scratch_close(&t);
}
END_TEST

START_TEST(a_later_build_shows_nothing_before_the_commit_either)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "gone.html", "gone"));
	s = begin(&t);
	put(s, "index.html", "home 2");
	put(s, "new.html", "new");
	ck_assert_str_eq(text_of(&t, "site/index.html"), "home");
	ck_assert(!is_there(&t, "site/new.html"));
	ck_assert(is_there(&t, "site/gone.html"));
	commit(&t, s);
	ck_assert_str_eq(
		listing(&t), "site\nsite/.gen-manifest\nsite/index.html\nsite/new.html\n");
	ck_assert_str_eq(text_of(&t, "site/index.html"), "home 2");
	scratch_close(&t);
}
END_TEST

START_TEST(equal_files_are_left_alone)
{
	struct scratch t;
	struct stage_report r;
	ino_t home, article, manifest;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/index.html", "article"));
	home = inode_of(&t, "site/index.html");
	article = inode_of(&t, "site/a/index.html");
	manifest = inode_of(&t, "site/.gen-manifest");
	r = build(&t, PAGES("a/index.html", "article", "index.html", "home"));
	ck_assert_uint_eq(r.unchanged, 2);
	ck_assert_uint_eq(r.written, 0);
	ck_assert_uint_eq(inode_of(&t, "site/.gen-manifest"), manifest);
	r = build(&t, PAGES("a/index.html", "articlE", "index.html", "home"));
	ck_assert_uint_eq(r.unchanged, 1);
	ck_assert_uint_eq(r.written, 1);
	ck_assert_uint_eq(inode_of(&t, "site/index.html"), home);
	ck_assert_uint_ne(inode_of(&t, "site/a/index.html"), article);
	scratch_close(&t);
}
END_TEST

START_TEST(files_larger_than_a_chunk_are_compared_to_the_end)
{
	struct scratch t;
	struct stage_report report;
	static char bytes[100001];
	static const size_t sizes[] = { 0, 1, 32767, 32768, 32769, 65536, 100001 };

	scratch_open(&t);
	for (int round = 0; round < 3; round++) {
		struct stage *s = begin(&t);

		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			memset(bytes, 'x', sizeof(bytes));
			if (round == 2 && sizes[i])
				bytes[sizes[i] - 1] = 'y';
			stage_put(s, str_printf(&t.arena, "%zu", sizes[i]),
				str_new(bytes, sizes[i]));
		}
		report = commit(&t, s);
		ck_assert_uint_eq(report.written, round == 0 ? 7 : round == 1 ? 0 : 6);
	}
	ck_assert_int_eq(text_of(&t, "site/100001")[100000], 'y');
	scratch_close(&t);
}
END_TEST

START_TEST(a_file_damaged_by_hand_is_repaired)
{
	struct scratch t;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/index.html", "article"));
	user_writes(&t, "site/index.html", "hXme");
	unlink(at(&t, "site/a/index.html"));
	ck_assert_uint_eq(
		build(&t, PAGES("index.html", "home", "a/index.html", "article")).written, 2);
	ck_assert_str_eq(text_of(&t, "site/index.html"), "home");
	ck_assert_str_eq(text_of(&t, "site/a/index.html"), "article");
	scratch_close(&t);
}
END_TEST

START_TEST(what_is_no_longer_made_goes_with_its_folders)
{
	struct scratch t;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/b/c/index.html", "deep", "a/x.html", "x"));
	ck_assert_uint_eq(build(&t, PAGES("index.html", "home", "a/x.html", "x")).removed, 1);
	ck_assert_str_eq(listing(&t),
		"site\nsite/.gen-manifest\nsite/a\nsite/a/x.html\nsite/index.html\n");
	ck_assert_uint_eq(build(&t, PAGES("index.html", "home")).removed, 1);
	ck_assert_str_eq(listing(&t), "site\nsite/.gen-manifest\nsite/index.html\n");
	scratch_close(&t);
}
END_TEST

START_TEST(files_of_the_user_stay)
{
	struct scratch t;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/index.html", "a"));
	user_writes(&t, "site/CNAME", "example.org");
	user_writes(&t, "site/a/notes.txt", "mine");
	user_writes(&t, "site/.git/HEAD", "ref");
	build(&t, PAGES("index.html", "home 2"));
	ck_assert_str_eq(text_of(&t, "site/CNAME"), "example.org");
	ck_assert_str_eq(text_of(&t, "site/a/notes.txt"), "mine");
	ck_assert_str_eq(text_of(&t, "site/.git/HEAD"), "ref");
	ck_assert(!is_there(&t, "site/a/index.html"));
	scratch_close(&t);
}
END_TEST

/* Old kernels and some file systems cannot. */
static bool can_exchange(struct scratch *t)
{
	mkdir(at(t, "x"), 0777);
	mkdir(at(t, "y"), 0777);
	bool can = renameat2(AT_FDCWD, at(t, "x"), AT_FDCWD, at(t, "y"), RENAME_EXCHANGE) == 0;
	rmdir(at(t, "x"));
	rmdir(at(t, "y"));
	return can;
}

START_TEST(hidden_files_of_the_user_survive_the_first_build)
{
	struct scratch t;
	struct stat st;
	ino_t before;

	scratch_open(&t);
	user_writes(&t, "site/.gitignore", "*");
	ck_assert_int_eq(chmod(at(&t, "site"), 0751), 0);
	before = inode_of(&t, "site");
	build(&t, PAGES("index.html", "home"));
	/* Another folder: it was exchanged as a whole, and looks the same. */
	if (can_exchange(&t))
		ck_assert_uint_ne(inode_of(&t, "site"), before);
	ck_assert_str_eq(text_of(&t, "site/.gitignore"), "*");
	ck_assert_str_eq(
		listing(&t), "site\nsite/.gen-manifest\nsite/.gitignore\nsite/index.html\n");
	ck_assert_int_eq(stat(at(&t, "site"), &st), 0);
	ck_assert_int_eq(st.st_mode & 07777, 0751);
	scratch_close(&t);
}
END_TEST

START_TEST(hidden_folders_of_the_user_are_never_moved)
{
	struct scratch t;
	ino_t before, git;

	scratch_open(&t);
	user_writes(&t, "site/.git/HEAD", "ref");
	before = inode_of(&t, "site");
	git = inode_of(&t, "site/.git");
	build(&t, PAGES("index.html", "home"));
	ck_assert_uint_eq(inode_of(&t, "site"), before);
	ck_assert_uint_eq(inode_of(&t, "site/.git"), git);
	ck_assert_str_eq(listing(&t),
		"site\nsite/.gen-manifest\nsite/.git\nsite/.git/HEAD\nsite/index.html\n");
	scratch_close(&t);
}
END_TEST

START_TEST(a_hidden_file_that_a_page_is_to_be_is_kept_when_equal_and_a_fault_when_not)
{
	struct scratch t;
	struct stage *s;
	ino_t before;

	scratch_open(&t);
	user_writes(&t, "site/.nojekyll", "");
	before = inode_of(&t, "site/.nojekyll");
	s = begin(&t);
	put(s, ".nojekyll", "x");
	put(s, "index.html", "home");
	refuse(&t, s, "site/.nojekyll' is in the way");
	ck_assert_str_eq(listing(&t), "site\nsite/.nojekyll\n");
	ck_assert_uint_eq(build(&t, PAGES(".nojekyll", "", "index.html", "home")).unchanged, 1);
	ck_assert_uint_eq(inode_of(&t, "site/.nojekyll"), before);
	ck_assert_str_eq(
		listing(&t), "site\nsite/.gen-manifest\nsite/.nojekyll\nsite/index.html\n");
	scratch_close(&t);
}
END_TEST

START_TEST(a_file_that_comes_during_the_first_build_stays)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	s = begin(&t);
	put(s, "index.html", "home");
	user_writes(&t, "site/CNAME", "example.org");
	commit(&t, s);
	ck_assert_str_eq(
		listing(&t), "site\nsite/.gen-manifest\nsite/CNAME\nsite/index.html\n");
	scratch_close(&t);
}
END_TEST

START_TEST(abort_leaves_no_trace)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	s = begin_with(&t, "a/b/site", (struct stage_options){ 0 });
	put(s, "x/index.html", "home");
	stage_abort(s);
	ck_assert_str_eq(listing(&t), "");
	build(&t, PAGES("index.html", "home"));
	s = begin(&t);
	put(s, "index.html", "other");
	put(s, "x/index.html", "new");
	stage_abort(s);
	ck_assert_str_eq(listing(&t), "site\nsite/.gen-manifest\nsite/index.html\n");
	ck_assert_str_eq(text_of(&t, "site/index.html"), "home");
	scratch_close(&t);
}
END_TEST

START_TEST(leavings_of_a_killed_build_are_cleared)
{
	struct scratch t;

	scratch_open(&t);
	user_writes(&t, ".site.gen-stage/a/index.html", "left");
	build(&t, PAGES("index.html", "home"));
	user_writes(&t, "site/.gen-stage/03/3", "left");
	user_writes(&t, ".site.gen-stage/a/index.html", "left");
	build(&t, PAGES("index.html", "home"));
	ck_assert_str_eq(listing(&t), "site\nsite/.gen-manifest\nsite/index.html\n");
	scratch_close(&t);
}
END_TEST

START_TEST(copy_is_as_put)
{
	struct scratch t;
	struct stage *s;
	ino_t before;

	scratch_open(&t);
	user_writes(&t, "photo.png", "\x89PNG");
	user_writes(&t, "empty", "");
	for (int round = 0; round < 2; round++) {
		s = begin(&t);
		stage_copy(s, STR("img/photo.png"), str_c(at(&t, "photo.png")));
		stage_copy(s, STR("img/empty"), str_c(at(&t, "empty")));
		ck_assert_uint_eq(commit(&t, s).unchanged, round ? 2 : 0);
	}
	before = inode_of(&t, "site/img/photo.png");
	ck_assert_str_eq(text_of(&t, "site/img/photo.png"), "\x89PNG");
	user_writes(&t, "photo.png", "\x89PNH");
	s = begin(&t);
	stage_copy(s, STR("img/photo.png"), str_c(at(&t, "photo.png")));
	commit(&t, s);
	ck_assert_uint_ne(inode_of(&t, "site/img/photo.png"), before);
	ck_assert_str_eq(text_of(&t, "site/img/photo.png"), "\x89PNH");
	scratch_close(&t);
}
END_TEST

START_TEST(copy_of_what_cannot_be_read_is_a_fault)
{
	struct scratch t;
	struct stage *s;

	scratch_open(&t);
	ck_assert_int_eq(mkfifo(at(&t, "pipe"), 0666), 0);
	s = begin(&t);
	stage_copy(s, STR("a"), str_c(at(&t, "none.png")));
	stage_copy(s, STR("b"), str_c(at(&t, "pipe")));
	stage_copy(s, STR("c"), str_c(t.root));
	refuse(&t, s, "none.png': No such file");
	ck_assert_uint_eq(t.diags.errors, 3);
	ck_assert(!is_there(&t, "site"));
	scratch_close(&t);
}
END_TEST

START_TEST(keep_takes_what_the_last_build_wrote)
{
	struct scratch t;
	struct stage *s;
	struct stage_report r;

	scratch_open(&t);
	build(&t, PAGES("a.html", "a", "b.html", "b", "c.html", "c"));
	user_writes(&t, "site/b.html", "B!");
	user_writes(&t, "site/own.html", "mine");
	s = begin(&t);
	ck_assert_uint_eq(stage_manifest(s)->count, 3);
	ck_assert(str_eq(stage_manifest(s)->note, STR("note")));
	ck_assert(stage_keep(s, STR("a.html")));
	ck_assert(!stage_keep(s, STR("b.html")));
	ck_assert(!stage_keep(s, STR("own.html")));
	ck_assert(!stage_keep(s, STR("none.html")));
	put(s, "b.html", "b");
	r = commit(&t, s);
	ck_assert_uint_eq(r.unchanged, 1);
	ck_assert_uint_eq(r.written, 1);
	ck_assert_uint_eq(r.removed, 1);
	ck_assert_str_eq(listing(&t),
		"site\nsite/.gen-manifest\nsite/a.html\nsite/b.html\nsite/own.html\n");
	scratch_close(&t);
}
END_TEST

START_TEST(a_damaged_manifest_is_warned_of_and_mended)
{
	struct scratch t;
	struct manifest m;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "old.html", "old"));
	user_writes(&t, "site/.gen-manifest", "gen manifest 1\nsum 12");
	build(&t, PAGES("index.html", "home 2"));
	ck_assert_uint_eq(t.diags.warnings, 1);
	ck_assert(is_said(&t, "damaged"));
	ck_assert_str_eq(text_of(&t, "site/index.html"), "home 2");
	ck_assert(is_there(&t, "site/old.html"));
	ck_assert_int_eq(manifest_read(str_c(at(&t, "site")), &t.arena, &m), 0);
	scratch_close(&t);
}
END_TEST

SUITE("stage", nothing_is_to_be_seen_before_the_commit,
	a_later_build_shows_nothing_before_the_commit_either, equal_files_are_left_alone,
	files_larger_than_a_chunk_are_compared_to_the_end, a_file_damaged_by_hand_is_repaired,
	what_is_no_longer_made_goes_with_its_folders, files_of_the_user_stay,
	hidden_files_of_the_user_survive_the_first_build,
	hidden_folders_of_the_user_are_never_moved,
	a_hidden_file_that_a_page_is_to_be_is_kept_when_equal_and_a_fault_when_not,
	a_file_that_comes_during_the_first_build_stays, abort_leaves_no_trace,
	leavings_of_a_killed_build_are_cleared, copy_is_as_put,
	copy_of_what_cannot_be_read_is_a_fault, keep_takes_what_the_last_build_wrote,
	a_damaged_manifest_is_warned_of_and_mended)
