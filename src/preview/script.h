/*
 * script -- what is put into pages so that they follow the sources: reload.js.
 */
#ifndef PREVIEW_SCRIPT_H
#define PREVIEW_SCRIPT_H

#include <stddef.h>

/* Made by the build from src/preview/reload.js. */
extern const unsigned char script_bytes[];
extern const size_t script_size;

#endif
