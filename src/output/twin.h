/*
 * twin -- two folders with the same tree, for who shows one while the other is being made.
 *
 * Between builds they are alike: files are hard links to the same bytes, and no file is ever
 * written into, but replaced by a new one.  A build writes what changed into the folder that is
 * not shown; afterwards the other is made like it, at the cost of what changed.
 *
 * A whole tree is first written by a stage (stage.h).  Whatever fails here only makes a folder
 * one that has to be written whole again.
 */
#ifndef OUTPUT_TWIN_H
#define OUTPUT_TWIN_H

#include <stdbool.h>

#include "base/str.h"

struct twin;

/* Null when the system refuses. */
struct twin *twin_open(void);
void twin_close(struct twin *t);

/* Is `folder` like what was built last, so that it is enough to write what changes? */
bool twin_is_ready(struct twin *t, str folder);

/*
 * `folder` is to be written whole by a stage. What stands there without a manifest is removed: an
 * earlier run has left it halfway.
 */
void twin_clear(struct twin *t, str folder);

/* A stage has written all of `folder`. */
void twin_staged(struct twin *t, str folder);

/* Begin to write changes into `folder`, which is ready. */
void twin_begin(struct twin *t, str folder);

/* Write or copy a file, unless it is there with these bytes. Any thread. */
void twin_put(struct twin *t, str path, str bytes);
void twin_copy(struct twin *t, str path, str from);

/* Remove a file, and the folders above it that become empty. */
void twin_remove(struct twin *t, str path);

/* All is written. False when it is not: then the folder must be written whole. */
bool twin_commit(struct twin *t);

/* Leave it: the folder becomes as it was by twin_level(). */
void twin_abort(struct twin *t);

/* How many files the changes wrote, and removed. */
size_t twin_written(const struct twin *t);
size_t twin_removed(const struct twin *t);

/* Make `other` like `folder`, which was built last and has `paths`. */
void twin_level(struct twin *t, str folder, str other, const str *paths, size_t count);

#endif
