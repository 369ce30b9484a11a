#include "highlight/highlight.h"

#include "base/buf.h"
#include "base/swar.h"
#include "highlight/language.h"
#include "highlight/lexer.h"

const char *const token_class[TOKEN_COUNT] = {
	[TOKEN_TEXT] = "",
	[TOKEN_KEYWORD] = "k",
	[TOKEN_STRING] = "s",
	[TOKEN_ESCAPE] = "se",
	[TOKEN_COMMENT] = "c",
	[TOKEN_NUMBER] = "n",
	[TOKEN_TYPE] = "t",
	[TOKEN_FUNCTION] = "f",
	[TOKEN_CONSTANT] = "m",
	[TOKEN_OPERATOR] = "o",
	[TOKEN_PREPROCESSOR] = "p",
	[TOKEN_VARIABLE] = "v",
	[TOKEN_TAG] = "g",
	[TOKEN_INSERTED] = "i",
	[TOKEN_DELETED] = "d",
	[TOKEN_PROMPT] = "r",
};

struct sink {
	token_sink *sink;
	void *ctx;
};

static void flush_tokens(struct lex *l, void *ctx)
{
	struct sink *s = ctx;
	const uint8_t *from = l->flushed;

	for (size_t i = 0; i < l->count; i++) {
		const uint8_t *end = l->batch[i].end;

		s->sink(s->ctx, l->batch[i].kind,
			str_new((const char *)from, (size_t)(end - from)));
		from = end;
	}
	l->flushed = from;
	l->count = 0;
}

void highlight_tokens(const struct language *lang, str code, token_sink *sink, void *ctx)
{
	struct sink s = { sink, ctx };
	struct lex l;

	if (code.len == 0)
		return;
	if (!lang || !lang->lexer) {
		sink(ctx, TOKEN_TEXT, code);
		return;
	}
	lex_start(&l, flush_tokens, &s);
	lex_all(&l, lang->lexer, code);
}

/* HTML */

static const str span_open[TOKEN_COUNT] = {
	[TOKEN_KEYWORD] = STR_INIT("<span class=\"k\">"),
	[TOKEN_STRING] = STR_INIT("<span class=\"s\">"),
	[TOKEN_ESCAPE] = STR_INIT("<span class=\"se\">"),
	[TOKEN_COMMENT] = STR_INIT("<span class=\"c\">"),
	[TOKEN_NUMBER] = STR_INIT("<span class=\"n\">"),
	[TOKEN_TYPE] = STR_INIT("<span class=\"t\">"),
	[TOKEN_FUNCTION] = STR_INIT("<span class=\"f\">"),
	[TOKEN_CONSTANT] = STR_INIT("<span class=\"m\">"),
	[TOKEN_OPERATOR] = STR_INIT("<span class=\"o\">"),
	[TOKEN_PREPROCESSOR] = STR_INIT("<span class=\"p\">"),
	[TOKEN_VARIABLE] = STR_INIT("<span class=\"v\">"),
	[TOKEN_TAG] = STR_INIT("<span class=\"g\">"),
	[TOKEN_INSERTED] = STR_INIT("<span class=\"i\">"),
	[TOKEN_DELETED] = STR_INIT("<span class=\"d\">"),
	[TOKEN_PROMPT] = STR_INIT("<span class=\"r\">"),
};

/* Quotes need no entity outside attributes, and code is full of them. */
static const uint8_t must_escape[256] = { ['&'] = 1, ['<'] = 2, ['>'] = 3 };
static const str entities[] = { STR_INIT(""), STR_INIT("&amp;"), STR_INIT("&lt;"),
	STR_INIT("&gt;") };

/* Text is escaped in steps of this many bytes, each at most five as an entity. */
static const size_t step = 512;

