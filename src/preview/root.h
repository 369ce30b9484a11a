/*
 * root -- files below a folder, and nothing else: no way out of it through a link, no devices,
 * no pipes.
 *
 * What a file is known by (a hash of its bytes, and where a script would go in a page) is kept,
 * so that a file asked for again costs a look at its times.
 */
#ifndef PREVIEW_ROOT_H
#define PREVIEW_ROOT_H

#include "base/str.h"

struct root_cache;

struct root_file {
	int fd;
	bool is_folder; /* then there is no fd */
	uint64_t size, hash;
	uint64_t body_end; /* offset of the last "</body" near the end, or the size */
};

struct root_cache *root_cache_new(void);
void root_cache_free(struct root_cache *c);

/*
 * Open `path`, relative to the open folder `root` and ending with a NUL; empty is the root
 * itself. 0 or an errno value: ENOENT for everything that is there but not to be served. The
 * caller closes the fd.
 */
int root_open(int root, const char *path, struct root_cache *c, struct root_file *out);

#endif
