/*
 * texttable -- tables that were drawn with spaces.
 *
 *     Language       Time        Memory
 *     Python         45.2s       50MB
 *     Go             0.8s        2MB
 *
 * A heading line, perhaps a rule, and at least two rows whose cells stand under each other, two
 * spaces or more apart.  Drawings with boxes are something else and are left alone.
 */
#ifndef BLOCKS_TEXTTABLE_H
#define BLOCKS_TEXTTABLE_H

#include "base/str.h"

struct arena;
struct buf;

enum { TEXTTABLE_COLUMNS = 24 };

struct texttable_row {
	const str *cells; /* `columns` of them, trimmed; empty where nothing stands */
	const int *cols;  /* where each starts, in bytes from 1; 0: empty */
	int line;         /* from 1, in the text */
};

struct texttable {
	str title; /* an underlined line over it, or empty */
	int columns;
	struct texttable_row head;
	const struct texttable_row *rows;
	size_t row_count;
	size_t end; /* offset behind its last line */
};

/* All tables in `text`; cells borrow from it. */
size_t texttable_find(str text, struct texttable **out, struct arena *a);

/* The same as a GFM pipe table. */
void texttable_markdown(const struct texttable *t, struct buf *out);

#endif
