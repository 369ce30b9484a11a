/* JavaScript, TypeScript and PHP. */
#include "highlight/lexer.h"

static const uint8_t *hook_slash(struct lex *l, const uint8_t *p)
{
	return lex_regex(l, p);
}

/* `constructor(` declares one; the others are keywords before a name only. */
static const uint8_t *script_word(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	if (!word_is(from, to, "constructor"))
		return lex_contextual(l, from, to);
	if (to == l->end || *to != '(')
		return NULL;
	lex_emit(l, TOKEN_KEYWORD, from, to);
	return to;
}

const struct lexer lexer_javascript = {
	.id = LEX_JAVASCRIPT,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CAPS | LEXER_DOT_NUMBERS | LEXER_MEMBERS |
		 LEXER_DECORATORS,
	.keywords = "async await break case catch const continue debugger default delete do "
		    "else export extends finally for if import in instanceof let new return "
		    "static super switch this throw try typeof var void while with yield",
	.definers = "function",
	.type_definers = "class",
	.constants = "true false null undefined NaN Infinity",
	.hooked = "get set of from as constructor",
	.letters = "$",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 }, { "#!", NULL, COMMENT_LINESTART } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "`", "`", STRING_ESCAPE | STRING_MULTI, NULL, "${", TOKEN_STRING },
	},
	.hooks = "/",
	.hook = hook_slash,
	.word = script_word,
};

const struct lexer lexer_typescript = {
	.id = LEX_TYPESCRIPT,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CAPS | LEXER_DOT_NUMBERS | LEXER_MEMBERS |
		 LEXER_DECORATORS,
	.keywords = "async await break case catch const continue debugger default delete do "
		    "else export extends finally for if implements import in instanceof "
		    "keyof let new private protected public return static super switch this "
		    "throw try typeof var void while with yield",
	.definers = "function",
	.type_definers = "class interface enum",
	.types = "string number boolean any unknown never object symbol bigint",
	.constants = "true false null undefined NaN Infinity",
	.hooked = "get set of from as type namespace declare module abstract readonly is "
		  "asserts infer satisfies override unique global accessor constructor",
	.letters = "$",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 }, { "#!", NULL, COMMENT_LINESTART } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "`", "`", STRING_ESCAPE | STRING_MULTI, NULL, "${", TOKEN_STRING },
	},
	.hooks = "/",
	.hook = hook_slash,
	.word = script_word,
};

/* PHP: <<<MARK and <<<'MARK' */
static const uint8_t *php_heredoc(struct lex *l, const uint8_t *p)
{
	const struct string_rule *rule = &l->t->row->strings[2];
	const uint8_t *name = p + 3, *to;
	uint8_t quote = 0;

	while (name < l->end && is_blank(*name))
		name++;
	if (name < l->end && (*name == '\'' || *name == '"'))
		quote = *name++;
	to = scan_word(l, name);
	if (to == name)
		return NULL;
	heredoc_add(
		l, rule + (quote == '\''), str_new((const char *)name, (size_t)(to - name)));
	to += quote && to < l->end && *to == quote;
	lex_emit(l, TOKEN_STRING, p, to);
	return to;
}

static const uint8_t *php_hook(struct lex *l, const uint8_t *p)
{
	if (*p == '#')
		return l->end - p > 1 && p[1] == '[' ? lex_attribute(l, p, p + 1, NULL) : NULL;
	return bytes_start(p, l->end, "<<<") ? php_heredoc(l, p) : NULL;
}

const struct lexer lexer_php_code = {
	.id = LEX_PHP_CODE,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CAPS | LEXER_NOCASE | LEXER_HEREDOCS |
		 LEXER_CALLS_FIRST,
	.keywords = "abstract and as break callable case catch clone const continue declare "
		    "default do echo else elseif empty enddeclare endfor endforeach endif "
		    "endswitch endwhile exit extends final finally for foreach global goto "
		    "if implements include include_once instanceof insteadof isset list "
		    "match namespace new or print private protected public readonly require "
		    "require_once return static switch throw try unset use var while xor "
		    "yield",
	.definers = "function fn",
	.type_definers = "class interface trait enum",
	.types = "int float string bool array object void mixed iterable never self parent",
	.constants = "true false null __line__ __file__ __dir__ __class__ __function__ "
		     "__method__ __namespace__",
	.sigils = "$",
	.comments = { { "//", NULL, 0 }, { "#", NULL, 0 }, { "/*", "*/", 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI | STRING_VARS, NULL, "{$", TOKEN_STRING },
		{ "'", "'", STRING_SKIP | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "", "", STRING_ESCAPE | STRING_MULTI | STRING_VARS | STRING_HEREDOC |
			STRING_INDENT | STRING_MARK, NULL, "{$", TOKEN_STRING },
		{ "", "", STRING_MULTI | STRING_HEREDOC | STRING_INDENT | STRING_MARK, NULL, NULL,
			TOKEN_STRING },
	},
	.hooks = "#<",
	.hook = php_hook,
};

static const uint8_t *find_text(const uint8_t *p, const uint8_t *end, const char *text)
{
	while (p < end && (p = memchr(p, text[0], (size_t)(end - p)))) {
		if (bytes_start(p, end, text))
			return p;
		p++;
	}
	return end;
}

/* A page with <?php ... ?> in it, or nothing but code. */
static void run_php(struct lex *l, const uint8_t *p)
{
	const uint8_t *open = find_text(p, l->end, "<?");

	if (open == l->end) {
		lex_part(l, &lexer_php_code, p, l->end);
		return;
	}
	while (open < l->end) {
		const uint8_t *code = open + 2, *close;

		lex_part(l, &lexer_html, p, open);
		if (bytes_start(code, l->end, "php"))
			code += 3;
		else if (code < l->end && *code == '=')
			code++;
		lex_emit(l, TOKEN_PREPROCESSOR, open, code);
		close = find_text(code, l->end, "?>");
		lex_part(l, &lexer_php_code, code, close);
		p = l->end - close < 2 ? l->end : close + 2;
		lex_emit(l, TOKEN_PREPROCESSOR, close, p);
		open = find_text(p, l->end, "<?");
	}
	lex_part(l, &lexer_html, p, l->end);
}

const struct lexer lexer_php = { .id = LEX_PHP, .run = run_php };
