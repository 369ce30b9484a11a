/*
 * Any bytes, any language: the tokens are the whole of the code, in order; the HTML says the
 * same text; and with lines no span crosses a line end.  The first byte picks the language.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "highlight/highlight.h"
#include "highlight/language.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct walk {
	const char *at;
	bool valid; /* UTF-8 */
};

static bool is_continuation(char c)
{
	return ((uint8_t)c & 0xc0) == 0x80;
}

static void check_token(void *ctx, enum token kind, str text)
{
	struct walk *w = ctx;

	if (text.ptr != w->at || text.len == 0 || (unsigned)kind >= TOKEN_COUNT)
		abort();
	/* A span must not cut a character. */
	if (w->valid && is_continuation(text.ptr[0]))
		abort();
	w->at += text.len;
}

static const struct {
	const char *entity;
	char c;
} entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' } };

/* One character of the text that `html` shows at *i; -1 for a tag. */
static int next_char(str html, size_t *i, int *depth)
{
	if (html.ptr[*i] == '<') {
		bool close = html.ptr[*i + 1] == '/';

		while (html.ptr[*i] != '>')
			if (++*i >= html.len)
				abort();
		++*i;
		*depth += close ? -1 : 1;
		return -1;
	}
	for (size_t e = 0; e < 4; e++) {
		str entity = str_c(entities[e].entity);

		if (str_starts(str_from(html, *i), entity)) {
			*i += entity.len;
			return entities[e].c;
		}
	}
	if (html.ptr[*i] == '&')
		abort();
	return (uint8_t)html.ptr[(*i)++];
}

static void check_html(str code, str html, bool lines)
{
	size_t at = 0;
	int depth = 0;

	for (size_t i = 0; i < html.len;) {
		int c = next_char(html, &i, &depth);

		if (depth < 0 || depth > (lines ? 2 : 1))
			abort();
		if (c < 0)
			continue;
		if (at == code.len || (uint8_t)code.ptr[at] != c)
			abort();
		if (lines && c == '\n' && depth != 1)
			abort();
		at++;
	}
	if (at != code.len || depth != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct line_range marked = { 2, 3 };
	struct highlight_options plain = { 0 }, lines = { true, &marked, 1 };
	static struct buf out;
	const struct language *all;
	size_t count;
	str code;
	struct walk w;

	if (size == 0)
		return 0;
	all = language_all(&count);
	code = str_new((const char *)data + 1, size - 1);
	w = (struct walk){ code.ptr, utf8_invalid(code) < 0 };
	highlight_tokens(&all[data[0] % count], code, check_token, &w);
	if (w.at != code.ptr + code.len)
		abort();
	buf_clear(&out);
	highlight_html(&all[data[0] % count], code, &plain, &out);
	check_html(code, buf_str(&out), false);
	buf_clear(&out);
	highlight_html(&all[data[0] % count], code, &lines, &out);
	check_html(code, buf_str(&out), true);
	return 0;
}
