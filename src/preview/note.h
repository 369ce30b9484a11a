/*
 * note -- a text that several event streams are sending, each at its own pace; gone with the
 * last of them.
 *
 * Belongs to the serving thread.
 */
#ifndef PREVIEW_NOTE_H
#define PREVIEW_NOTE_H

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

struct note {
	size_t users, len;
	char bytes[];
};

/* With one user; null when there is no memory. */
static inline struct note *note_new(str text)
{
	struct note *n = malloc(sizeof(*n) + text.len);

	if (!n)
		return NULL;
	n->users = 1;
	n->len = text.len;
	memcpy(n->bytes, text.ptr, text.len);
	return n;
}

static inline struct note *note_use(struct note *n)
{
	if (n)
		n->users++;
	return n;
}

static inline void note_drop(struct note *n)
{
	if (n && --n->users == 0)
		free(n);
}

#endif
