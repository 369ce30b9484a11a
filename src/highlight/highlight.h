/*
 * highlight -- source code to HTML with token classes.
 *
 * One engine, a table per language.  Any input gives output with the same text:
 * a lexer that loses its way colours wrongly, never drops a byte, and takes time
 * linear in the length.
 */
#ifndef HIGHLIGHT_HIGHLIGHT_H
#define HIGHLIGHT_HIGHLIGHT_H

#include "base/str.h"

struct buf;
struct language;

/* Classes in the HTML are the short names at the right. */
enum token {
	TOKEN_TEXT,	   /* no element */
	TOKEN_KEYWORD,	   /* k */
	TOKEN_STRING,	   /* s */
	TOKEN_ESCAPE,	   /* se: \n in a string */
	TOKEN_COMMENT,	   /* c */
	TOKEN_NUMBER,	   /* n */
	TOKEN_TYPE,	   /* t: types and classes */
	TOKEN_FUNCTION,	   /* f: at its definition or call */
	TOKEN_CONSTANT,	   /* m: true, nil, None */
	TOKEN_OPERATOR,	   /* o: no lexer of ours marks them, to keep pages small */
	TOKEN_PREPROCESSOR,/* p: #include, decorators, attributes, pragmas */
	TOKEN_VARIABLE,	   /* v: $x where variables are marked */
	TOKEN_TAG,	   /* g: element names, keys of data formats */
	TOKEN_INSERTED,	   /* i: diff */
	TOKEN_DELETED,	   /* d: diff */
	TOKEN_PROMPT,	   /* r: $ in a console session; not selectable */
	TOKEN_COUNT,
};

/* Token classes as they stand in HTML: "" for text. */
extern const char *const token_class[TOKEN_COUNT];

/* Called for each token in order; together the tokens are the whole of `code`. */
typedef void token_sink(void *ctx, enum token kind, str text);

/* `lang` may be null: everything is text. */
void highlight_tokens(const struct language *lang, str code, token_sink *sink, void *ctx);

struct line_range {
	int from, to; /* from 1, both included */
};

struct highlight_options {
	bool lines; /* every line in <span class="line">, for numbers and marks */
	const struct line_range *marked; /* lines that get <span class="line hl"> */
	size_t marked_count;
};

/*
 * Escaped HTML with spans, without <pre>; never a span across a line end when lines are on.
 * Quotes stay as they are (fine in text, not in attributes) but where nothing is highlighted:
 * there the bytes are CommonMark's.  `options` may be null.
 */
void highlight_html(const struct language *lang, str code, const struct highlight_options *options,
	struct buf *out);

#endif
