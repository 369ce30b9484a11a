/*
 * serving -- a server example: what its job is told beside the program, and what its answers say.
 */
#ifndef EXAMPLES_SERVING_H
#define EXAMPLES_SERVING_H

#include "content/example.h"
#include "content/record.h"
#include "examples/sandbox.h"

/* Servers are asked in a network of their own. False, and `why`, on a rung that gives none. */
bool serving_possible(enum rung rung, str *why);

/* The requests, the port, and the time for the step that runs the server. */
void serving_job(const struct example *e, struct job_step *s, struct arena *a);

/* From its answers to the record. False, and `why`, when not all of them came. */
bool serving_result(const struct example *e, const struct job *j, const struct sandbox_step *s, struct record *out,
	str *why, struct arena *a);

/*
 * Do two servers of one pair answer the same, by status and body? The headers are the framework's. False, and `why`: what is different, said
 * of the second.
 */
bool serving_pair(const struct example *first, const struct example *second, const struct record *one,
	const struct record *two, str *why, struct arena *a);

#endif
