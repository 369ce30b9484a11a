#include "content/heading.h"

#include "base/arena.h"
#include "base/buf.h"

enum { LONGEST_TITLE = 1000 };

/* White space at the start of a line, a tab reaching to the next multiple of 4. */
static int indent_of(str line)
{
	int columns = 0;

	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == ' ')
			columns++;
		else if (line.ptr[i] == '\t')
			columns += 4 - columns % 4;
		else
			break;
	}
	return columns;
}

static size_t count_char(str s, char c)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == c)
		n++;
	return n;
}

/* An open fence: its character and length; 0 when there is none. */
struct fence {
	char mark;
	size_t length;
};

/* `line` is trimmed. True when it belongs to a fenced code block. */
static bool step_fence(struct fence *f, str line)
{
	if (f->length) {
		size_t n = count_char(line, f->mark);
		if (n >= f->length && n == line.len)
			f->length = 0;
		return true;
	}
	char mark = line.len ? line.ptr[0] : ' ';
	size_t n = count_char(line, mark);
	if ((mark != '`' && mark != '~') || n < 3)
		return false;
	if (mark == '`' && str_find_char(str_from(line, n), '`') >= 0)
		return false;
	*f = (struct fence){ mark, n };
	return true;
}

/* `## Title ##` -> "Title"; empty when the line is no ATX heading. */
static str atx_text(str line)
{
	size_t level = count_char(line, '#');

	if (level == 0 || level > 6)
		return STR("");
	str text = str_from(line, level);
	if (text.len && text.ptr[0] != ' ' && text.ptr[0] != '\t')
		return STR("");
	text = str_trim(text);
	size_t end = text.len;
	while (end > 0 && text.ptr[end - 1] == '#')
		end--;
	if (end == 0 || text.ptr[end - 1] == ' ' || text.ptr[end - 1] == '\t')
		text = str_trim_end(str_sub(text, 0, end));
	return text;
}

/* `line` is trimmed and not empty. */
static bool is_underline(str line)
{
	char c = line.ptr[0];

	return (c == '=' || c == '-') && count_char(line, c) == line.len;
}

/* Can a paragraph that becomes a setext heading start with this line? It is not empty. */
static bool starts_text(str line)
{
	size_t digits = 0;

	if (memchr(">|<", line.ptr[0], 3))
		return false;
	if (memchr("-*+", line.ptr[0], 3) && (line.len == 1 || line.ptr[1] == ' '))
		return false;
	while (digits < line.len && line.ptr[digits] >= '0' && line.ptr[digits] <= '9')
		digits++;
	return digits == 0 || digits + 1 >= line.len || !memchr(".)", line.ptr[digits], 2) ||
	       line.ptr[digits + 1] != ' ';
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

/* Is the run of `*`, `_` or `~` at `at` a mark, or text as in "a * b" and "snake_case"? */
static bool is_mark(str s, size_t at)
{
	char c = s.ptr[at];
	size_t end = at + count_char(str_from(s, at), c);
	bool space_before = at == 0 || s.ptr[at - 1] == ' ';
	bool space_after = end == s.len || s.ptr[end] == ' ';

	if (space_before && space_after)
		return false;
	if (c == '~')
		return end - at == 2;
	return c != '_' || at == 0 || end == s.len || !is_word(s.ptr[at - 1]) ||
	       !is_word(s.ptr[end]);
}

/* `](target)` or `][label]` at the start of `s`: its length, else 0. */
static size_t link_tail(str s)
{
	if (s.len < 2 || s.ptr[0] != ']' || (s.ptr[1] != '(' && s.ptr[1] != '['))
		return 0;
	ptrdiff_t end = str_find_char(str_from(s, 2), s.ptr[1] == '(' ? ')' : ']');
	return end < 0 ? 0 : (size_t)end + 3;
}

/* Does `s`, at a '[', start a link? */
static bool starts_link(str s)
{
	return str_find(s, STR("](")) > 0 || str_find(s, STR("][")) > 0;
}

/* Without `{#own-id}` at the end. */
static str strip_id(str s)
{
	ptrdiff_t open = str_ends(s, STR("}")) ? str_rfind_char(s, '{') : -1;

	if (open >= 0 && s.ptr[open + 1] == '#')
		return str_trim_end(str_sub(s, 0, (size_t)open));
	return s;
}

/* The search for link ends looks ahead, so a bound must be; no title comes near it. */
static str shorten(str s)
{
	size_t end = LONGEST_TITLE;

	if (s.len <= end)
		return s;
	while (end > 0 && ((unsigned char)s.ptr[end] & 0xC0) == 0x80)
		end--;
	return str_sub(s, 0, end);
}

static str strip_marks(str s, struct arena *a)
{
	struct buf b = { .arena = a };
	bool linked = false; /* inside [text], of which only the text stays */
	bool code = false;

	s = strip_id(shorten(s));
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		char next = i + 1 < s.len ? s.ptr[i + 1] : ' ';
		size_t tail = linked ? link_tail(str_from(s, i)) : 0;

		if (c == '`') {
			code = !code;
		} else if (c == '\n' || c == '\r') {
			buf_char(&b, ' ');
		} else if (code) {
			buf_char(&b, c);
		} else if (c == '\\' && next != ' ' && !is_word(next)) {
			buf_char(&b, next);
			i++;
		} else if ((c == '*' || c == '_' || c == '~') && is_mark(s, i)) {
			i += count_char(str_from(s, i), c) - 1;
		} else if (tail) {
			linked = false;
			i += tail - 1;
		} else if (c == '!' && next == '[' && starts_link(str_from(s, i + 1))) {
			continue;
		} else if (c == '[' && starts_link(str_from(s, i))) {
			linked = true;
		} else {
			buf_char(&b, c);
		}
	}
	return str_trim(buf_str(&b));
}

/* Lines from one that starts a comment as far as its end. */
static bool step_comment(bool *open, str line)
{
	bool here = *open || str_starts(line, STR("<!--"));

	if (here)
		*open = str_find(line, STR("-->")) < 0;
	return here;
}

/* Where the walk over lines stands. */
struct walk {
	struct fence fence;
	bool comment;
	const char *text; /* first line of a paragraph that may be a heading's text, or null */
	bool in_block;    /* inside a paragraph, list or quote of any kind */
};

/* The text of a heading that ends with this line, its marks stripped; else empty. */
static str step_line(struct walk *w, str raw, struct arena *a)
{
	str line = str_trim(raw);
	bool indented = indent_of(raw) >= 4;

	if (!indented || w->fence.length || line.len == 0) {
		if (line.len == 0 || step_fence(&w->fence, line)) {
			w->text = NULL;
			w->in_block = false;
			return STR("");
		}
	}
	if (step_comment(&w->comment, line) || (indented && !w->in_block))
		return STR("");
	if (w->text && is_underline(line))
		return strip_marks(str_trim(str_new(w->text, (size_t)(raw.ptr - w->text))), a);
	str atx = indented ? STR("") : atx_text(line);
	if (atx.len)
		return strip_marks(atx, a);
	if (!w->in_block)
		w->text = starts_text(line) ? line.ptr : NULL;
	w->in_block = true;
	return STR("");
}

str heading_first(str body, struct arena *a)
{
	struct walk w = { 0 };

	while (body.len) {
		struct str_pair p = str_cut(body, '\n');
		str title = step_line(&w, p.head, a);
		if (title.len)
			return title;
		body = p.tail;
	}
	return STR("");
}
