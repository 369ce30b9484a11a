/*
 * media -- the type of a file, by its name.
 */
#ifndef PREVIEW_MEDIA_H
#define PREVIEW_MEDIA_H

#include "base/str.h"

/* "text/html; charset=utf-8"; application/octet-stream when the extension says nothing. */
const char *media_type(str path);

#endif
