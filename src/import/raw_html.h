/*
 * raw_html -- elements in the Markdown of others that a page of gen shows as text, since they run or load something.
 */
#ifndef IMPORT_RAW_HTML_H
#define IMPORT_RAW_HTML_H

#include "base/str.h"

struct notes;

/* Note them, with their lines; the text stays as it is. */
void raw_html_note(str body, int first_line, struct notes *notes);

#endif
