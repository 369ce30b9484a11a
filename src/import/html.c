#include "import/html_parts.h"

#include "base/arena.h"

static bool is_handler(str name)
{
	return name.len > 2 && str_starts(name, STR("on")) && name.ptr[2] >= 'a' &&
	       name.ptr[2] <= 'z';
}

static void note_attrs(struct html *h, const struct html_node *n)
{
	for (size_t i = 0; i < n->attr_count; i++) {
		str name = n->attrs[i].name;

		if (is_handler(name))
			notes_add(h->notes, NOTE_HANDLER, n->line, name);
		else if (str_eq(name, STR("style")))
			notes_add(h->notes, NOTE_STYLE_ATTRIBUTE, 0, (str){ 0 });
	}
}

static void note_comment(struct html *h, const struct html_node *n)
{
	str text = str_trim(n->text);

	if (str_eq(text, STR("nextpage")))
		notes_add(h->notes, NOTE_PAGE_BREAK, n->line, (str){ 0 });
	else if (!str_starts(text, STR("more")) && !str_starts(text, STR("wp:")) &&
		 !str_starts(text, STR("/wp:")) && !str_eq(text, STR("noteaser")))
		notes_add(h->notes, NOTE_COMMENT, n->line, text);
}

static bool is_task_box(const struct html_node *n)
{
	return html_is(n, STR("input")) &&
	       str_eq_nocase(html_attr(n, STR("type")), STR("checkbox")) && n->parent &&
	       (n->parent->act == HTML_ITEM ||
		       (n->parent->parent && n->parent->parent->act == HTML_ITEM));
}

/* What a link of the text leads to gets its id back. */
static void note_target(struct html *h, const struct html_node *n)
{
	str address = html_attr(n, STR("href"));

	if (n->act == HTML_LINK && address.len > 1 && address.ptr[0] == '#')
		*map_put(&h->targets, str_from(address, 1), &(bool){ false }) = h;
}

static void note_drop(struct html *h, const struct html_node *n)
{
	str detail = html_attr(n, STR("src"));

	if (!detail.len)
		detail = html_attr(n, STR("data"));
	if (!detail.len && n->drop == NOTE_FORM)
		detail = n->name;
	notes_add(h->notes, n->drop, n->line, detail);
}

/* Count what goes, once for each node, and see what the whole needs to know. */
static void survey(struct html *h, struct html_node *n, bool dropped)
{
	for (struct html_node *c = n->first; c; c = c->next) {
		bool drop = dropped;

		note_attrs(h, c);
		note_target(h, c);
		if (is_task_box(c)) {
			c->act = HTML_TASK;
		} else if (c->act == HTML_DROP) {
			if (!dropped)
				note_drop(h, c);
			drop = true;
		} else if (c->act == HTML_SPAN && !dropped) {
			notes_add(h->notes, c->drop, c->drop == NOTE_SPAN ? 0 : c->line,
				c->drop == NOTE_SPAN ? (str){ 0 } : c->name);
		} else if (c->act == HTML_COMMENT && !dropped) {
			note_comment(h, c);
		}
		if (!dropped && html_is(c, STR("h1")) &&
			!str_eq(str_trim(html_node_text(c, h->arena)), h->options->title))
			h->shift = 1;
		survey(h, c, drop);
	}
}

bool html_markdown(const struct source *src, str html, const struct html_options *options,
	struct notes *notes, struct buf *out, struct arena *a, struct diags *d)
{
	struct html h = { .arena = a,
		.notes = notes,
		.options = options,
		.targets = { .arena = a },
		.level = 1 };
	struct html_blocks b = { .out = { .arena = a } };
	struct html_node *root =
		html_tree_read(src, html, options->first_line ? options->first_line : 1, a, d);

	if (!root)
		return false;
	survey(&h, root, false);
	html_children(&h, root, &b);
	buf_add(out, buf_str(&b.out));
	if (b.out.len)
		buf_char(out, '\n');
	return true;
}

str html_plain(str html, struct arena *a)
{
	struct diags quiet = { .arena = a };
	struct html_node *root = html_tree_read(NULL, html, 1, a, &quiet);
	str text = root ? html_node_text(root, a) : html;
	struct buf out = { .arena = a };

	for (size_t i = 0; i < text.len; i++) {
		bool space = (unsigned char)text.ptr[i] <= ' ' || text.ptr[i] == 0x7f;

		if (!space)
			buf_char(&out, text.ptr[i]);
		else if (out.len && out.ptr[out.len - 1] != ' ')
			buf_char(&out, ' ');
	}
	return str_trim(buf_str(&out));
}
