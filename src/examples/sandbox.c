#include "examples/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

enum { KEPT = 64 << 10, SAID = 4096, GRACE_MS = 20000, HIGH_FD = 40 };

static const unsigned int NOBODY_ID = 65534;

/* One run, as gen sees it. */
struct running {
	struct sandbox_report *out;
	struct arena *arena;
	pid_t pid;
	int report, leash, said; /* said: what the helper and bwrap print */
	struct buf frames;	 /* what has come and is no whole frame yet */
	struct buf outs[JOB_STEPS], errs[JOB_STEPS];
	int64_t deadline;
};

str sandbox_name(enum rung rung)
{
	static const str names[] = { [RUNG_NAMESPACES] = STR_INIT("namespaces"),
		[RUNG_BUBBLEWRAP] = STR_INIT("bubblewrap"), [RUNG_LANDLOCK] = STR_INIT("landlock"),
		[RUNG_NONE] = STR_INIT("none") };

	return names[rung];
}

void sandbox_standard(struct job *j)
{
	j->disk = 512u << 20;
	j->file_size = 256u << 20;
	j->processes = 96;
	j->output = 1 << 20;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void fault(struct running *r, const char *what, int error)
{
	if (r->out->fault.len)
		return;
	r->out->fault = error ? str_printf(r->arena, "%s: %s", what, strerror(error))
			      : str_copy(str_c(what), r->arena);
}

/* Out of the way of the numbers that the helper wants, and gone in every other program. */
static int high(int fd)
{
	int moved = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, HIGH_FD);

	if (fd >= 0)
		close(fd);
	return moved;
}

