#include "folder.h"

static str rendered(struct scratch *t, const struct manifest *m)
{
	struct buf out = { .arena = &t->arena };

	manifest_render(m, &out);
	return buf_str(&out);
}

static void write_manifest(struct scratch *t, str text)
{
	ck_assert_int_eq(file_write_atomic(str_c(at(t, MANIFEST_NAME)), text), 0);
}

static const struct manifest_file two_files[] = {
	{ STR_INIT("a/index.html"), 12, 1764000000123456789 },
	{ STR_INIT("b \\ odd\nname"), 0, 7 },
};
static const struct manifest two = { STR_INIT("inputs:\nfiles 9\n"), two_files, 2 };

START_TEST(what_is_written_is_read)
{
	struct scratch t;
	struct manifest m;

	scratch_open(&t);
	write_manifest(&t, rendered(&t, &two));
	ck_assert_int_eq(manifest_read(str_c(t.root), &t.arena, &m), 0);
	ck_assert(str_eq(m.note, two.note));
	ck_assert_uint_eq(m.count, 2);
	for (int i = 0; i < 2; i++) {
		ck_assert(str_eq(m.files[i].path, two_files[i].path));
		ck_assert_uint_eq(m.files[i].size, two_files[i].size);
		ck_assert_int_eq(m.files[i].mtime_ns, two_files[i].mtime_ns);
		ck_assert_int_eq(m.files[i].path.ptr[m.files[i].path.len], '\0');
	}
	scratch_close(&t);
}
END_TEST

START_TEST(no_manifest_is_enoent)
{
	struct scratch t;
	struct manifest m;

	scratch_open(&t);
	ck_assert_int_eq(manifest_read(str_c(t.root), &t.arena, &m), ENOENT);
	ck_assert_int_eq(manifest_read(str_c(at(&t, "none")), &t.arena, &m), ENOENT);
	scratch_close(&t);
}
END_TEST

START_TEST(every_shorter_text_is_noticed)
{
	struct scratch t;
	struct manifest m;
	str text;

	scratch_open(&t);
	text = rendered(&t, &two);
	for (size_t len = 0; len < text.len; len++) {
		write_manifest(&t, str_sub(text, 0, len));
		ck_assert_int_eq(manifest_read(str_c(t.root), &t.arena, &m), EINVAL);
		ck_assert_uint_eq(m.count, 0);
	}
	scratch_close(&t);
}
END_TEST

START_TEST(every_changed_byte_is_noticed)
{
	struct scratch t;
	struct manifest m;
	char text[512];
	str whole;

	scratch_open(&t);
	whole = rendered(&t, &two);
	ck_assert_uint_lt(whole.len, sizeof(text));
	for (size_t i = 0; i < whole.len; i++) {
		memcpy(text, whole.ptr, whole.len);
		text[i] ^= 1;
		write_manifest(&t, str_new(text, whole.len));
		ck_assert_int_eq(manifest_read(str_c(t.root), &t.arena, &m), EINVAL);
	}
	scratch_close(&t);
}
END_TEST

/* With a right sum, so that only the content can be at fault. */
START_TEST(a_path_that_leaves_the_folder_is_refused)
{
	static const char *const bad[] = { "../x", "/etc/passwd", "a/../../x", "a//b", "",
		"./x" };
	struct scratch t;

	scratch_open(&t);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct manifest_file file = { str_c(bad[i]), 1, 1 };
		struct manifest m = { STR("n"), &file, 1 };

		write_manifest(&t, rendered(&t, &m));
		ck_assert_int_eq(manifest_read(str_c(t.root), &t.arena, &m), EINVAL);
	}
	scratch_close(&t);
}
END_TEST

START_TEST(files_out_of_order_are_refused)
{
	struct manifest_file files[] = { { STR("b"), 1, 1 }, { STR("a"), 1, 1 } };
	struct manifest m = { STR("n"), files, 2 };
	struct scratch t;

	scratch_open(&t);
	write_manifest(&t, rendered(&t, &m));
	ck_assert_int_eq(manifest_read(str_c(t.root), &t.arena, &m), EINVAL);
	scratch_close(&t);
}
END_TEST

START_TEST(find_finds_all_and_nothing_else)
{
	struct manifest_file files[] = { { STR("a"), 1, 1 }, { STR("c"), 2, 1 },
		{ STR("e"), 3, 1 } };
	struct manifest m = { STR("n"), files, 3 };

	for (int i = 0; i < 3; i++)
		ck_assert_ptr_eq(manifest_find(&m, files[i].path), &files[i]);
	ck_assert_ptr_null(manifest_find(&m, STR("b")));
	ck_assert_ptr_null(manifest_find(&m, STR("")));
	ck_assert_ptr_null(manifest_find(&m, STR("f")));
}
END_TEST

static bool holds(struct scratch *t)
{
	struct manifest m;

	ck_assert_int_eq(manifest_read(str_c(at(t, "site")), &t->arena, &m), 0);
	ck_assert_uint_eq(m.count, 2);
	ck_assert_int_eq(manifest_holds(str_c(at(t, "site")), &m, 1),
		manifest_holds(str_c(at(t, "site")), &m, 3));
	return manifest_holds(str_c(at(t, "site")), &m, 2);
}

START_TEST(it_holds_until_a_file_changes)
{
	struct scratch t;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/index.html", "article"));
	ck_assert(holds(&t));
	user_writes(&t, "site/index.html", "hoMe");
	ck_assert(!holds(&t));
	scratch_close(&t);
}
END_TEST

START_TEST(it_does_not_hold_when_a_file_is_gone_or_a_link)
{
	struct scratch t;

	scratch_open(&t);
	build(&t, PAGES("index.html", "home", "a/index.html", "article"));
	ck_assert_int_eq(rename(at(&t, "site/index.html"), at(&t, "kept")), 0);
	ck_assert(!holds(&t));
	ck_assert_int_eq(symlink(at(&t, "kept"), at(&t, "site/index.html")), 0);
	ck_assert(!holds(&t));
	unlink(at(&t, "site/index.html"));
	ck_assert_int_eq(rename(at(&t, "kept"), at(&t, "site/index.html")), 0);
	ck_assert(holds(&t));
	scratch_close(&t);
}
END_TEST

SUITE("manifest", what_is_written_is_read, no_manifest_is_enoent, every_shorter_text_is_noticed,
	every_changed_byte_is_noticed, a_path_that_leaves_the_folder_is_refused,
	files_out_of_order_are_refused, find_finds_all_and_nothing_else,
	it_holds_until_a_file_changes, it_does_not_hold_when_a_file_is_gone_or_a_link)
