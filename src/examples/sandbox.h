/*
 * sandbox -- runs a job where it can harm nothing, on the strictest rung that this machine has.
 *
 *     namespaces   own user, mount, pid, network, ipc and host name; a root of its own
 *     bubblewrap   the same, made by bwrap, where gen may not make it itself
 *     landlock     files by Landlock, the rest by seccomp and limits
 *     none         limits only; never chosen unless it is asked for
 *
 * Whatever a program does, when a job is over no process of it is left; also when gen is killed.
 */
#ifndef EXAMPLES_SANDBOX_H
#define EXAMPLES_SANDBOX_H

#include "examples/job.h"

struct arena;

struct sandbox_output {
	str bytes;     /* the first 64 KB */
	uint64_t size; /* all */
};

struct sandbox_step {
	bool ran;
	struct job_result result;
	struct sandbox_output out, err;
	str answers[REQUESTS_MOST]; /* of a server, as it sent them; result.answers says how many */
};

struct sandbox_report {
	str fault; /* why nothing was run, or not to the end; empty when all is well */
	struct sandbox_step steps[JOB_STEPS];
};

/* The limits that hold unless an example asks for others. */
void sandbox_standard(struct job *j);

/*
 * Run it. Paths in the environment that begin with WORK_PATH, TMP_PATH or CACHE_PATH are made to fit the rung,
 * and paths that are printed are made to look alike on all rungs. May be called by several threads.
 */
void sandbox_run(const struct job *j, struct sandbox_report *out, struct arena *a);

/* Does it hold here? Tried in earnest; `why` says what is wrong when it does not. */
bool sandbox_test(enum rung rung, str *why, struct arena *a);

/* The first rung that holds. False when there is none; `why` says it of each. */
bool sandbox_choose(enum rung *out, str *why, struct arena *a);

str sandbox_name(enum rung rung);

#endif
