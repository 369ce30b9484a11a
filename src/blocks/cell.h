/*
 * cell -- what one cell of a comparison says: a rating, a yes or no, a figure with its unit.
 *
 * Reading never fails: what is nothing else is text, and the author's spelling is what the page
 * shows. Figures are brought to a base unit (seconds, bytes, a second) so that 1.2GB is more
 * than 800MB.  KB, MB and GB are powers of 1000, KiB and its like of 1024.
 */
#ifndef BLOCKS_CELL_H
#define BLOCKS_CELL_H

#include "base/str.h"

struct arena;

enum cell_type {
	CELL_EMPTY,
	CELL_NONE, /* "-", "n/a", "?": said to be nothing */
	CELL_TEXT,
	CELL_YES,
	CELL_NO,
	CELL_PARTIAL,
	CELL_RATING, /* ticks, stars, 3/5 */
	CELL_NUMBER,
	CELL_MONEY,
	CELL_TYPES,
};

/* "number", "yes", ...: as templates and JSON name them. */
extern const char *const cell_type_name[CELL_TYPES];

enum cell_better { BETTER_UNKNOWN, BETTER_LOWER, BETTER_HIGHER };

enum cell_dimension {
	DIMENSION_NONE,  /* a bare number */
	DIMENSION_TIME,  /* s */
	DIMENSION_BYTES, /* B */
	DIMENSION_RATE,  /* of something, a second */
	DIMENSION_MONEY,
	DIMENSION_PERCENT,
	DIMENSION_FACTOR, /* 3x */
	DIMENSION_OTHER,  /* a unit that has no conversion: "lines" */
};

struct cell {
	enum cell_type type;
	/* CELL_RATING; `max` is 0 when the cell alone does not say it */
	double rating, max;
	/* CELL_NUMBER and CELL_MONEY: base units, low == high but in a range ("10-40x") */
	double low, high;
	enum cell_dimension dimension;
	str unit;   /* of the base: "s", "B", "req/s", "$", or the word as written */
	bool about; /* ~ */
	bool least; /* 100K+, >5 */
	bool most;  /* <5 */
	enum cell_better better; /* from the unit */
};

/* Borrows from `text`; a unit that must be put together is made in `a`. */
struct cell cell_read(str text, struct arena *a);

/* Can two figures be compared? Same dimension, and the same thing counted. */
bool cell_comparable(const struct cell *a, const struct cell *b);

/* Is the same thing counted? "records/s", "Record" and "records" do; an empty unit fits all. */
bool cell_same_thing(str a, str b);

/* How many ticks or full stars, when there is nothing else in it; -1 otherwise. */
int cell_ticks(str text);

/*
 * "(lower is better)" and "(higher is better)", or an arrow down or up, in the words beside
 * figures.
 */
enum cell_better cell_better_said(str words);

/*
 * What the unit in a criterion says of bare figures: "Latency (ms)", "Req/sec", "Memory in MB".
 */
enum cell_better cell_better_unit(str criterion);

#endif
