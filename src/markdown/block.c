/* Code and tables: as data for the caller, and plain for who does not take them. */
#include "markdown/render.h"

#include <string.h>

#include <cmark-gfm-core-extensions.h>

#include "base/arena.h"

/* After the fence and the spaces behind it. */
static loc find_info(const struct markdown *m, const cmark_node *n)
{
	str line = document_line(m, n->start_line);
	size_t col = (size_t)n->start_column - 1;

	while (col < line.len && line.ptr[col] == n->as.code.fence_char)
		col++;
	while (col < line.len && (line.ptr[col] == ' ' || line.ptr[col] == '\t'))
		col++;
	return document_loc(m, n->start_line, (int)col + 1);
}

static void read_code(const struct markdown *m, const cmark_node *n, struct markdown_block *b)
{
	b->kind = MARKDOWN_CODE;
	b->fenced = n->as.code.fenced;
	b->at = document_loc(m, n->start_line, n->start_column);
	b->code = chunk_str(&n->as.code.literal);
	b->code_line = b->at.line;
	if (b->fenced) {
		b->info = chunk_str(&n->as.code.info);
		b->info_at = find_info(m, n);
		b->code_line++;
	}
}

/*
 * The cells of a line are found again in the text: the library's columns count from the start
 * of the paragraph that became the table, and it drops cells beyond the last column.
 */
struct cell_scan {
	str line;
	size_t at; /* where the next cell starts */
	int cells;
};

static struct cell_scan scan_row(str line, int col)
{
	struct cell_scan s = { line, col > 0 ? (size_t)col - 1 : 0, 0 };

	while (s.at < line.len && (line.ptr[s.at] == ' ' || line.ptr[s.at] == '\t'))
		s.at++;
	if (s.at < line.len && line.ptr[s.at] == '|')
		s.at++;
	return s;
}

/* Column of the next cell, 0 when the line has no more. As in the library, `\|` is text, and so
 * is no other pipe. */
static int next_cell(struct cell_scan *s)
{
	size_t start = s->at, at = s->at;

	if (at >= s->line.len)
		return 0;
	while (at < s->line.len && s->line.ptr[at] != '|')
		at += s->line.ptr[at] == '\\' ? 2 : 1;
	s->at = at + 1;
	s->cells++;
	while (start < at && (s->line.ptr[start] == ' ' || s->line.ptr[start] == '\t'))
		start++;
	return (int)start + 1;
}

void block_read_cell(struct renderer *r, cmark_node *n, struct markdown_cell *cell)
{
	struct buf html = { .arena = r->m->arena };
	struct buf *out = r->out;
	size_t start = r->start;

	cell->raw = str_trim(str_new((const char *)n->content.ptr, (size_t)n->content.size));
	if (!n->first_child)
		return;
	r->line = n->start_line;
	r->out = &html;
	r->start = 0;
	render_children(r, n);
	r->out = out;
	r->start = start;
	cell->html = buf_str(&html);
	cell->text = text_of(n, r->m->arena);
}

static struct markdown_row read_row(struct renderer *r, const cmark_node *n, int columns)
{
	struct markdown_cell *cells =
		arena_array(r->m->arena, struct markdown_cell, (size_t)columns);
	struct cell_scan scan = scan_row(document_line(r->m, n->start_line), n->start_column);
	struct markdown_row row = { .cells = cells };
	int i = 0;

	row.line = document_loc(r->m, n->start_line, 0).line;
	for (cmark_node *c = n->first_child; c && i < columns; c = c->next, i++) {
		cells[i].line = row.line;
		cells[i].col = next_cell(&scan);
		block_read_cell(r, c, &cells[i]);
	}
	while (next_cell(&scan))
		;
	row.written = scan.cells;
	return row;
}

static const enum markdown_align *read_alignment(
	cmark_node *table, int columns, struct arena *a)
{
	const uint8_t *letters = cmark_gfm_extensions_get_table_alignments(table);
	enum markdown_align *align = arena_array(a, enum markdown_align, (size_t)columns);

	for (int i = 0; i < columns; i++)
		align[i] = letters[i] == 'l'   ? ALIGN_LEFT
			   : letters[i] == 'c' ? ALIGN_CENTER
			   : letters[i] == 'r' ? ALIGN_RIGHT
					       : ALIGN_NONE;
	return align;
}

static void read_caption(struct renderer *r, cmark_node *paragraph, struct markdown_block *b)
{
	struct buf html = { .arena = r->m->arena };
	struct buf *out = r->out;

	r->line = paragraph->start_line;
	r->out = &html;
	render_children(r, paragraph);
	r->out = out;
	b->caption_html = str_trim(buf_str(&html));
	b->caption_text = str_trim(text_of(paragraph, r->m->arena));
}

