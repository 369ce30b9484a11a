/* C and C++. */
#include "highlight/lexer.h"

const struct lexer lexer_c = {
	.id = LEX_C,
	.flags = LEXER_CALLS | LEXER_CAPS | LEXER_T_SUFFIX | LEXER_DOT_NUMBERS |
		 LEXER_QUOTED_DIGITS | LEXER_PREPROCESSOR | LEXER_MEMBERS,
	.keywords = "auto break case const constexpr continue default do else extern for "
		    "goto if inline register restrict return sizeof static static_assert "
		    "switch thread_local typedef typeof typeof_unqual volatile while alignas "
		    "alignof _Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert "
		    "_Thread_local asm __asm__ __attribute__ __extension__ __inline "
		    "__inline__ __restrict __restrict__ __typeof__ __volatile__ __const __asm",
	.type_definers = "struct union enum",
	.types = "void char short int long float double signed unsigned bool _Bool _Complex "
		 "_Imaginary _BitInt _Decimal32 _Decimal64 _Decimal128 FILE DIR va_list "
		 "wchar_t __int128",
	.constants = "true false nullptr NULL EOF",
	.comments = { { "//", NULL, COMMENT_CONTINUED }, { "/*", "*/", 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MAYBE, "L u U u8", NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_MAYBE, "L u U u8", NULL, TOKEN_STRING },
	},
};

/* C++: R"delimiter( ... )delimiter" */
static const uint8_t *raw_string(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	const uint8_t *open = to + 1;

	if (to == l->end || *to != '"')
		return NULL;
	while (open < l->end && open - to <= 16 && *open > ' ' && !strchr("()\\\"", *open))
		open++;
	if (open == l->end || *open != '(')
		return NULL;
	return string_raw(l, TOKEN_STRING, from, open + 1, ')',
		str_new((const char *)to + 1, (size_t)(open - to - 1)), '"');
}

const struct lexer lexer_cpp = {
	.id = LEX_CPP,
	.flags = LEXER_CALLS | LEXER_CAPS | LEXER_T_SUFFIX | LEXER_DOT_NUMBERS |
		 LEXER_QUOTED_DIGITS | LEXER_PREPROCESSOR | LEXER_MEMBERS | LEXER_TYPES |
		 LEXER_CALLS_FIRST,
	.keywords = "alignas alignof and and_eq asm auto bitand bitor break case catch "
		    "co_await co_return co_yield compl const const_cast consteval constexpr "
		    "constinit continue decltype default delete do dynamic_cast else "
		    "explicit export extern final for friend goto if import inline module "
		    "mutable namespace new noexcept not not_eq operator or or_eq override "
		    "private protected public register reinterpret_cast requires return "
		    "sizeof static static_assert static_cast switch template this "
		    "thread_local throw try typedef typeid typename using virtual volatile "
		    "while xor xor_eq __attribute__ __restrict",
	.type_definers = "struct union enum class concept",
	.types = "void char char8_t char16_t char32_t wchar_t short int long float double "
		 "signed unsigned bool string string_view vector map set unordered_map "
		 "unordered_set unique_ptr shared_ptr weak_ptr optional variant pair tuple "
		 "array span",
	.constants = "true false nullptr NULL",
	.hooked = "R LR uR UR u8R",
	.comments = { { "//", NULL, COMMENT_CONTINUED }, { "/*", "*/", 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MAYBE, "L u U u8", NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_MAYBE, "L u U u8", NULL, TOKEN_STRING },
	},
	.word = raw_string,
};
