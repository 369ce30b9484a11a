#include "import/escape.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool escape_is_punctuation(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
	       (c >= '{' && c <= '~');
}

/* "&amp;", "&#39;", or the beginning of one. */
static bool may_be_entity(str rest)
{
	size_t i = 1;

	while (i < rest.len && i < 40 && (is_alnum(rest.ptr[i]) || rest.ptr[i] == '#'))
		i++;
	return i == rest.len || (i > 1 && rest.ptr[i] == ';');
}

/* "2 * 4": marks need something beside them. */
static bool is_between_words(str rest, struct escape_place at)
{
	return is_space(at.prev) && rest.len > 2 && rest.ptr[1] == ' ' &&
	       is_alnum(rest.ptr[2]) && !at.in_mark;
}

bool escape_needed(str rest, struct escape_place at)
{
	bool last = rest.len < 2;
	char next = last ? '\0' : rest.ptr[1];

	switch (rest.ptr[0]) {
	case '`':
	case '[':
		return true;
	case ']':
		return at.in_link;
	case '|':
		return at.in_cell;
	case '\\':
		return last || !is_alnum(next);
	case '*':
		return !is_between_words(rest, at);
	case '_':
		if (is_between_words(rest, at))
			return false;
		return last || !is_alnum(at.prev) || !is_alnum(next);
	case '~':
		return at.in_mark || !is_space(at.prev) || !is_digit(next);
	case '<':
		return last || (is_alnum(next) && !is_digit(next)) || next == '/' ||
		       next == '!' || next == '?';
	case '&':
		return may_be_entity(rest);
	default:
		return false;
	}
}

/* Only marks of `set`, spaces aside; counts the marks. */
static bool has_only(str line, const char *set, size_t *count)
{
	*count = 0;
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == ' ')
			continue;
		if (!strchr(set, line.ptr[i]) || line.ptr[i] == '\0')
			return false;
		++*count;
	}
	return true;
}

static bool ends_or_space(str line, size_t at)
{
	return at >= line.len || line.ptr[at] == ' ';
}

static bool is_heading(str line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] == '#')
		n++;
	return n >= 1 && n <= 6 && ends_or_space(line, n);
}

/* "12. " or "3) ": where the mark stands; 0 when it is none. */
static size_t find_number(str line)
{
	size_t n = 0;

	while (n < line.len && n < 10 && is_digit(line.ptr[n]))
		n++;
	if (n == 0 || n > 9 || n >= line.len || (line.ptr[n] != '.' && line.ptr[n] != ')'))
		return 0;
	return ends_or_space(line, n + 1) ? n : 0;
}

/* A break across the page, an underline of a heading, the rule of a table. */
static bool is_rule(str line, bool first)
{
	size_t count;

	if ((has_only(line, "-", &count) || has_only(line, "_", &count) ||
		    has_only(line, "*", &count)) &&
		count >= 3)
		return true;
	if (!first && has_only(line, "=", &count) && count)
		return true;
	return !first && str_find_char(line, '-') >= 0 && has_only(line, "|:-", &count) &&
	       count;
}

ptrdiff_t escape_line_start(str line, bool first)
{
	char c = line.len ? line.ptr[0] : '\0';
	size_t number;

	if (line.len == 0)
		return -1;
	if (c == '>' || is_heading(line) || is_rule(line, first))
		return 0;
	if ((c == '-' || c == '+' || c == '*') && ends_or_space(line, 1))
		return 0;
	number = find_number(line);
	return number ? (ptrdiff_t)number : -1;
}
