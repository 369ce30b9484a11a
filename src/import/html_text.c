#include "import/html_mark.h"

#include "base/arena.h"
#include "base/utf8.h"

/* A bare address whose marks must not be escaped, since it becomes a link as it stands:
 * <https://...>. */
static size_t bare_address(const struct line *l, str rest)
{
	size_t n = 0;

	if (l->in_link ||
		(!str_starts(rest, STR("http://")) && !str_starts(rest, STR("https://"))))
		return 0;
	while (n < rest.len && (unsigned char)rest.ptr[n] > ' ' &&
		!memchr("<>\"|", rest.ptr[n], 4))
		n++;
	while (n && memchr("?!.,:;*_~'\")", rest.ptr[n - 1], 12))
		n--;
	for (size_t i = 0; i < n; i++)
		if (memchr("*_~[]\\`&", rest.ptr[i], 8))
			return n;
	return 0;
}

static void put_address(struct line *l, str address)
{
	line_token(l, str_printf(l->h->arena, "<" STR_FMT ">", STR_ARG(address)));
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* White space at `at`; where it ends. */
static size_t take_space(struct line *l, str text, size_t at)
{
	int lines = 0;

	for (; at < text.len && is_space(text.ptr[at]); at++)
		lines += text.ptr[at] == '\n';
	if (l->h->options->lines && lines && l->breaks < lines)
		l->breaks = lines;
	l->space = true;
	return at;
}

void line_text(struct line *l, str text)
{
	size_t at = 0;

	while (at < text.len) {
		str rest = str_from(text, at);
		size_t address;
		int len;
		uint32_t c;

		if (is_space(text.ptr[at])) {
			at = take_space(l, text, at);
			continue;
		}
		address = bare_address(l, rest);
		if (address) {
			put_address(l, str_sub(rest, 0, address));
			at += address;
			continue;
		}
		c = utf8_decode(rest, &len);
		if (c >= 0x20 && c != 0x7f)
			line_character(l, rest, len, c);
		at += (size_t)len;
	}
}

static size_t longest_run(str s, char c)
{
	size_t best = 0, run = 0;

	for (size_t i = 0; i < s.len; i++) {
		run = s.ptr[i] == c ? run + 1 : 0;
		if (run > best)
			best = run;
	}
	return best;
}

/* The text of a code span: one line, white space outside of it. */
static str code_text(struct line *l, str text)
{
	struct buf out = { .arena = l->h->arena };

	for (size_t i = 0; i < text.len; i++) {
		bool cell_bar = l->place == PLACE_CELL && text.ptr[i] == '|';

		if (cell_bar)
			buf_char(&out, '\\');
		buf_char(&out, is_space(text.ptr[i]) ? ' ' : text.ptr[i]);
	}
	return str_trim(buf_str(&out));
}

static void write_code(str code, struct buf *out)
{
	size_t ticks = longest_run(code, '`') + 1;
	bool pad = code.ptr[0] == '`' || code.ptr[code.len - 1] == '`';

	for (size_t i = 0; i < ticks; i++)
		buf_char(out, '`');
	if (pad)
		buf_char(out, ' ');
	buf_add(out, code);
	if (pad)
		buf_char(out, ' ');
	for (size_t i = 0; i < ticks; i++)
		buf_char(out, '`');
}

enum { MOST_JOINED = 4096 };

/* `</code><code>`: the ticks would run together, so the two become one; very long ones are kept
 * apart. */
static str join_code(struct line *l, str code)
{
	if (l->code_end == 0 || l->code_end != l->out.len)
		return code;
	if (l->code.len + code.len > MOST_JOINED) {
		buf_char(&l->out, ' ');
		return code;
	}
	l->out.len = l->code_at;
	return str_printf(l->h->arena, STR_FMT STR_FMT, STR_ARG(l->code), STR_ARG(code));
}

void line_code(struct line *l, str text)
{
	str code = code_text(l, text);

	if (text.len && is_space(text.ptr[0]))
		l->space = true;
	if (code.len == 0)
		return;
	line_token(l, STR("")); /* the gap and the marks before it */
	code = join_code(l, code);
	l->code = code;
	l->code_at = l->out.len;
	write_code(code, &l->out);
	l->code_end = l->out.len;
	if (is_space(text.ptr[text.len - 1]))
		l->space = true;
}
