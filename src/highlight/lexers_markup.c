/* HTML with the scripts and styles in it, XML, Mustache. */
#include "highlight/lexer.h"

static const uint8_t *find_bytes(const uint8_t *p, const uint8_t *end, const char *text)
{
	while (p < end && (p = memchr(p, text[0], (size_t)(end - p)))) {
		if (bytes_start(p, end, text))
			return p;
		p++;
	}
	return end;
}

static bool is_tag_name(uint8_t c)
{
	return is_name(c) || c == '-' || c == ':' || c == '.';
}

static bool is_space(uint8_t c)
{
	return is_blank(c) || c == '\n' || c == '\r' || c == '\f';
}

/* &name; &#12; &#x1f; */
static const uint8_t *lex_entity(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = p + 1, *limit = l->end - p > 34 ? p + 34 : l->end;

	if (to < limit && *to == '#')
		to++;
	while (to < limit && (is_letter(*to) || is_digit(*to)))
		to++;
	if (to < p + 2 || to == limit || *to != ';')
		return p + 1;
	lex_emit(l, TOKEN_ESCAPE, p, to + 1);
	return to + 1;
}

static const uint8_t *lex_value(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = p;

	if (*p == '"' || *p == '\'') {
		to = memchr(p + 1, *p, (size_t)(l->end - p - 1));
		to = to ? to + 1 : l->end;
	} else {
		while (to < l->end && !is_space(*to) && *to != '>')
			to++;
	}
	lex_emit(l, TOKEN_STRING, p, to);
	return to;
}

/* Attributes up to the closing bracket; p behind it. */
static const uint8_t *lex_attributes(struct lex *l, const uint8_t *p)
{
	while (p < l->end && *p != '>' && *p != '<') {
		const uint8_t *from = p;

		if (*p == '=' || is_space(*p) || *p == '/' || *p == '?') {
			bool value = *p == '=';

			for (p++; p < l->end && is_space(*p);)
				p++;
			if (value && p < l->end && *p != '>')
				p = lex_value(l, p);
			continue;
		}
		if (*p == '"' || *p == '\'') {
			p = lex_value(l, p);
			continue;
		}
		while (p < l->end && !is_space(*p) && !strchr("=></\"'", *p))
			p++;
		lex_emit(l, TOKEN_VARIABLE, from, p);
		p += p == from;
	}
	if (p < l->end && *p == '>') {
		lex_emit(l, TOKEN_TAG, p, p + 1);
		p++;
	}
	return p;
}

static bool tag_is(const uint8_t *from, const uint8_t *to, const char *name)
{
	for (; from < to && *name != '\0' && (*from | 32) == (uint8_t)*name; from++)
		name++;
	return from == to && *name == '\0';
}

/* The closing tag of a script or style element whose text starts at p. */
static const uint8_t *find_closing_tag(const uint8_t *p, const uint8_t *end, const char *name)
{
	size_t length = strlen(name);

	while ((p = find_bytes(p, end, "</")) < end) {
		if ((size_t)(end - p) > length + 1 && tag_is(p + 2, p + 2 + length, name))
			return p;
		p++;
	}
	return end;
}

/* The text of a script or style element by its own lexer, up to its closing tag. */
static const uint8_t *lex_element_text(
	struct lex *l, const uint8_t *from, const uint8_t *to, const uint8_t *p)
{
	bool script = tag_is(from, to, "script");
	const uint8_t *close;

	if ((!script && !tag_is(from, to, "style")) || p[-1] != '>' || p[-2] == '/')
		return p;
	close = find_closing_tag(p, l->end, script ? "script" : "style");
	lex_part(l, script ? &lexer_javascript : &lexer_css, p, close);
	return close;
}

static const uint8_t *lex_tag(struct lex *l, const uint8_t *p, bool html)
{
	const uint8_t *name = p + 1, *to;
	bool closing = name < l->end && *name == '/';

	name += closing;
	to = name;
	while (to < l->end && is_tag_name(*to))
		to++;
	if (to == name || is_digit(*name))
		return p + 1;
	lex_emit(l, TOKEN_TAG, p, to);
	p = lex_attributes(l, to);
	return html && !closing ? lex_element_text(l, name, to, p) : p;
}

/* <!-- --> <![CDATA[ ]]> <!DOCTYPE > <? ?> */
static const uint8_t *lex_declaration(struct lex *l, const uint8_t *p)
{
	const char *close = ">";
	enum token kind = TOKEN_PREPROCESSOR;
	const uint8_t *to;

	if (bytes_start(p, l->end, "<!--")) {
		close = "-->";
		kind = TOKEN_COMMENT;
	} else if (bytes_start(p, l->end, "<![CDATA[")) {
		close = "]]>";
		kind = TOKEN_STRING;
	} else if (p[1] == '?') {
		close = "?>";
	}
	to = find_bytes(p + 2, l->end, close);
	to = to < l->end ? to + strlen(close) : to;
	lex_emit(l, kind, p, to);
	return to;
}

