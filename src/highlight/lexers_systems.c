/* Go, Rust, Zig and other languages that compile to machine code. */
#include "highlight/lexer.h"

const struct lexer lexer_go = {
	.id = LEX_GO,
	.flags = LEXER_CALLS | LEXER_DOT_NUMBERS | LEXER_MEMBERS,
	.keywords = "break case chan const continue default defer else fallthrough for go goto if "
		    "import interface map package range return select struct switch var",
	.definers = "func",
	.type_definers = "type",
	.types = "any bool byte comparable complex64 complex128 error float32 float64 int int8 "
		 "int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr",
	.constants = "true false nil iota",
	.functions = "append cap clear close complex copy delete imag len make max min new panic "
		     "print println real recover",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "`", "`", STRING_MULTI, NULL, NULL, TOKEN_STRING },
	},
};
