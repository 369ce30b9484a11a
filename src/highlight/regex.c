#include "highlight/lexer.h"

/* A slash divides after a value and opens a regular expression elsewhere. */
bool regex_allowed(const struct lex *l, const uint8_t *p)
{
	const uint8_t *before = p;

	while (before > l->begin && (is_blank(before[-1]) || before[-1] == '\n'))
		before--;
	if (before == l->begin)
		return true;
	if (before == l->text && l->last == TOKEN_KEYWORD)
		return true;
	if (is_name(before[-1]) || before[-1] == '"' || before[-1] == '\'' || before[-1] == '`')
		return false;
	/* `x++ / 2`; a closing brace at a line's end closed a block. */
	if (before[-1] == '}')
		return before < p && first_on_line(l, p);
	return before[-1] != ')' && before[-1] != ']';
}

const uint8_t *lex_regex(struct lex *l, const uint8_t *p)
{
	bool in_class = false;
	const uint8_t *q;

	if (p < l->no_regex || l->end - p < 2 || p[1] == '*' || p[1] == '/' ||
		!regex_allowed(l, p))
		return NULL;
	for (q = p + 1; q < l->end && *q != '\n'; q++) {
		if (*q == '\\' && l->end - q > 1 && q[1] != '\n') {
			q++;
		} else if (*q == '[') {
			in_class = true;
		} else if (*q == ']') {
			in_class = false;
		} else if (*q == '/' && !in_class) {
			for (q++; q < l->end && is_letter(*q);)
				q++;
			lex_emit(l, TOKEN_STRING, p, q);
			return q;
		}
	}
	l->no_regex = q;
	return NULL;
}
