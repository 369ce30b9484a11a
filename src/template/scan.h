/*
 * scan -- the tags of a template: where they are, what they say, which belong together,
 * and which have their lines to themselves.
 */
#ifndef TEMPLATE_SCAN_H
#define TEMPLATE_SCAN_H

#include "base/diag.h"

struct arena;

enum tag_kind {
	TAG_VALUE,
	TAG_RAW,
	TAG_SECTION,
	TAG_INVERTED,
	TAG_CLOSE,
	TAG_COMMENT,
	TAG_DELIMITERS,
	TAG_PARTIAL,
	TAG_PARENT,
	TAG_BLOCK,
};

struct tag {
	enum tag_kind kind;
	bool dynamic;      /* {{>*name}}, {{<*name}} */
	bool blank_before; /* only blanks between the start of the line and the tag */
	bool blank_after;  /* only blanks between the tag and the end of the line */
	str name;
	uint32_t from, to;  /* the bytes of the tag */
	uint32_t line_from; /* the start of its line, when blank_before */
	uint32_t line_to;   /* behind the newline, when blank_after */
	uint32_t partner;   /* index of the tag that closes or opens this one */
};

struct tags {
	struct tag *at;
	uint32_t count, cap;
	uint32_t start; /* where the text begins: behind a byte order mark */
};

enum { TAG_NESTING_MAX = 64, TAG_ARGUMENTS_MAX = 256 };

static inline bool tag_opens(enum tag_kind kind)
{
	return kind == TAG_SECTION || kind == TAG_INVERTED || kind == TAG_PARENT ||
	       kind == TAG_BLOCK;
}

/* The index behind the tag at `i` and what it encloses. */
static inline uint32_t tags_next(const struct tags *tags, uint32_t i)
{
	return tag_opens(tags->at[i].kind) ? tags->at[i].partner + 1 : i + 1;
}

/* False, with all that is wrong, when it is no template. `strict` adds warnings. */
bool tags_scan(const struct source *src, bool strict, struct tags *out, struct arena *a,
	struct diags *d);

#endif
