#include "import/text_lines.h"

#include "base/arena.h"
#include "base/buf.h"
#include "blocks/texttable.h"
#include "import/html_parts.h"
#include "import/mend.h"
#include "import/text_code.h"

enum { FLAT_LINES = 8, LONGEST_HEADING = 60, MOST_WORDS = 8, MOST_CODE = 400 };

static bool is_list(str s)
{
	size_t n = 0;

	if (str_starts(s, STR("- ")) || str_starts(s, STR("* ")) || str_starts(s, STR("+ ")) ||
		str_starts(s, STR("\xE2\x80\xA2 ")))
		return true;
	while (n < s.len && n < 9 && s.ptr[n] >= '0' && s.ptr[n] <= '9')
		n++;
	return n && n + 1 < s.len && (s.ptr[n] == '.' || s.ptr[n] == ')') &&
	       s.ptr[n + 1] == ' ';
}

static bool is_rule(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != s.ptr[0])
			return false;
	return s.len >= 3 && memchr("-*_=", s.ptr[0], 4);
}

static bool is_heading(str s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == '#')
		n++;
	return n >= 1 && n <= 6 && n < s.len && s.ptr[n] == ' ';
}

static enum line_kind kind_of(str line)
{
	str s = str_trim(line);

	if (s.len == 0)
		return LINE_BLANK;
	if (str_starts(line, STR("    ")) || str_starts(line, STR("\t")))
		return is_list(s) ? LINE_LIST : LINE_FENCED;
	if (s.ptr[0] == '|')
		return LINE_TABLE;
	if (s.ptr[0] == '>')
		return LINE_QUOTE;
	if (is_heading(s))
		return LINE_HEADING;
	if (is_list(s))
		return LINE_LIST;
	if (is_rule(s))
		return LINE_RULE;
	return str_ends(s, STR(":")) ? LINE_LABEL : LINE_PROSE;
}

static size_t count_lines(str text)
{
	size_t n = 1;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '\n';
	return n;
}

struct text_lines text_lines_read(str text, int first_line, struct arena *a)
{
	struct text_lines t = { .at = arena_array(a, struct text_line, count_lines(text)) };
	struct fence f = { 0 };
	size_t blank = 0, fenced = 0;

	for (int number = first_line; text.len; number++) {
		struct str_pair p = str_cut(text, '\n');
		struct text_line *l = &t.at[t.count++];

		l->text = str_ends(p.head, STR("\r")) ? str_sub(p.head, 0, p.head.len - 1)
						      : p.head;
		l->number = number;
		fence_step(&f, l->text);
		l->kind = f.mark || f.edge ? LINE_FENCED : kind_of(l->text);
		fenced += l->kind == LINE_FENCED;
		blank += l->kind == LINE_BLANK;
		text = p.tail;
	}
	while (t.count && t.at[t.count - 1].kind == LINE_BLANK) {
		t.count--;
		blank--;
	}
	t.flat = blank == 0 && t.count - fenced >= FLAT_LINES;
	return t;
}

static struct code_look look_at(const struct text_lines *t, size_t i)
{
	struct code_look none = { CODE_NONE, NULL, '\0' };
	enum line_kind kind = i < t->count ? t->at[i].kind : LINE_BLANK;

	if (kind == LINE_BLANK || kind == LINE_FENCED || kind == LINE_TABLE ||
		kind == LINE_QUOTE || kind == LINE_LIST)
		return none;
	return code_look(t->at[i].text);
}

static bool same(const char *a, const char *b)
{
	return str_eq(str_c(a), str_c(b));
}

/* The language of the code that begins at `i`, be it with comments; null when none does. */
static const char *code_begins(const struct text_lines *t, size_t i)
{
	struct code_look first = look_at(t, i), look = first;

	for (size_t k = i; k < i + 4 && look.sign == CODE_COMMENT && look.mark == first.mark;
		k++)
		look = look_at(t, k + 1);
	if (look.sign != CODE_STRONG ||
		(first.sign == CODE_COMMENT && first.mark != code_mark(look.language)))
		return NULL;
	return look.language;
}

