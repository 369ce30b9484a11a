/*
 * world -- a small site in a folder of its own, and what is built from it.
 */
#ifndef INCREMENTAL_WORLD_H
#define INCREMENTAL_WORLD_H

#include "base/arena.h"
#include "base/file.h"
#include "site/session.h"

enum { CHANGES_MOST = 64 };

struct world {
	struct arena arena; /* of one step */
	uint64_t random;
	char folder[64];
	char what[400]; /* the step, for people */
	const char *changed[CHANGES_MOST];
	size_t change_count;
	bool all; /* a folder came or went: the watcher would not name all */
	int64_t now;
	unsigned failing; /* for so many steps */
};

/* 0 .. n - 1 */
unsigned pick(struct world *w, unsigned n);

/* Files of the site: `name` is below its folder. Each is a change. */
void put(struct world *w, const char *name, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void cut(struct world *w, const char *name);
void move(struct world *w, const char *from, const char *to);
str get(struct world *w, const char *name); /* empty when there is none */
bool is_there(struct world *w, const char *name);
void say(struct world *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Where a file is on disk. */
const char *place(struct world *w, const char *name);

/* True when both folders have the same files with the same bytes; else says where they differ. */
bool is_same_tree(struct world *w, str one, str other);

void world_start(struct world *w);
void world_edit(struct world *w);

#endif
