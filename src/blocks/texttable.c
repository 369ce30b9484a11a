#include "blocks/texttable.h"

#include "base/arena.h"
#include "base/buf.h"

enum { MIN_ROWS = 2, GAP = 2 };

struct line {
	str text;
	size_t offset;
};

struct lines {
	const struct line *at;
	size_t count;
};

/* A line cut where two spaces or a tab stand. */
struct pieces {
	str text[TEXTTABLE_COLUMNS];
	int col[TEXTTABLE_COLUMNS]; /* in characters, from 0 */
	int count;
	bool over; /* more than fit */
};

static struct lines split_lines(str text, struct arena *a)
{
	size_t count = 1, used = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '\n';
	struct line *lines = arena_array(a, struct line, count);
	for (str rest = text; rest.len > 0;) {
		struct str_pair p = str_cut(rest, '\n');

		lines[used++] = (struct line){ p.head, (size_t)(p.head.ptr - text.ptr) };
		rest = p.tail;
	}
	return (struct lines){ lines, used };
}

static bool is_blank(str line)
{
	return str_trim(line).len == 0;
}

/* At least three of - = _ or horizontal box lines, and nothing else. */
static bool is_rule(str line)
{
	size_t marks = 0;

	line = str_trim(line);
	for (size_t i = 0; i < line.len; marks++) {
		str rest = str_from(line, i);

		if (line.ptr[i] == '-' || line.ptr[i] == '=' || line.ptr[i] == '_')
			i++;
		else if (str_starts(rest, STR("\342\224\200")) ||
			 str_starts(rest, STR("\342\225\220")) ||
			 str_starts(rest, STR("\342\224\201")))
			i += 3;
		else if (line.ptr[i] == ' ')
			i++, marks--;
		else
			return false;
	}
	return marks >= 3;
}

/* Corners, bars and crosses: U+2502 to U+257F without the double horizontal line. */
static bool has_box(str text)
{
	for (size_t i = 0; i + 2 < text.len; i++) {
		unsigned char second = (unsigned char)text.ptr[i + 1];
		unsigned char third = (unsigned char)text.ptr[i + 2];

		if ((unsigned char)text.ptr[i] != 0xE2)
			continue;
		if ((second == 0x94 && third >= 0x82) || (second == 0x95 && third != 0x90))
			return true;
	}
	return false;
}

static bool is_space_at(str s, size_t i)
{
	return i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\t' || s.ptr[i] == '\r');
}

