/*
 * diagram -- a graph in the DOT language to an SVG that stands in a page, by Graphviz.
 *
 * Graphviz is neither safe on threads nor made for text of others, so it runs in a process of its own: this
 * program, started again, with limits on its time and memory and no right to open a file.  What it draws is
 * taken apart and only shapes and text are kept, in the colours of the page.
 */
#ifndef DIAGRAM_DIAGRAM_H
#define DIAGRAM_DIAGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

enum { DIAGRAM_BYTES = 64 << 10, DIAGRAM_NODES = 300, DIAGRAM_EDGES = 600, DIAGRAM_SECONDS = 3 };

/* Something to say of it. */
struct diagram_note {
	bool error;
	int line; /* of the text, from 1; 0: of all of it */
	str text;
};

struct diagram {
	str svg;   /* what is inside <svg>; empty when it could not be drawn */
	str box;   /* for viewBox */
	int width, height; /* pixels at full size */
	str words; /* nodes and edges, for who does not see it */
	struct diagram_note *notes;
	size_t note_count;
};

/* Was this program built with Graphviz? Its version, or null. */
const char *diagram_version(void);

/* Draw it. False, with notes, when that is not possible. Any thread; call it only in a program with diagram_is(). */
bool diagram_draw(str dot, struct diagram *out, struct arena *a);

/* Is this process the one that draws? Then diagram_main() is its main(), and does not return. */
bool diagram_is(int argc, char **argv);
_Noreturn void diagram_main(void);

#endif
