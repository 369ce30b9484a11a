/*
 * program -- what templates are compiled to: flat arrays of steps.
 *
 * The body of a section, a parent or a block is the range of steps behind it, up to
 * `end`; so one array is a whole template and rendering is a walk along it.
 */
#ifndef TEMPLATE_PROGRAM_H
#define TEMPLATE_PROGRAM_H

#include "base/map.h"
#include "template/template.h"

enum op {
	OP_TEXT,     /* as it stands */
	OP_VALUE,    /* {{x}} */
	OP_RAW,      /* {{{x}}}, {{&x}} */
	OP_SECTION,  /* {{#x}} */
	OP_INVERTED, /* {{^x}} */
	OP_INCLUDE,  /* {{>x}}, {{<x}} */
	OP_BLOCK,    /* {{$x}} where it may be filled from outside */
};

/* Indentation goes before a line of template text, never into values, nor on empty lines. */
enum {
	STARTS_LINE = 1, /* the text begins a line */
	OPENS_LINE = 2,  /* behind its last newline something follows on the line */
};

/* A name in the context. */
struct name {
	str text;
	const str *part; /* text, split at the dots */
	uint32_t count;  /* 0: the name is "." */
};

/* One {{$x}}...{{/x}} directly in a parent tag: what fills a block of the parent. */
struct argument {
	const void *block;
	uint32_t from, to; /* its steps, in the template of the parent tag */
	bool whole_lines;  /* it ends with a newline of its own */
};

struct include {
	str file;         /* as written, without '*' */
	struct name name; /* of a dynamic include: where the context has the file */
	bool dynamic;
	bool is_inline; /* text stands beside it: lines of the target stay as they are */
	str indent;     /* of a tag on a line of its own */
	struct template *target;
	const struct argument *arguments;
	uint32_t count;
};

struct block {
	str text;
	const void *id; /* one per name and set */
	bool is_inline; /* text stands before it on its line */
	str indent;     /* for the lines of what replaces the default */
	str newline;    /* the block ends its line: added when the replacement does not */
};

struct step {
	uint8_t op, flags;
	uint32_t at;  /* where in the source */
	uint32_t end; /* the first step behind the body */
	union {
		str text;
		struct name name;
		struct include *include;
		const struct block *block;
	};
};

struct template {
	str name;
	const struct source *src;
	const struct template_set *set;
	struct step *steps;
	uint32_t count;
	bool ready; /* false: it did not parse */
	struct template *next;
};

struct template_set {
	struct template_options options;
	struct arena *arena;
	struct map templates;
	struct map blocks;             /* name -> its key in the map: the id */
	struct template *first, *last; /* in the order of adding */
};

/* Where a step stands in the source of its template. */
loc step_loc(const struct template *t, const struct step *s);

/* Null when there is none, or it did not parse. */
struct template *set_find(const struct template_set *set, str name);

/* "did you mean ...?" with the templates of the set. */
void set_help(const struct template_set *set, str name, struct diags *d);

#endif
