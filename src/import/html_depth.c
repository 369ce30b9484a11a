#include "import/html_depth.h"

#include "import/html_tree.h"

/*
 * A look at the tags alone, so an estimate: it is right for what editors write and for text
 * made to be deep. Where it errs the guards in html_tree.c hold.
 */
struct open {
	str names[HTML_DEPTH + 1];
	int count;
};

static bool is_one_of(str name, const char *const *words)
{
	for (; *words; words++)
		if (str_eq_nocase(name, str_c(*words)))
			return true;
	return false;
}

static bool is_void(str name)
{
	static const char *const words[] = { "br", "img", "hr", "input", "meta", "link", "area",
		"base", "col", "embed", "param", "source", "track", "wbr", "frame", "image",
		NULL };

	return is_one_of(name, words);
}

/* Their text has no tags. */
static bool is_raw(str name)
{
	static const char *const words[] = { "script", "style", "textarea", "title", "xmp",
		"iframe", "noembed", "noframes", NULL };

	return is_one_of(name, words);
}

/* Start tags that end what is open: one of `ends`, unless one of `within` comes first. */
static const struct implied {
	const char *names[4], *ends[4], *within[6];
} implied[] = {
	{ { "p" }, { "p" }, { "table", "td", "th", "caption", "button" } },
	{ { "li" }, { "li" }, { "ul", "ol", "menu" } },
	{ { "dt", "dd" }, { "dt", "dd" }, { "dl" } },
	{ { "td", "th" }, { "td", "th" }, { "tr", "table" } },
	{ { "tr" }, { "tr" }, { "table" } },
	{ { "tbody", "thead", "tfoot" }, { "tbody", "thead", "tfoot" }, { "table" } },
	{ { "option" }, { "option" }, { "select" } },
};

static void close_implied(struct open *o, str name)
{
	const struct implied *row = NULL;

	for (size_t i = 0; i < sizeof(implied) / sizeof(implied[0]) && !row; i++)
		if (is_one_of(name, implied[i].names))
			row = &implied[i];
	for (int i = o->count - 1; row && i >= 0; i--) {
		if (is_one_of(o->names[i], row->within))
			return;
		if (is_one_of(o->names[i], row->ends)) {
			o->count = i;
			return;
		}
	}
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static str take_name(str rest)
{
	size_t n = 0;

	while (n < rest.len && !memchr(" \t\r\n\f/>", rest.ptr[n], 7))
		n++;
	return str_sub(rest, 0, n);
}

/* Behind the tag that starts at `at`; a ">" in quotes does not end it. */
static size_t skip_tag(str html, size_t at)
{
	char quote = 0;

	for (; at < html.len; at++) {
		char c = html.ptr[at];

		if (quote)
			quote = c == quote ? 0 : quote;
		else if ((c == '"' || c == '\'') && html.ptr[at - 1] == '=')
			quote = c;
		else if (c == '>')
			return at + 1;
	}
	return html.len;
}

/* Behind the end tag of a raw element, or the end. */
static size_t skip_raw(str html, size_t at, str name)
{
	while (at < html.len) {
		const char *p = memchr(html.ptr + at, '<', html.len - at);

		if (!p)
			break;
		at = (size_t)(p - html.ptr) + 1;
		if (at < html.len && html.ptr[at] == '/' &&
			str_eq_nocase(take_name(str_from(html, at + 1)), name))
			return skip_tag(html, at);
	}
	return html.len;
}

static void close_element(struct open *o, str name)
{
	for (int i = o->count - 1; i >= 0; i--) {
		if (!str_eq_nocase(o->names[i], name))
			continue;
		o->count = i;
		return;
	}
}

/* Returns where to go on. */
static size_t open_element(struct open *o, str html, size_t at, str name)
{
	size_t next = skip_tag(html, at);

	if (is_void(name) || (next >= 2 && html.ptr[next - 2] == '/' && next > at + 1))
		return next;
	if (is_raw(name))
		return skip_raw(html, next, name);
	close_implied(o, name);
	o->names[o->count++] = name;
	return next;
}

static int line_at(str html, size_t at)
{
	int line = 1;

	for (size_t i = 0; i < at; i++)
		line += html.ptr[i] == '\n';
	return line;
}

static size_t skip_comment(str html, size_t at)
{
	ptrdiff_t end = str_find(str_from(html, at), STR("-->"));

	return end < 0 ? html.len : at + (size_t)end + 3;
}

int html_too_deep(str html)
{
	struct open o = { .count = 0 };
	size_t at = 0;

	while (at < html.len) {
		const char *p = memchr(html.ptr + at, '<', html.len - at);

		if (!p)
			return 0;
		at = (size_t)(p - html.ptr) + 1;
		if (str_starts(str_from(html, at), STR("!--")))
			at = skip_comment(html, at);
		else if (at + 1 < html.len && html.ptr[at] == '/' &&
			 is_letter(html.ptr[at + 1]))
			close_element(&o, take_name(str_from(html, at + 1)));
		else if (at < html.len && is_letter(html.ptr[at]))
			at = open_element(&o, html, at, take_name(str_from(html, at)));
		if (o.count > HTML_DEPTH)
			return line_at(html, at);
	}
	return 0;
}
