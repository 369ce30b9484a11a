/*
 * path -- names of files, as text.  Nothing here touches the disk.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/str.h"

struct arena;

/* Joined by one '/'; an absolute `b` replaces `a`, an empty one leaves it. */
str path_join(str a, str b, struct arena *arena);

/* "a/b/c.md" -> "a/b", "c.md", ".md", "c". A name without '/' has an empty folder. */
str path_folder(str path);
str path_name(str path);
str path_extension(str path);
str path_stem(str path);

/* Without ".", "..", doubled and closing slashes; a leading ".." that leaves the root stays. */
str path_clean(str path, struct arena *a);

/* True for "../x" after cleaning, and for absolute paths. */
bool path_leaves(str clean);

#endif
