#include "highlight/lexer.h"

static enum token rule_kind(const struct string_rule *rule)
{
	return rule->kind ? rule->kind : TOKEN_STRING;
}

static bool is_hex(uint8_t c)
{
	return is_digit(c) || (uint8_t)((c | 32) - 'a') < 6;
}

static const uint8_t *scan_hex(const uint8_t *p, const uint8_t *end, int most)
{
	while (p < end && most-- > 0 && is_hex(*p))
		p++;
	return p;
}

/* Past the escape whose backslash is at p: \n \x41 \u0041 \u{41} \U00000041 \N{DASH} \101. */
static const uint8_t *scan_escape(const uint8_t *p, const uint8_t *end)
{
	const uint8_t *limit;
	uint8_t c;

	if (++p == end)
		return p;
	c = *p++;
	if (c == '\n')
		return p - 1;
	if (p < end && *p == '{' && strchr("uxNo", c)) {
		limit = end - p > 64 ? p + 64 : end;
		for (const uint8_t *q = p; q < limit && *q != '\n' && *q != '"'; q++)
			if (*q == '}')
				return q + 1;
	}
	if (c == 'x')
		return scan_hex(p, end, 2);
	if (c == 'u')
		return scan_hex(p, end, 4);
	if (c == 'U')
		return scan_hex(p, end, 8);
	for (int i = 0; i < 2 && c >= '0' && c <= '7' && p < end && *p >= '0' && *p <= '7'; i++)
		p++;
	while (p < end && (*p & 0xc0) == 0x80 && c >= 0x80)
		p++;
	return p;
}

const uint8_t *scan_variable(const struct lex *l, const uint8_t *p)
{
	const uint8_t *q = p + 1, *limit;
	int level = 0;

	if (q == l->end)
		return p;
	if (is_name(*q) && !is_digit(*q)) {
		while (q < l->end && is_name(*q))
			q++;
		return q;
	}
	if (is_digit(*q)) {
		while (q < l->end && is_digit(*q))
			q++;
		return q;
	}
	if (*q != '{')
		return l->t->row->marks && *q != '\0' && strchr(l->t->row->marks, *q) ? q + 1
										      : p;
	limit = l->end - q > 256 ? q + 256 : l->end;
	for (const uint8_t *r = q; r < limit && *r != '\n'; r++) {
		level += (*r == '{') - (*r == '}');
		if (level == 0)
			return r + 1;
	}
	return p + 2;
}

/* The opening of code inside a string at p: its length, or 0. */
static size_t interpolation_at(
	const struct string_rule *rule, const uint8_t *p, const uint8_t *end)
{
	for (const char *open = rule->interp; open && *open != '\0';) {
		size_t length = strcspn(open, " "), i = 0;

		while (i < length && p + i < end && p[i] == (uint8_t)open[i])
			i++;
		if (i == length)
			return length;
		open += length + (open[length] == ' ');
	}
	return 0;
}

static bool blank_line_start(const struct lex *l, const uint8_t **p)
{
	while (*p < l->end && is_blank(**p))
		(*p)++;
	return *p < l->end;
}

/* The byte after the delimiter, when the line at p is the last of a heredoc. */
static const uint8_t *heredoc_close(
	const struct lex *l, const struct frame *f, const uint8_t *p)
{
	if (f->rule->flags & STRING_INDENT && !blank_line_start(l, &p))
		return NULL;
	if ((size_t)(l->end - p) < f->close.len || memcmp(p, f->close.ptr, f->close.len) != 0)
		return NULL;
	p += f->close.len;
	if (p < l->end && *p == '\r' && l->end - p > 1 && p[1] == '\n')
		return p;
	if (f->rule->flags & STRING_MARK)
		return p == l->end || !is_name(*p) ? p : NULL;
	return p == l->end || *p == '\n' ? p : NULL;
}

/* The byte after the closing mark at p, or null when it is none (yet). */
static const uint8_t *string_close(const struct lex *l, struct frame *f, const uint8_t *p)
{
	if (f->rule->flags & STRING_HEREDOC)
		return *p == '\n' ? heredoc_close(l, f, p + 1) : NULL;
	if (!(f->rule->flags & STRING_DYNAMIC)) {
		if (!bytes_start(p, l->end, f->rule->close))
			return NULL;
		return p + strlen(f->rule->close);
	}
	if (f->nest && *p == f->nest)
		f->level++;
	if (*p != (uint8_t)f->close.ptr[0] || f->level-- > 0)
		return NULL;
	return p + 1;
}

