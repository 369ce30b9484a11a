/*
 * unit -- words for quantities, and the base unit that each is converted to.
 */
#ifndef BLOCKS_UNIT_H
#define BLOCKS_UNIT_H

#include "blocks/cell.h"

struct unit {
	str word;
	enum cell_dimension dimension;
	double factor; /* times this in `base` */
	str base;
};

/* Null when the word is none of them. */
const struct unit *unit_find(str word);

#endif
