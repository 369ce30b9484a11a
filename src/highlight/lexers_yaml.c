/* YAML, line by line; quoted and block scalars go over lines. */
#include "highlight/lexer.h"

static const uint8_t *skip_spaces(const uint8_t *p, const uint8_t *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

/* Past a quoted scalar, with its escapes. */
static const uint8_t *lex_quoted(struct lex *l, const uint8_t *p)
{
	struct frame f = { .rule = &l->t->row->strings[*p == '\''] };

	return string_start(l, &f, p, p + 1);
}

/* The colon that ends a plain or quoted key at p, or null. */
static const uint8_t *key_end(const uint8_t *p, const uint8_t *end, bool flow)
{
	if (p < end && (*p == '"' || *p == '\'')) {
		uint8_t quote = *p++;

		while (p < end && *p != quote)
			p += *p == '\\' && quote == '"' && end - p > 1 ? 2 : 1;
		p = p < end ? skip_spaces(p + 1, end) : end;
		return p < end && *p == ':' ? p : NULL;
	}
	if (p == end || strchr("#[]{},&*!|>%@`", *p) ||
		(*p == '-' && end - p > 1 && is_blank(p[1])))
		return NULL;
	for (; p < end; p++) {
		if (*p == ':' && (end - p == 1 || is_blank(p[1]) || p[1] == '\r'))
			return p;
		if ((*p == '#' && is_blank(p[-1])) || (flow && strchr(",[]{}", *p)))
			return NULL;
	}
	return NULL;
}

static bool is_number(const uint8_t *p, const uint8_t *end)
{
	bool digits = false;

	if (p < end && (*p == '-' || *p == '+'))
		p++;
	if (p == end || !(is_digit(*p) || *p == '.'))
		return false;
	for (; p < end; p++) {
		digits |= is_digit(*p);
		if (!is_digit(*p) && !strchr("._xoabcdefABCDEF+-", *p))
			return false;
	}
	return digits;
}

static bool is_constant(const uint8_t *p, const uint8_t *end)
{
	static const char *const words[] = { "true", "false", "null", "~", "True", "False",
		"Null", "TRUE", "FALSE", "NULL" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (word_is(p, end, words[i]))
			return true;
	return false;
}

/* A plain scalar up to `end`, or to a comma or bracket in a flow collection. */
static const uint8_t *lex_plain(struct lex *l, const uint8_t *p, const uint8_t *end, bool flow)
{
	const uint8_t *to = p, *last;

	while (to < end && !(*to == '#' && to > p && is_blank(to[-1])) &&
		!(flow && *to != '\0' && strchr(",[]{}", *to)))
		to++;
	for (last = to; last > p && (is_blank(last[-1]) || last[-1] == '\r');)
		last--;
	if (is_number(p, last))
		lex_emit(l, TOKEN_NUMBER, p, last);
	else if (is_constant(p, last))
		lex_emit(l, TOKEN_CONSTANT, p, last);
	return to > p ? to : p + 1;
}

/* & * ! before a value. */
static const uint8_t *lex_property(struct lex *l, const uint8_t *p, const uint8_t *end)
{
	const uint8_t *to = p + 1;

	while (to < end && !is_blank(*to) && *to != ',' && *to != ']' && *to != '}')
		to++;
	lex_emit(l, *p == '!' ? TOKEN_TYPE : TOKEN_VARIABLE, p, to);
	return to;
}

/* How deep flow collections are nested, and whether a block scalar follows this line. */
struct yaml {
	int flow;
	bool block;
};

/* What stands at p in a line; returns where to go on, perhaps on a later line. */
static const uint8_t *lex_item(
	struct lex *l, struct yaml *y, const uint8_t *p, const uint8_t *end)
{
	const uint8_t *colon;

	if (*p == '#' && (p == l->begin || is_blank(p[-1]) || p[-1] == '\n')) {
		lex_emit(l, TOKEN_COMMENT, p, end);
		return end;
	}
	if ((*p == '-' || *p == '?' || *p == ':') && (end - p == 1 || is_blank(p[1])))
		return p + 1;
	if (*p == '[' || *p == '{' || *p == ']' || *p == '}' || *p == ',') {
		y->flow += (*p == '[' || *p == '{') - (y->flow > 0 && (*p == ']' || *p == '}'));
		return p + 1;
	}
	colon = key_end(p, end, y->flow > 0);
	if (colon) {
		lex_emit(l, TOKEN_TAG, p, colon);
		return colon + 1;
	}
	if (*p == '&' || *p == '*' || *p == '!')
		return lex_property(l, p, end);
	if (*p == '"' || *p == '\'')
		return lex_quoted(l, p);
	if ((*p == '|' || *p == '>') && y->flow == 0) {
		y->block = true;
		lex_emit(l, TOKEN_KEYWORD, p, p + 1);
		return p + 1;
	}
	return lex_plain(l, p, end, y->flow > 0);
}

static size_t indent_of(const uint8_t *line, const uint8_t *end)
{
	const uint8_t *p = line;

	while (p < end && *p == ' ')
		p++;
	return (size_t)(p - line);
}

/* The lines of a block scalar: those further in than `indent`, and empty ones. */
static const uint8_t *lex_block(struct lex *l, const uint8_t *p, size_t indent)
{
	const uint8_t *from = p, *last = p;

	while (p < l->end) {
		const uint8_t *end = line_end(p, l->end);
		bool empty = skip_spaces(p, end) == end;

		if (!empty && indent_of(p, end) <= indent)
			break;
		p = end + (end < l->end);
		if (!empty)
			last = end;
	}
	lex_emit(l, TOKEN_STRING, from, last);
	return p;
}

/* A key inside a sequence item counts from its dash. */
static size_t parent_indent(const uint8_t *line, const uint8_t *end)
{
	size_t indent = indent_of(line, end);

	if (line + indent < end && line[indent] == '-' &&
		memchr(line, ':', (size_t)(end - line)))
		return indent + 1;
	return indent;
}

static void run_yaml(struct lex *l, const uint8_t *p)
{
	struct yaml y = { 0 };

	while (p < l->end) {
		const uint8_t *line = p, *end = line_end(p, l->end);

		if (bytes_start(p, end, "---") || bytes_start(p, end, "...") || *p == '%') {
			lex_emit(l, TOKEN_PREPROCESSOR, p, *p == '%' ? end : p + 3);
			p = *p == '%' ? end : p + 3;
		}
		y.block = false;
		while ((p = skip_spaces(p, end)) < end) {
			p = lex_item(l, &y, p, end);
			if (p > end) /* a quoted scalar went over lines */
				end = line_end(p, l->end);
		}
		p = end + (end < l->end);
		if (y.block)
			p = lex_block(l, p, parent_indent(line, end));
	}
}

const struct lexer lexer_yaml = {
	.id = LEX_YAML,
	.strings = {
		{ "\"", "\"", STRING_ESCAPE | STRING_MULTI, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_DOUBLED | STRING_MULTI, NULL, NULL, TOKEN_STRING },
	},
	.run = run_yaml,
};
