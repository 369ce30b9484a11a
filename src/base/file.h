/*
 * file -- reading, writing and walking files.
 *
 * Functions return 0 or the errno value, so that callers can say what failed
 * and on which path.  Paths are str and may hold any byte but NUL.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <sys/types.h>

#include "base/str.h"

struct arena;
struct buf;

enum file_kind { FILE_NONE, FILE_REGULAR, FILE_FOLDER, FILE_OTHER };

struct file_info {
	enum file_kind kind;
	uint64_t size;
	int64_t mtime_ns; /* since 1970 */
	uint64_t inode, device;
};

/* Follows links. ENOENT is not an error: kind becomes FILE_NONE. */
int file_stat(str path, struct file_info *out);

/*
 * The whole of a regular file, in `a`, with a NUL behind it that is not counted.
 * EFBIG when it is larger than `limit` (0: no limit), EISDIR for a folder, EINVAL for
 * a pipe or device.
 */
int file_read(str path, size_t limit, struct arena *a, str *out);

/* The same into a reused buffer, replacing what was there. */
int file_read_buf(str path, size_t limit, struct buf *out, struct file_info *info);

/* Replace or create a file by writing beside it and renaming. */
int file_write_atomic(str path, str bytes);

/* Create `path` and the folders above it. */
int folder_make(str path);

/* Remove a file or a whole tree; links are removed, not followed. ENOENT is fine. */
int tree_remove(str path);

struct file_entry {
	str path; /* below the root, '/' between parts */
	struct file_info info;
};

struct file_list {
	struct file_entry *at;
	size_t count;
};

/* What could not be read during a walk: a path below the root, and why. */
struct file_fault {
	str path;
	int error;
};

struct file_walk {
	struct file_list files;	  /* regular files, sorted by path bytes */
	struct file_list folders; /* sorted; the root is not listed */
	struct file_fault *faults;
	size_t fault_count;
};

/*
 * Everything below `root`, links followed; a folder that contains itself through a link
 * is a fault (ELOOP), as is an unreadable folder (EACCES) or a dangling link (ENOENT).
 * Names that start with '.' and editors' leavings (`x~`, `#x#`, `.#x`) are skipped.
 * Returns ENOENT when there is no root.
 */
int file_walk(str root, struct arena *a, struct file_walk *out);

#endif
