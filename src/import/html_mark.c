#include "import/html_mark.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "import/escape.h"

/* Letters and digits: beside them an emphasis opens and closes whatever is on its other side.
 */
static bool is_word(uint32_t c)
{
	return c < 0x80 ? (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
				  (c >= 'A' && c <= 'Z')
			: utf8_is_word(c);
}

static bool has_written_mark(const struct line *l)
{
	for (int i = 0; i < l->mark_count; i++)
		if (l->marks[i].written)
			return true;
	return false;
}

static void write_breaks(struct line *l)
{
	if (l->place == PLACE_HEADING)
		buf_char(&l->out, ' ');
	else if (l->place == PLACE_CELL)
		BUF_LIT(&l->out, "<br>");
	else if (l->breaks > 1 && !has_written_mark(l) && !l->one && !l->without)
		BUF_LIT(&l->out, "\n\n");
	else
		BUF_LIT(&l->out, "\\\n");
}

/* The white space before what comes next. */
static void flush_gap(struct line *l)
{
	if (!l->space && !l->breaks)
		return;
	if (l->out.len == 0)
		l->led = true;
	else if (l->breaks)
		write_breaks(l);
	else
		buf_char(&l->out, ' ');
	if (l->out.len)
		l->fix_next = false;
	l->space = false;
	l->breaks = 0;
}

static void write_mark(struct line *l, const struct mark *m)
{
	buf_char(&l->out, m->c);
	if (m->kind != WITHOUT_EM)
		buf_char(&l->out, m->c);
}

/* The character before becomes an entity: it ends with ';', behind which a mark opens. */
static void hide_last(struct line *l)
{
	int len;
	uint32_t c = utf8_decode(str_from(buf_str(&l->out), l->text_at), &len);

	l->out.len = l->text_at;
	buf_printf(&l->out, "&#%u;", (unsigned)c);
}

/* The mark that has just been closed; null when something stands behind it. */
static const struct mark *last_closed(const struct line *l)
{
	return l->closed_count && l->close_end == l->out.len ? &l->closed[l->closed_count - 1]
							     : NULL;
}

/* `</b><b>`: the two become one. */
static bool join(struct line *l, struct mark *m)
{
	const struct mark *closed = last_closed(l);

	if (!closed || closed->kind != m->kind)
		return false;
	l->out.len -= m->kind == WITHOUT_EM ? 1 : 2;
	l->closed_count--;
	l->close_end = l->out.len;
	m->c = closed->c;
	m->written = true;
	l->fix_next = false;
	return true;
}

/* `word`: what shows next is a letter. */
static void open_mark(struct line *l, struct mark *m, bool word)
{
	const struct mark *closed = last_closed(l);

	if (join(l, m))
		return;
	if (closed && closed->c == '*' && m->c == '*')
		m->c = '_';
	if (!word && l->out.len == l->text_end && l->text_end && !l->text_punctuation)
		hide_last(l);
	write_mark(l, m);
	m->written = true;
	l->fix_next = false;
}

static void open_marks(struct line *l, bool word)
{
	for (int i = 0; i < l->mark_count; i++) {
		bool same = i + 1 == l->mark_count || l->marks[i + 1].c == l->marks[i].c;

		if (!l->marks[i].written)
			open_mark(l, &l->marks[i], word && same);
	}
}

bool line_push(struct line *l, int kind)
{
	if (l->without & kind)
		return false;
	for (int i = 0; i < l->mark_count; i++)
		if (l->marks[i].kind == kind)
			return false;
	l->marks[l->mark_count++] =
		(struct mark){ kind, kind == WITHOUT_STRIKE ? '~' : '*', false };
	return true;
}

/* Spaces that Markdown takes for white space, and that must not stand inside of marks, but are
 * kept. */
static bool is_wide_space(uint32_t c)
{
	return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
	       c == 0x205f || c == 0x3000;
}

/* Bytes of wide spaces at the end. */
static size_t trailing_wide(str s)
{
	size_t end = s.len;

	while (end >= 2) {
		size_t at = end - 1;
		int len;

		while (at && ((unsigned char)s.ptr[at] & 0xc0) == 0x80)
			at--;
		if (!is_wide_space(utf8_decode(str_from(s, at), &len)))
			break;
		end = at;
	}
	return s.len - end;
}

static void close_mark(struct line *l, const struct mark *m)
{
	const struct mark *closed = last_closed(l);
	bool run = closed && closed->c == m->c;
	bool word = l->out.len == l->text_end && l->text_word;

	/* No more than the three kinds close in a row. */
	if (!closed || l->closed_count == 4)
		l->closed_count = 0;
	write_mark(l, m);
	l->fix_next = (run ? l->fix_next : !word) || m->c == '_';
	l->closed[l->closed_count++] = *m;
	l->close_end = l->out.len;
}

void line_pop(struct line *l)
{
	struct mark m = l->marks[--l->mark_count];
	size_t wide = trailing_wide(buf_str(&l->out));
	str tail = str_copy(str_from(buf_str(&l->out), l->out.len - wide), l->h->arena);

	if (!m.written)
		return;
	l->out.len -= wide;
	if (wide)
		l->text_end = 0;
	close_mark(l, &m);
	buf_add(&l->out, tail);
	if (wide)
		l->fix_next = false;
}

void line_token(struct line *l, str token)
{
	flush_gap(l);
	open_marks(l, false);
	buf_add(&l->out, token);
	l->fix_next = false;
}

static bool last_is_text(const struct line *l)
{
	return l->text_end && l->text_end == l->out.len && !l->space && !l->breaks;
}

void line_guard_bang(struct line *l)
{
	if (!last_is_text(l) || l->out.ptr[l->text_at] != '!')
		return;
	l->out.len = l->text_at;
	BUF_LIT(&l->out, "\\!");
	l->text_at++;
	l->text_end = l->out.len;
}

/* The same character in a way that is punctuation to the mark before. */
static void put_entity(struct line *l, uint32_t c)
{
	buf_printf(&l->out, "&#%u;", (unsigned)c);
	l->text_end = 0;
}

static void put_plain(struct line *l, str rest, int len, uint32_t c)
{
	struct escape_place at = { l->out.len ? l->out.ptr[l->out.len - 1] : ' ', l->in_link,
		l->place == PLACE_CELL };

	if (c < 0x80 && escape_needed(rest, at))
		buf_char(&l->out, '\\');
	l->text_at = l->out.len;
	buf_add(&l->out, str_sub(rest, 0, (size_t)len));
	l->text_end = l->out.len;
	l->text_word = is_word(c);
	l->text_punctuation = c < 0x80 && !l->text_word;
}

void line_character(struct line *l, str rest, int len, uint32_t c)
{
	bool wide = is_wide_space(c);

	flush_gap(l);
	if (!wide)
		open_marks(l, is_word(c));
	if (l->fix_next && !wide && !escape_is_punctuation((char)(c < 0x80 ? c : 0)))
		put_entity(l, c);
	else
		put_plain(l, rest, len, c);
	if (wide)
		l->text_punctuation = true;
	l->fix_next = false;
}
