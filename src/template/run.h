/*
 * run -- one rendering: where it is, and what is wrong with it.
 *
 * Scopes, calls, fills and indentation are chains of structs on the stack of the
 * renderer, innermost first; nothing is allocated while all is well.
 */
#ifndef TEMPLATE_RUN_H
#define TEMPLATE_RUN_H

#include "base/buf.h"
#include "template/program.h"

/* A value that names are looked up in. */
struct scope {
	const struct value *value;
	const struct scope *outer;
	const struct scope *named; /* this one or the first outer one that is a map, or null */
};

/* A step that made another template, or an argument of one, be rendered. */
struct call {
	const struct template *t;
	const struct step *step;
	const struct call *outer;
};

/* The arguments of a parent tag. */
struct fill {
	const struct template *t; /* has their steps */
	const struct argument *arguments;
	uint32_t count;
	const struct fill *outer; /* what the template of the tag itself was given */
};

struct indent {
	str text;
	const struct indent *outer;
};

/*
 * Where a name was found last in the innermost map.  The items of a list are made alike, so a name
 * is mostly found at the same place again, under the very same key.
 */
struct hint {
	const struct name *name;
	str key;
	size_t index;
};

enum { REPORTS_MAX = 50, NESTING_MAX = 5000, HINTS = 64 };

struct run {
	const struct template_options *options;
	struct buf *out;
	size_t limit; /* of out->len */
	size_t work; /* includes and items so far: bounded even when they print nothing */
	const struct scope *scope;
	const struct call *call;
	const struct fill *fills;
	const struct indent *indent;
	int depth;   /* includes in includes */
	int nesting; /* of the renderer's functions */
	bool stopped;
	bool failed;
	struct diags *d;
	struct hint hints[HINTS]; /* by the address of the name */
	const struct step *reported[REPORTS_MAX]; /* so that a loop does not repeat itself */
	size_t reports;
};

/* `v` becomes the innermost scope; r->scope = scope->outer leaves it. */
void run_enter(struct run *r, struct scope *scope, const struct value *v);

/*
 * The value of a name: null when the context does not have it. A dotted name is sought by
 * its first part; what is null has nothing in it, and that is no fault.
 */
const struct value *run_lookup(struct run *r, const struct name *name);

/* The name is not there. In a lenient set that is fine. */
void run_missing(
	struct run *r, const struct template *t, const struct step *s, const struct name *name);

/* A list, or a map without a text, is printed. */
void run_unprintable(struct run *r, const struct template *t, const struct step *s,
	const struct name *name, const struct value *v);

/* No template has the name that an include asks for. */
void run_no_template(struct run *r, const struct template *t, const struct step *s, str file);

/* It cannot go on: `what` is printed once, and rendering ends. */
void run_stop(struct run *r, const struct template *t, const struct step *s, const char *what);

#endif
