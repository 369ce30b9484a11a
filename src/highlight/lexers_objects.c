/* Java, Kotlin, Scala, C#, Swift, Dart: classes, generics, strings with code in them. */
#include "highlight/lexer.h"

const struct lexer lexer_java = {
	.id = LEX_JAVA,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CAPS | LEXER_DOT_NUMBERS | LEXER_DECORATORS,
	.keywords = "abstract assert break case catch const continue default do else extends "
		    "final finally for goto if implements import instanceof native new "
		    "package private protected public return static strictfp super switch "
		    "synchronized this throw throws transient try var volatile while",
	.type_definers = "class interface enum",
	.types = "boolean byte char double float int long short void",
	.constants = "true false null",
	.hooked = "record sealed permits yield module requires exports opens uses provides "
		  "when non",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
	},
	.word = lex_contextual,
};

const struct lexer lexer_kotlin = {
	.id = LEX_KOTLIN,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CAPS | LEXER_DECORATORS,
	.keywords = "abstract actual annotation as break by catch companion const "
		    "constructor continue crossinline data do else enum expect external "
		    "final finally for get if import in infix init inline inner internal is "
		    "lateinit noinline open operator out override package private protected "
		    "public reified return sealed set super suspend tailrec this throw try "
		    "val value var vararg when where while",
	.definers = "fun",
	.type_definers = "class interface object typealias",
	.constants = "true false null",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", COMMENT_NESTED },
		{ "#!", NULL, COMMENT_LINESTART } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_MULTI | STRING_VARS, NULL, "${", TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE | STRING_VARS, NULL, "${", TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "`", "`", 0, NULL, NULL, TOKEN_FUNCTION },
	},
};

const struct lexer lexer_groovy = {
	.id = LEX_GROOVY,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_DECORATORS | LEXER_KEYS | LEXER_MEMBERS,
	.keywords = "abstract as assert break case catch const continue default do else "
		    "extends final finally for goto if implements import in instanceof "
		    "native new package private protected public return static super switch "
		    "synchronized this throw throws trait transient try var volatile while "
		    "def",
	.type_definers = "class interface enum trait",
	.types = "boolean byte char double float int long short void",
	.constants = "true false null",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 }, { "#!", NULL, COMMENT_LINESTART } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, "${",
			TOKEN_STRING },
		{ "'''", "'''", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE | STRING_VARS, NULL, "${", TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
	},
};

static const uint8_t *scala_hook(struct lex *l, const uint8_t *p)
{
	return lex_quote_name(l, p, TOKEN_CONSTANT);
}

const struct lexer lexer_scala = {
	.id = LEX_SCALA,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_DECORATORS,
	.keywords = "abstract case catch derives do else end export extends extension final "
		    "finally for forSome given if implicit import infix inline lazy macro "
		    "match new opaque open override package private protected return sealed "
		    "super then this throw transparent try using val var while with yield",
	.definers = "def",
	.type_definers = "class trait object enum type",
	.constants = "true false null",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", COMMENT_NESTED } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "\"\"\"", "\"\"\"", STRING_MULTI | STRING_VARS, "s f raw sql", "${", TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE | STRING_VARS, "s f raw sql", "${", TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_CHAR, NULL, NULL, TOKEN_STRING },
		{ "`", "`", 0, NULL, NULL, TOKEN_VARIABLE },
	},
	.hooks = "'",
	.hook = scala_hook,
};

/* C#: three quotes or more end at as many. */
static const uint8_t *csharp_quotes(struct lex *l, const uint8_t *p)
{
	const uint8_t *open = p;

	while (open < l->end && *open == '"')
		open++;
	if (open - p < 3)
		return NULL;
	return string_raw(l, TOKEN_STRING, p, open, '"',
		str_new((const char *)p, (size_t)(open - p - 1)), 0);
}

