/*
 * wxr -- the XML that WordPress's own export writes, read by expat as a stream.
 */
#ifndef IMPORT_WXR_H
#define IMPORT_WXR_H

#include <stdbool.h>

struct importing;
struct source;

/* Import all posts and pages; attachments, comments and other items are noted. */
bool wxr_import(struct importing *im, const struct source *src);

#endif
