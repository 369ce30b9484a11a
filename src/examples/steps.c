/*
 * The steps of a job, one after the other: start the program, pass on what it prints, hold it to its limits,
 * end everything that it left behind, report.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "examples/client.h"
#include "examples/inside_parts.h"

int umount2(const char *target, int flags);

enum { TICK_MS = 40, DISK_TICKS = 4, DETACH = 2, PIPE_CHUNK = 1 << 16, STOP_MS = 2000,
	CRASH_TICKS = 25 };

struct watch {
	struct inside *in;
	const struct job_step *step;
	size_t index;
	pid_t main;
	int out, err; /* -1: closed */
	int fault;    /* tells when the program could not be started */
	double started, deadline;
	uint64_t printed;
	unsigned int ticks;
	bool over;
	bool stopped; /* by us: how is in result.end */
	struct client client; /* of a server */
	int patience;
	struct job_result result;
};

static bool is_server(const struct watch *w)
{
	return w->step->requests.count > 0;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void write_file(const struct inside *in, const struct job_file *f)
{
	struct arena a = { 0 };
	const char *path = str_printf(&a, "%s/" STR_FMT, in->work, STR_ARG(f->name)).ptr;
	bool plain = str_find_char(f->name, '/') < 0;
	int fd = !plain ? -1 : open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0644);
	size_t done = 0;

	if (!plain)
		inside_fail("a file of the example is not in its folder", 0);
	while (fd >= 0 && done < f->bytes.len) {
		ssize_t n = write(fd, f->bytes.ptr + done, f->bytes.len - done);

		if (n < 0)
			break;
		done += (size_t)n;
	}
	if (fd < 0 || done < f->bytes.len)
		inside_fail("cannot write a file of the example", errno);
	close(fd);
	arena_free(&a);
}

/* Where some tools look for packages: beside the program. */
static void link_packages(const struct inside *in)
{
	struct arena a = { 0 };

	if (in->job.packages_link.len &&
		symlink(in->packages, str_printf(&a, "%s/" STR_FMT, in->work, STR_ARG(in->job.packages_link)).ptr) != 0)
		inside_fail("cannot link the packages", errno);
	arena_free(&a);
}

static void make_places(const struct inside *in)
{
	if (in->job.keeps_env)
		return;
	if ((mkdir(in->work, 0755) != 0 && errno != EEXIST) || (mkdir(in->tmp, 0700) != 0 && errno != EEXIST) ||
		(mkdir(in->home, 0700) != 0 && errno != EEXIST))
		inside_fail("cannot make the folders of the example", errno);
	for (size_t i = 0; i < in->job.file_count; i++)
		write_file(in, &in->job.files[i]);
	link_packages(in);
}

static void stop(struct watch *w, enum job_end end)
{
	w->over = true;
	if (w->stopped)
		return;
	w->stopped = true;
	w->result.end = end;
}

static void count_usage(struct watch *w, const struct rusage *usage)
{
	uint64_t peak = (uint64_t)usage->ru_maxrss * 1024;

	w->result.cpu += seconds(usage->ru_utime) + seconds(usage->ru_stime);
	if (peak > w->result.memory)
		w->result.memory = peak;
}

static void note_end(void *ctx, pid_t pid, int status, const void *usage)
{
	struct watch *w = ctx;

	count_usage(w, usage);
	if (pid != w->main)
		return;
	w->over = true;
	w->main = 0;
	w->result.wall = now() - w->started;
	if (w->stopped)
		return;
	w->result.end = WIFSIGNALED(status) ? JOB_SIGNALED : JOB_EXITED;
	w->result.status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static void reap(struct watch *w)
{
	struct signalfd_siginfo info[8];
	struct rusage usage;
	int status;
	pid_t pid;

	while (read(w->in->signals, info, sizeof(info)) > 0)
		;
	while ((pid = wait4(-1, &status, WNOHANG, &usage)) > 0)
		note_end(w, pid, status, &usage);
}

static void pass_on(struct watch *w, int *fd, enum frame_kind kind)
{
	static char chunk[PIPE_CHUNK];
	ssize_t n = read(*fd, chunk, sizeof(chunk));

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		close(*fd);
		*fd = -1;
		return;
	}
	w->printed += (uint64_t)n;
	inside_report(kind, w->index, chunk, (size_t)n);
	if (w->printed > w->in->job.output)
		stop(w, JOB_OUTPUT);
}

