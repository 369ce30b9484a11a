/*
 * example_command -- how a reader runs an example: one line for a POSIX shell, in the folder with its files.
 */
#ifndef SITE_EXAMPLE_COMMAND_H
#define SITE_EXAMPLE_COMMAND_H

#include "base/str.h"

struct arena;
struct example;
struct example_request;
struct runner;

/* "go build -o main main.go && A='x y' ./main -n 2 < input.txt"; for what is only compiled, just that. */
str example_command(const struct example *e, const struct runner *r, struct arena *a);

/* "curl -i http://127.0.0.1:8080/hello": a request to the server, which listens where it was found when it was recorded. */
str example_request_command(const struct example *e, const struct example_request *q, struct arena *a);

#endif
