/* Python and other scripting languages that tables describe well. */
#include "highlight/lexer.h"

static const char bytes_prefix[] = "b B u U";
static const char raw_prefix[] = "r R br bR Br BR rb rB Rb RB";
static const char format_prefix[] = "f F t T";
static const char raw_format_prefix[] = "fr fR Fr FR rf rF Rf RF tr rt";

/* Python: `match`, `case` and `type` are words of the language only at the start of a
 * statement. */
static const uint8_t *soft_keyword(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	const uint8_t *next = to, *last;

	while (next < l->end && is_blank(*next))
		next++;
	if (next == to || next == l->end || !first_on_line(l, from) ||
		strchr("=.,:;)]|&<>%/+!", *next))
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
	.keywords = "and as assert async await break continue del elif else except finally "
		    "for from global if import in is lambda nonlocal not or pass raise "
		    "return try while with yield",
	.definers = "def",
	.type_definers = "class",
	.types = "int float complex bool str bytes bytearray list dict set frozenset tuple "
		 "object memoryview",
	.constants = "True False None NotImplemented Ellipsis __debug__",
	.functions = "abs aiter all anext any ascii bin breakpoint callable chr classmethod "
		     "compile delattr dir divmod enumerate eval exec filter format getattr "
		     "globals hasattr hash help hex id input isinstance issubclass iter len "
		     "locals map max min next oct open ord pow print property range repr "
		     "reversed round setattr slice sorted staticmethod sum super vars zip "
		     "__import__",
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

/* [[ or [==[ at p: the string or comment up to its partner, else null. */
static const uint8_t *lua_long(
	struct lex *l, const uint8_t *from, const uint8_t *p, enum token kind)
{
	const uint8_t *level = p + 1, *open = level;

	while (open < l->end && *open == '=')
		open++;
	if (open >= l->end || *p != '[' || *open != '[')
		return NULL;
	return string_raw(l, kind, from, open + 1, ']',
		str_new((const char *)level, (size_t)(open - level)), ']');
}

static const uint8_t *lua_hook(struct lex *l, const uint8_t *p)
{
	if (*p == '[')
		return lua_long(l, p, p, TOKEN_STRING);
	return l->end - p > 2 && p[1] == '-' ? lua_long(l, p, p + 2, TOKEN_COMMENT) : NULL;
}

const struct lexer lexer_lua = {
	.id = LEX_LUA,
	.flags = LEXER_CALLS | LEXER_DOT_NUMBERS | LEXER_MEMBERS,
	.keywords = "and break do else elseif end for goto if in local not or repeat return "
		    "then until while",
	.definers = "function",
	.constants = "true false nil",
	.functions = "assert collectgarbage dofile error getmetatable ipairs load loadfile "
		     "next pairs pcall print rawequal rawget rawlen rawset require select "
		     "setmetatable tonumber tostring type xpcall",
	.variables = "self _G _ENV",
	.comments = { { "--", NULL, 0 }, { "#!", NULL, COMMENT_LINESTART } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "-[",
	.hook = lua_hook,
};

/* R: r"(...)", R"---[...]---" */
static const uint8_t *r_raw(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	const uint8_t *dashes = to + 1, *open = dashes;

	if (to == l->end || (*to != '"' && *to != '\''))
		return NULL;
	while (open < l->end && *open == '-')
		open++;
	if (open == l->end || !strchr("([{", *open))
		return NULL;
	return string_raw(l, TOKEN_STRING, from, open + 1, closing_bracket(*open),
		str_new((const char *)dashes, (size_t)(open - dashes)), *to);
}

const struct lexer lexer_r = {
	.id = LEX_R,
	.flags = LEXER_CALLS | LEXER_DOT_NUMBERS,
	.keywords = "if else for while repeat function return next break in",
	.constants = "TRUE FALSE NULL NA NA_integer_ NA_real_ NA_character_ Inf NaN T F",
	.functions = "library require source",
	.hooked = "r R",
	.inner = ".",
	.comments = { { "#", NULL, 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "`", "`", 0, NULL, NULL, TOKEN_VARIABLE },
	},
	.word = r_raw,
};

const struct lexer lexer_julia = {
	.id = LEX_JULIA,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_DOT_NUMBERS | LEXER_DECORATORS | LEXER_TAIL |
		 LEXER_MEMBERS,
	.keywords = "abstract baremodule begin break catch const continue do else elseif end "
		    "export finally for global if import in isa let local module mutable "
		    "primitive quote return try using where while",
	.definers = "function macro",
	.type_definers = "struct type",
	.constants = "true false nothing missing Inf NaN pi",
	.comments = { { "#=", "=#", COMMENT_NESTED }, { "#", NULL, 0 } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_MULTI, "raw r b s v big html", NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_SKIP | STRING_MULTI, "raw r b s v big html", NULL, TOKEN_STRING },
		{ "\"\"\"", "\"\"\"", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, "$(",
			TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, "$(", TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_CHAR, NULL, NULL, TOKEN_STRING },
		{ "`", "`", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, "$(", TOKEN_STRING },
	},
};
