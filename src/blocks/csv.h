/*
 * csv -- comma-separated values (RFC 4180), as spreadsheets write them.
 */
#ifndef BLOCKS_CSV_H
#define BLOCKS_CSV_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

struct csv_row {
	const str *cells;
	size_t count;
	int line;
};

struct csv {
	const struct csv_row *rows;
	size_t count;
};

/*
 * Blank lines are passed over. A quote that is not closed, or with text behind it, is an error
 * with its line.
 */
bool csv_read(const struct source *src, struct csv *out, struct arena *a, struct diags *d);

#endif
