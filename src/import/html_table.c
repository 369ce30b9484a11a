#include "import/html_parts.h"

#include "base/arena.h"

enum { MOST_COLUMNS = 200, MOST_SPAN = 100, MOST_PADDED = 200000 };

struct cell {
	str text;
	char align; /* 'l', 'c', 'r' or 0 */
	bool head;
};

struct row {
	struct cell *cells;
	int count;
	bool in_head; /* in a <thead>, or all of it <th> */
	struct row *next;
};

struct grid {
	struct html *h;
	struct row *first, **last;
	int columns;
	size_t rows;
	struct cell cells[MOST_COLUMNS]; /* of the row that is being read */
	int below[MOST_COLUMNS];         /* rows that a cell above still covers */
	const struct html_node *caption;
};

static int span_of(const struct html_node *n, str name)
{
	uint64_t span;

	if (!str_to_u64(str_trim(html_attr(n, name)), &span) || span < 1)
		return 1;
	return span > MOST_SPAN ? MOST_SPAN : (int)span;
}

static char align_of(const struct html_node *n)
{
	str align = html_attr(n, STR("align")), style = html_attr(n, STR("style"));
	ptrdiff_t at = str_find(style, STR("text-align:"));

	if (at >= 0)
		align = str_trim(str_from(style, (size_t)at + 11));
	if (html_has_class(n, STR("has-text-align-center")))
		align = STR("center");
	if (html_has_class(n, STR("has-text-align-right")))
		align = STR("right");
	if (str_starts(align, STR("right")))
		return 'r';
	if (str_starts(align, STR("center")))
		return 'c';
	return str_starts(align, STR("left")) ? 'l' : '\0';
}

static int count_blocks(const struct html_node *n)
{
	int count = 0;

	for (const struct html_node *c = n->first; c; c = c->next)
		count += c->block;
	return count;
}

static void add_cell(struct row *r, struct cell cell)
{
	if (r->count < MOST_COLUMNS)
		r->cells[r->count++] = cell;
}

/* Cells that stand under one from above are empty. */
static void add_covered(struct grid *g, struct row *r)
{
	while (r->count < MOST_COLUMNS && g->below[r->count] > 0) {
		g->below[r->count]--;
		add_cell(r, (struct cell){ .head = r->in_head });
	}
}

static void read_cell(struct grid *g, const struct html_node *n, struct row *r)
{
	int columns = span_of(n, STR("colspan")), rows = span_of(n, STR("rowspan"));
	struct cell cell = { html_line(g->h, n->first, NULL, PLACE_CELL, 0), align_of(n),
		html_is(n, STR("th")) };

	if (columns > 1 || rows > 1)
		notes_add(g->h->notes, NOTE_TABLE_SPAN, n->line, (str){ 0 });
	if (count_blocks(n) > 1 || (n->block && n->first && n->first->act == HTML_LIST))
		notes_add(g->h->notes, NOTE_TABLE_BLOCKS, n->line, (str){ 0 });
	for (int i = 0; i < columns && r->count < MOST_COLUMNS; i++) {
		g->below[r->count] = rows - 1;
		add_cell(r, cell);
		cell.text = (str){ 0 };
	}
}

static void read_row(struct grid *g, const struct html_node *n, bool in_head)
{
	struct row *r = arena_new(g->h->arena, struct row);
	bool all = true;

	r->cells = g->cells;
	for (const struct html_node *c = n->first; c; c = c->next) {
		if (!html_is(c, STR("td")) && !html_is(c, STR("th")))
			continue;
		add_covered(g, r);
		all = all && html_is(c, STR("th"));
		read_cell(g, c, r);
	}
	add_covered(g, r);
	if (r->count == 0)
		return;
	r->cells = arena_array(g->h->arena, struct cell, (size_t)r->count);
	memcpy(r->cells, g->cells, sizeof(struct cell) * (size_t)r->count);
	g->rows++;
	r->in_head = in_head || all;
	if (r->count > g->columns)
		g->columns = r->count;
	*g->last = r;
	g->last = &r->next;
}

static void read_rows(struct grid *g, const struct html_node *n, bool in_head)
{
	for (const struct html_node *c = n->first; c; c = c->next) {
		if (html_is(c, STR("tr")))
			read_row(g, c, in_head);
		else if (html_is(c, STR("caption")))
			g->caption = c;
		else if (html_is(c, STR("thead")) || html_is(c, STR("tbody")) ||
			 html_is(c, STR("tfoot")))
			read_rows(g, c, html_is(c, STR("thead")));
	}
}

