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
	close = memchr(p, '>', (size_t)(line_end(p, l->end) - p));
	close = close ? close + 1 : line_end(p, l->end);
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

const uint8_t *lex_attribute(
	struct lex *l, const uint8_t *p, const uint8_t *open, const struct string_rule *strings)
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
