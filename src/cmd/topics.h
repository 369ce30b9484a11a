/*
 * topics -- help on gen.yaml and front matter, as Markdown, from the tables that read them.
 *
 * docs/configuration.md and the reference part of the guide are this text; a test compares them.
 */
#ifndef CMD_TOPICS_H
#define CMD_TOPICS_H

#include <stdbool.h>

#include "base/str.h"

struct buf;

/* Write the topic ("config", "front-matter"); false when there is none of that name. */
bool topics_write(str name, struct buf *out);

#endif
