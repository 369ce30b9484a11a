/*
 * template -- Mustache (the mustache spec, v1.4: interpolation, sections, inverted
 * sections, partials, comments, set delimiters, inheritance, dynamic names).
 *
 * A set of templates is compiled once, by one thread; after template_set_link()
 * it is only read, and any number of threads may render from it at once, straight
 * into a buffer.
 *
 * In a strict set a name that the context does not have is an error, as is a partial
 * or parent that does not exist: with template:line:col, the chain of includes and
 * a suggestion.  In a lenient set both are empty, as the spec says.
 */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include "base/diag.h"
#include "data/value.h"

struct arena;
struct buf;
struct template;
struct template_set;

struct template_options {
	bool lenient;	/* missing names and partials are empty */
	bool html_off;	/* {{x}} is not escaped: for templates of text, JSON, ... */
	int depth;	/* includes inside includes at most; 0: 100 */
	size_t max_output; /* bytes of one rendering; 0: 64 MB */
};

/* The set and all in it live in `a`. */
struct template_set *template_set_new(const struct template_options *options, struct arena *a);

/*
 * Compile `src->text` under `name` ("article", "partials/card"); the source must live as
 * long as the set. Adding a name twice replaces it. False, with messages, when it does not parse.
 */
bool template_add(struct template_set *set, str name, const struct source *src, struct diags *d);

/*
 * Resolve partials and parents once all are added. In a strict set a name that is not there is
 * an error. {{> *name}} is resolved when rendered.
 */
bool template_set_link(struct template_set *set, struct diags *d);

/* Null when there is none. */
const struct template *template_find(const struct template_set *set, str name);

/*
 * Append the rendering to `out`. `stack` has the contexts, outermost first; names are looked up
 * from the innermost. False, with messages, when a name is missing (strict), recursion is too deep or
 * the output too long; what `out` got until then is not to be used.
 */
bool template_render(const struct template *t, const struct value *const *stack, size_t count,
	struct buf *out, struct diags *d);

#endif
