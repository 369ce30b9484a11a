/*
 * scope -- which files matter: the sources, but not what is left alone below them.
 */
#ifndef PREVIEW_SCOPE_H
#define PREVIEW_SCOPE_H

#include "base/arena.h"
#include "base/str.h"

struct file_info;

struct scope {
	struct arena arena;
	str *roots, *skips;
	size_t root_count, skip_count;
	struct file_info *skip_infos; /* what they are, whatever name leads there */
};

/* False when it is what it was already. */
bool scope_set(struct scope *s, const str *roots, size_t root_count, const str *skips,
	size_t skip_count);

void scope_free(struct scope *s);

/* Names that begin with a dot, and what editors leave. */
bool scope_skips_name(str name);

bool scope_skips_path(const struct scope *s, str path);

/* A link may lead to what is to be left alone: our own output must not wake us. */
bool scope_skips_folder(const struct scope *s, uint64_t inode, uint64_t device);

/* Is it the last part of a root? */
bool scope_has_root(const struct scope *s, str name);

/* File systems over the network, or shared with a host, tell nothing of what others change. */
bool scope_is_silent(const struct scope *s);

/* A hash over names, sizes and times of all that matters. */
uint64_t scope_look(const struct scope *s);

#endif
