#include "highlight/lexer.h"

#include <assert.h>

const uint8_t *line_end(const uint8_t *p, const uint8_t *end)
{
	const uint8_t *newline = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;

	return newline ? newline : end;
}

bool first_on_line(const struct lex *l, const uint8_t *p)
{
	while (p > l->begin && is_blank(p[-1]))
		p--;
	return p == l->begin || p[-1] == '\n';
}

uint8_t byte_before(const struct lex *l, const uint8_t *p)
{
	while (p > l->begin && is_blank(p[-1]))
		p--;
	return p > l->begin ? p[-1] : 0;
}

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

static const uint8_t *find_nested_close(const uint8_t *p, const uint8_t *end,
	const struct comment_rule *rule)
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

static const uint8_t *lex_comment(struct lex *l, const uint8_t *p, const struct comment_rule *rule)
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

static const uint8_t *lex_string(struct lex *l, const uint8_t *from, const uint8_t *p,
	const struct string_rule *rule)
{
	struct frame f = { .rule = rule };
	const uint8_t *body = p + strlen(rule->open);

	if (!bytes_start(p, l->end, rule->open))
		return NULL;
	if (rule->flags & STRING_CHAR && !scan_char(l, body, (uint8_t)rule->close[0]))
		return NULL;
	return string_start(l, &f, from, body);
}

