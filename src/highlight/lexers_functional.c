/* Haskell, OCaml, F#, Erlang, Clojure. */
#include "highlight/lexer.h"

static const uint8_t *type_variable(struct lex *l, const uint8_t *p)
{
	return lex_quote_name(l, p, TOKEN_TYPE);
}

/* `let f x =` defines a function, `let x =` a value. */
static const uint8_t *ml_let(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	const uint8_t *name = to, *end, *next;

	lex_emit(l, TOKEN_KEYWORD, from, to);
	while (name < l->end && is_blank(*name))
		name++;
	end = scan_word(l, name);
	for (next = end; next < l->end && is_blank(*next);)
		next++;
	if (end == name || is_digit(*name) ||
		word_kind(l->t, name, (size_t)(end - name)) != TOKEN_TEXT)
		return to;
	if (next == l->end || !(is_name(*next) || strchr("(~?_'", *next)) || *next == '\0')
		return end;
	lex_emit(l, TOKEN_FUNCTION, name, end);
	return end;
}

const struct lexer lexer_haskell = {
	.id = LEX_HASKELL,
	.flags = LEXER_TYPES | LEXER_COLUMN1,
	.keywords = "as case deriving default do else family forall foreign hiding if import "
		    "in infix infixl infixr let mdo module of pattern proc qualified rec "
		    "then via where port exposing",
	.type_definers = "class data instance newtype type",
	.constants = "True False otherwise",
	.inner = "'",
	.comments = { { "{-#", "#-}", COMMENT_PRAGMA }, { "{-", "-}", COMMENT_NESTED },
		{ "--", NULL, 0 } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_CHAR, NULL, NULL, TOKEN_STRING },
	},
};

/* OCaml: {|raw|}, {id|raw|id} */
static const uint8_t *ocaml_hook(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = p + 1;

	if (*p == '\'')
		return type_variable(l, p);
	while (to < l->end && to - p < 32 && ((uint8_t)(*to - 'a') < 26 || *to == '_'))
		to++;
	if (to == l->end || *to != '|')
		return NULL;
	return string_raw(l, TOKEN_STRING, p, to + 1, '|',
		str_new((const char *)p + 1, (size_t)(to - p - 1)), '}');
}

