/*
 * journal -- the steps by which a tree is changed, so that they can be taken back.
 *
 * A file that is replaced or removed is kept in the stage until all is well: when a step fails,
 * journal_undo() brings back the tree as it was.
 */
#ifndef OUTPUT_JOURNAL_H
#define OUTPUT_JOURNAL_H

#include "output/staging.h"

struct step;

struct journal {
	struct stage *stage;
	struct step *last;
	str folder; /* the folder that `fd` is open on */
	int fd;     /* -1: none */
};

/* The steps answer 0 or the errno value. A NUL stands behind each path. */

/* Move the staged file to `path`, which must be free (else EEXIST); folders are made. */
int journal_move_in(struct journal *j, const char *staged, str path);

/*
 * Exchange the staged file with what is at `path` (EISDIR: a folder); when nothing is, move it
 * in.
 */
int journal_swap(struct journal *j, const char *staged, str path);

/*
 * Move the file or link at `path` to the stage. ENOENT when it is gone, or a folder, or behind
 * a link.
 */
int journal_move_out(struct journal *j, str path);

/* Remove an empty folder. */
int journal_remove_folder(struct journal *j, str path);

/* Take all back; 0, or the first error. */
int journal_undo(struct journal *j);

/* Nothing will be taken back any more. */
void journal_end(struct journal *j);

#endif
