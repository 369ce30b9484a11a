/* JavaScript and TypeScript. */
#include "highlight/lexer.h"

static const uint8_t *hook_slash(struct lex *l, const uint8_t *p)
{
	return lex_regex(l, p);
}

const struct lexer lexer_javascript = {
	.id = LEX_JAVASCRIPT,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CAPS | LEXER_DOT_NUMBERS | LEXER_MEMBERS |
		 LEXER_DECORATORS,
	.keywords = "async await break case catch const continue debugger default delete do else "
		    "export extends finally for if import in instanceof let new return static "
		    "super switch this throw try typeof var void while with yield",
	.definers = "function",
	.type_definers = "class",
	.constants = "true false null undefined NaN Infinity",
	.hooked = "get set of from as",
	.letters = "$",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 }, { "#!", NULL, COMMENT_LINESTART } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "`", "`", STRING_ESCAPE | STRING_MULTI, NULL, "${", TOKEN_STRING },
	},
	.hooks = "/",
	.hook = hook_slash,
	.word = lex_contextual,
};
