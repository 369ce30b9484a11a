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
 * a suggestion.  So is printing a list, or a map that has no text: it would print nothing.
 * In a lenient set all of them are empty, as the spec says.  A name whose value is null is
 * empty in both, and so is what is sought in it.
 *
 * Errors do not end a rendering, so that one run tells all of them; a tag in a loop is
 * blamed once.  Templates are UTF-8; a byte order mark is no text.
 *
 * White space: a tag alone on its line takes the line with it.  A partial or parent alone on
 * its line indents the lines of its template (never values, nor empty lines).  What fills
 * a block loses its own indentation and takes that of the place; where a block ends its
 * line, what fills it does too.
 */
#ifndef TEMPLATE_TEMPLATE_H
#define TEMPLATE_TEMPLATE_H

#include "base/diag.h"
#include "data/value.h"

struct arena;
struct buf;
struct map;
struct template;
struct template_set;

struct template_options {
	bool lenient;      /* missing names and partials are empty */
	bool html_off;     /* {{x}} is not escaped: for templates of text, JSON, ... */
	int depth;         /* includes inside includes at most; 0: 100 */
	size_t max_output; /* bytes of one rendering; 0: 64 MB */
};

/* The set and all in it live in `a`. */
struct template_set *template_set_new(const struct template_options *options, struct arena *a);

/*
 * Compile `src->text` under `name` ("article", "partials/card"); the source must live as
 * long as the set. Adding a name twice replaces it. False, with messages, when it does not
 * parse.
 */
bool template_add(
	struct template_set *set, str name, const struct source *src, struct diags *d);

/*
 * Resolve partials and parents once all are added. In a strict set a name that is not there is
 * an error. {{> *name}} is resolved when rendered.
 */
bool template_set_link(struct template_set *set, struct diags *d);

/*
 * Add to `names` every name that a rendering of `t` may ask its context for, dotted ones part by
 * part. Of a template with a dynamic include: those of the whole set.
 */
void template_names(const struct template *t, struct map *names);

/* Null when there is none. */
const struct template *template_find(const struct template_set *set, str name);

/*
 * Append the rendering to `out`. `stack` has the contexts, outermost first; names are looked up
 * from the innermost. False, with messages, when a name is missing (strict), recursion is too
 * deep or the output too long; what `out` got until then is not to be used.
 */
bool template_render(const struct template *t, const struct value *const *stack, size_t count,
	struct buf *out, struct diags *d);

#endif
