/*
 * import -- other systems' exports to articles of gen.
 *
 *     content/<slug>.md      front matter with gen's keys, then Markdown
 *
 * Importing the same again writes the same bytes, and so nothing.  A file that differs from
 * what would be written is left alone unless `force` is given.  A file is written whole or not
 * at all.  What was mended, kept and left behind is in the report.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "base/diag.h"
#include "base/str.h"
#include "import/notes.h"

struct arena;

enum import_kind { IMPORT_WORDPRESS, IMPORT_JEKYLL, IMPORT_HUGO, IMPORT_TEXT };

struct import_options {
	str site; /* the folder that holds content/; empty: the current one */
	bool force;
	bool repair_encoding;
	bool fetch_images;  /* bring pictures that are shown from elsewhere into content/images/ */
	bool fetch_private; /* also from this machine and its network */
	bool dry_run;      /* write nothing; the report says what would be done */
	size_t file_bytes; /* of one input file; 0: 100 MB */
};

enum import_state {
	IMPORT_WRITTEN,   /* or would be, in a dry run */
	IMPORT_REPLACED,  /* --force: another one was there */
	IMPORT_UNCHANGED, /* the same bytes were there */
	IMPORT_REFUSED,   /* another file is there */
	IMPORT_FAILED,    /* the system did not let it be read or written */
};

struct import_file {
	str path; /* "content/go.md", below the site */
	str from; /* the input */
	enum import_state state;
	struct notes notes;
	struct import_file *next;
};

struct import_report {
	struct import_file *first, **last;
	size_t written, unchanged, refused;
	struct notes notes; /* of what belongs to no article */
};

/* "wordpress", "jekyll", "hugo", "text"; false for other words. */
bool import_kind_find(str word, enum import_kind *out);

/*
 * Import all of `paths`, and report.  Errors go to `d`; what is fine of the input is imported
 * nevertheless.  False when there was an error.
 */
bool import_run(enum import_kind kind, const str *paths, size_t count,
	const struct import_options *options, struct import_report *report, struct arena *a,
	struct diags *d);

#endif