static void lex_markup(struct lex *l, const uint8_t *p, bool html)
{
	while (p < l->end) {
		if (*p == '&')
			p = lex_entity(l, p);
		else if (*p != '<' || l->end - p < 2)
			p++;
		else if (p[1] == '!' || p[1] == '?')
			p = lex_declaration(l, p);
		else
			p = lex_tag(l, p, html);
	}
}

static void run_html(struct lex *l, const uint8_t *p)
{
	lex_markup(l, p, true);
}

static void run_xml(struct lex *l, const uint8_t *p)
{
	lex_markup(l, p, false);
}

const struct lexer lexer_html = { .id = LEX_HTML, .run = run_html };
const struct lexer lexer_xml = { .id = LEX_XML, .run = run_xml };

/* Inside {{ }}: a mark that says what it is, then a name. */
static void lex_mustache(struct lex *l, const uint8_t *open, const uint8_t *close)
{
	const uint8_t *p = open + 2, *name;

	if (p < close && *p == '!') {
		lex_emit(l, TOKEN_COMMENT, open, close);
		return;
	}
	while (p < close && *p != '\0' && strchr("{#^/>&<$*=~ ", *p))
		p++;
	lex_emit(l, TOKEN_KEYWORD, open, p);
	for (name = p; p < close && *p != '}' && *p != '=';)
		p++;
	lex_emit(l, TOKEN_VARIABLE, name, p);
	lex_emit(l, TOKEN_KEYWORD, p, close);
}

static void run_mustache(struct lex *l, const uint8_t *p)
{
	while (p < l->end) {
		const uint8_t *open = find_bytes(p, l->end, "{{"), *close;

		lex_part(l, &lexer_html, p, open);
		if (open == l->end)
			return;
		close = find_bytes(open, l->end, "}}");
		if (close < l->end)
			close += l->end - close > 2 && close[2] == '}' ? 3 : 2;
		lex_mustache(l, open, close);
		p = close;
	}
}

const struct lexer lexer_mustache = { .id = LEX_MUSTACHE, .run = run_mustache };

/* CSS: `name:` after { or ; is a property, unless a brace shows that it is a selector. */
static const uint8_t *css_word(struct lex *l, const uint8_t *from, const uint8_t *to)
{
	const uint8_t *next = to, *before = from, *limit;

	while (before > l->begin && (is_space(before[-1]) || before[-1] == '-'))
		before--;
	while (next < l->end && is_blank(*next))
		next++;
	if (next == l->end || *next != ':')
		return NULL;
	if (before > l->begin && !strchr("{;/}", before[-1]))
		return NULL;
	limit = l->end - next > 200 ? next + 200 : l->end;
	while (next < limit && *next != ';' && *next != '}' && *next != '{' && *next != '\n')
		next++;
	if (next < limit && *next == '{')
		return NULL;
	lex_emit(l, TOKEN_TAG, from, to);
	return to;
}

static bool is_color(const uint8_t *p, const uint8_t *to)
{
	size_t length = (size_t)(to - p);

	for (; p < to; p++)
		if (!is_digit(*p) && (uint8_t)((*p | 32) - 'a') >= 6)
			return false;
	return length == 3 || length == 4 || length == 6 || length == 8;
}

/* @media, #fff, #id, .class, !important */
static const uint8_t *css_hook(struct lex *l, const uint8_t *p)
{
	const uint8_t *to = scan_word(l, p + 1);

	if (to == p + 1 || (*p == '.' && is_digit(p[1])))
		return NULL;
	if (*p == '@' || *p == '!')
		lex_emit(l, TOKEN_KEYWORD, p, to);
	else
		lex_emit(
			l, *p == '#' && is_color(p + 1, to) ? TOKEN_NUMBER : TOKEN_TYPE, p, to);
	return to;
}

const struct lexer lexer_css = {
	.id = LEX_CSS,
	.flags = LEXER_CALLS | LEXER_WORDS | LEXER_DOT_NUMBERS,
	.inner = "-",
	.sigils = "$",
	.comments = { { "/*", "*/", 0 } },
	.strings = {
		{ "\"", "\"", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
		{ "'", "'", STRING_ESCAPE, NULL, NULL, TOKEN_STRING },
	},
	.hooks = "@#.!",
	.hook = css_hook,
	.word = css_word,
};
