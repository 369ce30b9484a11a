/*
 * fence_language -- the language of a fence by the one name that the registry has for it.
 */
#ifndef BLOCKS_FENCE_LANGUAGE_H
#define BLOCKS_FENCE_LANGUAGE_H

#include "base/str.h"

struct arena;
struct fence;
struct registry;

/*
 * "go" for "golang"; an option of the site is the language that its code is in; the word in lower
 * case when no language is registered under it.
 */
str fence_language(const struct registry *r, const struct fence *f, struct arena *a);

/* Is it a language that programs are written in? False for JSON, text, unknown words. */
bool fence_language_programs(const struct registry *r, const struct fence *f);

#endif
