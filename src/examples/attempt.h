/*
 * attempt -- one example, run as often as it takes to be sure of it.
 */
#ifndef EXAMPLES_ATTEMPT_H
#define EXAMPLES_ATTEMPT_H

#include "content/example.h"
#include "content/record.h"
#include "examples/message.h"
#include "examples/sandbox.h"
#include "examples/toolchain.h"

struct attempt {
	const struct example *example;
	const struct toolchain *tool;
	enum rung rung;
	str cache, packages; /* folders, or empty */
	/* what came of it */
	str why;		   /* of a failure */
	struct message *messages; /* at places in the program */
	size_t message_count;
};

/*
 * With `recorded` run once and compare with it; without run twice and compare the two. False, and why, when the example does not
 * do what it should, or not the same again. `out` is the result of the first run.
 */
bool attempt_run(struct attempt *at, const struct record *recorded, struct record *out, struct arena *a);

#endif