static bool reads_like_prose(str line)
{
	str s = str_trim(line);
	size_t words = 1;

	for (size_t i = 0; i < s.len; i++)
		words += s.ptr[i] == ' ';
	return s.len && words >= 6 &&
	       (str_ends(s, STR(".")) || str_ends(s, STR("?")) || str_ends(s, STR("!")));
}

/* A comment goes on with the code when code follows; "//" is never anything else. */
static bool comment_continues(const struct text_lines *t, size_t i, const char *language)
{
	char mark = code_mark(language);
	struct code_look look = look_at(t, i);

	if (look.mark != mark)
		return false;
	if (mark == '/')
		return !code_begins(t, i) || same(code_begins(t, i), language);
	for (; look.sign == CODE_COMMENT && look.mark == mark; i++)
		look = look_at(t, i + 1);
	return look.sign == CODE_WEAK ||
	       (look.sign == CODE_STRONG && same(look.language, language));
}

static bool is_indented(const struct text_lines *t, size_t i)
{
	return i < t->count && t->at[i].kind != LINE_BLANK &&
	       memchr(" \t", t->at[i].text.ptr[0], 2);
}

/* Does line `i` go on with code of this language, `depth` brackets being open? */
static bool continues(const struct text_lines *t, size_t i, const char *language, int depth)
{
	struct code_look look = look_at(t, i);

	if (i >= t->count || t->at[i].kind == LINE_TABLE || t->at[i].kind == LINE_QUOTE)
		return false;
	if (is_indented(t, i))
		return true;
	switch (look.sign) {
	case CODE_STRONG:
		return same(look.language, language);
	case CODE_COMMENT:
		return comment_continues(t, i, language);
	case CODE_WEAK:
		return true;
	default:
		return depth > 0 && t->at[i].kind != LINE_BLANK &&
		       !reads_like_prose(t->at[i].text);
	}
}

/* Where the code that begins at `i` ends. */
static size_t code_end(const struct text_lines *t, size_t i, const char *language)
{
	int depth = 0;
	size_t end = i;

	for (size_t k = i; k < t->count && k - i < MOST_CODE; k++) {
		size_t next = k;

		while (next < t->count && t->at[next].kind == LINE_BLANK)
			next++;
		if (k != i && !(code_begins(t, k) && same(code_begins(t, k), language)) &&
			!continues(t, next, language, depth))
			break;
		if (t->at[k].kind == LINE_BLANK)
			continue;
		depth += code_depth(t->at[k].text);
		depth = depth < 0 ? 0 : depth;
		end = k + 1;
	}
	return end;
}

/* A block that opens with a colon, and nothing is indented behind it. */
static bool lost_indent(const struct text_lines *t, size_t from, size_t to)
{
	for (size_t i = from; i + 1 < to; i++) {
		str line = str_trim(t->at[i].text);

		if (str_ends(line, STR(":")) && code_look(line).sign == CODE_STRONG &&
			!is_indented(t, i + 1))
			return true;
	}
	return false;
}

static bool nothing_indented(const struct text_lines *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (is_indented(t, i))
			return false;
	return true;
}

static bool has_depth(const struct text_lines *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (code_depth(t->at[i].text) > 0)
			return true;
	return false;
}

static void mark_code(
	struct text_lines *t, size_t from, size_t to, const char *language, struct notes *notes)
{
	int line = t->at[from].number;

	notes_add(notes, NOTE_FENCE, line, str_c(language));
	if (!code_has_braces(language) && lost_indent(t, from, to))
		notes_add(notes, NOTE_INDENT_LOST, line, str_c(language));
	else if (code_has_braces(language) && nothing_indented(t, from, to) &&
		 has_depth(t, from, to))
		notes_add(notes, NOTE_INDENT, line, str_c(language));
	for (size_t i = from; i < to; i++) {
		t->at[i].kind = LINE_CODE;
		t->at[i].language = language;
	}
	t->at[from].starts = true;
}

void text_find_code(struct text_lines *t, struct notes *notes)
{
	for (size_t i = 0; i < t->count;) {
		const char *language = code_begins(t, i);
		size_t end = language ? code_end(t, i, language) : i + 1;

		/* One line may be a sentence about code. */
		if (language && end - i >= 2)
			mark_code(t, i, end, language, notes);
		i = end;
	}
	for (size_t i = 0; i < t->count; i++)
		t->headings = t->headings || t->at[i].kind == LINE_HEADING;
}