const struct lexer lexer_ocaml = {
	.id = LEX_OCAML,
	.flags = LEXER_TYPES,
	.keywords = "as assert begin class constraint do done downto else end exception "
		    "external for fun function functor if in include inherit initializer "
		    "lazy match method module mutable new nonrec object of open or private "
		    "sig struct then to try val virtual when while with mod land lor lxor "
		    "lsl lsr asr",
	.type_definers = "type",
	.types = "int float bool char string bytes unit list array option ref exn int32 "
		 "int64 nativeint",
	.constants = "true false",
	.functions = "failwith raise invalid_arg print_endline print_string print_int ignore "
		     "not fst snd",
	.hooked = "let rec and",
	.inner = "'",
	.comments = { { "(*", "*)", COMMENT_NESTED } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_CHAR, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "'{",
	.hook = ocaml_hook,
	.word = ml_let,
};

static const uint8_t *fsharp_hook(struct lex *l, const uint8_t *p)
{
	const uint8_t *to;

	if (*p == '\'')
		return type_variable(l, p);
	if (*p == '(') /* the operator (*) is no comment */
		return bytes_start(p, l->end, "(*)") ? p + 3 : NULL;
	if (!bytes_start(p, l->end, "[<"))
		return NULL;
	to = line_end(p, l->end);
	for (const uint8_t *q = p + 2; q + 1 < to; q++)
		if (q[0] == '>' && q[1] == ']')
			to = q + 2;
	lex_emit(l, TOKEN_PREPROCESSOR, p, to);
	return to;
}

const struct lexer lexer_fsharp = {
	.id = LEX_FSHARP,
	.flags = LEXER_TYPES | LEXER_CALLS | LEXER_CALLS_FIRST | LEXER_PREPROCESSOR | LEXER_MEMBERS,
	.keywords = "abstract as assert base begin class default delegate do done downcast "
		    "downto elif else end exception extern finally fixed for fun function "
		    "global if in inherit inline interface internal lazy match module "
		    "mutable namespace new not of open or override private public return "
		    "select sig static struct then to try upcast use val void when while "
		    "with yield async task seq member",
	.type_definers = "type",
	.types = "int int8 int16 int32 int64 uint8 uint32 uint64 float float32 double "
		 "decimal bool char string unit byte sbyte list array option seq obj bigint "
		 "nativeint",
	.constants = "true false null",
	.functions = "printfn printf sprintf failwith failwithf ignore raise fst snd id",
	.hooked = "let rec and",
	.inner = "'",
	.comments = { { "(*", "*)", COMMENT_NESTED }, { "//", NULL, 0 } },
	.strings = {
		{ "$\"\"\"", "\"\"\"", STRING_MULTI | STRING_FORMAT, NULL, "{", TOKEN_STRING },
		{ "\"\"\"", "\"\"\"", STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "$\"", "\"", STRING_ESCAPE | STRING_MULTI | STRING_BRACES | STRING_FORMAT, NULL, "{",
			TOKEN_STRING },
		{ "@\"", "\"", STRING_DOUBLED | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_CHAR, NULL, NULL, TOKEN_STRING },
		{ "``", "``", 0, NULL, NULL, TOKEN_FUNCTION },
	},
	.hooks = "'[(",
	.hook = fsharp_hook,
	.word = ml_let,
};

/* Erlang: a capital letter starts a variable; -module(x) is a directive. */
static const uint8_t *erlang_word(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	if (!is_upper(*from) && *from != '_')
		return NULL;
	lex_emit(l, TOKEN_VARIABLE, from, to);
	return to;
}

static const uint8_t *erlang_hook(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = scan_word(l, p + 1);

	if (*p == '$') {
		to = l->end - p > 2 && p[1] == '\\' ? p + 3 : p + 2;
		while (to < l->end && (*to & 0xc0) == 0x80)
			to++;
		if (to > l->end)
			return NULL;
		lex_emit(l, TOKEN_STRING, p, to);
		return to;
	}
	if (to == p + 1 || is_digit(p[1]) || (*p == '-' && !first_on_line(l, p)))
		return NULL;
	lex_emit(l, TOKEN_PREPROCESSOR, p, to);
	return to;
}

const struct lexer lexer_erlang = {
	.id = LEX_ERLANG,
	.flags = LEXER_CALLS | LEXER_WORDS,
	.keywords = "after and andalso band begin bnot bor bsl bsr bxor case catch cond div "
		    "else end fun if let maybe not of or orelse receive rem try when xor",
	.constants = "true false undefined ok error",
	.inner = "@",
	.comments = { { "%", NULL, 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "-$?",
	.hook = erlang_hook,
	.word = erlang_word,
};

/* Clojure: :keyword and \newline. */
static const uint8_t *clojure_hook(struct lex *l, const uint8_t *p)
{
	const uint8_t *name = p + 1, *to;

	if (*p == ':' && name < l->end && *name == ':')
		name++;
	to = scan_word(l, name);
	if (*p == '\\' && to == name && name<l->end && * name> ' ')
		to++;
	if (to == name)
		return NULL;
	lex_emit(l, *p == ':' ? TOKEN_CONSTANT : TOKEN_STRING, p, to);
	return to;
}

const struct lexer lexer_clojure = {
	.id = LEX_CLOJURE,
	.flags = LEXER_LISP,
	.keywords = "if if-let if-not when when-let when-not cond condp case let letfn loop "
		    "recur do fn for doseq dotimes while try catch finally throw quote var "
		    "new set! ns require import use in-ns binding with-open -> ->> as-> "
		    "some-> cond-> and or not lazy-seq future delay",
	.definers = "def defn defn- defmacro defmulti defmethod defonce declare deftest",
	.type_definers = "defrecord deftype defprotocol definterface defstruct",
	.constants = "true false nil",
	.letters = "*+!?<>=&%",
	.inner = "-./'#",
	.comments = { { ";", NULL, 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "#\"", "\"", STRING_SKIP | STRING_MULTI, NULL, NULL, TOKEN_STRING },
	},
	.hooks = ":\\",
	.hook = clojure_hook,
};
