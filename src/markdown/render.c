#include "markdown/render.h"

#include "base/arena.h"

void render_newline(struct renderer *r)
{
	if (r->out->len > r->start && r->out->ptr[r->out->len - 1] != '\n')
		buf_char(r->out, '\n');
}

static void open_line(struct renderer *r, str tag)
{
	render_newline(r);
	buf_add(r->out, tag);
}

static void open_quote(struct renderer *r, const cmark_node *n)
{
	const struct alert_kind *alert = n->user_data;

	if (!alert) {
		open_line(r, STR("<blockquote>\n"));
		return;
	}
	open_line(r, STR("<div class=\"alert alert-"));
	buf_add(r->out, alert->slug);
	BUF_LIT(r->out, "\" role=\"note\">\n");
	if (n->first_child && n->first_child->user_data == &alert_title_mark)
		return;
	BUF_LIT(r->out, "<p class=\"alert-title\">");
	buf_add(r->out, alert->title);
	BUF_LIT(r->out, "</p>\n");
}

static void open_list(struct renderer *r, const cmark_node *n)
{
	render_newline(r);
	if (n->as.list.list_type == CMARK_BULLET_LIST) {
		BUF_LIT(r->out, "<ul>\n");
	} else if (n->as.list.start == 1) {
		BUF_LIT(r->out, "<ol>\n");
	} else {
		BUF_LIT(r->out, "<ol start=\"");
		buf_int(r->out, n->as.list.start);
		BUF_LIT(r->out, "\">\n");
	}
}

/*
 * The library takes any "[x]" of the line for the task's own, so the text is asked: the first
 * brackets after the marker.
 */
static bool is_checked(const struct markdown *m, const cmark_node *n)
{
	str line = str_from(document_line(m, n->start_line), (size_t)n->start_column - 1);
	ptrdiff_t bracket = str_find_char(line, '[');

	if (bracket < 0 || (size_t)bracket + 2 >= line.len || line.ptr[bracket + 2] != ']')
		return n->as.list.checked;
	return line.ptr[bracket + 1] != ' ';
}

static void open_item(struct renderer *r, const cmark_node *n)
{
	render_newline(r);
	if (!n->extension) {
		BUF_LIT(r->out, "<li>");
	} else if (r->m->options.plain) {
		BUF_LIT(r->out, "<li><input");
		if (is_checked(r->m, n))
			BUF_LIT(r->out, " checked=\"\"");
		BUF_LIT(r->out, " disabled=\"\" type=\"checkbox\"> ");
	} else if (is_checked(r->m, n)) {
		BUF_LIT(r->out, "<li class=\"task\"><input type=\"checkbox\" checked=\"\" "
				"disabled=\"\" aria-label=\"Done\" /> ");
	} else {
		BUF_LIT(r->out, "<li class=\"task\"><input type=\"checkbox\" disabled=\"\" "
				"aria-label=\"To do\" /> ");
	}
}

static void open_heading(struct renderer *r, const cmark_node *n)
{
	const struct heading *h = n->user_data;

	open_line(r, STR("<h"));
	buf_char(r->out, (char)('0' + n->as.heading.level));
	if (h && !r->m->options.plain) {
		BUF_LIT(r->out, " id=\"");
		buf_html(r->out, h->head.id);
		buf_char(r->out, '"');
	}
	buf_char(r->out, '>');
}

static void close_heading(struct renderer *r, const cmark_node *n)
{
	const struct heading *h = n->user_data;
	int level = n->as.heading.level;

	if (h && !r->m->options.plain && level >= 2 && level <= 4) {
		BUF_LIT(r->out, "<a class=\"anchor\" href=\"#");
		href_add(r->out, h->head.id);
		BUF_LIT(r->out, "\" aria-label=\"Link to this section: ");
		buf_html(r->out, h->head.text);
		BUF_LIT(r->out, "\"></a>");
	}
	BUF_LIT(r->out, "</h");
	buf_char(r->out, (char)('0' + level));
	BUF_LIT(r->out, ">\n");
}

static bool is_tight(const cmark_node *paragraph)
{
	const cmark_node *list = paragraph->parent ? paragraph->parent->parent : NULL;

	return list && list->type == CMARK_NODE_LIST && list->as.list.tight;
}

