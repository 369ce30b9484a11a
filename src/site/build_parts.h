/*
 * build_parts -- steps that a build has in common with those of a session.
 */
#ifndef SITE_BUILD_PARTS_H
#define SITE_BUILD_PARTS_H

#include "base/str.h"

struct arena;
struct build_report;
struct diags;
struct site;
struct stage;

/* The stage of the site's output. Null, with messages, when it cannot be written. */
struct stage *build_stage(const struct site *s, str output, struct arena *a, struct diags *d);

/* List the articles that are left out. */
void build_skips(const struct site *s, struct build_report *r, struct arena *a);

#endif
