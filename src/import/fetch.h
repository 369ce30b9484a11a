/*
 * fetch -- a picture from the web, by the program curl: bounded in time and size, and of the kinds that browsers
 * show and that cannot hold scripts.
 *
 * An export is written by others: an address in it must not make this machine ask its own network. The name is
 * looked up here, addresses that are not of the open internet are refused, and curl is told which one to use; it
 * follows no redirect by itself.
 */
#ifndef IMPORT_FETCH_H
#define IMPORT_FETCH_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* Is there a curl? False, with a message, when there is none. */
bool fetch_ready(struct arena *a, struct diags *d);

/*
 * False, and `why` as words for people, when there is no such picture. `private_too`: also from this machine and its
 * network. `extension`: ".png", by what is in it.
 */
bool fetch_image(str url, bool private_too, str *bytes, str *extension, str *why, struct arena *a);

/* ".png", ".jpg", ".gif", ".webp", ".avif"; the last is empty. */
extern const str fetch_extensions[6];

#endif
