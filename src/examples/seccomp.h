/*
 * seccomp -- system calls that a program in a sandbox is refused, as a BPF program made here.
 *
 * Refused calls fail with EPERM, or with ENOSYS where programs know to do without; calls that are newer than this list are
 * ENOSYS as well.  Calls of another architecture end the program.
 */
#ifndef EXAMPLES_SECCOMP_H
#define EXAMPLES_SECCOMP_H

#include <stdbool.h>
#include <sys/types.h>

struct seccomp_rules {
	/*
	 * The program shares process ids, network and files' owners with the host: no sockets but a
	 * pair of its own, no signals to others, no change of modes, owners and times by name.
	 */
	bool shared;
	bool may_chmod;	   /* a compiler makes its result executable */
	bool may_truncate; /* by name: something else guards it */
	pid_t self;	   /* signals go to this process only; 0: something else guards them */
};

/* From here on, for this process and all that come of it. False with errno. */
bool seccomp_confine(const struct seccomp_rules *rules);

#endif