static void open_paragraph(struct renderer *r, const cmark_node *n)
{
	if (is_tight(n))
		return;
	open_line(r, STR("<p"));
	if (n->user_data == &alert_title_mark)
		BUF_LIT(r->out, " class=\"alert-title\"");
	buf_char(r->out, '>');
}

static void add_note_id(struct buf *out, int number, int reference)
{
	BUF_LIT(out, "fnref-");
	buf_int(out, number);
	if (reference > 1) {
		buf_char(out, '-');
		buf_int(out, reference);
	}
}

/* One link back for each place that refers to the note. */
static void add_back_links(struct renderer *r, const cmark_node *note)
{
	struct buf *out = r->out;

	for (int i = 1; i <= note->footnote.def_count; i++) {
		BUF_LIT(out, " <a href=\"#");
		add_note_id(out, r->notes, i);
		BUF_LIT(out, "\" class=\"footnote-backref\" role=\"doc-backlink\" "
			     "aria-label=\"Back to reference ");
		buf_int(out, r->notes);
		if (i > 1) {
			buf_char(out, '-');
			buf_int(out, i);
		}
		BUF_LIT(out, "\">↩");
		if (i > 1) {
			BUF_LIT(out, "<sup>");
			buf_int(out, i);
			BUF_LIT(out, "</sup>");
		}
		BUF_LIT(out, "</a>");
	}
}

static void close_paragraph(struct renderer *r, const cmark_node *n)
{
	if (is_tight(n))
		return;
	if (n->parent && n->parent->type == CMARK_NODE_FOOTNOTE_DEFINITION && !n->next)
		add_back_links(r, n->parent);
	BUF_LIT(r->out, "</p>\n");
}

static void add_note_reference(struct renderer *r, const cmark_node *n)
{
	struct buf *out = r->out;
	str number = chunk_str(&n->as.literal);

	if (r->bare)
		return;
	BUF_LIT(out, "<sup class=\"footnote-ref\"><a href=\"#fn-");
	buf_add(out, number);
	BUF_LIT(out, "\" id=\"fnref-");
	buf_add(out, number);
	if (n->footnote.ref_ix > 1) {
		buf_char(out, '-');
		buf_int(out, n->footnote.ref_ix);
	}
	BUF_LIT(out, "\" role=\"doc-noteref\" aria-label=\"Footnote ");
	buf_add(out, number);
	BUF_LIT(out, "\">");
	buf_add(out, number);
	BUF_LIT(out, "</a></sup>");
}

static void open_note(struct renderer *r)
{
	if (r->notes == 0 && r->open_count)
		html_close(r, r->m->root);
	if (r->notes++ == 0)
		open_line(r, STR("<section class=\"footnotes\" role=\"doc-endnotes\" "
				 "aria-label=\"Footnotes\">\n<ol>\n"));
	BUF_LIT(r->out, "<li id=\"fn-");
	buf_int(r->out, r->notes);
	BUF_LIT(r->out, "\">\n");
}

static void close_note(struct renderer *r, const cmark_node *n)
{
	if (!n->last_child || n->last_child->type != CMARK_NODE_PARAGRAPH) {
		add_back_links(r, n);
		buf_char(r->out, '\n');
	}
	BUF_LIT(r->out, "</li>\n");
	if (!n->next)
		BUF_LIT(r->out, "</ol>\n</section>\n");
}

static void add_break(struct renderer *r, const cmark_node *n)
{
	r->line++;
	if (r->bare)
		buf_char(r->out, ' ');
	else if (n->type == CMARK_NODE_LINEBREAK)
		BUF_LIT(r->out, "<br />\n");
	else
		buf_char(r->out, '\n');
}

static void add_code(struct renderer *r, const cmark_node *n)
{
	BUF_LIT(r->out, "<code>");
	buf_html(r->out, chunk_str(&n->as.literal));
	BUF_LIT(r->out, "</code>");
	r->line += n->end_line - n->start_line;
}