static void add_escaped(struct buf *out, const uint8_t *p, size_t length)
{
	while (length > 0) {
		size_t n = length < step ? length : step;
		char *to;

		if (out->cap - out->len < n * 5)
			buf_reserve(out, n * 5);
		to = out->ptr + out->len;
		for (const uint8_t *end = p + n; p < end; p++) {
			while (end - p >= 8 && !swar_markup(swar_load(p))) {
				memcpy(to, p, 8);
				p += 8;
				to += 8;
			}
			if (p == end)
				break;

			const str *entity = &entities[must_escape[*p]];

			if (entity->len == 0) {
				*to++ = (char)*p;
				continue;
			}
			memcpy(to, entity->ptr, entity->len);
			to += entity->len;
		}
		out->len = (size_t)(to - out->ptr);
		length -= n;
	}
}

static void add_span(struct buf *out, enum token kind, const uint8_t *p, size_t length)
{
	if (kind == TOKEN_TEXT) {
		add_escaped(out, p, length);
		return;
	}
	buf_add(out, span_open[kind]);
	add_escaped(out, p, length);
	BUF_LIT(out, "</span>");
}

static void flush_plain(struct lex *l, void *ctx)
{
	struct buf *out = ctx;
	const uint8_t *from = l->flushed;

	for (size_t i = 0; i < l->count; i++) {
		add_span(out, l->batch[i].kind, from, (size_t)(l->batch[i].end - from));
		from = l->batch[i].end;
	}
	l->flushed = from;
	l->count = 0;
}

/* The same in lines. */
struct lines {
	struct buf *out;
	const struct highlight_options *options;
	int line;  /* from 1 */
	bool open; /* a line is being written */
};

static bool is_marked(const struct highlight_options *options, int line)
{
	for (size_t i = 0; i < options->marked_count; i++)
		if (line >= options->marked[i].from && line <= options->marked[i].to)
			return true;
	return false;
}

static void open_line(struct lines *w)
{
	if (w->open)
		return;
	w->open = true;
	if (is_marked(w->options, w->line))
		BUF_LIT(w->out, "<span class=\"line hl\">");
	else
		BUF_LIT(w->out, "<span class=\"line\">");
}

static void close_line(struct lines *w)
{
	if (w->open)
		BUF_LIT(w->out, "</span>");
	w->open = false;
	w->line++;
}

static void add_in_lines(struct lines *w, enum token kind, const uint8_t *p, const uint8_t *end)
{
	while (p < end) {
		const uint8_t *newline = memchr(p, '\n', (size_t)(end - p));
		const uint8_t *to = newline ? newline : end;

		open_line(w);
		if (to > p)
			add_span(w->out, kind, p, (size_t)(to - p));
		if (!newline)
			return;
		buf_char(w->out, '\n');
		close_line(w);
		p = newline + 1;
	}
}

static void flush_lines(struct lex *l, void *ctx)
{
	struct lines *w = ctx;
	const uint8_t *from = l->flushed;

	for (size_t i = 0; i < l->count; i++) {
		add_in_lines(w, l->batch[i].kind, from, l->batch[i].end);
		from = l->batch[i].end;
	}
	l->flushed = from;
	l->count = 0;
}

static void html_in_lines(const struct language *lang, str code,
	const struct highlight_options *options, struct buf *out)
{
	struct lines w = { .out = out, .options = options, .line = 1 };
	const uint8_t *p = (const uint8_t *)code.ptr;
	struct lex l;

	if (lang && lang->lexer) {
		lex_start(&l, flush_lines, &w);
		lex_all(&l, lang->lexer, code);
	} else {
		add_in_lines(&w, TOKEN_TEXT, p, p + code.len);
	}
	if (w.open)
		close_line(&w);
}

void highlight_html(const struct language *lang, str code,
	const struct highlight_options *options, struct buf *out)
{
	struct lex l;

	if (code.len == 0)
		return;
	if (options && options->lines) {
		html_in_lines(lang, code, options, out);
	} else if (lang && lang->lexer) {
		lex_start(&l, flush_plain, out);
		lex_all(&l, lang->lexer, code);
	} else {
		buf_html(out, code);
	}
}
