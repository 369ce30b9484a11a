#include "unit/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "preview/media.h"
#include "preview/root.h"

static char folder[] = "/tmp/gen-root-XXXXXX";
static int root;
static struct root_cache *cache;

static const char *at(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *text)
{
	ck_assert_int_eq(file_write_atomic(str_c(at(name)), str_c(text)), 0);
}

static void begin(void)
{
	strcpy(folder + sizeof(folder) - 7, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(mkdir(at("site"), 0755), 0);
	root = open(at("site"), O_PATH | O_DIRECTORY);
	cache = root_cache_new();
	ck_assert(root >= 0 && cache);
}

static void end(void)
{
	close(root);
	root_cache_free(cache);
	tree_remove(str_c(folder));
}

static int try_open(const char *path)
{
	struct root_file f = { .fd = -1 };
	int error = root_open(root, path, cache, &f);

	if (!error && f.fd >= 0)
		close(f.fd);
	return error;
}

START_TEST(files_below_are_opened_and_known)
{
	struct root_file f, again;

	begin();
	put("site/a.html", "<body>x</BODY></html>");
	ck_assert_int_eq(root_open(root, "a.html", cache, &f), 0);
	ck_assert_uint_eq(f.size, 21);
	ck_assert_uint_eq(f.body_end, 7);
	ck_assert_int_eq(root_open(root, "a.html", cache, &again), 0);
	ck_assert(f.hash == again.hash && f.body_end == again.body_end);
	close(f.fd);
	close(again.fd);
	put("site/a.html", "<body>y</BODY></html>");
	ck_assert_int_eq(root_open(root, "a.html", cache, &again), 0);
	ck_assert(f.hash != again.hash);
	close(again.fd);
	end();
}
END_TEST

START_TEST(equal_bytes_have_equal_hashes)
{
	struct root_file f, g;

	begin();
	put("site/a", "same");
	put("site/b", "same");
	ck_assert_int_eq(root_open(root, "a", cache, &f), 0);
	ck_assert_int_eq(root_open(root, "b", cache, &g), 0);
	ck_assert(f.hash == g.hash);
	ck_assert_uint_eq(f.body_end, 4);
	close(f.fd);
	close(g.fd);
	end();
}
END_TEST

START_TEST(links_out_are_not_there)
{
	begin();
	put("secret", "s");
	put("site/a", "a");
	ck_assert_int_eq(symlink("../secret", at("site/up")), 0);
	ck_assert_int_eq(symlink("/etc/passwd", at("site/abs")), 0);
	ck_assert_int_eq(symlink("..", at("site/folder")), 0);
	ck_assert_int_eq(symlink("/proc/self/root", at("site/magic")), 0);
	ck_assert_int_eq(symlink("loop", at("site/loop")), 0);
	ck_assert_int_eq(try_open("up"), ENOENT);
	ck_assert_int_eq(try_open("abs"), ENOENT);
	ck_assert_int_eq(try_open("folder/secret"), ENOENT);
	ck_assert_int_eq(try_open("magic/etc/passwd"), ENOENT);
	ck_assert_int_eq(try_open("loop"), ENOENT);
	ck_assert_int_eq(try_open("../secret"), ENOENT);
	ck_assert_int_eq(try_open("a/b"), ENOENT);
	ck_assert_int_eq(try_open("a"), 0);
	end();
}
END_TEST

START_TEST(only_regular_files_are_there)
{
	struct root_file f;

	begin();
	ck_assert_int_eq(mkfifo(at("site/pipe"), 0644), 0);
	ck_assert_int_eq(mkdir(at("site/d"), 0755), 0);
	ck_assert_int_eq(try_open("pipe"), ENOENT);
	ck_assert_int_eq(root_open(root, "d", cache, &f), 0);
	ck_assert(f.is_folder && f.fd == -1);
	ck_assert_int_eq(root_open(root, "", cache, &f), 0);
	ck_assert(f.is_folder);
	end();
}
END_TEST

START_TEST(types_follow_the_extension)
{
	ck_assert_str_eq(media_type(STR("a/b.mjs")), "text/javascript; charset=utf-8");
	ck_assert_str_eq(media_type(STR("x.wasm")), "application/wasm");
	ck_assert_str_eq(media_type(STR("x.SVG")), "image/svg+xml; charset=utf-8");
	ck_assert_str_eq(media_type(STR("feed.atom")), "application/atom+xml; charset=utf-8");
	ck_assert_str_eq(
		media_type(STR("a/feed.json")), "application/feed+json; charset=utf-8");
	ck_assert_str_eq(media_type(STR("LICENSE")), "application/octet-stream");
}
END_TEST

SUITE("root", files_below_are_opened_and_known, equal_bytes_have_equal_hashes,
	links_out_are_not_there, only_regular_files_are_there, types_follow_the_extension)
