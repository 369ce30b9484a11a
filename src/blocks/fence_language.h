/*
 * fence_language -- the language of a fence by the one name that the registry has for it.
 */
#ifndef BLOCKS_FENCE_LANGUAGE_H
#define BLOCKS_FENCE_LANGUAGE_H

#include "base/str.h"

struct arena;
struct fence;

/* "go" for "golang"; the word in lower case when no language is registered under it. */
str fence_language(const struct fence *f, struct arena *a);

/* Is it a language that programs are written in? False for JSON, text, unknown words. */
bool fence_language_programs(const struct fence *f);

#endif
