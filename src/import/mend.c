#include "import/mend.h"

#include "base/arena.h"
#include "base/buf.h"
#include "blocks/texttable.h"
#include "import/notes.h"

enum { MOST_CELLS = 64 };

void fence_step(struct fence *f, str line)
{
	str s = str_trim(line);
	char c = s.len ? s.ptr[0] : '\0';
	size_t n = 0;

	f->edge = false;
	while (n < s.len && s.ptr[n] == c)
		n++;
	if ((c != '`' && c != '~') || n < 3)
		return;
	if (f->mark == 0 && (c == '~' || str_find_char(str_from(s, n), '`') < 0)) {
		f->mark = c;
		f->length = n;
		f->edge = true;
	} else if (f->mark == c && n >= f->length && n == s.len) {
		f->mark = 0;
		f->edge = true;
	}
}

static int line_number(int first_line, str body, size_t from, size_t to, int line)
{
	for (size_t i = from; i < to; i++)
		line += body.ptr[i] == '\n';
	return first_line ? line : 0;
}

/* "Note: measured on one machine" below a table: one line of words without a mark of Markdown.
 */
static bool is_remark(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (memchr("*_[]<>`#|\\&~\n", s.ptr[i], 13))
			return false;
	return s.len && ((s.ptr[0] >= 'A' && s.ptr[0] <= 'Z')) && str_find(s, STR("  ")) < 0;
}

/* Lines of a fence that are no table, in a fence of their own. */
static void write_rest(str opening, str code, str closing, bool after, struct buf *out)
{
	str rest = code;

	while (rest.len && str_trim(str_cut(rest, '\n').head).len == 0)
		rest = str_cut(rest, '\n').tail;
	rest = str_trim_end(rest);
	if (rest.len == 0)
		return;
	if (after && is_remark(rest)) {
		buf_printf(out, STR_FMT "\n", STR_ARG(rest));
		return;
	}
	buf_add(out, opening);
	buf_add(out, rest);
	buf_char(out, '\n');
	buf_add(out, closing);
	BUF_LIT(out, "\n");
}

static size_t offset_of_line(str text, int line)
{
	size_t at = 0;

	for (int i = 1; i < line && at < text.len; i++) {
		ptrdiff_t end = str_find_char(str_from(text, at), '\n');

		at = end < 0 ? text.len : at + (size_t)end + 1;
	}
	return at;
}

/* Where the table begins: its heading, or the title over it. */
static size_t start_of(const struct texttable *t, str code, size_t from)
{
	size_t head = offset_of_line(code, t->head.line);

	if (t->title.len && t->title.ptr >= code.ptr && t->title.ptr < code.ptr + code.len) {
		size_t title = (size_t)(t->title.ptr - code.ptr);

		while (title && code.ptr[title - 1] != '\n')
			title--;
		head = title < head ? title : head;
	}
	return head < from ? from : head;
}

/* One fence without a language: its tables, and what stands around them. */
static bool write_tables(str opening, str code, str closing, int line, struct notes *notes,
	struct buf *out, struct arena *a)
{
	struct texttable *tables;
	size_t count = texttable_find(code, &tables, a), at = 0;

	for (size_t i = 0; i < count; i++) {
		size_t start = start_of(&tables[i], code, at), before = out->len;

		write_rest(opening, str_sub(code, at, start), closing, i > 0, out);
		if (out->len > before)
			BUF_LIT(out, "\n");
		texttable_markdown(&tables[i], out);
		if (out->ptr[out->len - 1] != '\n')
			BUF_LIT(out, "\n");
		at = tables[i].end;
		notes_add(notes, NOTE_TEXT_TABLE, line ? line + tables[i].head.line : 0,
			(str){ 0 });
		if (str_trim(str_from(code, at)).len)
			BUF_LIT(out, "\n");
	}
	if (count)
		write_rest(opening, str_from(code, at), closing, true, out);
	return count > 0;
}

/* The whole line with its end. */
static str take_line(str body, size_t at)
{
	ptrdiff_t end = str_find_char(str_from(body, at), '\n');

	return str_sub(body, at, end < 0 ? body.len : at + (size_t)end + 1);
}

