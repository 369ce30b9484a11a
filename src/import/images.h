/*
 * images -- pictures that an article shows from elsewhere, brought into the site.
 *
 *     content/images/<name>-<hash of the address>.png
 *
 * The name says which address it is of, so a picture that is there is not fetched again.
 */
#ifndef IMPORT_IMAGES_H
#define IMPORT_IMAGES_H

#include "import/importing.h"

/*
 * Fetch what `body` shows (as Markdown, outside of code) and what `meta` names as its image, and put the new
 * addresses in their places; what cannot be fetched keeps its address, and is noted.
 */
void images_bring(struct importing *im, loc from, str *body, struct value *meta, struct notes *notes,
	struct arena *a);

#endif
