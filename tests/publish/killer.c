/*
 * killer -- runs a command and kills it (SIGKILL) as it enters its Nth system call after it
 * took the lock on the output folder.
 *
 *     killer N COMMAND...      exit 0: killed; 1: it ended before; 2: it could not be traced
 *
 * Counting from the first flock() makes a step the same moment of a build with and without
 * sanitizers.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/ptrace.h>

static void run_traced(char **command)
{
	/* Leaks cannot be looked for under a tracer. */
	setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
	if (ptrace(PTRACE_TRACEME, 0, 0, 0))
		_exit(126);
	raise(SIGSTOP);
	execv(command[0], command);
	_exit(127);
}

/*
 * Go on to the next entry into a system call; -1 when the child has ended, -2 when it cannot be
 * told.
 */
static long next_call(pid_t child)
{
	for (;;) {
		struct __ptrace_syscall_info info;
		int status;

		if (ptrace(PTRACE_SYSCALL, child, 0, 0) || waitpid(child, &status, 0) != child)
			return -2;
		if (WIFEXITED(status) || WIFSIGNALED(status))
			return -1;
		if (WSTOPSIG(status) != (SIGTRAP | 0x80))
			continue;
		if (ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof(info), &info) < 0)
			return -2;
		if (info.op == PTRACE_SYSCALL_INFO_ENTRY)
			return (long)info.entry.nr;
	}
}

static int kill_at(pid_t child, long step)
{
	long call;

	do {
		call = next_call(child);
	} while (call >= 0 && call != SYS_flock);
	for (; call >= 0 && step > 0; step--)
		call = next_call(child);
	if (call < 0)
		return call == -1 ? 1 : 2;
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return 0;
}

int main(int argc, char **argv)
{
	pid_t child;
	int status;

	if (argc < 3)
		return 2;
	child = fork();
	if (child == 0)
		run_traced(argv + 2);
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
		return 2;
	if (ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)) {
		kill(child, SIGKILL);
		return 2;
	}
	return kill_at(child, strtol(argv[1], NULL, 10));
}
