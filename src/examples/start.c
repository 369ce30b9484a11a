/* The child, between fork and exec: everything is given up here. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "examples/inside_parts.h"
#include "examples/seccomp.h"

enum { FAULT_FD = 3, FILES_OPEN = 1024, STACK = 64 << 20, LOCKED = 64 << 10 };

static _Noreturn void fail(int error)
{
	if (write(FAULT_FD, &error, sizeof(error)) < 0)
		_exit(126);
	_exit(127);
}

static void limit(int resource, uint64_t soft, uint64_t hard)
{
	struct rlimit old, now = { .rlim_cur = soft, .rlim_max = hard };

	if (getrlimit((__rlimit_resource_t)resource, &old) == 0) {
		if (now.rlim_max > old.rlim_max)
			now.rlim_max = old.rlim_max;
		if (now.rlim_cur > now.rlim_max)
			now.rlim_cur = now.rlim_max;
	}
	if (setrlimit((__rlimit_resource_t)resource, &now) != 0)
		fail(errno);
}

/* RLIMIT_AS would end Go and Java, which reserve much more than they use. */
static void set_limits(const struct start *s)
{
	const struct job *j = &s->in->job;
	int threads = j->processes * 4;

	if (!s->in->own_pids)
		threads += tree_threads_of(getuid());
	limit(RLIMIT_FSIZE, j->file_size, j->file_size);
	limit(RLIMIT_NPROC, (uint64_t)threads, (uint64_t)threads);
	limit(RLIMIT_NOFILE, FILES_OPEN, FILES_OPEN);
	limit(RLIMIT_STACK, 8 << 20, STACK);
	limit(RLIMIT_MEMLOCK, LOCKED, LOCKED);
	limit(RLIMIT_CORE, 0, 0);
}

static void move_fd(int from, int to)
{
	if (dup2(from, to) < 0)
		_exit(126);
}

/* 0, 1, 2, and the one that tells of a failure, which closes when the program starts. */
static void set_descriptors(const struct start *s)
{
	int in = fcntl(s->input, F_DUPFD, 16), out = fcntl(s->out, F_DUPFD, 16);
	int err = fcntl(s->err, F_DUPFD, 16), fault = fcntl(s->fault_fd, F_DUPFD, 16);

	move_fd(in, 0);
	move_fd(out, 1);
	move_fd(err, 2);
	move_fd(fault, FAULT_FD);
	fcntl(FAULT_FD, F_SETFD, FD_CLOEXEC);
	syscall(SYS_close_range, FAULT_FD + 1, ~0U, 0);
}

static void reset_signals(void)
{
	sigset_t none;

	for (int i = 1; i < 32; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void drop_capabilities(void)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2];

	memset(none, 0, sizeof(none));
	for (int cap = 0; cap < 64; cap++)
		prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (syscall(SYS_capset, &head, none) != 0)
		fail(errno);
}

static void confine(const struct start *s)
{
	enum rung rung = s->in->job.rung;
	int version = rung == RUNG_LANDLOCK ? landlock_version() : 0;
	const struct seccomp_rules rules = {
		.shared = rung == RUNG_LANDLOCK,
		.may_chmod = s->step->compiles,
		.may_truncate = version >= 3,
		.self = version >= 6 ? 0 : getpid(),
	};

	if (rung == RUNG_NONE)
		return;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		fail(errno);
	if (rung == RUNG_LANDLOCK && !landlock_confine(s->in, s->step->compiles))
		fail(errno);
	drop_capabilities();
	if (!seccomp_confine(&rules))
		fail(errno);
}

static char **words(const struct str_list *list, struct arena *a)
{
	char **out = arena_array(a, char *, list->count + 1);

	for (size_t i = 0; i < list->count; i++)
		out[i] = (char *)str_cstr(list->at[i], a);
	return out;
}

void start_program(const struct start *s)
{
	struct arena a = { 0 };
	char **argv = words(&s->step->argv, &a), **env = words(&s->step->env, &a);
	const struct job *j = &s->in->job;
	const char *folder = !j->keeps_env ? s->in->work : j->folder.len ? str_cstr(j->folder, &a) : "/";

	setsid();
	set_descriptors(s);
	reset_signals();
	umask(022);
	if (chdir(folder) != 0)
		fail(errno);
	if (!s->in->job.keeps_env)
		set_limits(s);
	confine(s);
	if (s->step->probes)
		_exit(probe_main(s->step));
	/* Last, as it may be less than this process has already: the sanitizers reserve terabytes. */
	if (!s->in->job.keeps_env)
		limit(RLIMIT_DATA, s->step->memory, s->step->memory);
	execve(argv[0], argv, env);
	fail(errno);
}
