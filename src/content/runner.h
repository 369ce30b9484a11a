/*
 * runner -- how a language is compiled and run: rows of a table, and rows of gen.yaml over them.
 *
 *     runners:
 *       zig:
 *         tool: zig
 *         file: main.zig
 *         compile: zig build-exe -femit-bin=main {sources}
 *         run: ./main
 *         version: zig version
 *       c: {compile: cc -std=c11 -o main {sources}}      only this of the built-in row
 */
#ifndef CONTENT_RUNNER_H
#define CONTENT_RUNNER_H

#include "data/value.h"

struct arena;

/*
 * Commands are words with spaces between. A first word without '/' is looked for in PATH; {file} is the program's file,
 * {main} its name without extension, {sources} it and all other files with its extension.
 */
struct runner {
	str language; /* slug of the registry */
	str name;
	str tool;    /* the command that must be there */
	str file;    /* "main.go" */
	str compile; /* empty: nothing to compile */
	str check;   /* for blocks with `check`; empty: as compile */
	str run;
	str version;   /* prints the version; its first line is kept */
	str label;     /* put before a version that is only a number: "Node.js " */
	str home;      /* prints the folder of the toolchain, for tools that are started through a shim; or empty */
	str program;   /* the tool in that folder: "bin/go" */
	str probe;     /* must succeed for the row to be of use; or empty */
	str compile_env; /* words NAME=value */
	str run_env;
	str cache;     /* the variable that names a folder to keep between runs; or empty */
	int panic;     /* exit status of a program that panics; 0: any but 0 */
	bool own;        /* of gen.yaml */
	bool class_file; /* the file has the name of the public class in it */
};

/*
 * All rows: those of gen.yaml (null: none) over the built-in ones. Of several rows of one language the first that works is
 * used. False when gen.yaml's are wrong.
 */
struct runners {
	const struct runner *at;
	size_t count;
};
bool runners_read(const struct source *src, const struct value *config, struct runners *out, struct arena *a,
	struct diags *d);

#endif
