/*
 * toolchain -- what of a runner is on this machine: its commands, its version, the folders it needs.
 *
 * Tools are asked, never guessed: one that is not there, or does not tell its version, is missing.
 */
#ifndef EXAMPLES_TOOLCHAIN_H
#define EXAMPLES_TOOLCHAIN_H

#include "content/article.h"
#include "content/runner.h"

struct toolchain {
	const struct runner *runner; /* null: no row for the language */
	bool found;
	str why;     /* what is missing */
	str version; /* "go version go1.22.1 linux/amd64" */
	str folder;  /* outside the system's own folders: must be seen from inside; or empty */
	str path;    /* of the tool, real */
};

/* Of the rows of one language the first that works. */
void toolchain_find(const struct runners *rows, str language, struct toolchain *out, struct arena *a);

/* A command of a tool, with all of the user's rights: for what has to be asked or fetched. */
struct tool_call {
	struct str_list words; /* the first is looked for, unless it is the tool itself */
	struct str_list env;   /* "NAME=value", over the user's own */
	str folder;	       /* where it runs; empty: / */
	int64_t wall_ms;
};

/* False, and `why`, when it cannot be started, runs out of time or ends with another status than 0. */
struct sandbox_step;
bool toolchain_call(const struct toolchain *t, const struct tool_call *call, struct sandbox_step *out, str *why,
	struct arena *a);

/*
 * The words with their command as a path; false when it is not there. `folders` grows by the folder that it needs, if any.
 */
struct toolchain_folders {
	str at[8];
	size_t count;
};
bool toolchain_resolve(const struct toolchain *t, struct str_list *words, struct toolchain_folders *folders,
	struct arena *a);

#endif
