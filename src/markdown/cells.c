/* Cells that come as data are read as the rows of a table of one column. */
#include "markdown/render.h"

#include <string.h>

#include "base/arena.h"

bool markdown_is_marked(str text)
{
	static const bool MARKS[256] = { ['\\'] = true, ['`'] = true, ['*'] = true, ['_'] = true,
		['['] = true, [']'] = true, ['<'] = true, ['>'] = true, ['&'] = true, ['~'] = true,
		['@'] = true, ['\n'] = true, ['\r'] = true };

	for (size_t i = 0; i < text.len; i++)
		if (MARKS[(unsigned char)text.ptr[i]])
			return true;
	/* Bare addresses are links. */
	return str_find(text, STR("://")) >= 0 || str_find(text, STR("www.")) >= 0;
}

/* A line of its own: its pipes are text, and a break in it is a space. */
static void add_row(struct buf *out, str text)
{
	BUF_LIT(out, "| ");
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '|')
			buf_char(out, '\\');
		buf_char(out, c == '\n' || c == '\r' ? ' ' : c);
	}
	BUF_LIT(out, " |\n");
}

static str table_of(struct markdown_cell *const *cells, size_t count, struct arena *a)
{
	struct buf body = { .arena = a };

	BUF_LIT(&body, "|x|\n|-|\n");
	for (size_t i = 0; i < count; i++)
		add_row(&body, cells[i]->raw);
	return buf_str(&body);
}

/* "Map<String, T>" is no HTML. */
static void take_html_for_text(cmark_node *root)
{
	for (cmark_node *n = root; n; n = next_node(n, root))
		if (n->type == CMARK_NODE_HTML_INLINE)
			n->type = CMARK_NODE_TEXT;
}

bool markdown_cells(const struct source *src, struct markdown_cell *const *cells, size_t count,
	const struct markdown_hooks *hooks, struct arena *a, struct diags *d)
{
	const struct markdown_options options = { .html = HTML_NONE };
	struct markdown *m;
	const cmark_node *row;

	if (count == 0)
		return true;
	m = document_new(src, table_of(cells, count, a), cells[0]->line, &options, a, d);
	m->cells = cells;
	m->cell_count = count;
	if (!document_parse(m))
		return false;
	take_html_for_text(m->root);
	struct renderer r = { .m = m, .hooks = hooks };
	row = m->root->first_child->first_child;
	for (size_t i = 0; i < count && row->next; i++) {
		struct markdown_cell made = { 0 };

		row = row->next;
		block_read_cell(&r, row->first_child, &made);
		cells[i]->html = made.html;
		cells[i]->text = made.text;
	}
	return true;
}
