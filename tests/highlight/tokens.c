/*
 * tokens LANGUAGE FILE -- print the tokens of a file: kind, offset, length, one a line.
 * The oracle test (oracle.py) compares them with those of Pygments.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/file.h"
#include "highlight/highlight.h"
#include "highlight/language.h"

static const char *const names[TOKEN_COUNT] = {
	"text",
	"keyword",
	"string",
	"escape",
	"comment",
	"number",
	"type",
	"function",
	"constant",
	"operator",
	"preprocessor",
	"variable",
	"tag",
	"inserted",
	"deleted",
	"prompt",
};

static void print_token(void *ctx, enum token kind, str text)
{
	size_t *offset = ctx;

	printf("%s %zu %zu\n", names[kind], *offset, text.len);
	*offset += text.len;
}

int main(int argc, char **argv)
{
	const struct language *lang = argc == 3 ? language_find(str_c(argv[1])) : NULL;
	struct arena a = { 0 };
	size_t offset = 0;
	str code;
	int error;

	if (!lang) {
		fprintf(stderr, "usage: tokens LANGUAGE FILE\n");
		return 2;
	}
	error = file_read(str_c(argv[2]), 0, &a, &code);
	if (error) {
		fprintf(stderr, "%s: %s\n", argv[2], strerror(error));
		return 1;
	}
	highlight_tokens(lang, code, print_token, &offset);
	arena_free(&a);
	return 0;
}
