/*
 * terminal -- what a program printed, as HTML.
 *
 * Colours and weights (ECMA-48 SGR) become classes: ansi-red, ansi-bright-red, ansi-on-red, ansi-bold, ansi-dim, ansi-italic, ansi-underline.
 * Other sequences are left out; a carriage return starts the line again, as on a screen.  What is no
 * text - bad UTF-8, control characters, marks that turn the direction of writing - becomes U+FFFD.
 */
#ifndef CONTENT_TERMINAL_H
#define CONTENT_TERMINAL_H

#include "base/str.h"

struct buf;

void terminal_html(str bytes, struct buf *out);

#endif
