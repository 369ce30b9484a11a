/* Where comments and strings open, by the rules of a row. */
#include "highlight/lexer.h"

/* Comments */

static const uint8_t *comment_line_end(const struct lex *l, const uint8_t *p, bool continued)
{
	const uint8_t *end = line_end(p, l->end);

	while (continued && end < l->end && end > p && end[-1] == '\\')
		end = line_end(end + 1, l->end);
	return end;
}

static const uint8_t *find_close(const uint8_t *p, const uint8_t *end, const char *close)
{
	while (p < end && (p = memchr(p, close[0], (size_t)(end - p)))) {
		if (bytes_start(p, end, close))
			return p + strlen(close);
		p++;
	}
	return end;
}

static const uint8_t *find_nested_close(
	const uint8_t *p, const uint8_t *end, const struct comment_rule *rule)
{
	size_t open = strlen(rule->open), close = strlen(rule->close);

	for (size_t level = 1; p < end;) {
		if (*p == (uint8_t)rule->close[0] && bytes_start(p, end, rule->close)) {
			p += close;
			if (--level == 0)
				return p;
		} else if (*p == (uint8_t)rule->open[0] && bytes_start(p, end, rule->open)) {
			p += open;
			level++;
		} else {
			p++;
		}
	}
	return end;
}

static const uint8_t *lex_comment(
	struct lex *l, const uint8_t *p, const struct comment_rule *rule)
{
	const uint8_t *to = p + strlen(rule->open);

	if (!bytes_start(p, l->end, rule->open))
		return NULL;
	if (rule->flags & COMMENT_LINESTART && p > l->begin && p[-1] != '\n')
		return NULL;
	if (rule->flags & COMMENT_SPACED && p > l->begin && !strchr(" \t\r\n;|&(){}", p[-1]))
		return NULL;
	if (!rule->close)
		to = comment_line_end(l, to, rule->flags & COMMENT_CONTINUED);
	else if (rule->flags & COMMENT_NESTED)
		to = find_nested_close(to, l->end, rule);
	else
		to = find_close(to, l->end, rule->close);
	lex_emit(l, rule->flags & COMMENT_PRAGMA ? TOKEN_PREPROCESSOR : TOKEN_COMMENT, p, to);
	return to;
}

/* Strings: their openings. What is inside is the matter of strings.c. */

/* The byte after 'x' or '\n' when p stands behind its opening quote, else null. */
static const uint8_t *scan_char(const struct lex *l, const uint8_t *p, uint8_t close)
{
	const uint8_t *limit = l->end - p > 14 ? p + 14 : l->end;

	if (p == l->end || *p == close || *p == '\n')
		return NULL;
	if (*p == '\\') {
		for (p += 2; p < limit && *p != '\n'; p++)
			if (*p == close)
				return p + 1;
		return NULL;
	}
	for (p++; p < limit && (*p & 0xc0) == 0x80;)
		p++;
	return p < limit && *p == close ? p + 1 : NULL;
}

static const uint8_t *lex_string(
	struct lex *l, const uint8_t *from, const uint8_t *p, const struct string_rule *rule)
{
	struct frame f = { .rule = rule };
	const uint8_t *body = p + strlen(rule->open);

	if (!bytes_start(p, l->end, rule->open))
		return NULL;
	if (rule->flags & STRING_CHAR && !scan_char(l, body, (uint8_t)rule->close[0]))
		return NULL;
	return string_start(l, &f, from, body);
}

const uint8_t *lex_rules(struct lex *l, const uint8_t *p)
{
	const struct lexer *row = l->t->row;

	for (uint32_t bits = l->t->rules[*p]; bits != 0; bits &= bits - 1) {
		int n = __builtin_ctz(bits);
		const uint8_t *to = NULL;

		if (n < 8)
			to = lex_comment(l, p, &row->comments[n]);
		else if (!row->strings[n - 8].prefix ||
			 row->strings[n - 8].flags & STRING_MAYBE)
			to = lex_string(l, p, p, &row->strings[n - 8]);
		if (to)
			return to;
	}
	return NULL;
}

static bool list_has(const char *list, const uint8_t *word, size_t length)
{
	while (*list != '\0') {
		size_t n = strcspn(list, " ");

		if (n == length && memcmp(list, word, n) == 0)
			return true;
		list += n + (list[n] == ' ');
	}
	return false;
}

const uint8_t *lex_prefixed(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	for (uint32_t bits = l->t->rules[*to] >> 8; bits != 0; bits &= bits - 1) {
		const struct string_rule *rule = &l->t->row->strings[__builtin_ctz(bits)];
		const uint8_t *end = NULL;

		if (rule->prefix && list_has(rule->prefix, from, (size_t)(to - from)))
			end = lex_string(l, from, to, rule);
		if (end)
			return end;
	}
	return NULL;
}
