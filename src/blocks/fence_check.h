/*
 * fence_check -- the words that a fence may have, and which of them go together.
 */
#ifndef BLOCKS_FENCE_CHECK_H
#define BLOCKS_FENCE_CHECK_H

#include "blocks/fence.h"

/* Null when it is none of ours. */
const struct fence_word *fence_word(str name);

/* Unknown words, words twice, contradictions; says what is wrong. */
bool fence_check(const struct fence *f, struct diags *d);

#endif
