/*
 * built -- is a site that was built still what its sources say, and is it for readers?
 */
#ifndef SITE_BUILT_H
#define SITE_BUILT_H

#include "base/diag.h"

struct site;

/*
 * After site_scan() with drafts, future and expired articles included: false, with a message, when a source is newer
 * than the built site in `output`, or a draft, future or expired article is in it. True when there is no built site.
 */
bool built_check(struct site *s, str output);

#endif
