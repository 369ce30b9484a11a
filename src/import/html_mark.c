#include "import/html_mark.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "import/escape.h"

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
	l->space = false;
	l->breaks = 0;
}

static void add_spot(struct line *l, struct spot s)
{
	if (l->spot_count == l->spot_cap) {
		size_t cap = l->spot_cap ? l->spot_cap * 2 : 16;
		struct spot *spots = arena_array(l->h->arena, struct spot, cap);

		if (l->spot_count)
			memcpy(spots, l->spots, sizeof(struct spot) * l->spot_count);
		l->spots = spots;
		l->spot_cap = cap;
	}
	l->spots[l->spot_count++] = s;
}

static void write_mark(struct line *l, const struct mark *m, bool opens)
{
	int length = m->kind == WITHOUT_EM ? 1 : 2;

	add_spot(l, (struct spot){ l->out.len, m->c, length, opens });
	for (int i = 0; i < length; i++)
		buf_char(&l->out, m->c);
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
	l->out.len = l->spots[--l->spot_count].at;
	l->closed_count--;
	l->close_end = l->out.len;
	m->c = closed->c;
	m->written = true;
	return true;
}

/*
 * "*" looks best and counts within words, but a row of them is read in many ways: within
 * another emphasis, and right behind one, it is "_".
 */
static char choose_character(const struct line *l, const struct mark *m)
{
	const struct mark *closed = last_closed(l);

	if (m->c == '~')
		return '~';
	for (int i = 0; i < l->mark_count; i++)
		if (l->marks[i].written && l->marks[i].c != '~')
			return l->marks[i].c == '*' ? '_' : '*';
	return closed && closed->c == '*' ? '_' : '*';
}

static void open_mark(struct line *l, struct mark *m)
{
	if (join(l, m))
		return;
	m->c = choose_character(l, m);
	write_mark(l, m, true);
	m->written = true;
}

