/*
 * lock -- which packages an example was given, to the byte: what its client wrote when they were fetched, beside the
 * article's records.
 *
 *     content/a.runs/<id>.go.mod  <id>.go.sum                      Go
 *     content/a.runs/<id>.requirements.txt                         Python: with a hash for every package
 *     content/a.runs/<id>.package.json  <id>.package-lock.json     JavaScript, TypeScript
 *
 * They are part of the example's key, hold no address to download from, and fit only the deps= that they were made for.
 */
#ifndef CONTENT_LOCK_H
#define CONTENT_LOCK_H

#include "content/example.h"

/* The names of a client's files, without the id; none for PACKAGES_NONE. */
struct str_list lock_names(enum package_client client);

/* Fill e->locks and e->lock_state from `folder`, the article's records. */
void lock_read(struct example *e, str folder, struct arena *a);

/* Write the files of a lock. Returns 0 or an errno value. */
int lock_write(str folder, const struct example *e, const struct example_file *files, size_t count, struct arena *a);

/* Remove what locks there are of this id, but for those of `keep`. */
int lock_remove(str folder, str id, enum package_client keep, struct arena *a);

/*
 * The line "// gen: flask==3.0.3" or "# gen: ..." that a lock begins with; of npm all of package.json. It says what the lock was
 * made for.
 */
str lock_head(const struct example *e, struct arena *a);

#endif
