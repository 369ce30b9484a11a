/* JSON, TOML, INI, Protocol Buffers, GraphQL. */
#include "highlight/lexer.h"

const struct lexer lexer_json = {
	.id = LEX_JSON,
	.flags = LEXER_KEYS | LEXER_DOT_NUMBERS,
	.constants = "true false null NaN Infinity",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_KEYED, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE | STRING_KEYED, NULL, NULL, TOKEN_STRING },
	},
};

/* A key, dotted or not, is a word before the equals sign. */
static const uint8_t *toml_word(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	const uint8_t *next = to;

	while (next < l->end && is_blank(*next))
		next++;
	if (next == l->end || *next != '=')
		return NULL;
	lex_emit(l, TOKEN_TAG, from, to);
	return to;
}

/* [table] and [[array.of.tables]] alone on a line; digits may start a key. */
static const uint8_t *toml_hook(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = p;

	if (!first_on_line(l, p))
		return NULL;
	while (to < l->end && (*to == '[' || *to == ']' || *to == '"' || *to == '\'' ||
				      *to == ' ' || l->t->inner[*to]))
		to++;
	while (to > p && to[-1] == ' ')
		to--;
	if (to - p < 3 || to[-1] != ']' || (to < l->end && !strchr("\r\n #", *to)))
		return NULL;
	lex_emit(l, TOKEN_TYPE, p, to);
	return to;
}

const struct lexer lexer_toml = {
	.id = LEX_TOML,
	.flags = LEXER_WORDS,
	.constants = "true false inf nan",
	.inner = "-.",
	.comments = { { "#", NULL, 0 } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "'''", "'''", STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", 0, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "[",
	.hook = toml_hook,
	.word = toml_word,
};

static void ini_line(struct lex *l, const uint8_t *p, const uint8_t *end)
{
	const uint8_t *mark, *name;

	while (p < end && is_blank(*p))
		p++;
	if (p == end)
		return;
	if (*p == '#' || *p == ';' || *p == '!') {
		lex_emit(l, TOKEN_COMMENT, p, end);
		return;
	}
	if (*p == '[') {
		lex_emit(l, TOKEN_TYPE, p, end);
		return;
	}
	mark = memchr(p, '=', (size_t)(end - p));
	if (!mark)
		mark = memchr(p, ':', (size_t)(end - p));
	if (!mark)
		return;
	for (name = mark; name > p && is_blank(name[-1]);)
		name--;
	lex_emit(l, TOKEN_TAG, p, name);
	for (mark++; mark < end && is_blank(*mark);)
		mark++;
	lex_emit(l, TOKEN_STRING, mark, end);
}

static void run_ini(struct lex *l, const uint8_t *p)
{
	while (p < l->end) {
		const uint8_t *end = line_end(p, l->end);

		ini_line(l, p, end);
		p = end + (end < l->end);
	}
}

const struct lexer lexer_ini = { .id = LEX_INI, .run = run_ini };

const struct lexer lexer_protobuf = {
	.id = LEX_PROTOBUF,
	.flags = LEXER_TYPES,
	.keywords = "edition extend extensions group import max oneof option optional "
		    "package public repeated required reserved returns rpc stream syntax to "
		    "weak map",
	.type_definers = "message enum service",
	.types = "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 "
		 "sfixed32 sfixed64 bool string bytes",
	.constants = "true false",
	.comments = { { "//", NULL, 0 }, { "/*", "*/", 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
	},
};

const struct lexer lexer_graphql = {
	.id = LEX_GRAPHQL,
	.flags = LEXER_TYPES | LEXER_DECORATORS | LEXER_CALLS | LEXER_KEYS,
	.keywords = "directive extend fragment implements mutation on query repeatable "
		    "schema subscription",
	.type_definers = "type interface enum union input scalar",
	.constants = "true false null",
	.sigils = "$",
	.comments = { { "#", NULL, 0 } },
	.strings = {
		{ "\"\"\"", "\"\"\"", STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
	},
};
