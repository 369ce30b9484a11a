/*
 * example_options -- what a fence says about how its code is run; not for other layers.
 */
#ifndef CONTENT_EXAMPLE_OPTIONS_H
#define CONTENT_EXAMPLE_OPTIONS_H

#include "blocks/block.h"
#include "content/example.h"

/* args, stdin, env, files, expect, exit, cmp, timeout, mem, deps, req. All that is wrong is said. */
bool example_options_read(const struct example_place *place, struct block_page *page,
	const struct fence *fence, struct example *e, struct arena *a, struct diags *d);

#endif
