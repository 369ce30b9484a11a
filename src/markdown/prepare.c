/* What GFM's tree does not say by itself: alerts, captions of tables, the mark for the summary.
 */
#include "markdown/document.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

char alert_title_mark;

static const struct alert_kind alert_kinds[] = {
	{ STR_INIT("[!NOTE]"), STR_INIT("note"), STR_INIT("Note") },
	{ STR_INIT("[!TIP]"), STR_INIT("tip"), STR_INIT("Tip") },
	{ STR_INIT("[!IMPORTANT]"), STR_INIT("important"), STR_INIT("Important") },
	{ STR_INIT("[!WARNING]"), STR_INIT("warning"), STR_INIT("Warning") },
	{ STR_INIT("[!CAUTION]"), STR_INIT("caution"), STR_INIT("Caution") },
};

static bool starts_nocase(str s, str prefix)
{
	return s.len >= prefix.len && str_eq_nocase(str_sub(s, 0, prefix.len), prefix);
}

/* Cut `bytes` and white space from the front of a text. */
static void cut_text(cmark_node *text, size_t bytes)
{
	str rest = str_trim_start(str_from(chunk_str(&text->as.literal), bytes));

	text->as.literal.len = (bufsize_t)rest.len;
	text->as.literal.data = (unsigned char *)rest.ptr;
}

static bool is_break(const cmark_node *n)
{
	return n->type == CMARK_NODE_SOFTBREAK || n->type == CMARK_NODE_LINEBREAK;
}

/* "[!NOTE] Title" up to the line's end becomes a paragraph of its own, or nothing. */
static void split_title(cmark_node *quote, cmark_node *paragraph, struct markdown *m)
{
	cmark_node *title = NULL, *n = paragraph->first_child, *next;

	if (n->as.literal.len == 0) {
		next = n->next;
		cmark_node_unlink(n);
		n = next;
	}
	if (n && !is_break(n)) {
		title = arena_new(m->arena, cmark_node);
		title->type = CMARK_NODE_PARAGRAPH;
		title->start_line = title->end_line = paragraph->start_line;
		title->content.mem = paragraph->content.mem;
		title->user_data = &alert_title_mark;
		cmark_node_prepend_child(quote, title);
	}
	for (; n && !is_break(n); n = next) {
		next = n->next;
		cmark_node_append_child(title, n);
	}
	if (n) {
		cmark_node_unlink(n);
		paragraph->start_line++;
	}
	if (!paragraph->first_child)
		cmark_node_unlink(paragraph);
}

static void read_alert(struct markdown *m, cmark_node *quote)
{
	cmark_node *paragraph = quote->first_child, *text;

	if (!paragraph || paragraph->type != CMARK_NODE_PARAGRAPH)
		return;
	text = paragraph->first_child;
	if (!text || text->type != CMARK_NODE_TEXT)
		return;
	for (size_t i = 0; i < sizeof(alert_kinds) / sizeof(*alert_kinds); i++) {
		if (!starts_nocase(chunk_str(&text->as.literal), alert_kinds[i].word))
			continue;
		cut_text(text, alert_kinds[i].word.len);
		quote->user_data = (void *)&alert_kinds[i];
		split_title(quote, paragraph, m);
		return;
	}
}

/* The paragraph before a table: "Table: what it shows". It leaves the text and hangs on the
 * table. */
static void take_caption(cmark_node *table)
{
	cmark_node *paragraph = table->prev, *text;

	if (!paragraph || paragraph->type != CMARK_NODE_PARAGRAPH)
		return;
	text = paragraph->first_child;
	if (!text || text->type != CMARK_NODE_TEXT ||
		!starts_nocase(chunk_str(&text->as.literal), STR("Table:")))
		return;
	cut_text(text, STR("Table:").len);
	cmark_node_unlink(paragraph);
	table->user_data = paragraph;
}

/*
 * Lines of prose right above a table are cut from it by the library, which then leaves the
 * table where the prose started, and the prose nowhere.
 */
static void mend_lines(cmark_node *table)
{
	cmark_node *prose = table->prev, *head = table->first_child;
	int line;

	if (!prose || prose->start_line != 0 || !head)
		return;
	line = head->next ? head->next->start_line - 2 : table->end_line - 1;
	prose->start_line = table->start_line;
	prose->start_column = table->start_column;
	prose->end_line = line - 1;
	table->start_line = head->start_line = head->end_line = line;
	for (cmark_node *cell = head->first_child; cell; cell = cell->next)
		cell->start_line = cell->end_line = line;
}

/*
 * Of a "[^note" without a note whose "]" is on another line, the library keeps as many bytes as
 * the columns differ by, which may end inside a character.
 */
static void mend_text(struct markdown *m, cmark_node *text)
{
	str s = chunk_str(&text->as.literal);
	struct buf out = { .arena = m->arena };
	ptrdiff_t bad;

	while ((bad = utf8_invalid(s)) >= 0) {
		buf_add(&out, str_sub(s, 0, (size_t)bad));
		s = str_from(s, (size_t)bad + 1);
		text->as.literal.len = -1;
	}
	if (text->as.literal.len >= 0)
		return;
	buf_add(&out, s);
	text->as.literal.data = (unsigned char *)out.ptr;
	text->as.literal.len = (bufsize_t)out.len;
}

static void prepare_node(struct markdown *m, cmark_node *n)
{
	if (n->type == CMARK_NODE_BLOCK_QUOTE)
		read_alert(m, n);
	else if (is_table(n)) {
		mend_lines(n);
		take_caption(n);
	} else if ((n->type == CMARK_NODE_HTML_BLOCK || n->type == CMARK_NODE_HTML_INLINE) &&
		   !m->more && is_more(n))
		m->more = n;
}

void prepare_tree(struct markdown *m)
{
	bool notes = str_find(m->body, STR("[^")) >= 0;

	for (cmark_node *n = m->root->first_child; n;) {
		prepare_node(m, n);
		if (notes && n->type == CMARK_NODE_TEXT)
			mend_text(m, n);
		n = next_node(n, m->root);
	}
}
