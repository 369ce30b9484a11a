/* The side of the program that wants a drawing: starts the other, gives it the text, waits no longer than it may. */
#include "diagram/diagram.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "diagram/svg.h"

/* A busy machine may need longer than the processor time that is allowed. */
enum { WAIT_SECONDS = DIAGRAM_SECONDS * 6, REPLY_MAX = 8 << 20, NOTES_MAX = 8 };

static const char WORD[] = "(diagram)";

bool diagram_is(int argc, char **argv)
{
	return argc == 2 && strcmp(argv[1], WORD) == 0;
}

static void add_note(struct diagram *out, bool error, int line, str text, struct arena *a)
{
	if (!out->notes)
		out->notes = arena_array(a, struct diagram_note, NOTES_MAX);
	if (out->note_count < NOTES_MAX)
		out->notes[out->note_count++] = (struct diagram_note){ error, line, text };
}

static bool fail(struct diagram *out, str why, struct arena *a)
{
	add_note(out, true, 0, why, a);
	return false;
}

/* A file that only we and the other side see. */
static int text_file(str text)
{
	int fd = memfd_create("dot", MFD_CLOEXEC);

	while (fd >= 0 && text.len > 0) {
		ssize_t n = write(fd, text.ptr, text.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			close(fd);
			return -1;
		}
		text = str_from(text, (size_t)n);
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

/* The error, or 0. */
static int start(int in, int out, pid_t *pid)
{
	/* SERVER_NAME tells Graphviz that it serves others, and may open nothing. */
	char *const argv[] = { (char *)"gen", (char *)WORD, NULL };
	char *const env[] = { (char *)"LC_ALL=C.UTF-8", (char *)"SERVER_NAME=gen", NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none;
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attr);
	sigemptyset(&none);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
	error = posix_spawn(pid, "/proc/self/exe", &actions, &attr, argv, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* All that comes, until the other side closes; false when it takes too long or is too much. */
static bool read_reply(int fd, struct buf *reply)
{
	int64_t deadline = now_ms() + WAIT_SECONDS * 1000;

	for (;;) {
		struct pollfd p = { fd, POLLIN, 0 };
		int64_t left = deadline - now_ms();
		int ready = left > 0 ? poll(&p, 1, (int)left) : 0;
		ssize_t n;

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0 || reply->len > REPLY_MAX)
			return false;
		buf_reserve(reply, 64 << 10);
		n = read(fd, reply->ptr + reply->len, reply->cap - reply->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		reply->len += (size_t)n;
	}
}

static int wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* Run the other side. False with a note when it brought nothing. */
static bool ask(str dot, struct buf *reply, struct diagram *out, struct arena *a)
{
	int in = text_file(dot), ends[2] = { -1, -1 }, error, status;
	bool complete;
	pid_t pid;

	if (in < 0 || pipe2(ends, O_CLOEXEC) != 0) {
		error = errno;
		if (in >= 0)
			close(in);
		return fail(out, str_printf(a, "Graphviz cannot be started: %s", strerror(error)), a);
	}
	error = start(in, ends[1], &pid);
	close(in);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		return fail(out, str_printf(a, "Graphviz cannot be started: %s", strerror(error)), a);
	}
	complete = read_reply(ends[0], reply);
	close(ends[0]);
	if (!complete)
		kill(pid, SIGKILL);
	status = wait_for(pid);
	if (!complete || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU))
		return fail(out,
			str_printf(a, "laying this diagram out takes more than %d seconds", DIAGRAM_SECONDS), a);
	if (reply->len == 0)
		return fail(out, STR("Graphviz ended without a drawing: this diagram may be too large"), a);
	return true;
}

/* "E3 syntax error", "W0 ...": what is wrong, and where. */
static void read_note(struct diagram *out, str line, struct arena *a)
{
	struct str_pair cut = str_cut(str_from(line, 1), ' ');
	uint64_t number = 0;

	str_to_u64(cut.head, &number);
	add_note(out, line.ptr[0] == 'E', (int)number, str_copy(cut.tail, a), a);
}

/* Text of 14 points is about as large as that of the page then. */
static int pixels(str points)
{
	double n = 0;

	for (size_t i = 0; i < points.len && points.ptr[i] >= '0' && points.ptr[i] <= '9' && n < 1e6; i++)
		n = n * 10 + (points.ptr[i] - '0');
	return (int)(n * 1.2 + .5);
}

/* Lines of notes and words, a blank line, the drawing. */
static bool read_answer(str reply, struct diagram *out, struct arena *a)
{
	bool fine = true;

	while (reply.len > 0) {
		struct str_pair cut = str_cut(reply, '\n');

		reply = cut.tail;
		if (cut.head.len == 0)
			break;
		if (cut.head.ptr[0] == 'D')
			out->words = str_copy(str_from(cut.head, 1), a);
		else
			read_note(out, cut.head, a);
		fine = fine && cut.head.ptr[0] != 'E';
	}
	if (!fine || reply.len == 0)
		return false;
	struct buf svg = { .arena = a };
	buf_reserve(&svg, reply.len);
	svg_clean(reply, &out->box, &svg);
	out->box = str_copy(out->box, a);
	out->svg = buf_str(&svg);
	str size = str_cut(str_cut(out->box, ' ').tail, ' ').tail;
	out->width = pixels(str_cut(size, ' ').head);
	out->height = pixels(str_cut(size, ' ').tail);
	return out->svg.len > 0;
}

bool diagram_draw(str dot, struct diagram *out, struct arena *a)
{
	struct buf reply = { 0 };
	bool fine;

	*out = (struct diagram){ 0 };
	if (dot.len > DIAGRAM_BYTES)
		return fail(out,
			str_printf(a, "a diagram has at most %d KB, and this one %zu", DIAGRAM_BYTES >> 10,
				(dot.len + 1023) >> 10),
			a);
	fine = ask(dot, &reply, out, a) && read_answer(buf_str(&reply), out, a);
	buf_free(&reply);
	return fine;
}
