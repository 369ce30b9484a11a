#include "examples/inside.h"

#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "examples/inside_parts.h"

bool inside_is(int argc, char **argv)
{
	return argc > 1 && strcmp(argv[1], INSIDE_WORD) == 0;
}

static void write_all(const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length) {
		ssize_t n = write(REPORT_FD, at, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(1);
		at += n;
		length -= (size_t)n;
	}
}

void inside_report(enum frame_kind kind, size_t step, const void *bytes, size_t length)
{
	const struct frame f = { .kind = (uint8_t)kind, .step = (uint8_t)step, .length = (uint32_t)length };

	write_all(&f, sizeof(f));
	write_all(bytes, length);
}

void inside_fail(const char *what, int error)
{
	char text[512];
	int length = error ? snprintf(text, sizeof(text), "%s: %s", what, strerror(error))
			   : snprintf(text, sizeof(text), "%s", what);

	inside_report(FRAME_FAULT, 0, text, (size_t)length < sizeof(text) ? (size_t)length : sizeof(text) - 1);
	_exit(1);
}

static str read_all(struct arena *a)
{
	struct buf b = { .arena = a };

	for (;;) {
		ssize_t n;

		buf_reserve(&b, 1 << 16);
		n = read(JOB_FD, b.ptr + b.len, b.cap - b.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return buf_str(&b);
		b.len += (size_t)n;
	}
}

/* When gen is root the program is nobody: nothing of root's is its own. */
static void become_nobody(void)
{
	if (geteuid() != 0)
		return;
	if (setgroups(0, NULL) != 0 || setresgid(NOBODY, NOBODY, NOBODY) != 0 ||
		setresuid(NOBODY, NOBODY, NOBODY) != 0)
		inside_fail("cannot become nobody", errno);
}

static const char *below(struct inside *in, const char *name)
{
	return str_printf(&in->arena, STR_FMT "%s", STR_ARG(in->job.scratch), name).ptr;
}

/* No mounts of its own: the folders are those of the disk. */
static void use_scratch(struct inside *in)
{
	in->work = below(in, WORK_PATH);
	in->tmp = below(in, TMP_PATH);
	in->home = below(in, HOME_PATH);
	in->cache = str_cstr(in->job.cache, &in->arena);
	in->packages = str_cstr(in->job.packages, &in->arena);
	if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
		inside_fail("cannot adopt processes that lose their parent", errno);
}

static void use_mounts(struct inside *in)
{
	in->work = WORK_PATH;
	in->tmp = TMP_PATH;
	in->home = HOME_PATH;
	in->cache = CACHE_PATH;
	in->packages = PACKAGES_PATH;
	in->own_pids = true;
}

static void check_leash(void)
{
	struct pollfd leash = { .fd = LEASH_FD };

	/* Closed already: gen has ended between starting us and now. */
	if (poll(&leash, 1, 0) > 0)
		_exit(1);
}

void inside_main(int argc, char **argv)
{
	static struct inside in;
	bool within = argc > 2 && strcmp(argv[2], "within") == 0;

	signal(SIGPIPE, SIG_IGN);
	if (!job_read(read_all(&in.arena), &in.job, &in.arena)) {
		static const char text[] = "gen: this is a part of gen run, and no command\n";

		if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
			_exit(1);
		_exit(2);
	}
	check_leash();
	close(JOB_FD);
	switch (in.job.rung) {
	case RUNG_NAMESPACES:
		use_mounts(&in);
		namespaces_main(&in);
	case RUNG_BUBBLEWRAP:
		if (!within) {
			become_nobody();
			bubblewrap_main(&in);
		}
		use_mounts(&in);
		steps_main(&in);
	case RUNG_LANDLOCK:
		become_nobody();
		use_scratch(&in);
		steps_main(&in);
	case RUNG_NONE:
		use_scratch(&in);
		steps_main(&in);
	}
	abort();
}
