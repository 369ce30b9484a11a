/*
 * text_code -- code in a text that lost its fences: is a line code, and of which language?
 */
#ifndef IMPORT_TEXT_CODE_H
#define IMPORT_TEXT_CODE_H

#include "base/str.h"

struct arena;

enum code_sign {
	CODE_NONE,
	CODE_WEAK,    /* may go on with code that has begun */
	CODE_COMMENT, /* of a language with this mark */
	CODE_STRONG,  /* is code wherever it stands */
};

struct code_look {
	enum code_sign sign;
	const char *language; /* of strong lines: "go"; null: any */
	char mark;            /* of comments: '/' or '#' */
};

struct code_look code_look(str line);

/* The mark that begins a comment of this language: '/' or '#'. */
char code_mark(const char *language);

/* Open brackets of a line minus closed ones, outside of quotes. */
int code_depth(str line);

/* Does the language nest by braces, so that lost indentation can be told? */
bool code_has_braces(const char *language);

/* The lines with the indentation that their brackets tell. */
str code_indent(str code, const char *language, struct arena *a);

#endif