static bool may_be_table(const struct text_line *l)
{
	return l->kind == LINE_PROSE || l->kind == LINE_LABEL || l->kind == LINE_BLANK ||
	       l->kind == LINE_RULE || l->kind == LINE_FENCED;
}

/* Lines [from, to) stand one behind the other in the text. */
static str text_of(const struct text_lines *t, size_t from, size_t to)
{
	const struct text_line *first = &t->at[from], *last = &t->at[to - 1];

	return str_new(
		first->text.ptr, (size_t)(last->text.ptr + last->text.len - first->text.ptr));
}

/* Lines that `end`, an offset behind the text of one, has reached. */
static size_t lines_of(str text, size_t end)
{
	size_t n = 1;

	for (size_t i = 0; i < end; i++)
		n += text.ptr[i] == '\n';
	return n;
}

static void mark_table(struct text_lines *t, size_t from, size_t to,
	const struct texttable *table, struct notes *notes, struct arena *a)
{
	struct buf out = { .arena = a };

	texttable_markdown(table, &out);
	while (to > from + 1 && t->at[to - 1].kind == LINE_BLANK)
		to--;
	notes_add(notes, NOTE_TEXT_TABLE, t->at[from].number, (str){ 0 });
	for (size_t i = from; i < to; i++)
		t->at[i].kind = LINE_TEXT_TABLE;
	t->at[from].starts = true;
	t->at[from].instead = str_trim_end(buf_str(&out));
}

/* Fences are left to mend_text_tables(); a run here is what stands between them. */
void text_find_tables(struct text_lines *t, struct notes *notes, struct arena *a)
{
	for (size_t i = 0; i < t->count;) {
		struct texttable *tables;
		size_t end = i, count;

		while (end < t->count && may_be_table(&t->at[end]) &&
			t->at[end].kind != LINE_FENCED)
			end++;
		if (end == i) {
			i++;
			continue;
		}
		str text = text_of(t, i, end);

		count = texttable_find(text, &tables, a);
		for (size_t k = 0; k < count; k++)
			mark_table(t, i + (size_t)tables[k].head.line - 1,
				i + lines_of(text, tables[k].end), &tables[k], notes, a);
		i = end;
	}
}

static bool is_short_title(str s)
{
	size_t words = 1;
	char last;

	if (s.len < 3 || s.len > LONGEST_HEADING || str_find_char(s, ':') >= 0 ||
		str_find_char(s, '|') >= 0 || str_find_char(s, '=') >= 0 ||
		str_find(s, STR("://")) >= 0)
		return false;
	for (size_t i = 0; i < s.len; i++)
		words += s.ptr[i] == ' ';
	last = s.ptr[s.len - 1];
	return words <= MOST_WORDS &&
	       ((s.ptr[0] >= 'A' && s.ptr[0] <= 'Z') || (unsigned char)s.ptr[0] >= 0xc3) &&
	       !memchr(".:;,!)(\"'", last, 9);
}

static bool is_long(const struct text_line *l)
{
	return l->kind == LINE_PROSE &&
	       (l->text.len > LONGEST_HEADING || str_ends(str_trim(l->text), STR(".")));
}

static const struct text_line *neighbour(const struct text_lines *t, size_t i, int step)
{
	for (size_t k = i + (size_t)step; k < t->count; k += (size_t)step)
		if (t->at[k].kind != LINE_BLANK)
			return &t->at[k];
	return NULL;
}

/* What can stand below a heading: a text, a list, code, a table, or a line that announces one.
 */
static bool is_content(const struct text_line *l)
{
	return l && (is_long(l) || l->kind == LINE_LABEL || l->kind == LINE_LIST ||
			    l->kind == LINE_TABLE || l->kind == LINE_CODE ||
			    l->kind == LINE_FENCED || l->kind == LINE_TEXT_TABLE);
}

