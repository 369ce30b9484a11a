/*
 * words -- a graph told, for who does not see it. Private to this folder, as it knows Graphviz.
 */
#ifndef DIAGRAM_WORDS_H
#define DIAGRAM_WORDS_H

#include <graphviz/cgraph.h>

struct buf;

/* "3 nodes and 2 connections: Client to Server (HTTP); Server to Database." */
void words_of(Agraph_t *g, struct buf *out);

#endif
