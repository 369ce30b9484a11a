/* Markdown and diff: what a line starts with decides. */
#include "highlight/language.h"
#include "highlight/lexer.h"

static void run_diff(struct lex *l, const uint8_t *p)
{
	while (p < l->end) {
		const uint8_t *end = line_end(p, l->end);
		enum token kind = TOKEN_TEXT;

		if (bytes_start(p, end, "+++ ") || bytes_start(p, end, "--- ") ||
			bytes_start(p, end, "diff ") || bytes_start(p, end, "index ") ||
			bytes_start(p, end, "Index: ") || bytes_start(p, end, "new file ") ||
			bytes_start(p, end, "deleted file ") || bytes_start(p, end, "rename "))
			kind = TOKEN_PREPROCESSOR;
		else if (bytes_start(p, end, "@@"))
			kind = TOKEN_TAG;
		else if (p < end && (*p == '+' || *p == '>'))
			kind = TOKEN_INSERTED;
		else if (p < end && (*p == '-' || *p == '<'))
			kind = TOKEN_DELETED;
		if (kind != TOKEN_TEXT)
			lex_emit(l, kind, p, end);
		p = end + (end < l->end);
	}
}

const struct lexer lexer_diff = { .id = LEX_DIFF, .run = run_diff };

/* `code`, and the address of [text](address), within a line. */
static void lex_inline(struct lex *l, const uint8_t *p, const uint8_t *end)
{
	while (p < end) {
		const uint8_t *from = p, *close;

		if (*p == '\\' && end - p > 1 && p[1] < 0x80) {
			p += 2;
			continue;
		}
		if (*p != '`' && !(*p == ']' && end - p > 1 && p[1] == '(')) {
			p++;
			continue;
		}
		from += *p == ']' ? 2 : 0;
		close = memchr(p + 1, *p == '`' ? '`' : ')', (size_t)(end - p - 1));
		/* A mark without its partner in this line: the next has none either. */
		if (!close)
			return;
		lex_emit(l, TOKEN_STRING, from, *p == '`' ? close + 1 : close);
		p = close + 1;
	}
}

/* A fence at p: its length, and its info behind it. */
static size_t fence_length(const uint8_t *p, const uint8_t *end)
{
	const uint8_t *to = p;

	while (to < end && *to == *p)
		to++;
	return p < end && (*p == '`' || *p == '~') && to - p >= 3 ? (size_t)(to - p) : 0;
}

/* The line that closes a fence of `length` marks, or the end. */
static const uint8_t *find_fence(
	const struct lex *l, const uint8_t *p, uint8_t mark, size_t length)
{
	while (p < l->end) {
		const uint8_t *end = line_end(p, l->end), *from = p;

		while (from < end && *from == ' ')
			from++;
		if (from < end && *from == mark && fence_length(from, end) >= length)
			return p;
		p = end + (end < l->end);
	}
	return l->end;
}

static const uint8_t *lex_fence(
	struct lex *l, const uint8_t *p, const uint8_t *mark, const uint8_t *end)
{
	size_t length = fence_length(mark, end);
	const uint8_t *info = mark + length, *to, *body = end + (end < l->end), *close;
	const struct language *lang;

	while (info < end && is_blank(*info))
		info++;
	for (to = info; to < end && !is_blank(*to) && *to != '{';)
		to++;
	lang = language_find(str_new((const char *)info, (size_t)(to - info)));
	close = find_fence(l, body, *mark, length);
	lex_emit(l, TOKEN_PREPROCESSOR, p, end);
	if (lang && lang->lexer)
		lex_part(l, lang->lexer, body, close);
	end = line_end(close, l->end);
	lex_emit(l, TOKEN_PREPROCESSOR, close, end);
	return end;
}

static const uint8_t *lex_line(struct lex *l, const uint8_t *p, const uint8_t *end)
{
	const uint8_t *from = p, *to;

	while (from < end && is_blank(*from))
		from++;
	if (fence_length(from, end) > 0)
		return lex_fence(l, p, from, end);
	for (to = from; to < end && *to == '#';)
		to++;
	if (to > from && to - from <= 6 && (to == end || *to == ' ')) {
		lex_emit(l, TOKEN_KEYWORD, from, end);
		return end;
	}
	for (to = from; to < end && is_digit(*to) && to - from < 9;)
		to++;
	if (to < end && to > from && (*to == '.' || *to == ')'))
		to++;
	else
		to = from + (from < end && strchr("-*+>", *from) && *from != '\0');
	if (to > from && to < end && *to == ' ')
		lex_emit(l, *from == '>' ? TOKEN_COMMENT : TOKEN_KEYWORD, from, to);
	lex_inline(l, from < l->text ? l->text : from, end);
	return end;
}

static void run_markdown(struct lex *l, const uint8_t *p)
{
	while (p < l->end) {
		const uint8_t *end = lex_line(l, p, line_end(p, l->end));

		p = end + (end < l->end);
	}
}

const struct lexer lexer_markdown = { .id = LEX_MARKDOWN, .run = run_markdown };