static bool is_start(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

static void cut_pieces(str line, struct pieces *out)
{
	size_t i = 0;
	int col = 0;

	line = str_trim_end(line);
	out->count = 0;
	out->over = false;
	while (i < line.len) {
		size_t from;
		int start;

		while (is_space_at(line, i))
			i++, col++;
		from = i;
		start = col;
		while (i < line.len &&
			!(line.ptr[i] == '\t' ||
				(is_space_at(line, i) && is_space_at(line, i + 1))))
			col += is_start(line.ptr[i++]);
		if (out->count == TEXTTABLE_COLUMNS) {
			out->over = true;
			return;
		}
		out->text[out->count] = str_sub(line, from, i);
		out->col[out->count++] = start;
	}
}

/*
 * A piece that runs into the next column: cut where that column starts, when a space stands
 * before it.
 */
static void cut_at_columns(struct pieces *p, const struct pieces *head)
{
	for (int i = 0; i < p->count && p->count < head->count; i++) {
		str text = p->text[i];
		int col = p->col[i];

		for (size_t at = 0; at < text.len; col += is_start(text.ptr[at++])) {
			bool starts = false;

			for (int h = 1; h < head->count; h++)
				starts = starts || head->col[h] == col;
			if (!starts || at == 0 || text.ptr[at - 1] != ' ' ||
				text.ptr[at] == ' ')
				continue;
			memmove(&p->text[i + 1], &p->text[i],
				(size_t)(p->count - i) * sizeof(p->text[0]));
			memmove(&p->col[i + 1], &p->col[i],
				(size_t)(p->count - i) * sizeof(p->col[0]));
			p->text[i] = str_trim_end(str_sub(text, 0, at));
			p->text[i + 1] = str_from(text, at);
			p->col[i + 1] = col;
			p->count++;
			break;
		}
	}
}

/* Which column a piece stands in: the last one that starts at or hardly behind it. */
static int column_of(const struct pieces *head, int col)
{
	int at = 0;

	for (int h = 1; h < head->count; h++)
		if (head->col[h] <= col + GAP)
			at = h;
	return at;
}

static bool fill_row(const struct pieces *head, const struct pieces *p, str line, int number,
	struct texttable_row *out, struct arena *a)
{
	str *cells = arena_array(a, str, (size_t)head->count);
	int *cols = arena_array(a, int, (size_t)head->count);

	for (int i = 0; i < p->count; i++) {
		int column = p->count == head->count ? i : column_of(head, p->col[i]);

		if (cells[column].len > 0)
			return false;
		cells[column] = p->text[i];
		cols[column] = (int)(p->text[i].ptr - line.ptr) + 1;
	}
	*out = (struct texttable_row){ cells, cols, number };
	return true;
}

static bool read_row(const struct pieces *head, const struct line *line, int number,
	struct pieces *p, struct texttable_row *out, struct arena *a)
{
	if (is_blank(line->text) || is_rule(line->text))
		return false;
	cut_pieces(line->text, p);
	if (p->over || p->count > head->count)
		return false;
	if (p->count < head->count)
		cut_at_columns(p, head);
	return p->count >= 2 && fill_row(head, p, line->text, number, out, a);
}

/* Does the line's every piece stand where the heading or the first row has one? */
static bool is_aligned(
	const struct pieces *p, const struct pieces *head, const struct pieces *first)
{
	for (int i = 1; i < p->count; i++) {
		bool found = false;

		for (int h = 1; h < head->count; h++)
			found = found || head->col[h] == p->col[i] ||
				(h < first->count && first->col[h] == p->col[i]);
		if (!found)
			return false;
	}
	return true;
}

static str find_title(struct lines lines, size_t head)
{
	while (head > 0 && is_blank(lines.at[head - 1].text))
		head--;
	if (head < 2 || !is_rule(lines.at[head - 1].text) || is_rule(lines.at[head - 2].text))
		return STR("");
	return str_trim(lines.at[head - 2].text);
}

/*
 * The table whose heading is lines[from]. `*next` is where to go on looking, whatever comes of
 * it.
 */
static bool read_table(
	struct lines lines, size_t from, struct texttable *out, size_t *next, struct arena *a)
{
	struct pieces head, first = { .count = 0 }, p;
	size_t at = from + 1, count = 0, cap = 0, aligned = 0;
	struct texttable_row *rows = NULL;
	bool ruled;

	*next = from + 1;
	cut_pieces(lines.at[from].text, &head);
	if (head.count < 2 || head.over)
		return false;
	ruled = at < lines.count && is_rule(lines.at[at].text);
	at += ruled;
	for (; at < lines.count; at++) {
		struct texttable_row row;

		if (!read_row(&head, &lines.at[at], (int)at + 1, &p, &row, a))
			break;
		if (count == 0)
			first = p;
		aligned += is_aligned(&p, &head, &first);
		if (count == cap) {
			struct texttable_row *more =
				arena_array(a, struct texttable_row, cap * 2 + 8);

			if (count > 0)
				memcpy(more, rows, count * sizeof(rows[0]));
			rows = more;
			cap = cap * 2 + 8;
		}
		rows[count++] = row;
	}
	if (count < MIN_ROWS)
		return false;
	*next = at;
	if (!ruled && aligned * 4 < count * 3)
		return false;
	*out = (struct texttable){ .title = find_title(lines, from),
		.columns = head.count,
		.rows = rows,
		.row_count = count };
	out->end = lines.at[at - 1].offset + lines.at[at - 1].text.len;
	return fill_row(&head, &head, lines.at[from].text, (int)from + 1, &out->head, a);
}

size_t texttable_find(str text, struct texttable **out, struct arena *a)
{
	size_t count = 0, cap = 0;

	*out = NULL;
	if (has_box(text))
		return 0;
	struct lines lines = split_lines(text, a);
	for (size_t at = 0; at < lines.count;) {
		struct texttable table;

		if (is_blank(lines.at[at].text) || is_rule(lines.at[at].text)) {
			at++;
			continue;
		}
		if (!read_table(lines, at, &table, &at, a))
			continue;
		if (count == cap) {
			struct texttable *more = arena_array(a, struct texttable, cap * 2 + 2);

			if (count > 0)
				memcpy(more, *out, count * sizeof(table));
			*out = more;
			cap = cap * 2 + 2;
		}
		(*out)[count++] = table;
	}
	return count;
}

static void write_row(const struct texttable_row *row, int columns, struct buf *out)
{
	for (int i = 0; i < columns; i++) {
		BUF_LIT(out, "| ");
		for (size_t k = 0; k < row->cells[i].len; k++) {
			if (row->cells[i].ptr[k] == '|')
				buf_char(out, '\\');
			buf_char(out, row->cells[i].ptr[k]);
		}
		buf_char(out, ' ');
	}
	BUF_LIT(out, "|\n");
}

void texttable_markdown(const struct texttable *t, struct buf *out)
{
	if (t->title.len > 0) {
		BUF_LIT(out, "Table: ");
		buf_add(out, t->title);
		BUF_LIT(out, "\n\n");
	}
	write_row(&t->head, t->columns, out);
	for (int i = 0; i < t->columns; i++)
		BUF_LIT(out, "|---");
	BUF_LIT(out, "|\n");
	for (size_t r = 0; r < t->row_count; r++)
		write_row(&t->rows[r], t->columns, out);
}