const struct lexer lexer_csharp = {
	.id = LEX_CSHARP,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CALLS_FIRST | LEXER_DOT_NUMBERS |
		 LEXER_PREPROCESSOR,
	.keywords = "abstract add and as ascending async await base break by case catch "
		    "checked const continue default delegate descending do else equals event "
		    "explicit extern finally fixed for foreach from get global goto group if "
		    "implicit in init internal into is join let lock nameof new not on "
		    "operator or orderby out override params partial private protected "
		    "public readonly ref remove required return scoped sealed select set "
		    "sizeof stackalloc static switch this throw try typeof unchecked unsafe "
		    "using var virtual volatile when where while with yield",
	.type_definers = "class struct interface enum record namespace",
	.types = "bool byte char decimal double dynamic float int long nint nuint object "
		 "sbyte short string uint ulong ushort void",
	.constants = "true false null",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 } },
	.strings = {
		{ "$$\"\"\"", "\"\"\"", STRING_MULTI, NULL, "{{", TOKEN_STRING },
		{ "$\"\"\"", "\"\"\"", STRING_MULTI | STRING_FORMAT, NULL, "{", TOKEN_STRING },
		{ "$@\"", "\"", STRING_MULTI | STRING_DOUBLED | STRING_BRACES | STRING_FORMAT, NULL,
			"{", TOKEN_STRING },
		{ "@$\"", "\"", STRING_MULTI | STRING_DOUBLED | STRING_BRACES | STRING_FORMAT, NULL,
			"{", TOKEN_STRING },
		{ "$\"", "\"", STRING_ESCAPE | STRING_BRACES | STRING_FORMAT, NULL, "{",
			TOKEN_STRING },
		{ "@\"", "\"", STRING_MULTI | STRING_DOUBLED, NULL, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "\"",
	.hook = csharp_quotes,
};

/* Swift: #"raw"# and #if. */
static const uint8_t *swift_hash(struct lex *l, const uint8_t *p)
{
	const uint8_t *open = p, *to;

	while (open < l->end && *open == '#')
		open++;
	if (open < l->end && *open == '"') {
		bool triple = bytes_start(open, l->end, "\"\"\"");

		return string_raw(l, TOKEN_STRING, p, open + (triple ? 3 : 1), '"',
			str_new((const char *)p, (size_t)(open - p)), 0);
	}
	to = scan_word(l, open);
	if (open != p + 1 || to == open)
		return open;
	lex_emit(l, TOKEN_PREPROCESSOR, p, to);
	return to;
}

const struct lexer lexer_swift = {
	.id = LEX_SWIFT,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_DECORATORS | LEXER_MEMBERS,
	.keywords = "actor any as associatedtype async await borrowing break case catch "
		    "consuming continue convenience default defer deinit didSet do dynamic "
		    "else fallthrough fileprivate final for get guard if import in indirect "
		    "infix init inout internal is isolated lazy let macro mutating "
		    "nonisolated nonmutating open operator optional override package postfix "
		    "precedencegroup prefix private public repeat required rethrows return "
		    "self set some static subscript super switch throw throws try unowned "
		    "var weak where while willSet",
	.definers = "func",
	.type_definers = "class struct enum protocol extension actor typealias",
	.constants = "true false nil",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", COMMENT_NESTED } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_ESCAPE | STRING_MULTI, NULL, "\\(", TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE, NULL, "\\(", TOKEN_STRING },
		{ "`", "`", 0, NULL, NULL, TOKEN_VARIABLE },
	},
	.hooks = "#",
	.hook = swift_hash,
};

const struct lexer lexer_dart = {
	.id = LEX_DART,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_DECORATORS | LEXER_MEMBERS | LEXER_DOT_NUMBERS,
	.keywords = "abstract as assert async await base break case catch const continue "
		    "covariant default deferred do else export extends extension external "
		    "factory final finally for get hide if implements import in interface is "
		    "late library new of on operator part required rethrow return sealed set "
		    "show static super switch sync this throw try var when while with yield",
	.type_definers = "class mixin enum typedef",
	.types = "int double num bool void dynamic",
	.constants = "true false null",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", COMMENT_NESTED } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, "${",
			TOKEN_STRING },
		{ "'''", "'''", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, "${",
			TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE | STRING_VARS, NULL, "${", TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_VARS, NULL, "${", TOKEN_STRING },
		{ "\"\"\"", "\"\"\"", STRING_MULTI, "r", NULL, TOKEN_STRING },
		{ "'''", "'''", STRING_MULTI, "r", NULL, TOKEN_STRING },
		{ "\"", "\"", 0, "r", NULL, TOKEN_STRING },
		{ "'", "'", 0, "r", NULL, TOKEN_STRING },
	},
};
