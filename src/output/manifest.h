/*
 * manifest -- what the last build read and wrote.
 *
 * It stands in the output folder as `.gen-manifest`: the mark by which gen knows the folder for its own,
 * and the reason why an unchanged site costs one stat per file.
 *
 * Outputs are recorded by stage; inputs are recorded by the caller as a note, a text of its own making.
 */
#ifndef OUTPUT_MANIFEST_H
#define OUTPUT_MANIFEST_H

#include "base/file.h"
#include "base/str.h"

struct arena;

struct manifest_file {
	str path; /* below the output folder */
	uint64_t size;
	int64_t mtime_ns;
};

struct manifest {
	str note; /* what the caller gave to stage_commit() */
	const struct manifest_file *files; /* sorted by path */
	size_t count;
};

/* Read the manifest of `folder`: 0, ENOENT when there is none, EINVAL when it is not one that this version wrote whole. */
int manifest_read(str folder, struct arena *a, struct manifest *out);

/* Are all files that it names there, with the size and time recorded? Uses `workers` threads. */
bool manifest_holds(str folder, const struct manifest *m, int workers);

#endif
