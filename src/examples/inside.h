/*
 * inside -- the helper between gen and a program that it runs: it builds the sandbox, starts the program in it,
 * watches its limits, counts what it used, and ends everything that it left behind.
 *
 * It is gen itself, started again, so that it is small and has one thread; see job.h.
 */
#ifndef EXAMPLES_INSIDE_H
#define EXAMPLES_INSIDE_H

#include <stdbool.h>

/* Is this process the helper? */
bool inside_is(int argc, char **argv);

/* The helper's main(); does not return. */
_Noreturn void inside_main(int argc, char **argv);

#endif
