#include "unit/suite.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/file.h"
#include "preview/watch.h"

static char folder[] = "/tmp/gen-watch-XXXXXX";
static char path_room[512];
static struct watch *watch;
static int stop;

static const char *at(const char *name)
{
	snprintf(path_room, sizeof(path_room), "%s/%s", folder, name);
	return path_room;
}

static void put(const char *name, const char *text)
{
	FILE *f = fopen(at(name), "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static void make_folder(const char *name)
{
	ck_assert_int_eq(mkdir(at(name), 0755), 0);
}

static void move(const char *from, const char *to)
{
	char old[512];

	snprintf(old, sizeof(old), "%s", at(from));
	ck_assert_int_eq(rename(old, at(to)), 0);
}

/* Watch content/, gen.yaml, templates/, all below the folder; not content/site. */
static void begin(bool poll)
{
	static char names[4][256];
	static const char *const below[] = { "content", "gen.yaml", "templates",
		"content/site" };
	str roots[4];

	strcpy(folder + sizeof(folder) - 7, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	make_folder("content");
	make_folder("content/deep");
	put("content/a.md", "a");
	watch = watch_open(poll);
	stop = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	ck_assert(watch && stop >= 0);
	for (int i = 0; i < 4; i++) {
		snprintf(names[i], sizeof(names[i]), "%s/%s", folder, below[i]);
		roots[i] = str_c(names[i]);
	}
	watch_set(watch, roots, 3, roots + 3, 1);
}

static void end(void)
{
	watch_close(watch);
	close(stop);
	tree_remove(str_c(folder));
}

/* Was there a change? Waits `ms` at most: `stop` is a clock. */
static bool changed_within(int ms)
{
	struct itimerspec when = { .it_value = { ms / 1000, ms % 1000 * 1000000L } },
			  never = { 0 };
	bool changed;

	ck_assert_int_eq(timerfd_settime(stop, 0, &when, NULL), 0);
	changed = watch_wait(watch, stop);
	ck_assert_int_eq(timerfd_settime(stop, 0, &never, NULL), 0);
	return changed;
}

enum { SOON = 10000, QUIET = 150 };

/* The polling watcher does the same, at its own pace. */
static void see_changes(bool poll)
{
	int quiet = poll ? 600 : QUIET;

	begin(poll);
	ck_assert_msg(!changed_within(quiet), "quiet at first");
	put("content/a.md", "b, longer");
	ck_assert_msg(changed_within(SOON), "saved in place");
	put("content/x.tmp", "c, longer still");
	move("content/x.tmp", "content/a.md");
	ck_assert_msg(changed_within(SOON), "saved by rename");
	put("content/deep/b.md", "b");
	ck_assert_msg(changed_within(SOON), "a new file in a folder");
	unlink(at("content/deep/b.md"));
	ck_assert_msg(changed_within(SOON), "a removed file");
	put("gen.yaml", "title: x");
	ck_assert_msg(changed_within(SOON), "the configuration came");
	make_folder("templates");
	put("templates/a.mustache", "x");
	ck_assert_msg(changed_within(SOON), "a root came");
	put("templates/a.mustache", "longer");
	ck_assert_msg(changed_within(SOON), "and is watched");
	ck_assert_msg(!changed_within(quiet), "quiet again");
	end();
}

START_TEST(changes_are_told)
{
	see_changes(false);
}
END_TEST

START_TEST(changes_are_found_by_looking)
{
	see_changes(true);
}
END_TEST

START_TEST(folders_come_go_and_move)
{
	begin(false);
	make_folder("content/new");
	make_folder("content/new/deeper");
	ck_assert(changed_within(SOON));
	put("content/new/deeper/a.md", "a");
	ck_assert(changed_within(SOON));
	move("content/new", "content/newer");
	ck_assert(changed_within(SOON));
	put("content/newer/deeper/a.md", "b");
	ck_assert(changed_within(SOON));
	tree_remove(str_c(at("content/newer")));
	ck_assert(changed_within(SOON));
	make_folder("outside");
	make_folder("outside/tree");
	move("outside/tree", "content/tree");
	ck_assert(changed_within(SOON));
	put("content/tree/a.md", "a");
	ck_assert(changed_within(SOON));
	move("content/tree", "outside/tree");
	ck_assert(changed_within(SOON));
	put("outside/tree/a.md", "b");
	ck_assert(!changed_within(QUIET));
	end();
}
END_TEST

START_TEST(all_of_it_may_go_and_come_again)
{
	begin(false);
	tree_remove(str_c(at("content")));
	ck_assert(changed_within(SOON));
	make_folder("content");
	ck_assert(changed_within(SOON));
	put("content/a.md", "a");
	ck_assert(changed_within(SOON));
	end();
}
END_TEST

START_TEST(what_is_none_of_ours_is_quiet)
{
	begin(false);
	put("content/.a.md.swp", "x");
	put("content/a.md~", "x");
	put("content/#a.md#", "x");
	put("other.txt", "x");
	make_folder("content/.git");
	put("content/.git/index", "x");
	ck_assert(!changed_within(QUIET));
	make_folder("content/site");
	ck_assert(changed_within(SOON)); /* its coming is one of content/ */
	put("content/site/index.html", "x");
	ck_assert(!changed_within(QUIET));
	end();
}
END_TEST

START_TEST(files_behind_links_are_watched)
{
	char target[512];

	begin(false);
	put("real.md", "a");
	snprintf(target, sizeof(target), "%s", at("real.md"));
	ck_assert_int_eq(symlink(target, at("content/link.md")), 0);
	ck_assert(changed_within(SOON));
	put("real.md", "b");
	ck_assert(changed_within(SOON));
	make_folder("far");
	snprintf(target, sizeof(target), "%s", at("far"));
	ck_assert_int_eq(symlink(target, at("content/far")), 0);
	ck_assert_int_eq(symlink("..", at("content/deep/loop")), 0);
	ck_assert(changed_within(SOON));
	put("far/a.md", "a");
	ck_assert(changed_within(SOON));
	end();
}
END_TEST

START_TEST(a_burst_is_one_change)
{
	begin(false);
	for (int i = 0; i < 30; i++) {
		put("content/a.md", i % 2 ? "x" : "y");
		usleep(2000);
	}
	ck_assert(changed_within(SOON));
	ck_assert(!changed_within(QUIET));
	end();
}
END_TEST

/* More events than the system keeps for us. */
START_TEST(a_lost_event_is_a_change)
{
	begin(false);
	put("content/b.md", "b");
	/* Equal events one behind the other are told as one, so it takes two files. */
	for (int i = 0; i < 20000; i++)
		ck_assert_int_eq(chmod(at(i % 2 ? "content/a.md" : "content/b.md"), 0644), 0);
	make_folder("content/late");
	ck_assert(changed_within(SOON));
	put("content/late/a.md", "x");
	ck_assert(changed_within(SOON));
	end();
}
END_TEST

SUITE("watch", changes_are_told, changes_are_found_by_looking, folders_come_go_and_move,
	all_of_it_may_go_and_come_again, what_is_none_of_ours_is_quiet,
	files_behind_links_are_watched, a_burst_is_one_change, a_lost_event_is_a_change)
