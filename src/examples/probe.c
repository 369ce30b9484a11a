/*
 * Does the sandbox hold? Asked from where the program would stand, before anything else is run there.
 *
 * The arguments: a file of the host that must not be readable or writable, the process that must not be
 * signalled, the port on the host's loopback interface that must not answer.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "examples/inside_parts.h"

static int failures;

static void must_fail(const char *what, bool worked)
{
	if (!worked)
		return;
	failures++;
	printf("%s is possible\n", what);
}

static bool can_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool can_connect(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool worked;

	if (fd < 0)
		return false;
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	worked = connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0;
	close(fd);
	return worked;
}

/* In a pid namespace of our own that number is someone else's, or nobody's. */
static bool can_signal(pid_t pid)
{
	return kill(pid, 0) == 0;
}

static bool has_filter(void)
{
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == 2;
}

static bool can_make_file(void)
{
	int fd = open("made-by-probe", O_CREAT | O_RDWR | O_CLOEXEC, 0644);

	if (fd >= 0)
		close(fd);
	return fd >= 0 && unlink("made-by-probe") == 0;
}

int probe_main(const struct job_step *step)
{
	struct arena a = { 0 };
	const char *canary = str_cstr(step->argv.at[0], &a);
	uint64_t pid = 0, port = 0;

	str_to_u64(step->argv.at[1], &pid);
	str_to_u64(step->argv.at[2], &port);
	must_fail("reading a file of the host", can_open(canary, O_RDONLY));
	must_fail("writing a file of the host", can_open(canary, O_WRONLY));
	must_fail("reading /etc/shadow", can_open("/etc/shadow", O_RDONLY));
	must_fail("writing to /usr", can_open("/usr/bin/env", O_WRONLY));
	must_fail("reaching the host's network", can_connect((int)port));
	must_fail("signalling the host's processes", can_signal((pid_t)pid));
	must_fail("tracing a process", ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
	must_fail("making a user namespace", unshare(CLONE_NEWUSER) == 0);
	must_fail("running without a filter of system calls", !has_filter());
	must_fail("having no place to write", !can_make_file());
	fflush(stdout);
	return failures ? 1 : 0;
}
