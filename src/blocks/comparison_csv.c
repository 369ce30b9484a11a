/* A comparison as CSV: comparison_fence.c says how it is read. */
#include "base/arena.h"
#include "base/buf.h"
#include "blocks/comparison.h"

static void add_cell(struct buf *out, str text)
{
	bool quoted = text.len == 0 ? false : text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' ';

	for (size_t i = 0; i < text.len && !quoted; i++) {
		char c = text.ptr[i];

		quoted = c == '"' || c == ',' || c == '\n' || c == '\r';
	}
	if (!quoted) {
		buf_add(out, text);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '"')
			buf_char(out, '"');
		buf_char(out, text.ptr[i]);
	}
	buf_char(out, '"');
}

/* Is it a link by what stands elsewhere in the article, or a note? */
static bool refers(const struct markdown_cell *cell)
{
	str raw = cell->raw;

	return str_find_char(raw, '[') >= 0 && str_find(cell->html, STR("<a ")) >= 0 &&
	       (str_find(raw, STR("](")) < 0 || str_find(raw, STR("][")) >= 0 ||
		       str_find(raw, STR("[^")) >= 0);
}

/* HTML that the page shows as HTML would be text in data. */
static bool has_html(const struct markdown_cell *cell)
{
	str raw = cell->raw;
	ptrdiff_t tag = str_find_char(raw, '<');

	return tag >= 0 && str_find_char(str_from(raw, (size_t)tag), '>') >= 0 &&
	       str_find(raw, STR("://")) < 0 && str_find_char(raw, '@') < 0 &&
	       str_find(cell->html, STR("&lt;")) < 0;
}

/* Text that would be read as Markdown is written so that it is read as itself. */
static str escape(str text, struct arena *a)
{
	struct buf b = { .arena = a };

	if (!markdown_is_marked(text))
		return text;
	for (size_t i = 0; i < text.len; i++) {
		if (strchr("\\`*_[]<&~", text.ptr[i]))
			buf_char(&b, '\\');
		buf_char(&b, text.ptr[i]);
	}
	return buf_str(&b);
}

/* As it was written, unless that means less without the article around it. */
static str written(
	const struct markdown_block *table, const struct markdown_cell *cell, struct arena *a)
{
	bool needs_article = !table->fenced && !str_eq(cell->raw, cell->text) &&
			     (refers(cell) || has_html(cell));

	return needs_article ? escape(cell->text, a) : cell->raw;
}

static str better_word(enum cell_better better, bool said)
{
	if (!said)
		return STR("");
	return better == BETTER_LOWER ? STR("lower") : STR("higher");
}

static void end_row(struct buf *out)
{
	BUF_LIT(out, "\r\n");
}

/* "# Notes" is no option, and a heading that begins so is none of those. */
static void add_head(struct buf *out, const struct markdown_block *table, const struct comparison *c,
	struct arena *a)
{
	for (int i = 0; i < table->columns; i++) {
		str text = written(table, &table->head.cells[i], a);
		bool remark = i > 0 && !c->transposed && c->option[i].name.len == 0;

		if (i > 0)
			buf_char(out, ',');
		if (remark)
			text = str_join(STR("# "), text, a);
		else if (str_starts(text, STR("# ")))
			text = str_join(STR("\\"), text, a);
		add_cell(out, text);
	}
}

static bool any_said(const struct comparison *c)
{
	for (size_t r = 0; r < c->row_count; r++)
		if (c->rows[r].said)
			return true;
	return false;
}

/* A criterion "# better" is none of ours. */
static void add_row(struct buf *out, const struct markdown_block *table, size_t r, struct arena *a)
{
	for (int i = 0; i < table->columns; i++) {
		str text = written(table, &table->rows[r].cells[i], a);

		if (i > 0)
			buf_char(out, ',');
		else if (str_starts(text, STR("# ")))
			text = str_join(STR("\\"), text, a);
		add_cell(out, text);
	}
}

/* Of a table whose rows are the options. */
static void add_better_row(struct buf *out, const struct comparison *c)
{
	bool any = false;

	for (int i = 1; i < c->columns; i++)
		any = any || (c->said && c->said[i]);
	if (!any)
		return;
	BUF_LIT(out, "# better");
	for (int i = 1; i < c->columns; i++) {
		buf_char(out, ',');
		buf_add(out, better_word(c->better[i], c->said[i]));
	}
	end_row(out);
}

str comparison_csv(const struct markdown_block *table, const struct comparison *c, struct arena *a)
{
	struct buf out = { .arena = a };
	bool said = !c->transposed && any_said(c);

	buf_reserve(&out, (table->row_count + 1) * (size_t)table->columns * 12);
	add_head(&out, table, c, a);
	if (said)
		BUF_LIT(&out, ",# better");
	end_row(&out);
	for (size_t r = 0; r < table->row_count; r++) {
		add_row(&out, table, r, a);
		if (said) {
			buf_char(&out, ',');
			buf_add(&out, better_word(c->rows[r].better, c->rows[r].said));
		}
		end_row(&out);
	}
	if (c->transposed)
		add_better_row(&out, c);
	return buf_str(&out);
}
