#include "output/deploy_parts.h"

#include "base/hash.h"
#include "unit/suite.h"

static struct arena a;

/* A list with the right sum. */
static str list_of(str body)
{
	return str_printf(&a, "gen deploy 1\nsum %016llx\n" STR_FMT, (unsigned long long)hash_64(body), STR_ARG(body));
}

static bool reads(str text)
{
	struct deploy_list list;

	return deploy_list_read(text, &list, &a);
}

START_TEST(a_list_reads_back)
{
	struct deploy_file files[] = {
		{ .path = STR("a\nb\\c"), .size = 3, .hash = 0x1234, .change = DEPLOY_SAME },
		{ .path = STR("b"), .size = 5, .hash = 0xfedcba9876543210, .change = DEPLOY_CHANGED },
		{ .path = STR("c d"), .size = 7, .change = DEPLOY_REMOVED },
	};
	struct deploy p = { .arena = &a, .files = files, .count = 3 };
	struct deploy_list list;

	ck_assert(deploy_list_read(deploy_list_write(&p, true), &list, &a));
	ck_assert_uint_eq(list.count, 2);
	ck_assert(str_eq(list.files[0].path, files[0].path));
	ck_assert(list.files[1].known && list.files[1].hash == files[1].hash && list.files[1].size == 5);
	/* While it is under way nobody knows what is in the files that change. */
	ck_assert(deploy_list_read(deploy_list_write(&p, false), &list, &a));
	ck_assert_uint_eq(list.count, 3);
	ck_assert(list.files[0].known && !list.files[1].known && !list.files[2].known);
	ck_assert(str_eq(list.files[2].path, STR("c d")));
}
END_TEST

START_TEST(no_path_of_a_list_leaves_the_target)
{
	ck_assert(reads(list_of(STR("files 1\n1 - a/b\n"))));
	ck_assert(!reads(list_of(STR("files 1\n1 - ../b\n"))));
	ck_assert(!reads(list_of(STR("files 1\n1 - a/../../b\n"))));
	ck_assert(!reads(list_of(STR("files 1\n1 - /etc/passwd\n"))));
	ck_assert(!reads(list_of(STR("files 1\n1 - \n"))));
	ck_assert(!reads(list_of(STR("files 1\n1 - a//b\n"))));
	ck_assert(!reads(list_of(STR("files 1\n1 - .gen-deploy\n"))));
}
END_TEST

START_TEST(a_damaged_list_is_refused)
{
	ck_assert(!reads(STR("")));
	ck_assert(!reads(STR("gen deploy 1\nsum 0000000000000000\nfiles 0\n")));
	ck_assert(!reads(list_of(STR("files 2\n1 - b\n"))));
	ck_assert(!reads(list_of(STR("files 2\n1 - b\n1 - a\n"))));
	ck_assert(!reads(list_of(STR("files 1\n1 - a\nmore\n"))));
	ck_assert(!reads(list_of(STR("files 1\n1 x a\n"))));
	ck_assert(!reads(list_of(STR("files 1\n1 - a\\x\n"))));
	ck_assert(!reads(list_of(STR("files 18446744073709551615\n1 - a\n"))));
	ck_assert(!reads(list_of(STR("files 1\n1 - a"))));
}
END_TEST

START_TEST(what_blocks_goes_first)
{
	struct deploy_file files[] = {
		{ .path = STR("a"), .change = DEPLOY_REMOVED },
		{ .path = STR("a/b"), .change = DEPLOY_NEW },
		{ .path = STR("c"), .change = DEPLOY_NEW },
		{ .path = STR("c/d/e"), .change = DEPLOY_REMOVED },
		{ .path = STR("f"), .change = DEPLOY_REMOVED },
	};
	struct deploy p = { .arena = &a, .files = files, .count = 5 };

	deploy_files_order(&p);
	ck_assert(files[0].blocks && files[3].blocks);
	ck_assert(!files[1].blocks && !files[2].blocks && !files[4].blocks);
}
END_TEST

START_TEST(emptied_folders_come_the_deepest_first)
{
	struct deploy_file files[] = {
		{ .path = STR("a/b/c/d"), .change = DEPLOY_REMOVED },
		{ .path = STR("a/x"), .change = DEPLOY_SAME },
		{ .path = STR("e/f"), .change = DEPLOY_REMOVED },
		{ .path = STR("g/h"), .change = DEPLOY_REMOVED, .gone = true },
	};
	struct deploy p = { .arena = &a, .files = files, .count = 4 };
	str *folders;

	ck_assert_uint_eq(deploy_emptied(&p, false, &folders), 3);
	ck_assert(str_eq(folders[0], STR("a/b/c")));
	ck_assert(str_eq(folders[1], STR("a/b")));
	ck_assert(str_eq(folders[2], STR("e")));
}
END_TEST

START_TEST(remotes_that_look_like_options_are_refused)
{
	static const char *const bad[] = { "-x", "--upload-pack=x", "-oProxyCommand=x:/y", "user@-oProxyCommand=x:/y",
		"[-oProxyCommand=x]:/y", "ssh://-oProxyCommand=x/y", "ssh://user@-x/y", "a\nb:c", "" };
	static const char *const good[] = { "host:/path", "user@host:path with space", "rsync://host:873/module/x",
		"https://user:secret@example.org/x.git", "/a/path", "../x", "origin", "[::1]:/x" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(deploy_remote_fault(DEPLOY_RSYNC, str_c(bad[i])) != NULL, "%s", bad[i]);
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ck_assert_msg(deploy_remote_fault(DEPLOY_GIT, str_c(good[i])) == NULL, "%s", good[i]);
	ck_assert(deploy_remote_fault(DEPLOY_RCLONE, STR("s3:bucket/x")) == NULL);
	ck_assert(deploy_remote_fault(DEPLOY_RCLONE, STR(":sftp,ssh=x:y")) != NULL);
	ck_assert(deploy_remote_fault(DEPLOY_RCLONE, STR("name,ssh=x:y")) != NULL);
	ck_assert(deploy_remote_fault(DEPLOY_RCLONE, STR("/path")) != NULL);
}
END_TEST

START_TEST(names_of_branches_follow_git)
{
	static const char *const bad[] = { "", "-b", "a..b", "a b", "a~b", "a^", "a:b", "a?", "a*", "a[", "a\\b", "/a", "a/",
		"a.lock", "a.", ".a", "a/.b", "a//b", "@", "a@{b", "a\x7f" };
	static const char *const good[] = { "gh-pages", "pages/site", "a@b", "ü" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(deploy_branch_fault(str_c(bad[i])) != NULL, "%s", bad[i]);
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ck_assert_msg(deploy_branch_fault(str_c(good[i])) == NULL, "%s", good[i]);
}
END_TEST

SUITE("deploy", a_list_reads_back, no_path_of_a_list_leaves_the_target, a_damaged_list_is_refused,
	what_blocks_goes_first, emptied_folders_come_the_deepest_first, remotes_that_look_like_options_are_refused,
	names_of_branches_follow_git)
