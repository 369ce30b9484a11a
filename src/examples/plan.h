/*
 * plan -- from an example and its toolchain to a job, and from what came of the job to a record.
 */
#ifndef EXAMPLES_PLAN_H
#define EXAMPLES_PLAN_H

#include "content/example.h"
#include "content/record.h"
#include "examples/sandbox.h"
#include "examples/toolchain.h"

/* `cache` is a folder for what compilers keep, `packages` that of deps= (packages.h); both may be empty. False, and `why`, when there is nothing to run it with. */
bool plan_job(const struct example *e, const struct toolchain *t, enum rung rung, str cache, str packages, struct job *out,
	str *why, struct arena *a);

/*
 * How it ended, what it printed and used. False, and `why`, when that says nothing about the program: it could not be
 * started, or went over a limit that is no part of its declaration.
 */
bool plan_result(const struct example *e, const struct job *j, const struct sandbox_report *report,
	struct record *out, str *why, struct arena *a);

/* Is it what the example expects? `why` says what else it is. */
bool plan_expected(const struct example *e, const struct runner *r, const struct record *result, str *why,
	struct arena *a);

#endif