static bool must_look(const struct frame *f, uint8_t c)
{
	return f->rule->flags & STRING_DYNAMIC &&
	       (c == (uint8_t)f->close.ptr[0] || (f->nest && c == f->nest));
}

static const uint8_t *next_stop(const struct lex *l, const struct frame *f, const uint8_t *p)
{
	uint32_t bit = 1u << (f->rule - l->t->row->strings);

	if (!(f->rule->flags & STRING_DYNAMIC)) {
		while (p < l->end && !(l->t->stop[*p] & bit))
			p++;
		return p;
	}
	while (p < l->end && !(l->t->stop[*p] & bit) && !must_look(f, *p))
		p++;
	return p;
}

/* The byte after something at p that has a colour of its own, else null. */
static const uint8_t *scan_special(
	const struct lex *l, unsigned flags, const uint8_t *p, enum token *kind)
{
	const uint8_t *to;

	*kind = TOKEN_ESCAPE;
	if (*p == '\\' && flags & STRING_ESCAPE)
		return scan_escape(p, l->end);
	if ((*p == '{' || *p == '}') && flags & STRING_BRACES && l->end - p > 1 && p[1] == *p)
		return p + 2;
	if (*p == '`' && flags & STRING_BACKTICK && l->end - p > 1 && p[1] < 0x80)
		return p + 2;
	if (!(*p == '$' && flags & STRING_VARS) && !(*p == '@' && flags & STRING_ATS))
		return NULL;
	*kind = TOKEN_VARIABLE;
	to = scan_variable(l, p);
	return to > p ? to : NULL;
}

/* Is the byte at p, inside an open string, one of its closing mark's that ends it? */
static const uint8_t *string_end(const struct lex *l, struct frame *f, const uint8_t *p)
{
	if (*p == '\\' && f->rule->flags & (STRING_ESCAPE | STRING_SKIP))
		return NULL;
	return string_close(l, f, p);
}

/* The code inside a string comes first; the string waits in a frame. */
static const uint8_t *enter_code(struct lex *l, struct frame *f, const uint8_t *p, size_t open)
{
	/* The dollar of PHP's "{$x}" belongs to the code. */
	if (open > 1 && p[open - 1] == '$')
		open--;
	lex_emit(l, TOKEN_ESCAPE, p, p + open);
	f->closer = closing_bracket(p[open - 1]);
	f->brackets = 0;
	f->format = false;
	l->frames[l->depth++] = *f;
	return p + open;
}

static size_t code_at(const struct lex *l, const struct frame *f, const uint8_t *p)
{
	if (!f->rule->interp || l->depth == MAX_FRAMES)
		return 0;
	if (f->rule->flags & STRING_BRACES && l->end - p > 1 && p[1] == *p)
		return 0;
	return interpolation_at(f->rule, p, l->end);
}

/* A backslash that means itself, or one that continues a line: the byte to go on from. */
static const uint8_t *skip_backslash(
	const struct lex *l, const struct frame *f, const uint8_t *p)
{
	if (*p != '\\' || l->end - p < 2)
		return NULL;
	if (f->rule->flags & STRING_SKIP && p[1] != '\n')
		return p + 2;
	if (f->rule->flags & STRING_ESCAPE && p[1] == '\n' &&
		!(f->rule->flags & STRING_HEREDOC))
		return p + 2;
	return NULL;
}

static const uint8_t *string_body(
	struct lex *l, struct frame *f, const uint8_t *from, const uint8_t *p)
{
	enum token kind = rule_kind(f->rule), special;
	const uint8_t *to;
	size_t open;

	while ((p = next_stop(l, f, p)) < l->end) {
		if ((open = code_at(l, f, p)) > 0) {
			lex_emit(l, kind, from, p);
			return enter_code(l, f, p, open);
		}
		if ((to = string_end(l, f, p))) {
			if (!(f->rule->flags & STRING_DOUBLED && to < l->end && *to == *p)) {
				lex_emit(l, kind, from, to);
				return to;
			}
			lex_emit(l, kind, from, p);
			lex_emit(l, TOKEN_ESCAPE, p, to + 1);
			from = p = to + 1;
		} else if (*p == '\n' && !(f->rule->flags & STRING_MULTI)) {
			lex_emit(l, kind, from, p);
			return p;
		} else if ((to = skip_backslash(l, f, p))) {
			p = to;
		} else if ((to = scan_special(l, f->rule->flags, p, &special))) {
			lex_emit(l, kind, from, p);
			lex_emit(l, special, p, to);
			from = p = to;
		} else {
			p++;
		}
	}
	lex_emit(l, kind, from, l->end);
	return l->end;
}

