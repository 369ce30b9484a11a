/* C and C++. */
#include "highlight/lexer.h"

const struct lexer lexer_c = {
	.id = LEX_C,
	.flags = LEXER_CALLS | LEXER_CAPS | LEXER_T_SUFFIX | LEXER_DOT_NUMBERS |
		 LEXER_QUOTED_DIGITS | LEXER_PREPROCESSOR | LEXER_MEMBERS,
	.keywords = "auto break case const constexpr continue default do else extern for goto if "
		    "inline register restrict return sizeof static static_assert switch "
		    "thread_local typedef typeof typeof_unqual volatile while alignas alignof "
		    "_Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert _Thread_local "
		    "asm __asm__ __attribute__ __extension__ __inline __inline__ __restrict "
		    "__restrict__ __typeof__ __volatile__ __const __asm",
	.type_definers = "struct union enum",
	.types = "void char short int long float double signed unsigned bool _Bool _Complex "
		 "_Imaginary _BitInt _Decimal32 _Decimal64 _Decimal128 FILE DIR va_list wchar_t "
		 "__int128",
	.constants = "true false nullptr NULL EOF",
	.comments = { { "//", NULL, COMMENT_CONTINUED }, { "/*", "*/", 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MAYBE, "L u U u8", NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_MAYBE, "L u U u8", NULL, TOKEN_STRING },
	},
};