static void look_around(struct watch *w)
{
	const struct job *j = &w->in->job;
	struct tree_census census = tree_count(w->in);

	if (census.processes > j->processes)
		stop(w, JOB_PROCESSES);
	if (census.memory > w->step->memory + w->step->memory / 4)
		stop(w, JOB_MEMORY);
	if (!w->in->mounts_cache && j->scratch.len && j->disk && w->ticks++ % DISK_TICKS == 0 &&
		tree_disk(str_cstr(j->scratch, &w->in->arena), j->disk) > j->disk)
		stop(w, JOB_DISK);
}

static void leave(struct watch *w)
{
	tree_kill(w->in, note_end, w);
	/* gen would have done it. */
	if (w->in->job.scratch.len)
		tree_remove(w->in->job.scratch);
	_exit(1);
}

static void wait_for_news(struct watch *w)
{
	struct pollfd fds[5] = { { .fd = w->out, .events = POLLIN }, { .fd = w->err, .events = POLLIN },
		{ .fd = w->in->signals, .events = POLLIN }, { .fd = LEASH_FD }, { .fd = -1 } };
	double left = w->deadline - now();
	int timeout = left * 1000 < TICK_MS ? (int)(left * 1000) + 1 : TICK_MS;

	if (is_server(w))
		client_await(&w->client, &fds[4]);
	if (poll(fds, 5, left <= 0 ? 0 : timeout) < 0 && errno != EINTR)
		inside_fail("poll", errno);
	if (fds[3].revents)
		leave(w);
	if (fds[0].revents)
		pass_on(w, &w->out, FRAME_OUT);
	if (fds[1].revents)
		pass_on(w, &w->err, FRAME_ERR);
	if (fds[4].revents)
		client_go_on(&w->client);
	if (fds[2].revents)
		reap(w);
}

static void pass_answer(void *ctx, size_t index, str bytes)
{
	struct watch *w = ctx;

	(void)index;
	w->result.answers++;
	inside_report(FRAME_ANSWER, w->index, bytes.ptr, bytes.len);
}

/* All is said: the server may end as it likes to, for a moment. */
static void ask_to_end(struct watch *w)
{
	w->stopped = true;
	w->result.end = JOB_STOPPED;
	w->result.status = w->client.error;
	w->deadline = now() + STOP_MS / 1e3;
	kill(-w->main, SIGTERM);
}

static void attend_server(struct watch *w, bool looks)
{
	struct client *c = &w->client;

	if (!is_server(w))
		return;
	if (c->state == CLIENT_LOOKING && looks)
		client_look(c);
	if (w->over || w->stopped || (c->state != CLIENT_DONE && c->state != CLIENT_FAILED))
		return;
	/* A connection that breaks off is often the first sign of a crash, which says more. */
	if ((c->fault == SERVE_CLOSED || c->fault == SERVE_REFUSED) && w->patience++ < CRASH_TICKS)
		return;
	ask_to_end(w);
}

/* One that ends by itself with its last answer has given it. */
static void end_server(struct watch *w)
{
	if (!is_server(w))
		return;
	client_end(&w->client);
	if (w->client.state == CLIENT_DONE && (w->result.end == JOB_EXITED || w->result.end == JOB_SIGNALED)) {
		w->result.end = JOB_STOPPED;
		w->result.status = 0;
	}
	w->result.fault = w->client.fault;
	w->result.port = w->client.port;
	client_close(&w->client);
}