static bool is_sure_heading(const struct text_lines *t, size_t i)
{
	const struct text_line *l = &t->at[i], *before = neighbour(t, i, -1);
	bool alone = (i == 0 || t->at[i - 1].kind == LINE_BLANK) && i + 1 < t->count &&
		     t->at[i + 1].kind == LINE_BLANK;

	if (l->kind != LINE_PROSE || !is_short_title(str_trim(l->text)) || (!t->flat && !alone))
		return false;
	if (before && (before->kind == LINE_LABEL ||
			      (before->kind == LINE_PROSE && !is_long(before))))
		return false;
	return is_content(neighbour(t, i, 1));
}

void text_find_headings(struct text_lines *t, struct notes *notes)
{
	size_t found = 0;

	if (t->headings)
		return;
	for (size_t i = 0; i < t->count; i++)
		found += is_sure_heading(t, i);
	/* A single short line between paragraphs may be anything. */
	if (found < 2)
		return;
	for (size_t i = 0; i < t->count; i++) {
		if (!is_sure_heading(t, i))
			continue;
		t->at[i].kind = LINE_HEADING;
		t->at[i].starts = true;
		notes_add(notes, NOTE_PLAIN_HEADING, t->at[i].number, (str){ 0 });
	}
}

/* "• x" is no list in Markdown. */
static void write_line(const struct text_line *l, struct buf *out)
{
	str s = str_trim_start(l->text);

	if (l->kind == LINE_HEADING && l->starts)
		buf_printf(out, "## " STR_FMT, STR_ARG(str_trim(l->text)));
	else if (l->kind == LINE_LIST && str_starts(s, STR("\xE2\x80\xA2 ")))
		buf_printf(out, STR_FMT "- " STR_FMT,
			STR_ARG(str_sub(l->text, 0, l->text.len - s.len)),
			STR_ARG(str_from(s, 4)));
	else
		buf_add(out, l->text);
	buf_char(out, '\n');
}

/* The block of code that begins at `i`; where it ends. */
static size_t write_code(const struct text_lines *t, size_t i, struct buf *out, struct arena *a)
{
	const char *language = t->at[i].language;
	struct buf lines = { .arena = a };
	size_t end = i;
	str code;

	do
		end++;
	while (end < t->count && t->at[end].kind == LINE_CODE && !t->at[end].starts);
	for (size_t k = i; k < end; k++) {
		buf_add(&lines, t->at[k].text);
		buf_char(&lines, '\n');
	}
	code = buf_str(&lines);
	if (code_has_braces(language) && nothing_indented(t, i, end))
		code = code_indent(code, language, a);
	html_fence(str_c(language), code, out);
	buf_char(out, '\n');
	return end;
}

static void write_gap(struct buf *out)
{
	while (out->len && !str_ends(buf_str(out), STR("\n\n")))
		buf_char(out, '\n');
}

/* Do two lines stand in one block, so that no blank line may come between? */
static bool joined(const struct text_lines *t, size_t i)
{
	enum line_kind before = t->at[i - 1].kind, kind = t->at[i].kind;

	if (kind == LINE_BLANK || (kind == LINE_TEXT_TABLE && !t->at[i].starts))
		return true;
	if (!t->flat)
		return !(kind == LINE_CODE || kind == LINE_TEXT_TABLE || before == LINE_CODE ||
			 before == LINE_TEXT_TABLE ||
			 (kind == LINE_HEADING && t->at[i].starts));
	return before == kind && kind != LINE_PROSE && kind != LINE_LABEL &&
	       kind != LINE_HEADING && kind != LINE_CODE;
}

void text_write(
	const struct text_lines *t, struct notes *notes, struct buf *out, struct arena *a)
{
	for (size_t i = 0; i < t->count;) {
		const struct text_line *l = &t->at[i];

		if (i && !joined(t, i))
			write_gap(out);
		if (t->flat && i && l->kind == LINE_PROSE && t->at[i - 1].kind == LINE_PROSE)
			notes_add(notes, NOTE_PARAGRAPH, l->number, (str){ 0 });
		if (l->kind == LINE_CODE) {
			i = write_code(t, i, out, a);
		} else if (l->kind == LINE_TEXT_TABLE) {
			if (l->starts)
				buf_printf(out, STR_FMT "\n", STR_ARG(l->instead));
			i++;
		} else {
			write_line(l, out);
			i++;
		}
	}
}
