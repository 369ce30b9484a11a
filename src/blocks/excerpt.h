/*
 * excerpt -- a real file, or a part of it, shown in a block.
 *
 * Nothing outside the site's root is read, also not through links. A part is chosen by lines=
 * or by region=, the name in a comment "region: name" or "#region name" in the file; marks of
 * regions are not shown, and the part loses the indentation that all its lines share.
 */
#ifndef BLOCKS_EXCERPT_H
#define BLOCKS_EXCERPT_H

#include "blocks/block.h"

struct excerpt {
	str code;       /* with its last newline */
	str path;       /* below the site's root */
	int first_line; /* of the file */
};

/* The file that file= names, and what lines= and region= choose of it. */
bool excerpt_read(struct block_page *page, const struct fence *fence, struct excerpt *out);

/*
 * The whole text of a file of the site, for data=; `at` is where it is named. `path` comes out
 * below the root.
 */
bool excerpt_file(struct block_page *page, str name, loc at, str *text, str *path);

/* "2-9", "7", "3-": lines of something that has `count`. */
bool excerpt_range(str s, int count, int *from, int *to);

#endif
