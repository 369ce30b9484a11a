#include "site/minify.h"

#include "base/buf.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* "<pre", "<script" at the start, followed by the end of the name. */
static bool is_element(str html, str name)
{
	char after;

	if (html.len < name.len + 2 || !str_eq_nocase(str_sub(html, 1, name.len + 1), name))
		return false;
	after = html.ptr[name.len + 1];
	return is_space(after) || after == '>' || after == '/';
}

/* The length of an element whose text must stay, with its end tag; 0 when `html` does not begin with one. */
static size_t kept_element(str html)
{
	static const str names[] = { STR_INIT("pre"), STR_INIT("textarea"), STR_INIT("script"), STR_INIT("style") };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!is_element(html, names[i]))
			continue;
		for (size_t at = 1; at + 2 < html.len; at++)
			if (html.ptr[at] == '<' && html.ptr[at + 1] == '/' &&
				is_element(str_from(html, at + 1), names[i]))
				return at;
		return html.len;
	}
	return 0;
}

/* A tag up to its '>', which may stand in quotes before. */
static size_t tag_length(str html)
{
	char quote = 0;

	for (size_t i = 0; i < html.len; i++) {
		char c = html.ptr[i];

		if (quote)
			quote = c == quote ? 0 : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '>')
			return i + 1;
	}
	return html.len;
}

static size_t markup_length(str html, bool *drop)
{
	ptrdiff_t end;
	size_t kept = kept_element(html);

	*drop = str_starts(html, STR("<!--"));
	if (*drop) {
		end = str_find(html, STR("-->"));
		return end < 0 ? html.len : (size_t)end + 3;
	}
	return kept ? kept : tag_length(html);
}

/* A run of white space; `out` says what it becomes. */
static size_t space_length(str html, char *out)
{
	size_t n = 0;

	*out = ' ';
	for (; n < html.len && is_space(html.ptr[n]); n++)
		if (html.ptr[n] == '\n')
			*out = '\n';
	return n;
}

void minify_html(str html, struct buf *out)
{
	size_t start = out->len;

	buf_reserve(out, html.len);
	while (html.len) {
		size_t n = 1;
		bool drop = false;
		char space;

		if (html.ptr[0] == '<') {
			n = markup_length(html, &drop);
			if (!drop)
				buf_add(out, str_sub(html, 0, n));
		} else if (is_space(html.ptr[0])) {
			n = space_length(html, &space);
			/* Around a comment that went there may be two runs. */
			if (out->len > start && !is_space(out->ptr[out->len - 1]))
				buf_char(out, space);
		} else {
			while (n < html.len && html.ptr[n] != '<' && !is_space(html.ptr[n]))
				n++;
			buf_add(out, str_sub(html, 0, n));
		}
		html = str_from(html, n);
	}
}
