/*
 * importing -- a run of gen import: what its readers share; not for other layers.
 */
#ifndef IMPORT_IMPORTING_H
#define IMPORT_IMPORTING_H

#include "base/map.h"
#include "data/value.h"
#include "import/import.h"

struct importing {
	const struct import_options *options;
	struct import_report *report;
	struct arena *arena; /* of the whole run */
	struct diags *d;
	struct map taken; /* path in lower case -> where it came from */
	struct map images; /* address elsewhere -> address now, a str */
	size_t fetched;
};

/* Empty notes whose lines count in `unit`. */
struct notes importing_notes(struct importing *im, const char *unit);

/*
 * Read an input file into `a`; its text is valid UTF-8 without a byte order mark. With `notes`
 * and --repair-encoding other bytes are read as Windows-1252. Null, with a message, when that
 * cannot be.
 */
struct source *importing_read(
	struct importing *im, str path, struct notes *notes, struct arena *a);

/*
 * Write an article to content/`below`: front matter, body. `from` is where it stands in the
 * input, for messages. Images are brought along when that is asked for. What fails is said.
 */
bool importing_article(struct importing *im, loc from, str below, const struct value *meta,
	str body, struct notes *notes, struct arena *a);

/* Write any file below the site; the same promises. */
bool importing_put(struct importing *im, loc from, str path, str bytes,
	const struct notes *notes, struct arena *a);

/* A name of a file for `title`, or `fallback` when nothing of it is left. */
str importing_slug(str title, str fallback, struct arena *a);

/* Texts that were saved in the wrong encoding: mended when asked for, noted always. */
str importing_mend(
	struct importing *im, str text, int first_line, struct notes *notes, struct arena *a);

bool import_wordpress(struct importing *im, str path);
bool import_tree(struct importing *im, str path, enum import_kind kind);
bool import_text(struct importing *im, str path);

#endif
