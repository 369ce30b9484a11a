/*
 * svg -- what Graphviz drew, made fit for a page.
 */
#ifndef DIAGRAM_SVG_H
#define DIAGRAM_SVG_H

#include "base/str.h"

struct buf;

/*
 * Append the shapes and text of an SVG of Graphviz: no ids, links, images, styles or classes. Black becomes the
 * colour of the text, text has no other, and areas are filled with a tint, so that it can be read on light and
 * dark. `box` is its viewBox.
 */
void svg_clean(str svg, str *box, struct buf *out);

#endif