static void read_table(struct renderer *r, cmark_node *n, struct markdown_block *b)
{
	struct arena *a = r->m->arena;
	struct markdown_row *rows;
	cmark_node *head = n->first_child;

	b->kind = MARKDOWN_TABLE;
	b->at = document_loc(r->m, head->start_line, n->start_column);
	b->columns = cmark_gfm_extensions_get_table_columns(n);
	b->align = read_alignment(n, b->columns, a);
	if (n->user_data)
		read_caption(r, n->user_data, b);
	b->head = read_row(r, head, b->columns);
	for (const cmark_node *row = head->next; row; row = row->next)
		b->row_count++;
	rows = arena_array(a, struct markdown_row, b->row_count);
	b->rows = rows;
	for (const cmark_node *row = head->next; row; row = row->next)
		*rows++ = read_row(r, row, b->columns);
}

static void read_block(struct renderer *r, cmark_node *n, struct markdown_block *b)
{
	if (is_table(n))
		read_table(r, n, b);
	else
		read_code(r->m, n, b);
}

static void add_code_plainly(struct buf *out, const struct markdown_block *b)
{
	size_t word = 0;

	BUF_LIT(out, "<pre><code");
	while (word < b->info.len && !strchr(" \t\n\r\v\f", b->info.ptr[word]))
		word++;
	if (b->info.len) {
		BUF_LIT(out, " class=\"language-");
		buf_html(out, str_sub(b->info, 0, word));
		buf_char(out, '"');
	}
	buf_char(out, '>');
	buf_html(out, b->code);
	BUF_LIT(out, "</code></pre>\n");
}

static void add_row_plainly(struct buf *out, const struct markdown_block *b,
	const struct markdown_row *row, char letter)
{
	static const char *const align[] = { "", " align=\"left\"", " align=\"center\"",
		" align=\"right\"" };

	BUF_LIT(out, "<tr>\n");
	for (int i = 0; i < b->columns; i++) {
		BUF_LIT(out, "<t");
		buf_char(out, letter);
		buf_add(out, str_c(align[b->align[i]]));
		buf_char(out, '>');
		buf_add(out, row->cells[i].html);
		BUF_LIT(out, "</t");
		buf_char(out, letter);
		BUF_LIT(out, ">\n");
	}
	BUF_LIT(out, "</tr>\n");
}

static void add_table_plainly(struct buf *out, const struct markdown_block *b)
{
	BUF_LIT(out, "<table>\n");
	if (b->caption_html.len) {
		BUF_LIT(out, "<caption>");
		buf_add(out, b->caption_html);
		BUF_LIT(out, "</caption>\n");
	}
	BUF_LIT(out, "<thead>\n");
	add_row_plainly(out, b, &b->head, 'h');
	BUF_LIT(out, "</thead>\n");
	if (b->row_count) {
		BUF_LIT(out, "<tbody>\n");
		for (size_t i = 0; i < b->row_count; i++)
			add_row_plainly(out, b, &b->rows[i], 'd');
		BUF_LIT(out, "</tbody>\n");
	}
	BUF_LIT(out, "</table>\n");
}

/* Neighbours of one kind are read once and offered together, then what is left of them. */
static void begin_run(struct renderer *r, cmark_node *first)
{
	struct markdown_block *blocks;
	size_t count = 1;

	for (cmark_node *n = first->next; n && n->type == first->type; n = n->next)
		count++;
	blocks = arena_array(r->m->arena, struct markdown_block, count);
	r->run = blocks;
	r->run_left = count;
	for (cmark_node *n = first; count > 0; n = n->next, count--)
		read_block(r, n, blocks++);
}

static void offer_run(struct renderer *r)
{
	size_t taken = r->hooks->block(r->hooks->ctx, r->run, r->run_left, r->out);

	if (taken > r->run_left)
		taken = r->run_left;
	if (taken == 0) {
		if (r->run->kind == MARKDOWN_CODE)
			add_code_plainly(r->out, r->run);
		else
			add_table_plainly(r->out, r->run);
		taken = 1;
	}
	r->skip = taken - 1;
	r->run += taken;
	r->run_left -= taken;
}

void block_add(struct renderer *r, cmark_node *n)
{
	if (r->skip) {
		r->skip--;
		return;
	}
	render_newline(r);
	if (r->hooks && r->hooks->block) {
		if (!r->run_left)
			begin_run(r, n);
		offer_run(r);
	} else {
		struct markdown_block b = { 0 };

		read_block(r, n, &b);
		if (b.kind == MARKDOWN_CODE)
			add_code_plainly(r->out, &b);
		else
			add_table_plainly(r->out, &b);
	}
}

void markdown_blocks(
	struct markdown *m, void (*visit)(void *ctx, const struct markdown_block *b), void *ctx)
{
	struct renderer r = { .m = m, .quiet = true };

	for (cmark_node *n = m->root->first_child; n;) {
		if (n->type == CMARK_NODE_CODE_BLOCK || is_table(n)) {
			struct markdown_block b = { 0 };

			read_block(&r, n, &b);
			visit(ctx, &b);
		}
		n = is_table(n) || n->type == CMARK_NODE_PARAGRAPH ? skip_node(n, m->root)
								   : next_node(n, m->root);
	}
}
