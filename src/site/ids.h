/*
 * ids -- the id attributes of a page, as hashes: what anchors may point to.
 */
#ifndef SITE_IDS_H
#define SITE_IDS_H

#include "base/str.h"

struct arena;

/* All ids in `html`, sorted, in `kept`; `scratch` is for the moment. */
void ids_collect(str html, uint64_t **ids, size_t *count, struct arena *scratch, struct arena *kept);

bool ids_have(const uint64_t *ids, size_t count, str id);

#endif