/* Does a string that started with its quote before p name a member? "x": */
static bool is_key(const struct lex *l, const uint8_t *p, uint8_t close)
{
	for (; p < l->end && *p != close && *p != '\n'; p++)
		if (*p == '\\' && l->end - p > 1)
			p++;
	if (p >= l->end || *p != close)
		return false;
	for (p++; p < l->end && (is_blank(*p) || *p == '\n' || *p == '\r');)
		p++;
	return p < l->end && *p == ':';
}

const uint8_t *string_start(
	struct lex *l, const struct frame *f, const uint8_t *from, const uint8_t *p)
{
	struct frame open = *f;

	if (f->rule->flags & STRING_KEYED && is_key(l, p, (uint8_t)f->rule->close[0])) {
		while (p < l->end && *p != (uint8_t)f->rule->close[0])
			p += *p == '\\' && l->end - p > 1 ? 2 : 1;
		lex_emit(l, TOKEN_TAG, from, p + 1);
		return p + 1;
	}
	return string_body(l, &open, from, p);
}

const uint8_t *string_resume(struct lex *l, const uint8_t *p)
{
	struct frame f = l->frames[--l->depth];

	lex_emit(l, TOKEN_ESCAPE, p, p + 1);
	return string_body(l, &f, p + 1, p + 1);
}

const uint8_t *string_format(struct lex *l, const uint8_t *p)
{
	const uint8_t *from = p;

	while (p < l->end && !strchr("{}\"'\n", *p))
		p++;
	lex_emit(l, TOKEN_STRING, from, p);
	return p;
}

static bool middle_at(const uint8_t *p, const uint8_t *end, str middle, uint8_t last)
{
	if ((size_t)(end - p) < middle.len + (last != 0))
		return false;
	if (middle.len > 0 && memcmp(p, middle.ptr, middle.len) != 0)
		return false;
	return last == 0 || p[middle.len] == last;
}

const uint8_t *string_raw(struct lex *l, enum token kind, const uint8_t *from, const uint8_t *p,
	uint8_t first, str middle, uint8_t last)
{
	const uint8_t *to = l->end;

	while (p < l->end && (p = memchr(p, first, (size_t)(l->end - p)))) {
		p++;
		if (middle_at(p, l->end, middle, last)) {
			to = p + middle.len + (last != 0);
			break;
		}
	}
	lex_emit(l, kind, from, to);
	return to;
}

uint8_t closing_bracket(uint8_t open)
{
	switch (open) {
	case '(':
		return ')';
	case '[':
		return ']';
	case '{':
		return '}';
	case '<':
		return '>';
	default:
		return open;
	}
}

/* One-byte closing marks as text that outlives every frame. */
static str mark_str(uint8_t c)
{
	static const char marks[] = ")]}>!\"#$%&'*+,-./:;=?@\\^_`|~";
	const char *at = c ? strchr(marks, c) : NULL;

	return at ? str_new(at, 1) : STR("");
}

const uint8_t *string_delimited(
	struct lex *l, const struct string_rule *rule, const uint8_t *from, const uint8_t *open)
{
	uint8_t close = closing_bracket(*open);
	struct frame f = { .rule = rule, .close = mark_str(close) };

	if (f.close.len == 0)
		return NULL;
	f.nest = close != *open ? *open : 0;
	return string_start(l, &f, from, open + 1);
}

const uint8_t *scan_delimited(const struct lex *l, const uint8_t *open)
{
	uint8_t close = closing_bracket(*open);
	int level = 0;

	for (const uint8_t *p = open + 1; p < l->end; p++) {
		if (*p == '\\' && l->end - p > 1)
			p++;
		else if (*p == close && level-- == 0)
			return p + 1;
		else if (*p == *open && close != *open)
			level++;
	}
	return l->end;
}

void heredoc_add(struct lex *l, const struct string_rule *rule, str close)
{
	if (l->heredoc_count < MAX_HEREDOCS && close.len > 0)
		l->heredocs[l->heredoc_count++] = (struct heredoc){ rule, close };
}

const uint8_t *heredoc_body(struct lex *l, const uint8_t *p)
{
	struct frame f = { .rule = l->heredocs[0].rule, .close = l->heredocs[0].close };
	const uint8_t *to = heredoc_close(l, &f, p);

	l->heredoc_count--;
	memmove(l->heredocs, l->heredocs + 1,
		(size_t)l->heredoc_count * sizeof(l->heredocs[0]));
	if (to) {
		lex_emit(l, rule_kind(f.rule), p, to);
		return to;
	}
	return string_body(l, &f, p, p);
}
