/*
 * diag -- what is wrong, and where.
 *
 *     content/a.md:12:5: error: unknown key "tilte" [front-matter]
 *         tilte: Go
 *         ^
 *         help: did you mean "title"?
 *
 * A message is recorded where the fault is detected, once, and printed when
 * the run is over, sorted by place.  Recording copies everything, so a source
 * may go away afterwards.  A struct diags belongs to one thread; the sets of
 * several threads are joined with diags_merge().
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdio.h>

#include "base/str.h"

struct arena;
struct buf;

/* A text that messages can point into. `path` is as the user would write it. */
struct source {
	str path;
	str text;
};

/*
 * A place: lines and columns count from 1, columns in bytes; 0 means the place is not
 * known that exactly.  `src` may be null (no place at all).
 */
typedef struct loc {
	const struct source *src;
	int line, col;
} loc;

enum diag_level { DIAG_WARNING, DIAG_ERROR };

struct diag {
	enum diag_level level;
	str path;
	int line, col;
	const char *category; /* "front-matter", "link", ...: static text */
	str message;
	str excerpt; /* the source line, cut around the place when it is long; or empty */
	int caret;   /* column of the place in the excerpt, from 1; 0: none */
	str help;    /* a likely mend, or empty */
	bool gate;   /* an error only because a gate asks for more than a build does */
	size_t order;
	struct diag *next;
};

struct diags {
	struct arena *arena;
	struct diag *first, *last;
	size_t errors, warnings;
	size_t gates; /* of the errors, those that would be warnings in a build */
	size_t order;
};

/* Record an error; returns false, so that a reader can `return diag_error(...)`. */
bool diag_error(struct diags *d, loc at, const char *category, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Record a warning; returns true. */
bool diag_warn(struct diags *d, loc at, const char *category, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Record what does not stop a build: a warning, or an error for who looks more closely (`gate`).
 * Returns true.
 */
bool diag_fault(struct diags *d, bool gate, loc at, const char *category, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* Add a mend to the message recorded last. */
void diag_help(struct diags *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* "did you mean ...?" when one of `names` is near; else nothing. */
void diag_help_nearest(struct diags *d, str word, const str *names, size_t count);

/* Move all messages of `from` to the end of `to`; texts are copied into the arena of `to`. */
void diags_merge(struct diags *to, struct diags *from);

/* Add copies of all messages of `from`, which keeps them. */
void diags_add(struct diags *to, const struct diags *from);

/* Sort by path, line, column, then the order of recording, and drop exact repeats. */
void diags_sort(struct diags *d);

struct diag_style {
	bool color;	/* ANSI colours */
	bool strict;	/* a warning is shown as an error */
	size_t limit;	/* messages shown at most; 0: all */
	bool terse;	/* first line only */
};

/* All messages as text for people. */
void diags_print(const struct diags *d, const struct diag_style *style, struct buf *out);

/* One JSON array: [{"level","path","line","col","category","message","help"}]. */
void diags_json(const struct diags *d, bool strict, struct buf *out);

/* The line of `src` that `line` (from 1) names, without its end; empty when there is none. */
str source_line(const struct source *src, int line);

/* Line and column of the byte at `offset`. */
loc source_loc(const struct source *src, size_t offset);

#endif