/* Write what stands before the children of a node; true when they are to be visited. */
static bool enter_node(struct renderer *r, cmark_node *n)
{
	if (n->start_line > r->line)
		r->line = n->start_line;
	if (r->open_count && CMARK_NODE_BLOCK_P(n) && n->type != CMARK_NODE_HTML_BLOCK)
		html_end_paragraph(r, n);
	switch (n->type) {
	case CMARK_NODE_TEXT:
		buf_html(r->out, chunk_str(&n->as.literal));
		return false;
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		add_break(r, n);
		return false;
	case CMARK_NODE_CODE:
		add_code(r, n);
		return false;
	case CMARK_NODE_HTML_INLINE:
	case CMARK_NODE_HTML_BLOCK:
		html_add(r, n);
		return false;
	case CMARK_NODE_EMPH:
		BUF_LIT(r->out, "<em>");
		return true;
	case CMARK_NODE_STRONG:
		BUF_LIT(r->out, "<strong>");
		return true;
	case CMARK_NODE_LINK:
		link_open(r, n);
		return true;
	case CMARK_NODE_IMAGE:
		image_add(r, n);
		return false;
	case CMARK_NODE_FOOTNOTE_REFERENCE:
		add_note_reference(r, n);
		return false;
	case CMARK_NODE_PARAGRAPH:
		open_paragraph(r, n);
		return true;
	case CMARK_NODE_HEADING:
		if (n == r->left_out)
			return false;
		open_heading(r, n);
		return true;
	case CMARK_NODE_BLOCK_QUOTE:
		open_quote(r, n);
		return true;
	case CMARK_NODE_LIST:
		open_list(r, n);
		return true;
	case CMARK_NODE_ITEM:
		open_item(r, n);
		return true;
	case CMARK_NODE_THEMATIC_BREAK:
		open_line(r, STR("<hr />\n"));
		return false;
	case CMARK_NODE_CODE_BLOCK:
		block_add(r, n);
		return false;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		open_note(r);
		return true;
	default:
		break;
	}
	if (n->type == node_types.strikethrough)
		BUF_LIT(r->out, "<del>");
	else if (is_table(n))
		block_add(r, n);
	return !is_table(n);
}

static void leave_node(struct renderer *r, cmark_node *n)
{
	if (r->open_count)
		html_close(r, n);
	switch (n->type) {
	case CMARK_NODE_EMPH:
		BUF_LIT(r->out, "</em>");
		break;
	case CMARK_NODE_STRONG:
		BUF_LIT(r->out, "</strong>");
		break;
	case CMARK_NODE_LINK:
		link_close(r, n);
		break;
	case CMARK_NODE_PARAGRAPH:
		close_paragraph(r, n);
		break;
	case CMARK_NODE_HEADING:
		close_heading(r, n);
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		open_line(r, n->user_data ? STR("</div>\n") : STR("</blockquote>\n"));
		break;
	case CMARK_NODE_LIST:
		buf_add(r->out, n->as.list.list_type == CMARK_BULLET_LIST ? STR("</ul>\n")
									  : STR("</ol>\n"));
		break;
	case CMARK_NODE_ITEM:
		BUF_LIT(r->out, "</li>\n");
		break;
	case CMARK_NODE_FOOTNOTE_DEFINITION:
		close_note(r, n);
		break;
	default:
		if (n->type == node_types.strikethrough)
			BUF_LIT(r->out, "</del>");
	}
}

void render_children(struct renderer *r, cmark_node *top)
{
	cmark_node *n = top->first_child;

	while (n) {
		if (enter_node(r, n)) {
			if (n->first_child) {
				n = n->first_child;
				continue;
			}
			leave_node(r, n);
		}
		while (!n->next) {
			n = n->parent;
			if (n == top)
				break;
			leave_node(r, n);
		}
		if (n == top)
			break;
		n = n->next;
	}
	if (r->open_count)
		html_close(r, top);
}

void render_bare(struct markdown *m, cmark_node *top, struct buf *out)
{
	struct renderer r = {
		.m = m, .out = out, .start = out->len, .bare = true, .quiet = true
	};

	r.line = top->start_line;
	render_children(&r, top);
}

void markdown_render(struct markdown *m, const struct markdown_hooks *hooks, bool without_title,
	struct buf *out)
{
	struct renderer r = {
		.m = m,
		.hooks = hooks && !m->options.plain ? hooks : NULL,
		.out = out,
		.start = out->len,
		.left_out = without_title ? m->title : NULL,
	};

	buf_reserve(out, m->body.len + m->body.len / 2);
	render_children(&r, m->root);
}