static int job_fd(const struct job *j)
{
	struct buf b = { 0 };
	int fd = high(memfd_create("job", MFD_CLOEXEC));
	size_t done = 0;

	job_write(j, &b);
	while (fd >= 0 && done < b.len) {
		ssize_t n = write(fd, b.ptr + done, b.len - done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	if (fd >= 0 && (done < b.len || lseek(fd, 0, SEEK_SET) != 0)) {
		close(fd);
		fd = -1;
	}
	buf_free(&b);
	return fd;
}

struct plumbing {
	int job, report, leash, said, exe, nothing; /* the helper's ends */
};

static int start_helper(const struct plumbing *p, pid_t *pid)
{
	static const char *const argv[] = { "gen", INSIDE_WORD, NULL };
	const char *path = getenv("PATH");
	char *keep = path ? malloc(strlen(path) + 6) : NULL;
	char *env[2] = { keep, NULL };
	const int map[][2] = { { p->nothing, 0 }, { p->said, 1 }, { p->said, 2 }, { p->job, JOB_FD },
		{ p->report, REPORT_FD }, { p->leash, LEASH_FD }, { p->exe, EXE_FD } };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t set;
	int error;

	if (keep)
		strcat(strcpy(keep, "PATH="), path);
	posix_spawn_file_actions_init(&actions);
	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		posix_spawn_file_actions_adddup2(&actions, map[i][0], map[i][1]);
	posix_spawnattr_init(&attr);
	sigemptyset(&set);
	posix_spawnattr_setsigmask(&attr, &set);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
	error = posix_spawn(pid, "/proc/self/exe", &actions, &attr, (char *const *)argv, env);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	free(keep);
	return error;
}

static void close_all(const int *fds, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

static bool start(struct running *r, const struct job *j)
{
	int report[2] = { -1, -1 }, leash[2] = { -1, -1 }, error;
	struct plumbing p;

	if (pipe2(report, O_CLOEXEC) != 0 || pipe2(leash, O_CLOEXEC) != 0) {
		fault(r, "cannot make pipes", errno);
		close_all(report, 2);
		return false;
	}
	r->report = high(report[0]);
	r->leash = high(leash[1]);
	r->said = high(memfd_create("said", MFD_CLOEXEC));
	p = (struct plumbing){ job_fd(j), high(report[1]), high(leash[0]), r->said,
		high(open("/proc/self/exe", O_RDONLY | O_CLOEXEC)), high(open("/dev/null", O_RDWR | O_CLOEXEC)) };
	error = p.job < 0 || p.exe < 0 || p.nothing < 0 || r->said < 0 ? EMFILE : start_helper(&p, &r->pid);
	close_all((const int[]){ p.job, p.report, p.leash, p.exe, p.nothing }, 5);
	if (!error)
		return true;
	fault(r, "cannot start the helper", error);
	close_all((const int[]){ r->report, r->leash, r->said }, 3);
	return false;
}

static void keep_output(struct buf *b, struct sandbox_output *o, str bytes)
{
	size_t room = KEPT - (b->len < KEPT ? b->len : KEPT);

	o->size += bytes.len;
	buf_add(b, str_sub(bytes, 0, room));
	o->bytes = buf_str(b);
}

static void take_frame(struct running *r, const struct frame *f, str bytes)
{
	struct sandbox_step *step = &r->out->steps[f->step < JOB_STEPS ? f->step : 0];

	switch ((enum frame_kind)f->kind) {
	case FRAME_OUT:
		keep_output(&r->outs[f->step], &step->out, bytes);
		break;
	case FRAME_ERR:
		keep_output(&r->errs[f->step], &step->err, bytes);
		break;
	case FRAME_ANSWER:
		if (step->result.answers < REQUESTS_MOST)
			step->answers[step->result.answers++] = str_copy(bytes, r->arena);
		break;
	case FRAME_END:
		if (bytes.len == sizeof(step->result))
			memcpy(&step->result, bytes.ptr, bytes.len);
		step->ran = bytes.len == sizeof(step->result);
		break;
	case FRAME_FAULT:
		if (!r->out->fault.len)
			r->out->fault = str_copy(bytes, r->arena);
		break;
	}
}

static void take_frames(struct running *r)
{
	str rest = buf_str(&r->frames);
	struct frame f;

	while (rest.len >= sizeof(f)) {
		memcpy(&f, rest.ptr, sizeof(f));
		if (rest.len - sizeof(f) < f.length)
			break;
		if (f.step < JOB_STEPS)
			take_frame(r, &f, str_sub(rest, sizeof(f), sizeof(f) + f.length));
		rest = str_from(rest, sizeof(f) + f.length);
	}
	memmove(r->frames.ptr, rest.ptr, rest.len);
	r->frames.len = rest.len;
}

/* False at the end. */
static bool read_report(struct running *r)
{
	ssize_t n;

	buf_reserve(&r->frames, 1 << 17);
	n = read(r->report, r->frames.ptr + r->frames.len, r->frames.cap - r->frames.len);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	r->frames.len += (size_t)n;
	if (n > 0)
		take_frames(r);
	return n > 0;
}

static void follow(struct running *r)
{
	for (;;) {
		struct pollfd fd = { .fd = r->report, .events = POLLIN };
		int64_t left = r->deadline - now_ms();
		int ready = left > 0 ? poll(&fd, 1, left > 1000 ? 1000 : (int)left) : 0;

		if (ready > 0 && !read_report(r))
			return;
		if (ready == 0 && left <= 0) {
			fault(r, "the sandbox did not end in time", 0);
			return;
		}
	}
}

static void keep_said(struct running *r)
{
	char text[SAID];
	ssize_t n = pread(r->said, text, sizeof(text), 0);
	str said = str_trim(str_new(text, n > 0 ? (size_t)n : 0));

	if (r->out->fault.len || r->out->steps[0].ran)
		return;
	r->out->fault = said.len ? str_copy(said, r->arena) : STR("the helper ended before it was done");
}

static void finish(struct running *r)
{
	int status;

	close(r->leash);
	if (r->deadline - now_ms() <= 0)
		kill(r->pid, SIGKILL);
	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		;
	close(r->report);
	keep_said(r);
	close(r->said);
	buf_free(&r->frames);
}

static void run_job(const struct job *j, struct sandbox_report *out, struct arena *a)
{
	struct running r = { .out = out, .arena = a };

	for (size_t i = 0; i < JOB_STEPS; i++)
		r.outs[i].arena = r.errs[i].arena = a;
	r.deadline = now_ms() + GRACE_MS;
	for (size_t i = 0; i < j->step_count; i++)
		r.deadline += j->steps[i].wall_ms;
	if (!start(&r, j))
		return;
	follow(&r);
	finish(&r);
}

/* "HOME=/tmp/home" for a rung without a root of its own. */
static str fit_word(const struct job *j, str word, struct arena *a)
{
	ptrdiff_t equals = str_find_char(word, '=');
	str value = str_from(word, (size_t)(equals + 1));
	str name = str_sub(word, 0, (size_t)(equals + 1));

	if (str_starts(value, STR(PACKAGES_PATH)))
		return str_printf(a, STR_FMT STR_FMT STR_FMT, STR_ARG(name), STR_ARG(j->packages),
			STR_ARG(str_from(value, sizeof(PACKAGES_PATH) - 1)));
	if (str_starts(value, STR(CACHE_PATH)))
		return str_printf(a, STR_FMT STR_FMT STR_FMT, STR_ARG(name), STR_ARG(j->cache),
			STR_ARG(str_from(value, sizeof(CACHE_PATH) - 1)));
	if (str_starts(value, STR(TMP_PATH)) || str_starts(value, STR(WORK_PATH)))
		return str_printf(a, STR_FMT STR_FMT STR_FMT, STR_ARG(name), STR_ARG(j->scratch), STR_ARG(value));
	return word;
}

static void fit_env(struct job *j, struct arena *a)
{
	for (size_t i = 0; i < j->step_count; i++) {
		struct str_list *env = &j->steps[i].env;
		str *words = arena_array(a, str, env->count);

		for (size_t k = 0; k < env->count; k++)
			words[k] = fit_word(j, env->at[k], a);
		env->at = words;
	}
}

/* Without the scratch folder's name: what it printed as SCRATCH/program/main.py is /program/main.py on every rung. */
static str hide_folder(str text, str folder, str instead, struct arena *a)
{
	struct buf b = { .arena = a };
	ptrdiff_t at = folder.len ? str_find(text, folder) : -1;

	if (at < 0)
		return text;
	while (at >= 0) {
		buf_add(&b, str_sub(text, 0, (size_t)at));
		buf_add(&b, instead);
		text = str_from(text, (size_t)at + folder.len);
		at = str_find(text, folder);
	}
	buf_add(&b, text);
	return buf_str(&b);
}

static void hide_output(struct sandbox_output *o, str folder, str instead, struct arena *a)
{
	str hidden = hide_folder(o->bytes, folder, instead, a);

	o->size -= o->bytes.len - hidden.len;
	o->bytes = hidden;
}

static bool make_scratch(struct job *j, struct sandbox_report *out, struct arena *a)
{
	const char *base = getenv("TMPDIR");
	char *path = (char *)str_printf(a, "%s/gen-run-XXXXXX", base && *base == '/' ? base : "/tmp").ptr;

	if (!mkdtemp(path)) {
		out->fault = str_printf(a, "cannot make %s: %s", path, strerror(errno));
		return false;
	}
	j->scratch = str_c(path);
	if (geteuid() == 0 && j->rung == RUNG_LANDLOCK && chown(path, NOBODY_ID, NOBODY_ID) != 0) {
		out->fault = str_printf(a, "cannot give %s away: %s", path, strerror(errno));
		tree_remove(j->scratch);
		return false;
	}
	return true;
}

static void run_on_disk(struct job *j, struct sandbox_report *out, struct arena *a)
{
	if (!make_scratch(j, out, a))
		return;
	fit_env(j, a);
	run_job(j, out, a);
	for (size_t i = 0; i < j->step_count; i++) {
		hide_output(&out->steps[i].out, j->scratch, (str){ 0 }, a);
		hide_output(&out->steps[i].err, j->scratch, (str){ 0 }, a);
		hide_output(&out->steps[i].out, j->packages, STR(PACKAGES_PATH), a);
		hide_output(&out->steps[i].err, j->packages, STR(PACKAGES_PATH), a);
	}
	tree_remove(j->scratch);
}

void sandbox_run(const struct job *job, struct sandbox_report *out, struct arena *a)
{
	struct job j = *job;

	*out = (struct sandbox_report){ 0 };
	/* nobody writes there when root asks */
	if (j.cache.len && geteuid() == 0 && j.rung != RUNG_NONE &&
		chown(str_cstr(j.cache, a), NOBODY_ID, NOBODY_ID) != 0) {
		out->fault = str_printf(a, "cannot give " STR_FMT " away: %s", STR_ARG(j.cache), strerror(errno));
		return;
	}
	if (j.rung == RUNG_BUBBLEWRAP)
		j.cache = (str){ 0 };
	if ((j.rung == RUNG_LANDLOCK || j.rung == RUNG_NONE) && !j.keeps_env)
		run_on_disk(&j, out, a);
	else
		run_job(&j, out, a);
}
