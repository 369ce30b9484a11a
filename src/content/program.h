/*
 * program -- an example as a file on disk: the same names where it is run and where readers get it.
 */
#ifndef CONTENT_PROGRAM_H
#define CONTENT_PROGRAM_H

#include "content/command.h"

struct arena;
struct example;
struct runner;

/* The program's file, as compilers and tracebacks name it: that of the runner, or of the class in it. */
str program_file(const struct example *e, const struct runner *r, struct arena *a);

/* What the words {file}, {main} and {sources} of its runner's commands stand for. */
void program_names(const struct example *e, const struct runner *r, struct command_names *out, struct arena *a);

#endif
