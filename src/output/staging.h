/*
 * staging -- the inside of a stage, shared by its two halves: stage.c fills it, publish.c
 * publishes it.
 *
 * A *fresh* stage is a whole tree beside the output folder, which is empty or not there; an
 * entry is staged under its own path. Otherwise files are staged under numbers, in a hidden
 * folder inside the output, so that both are on one file system.
 */
#ifndef OUTPUT_STAGING_H
#define OUTPUT_STAGING_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "base/map.h"
#include "output/manifest.h"
#include "output/stage.h"

/* In the output folder, or in the root of a fresh tree. */
#define STAGE_NAME ".gen-stage"

enum { STAGED_NAME_MAX = 48, STAGE_SHARDS = 16 };

/* What stands in the output at an entry's path, and what is to be done. */
enum entry_state {
	ENTRY_FAILED,
	ENTRY_SAME, /* stays as it is */
	ENTRY_NEW,  /* staged; nothing is there */
	ENTRY_OVER, /* staged; a regular file is there */
	ENTRY_ODD,  /* staged; a folder, a link, or a file where a folder must be */
};

/* A path that is put, or a folder above one. */
struct entry {
	str path;
	bool folder;
	enum entry_state state;
	uint32_t id; /* its staged name, when not fresh */
	uint64_t size;
	int64_t mtime_ns;
	struct entry *before; /* all files, the last one first */
};

struct fault {
	str text;
	int error; /* of the system; 0: none */
	struct fault *before;
};

struct stage {
	str shown;          /* the folder as the user named it */
	const char *real;   /* and as it is */
	const char *beside; /* where a fresh tree is or would be */
	str made;           /* the topmost folder that was made for it; empty: none */
	bool force;
	bool fresh;
	bool adopted; /* its manifest cannot be read: what is there is taken for gen's own */
	struct manifest old;
	int root; /* the output folder, locked */
	int tree; /* where staged names are: the fresh tree, locked, or the root again */

	pthread_mutex_t lock; /* for what follows */
	struct arena arena;
	struct map names; /* by path without case: struct entry */
	struct entry *files;
	size_t file_count;
	struct fault *faults;
	size_t fault_count;

	atomic_uint next_id;
	atomic_bool failed; /* nothing more needs to be written */
};

/* Remember a fault; `error` (0: none) is said behind the text. Any thread. */
void stage_fault(struct stage *s, int error, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Report the faults; false when there are any. */
bool stage_report_faults(struct stage *s, struct diags *d);

/* The name of number `id` in the stage. */
void staged_name(uint32_t id, char out[STAGED_NAME_MAX]);

/* Make the folders that such names are in. 0 or the errno value. */
int staged_folders_make(struct stage *s, uint32_t id);

/* What an entry is staged under, below s->tree. */
const char *entry_staged(
	const struct stage *s, const struct entry *e, char room[STAGED_NAME_MAX]);

/*
 * Look what is at the entry's path: sets its state, and opens a regular file for reading (else
 * *fd is -1).
 */
void entry_look(const struct stage *s, struct entry *e, int *fd);

/*
 * A fresh tree cannot take the folder's place: settle the state of an entry of it as if it had
 * been compared with what is in the folder.
 */
void entry_look_again(const struct stage *s, struct entry *e);

/*
 * Remove what is staged, unlock and forget all. After a failure, a folder made for it goes too.
 */
void stage_close(struct stage *s, bool failed);

#endif
