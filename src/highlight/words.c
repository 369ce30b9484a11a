/* Numbers, words, and what a word is by its list, its shape and its neighbours. */
#include "highlight/lexer.h"

/* Numbers */

static bool is_exponent(const uint8_t *p, bool hex)
{
	return hex ? (p[-1] | 32) == 'p' : (p[-1] | 32) == 'e' && p[-2] != '_';
}

/* May the dot at p, behind digits, belong to the number? */
static bool is_fraction(const struct tables *t, const uint8_t *p, const uint8_t *end)
{
	if (p + 1 < end && is_digit(p[1]))
		return true;
	if (!(t->row->flags & LEXER_DOT_NUMBERS))
		return false;
	if (p + 2 < end && (p[1] | 32) == 'e')
		return is_digit(p[2]) || p[2] == '-' || p[2] == '+';
	return p + 1 == end || (p[1] != '.' && !is_name(p[1])) || (p[1] | 32) == 'j' ||
	       (p[1] | 32) == 'f';
}

const uint8_t *scan_number(const struct tables *t, const uint8_t *p, const uint8_t *end)
{
	bool hex = *p == '0' && end - p > 2 && (p[1] | 32) == 'x';
	bool dot = *p == '.';

	for (p++; p < end; p++) {
		if (is_digit(*p) || is_letter(*p) || *p == '_')
			continue;
		if (*p == '.' && !dot &&
			(is_fraction(t, p, end) || (hex && end - p > 1 && is_letter(p[1]))))
			dot = true;
		else if ((*p == '-' || *p == '+') && is_exponent(p, hex) && end - p > 1 &&
			 is_digit(p[1]))
			continue;
		else if (*p == '\'' && t->row->flags & LEXER_QUOTED_DIGITS && end - p > 1 &&
			 (is_digit(p[1]) || is_letter(p[1])))
			continue;
		else
			break;
	}
	return p;
}

/* Words */

static const uint8_t *word_end(const struct lex *l, const uint8_t *p)
{
	p = scan_word(l, p + 1);
	if (l->t->row->flags & LEXER_TAIL && p < l->end && (*p == '?' || *p == '!') &&
		!(l->end - p > 1 && p[1] == '=' &&
			!(l->end - p > 2 && (p[2] == '=' || p[2] == '~'))))
		p++;
	return p;
}

static bool is_caps(const uint8_t *p, const uint8_t *to)
{
	if (to - p < 2)
		return false;
	while (p < to && (is_upper(*p) || is_digit(*p) || *p == '_'))
		p++;
	return p == to;
}

static bool is_member(const struct lex *l, const uint8_t *p)
{
	return p > l->begin && p[-1] == '.' && !(p - l->begin > 1 && p[-2] == '.');
}

static bool follows_new(const struct lex *l, const uint8_t *p)
{
	return p - l->begin > 4 && memcmp(p - 4, "new ", 4) == 0;
}

/* What an unlisted word is, by its shape and what stands around it. */
static enum token name_kind(const struct lex *l, const uint8_t *from, const uint8_t *to)
{
	unsigned flags = l->t->row->flags;
	bool call = to < l->end && *to == '(' && flags & LEXER_CALLS;

	if (is_upper(*from)) {
		if (call && (flags & LEXER_CALLS_FIRST || !(flags & LEXER_TYPES)))
			return follows_new(l, from) ? TOKEN_TYPE : TOKEN_FUNCTION;
		if (flags & LEXER_CAPS && is_caps(from, to))
			return call ? TOKEN_FUNCTION : TOKEN_CONSTANT;
		if (flags & LEXER_TYPES)
			return TOKEN_TYPE;
	}
	if (call)
		return TOKEN_FUNCTION;
	if (flags & LEXER_KEYS && l->end - to > 1 && *to == ':' &&
		(is_blank(to[1]) || to[1] == '\n'))
		return TOKEN_TAG;
	if (flags & LEXER_LISP && from > l->begin && from[-1] == '(')
		return TOKEN_FUNCTION;
	if (flags & LEXER_T_SUFFIX && to - from > 2 && to[-1] == 't' && to[-2] == '_')
		return TOKEN_TYPE;
	if (flags & LEXER_COLUMN1 && (from == l->begin || from[-1] == '\n'))
		return TOKEN_FUNCTION;
	return TOKEN_TEXT;
}

/* The name behind `def` or `class`: a.b.name. */
const uint8_t *lex_defined(struct lex *l, const uint8_t *p, enum token kind)
{
	while (p < l->end && is_blank(*p))
		p++;
	while (p < l->end && l->t->kind[*p] == BYTE_WORD) {
		const uint8_t *to = word_end(l, p);
		int listed = word_kind(l->t, p, (size_t)(to - p));
		bool more = l->end - to > 1 && *to == '.' && l->t->kind[to[1]] == BYTE_WORD;

		if (listed >= TOKEN_COUNT || (listed == TOKEN_KEYWORD && !more))
			return p;
		if (!more && kind == TOKEN_TYPE && to < l->end && (*to == '"' || *to == '\''))
			return p;
		if (!more)
			lex_emit(l, listed == TOKEN_TYPE ? TOKEN_TYPE : kind, p, to);
		else if (listed != TOKEN_TEXT)
			lex_emit(l, (enum token)listed, p, to);
		if (!more)
			return to;
		p = to + 1;
	}
	return p;
}

const uint8_t *lex_contextual(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	const uint8_t *next = to;

	while (next < l->end && is_blank(*next))
		next++;
	if (next == to || next == l->end || !(is_name(*next) || strchr("\"'`[{", *next)))
		return NULL;
	lex_emit(l, TOKEN_KEYWORD, from, to);
	return word_is(from, to, "type") ? lex_defined(l, to, TOKEN_TYPE) : to;
}

static const uint8_t *lex_name(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	enum token kind = name_kind(l, from, to);

	if (l->t->row->flags & LEXER_BANG && l->end - to > 1 && *to == '!' &&
		(to[1] == '(' || to[1] == '[' || to[1] == '{')) {
		lex_emit(l, TOKEN_FUNCTION, from, to + 1);
		return to + 1;
	}
	if (kind != TOKEN_TEXT)
		lex_emit(l, kind, from, to);
	return to;
}

const uint8_t *lex_word(struct lex *l, const uint8_t *from)
{
	const uint8_t *to = word_end(l, from), *next;
	int kind = word_kind(l->t, from, (size_t)(to - from));

	if (to < l->end && l->t->rules[*to] >> 8 && to - from < 8 &&
		(next = lex_prefixed(l, from, to)))
		return next;
	if (l->t->row->flags & LEXER_WORDS && (next = l->t->row->word(l, from, to)))
		return next;
	if (kind == TOKEN_TEXT)
		return lex_name(l, from, to);
	if (is_member(l, from) && (l->t->row->flags & LEXER_MEMBERS ||
					  (kind >= TOKEN_TYPE && kind < TOKEN_COUNT)))
		return lex_name(l, from, to);
	if (kind == WORD_HOOKED) {
		next = l->t->row->word(l, from, to);
		return next ? next : lex_name(l, from, to);
	}
	if (kind == WORD_DEFINER || kind == WORD_TYPE_DEFINER) {
		lex_emit(l, TOKEN_KEYWORD, from, to);
		return lex_defined(l, to, kind == WORD_DEFINER ? TOKEN_FUNCTION : TOKEN_TYPE);
	}
	lex_emit(l, (enum token)kind, from, to);
	return to;
}
