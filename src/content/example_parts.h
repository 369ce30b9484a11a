/*
 * example_parts -- what the files that read examples share; not for other layers.
 */
#ifndef CONTENT_EXAMPLE_PARTS_H
#define CONTENT_EXAMPLE_PARTS_H

#include "content/example.h"

/* CRLF is LF: what a checkout does to line ends changes nothing. */
str example_normalize(str text, struct arena *a);

/* 64 digits over everything that can change what the example does. */
str example_key(const struct example *e, const struct value *runners, struct arena *a);

#endif
