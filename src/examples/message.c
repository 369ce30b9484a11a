#include "examples/message.h"

#include "base/arena.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';
}

static bool take_number(str *s, int *out)
{
	int n = 0;
	size_t i = 0;

	while (i < s->len && is_digit(s->ptr[i]) && n < 10000000)
		n = n * 10 + (s->ptr[i++] - '0');
	if (i == 0)
		return false;
	*out = n;
	*s = str_from(*s, i);
	return true;
}

static bool take(str *s, str prefix)
{
	if (!str_starts(*s, prefix))
		return false;
	*s = str_from(*s, prefix.len);
	return true;
}

/* What comes after the file's name: ":3:5", ":3", "\", line 3", " line 3", " on line 3", ": line 3", "(3,5)", dash's ": 3:". */
static bool read_place(str *rest, struct message *m)
{
	static const str words[] = { STR_INIT(": line "), STR_INIT("\", line "), STR_INIT(" on line "),
		STR_INIT(" line "), STR_INIT("("), STR_INIT(":"), STR_INIT(": ") };
	enum { BRACKET = 4, COLON, BARE };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		str after = *rest;

		if (!take(&after, words[i]) || !take_number(&after, &m->line))
			continue;
		if (i == BARE && !str_starts(after, STR(":")))
			continue;
		m->col = 0;
		if ((i == BRACKET || i == COLON) && after.len > 1 && (after.ptr[0] == ':' || after.ptr[0] == ',') && is_digit(after.ptr[1])) {
			after = str_from(after, 1);
			take_number(&after, &m->col);
		}
		*rest = after;
		return true;
	}
	return false;
}

/* The next mention of the file, by its whole name. */
static bool find_file(str *line, str file)
{
	ptrdiff_t at;

	while ((at = str_find(*line, file)) >= 0) {
		bool whole = at == 0 || !is_word(line->ptr[at - 1]);

		*line = str_from(*line, (size_t)at + file.len);
		if (whole)
			return true;
	}
	return false;
}

static bool find_place(str line, str file, struct message *m)
{
	while (find_file(&line, file)) {
		str rest = line;

		if (!read_place(&rest, m))
			continue;
		take(&rest, STR(")"));
		take(&rest, STR(":"));
		m->text = str_trim(rest);
		return true;
	}
	return false;
}

/* Not what makes a program fail. */
static bool is_aside(str text)
{
	static const str words[] = { STR_INIT("warning:"), STR_INIT("note:"), STR_INIT("help:") };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_starts(text, words[i]))
			return true;
	return false;
}

static str without_word(str text)
{
	static const str words[] = { STR_INIT("fatal error: "), STR_INIT("error: ") };

	for (size_t i = 0; i < 2; i++)
		if (str_starts(text, words[i]))
			return str_from(text, words[i].len);
	return text;
}

static bool is_new(const struct message *at, size_t count, const struct message *m)
{
	for (size_t i = 0; i < count; i++)
		if (at[i].line == m->line && str_eq(at[i].text, m->text))
			return false;
	return true;
}

/* rustc says it a line before the place. */
static void use_line_before(str line, str before, struct message *m)
{
	if (m->text.len == 0 && str_find(line, STR("--> ")) >= 0)
		m->text = before;
}

size_t messages_find(str text, str file, struct message *out, struct arena *a)
{
	str before = { 0 };
	size_t count = 0;

	while (text.len && count < MESSAGES_MOST) {
		struct str_pair cut = str_cut(text, '\n');
		struct message m = { 0 };

		if (find_place(cut.head, file, &m)) {
			use_line_before(cut.head, str_trim(before), &m);
			if (m.text.len && !is_aside(m.text) && is_new(out, count, &m)) {
				m.text = str_copy(without_word(m.text), a);
				out[count++] = m;
			}
		}
		before = cut.head;
		text = cut.tail;
	}
	return count;
}

static str last_line(str text)
{
	text = str_trim_end(text);
	ptrdiff_t at = str_rfind_char(text, '\n');
	return str_trim(str_from(text, (size_t)(at + 1)));
}

/* Python tells its story with the end last; the others begin with it. */
static bool is_python(str text)
{
	return str_find(text, STR("Traceback (most recent call last)")) >= 0 ||
	       str_find(text, STR("  File \"")) >= 0;
}

static bool tells(str line)
{
	static const str words[] = { STR_INIT("panic:"), STR_INIT("Error"), STR_INIT("error"),
		STR_INIT("panicked"), STR_INIT("Exception"), STR_INIT("fatal") };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_find(line, words[i]) >= 0)
			return true;
	return false;
}

static str find_telling(str text)
{
	str first = { 0 };

	while (text.len) {
		struct str_pair cut = str_cut(text, '\n');
		str line = str_trim(cut.head);

		if (line.len && !first.len)
			first = line;
		if (tells(line))
			return line;
		text = cut.tail;
	}
	return first;
}

struct message message_summary(str text, str file, struct arena *a)
{
	struct message found = { 0 }, m;
	bool python = is_python(text);

	for (str rest = text; rest.len;) {
		struct str_pair cut = str_cut(rest, '\n');

		rest = cut.tail;
		/* The innermost call in the file: Python's last, the others' first. */
		if (find_place(cut.head, file, &m) && (python || found.line == 0)) {
			found.line = m.line;
			found.col = m.col;
		}
	}
	found.text = str_copy(str_sub(python ? last_line(text) : find_telling(text), 0, 300), a);
	return found;
}
