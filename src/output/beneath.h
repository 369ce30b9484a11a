/*
 * beneath -- what is below a folder, never reached through a link.
 *
 * A link in the output tree could lead out of it; these functions answer ELOOP instead of
 * following one. Names end with a NUL, are relative to `root` (an open folder) and were checked
 * by manifest_path_fault(). Functions return 0 or the errno value.
 */
#ifndef OUTPUT_BENEATH_H
#define OUTPUT_BENEATH_H

#include <sys/stat.h>

#include "base/str.h"

/* Open what exists. */
int beneath_open(int root, const char *path, int flags, int *fd);

/* Open the folder `path` for use in ...at() calls; an empty path is the root. */
int beneath_folder(int root, str path, int *fd);

/* Exchange two names of one file system. EINVAL or ENOSYS where the file system cannot. */
int beneath_swap(int from_root, const char *from, int to_root, const char *to);

/* Move, and never replace: EEXIST. */
int beneath_move(int from_root, const char *from, int to_root, const char *to);

/* Write all of `bytes`. */
int beneath_write(int fd, str bytes);

/* Nanoseconds since 1970. */
static inline int64_t stat_mtime(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

#endif
