/*
 * replace -- a first build: the whole staged tree takes the place of the output folder, in one
 * step.
 */
#ifndef OUTPUT_REPLACE_H
#define OUTPUT_REPLACE_H

#include "output/staging.h"

/*
 * Put the fresh tree, with `now` for its manifest, in the folder's place; hidden files in the
 * folder stay in it. False, with nothing changed, when that cannot be done: files have come
 * into the folder, or it cannot be renamed.
 */
bool replace_folder(struct stage *s, const struct manifest *now);

/* Write a manifest to the new file `name` in the stage. 0 or the errno value. */
int staged_manifest_write(struct stage *s, const char *name, const struct manifest *m);

#endif
