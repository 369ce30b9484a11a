/*
 * render -- tokens as text: `<k:func> <f:main>()`, plain text as it is.
 */
#ifndef TESTS_UNIT_HIGHLIGHT_RENDER_H
#define TESTS_UNIT_HIGHLIGHT_RENDER_H

#include <check.h>

#include "base/buf.h"
#include "highlight/highlight.h"
#include "highlight/language.h"

static void render_token(void *ctx, enum token kind, str text)
{
	struct buf *out = ctx;

	if (kind == TOKEN_TEXT)
		buf_add(out, text);
	else
		buf_printf(out, "<%s:" STR_FMT ">", token_class[kind], STR_ARG(text));
}

static void ck_tokens(const char *word, const char *code, const char *expected)
{
	const struct language *lang = language_find(str_c(word));
	struct buf out = { 0 };

	ck_assert_msg(lang && lang->lexer, "no lexer for %s", word);
	highlight_tokens(lang, str_c(code), render_token, &out);
	buf_char(&out, '\0');
	ck_assert_str_eq(out.ptr, expected);
	buf_free(&out);
}

#endif