static void write_row(const struct grid *g, const struct row *r, struct buf *out)
{
	/* A table that gen would refuse for its size is not blown up further. */
	int columns = g->rows * (size_t)g->columns > MOST_PADDED ? r->count : g->columns;

	for (int i = 0; i < columns; i++) {
		BUF_LIT(out, "|");
		if (i < r->count && r->cells[i].text.len) {
			BUF_LIT(out, " ");
			buf_add(out, r->cells[i].text);
		}
		BUF_LIT(out, " ");
	}
	BUF_LIT(out, "|");
}

static void write_rule(const struct grid *g, const struct row *head, struct buf *out)
{
	BUF_LIT(out, "\n|");
	for (int i = 0; i < g->columns; i++) {
		char align = i < head->count ? head->cells[i].align : '\0';

		buf_add(out, align == 'l' || align == 'c' ? STR(":") : STR(" "));
		BUF_LIT(out, "---");
		buf_add(out, align == 'r' || align == 'c' ? STR(":|") : STR(" |"));
	}
}

static void write_grid(
	struct grid *g, const struct html_node *n, str caption, struct html_blocks *b)
{
	if (!g->first->in_head)
		notes_add(g->h->notes, NOTE_TABLE_HEAD, n->line, (str){ 0 });
	if (g->caption)
		caption = html_line(g->h, g->caption->first, NULL, PLACE_HEADING, 0);
	html_begin(b);
	if (caption.len) {
		buf_printf(&b->out, "Table: " STR_FMT, STR_ARG(caption));
		html_begin(b);
	}
	write_row(g, g->first, &b->out);
	write_rule(g, g->first, &b->out);
	for (const struct row *r = g->first->next; r; r = r->next) {
		BUF_LIT(&b->out, "\n");
		write_row(g, r, &b->out);
	}
}

/* Highlighters put line numbers and code side by side into a table. */
static const struct html_node *find_code_cell(const struct html_node *n, bool *gutter)
{
	static const char *const code[] = { "code", "rouge-code", "crayon-code", "blob-code" };
	static const char *const numbers[] = { "gutter", "rouge-gutter", "crayon-nums",
		"linenos", "lineno" };
	const struct html_node *found = NULL;

	for (const struct html_node *c = n->first; c; c = c->next) {
		const struct html_node *below = find_code_cell(c, gutter);

		for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
			*gutter = *gutter || html_has_class(c, str_c(numbers[i]));
		for (size_t i = 0; html_is(c, STR("td")) && i < sizeof(code) / sizeof(code[0]);
			i++)
			if (html_has_class(c, str_c(code[i])))
				found = c;
		if (!found)
			found = below;
	}
	return found;
}

static const struct html_node *find_pre(const struct html_node *n)
{
	for (const struct html_node *c = n->first; c; c = c->next) {
		const struct html_node *pre = c->act == HTML_PRE ? c : find_pre(c);

		if (pre)
			return pre;
	}
	return NULL;
}

static bool write_numbered_code(
	struct html *h, const struct html_node *n, struct html_blocks *b)
{
	bool gutter = false;
	const struct html_node *cell = find_code_cell(n, &gutter), *pre;

	if (!cell || !gutter)
		return false;
	pre = find_pre(cell);
	html_pre(h, pre ? pre : cell, b);
	return true;
}

/* One cell is no table but a frame around what is in it. */
static bool write_frame(
	struct html *h, const struct grid *g, const struct html_node *n, struct html_blocks *b)
{
	const struct html_node *at = n;

	if (g->first && (g->first->next || g->columns > 1))
		return false;
	while (at && (at->act == HTML_TABLE || at->act == HTML_TABLE_PART) &&
		!html_is(at, STR("td")) && !html_is(at, STR("th"))) {
		const struct html_node *c = at->first;

		while (c && c->act != HTML_TABLE_PART)
			c = c->next;
		at = c;
	}
	if (at)
		html_children(h, at, b);
	return true;
}

void html_table(struct html *h, const struct html_node *n, str caption, struct html_blocks *b)
{
	struct grid *g = arena_new(h->arena, struct grid);

	if (write_numbered_code(h, n, b))
		return;
	g->h = h;
	g->last = &g->first;
	read_rows(g, n, false);
	if (!write_frame(h, g, n, b))
		write_grid(g, n, caption, b);
}
