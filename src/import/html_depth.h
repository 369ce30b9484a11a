/*
 * html_depth -- how deep HTML is nested, before a parser suffers from it.
 */
#ifndef IMPORT_HTML_DEPTH_H
#define IMPORT_HTML_DEPTH_H

#include "base/str.h"

/* The line, from 1, on which more than HTML_DEPTH elements are open; 0 when that never happens.
 */
int html_too_deep(str html);

#endif
