/*
 * report -- how commands speak: messages on stderr, results on stdout.
 */
#ifndef CMD_REPORT_H
#define CMD_REPORT_H

#include <stdio.h>

#include "cmd/command.h"

struct buf;
struct diags;

/* Colours on `stream`: as --color says; auto: on a terminal, unless NO_COLOR is set (no-color.org). */
bool report_color(const struct settings *s, FILE *stream);

/* Print messages to stderr, or as JSON to stdout with --json, and a count when there are several. */
void report_diags(const struct settings *s, const struct diags *d);

/*
 * The status after an error: 2 when all of them are of configuration or environment, which are mended elsewhere
 * than in the content; else 1.
 */
enum exit_status report_status(const struct diags *d);

/* Write to stdout; false with a message when that fails (a full disk, a closed pipe). */
bool report_write(const struct buf *b);

#endif
