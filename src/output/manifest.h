/*
 * manifest -- what the last build read and wrote.
 *
 * It stands in the output folder as `.gen-manifest`: the mark by which gen knows the folder for
 * its own, and the reason why an unchanged site costs one stat per file.
 *
 *     gen manifest 1
 *     sum 5a6b9d10c7f3e284          of all that follows (XXH3)
 *     note 20                       bytes of the note, which follow, and a line end
 *     ...
 *     files 2                       sorted by path; "\" and line ends in a path are escaped
 *     5120 1764000000000000000 a/index.html
 *     830 1764000000000000000 index.html
 *
 * Outputs are recorded by stage; inputs are recorded by the caller as a note, a text of its own
 * making. While a build is moving files into place the manifest has an empty note and times of
 * 0, so that a killed build is never taken for one that ended.
 */
#ifndef OUTPUT_MANIFEST_H
#define OUTPUT_MANIFEST_H

#include "base/file.h"
#include "base/str.h"

struct arena;

#define MANIFEST_NAME ".gen-manifest"

struct manifest_file {
	str path; /* below the output folder; a NUL stands behind it */
	uint64_t size;
	int64_t mtime_ns;
};

struct manifest {
	str note;                          /* what the caller gave to stage_commit() */
	const struct manifest_file *files; /* sorted by path */
	size_t count;
};

/*
 * Read the manifest of `folder`: 0, ENOENT when there is none, EINVAL when it is not one that
 * this version wrote whole (then `out` is empty). No path in it leaves the folder.
 */
int manifest_read(str folder, struct arena *a, struct manifest *out);

/* The entry of `path`; null when there is none. */
const struct manifest_file *manifest_find(const struct manifest *m, str path);

/*
 * Are all files that it names there, with the size and time recorded? Uses `workers` threads.
 */
bool manifest_holds(str folder, const struct manifest *m, int workers);

/* Append the text of `m`, whose files are sorted. */
void manifest_render(const struct manifest *m, struct buf *out);

/*
 * What is wrong with `path` as the name of an output file, as the end of a sentence; null when
 * it is fine: relative, no empty part, no "." or "..", no NUL, no longer than the system allows
 * below a folder whose name has `above` bytes, and none of gen's own names.
 */
const char *manifest_path_fault(str path, size_t above);

#endif
