#include "base/process.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "unit/suite.h"

static struct arena a;

static struct process_result run(struct process p)
{
	struct process_result r;

	signal(SIGPIPE, SIG_IGN);
	process_run(&p, &r, &a);
	return r;
}

#define ARGV(...) ((const char *const[]){ __VA_ARGS__, NULL })

START_TEST(what_it_prints_and_its_status_come_back)
{
	struct process_result r =
		run((struct process){ .argv = ARGV("sh", "-c", "echo out; echo err >&2; exit 3") });

	ck_assert_int_eq(r.end, PROCESS_EXITED);
	ck_assert_int_eq(r.status, 3);
	ck_assert(str_eq(r.out, STR("out\n")));
	ck_assert(str_eq(r.err, STR("err\n")));
}
END_TEST

START_TEST(words_reach_it_as_they_are)
{
	struct process_result r = run((struct process){ .argv = ARGV("printf", "%s|", "a b", "$(id)", "`id`", "*", "") });

	ck_assert(str_eq(r.out, STR("a b|$(id)|`id`|*||")));
}
END_TEST

START_TEST(a_missing_program_is_not_started)
{
	struct process_result r = run((struct process){ .argv = ARGV("no-such-program-anywhere") });

	ck_assert_int_eq(r.end, PROCESS_UNSTARTED);
	ck_assert_int_eq(r.status, ENOENT);
}
END_TEST

START_TEST(a_missing_folder_is_an_error)
{
	struct process_result r = run((struct process){ .argv = ARGV("true"), .folder = "/no/such/folder" });

	ck_assert_int_eq(r.end, PROCESS_UNSTARTED);
	ck_assert_int_eq(r.status, ENOENT);
}
END_TEST

START_TEST(the_environment_is_changed_as_asked)
{
	const char *env[] = { "GIVEN=new", "TAKEN", NULL };
	struct process_result r;

	setenv("GIVEN", "old", 1);
	setenv("TAKEN", "old", 1);
	r = run((struct process){ .argv = ARGV("sh", "-c", "echo $GIVEN ${TAKEN-gone}"), .env = env });
	ck_assert(str_eq(r.out, STR("new gone\n")));
}
END_TEST

struct pieces {
	int left;
};

static bool feed_pieces(void *ctx, struct buf *out)
{
	struct pieces *p = ctx;

	if (p->left == 0)
		return false;
	for (int i = 0; i < 1000; i++)
		buf_printf(out, "piece %d %d\n", p->left, i);
	p->left--;
	return true;
}

START_TEST(much_goes_in_and_comes_out_at_once)
{
	struct pieces p = { 200 };
	struct process_result r =
		run((struct process){ .argv = ARGV("cat"), .feed = feed_pieces, .feed_ctx = &p, .seconds = 60 });

	ck_assert_int_eq(r.end, PROCESS_EXITED);
	ck_assert_uint_eq(str_count_char(r.out, '\n'), 200000);
}
END_TEST

START_TEST(a_program_that_reads_nothing_is_fine)
{
	struct pieces p = { 200 };
	struct process_result r = run((struct process){ .argv = ARGV("true"), .feed = feed_pieces, .feed_ctx = &p });

	ck_assert(process_fine(&r));
}
END_TEST

START_TEST(time_is_bounded)
{
	struct process_result r = run((struct process){ .argv = ARGV("sh", "-c", "sleep 600 & sleep 600"), .seconds = 1 });

	ck_assert_int_eq(r.end, PROCESS_TIMEOUT);
}
END_TEST

START_TEST(time_is_bounded_for_one_that_closes_its_output)
{
	struct process_result r =
		run((struct process){ .argv = ARGV("sh", "-c", "exec >&- 2>&-; sleep 600"), .seconds = 1 });

	ck_assert_int_eq(r.end, PROCESS_TIMEOUT);
}
END_TEST

START_TEST(output_is_bounded)
{
	struct process_result r = run((struct process){ .argv = ARGV("yes"), .output_limit = 100000, .seconds = 60 });

	ck_assert_int_eq(r.end, PROCESS_FLOOD);
}
END_TEST

START_TEST(what_stays_behind_is_not_waited_for)
{
	struct process_result r = run((struct process){ .argv = ARGV("sh", "-c", "sleep 20 & echo here"), .seconds = 15 });

	ck_assert_int_eq(r.end, PROCESS_EXITED);
	ck_assert(str_eq(r.out, STR("here\n")));
}
END_TEST

START_TEST(a_signal_is_told_from_a_status)
{
	struct process_result r = run((struct process){ .argv = ARGV("sh", "-c", "kill -TERM $$") });

	ck_assert_int_eq(r.end, PROCESS_SIGNALED);
	ck_assert_int_eq(r.status, SIGTERM);
}
END_TEST

START_TEST(it_has_no_terminal)
{
	struct process_result r = run((struct process){ .argv = ARGV("sh", "-c", "exec < /dev/tty") });

	ck_assert(!process_fine(&r));
}
END_TEST

SUITE("process", what_it_prints_and_its_status_come_back, words_reach_it_as_they_are,
	a_missing_program_is_not_started, a_missing_folder_is_an_error, the_environment_is_changed_as_asked,
	much_goes_in_and_comes_out_at_once, a_program_that_reads_nothing_is_fine, time_is_bounded,
	time_is_bounded_for_one_that_closes_its_output, output_is_bounded, what_stays_behind_is_not_waited_for,
	a_signal_is_told_from_a_status, it_has_no_terminal)