/* "```" alone, at the margin. */
static bool opens_bare(str line)
{
	return str_starts(line, STR("```")) && str_eq(str_trim_end(line), str_trim(STR("```")));
}

str mend_text_tables(str body, int first_line, struct notes *notes, struct arena *a)
{
	struct buf out = { .arena = a };
	struct fence f = { 0 };
	size_t at = 0, seen = 0;
	int line_at = first_line;

	while (at < body.len) {
		str line = take_line(body, at), close = { 0 };
		size_t start = at, code = at + line.len;

		fence_step(&f, line);
		at += line.len;
		if (!f.edge || !f.mark || !opens_bare(line)) {
			buf_add(&out, line);
			continue;
		}
		while (at < body.len && f.mark) {
			close = take_line(body, at);
			fence_step(&f, close);
			at += close.len;
		}
		line_at = line_number(first_line, body, seen, start, line_at);
		seen = start;
		if (f.mark || !write_tables(line, str_sub(body, code, at - close.len),
				      str_trim(close), line_at, notes, &out, a))
			buf_add(&out, str_sub(body, start, at));
	}
	return buf_str(&out);
}

struct cells {
	str at[MOST_CELLS];
	size_t count;
};

/* "| a | b |" */
static bool split_cells(str line, struct cells *out)
{
	str s = str_trim(line);

	out->count = 0;
	if (s.len < 2 || s.ptr[0] != '|' || s.ptr[s.len - 1] != '|')
		return false;
	s = str_sub(s, 1, s.len - 1);
	for (size_t from = 0, i = 0; i <= s.len && out->count < MOST_CELLS; i++) {
		if (i < s.len && (s.ptr[i] != '|' || (i && s.ptr[i - 1] == '\\')))
			continue;
		out->at[out->count++] = str_trim(str_sub(s, from, i));
		from = i + 1;
	}
	return out->count > 1;
}

static bool is_rule(const struct cells *c)
{
	for (size_t i = 0; i < c->count; i++) {
		bool dash = false;

		for (size_t k = 0; k < c->at[i].len; k++) {
			if (!strchr("-:", c->at[i].ptr[k]))
				return false;
			dash = dash || c->at[i].ptr[k] == '-';
		}
		if (!dash)
			return false;
	}
	return true;
}

/* Every heading but the last is filled, and so is every cell of every row: sure enough. */
static bool is_shifted(str body, size_t at, const struct cells *head)
{
	struct cells row;
	size_t rows = 0;

	if (head->at[head->count - 1].len)
		return false;
	for (size_t i = 0; i + 1 < head->count; i++)
		if (head->at[i].len == 0)
			return false;
	for (; at < body.len; rows++) {
		str line = take_line(body, at);

		if (!split_cells(line, &row))
			break;
		if (row.count != head->count || row.at[0].len == 0 ||
			row.at[row.count - 1].len == 0)
			return false;
		at += line.len;
	}
	return rows > 0;
}

str mend_shifted_tables(str body, int first_line, struct notes *notes, struct arena *a)
{
	struct buf out = { .arena = a };
	struct fence f = { 0 };
	int number = first_line;

	for (size_t at = 0; at < body.len; number++) {
		str line = take_line(body, at), rule = take_line(body, at + line.len);
		struct cells head, marks;

		fence_step(&f, line);
		at += line.len;
		if (f.mark || f.edge || !split_cells(line, &head) ||
			!split_cells(rule, &marks) || !is_rule(&marks) ||
			!is_shifted(body, at + rule.len, &head)) {
			buf_add(&out, line);
			continue;
		}
		notes_add(notes, NOTE_TABLE_SHIFT, first_line ? number : 0, (str){ 0 });
		BUF_LIT(&out, "| ");
		for (size_t i = 0; i + 1 < head.count; i++)
			buf_printf(&out, "| " STR_FMT " ", STR_ARG(head.at[i]));
		BUF_LIT(&out, "|\n");
	}
	return buf_str(&out);
}
