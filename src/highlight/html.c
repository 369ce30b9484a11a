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

/* With room behind it, so that all are copied as 24 bytes. */
struct opening {
	char text[24];
	size_t length;
};

static const struct opening span_open[TOKEN_COUNT] = {
	[TOKEN_KEYWORD] = { "<span class=\"k\">", 16 },
	[TOKEN_STRING] = { "<span class=\"s\">", 16 },
	[TOKEN_ESCAPE] = { "<span class=\"se\">", 17 },
	[TOKEN_COMMENT] = { "<span class=\"c\">", 16 },
	[TOKEN_NUMBER] = { "<span class=\"n\">", 16 },
	[TOKEN_TYPE] = { "<span class=\"t\">", 16 },
	[TOKEN_FUNCTION] = { "<span class=\"f\">", 16 },
	[TOKEN_CONSTANT] = { "<span class=\"m\">", 16 },
	[TOKEN_OPERATOR] = { "<span class=\"o\">", 16 },
	[TOKEN_PREPROCESSOR] = { "<span class=\"p\">", 16 },
	[TOKEN_VARIABLE] = { "<span class=\"v\">", 16 },
	[TOKEN_TAG] = { "<span class=\"g\">", 16 },
	[TOKEN_INSERTED] = { "<span class=\"i\">", 16 },
	[TOKEN_DELETED] = { "<span class=\"d\">", 16 },
	[TOKEN_PROMPT] = { "<span class=\"r\">", 16 },
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

static const char span_close[8] = "</span>";

/*
 * Nearly all tokens are short and need no entity: copied as eight bytes, of which those behind the
 * token are written over.
 */
static void add_short(struct buf *out, enum token kind, uint64_t word, size_t length)
{
	enum { ROOM = sizeof(span_open[0].text) + sizeof(word) + sizeof(span_close) };
	char *to;

	if (out->cap - out->len < ROOM)
		buf_reserve(out, ROOM);
	to = out->ptr + out->len;
	memcpy(to, span_open[kind].text, sizeof(span_open[kind].text));
	to += span_open[kind].length;
	memcpy(to, &word, sizeof(word));
	to += length;
	if (kind != TOKEN_TEXT) {
		memcpy(to, span_close, sizeof(span_close));
		to += sizeof(span_close) - 1;
	}
	out->len = (size_t)(to - out->ptr);
}

/* The bytes up to `end` may be read. */
static void add_span(
	struct buf *out, enum token kind, const uint8_t *p, size_t length, const uint8_t *end)
{
	if (length <= 8 && end - p >= 8) {
		uint64_t word = swar_load(p);

		if (!swar_markup(word)) {
			add_short(out, kind, word, length);
			return;
		}
	}
	buf_add(out, str_new(span_open[kind].text, span_open[kind].length));
	add_escaped(out, p, length);
	if (kind != TOKEN_TEXT)
		BUF_LIT(out, "</span>");
}

static void flush_plain(struct lex *l, void *ctx)
{
	struct buf *out = ctx;
	const uint8_t *from = l->flushed;

	for (size_t i = 0; i < l->count; i++) {
		add_span(out, l->batch[i].kind, from, (size_t)(l->batch[i].end - from), l->end);
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
			add_span(w->out, kind, p, (size_t)(to - p), end);
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
