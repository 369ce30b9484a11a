#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

extern char **environ;

enum { OUTPUT_LIMIT = 64 << 20, ERR_KEPT = 16 << 10, READ_SIZE = 64 << 10, DRAIN_MS = 100 };

/* A program that runs: ours are the ends of its pipes, -1 when closed. */
struct running {
	const struct process *what;
	struct process_result *result;
	pid_t pid;
	int exited; /* a pidfd, readable when it has ended; -1 where the system has none */
	int in, out, err;
	struct buf input;
	size_t input_at;
	struct buf output, said;
	struct timespec deadline;
};

/* Pipes of the child; what stands in `fault` is the errno value of a failed start. */
struct pipes {
	int in[2], out[2], err[2], fault[2];
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_pipes(struct pipes *p)
{
	int *all[] = { p->in, p->out, p->err, p->fault };

	for (size_t i = 0; i < 4; i++) {
		close_fd(&all[i][0]);
		close_fd(&all[i][1]);
	}
}

static int open_pipes(struct pipes *p)
{
	int *all[] = { p->in, p->out, p->err, p->fault };

	*p = (struct pipes){ { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 } };
	for (size_t i = 0; i < 4; i++) {
		if (pipe2(all[i], O_CLOEXEC) != 0) {
			int error = errno;

			close_pipes(p);
			return error;
		}
	}
	return 0;
}

static str name_of(const char *setting)
{
	return str_cut(str_c(setting), '=').head;
}

static bool is_set_over(const char *const *env, str name)
{
	for (; env && *env; env++)
		if (str_eq(name_of(*env), name))
			return true;
	return false;
}

static char **environment(const char *const *env, struct arena *a)
{
	size_t own = 0, more = 0, count = 0;
	char **out;

	while (environ[own])
		own++;
	while (env && env[more])
		more++;
	out = arena_array(a, char *, own + more + 1);
	for (size_t i = 0; i < own; i++)
		if (!is_set_over(env, name_of(environ[i])))
			out[count++] = environ[i];
	for (size_t i = 0; i < more; i++)
		if (strchr(env[i], '='))
			out[count++] = (char *)env[i];
	return out;
}

static _Noreturn void fail(int fd)
{
	int error = errno;

	if (write(fd, &error, sizeof(error)) < 0)
		_exit(126);
	_exit(127);
}

/* The child, up to its program. */
static _Noreturn void start(
	const struct process *p, const struct pipes *pipes, char **env, pid_t parent)
{
	sigset_t none;

	setsid();
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(126);
	for (int i = 1; i < 32; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (dup2(pipes->in[0], 0) < 0 || dup2(pipes->out[1], 1) < 0 ||
		dup2(pipes->err[1], 2) < 0 || (p->folder && chdir(p->folder) != 0))
		fail(pipes->fault[1]);
	execvpe(p->argv[0], (char *const *)p->argv, env);
	fail(pipes->fault[1]);
}

/* 0, or why the program could not be started. */
static int await_start(int fault)
{
	int error = 0;
	ssize_t n;

	do
		n = read(fault, &error, sizeof(error));
	while (n < 0 && errno == EINTR);
	return n == sizeof(error) ? error : 0;
}

static void set_nonblocking(int fd)
{
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

static int launch(struct running *r, struct arena *a)
{
	char **env = environment(r->what->env, a);
	pid_t parent = getpid();
	struct pipes pipes;
	int error = open_pipes(&pipes);

	if (error)
		return error;
	r->pid = fork();
	if (r->pid < 0) {
		error = errno;
		close_pipes(&pipes);
		return error;
	}
	if (r->pid == 0)
		start(r->what, &pipes, env, parent);
	close_fd(&pipes.fault[1]);
	error = await_start(pipes.fault[0]);
	if (error) {
		waitpid(r->pid, NULL, 0);
		close_pipes(&pipes);
		return error;
	}
	r->in = pipes.in[1];
	r->out = pipes.out[0];
	r->err = pipes.err[0];
	pipes.in[1] = pipes.out[0] = pipes.err[0] = -1;
	close_pipes(&pipes);
	set_nonblocking(r->in);
	set_nonblocking(r->out);
	set_nonblocking(r->err);
	r->exited = (int)syscall(SYS_pidfd_open, r->pid, 0);
	return 0;
}

/* The next piece of input, when the last one is gone. */
static void fill_input(struct running *r)
{
	if (r->in < 0 || r->input_at < r->input.len)
		return;
	buf_clear(&r->input);
	r->input_at = 0;
	while (r->input.len == 0)
		if (!r->what->feed || !r->what->feed(r->what->feed_ctx, &r->input))
			break;
	if (r->input.len == 0)
		close_fd(&r->in);
}

static void write_input(struct running *r)
{
	ssize_t n = write(r->in, r->input.ptr + r->input_at, r->input.len - r->input_at);

	if (n > 0)
		r->input_at += (size_t)n;
	else if (n < 0 && errno != EAGAIN && errno != EINTR)
		close_fd(&r->in); /* it does not want the rest */
}

/* False at the end of what it prints. */
static bool read_some(int *fd, struct buf *to)
{
	ssize_t n;

	buf_reserve(to, READ_SIZE);
	n = read(*fd, to->ptr + to->len, READ_SIZE);
	if (n > 0)
		to->len += (size_t)n;
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		close_fd(fd);
	return n > 0;
}

static void read_said(struct running *r)
{
	read_some(&r->err, &r->said);
	if (r->said.len > 2 * ERR_KEPT) {
		memmove(r->said.ptr, r->said.ptr + r->said.len - ERR_KEPT, ERR_KEPT);
		r->said.len = ERR_KEPT;
	}
}

static int milliseconds_left(const struct running *r)
{
	struct timespec now;
	int64_t left;

	if (r->what->seconds <= 0)
		return -1;
	clock_gettime(CLOCK_MONOTONIC, &now);
	left = (r->deadline.tv_sec - now.tv_sec) * 1000 +
	       (r->deadline.tv_nsec - now.tv_nsec) / 1000000;
	return left < 0 ? 0 : (int)left;
}

static bool is_flood(const struct running *r)
{
	size_t limit = r->what->output_limit ? r->what->output_limit : OUTPUT_LIMIT;

	return r->output.len > limit;
}

/*
 * Until it has ended. What it leaves running in the background may hold its pipes open (ssh does that): after
 * its end only what has been printed already is read.
 */
static enum process_end converse(struct running *r)
{
	bool ended = false;

	while (r->out >= 0 || r->err >= 0) {
		struct pollfd fds[4];
		int left = milliseconds_left(r), got;

		fill_input(r);
		fds[0] = (struct pollfd){ .fd = r->out, .events = POLLIN };
		fds[1] = (struct pollfd){ .fd = r->err, .events = POLLIN };
		fds[2] = (struct pollfd){ .fd = r->in, .events = POLLOUT };
		fds[3] = (struct pollfd){ .fd = ended ? -1 : r->exited, .events = POLLIN };
		if (left == 0)
			return PROCESS_TIMEOUT;
		got = poll(fds, 4, ended ? DRAIN_MS : left);
		if (got < 0 && errno != EINTR)
			break;
		if (got <= 0 && ended)
			break;
		if (got <= 0)
			continue;
		if (fds[0].revents)
			read_some(&r->out, &r->output);
		if (fds[1].revents)
			read_said(r);
		if (fds[2].revents)
			write_input(r);
		if (fds[3].revents)
			ended = true;
		if (is_flood(r))
			return PROCESS_FLOOD;
	}
	return PROCESS_EXITED;
}

/* It may have closed its output and go on: the time counts for that too. */
static bool await_end(struct running *r, int *status)
{
	for (;;) {
		int left = milliseconds_left(r);
		pid_t got = waitpid(r->pid, status, left < 0 ? 0 : WNOHANG);
		struct pollfd fd = { .fd = r->exited, .events = POLLIN };

		if (got == r->pid || (got < 0 && errno != EINTR))
			return true;
		if (left == 0)
			return false;
		poll(&fd, 1, left > 0 && (r->exited < 0 && left > 50) ? 50 : left);
	}
}

static void finish(struct running *r, enum process_end end)
{
	int status = 0;

	if (end == PROCESS_EXITED && !await_end(r, &status))
		end = PROCESS_TIMEOUT;
	if (end != PROCESS_EXITED) {
		kill(-r->pid, SIGKILL);
		waitpid(r->pid, &status, 0);
	} else if (WIFSIGNALED(status)) {
		end = PROCESS_SIGNALED;
	}
	r->result->end = end;
	r->result->status = end == PROCESS_SIGNALED ? WTERMSIG(status) : WEXITSTATUS(status);
}

void process_run(const struct process *p, struct process_result *out, struct arena *a)
{
	struct running r = { .what = p, .result = out, .exited = -1, .in = -1, .out = -1, .err = -1,
		.output = { .arena = a } };
	int error;

	*out = (struct process_result){ 0 };
	clock_gettime(CLOCK_MONOTONIC, &r.deadline);
	r.deadline.tv_sec += p->seconds;
	error = launch(&r, a);
	if (error) {
		*out = (struct process_result){ .end = PROCESS_UNSTARTED, .status = error };
		return;
	}
	finish(&r, converse(&r));
	out->out = buf_str(&r.output);
	if (r.said.len > ERR_KEPT)
		out->err = str_copy(str_from(buf_str(&r.said), r.said.len - ERR_KEPT), a);
	else
		out->err = str_copy(buf_str(&r.said), a);
	close_fd(&r.in);
	close_fd(&r.out);
	close_fd(&r.err);
	close_fd(&r.exited);
	buf_free(&r.said);
	buf_free(&r.input);
}