static const uint8_t *lex_rules(struct lex *l, const uint8_t *p)
{
	const struct lexer *row = l->t->row;

	for (uint32_t bits = l->t->rules[*p]; bits != 0; bits &= bits - 1) {
		int n = __builtin_ctz(bits);
		const uint8_t *to = NULL;

		if (n < 8)
			to = lex_comment(l, p, &row->comments[n]);
		else if (!row->strings[n - 8].prefix || row->strings[n - 8].flags & STRING_MAYBE)
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

/* A string whose prefix is the word [from, to), else null. */
static const uint8_t *lex_prefixed(struct lex *l, const uint8_t *from, const uint8_t *to)
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
		if (*p == '.' && !dot && (is_fraction(t, p, end) || (hex && end - p > 1 && is_letter(p[1]))))
			dot = true;
		else if ((*p == '-' || *p == '+') && is_exponent(p, hex) && end - p > 1 && is_digit(p[1]))
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
		!(l->end - p > 1 && p[1] == '=' && !(l->end - p > 2 && (p[2] == '=' || p[2] == '~'))))
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
	if (flags & LEXER_KEYS && l->end - to > 1 && *to == ':' && (is_blank(to[1]) || to[1] == '\n'))
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

static const uint8_t *lex_word(struct lex *l, const uint8_t *from)
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

/* Marks */

static const uint8_t *lex_directive(struct lex *l, const uint8_t *p)
{
	const uint8_t *name = p + 1, *to, *close;

	while (name < l->end && is_blank(*name))
		name++;
	to = scan_word(l, name);
	lex_emit(l, TOKEN_PREPROCESSOR, p, to);
	if (!bytes_start(name, to, "include") && !bytes_start(name, to, "import"))
		return to;
	for (p = to; p < l->end && is_blank(*p);)
		p++;
	if (p == l->end || *p != '<')
		return p;
	close = find_close(p, line_end(p, l->end), ">");
	lex_emit(l, TOKEN_STRING, p, close);
	return close;
}

static const uint8_t *lex_decorator(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = p + 1;

	if (to == l->end || l->t->kind[*to] != BYTE_WORD || (p > l->begin && is_name(p[-1])))
		return p + 1;
	to = scan_word(l, to);
	while (l->end - to > 1 && *to == '.' && l->t->kind[to[1]] == BYTE_WORD)
		to = scan_word(l, to + 1);
	lex_emit(l, TOKEN_PREPROCESSOR, p, to);
	return to;
}

const uint8_t *lex_quote_name(struct lex *l, const uint8_t *p, enum token kind)
{
	const uint8_t *to = p + 1;

	/* Primes end the name: a run of them must not be walked again and again. */
	while (to < l->end && is_name(*to))
		to++;
	if (to == p + 1 || is_digit(p[1]) || (to < l->end && *to == '\''))
		return NULL;
	lex_emit(l, kind, p, to);
	return to;
}

const uint8_t *lex_attribute(struct lex *l, const uint8_t *p, const uint8_t *open,
	const struct string_rule *strings)
{
	const uint8_t *to = open;
	int level = 0;

	while (to < l->end) {
		struct frame f = { .rule = strings };

		if (strings && *to == (uint8_t)strings->open[0]) {
			lex_emit(l, TOKEN_PREPROCESSOR, p, to);
			p = to = string_start(l, &f, to, to + 1);
			continue;
		}
		level += (*to == '[') - (*to == ']');
		to++;
		if (level == 0)
			break;
	}
	lex_emit(l, TOKEN_PREPROCESSOR, p, to);
	return to;
}

static const uint8_t *lex_dot(struct lex *l, const uint8_t *p)
{
	bool number = l->end - p > 1 && is_digit(p[1]) &&
		      (p == l->begin || !(is_name(p[-1]) || strchr(").]", p[-1])));
	const uint8_t *to = p + 1;

	if (number) {
		to = scan_number(l->t, p, l->end);
		lex_emit(l, TOKEN_NUMBER, p, to);
	}
	return to;
}

/* Brackets matter in code that stands inside a string: one of them ends it. */
static const uint8_t *lex_bracket(struct lex *l, const uint8_t *p)
{
	struct frame *f;

	if (l->depth == l->base)
		return p + 1;
	f = &l->frames[l->depth - 1];
	if (*p == '(' || *p == '[' || *p == '{') {
		f->brackets++;
		return p + 1;
	}
	if (f->brackets == 0 && *p == f->closer)
		return string_resume(l, p);
	if (f->brackets > 0 && --f->brackets == 0 && f->format)
		return string_format(l, p + 1);
	return p + 1;
}

static const uint8_t *lex_colon(struct lex *l, const uint8_t *p)
{
	struct frame *f;

	if (l->depth == l->base)
		return p + 1;
	f = &l->frames[l->depth - 1];
	if (f->brackets > 0 || !(f->rule->flags & STRING_FORMAT))
		return p + 1;
	f->format = true;
	return string_format(l, p);
}

/* A string of one line cannot go on behind a newline, nor can the code inside it. */
static const uint8_t *lex_newline(struct lex *l, const uint8_t *p)
{
	if (l->heredoc_count > 0)
		return heredoc_body(l, p + 1);
	while (l->depth > l->base && !(l->frames[l->depth - 1].rule->flags & STRING_MULTI))
		l->depth--;
	return p + 1;
}

static const uint8_t *lex_sigil(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = scan_variable(l, p);

	lex_emit(l, TOKEN_VARIABLE, p, to);
	return to > p ? to : p + 1;
}

static const uint8_t *lex_rule_or_mark(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = lex_rules(l, p);

	if (to)
		return to;
	if (strchr("()[]{}", *p) && *p != '\0')
		return lex_bracket(l, p);
	if (l->t->row->sigils && *p != '\0' && strchr(l->t->row->sigils, *p))
		return lex_sigil(l, p);
	return p + 1;
}

static const uint8_t *lex_hook(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = l->t->row->hook(l, p);

	if (to)
		return to;
	if (is_name(*p) && !is_digit(*p))
		return lex_word(l, p);
	return *p == '\n' ? lex_newline(l, p) : lex_rule_or_mark(l, p);
}

void lex_code(struct lex *l, const uint8_t *p)
{
	const uint8_t *to;

	while (p < l->end) {
		switch ((enum byte_kind)l->t->kind[*p]) {
		case BYTE_PLAIN:
			p++;
			break;
		case BYTE_WORD:
			p = lex_word(l, p);
			break;
		case BYTE_DIGIT:
			to = scan_number(l->t, p, l->end);
			lex_emit(l, TOKEN_NUMBER, p, to);
			p = to;
			break;
		case BYTE_RULE:
			p = lex_rule_or_mark(l, p);
			break;
		case BYTE_HOOK:
			p = lex_hook(l, p);
			break;
		case BYTE_NEWLINE:
			p = lex_newline(l, p);
			break;
		case BYTE_BRACKET:
			p = lex_bracket(l, p);
			break;
		case BYTE_COLON:
			p = lex_colon(l, p);
			break;
		case BYTE_DOT:
			p = lex_dot(l, p);
			break;
		case BYTE_SIGIL:
			p = lex_sigil(l, p);
			break;
		case BYTE_HASH:
			p = first_on_line(l, p) ? lex_directive(l, p) : lex_rule_or_mark(l, p);
			break;
		case BYTE_AT:
			p = lex_decorator(l, p);
			break;
		}
	}
}

static void run_row(struct lex *l, const uint8_t *p)
{
	if (l->t->row->run)
		l->t->row->run(l, p);
	else
		lex_code(l, p);
}

/* Markup in markup in markup: more is text. */
enum { MAX_EMBEDDED = 4 };

void lex_part(struct lex *l, const struct lexer *row, const uint8_t *from, const uint8_t *to)
{
	const struct tables *t = l->t;
	const uint8_t *begin = l->begin, *end = l->end, *no_regex = l->no_regex;
	int depth = l->depth, base = l->base, heredocs = l->heredoc_count;

	if (from >= to || l->embedded == MAX_EMBEDDED)
		return;
	l->embedded++;
	l->t = tables_of(row);
	l->begin = from;
	l->end = to;
	l->base = depth;
	l->heredoc_count = 0;
	run_row(l, from);
	assert(l->text <= to);
	l->embedded--;
	l->t = t;
	l->begin = begin;
	l->end = end;
	l->no_regex = no_regex;
	l->depth = depth;
	l->base = base;
	l->heredoc_count = heredocs;
}

void lex_all(struct lex *l, const struct lexer *row, str code)
{
	l->begin = l->text = l->flushed = (const uint8_t *)code.ptr;
	l->end = l->begin + code.len;
	l->t = tables_of(row);
	run_row(l, l->begin);
	if (l->text < l->end)
		lex_put(l, TOKEN_TEXT, l->end);
	l->flush(l, l->ctx);
}
