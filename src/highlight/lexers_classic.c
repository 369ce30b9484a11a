/* SQL, Fortran, Pascal, Ada: words without case. */
#include "highlight/lexer.h"

/* PostgreSQL: $$ ... $$ and $body$ ... $body$ */
static const uint8_t *sql_dollar(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = p + 1;

	while (to < l->end && to - p < 64 && is_name(*to) && !(to == p + 1 && is_digit(*to)))
		to++;
	if (to == l->end || *to != '$') {
		to = p + 1;
		while (to < l->end && is_digit(*to))
			to++;
		lex_emit(l, TOKEN_VARIABLE, p, to > p + 1 ? to : p);
		return to;
	}
	return string_raw(l, TOKEN_STRING, p, to + 1, '$',
		str_new((const char *)p + 1, (size_t)(to - p - 1)), '$');
}

const struct lexer lexer_sql = {
	.id = LEX_SQL,
	.flags = LEXER_CALLS | LEXER_NOCASE | LEXER_DOT_NUMBERS,
	.keywords = "add after all alter analyze and any as asc before begin between by call "
		    "cascade case cast check collate column commit concurrently conflict "
		    "constraint create cross cube current current_date current_time "
		    "current_timestamp cursor database declare default deferrable delete "
		    "desc distinct do drop each else elsif end escape except execute exists "
		    "explain extension fetch filter first following for foreign from full "
		    "function generated grant group grouping having identity if ilike in "
		    "index inner insert instead intersect into is isolation join key "
		    "language last lateral left level like limit materialized merge natural "
		    "new no not nothing nulls of offset old on only or order outer over "
		    "partition pragma preceding primary procedure range recursive references "
		    "release rename replace restrict return returning returns revoke right "
		    "role rollback rollup row rows savepoint schema select sequence "
		    "serializable set show similar some start table temp temporary then to "
		    "transaction trigger truncate unbounded union unique update use using "
		    "vacuum values view when where while window with within without",
	.types = "bigint bigserial binary bit blob bool boolean bytea char character clob "
		 "date datetime decimal double float inet int int2 int4 int8 integer "
		 "interval json jsonb mediumint money nchar numeric nvarchar precision real "
		 "serial smallint text time timestamp timestamptz tinyint uuid varbinary "
		 "varchar varying xml",
	.constants = "true false null unknown",
	.comments = { { "--", NULL, 0 }, { "/*", "*/", COMMENT_NESTED } },
	.strings = {
		{ "'", "'", STRING_DOUBLED | STRING_MULTI | STRING_MAYBE, "N n X x B b U u", NULL,
			TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_DOUBLED | STRING_MULTI, "E e", NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_DOUBLED, NULL, NULL, TOKEN_VARIABLE },
		{ "`", "`", 0, NULL, NULL, TOKEN_VARIABLE },
	},
	.hooks = "$",
	.hook = sql_dollar,
};

const struct lexer lexer_fortran = {
	.id = LEX_FORTRAN,
	.flags = LEXER_CALLS | LEXER_NOCASE | LEXER_DOT_NUMBERS,
	.keywords = "allocatable allocate associate call case class close common contains "
		    "continue cycle data deallocate default dimension do elemental else "
		    "elseif elsewhere end enddo endif entry exit external extends forall "
		    "format go goto if implicit import in include inout inquire intent "
		    "interface intrinsic kind nullify only open optional out parameter pause "
		    "pointer print private procedure public pure read recursive result "
		    "return save select stop target then to use value where while write "
		    "block concurrent error",
	.definers = "subroutine function program module submodule",
	.types = "integer real double precision complex logical character type",
	.comments = { { "!", NULL, 0 } },
	.strings = {
		{ "\"", "\"", STRING_DOUBLED, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_DOUBLED, NULL, NULL, TOKEN_STRING },
	},
};

const struct lexer lexer_pascal = {
	.id = LEX_PASCAL,
	.flags = LEXER_CALLS | LEXER_NOCASE,
	.keywords = "and array as asm begin case class const constructor destructor div do "
		    "downto else end except exports file finalization finally for goto if "
		    "implementation in inherited initialization inline interface is label "
		    "mod not object of on or out override packed private property protected "
		    "public published raise record repeat set shl shr then threadvar to try "
		    "type until uses var virtual while with xor",
	.definers = "function procedure program unit library",
	.types = "integer int64 cardinal word byte shortint smallint longint longword "
		 "boolean char string ansistring widestring real single double extended "
		 "currency pointer pchar",
	.constants = "true false nil",
	.functions = "writeln write readln read inc dec length setlength new dispose",
	.comments = { { "{$", "}", COMMENT_PRAGMA }, { "{", "}", 0 }, { "(*", "*)", 0 },
		{ "//", NULL, 0 } },
	.strings = { { "'", "'", STRING_DOUBLED, NULL, NULL, TOKEN_STRING } },
};

const struct lexer lexer_ada = {
	.id = LEX_ADA,
	.flags = LEXER_CALLS | LEXER_NOCASE,
	.keywords = "abort abs abstract accept access aliased all and array at begin body "
		    "case constant declare delay delta digits do else elsif end entry "
		    "exception exit for generic goto if in interface is limited loop mod new "
		    "not of or others out overriding pragma private protected raise range "
		    "record rem renames requeue return reverse select separate some "
		    "synchronized tagged task terminate then until use when while with xor",
	.definers = "function procedure package",
	.type_definers = "type subtype",
	.types = "integer natural positive float boolean character string duration "
		 "long_integer long_float",
	.constants = "true false null",
	.comments = { { "--", NULL, 0 } },
	.strings = {
		{ "\"", "\"", STRING_DOUBLED, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_CHAR, NULL, NULL, TOKEN_STRING },
	},
};
