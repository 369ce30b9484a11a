/* Python and other scripting languages that tables describe well. */
#include "highlight/lexer.h"

static const char bytes_prefix[] = "b B u U";
static const char raw_prefix[] = "r R br bR Br BR rb rB Rb RB";
static const char format_prefix[] = "f F t T";
static const char raw_format_prefix[] = "fr fR Fr FR rf rF Rf RF tr rt";

/* Python: `match`, `case` and `type` are words of the language only at the start of a statement. */
static const uint8_t *soft_keyword(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	const uint8_t *next = to, *last;

	while (next < l->end && is_blank(*next))
		next++;
	if (next == to || next == l->end || !first_on_line(l, from) || strchr("=.,:;)]|&<>%/+!", *next))
		return NULL;
	if (word_is(from, to, "type")) {
		if (!is_name(*next))
			return NULL;
		lex_emit(l, TOKEN_KEYWORD, from, to);
		return lex_defined(l, to, TOKEN_TYPE);
	}
	/* The statement ends in a colon; look no further than a long line. */
	last = line_end(next, l->end - next > 400 ? next + 400 : l->end);
	if (!memchr(next, ':', (size_t)(last - next)) && !strchr("([{", last[-1]))
		return NULL;
	lex_emit(l, TOKEN_KEYWORD, from, to);
	return to;
}

const struct lexer lexer_python = {
	.id = LEX_PYTHON,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CAPS | LEXER_DOT_NUMBERS | LEXER_DECORATORS |
		 LEXER_MEMBERS,
	.keywords = "and as assert async await break continue del elif else except finally for "
		    "from global if import in is lambda nonlocal not or pass raise return try "
		    "while with yield",
	.definers = "def",
	.type_definers = "class",
	.types = "int float complex bool str bytes bytearray list dict set frozenset tuple object "
		 "memoryview",
	.constants = "True False None NotImplemented Ellipsis __debug__",
	.functions = "abs aiter all anext any ascii bin breakpoint callable chr classmethod compile "
		     "delattr dir divmod enumerate eval exec filter format getattr globals hasattr "
		     "hash help hex id input isinstance issubclass iter len locals map max min next "
		     "oct open ord pow print property range repr reversed round setattr slice "
		     "sorted staticmethod sum super vars zip __import__",
	.variables = "self cls",
	.hooked = "match case type",
	.comments = { { "#", NULL, 0 } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_ESCAPE | STRING_MULTI | STRING_MAYBE, bytes_prefix,
			NULL, TOKEN_STRING },
		{ "'''", "'''", STRING_ESCAPE | STRING_MULTI | STRING_MAYBE, bytes_prefix, NULL,
			TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE | STRING_MAYBE, bytes_prefix, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_MAYBE, bytes_prefix, NULL, TOKEN_STRING },
		{ "\"\"\"", "\"\"\"", STRING_SKIP | STRING_MULTI, raw_prefix, NULL, TOKEN_STRING },
		{ "'''", "'''", STRING_SKIP | STRING_MULTI, raw_prefix, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_SKIP, raw_prefix, NULL, TOKEN_STRING },
		{ "'", "'", STRING_SKIP, raw_prefix, NULL, TOKEN_STRING },
		{ "\"\"\"", "\"\"\"",
			STRING_ESCAPE | STRING_MULTI | STRING_BRACES | STRING_FORMAT,
			format_prefix, "{", TOKEN_STRING },
		{ "'''", "'''", STRING_ESCAPE | STRING_MULTI | STRING_BRACES | STRING_FORMAT,
			format_prefix, "{", TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE | STRING_BRACES | STRING_FORMAT, format_prefix, "{",
			TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_BRACES | STRING_FORMAT, format_prefix, "{",
			TOKEN_STRING },
		{ "\"\"\"", "\"\"\"", STRING_SKIP | STRING_MULTI | STRING_BRACES | STRING_FORMAT,
			raw_format_prefix, "{", TOKEN_STRING },
		{ "'''", "'''", STRING_SKIP | STRING_MULTI | STRING_BRACES | STRING_FORMAT,
			raw_format_prefix, "{", TOKEN_STRING },
		{ "\"", "\"", STRING_SKIP | STRING_BRACES | STRING_FORMAT, raw_format_prefix, "{",
			TOKEN_STRING },
		{ "'", "'", STRING_SKIP | STRING_BRACES | STRING_FORMAT, raw_format_prefix, "{",
			TOKEN_STRING },
	},
	.word = soft_keyword,
};
