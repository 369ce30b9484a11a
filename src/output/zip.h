/*
 * zip -- files packed as one, for readers to take along (APPNOTE 6.3.3: deflate, UTF-8 names).
 *
 * The same files give the same bytes, on any day: all times are the first that the format knows, 1980-01-01.
 */
#ifndef OUTPUT_ZIP_H
#define OUTPUT_ZIP_H

#include <stddef.h>

#include "base/str.h"

struct buf;

struct zip_file {
	str name; /* below the archive's folder; no "..", no empty part */
	str bytes;
};

/*
 * Append an archive whose files stand in `folder`, in the order given. False when the library refuses, which
 * takes names or sizes that no page has (64 KB, 4 GB).
 */
bool zip_write(str folder, const struct zip_file *files, size_t count, struct buf *out);

#endif