static void open_marks(struct line *l)
{
	for (int i = 0; i < l->mark_count; i++)
		if (!l->marks[i].written)
			open_mark(l, &l->marks[i]);
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

/* The offset of the character that ends at `end`. */
static size_t last_char(str s, size_t end)
{
	size_t at = end - 1;

	while (at && ((unsigned char)s.ptr[at] & 0xc0) == 0x80)
		at--;
	return at;
}

size_t line_trailing_space(str s)
{
	size_t end = s.len;

	while (end) {
		size_t at = last_char(s, end);
		int len;

		if (str_ends(str_sub(s, 0, end), STR("\\\n")))
			at = end - 2;
		else if (s.ptr[at] != ' ' && !is_wide_space(utf8_decode(str_from(s, at), &len)))
			break;
		end = at;
	}
	return s.len - end;
}

void line_pop(struct line *l)
{
	struct mark m = l->marks[--l->mark_count];
	size_t space = line_trailing_space(buf_str(&l->out));
	str tail = str_copy(str_from(buf_str(&l->out), l->out.len - space), l->h->arena);

	if (!m.written)
		return;
	l->out.len -= space;
	if (!last_closed(l) || l->closed_count == 4)
		l->closed_count = 0;
	write_mark(l, &m, false);
	l->closed[l->closed_count++] = m;
	l->close_end = l->out.len;
	buf_add(&l->out, tail);
}

void line_token(struct line *l, str token)
{
	flush_gap(l);
	open_marks(l);
	buf_add(&l->out, token);
}

/* Is the last character a backslash's own? */
static bool is_escaped(str s, size_t at)
{
	size_t n = 0;

	while (n < at && s.ptr[at - n - 1] == '\\')
		n++;
	return n % 2 == 1;
}

/* "!" right before a link would make an image of it. */
static void guard_bang(struct line *l)
{
	str s = buf_str(&l->out);

	if (s.len == 0 || s.ptr[s.len - 1] != '!' || is_escaped(s, s.len - 1))
		return;
	l->out.len--;
	BUF_LIT(&l->out, "\\!");
}

void line_link(struct line *l, str link)
{
	line_token(l, STR(""));
	guard_bang(l);
	buf_add(&l->out, link);
}

void line_character(struct line *l, str rest, int len, uint32_t c)
{
	struct escape_place at = { l->one ? '.' : ' ', l->in_link,
		l->in_mark || l->mark_count > 0, l->place == PLACE_CELL };

	flush_gap(l);
	if (!is_wide_space(c))
		open_marks(l);
	if (l->out.len)
		at.prev = l->out.ptr[l->out.len - 1];
	if (c < 0x80 && escape_needed(rest, at))
		buf_char(&l->out, '\\');
	buf_add(&l->out, str_sub(rest, 0, (size_t)len));
}

/* What a mark has beside it: white space or nothing, punctuation, a letter; a sign may be
 * either of the two. */
enum side { SIDE_SPACE, SIDE_PUNCTUATION, SIDE_LETTER, SIDE_SIGN };

static enum side side_of(uint32_t c)
{
	if (c <= ' ' || is_wide_space(c))
		return SIDE_SPACE;
	if (c < 0x80)
		return escape_is_punctuation((char)c) ? SIDE_PUNCTUATION : SIDE_LETTER;
	return utf8_is_word(c) ? SIDE_LETTER : SIDE_SIGN;
}

/* The marks of one kind of character that stand in a row with spot `i`: from where to where in
 * the text. */
struct run {
	size_t from, to;
};

static struct run run_of(const struct line *l, size_t i)
{
	size_t first = i, last = i;

	while (first && l->spots[first - 1].c == l->spots[i].c &&
		l->spots[first - 1].at + (size_t)l->spots[first - 1].length ==
			l->spots[first].at)
		first--;
	while (last + 1 < l->spot_count && l->spots[last + 1].c == l->spots[i].c &&
		l->spots[last].at + (size_t)l->spots[last].length == l->spots[last + 1].at)
		last++;
	return (struct run){ l->spots[first].at,
		l->spots[last].at + (size_t)l->spots[last].length };
}

struct fixing {
	struct line *l;
	str text;
	bool *hidden; /* characters, by their offset, that become entities */
};

/* The character before `at`, or `text.len` when there is none. cmark-gfm looks through "~" from
 * other marks. */
static size_t char_before(const struct fixing *f, size_t at, bool through)
{
	while (through && at && f->text.ptr[at - 1] == '~')
		at--;
	return at ? last_char(f->text, at) : f->text.len;
}

static size_t char_behind(const struct fixing *f, size_t at, bool through)
{
	while (through && at < f->text.len && f->text.ptr[at] == '~')
		at++;
	return at;
}

static enum side side_at(const struct fixing *f, size_t at)
{
	int len;

	if (at >= f->text.len)
		return SIDE_SPACE;
	return f->hidden[at] ? SIDE_PUNCTUATION
			     : side_of(utf8_decode(str_from(f->text, at), &len));
}

/*
 * An opening mark needs a letter behind it, or no letter before it; a closing one the reverse.
 * "_" is pickier and never has a letter outside. Returns whether a character had to be hidden.
 */
static bool fix_spot(struct fixing *f, size_t i)
{
	const struct spot *s = &f->l->spots[i];
	struct run run = run_of(f->l, i);
	size_t before = char_before(f, run.from, s->c != '~'),
	       behind = char_behind(f, run.to, s->c != '~');
	size_t outside = s->opens ? before : behind, inside = s->opens ? behind : before;

	if (side_at(f, outside) <= SIDE_PUNCTUATION ||
		(side_at(f, inside) == SIDE_LETTER && s->c != '_'))
		return false;
	f->hidden[outside] = true;
	return true;
}

/* An underscore of the text, which stood between letters and so needed no backslash. */
static bool is_plain_underscore(const struct fixing *f, size_t at)
{
	size_t low = 0, high = f->l->spot_count;

	if (at >= f->text.len || f->text.ptr[at] != '_' || is_escaped(f->text, at))
		return false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct spot *s = &f->l->spots[middle];

		if (at >= s->at && at < s->at + (size_t)s->length)
			return false;
		if (s->at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return true;
}

/* Does the character at `at` stand beside one that becomes an entity? */
static bool is_beside_hidden(const struct fixing *f, size_t at)
{
	return (at && f->hidden[last_char(f->text, at)]) ||
	       (at + 1 < f->text.len && f->hidden[at + 1]);
}

static void write_entity(struct fixing *f, size_t at, int *len, struct buf *out)
{
	uint32_t c = utf8_decode(str_from(f->text, at), len);

	/* A backslash that meant itself before a letter would escape the entity. */
	if (is_escaped(f->text, at))
		buf_char(out, '\\');
	buf_printf(out, "&#%u;", (unsigned)c);
}

static str write_fixed(struct fixing *f)
{
	struct buf out = { .arena = f->l->h->arena };

	for (size_t i = 0; i < f->text.len;) {
		int len = 1;

		if (f->hidden[i]) {
			write_entity(f, i, &len, &out);
		} else {
			if (is_plain_underscore(f, i) && is_beside_hidden(f, i))
				buf_char(&out, '\\');
			buf_char(&out, f->text.ptr[i]);
		}
		i += (size_t)len;
	}
	return buf_str(&out);
}

str line_finish(struct line *l)
{
	struct fixing f = { l, buf_str(&l->out), NULL };
	bool any = false;

	if (l->spot_count == 0)
		return f.text;
	f.hidden = arena_array(l->h->arena, bool, f.text.len);
	/* What is hidden for one mark may be the letter that a neighbour relies on: look at
	 * those again. */
	for (size_t i = 0; i < l->spot_count;) {
		if (fix_spot(&f, i)) {
			any = true;
			i = i > 8 ? i - 8 : 0;
		} else {
			i++;
		}
	}
	return any ? write_fixed(&f) : f.text;
}
