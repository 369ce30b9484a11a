/*
 * target -- the output folder: is it one that may be written, and is nobody else writing it?
 */
#ifndef OUTPUT_TARGET_H
#define OUTPUT_TARGET_H

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct stage_options;

/*
 * The real name of `folder`: absolute, links resolved as far as it exists. Empty, with a
 * message, when it cannot be told.
 */
str target_resolve(str folder, struct arena *a, struct diags *d);

/*
 * May `real` be written, by its place alone? False, with a message, for /, the home folder, the
 * source, ...
 */
bool target_allows(str real, str shown, const struct stage_options *options, struct arena *a,
	struct diags *d);

/*
 * Open the folder and lock it; the lock ends with the descriptor (so with the process, however
 * it ends). ENOENT when it is not there, EWOULDBLOCK when another gen has it, else 0 or the
 * errno value.
 */
int target_lock(const char *real, int *fd);

/* Where the tree of a first build is staged: in the folder above, under a hidden name. */
const char *target_beside(str real, struct arena *a);

/*
 * Remove such a tree, when a killed build has left it. One that lives still holds a lock on it.
 */
void target_clear_beside(const char *beside);

#endif
