#include "import/html_parts.h"

#include "base/arena.h"

static bool is_ordered(const struct html_node *n)
{
	return html_is(n, STR("ol"));
}

static bool shows(const struct html_node *n)
{
	return n->act == HTML_TEXT ? str_trim(n->text).len > 0
				   : n->act != HTML_COMMENT && n->act != HTML_DROP;
}

static uint64_t first_number(const struct html_node *n)
{
	uint64_t start;

	return str_to_u64(str_trim(html_attr(n, STR("start"))), &start) && start < 1000000
		       ? start
		       : 1;
}

/* One paragraph, and only lists behind it; a list that starts at 2 could not follow a line. */
static bool item_is_tight(const struct html_node *item)
{
	bool text = false, over = false;

	for (const struct html_node *c = item->first; c; c = c->next) {
		if (!shows(c))
			continue;
		if (c->act == HTML_LIST) {
			if (is_ordered(c) && first_number(c) != 1)
				return false;
			over = true;
			continue;
		}
		if (over || (c->block && (text || c->act != HTML_PARAGRAPH)))
			return false;
		/* Text behind a paragraph is a second one. */
		over = c->block;
		text = true;
	}
	return true;
}

static bool list_is_tight(const struct html_node *list)
{
	for (const struct html_node *c = list->first; c; c = c->next)
		if (c->act == HTML_ITEM && !item_is_tight(c))
			return false;
	return true;
}

/* A list right behind one of its kind needs another mark, or the two would be one. */
static char choose_mark(const struct html_node *n, char last)
{
	if (is_ordered(n))
		return last == '.' ? ')' : '.';
	return last == '-' ? '+' : '-';
}

static const char spaces[] = "            "; /* as many as the longest mark */

static void write_item(
	struct html *h, const struct html_node *item, str mark, struct html_blocks *b)
{
	str text = html_children_text(h, item, b->tight), indent = str_new(spaces, mark.len);

	if (text.len == 0) {
		notes_add(h->notes, NOTE_EMPTY_BLOCK, item->line, STR("li"));
		return;
	}
	if (b->out.len)
		buf_add(&b->out, b->tight ? STR("\n") : STR("\n\n"));
	html_add_indented(&b->out, text, mark, indent);
}

/* What stands in a list without being an item belongs to the item before. */
static void write_stray(
	struct html *h, const struct html_node *n, str mark, struct html_blocks *b)
{
	struct html_node wrap = { .act = HTML_ITEM, .line = n->line };
	struct html_node copy = *n;

	if (!shows(n))
		return;
	copy.next = NULL;
	wrap.first = wrap.last = &copy;
	wrap.block = n->block;
	if (n->act != HTML_LIST || b->out.len == 0) {
		write_item(h, &wrap, mark, b);
		return;
	}
	str text = html_children_text(h, &wrap, b->tight);

	buf_add(&b->out, b->tight ? STR("\n") : STR("\n\n"));
	html_add_indented(&b->out, text, str_new(spaces, mark.len), str_new(spaces, mark.len));
}

static str mark_of(const struct html_node *n, char mark, uint64_t number, struct arena *a)
{
	if (!is_ordered(n))
		return str_printf(a, "%c ", mark);
	return str_printf(a, "%u%c ", (unsigned)number, mark);
}

static str write_items(struct html *h, const struct html_node *n, char mark)
{
	struct html_blocks b = { .out = { .arena = h->arena }, .tight = list_is_tight(n) };
	uint64_t number = first_number(n);

	for (const struct html_node *c = n->first; c; c = c->next) {
		str head = mark_of(n, mark, number, h->arena);
		size_t before = b.out.len;

		if (c->act != HTML_ITEM)
			write_stray(h, c, head, &b);
		else
			write_item(h, c, head, &b);
		number += c->act == HTML_ITEM && b.out.len > before;
	}
	return buf_str(&b.out);
}

void html_list(struct html *h, const struct html_node *n, struct html_blocks *b)
{
	char mark = choose_mark(n, b->last_list);
	str text;

	if (h->nest >= HTML_NEST) {
		notes_add(h->notes, NOTE_DEEP, n->line, (str){ 0 });
		for (const struct html_node *c = n->first; c; c = c->next)
			html_children(h, c, b);
		return;
	}
	h->nest++;
	text = write_items(h, n, mark);
	h->nest--;
	if (text.len == 0)
		return;
	html_begin(b);
	buf_add(&b->out, text);
	b->last_list = mark;
}
