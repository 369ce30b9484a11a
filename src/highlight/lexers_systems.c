/* Go, Rust, Zig and other languages that compile to machine code. */
#include "highlight/lexer.h"

const struct lexer lexer_go = {
	.id = LEX_GO,
	.flags = LEXER_CALLS | LEXER_DOT_NUMBERS | LEXER_MEMBERS,
	.keywords = "break case chan const continue default defer else fallthrough for go "
		    "goto if import interface map package range return select struct switch "
		    "var",
	.definers = "func",
	.type_definers = "type",
	.types = "any bool byte comparable complex64 complex128 error float32 float64 int "
		 "int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr",
	.constants = "true false nil iota",
	.functions = "append cap clear close complex copy delete imag len make max min new "
		     "panic print println real recover",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "`", "`", STRING_MULTI, NULL, NULL, TOKEN_STRING },
	},
};

/* Rust: r"..", r#".."#, br##".."##; r#name is a plain word. */
static const uint8_t *rust_raw(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	const uint8_t *open = to;

	if (word_is(from, to, "union"))
		return lex_contextual(l, from, to);
	while (open < l->end && *open == '#')
		open++;
	if (open < l->end && *open == '"')
		return string_raw(l, TOKEN_STRING, from, open + 1, '"',
			str_new((const char *)to, (size_t)(open - to)), 0);
	return open == to + 1 ? scan_word(l, open) : NULL;
}

static const uint8_t *rust_hook(struct lex *l, const uint8_t *p)
{
	const uint8_t *open = p + 1;

	if (*p == '\'')
		return lex_quote_name(l, p, TOKEN_VARIABLE);
	if (open < l->end && *open == '!')
		open++;
	if (open == l->end || *open != '[')
		return NULL;
	return lex_attribute(l, p, open, &l->t->row->strings[0]);
}

const struct lexer lexer_rust = {
	.id = LEX_RUST,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CAPS | LEXER_BANG | LEXER_DOT_NUMBERS,
	.keywords = "as async await break const continue crate do dyn else extern for gen if "
		    "impl in let loop match mod move mut pub ref return static super unsafe "
		    "use where while yield",
	.definers = "fn",
	.type_definers = "struct enum trait type",
	.types = "i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char str "
		 "Self",
	.constants = "true false",
	.variables = "self",
	.hooked = "r br cr union",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", COMMENT_NESTED } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI | STRING_MAYBE, "b c", NULL,
			TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_CHAR | STRING_MAYBE, "b", NULL, TOKEN_STRING },
	},
	.hooks = "'#",
	.hook = rust_hook,
	.word = rust_raw,
};

/* Zig: lines of a string start with \\; builtins with @. */
static const uint8_t *zig_hook(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = scan_word(l, p + 1);

	if (*p == '\\') {
		if (l->end - p < 2 || p[1] != '\\')
			return NULL;
		to = line_end(p, l->end);
		lex_emit(l, TOKEN_STRING, p, to);
		return to;
	}
	if (to == p + 1)
		return NULL;
	lex_emit(l, TOKEN_FUNCTION, p, to);
	return to;
}

const struct lexer lexer_zig = {
	.id = LEX_ZIG,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_CALLS_FIRST | LEXER_MEMBERS,
	.keywords = "addrspace align allowzero and anyframe asm async await break callconv "
		    "catch comptime const continue defer else enum errdefer error export "
		    "extern for if inline linksection noalias noinline nosuspend opaque or "
		    "orelse packed pub resume return struct suspend switch test threadlocal "
		    "try union unreachable usingnamespace var volatile while",
	.definers = "fn",
	.types = "i8 i16 i32 i64 i128 isize u1 u2 u3 u4 u5 u6 u7 u8 u16 u32 u64 u128 usize "
		 "f16 f32 f64 f80 f128 bool void noreturn type anytype anyerror anyopaque "
		 "comptime_int comptime_float c_int c_uint c_long c_ulong c_char",
	.constants = "true false null undefined",
	.comments = { { "//", NULL, 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "@\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_VARIABLE },
	},
	.hooks = "\\@",
	.hook = zig_hook,
};

const struct lexer lexer_v = {
	.id = LEX_V,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_MEMBERS,
	.keywords = "as asm assert atomic break const continue defer else enum for global go "
		    "goto if import in is isreftype lock match module mut or pub return "
		    "rlock select shared sizeof spawn static typeof union unsafe volatile",
	.definers = "fn",
	.type_definers = "struct interface type",
	.types = "bool string i8 i16 int i64 u8 u16 u32 u64 f32 f64 rune byte voidptr any "
		 "map chan",
	.constants = "true false none nil",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", COMMENT_NESTED } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, "${", TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_MULTI, NULL, "${", TOKEN_STRING },
		{ "\"", "\"", STRING_MULTI, "r c", NULL, TOKEN_STRING },
		{ "'", "'", STRING_MULTI, "r c", NULL, TOKEN_STRING },
		{ "`", "`", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "@",
	.hook = zig_hook,
};

const struct lexer lexer_d = {
	.id = LEX_D,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_DOT_NUMBERS | LEXER_CALLS_FIRST |
		 LEXER_DECORATORS,
	.keywords = "abstract alias align asm assert auto body break case cast catch const "
		    "continue debug default delegate delete deprecated do else export extern "
		    "final finally for foreach foreach_reverse function goto if immutable "
		    "import in inout invariant is lazy macro mixin module new nothrow out "
		    "override package pragma private protected public pure ref return scope "
		    "shared static super switch synchronized template this throw try typeid "
		    "typeof unittest version while with",
	.type_definers = "class struct interface enum union",
	.types = "bool byte ubyte short ushort int uint long ulong float double real char "
		 "wchar dchar void string wstring dstring size_t ptrdiff_t",
	.constants = "true false null __FILE__ __LINE__",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 }, { "/+", "+/", COMMENT_NESTED } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_MULTI, "r", NULL, TOKEN_STRING },
		{ "`", "`", STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
	},
};

/* Nim's words take any string behind them as a raw one: sql"...". */
const struct lexer lexer_nim = {
	.id = LEX_NIM,
	.flags = LEXER_CALLS | LEXER_TYPES | LEXER_QUOTED_DIGITS,
	.keywords = "addr and as asm bind block break case cast concept const continue defer "
		    "discard distinct div do elif else end enum except export finally for "
		    "from if import in include interface is isnot let mixin mod nil not "
		    "notin object of or out ptr raise ref return shl shr static try tuple "
		    "using var when while xor yield",
	.definers = "proc func method iterator converter macro template",
	.type_definers = "type",
	.types = "int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float float32 "
		 "float64 bool char string cstring seq array set openArray auto untyped "
		 "typed void any",
	.constants = "true false on off",
	.functions = "echo len add inc dec high low newSeq",
	.comments = { { "#[", "]#", COMMENT_NESTED }, { "##[", "]##", COMMENT_NESTED },
		{ "#", NULL, 0 }, { "{.", ".}", COMMENT_PRAGMA } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_MULTI | STRING_MAYBE, "r R fmt f sql", NULL,
			TOKEN_STRING },
		{ "\"", "\"", STRING_DOUBLED, "r R sql re peg glob", NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_BRACES | STRING_FORMAT, "fmt f", "{", TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_CHAR, NULL, NULL, TOKEN_STRING },
	},
};
