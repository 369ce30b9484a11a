/*
 * site -- what commands that look at a site have in common.
 */
#ifndef CMD_SITE_H
#define CMD_SITE_H

#include "site/site.h"

struct settings;

struct site_options site_options_from(const struct settings *s);

#endif