static void read_fault(struct watch *w)
{
	int error;

	if (read(w->fault, &error, sizeof(error)) != sizeof(error))
		return;
	w->result.end = JOB_UNSTARTED;
	w->result.status = error;
}

static void drain(struct watch *w)
{
	while (w->out >= 0 && w->printed <= w->in->job.output) {
		int before = w->out;
		uint64_t printed = w->printed;

		pass_on(w, &w->out, FRAME_OUT);
		if (w->out == before && w->printed == printed)
			break;
	}
	while (w->err >= 0 && w->printed <= w->in->job.output) {
		uint64_t printed = w->printed;

		pass_on(w, &w->err, FRAME_ERR);
		if (w->err >= 0 && w->printed == printed)
			break;
	}
}

static void watch_program(struct watch *w)
{
	double next_look = w->started + TICK_MS / 1e3;

	while (!w->over) {
		bool looks;

		wait_for_news(w);
		looks = now() >= next_look;
		if (!w->over && looks) {
			look_around(w);
			next_look = now() + TICK_MS / 1e3;
		}
		attend_server(w, looks);
		if (!w->over && now() >= w->deadline)
			stop(w, JOB_TIMEOUT);
	}
	tree_kill(w->in, note_end, w);
	drain(w);
	end_server(w);
	read_fault(w);
}

static int open_input(str input)
{
	int fd;

	if (input.len == 0)
		return open("/dev/null", O_RDONLY | O_CLOEXEC);
	fd = memfd_create("input", MFD_CLOEXEC);
	if (fd < 0 || write(fd, input.ptr, input.len) != (ssize_t)input.len || lseek(fd, 0, SEEK_SET) != 0)
		inside_fail("cannot make the input", errno);
	return fd;
}

static bool run_step(struct inside *in, size_t index)
{
	struct watch w = { .in = in, .step = &in->job.steps[index], .index = index };
	struct start s = { .in = in, .step = w.step, .input = open_input(w.step->input) };
	int out[2], err[2], fault[2];

	if (s.input < 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0 ||
		pipe2(fault, O_CLOEXEC | O_NONBLOCK) != 0)
		inside_fail("cannot make pipes", errno);
	s.out = out[1];
	s.err = err[1];
	s.fault_fd = fault[1];
	w.started = now();
	w.deadline = w.started + (double)w.step->wall_ms / 1e3;
	w.main = fork();
	if (w.main < 0)
		inside_fail("cannot start a process", errno);
	if (w.main == 0)
		start_program(&s);
	close(s.input);
	close(out[1]);
	close(err[1]);
	close(fault[1]);
	w.out = out[0];
	w.err = err[0];
	w.fault = fault[0];
	client_open(&w.client, w.step, in->job.output);
	w.client.answered = pass_answer;
	w.client.ctx = &w;
	fcntl(w.out, F_SETFL, O_NONBLOCK);
	fcntl(w.err, F_SETFL, O_NONBLOCK);
	watch_program(&w);
	if (w.out >= 0)
		close(w.out);
	if (w.err >= 0)
		close(w.err);
	close(w.fault);
	inside_report(FRAME_END, index, &w.result, sizeof(w.result));
	return w.result.end == JOB_EXITED && w.result.status == 0;
}

static void open_signals(struct inside *in)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	in->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (in->signals < 0)
		inside_fail("signalfd", errno);
}

/* What compiled code may not see: others' compiled code. */
static void drop_cache(struct inside *in)
{
	if (!in->mounts_cache)
		return;
	if (umount2(in->cache, DETACH) != 0)
		inside_fail("cannot take the cache away", errno);
	in->mounts_cache = false;
}

void steps_main(struct inside *in)
{
	/* The program may be the same user as we are: it shall not look into us. */
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		inside_fail("prctl", errno);
	open_signals(in);
	make_places(in);
	for (size_t i = 0; i < in->job.step_count; i++) {
		if (!in->job.steps[i].compiles)
			drop_cache(in);
		if (!run_step(in, i))
			break;
	}
	_exit(0);
}
