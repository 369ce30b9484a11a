/*
 * stage -- a site tree being written.
 *
 * Readers of the published folder see the old tree until stage_commit(),
 * and the new one after it; never a mixture of halves of a page.  A failed stage_put() is
 * remembered and reported by stage_commit(), so callers need not check each.
 *
 * A first build is a staged tree renamed into place.  Later a file equal to the one that is
 * there is left alone, a changed one is written beside and renamed into place at the commit,
 * and files that an earlier build wrote and this one did not are removed last.  Files that gen
 * never wrote stay.  A kill at any moment leaves every page whole, and the next build repairs
 * the rest.
 */
#ifndef OUTPUT_STAGE_H
#define OUTPUT_STAGE_H

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct file_info;
struct manifest;
struct stage;

struct stage_options {
	bool force; /* write into a non-empty folder that gen did not make, over its files */
	str source; /* the site's source folder: never written into */
	const str *keep_out; /* nor into or around these: content, templates, ... */
	size_t keep_out_count;
};

/*
 * Make ready to write `folder`. Null, with a message, when it is /, the home folder, the source
 * or a folder above it, in or above a folder to keep out of, a non-empty folder without gen's
 * manifest (files whose names begin with a dot do not count), or being written by another
 * process. Leavings of a killed build are cleared. End it with stage_commit() or stage_abort().
 */
struct stage *stage_open(
	str folder, const struct stage_options *options, struct arena *a, struct diags *d);

/* What the last build recorded; empty when there was none. Lives as long as the stage. */
const struct manifest *stage_manifest(const struct stage *s);

/*
 * Write `bytes` at `path`, relative to the root; folders are made as needed. Any thread.
 * Two puts of one path are a fault, as are paths that differ only in case, and a path that
 * another needs as a folder. So is a file at `path` that gen did not write, when it differs and
 * `force` is off.
 */
void stage_put(struct stage *s, str path, str bytes);

/* The same from a file on disk, copied as it is (mode aside). */
void stage_copy(struct stage *s, str path, str from);

/*
 * Keep the file that the last build wrote at `path`, unseen. False when there is none or it is
 * not as that build left it (size, time); then it must be put. Any thread; counts as a put.
 */
bool stage_keep(struct stage *s, str path);

struct stage_report {
	size_t written, unchanged, removed;
};

/*
 * Publish, and record `note` (what the build read; see manifest.h) in the manifest.
 * On failure the old tree stays, and `d` says why. The stage is over, either way.
 */
bool stage_commit(struct stage *s, str note, struct stage_report *out, struct diags *d);

/* Give up: everything staged is removed, the old tree stays. */
void stage_abort(struct stage *s);

/*
 * Remove what gen wrote into `folder`, by its manifest, and folders that become empty, itself
 * included. Appends a line with each path to `listing` (may be null). Nothing there is nothing
 * to do; a non-empty folder without a manifest is refused.
 */
bool stage_clean(
	str folder, bool dry_run, size_t *removed, struct buf *listing, struct diags *d);

#endif
