#include "import/html_parts.h"

#include "base/arena.h"

enum { LONGEST_HEADING = 120 };

void html_begin(struct html_blocks *b)
{
	if (b->out.len)
		buf_add(&b->out, b->tight ? STR("\n") : STR("\n\n"));
	b->last_list = 0;
}

void html_add_indented(struct buf *out, str text, str first, str rest)
{
	str prefix = first;

	for (;;) {
		struct str_pair p = str_cut(text, '\n');

		buf_add(out, p.head.len ? prefix : str_trim_end(prefix));
		buf_add(out, p.head);
		if (p.head.len == text.len)
			return;
		buf_char(out, '\n');
		text = p.tail;
		prefix = rest;
	}
}

/* WordPress puts <span id="more-12"></span>, or the comment, where lists cut the text. */
static bool is_more(const struct html_node *n)
{
	if (n->act == HTML_COMMENT)
		return str_eq(str_trim(n->text), STR("more")) ||
		       str_starts(str_trim(n->text), STR("more "));
	return n->act == HTML_SPAN && str_starts(html_attr(n, STR("id")), STR("more-")) &&
	       !n->first;
}

/* The end of the nodes from `n` that stand in one paragraph. */
static const struct html_node *line_end(const struct html_node *n)
{
	while (n && !n->block && !(n->act == HTML_COMMENT && is_more(n)))
		n = n->next;
	return n;
}

/* Returns false when nothing shows. */
static bool write_paragraph(struct html *h, const struct html_node *first,
	const struct html_node *end, struct html_blocks *b)
{
	str text = html_line(h, first, end, PLACE_PARAGRAPH, 0);

	if (text.len == 0)
		return false;
	html_begin(b);
	buf_add(&b->out, html_escape_starts(text, h->arena));
	h->started = true;
	return true;
}

static bool holds_more(const struct html_node *n)
{
	for (const struct html_node *c = n->first; c; c = c->next)
		if (is_more(c))
			return true;
	return false;
}

static void write_more(struct html *h, struct html_blocks *b)
{
	/* Lists cut the article, not a list item of it. */
	if (h->nest || b->tight)
		return;
	html_begin(b);
	BUF_LIT(&b->out, "<!-- more -->");
}

static bool has_text(const struct html_node *n)
{
	if (n->act == HTML_TEXT)
		return str_trim(n->text).len > 0;
	if (n->act == HTML_IMAGE || n->act == HTML_TABLE || n->act == HTML_PRE)
		return true;
	for (const struct html_node *c = n->first; c && n->act != HTML_DROP; c = c->next)
		if (has_text(c))
			return true;
	return false;
}

/* The one child that shows something; null when there are several or none. */
static const struct html_node *only_child(const struct html_node *n)
{
	const struct html_node *only = NULL;

	for (const struct html_node *c = n->first; c; c = c->next) {
		if (c->act == HTML_BREAK || !has_text(c))
			continue;
		if (only)
			return NULL;
		only = c;
	}
	return only;
}

static bool is_all_bold(const struct html_node *n)
{
	const struct html_node *only = only_child(n);

	while (only && (only->act == HTML_SPAN || only->act == HTML_PLAIN ||
			       only->act == HTML_LINK || only->act == HTML_EM))
		only = only_child(only);
	return only && only->act == HTML_STRONG;
}

static bool something_follows(const struct html_node *n)
{
	for (const struct html_node *c = n->next; c; c = c->next)
		if (has_text(c))
			return true;
	return false;
}

/* `<p><b>Title</b></p>`: a heading made by hand, when it reads like one and a text follows. */
static bool is_fake_heading(struct html *h, const struct html_node *n)
{
	str text;

	if (h->nest || !is_all_bold(n) || !something_follows(n))
		return false;
	text = str_trim(html_node_text(n, h->arena));
	return text.len > 0 && text.len <= LONGEST_HEADING &&
	       !memchr(".:;,", text.ptr[text.len - 1], 4) && str_find_char(text, '\n') < 0;
}

/* "Title {#name}" would give the heading an id: a space keeps it a text. Where it goes, or -1.
 */
static ptrdiff_t find_own_id(str text)
{
	ptrdiff_t brace = str_rfind_char(text, '{');

	if (brace < 0 || !str_ends(text, STR("}")) ||
		!str_starts(str_from(text, (size_t)brace), STR("{#")))
		return -1;
	return str_find_char(str_from(text, (size_t)brace), ' ') < 0 ? brace + 1 : -1;
}

/* A heading text that ends with # would lose it. */
static void write_heading_text(str text, struct buf *out)
{
	ptrdiff_t own_id = find_own_id(text);
	size_t end = text.len;

	while (end && text.ptr[end - 1] == '#')
		end--;
	buf_add(out, str_sub(text, 0, own_id < 0 ? end : (size_t)own_id));
	if (own_id >= 0)
		buf_char(out, ' ');
	else if (end < text.len && (end == 0 || text.ptr[end - 1] == ' '))
		buf_char(out, '\\');
	buf_add(out, str_from(text, own_id < 0 ? end : (size_t)own_id));
}

static bool is_id(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    (c >= '0' && c <= '9') || c == '-' || c == '_'))
			return false;
	}
	return s.len > 0;
}

/* The id that links lead to: of the heading, or of an anchor inside of it. */
static str find_target(struct html *h, const struct html_node *n)
{
	static const str names[] = { STR_INIT("id"), STR_INIT("name") };

	for (int i = 0; i < 2; i++) {
		str id = html_attr(n, names[i]);

		if (is_id(id) && map_get(&h->targets, id))
			return id;
	}
	for (const struct html_node *c = n->first; c; c = c->next) {
		str id = find_target(h, c);

		if (id.len)
			return id;
	}
	return (str){ 0 };
}

static void write_heading(struct html *h, const struct html_node *n, int level, int without,
	struct html_blocks *b)
{
	str text = html_line(h, n->first, NULL, PLACE_HEADING, without), id = find_target(h, n);

	if (text.len == 0) {
		notes_add(h->notes, NOTE_EMPTY_BLOCK, n->line, n->name);
		return;
	}
	if (!h->started && str_eq(str_trim(html_node_text(n, h->arena)), h->options->title)) {
		notes_add(h->notes, NOTE_SAME_TITLE, n->line, text);
		h->started = true;
		return;
	}
	html_begin(b);
	for (int i = 0; i < level; i++)
		buf_char(&b->out, '#');
	buf_char(&b->out, ' ');
	write_heading_text(text, &b->out);
	if (id.len) {
		buf_printf(&b->out, " {#" STR_FMT "}", STR_ARG(id));
		/* An id serves once. */
		*map_put(&h->targets, id, &(bool){ false }) = NULL;
	}
	h->started = true;
}

static void convert_heading(struct html *h, const struct html_node *n, struct html_blocks *b)
{
	int level = n->name.ptr[1] - '0' + h->shift;

	if (h->shift)
		notes_add(h->notes, NOTE_HEADING_LEVEL, n->line, (str){ 0 });
	h->level = level > 6 ? 6 : level;
	write_heading(h, n, h->level, 0, b);
}

/* A paragraph whose only content is code of several lines. */
static const struct html_node *code_block_of(struct html *h, const struct html_node *n)
{
	const struct html_node *only = only_child(n);

	if (!only || only->act != HTML_CODE)
		return NULL;
	for (const struct html_node *c = only->first; c; c = c->next)
		if (c->act == HTML_BREAK && c->next)
			return only;
	return h->options->lines && str_find_char(
					    str_trim(html_node_text(only, h->arena)), '\n') >= 0
		       ? only
		       : NULL;
}

static void convert_paragraph(struct html *h, const struct html_node *n, struct html_blocks *b)
{
	const struct html_node *code = code_block_of(h, n);

	if (n->first && holds_more(n))
		write_more(h, b);
	if (code) {
		html_pre(h, code, b);
		h->started = true;
	} else if (is_fake_heading(h, n)) {
		notes_add(h->notes, NOTE_FAKE_HEADING, n->line, (str){ 0 });
		write_heading(h, n, h->level < 6 ? h->level + 1 : 6, WITHOUT_STRONG, b);
	} else if (!write_paragraph(h, n->first, NULL, b) && !holds_more(n)) {
		notes_add(h->notes, NOTE_EMPTY_BLOCK, n->line, n->name);
	}
}

str html_children_text(struct html *h, const struct html_node *n, bool tight)
{
	struct html_blocks b = { .out = { .arena = h->arena }, .tight = tight };

	html_children(h, n, &b);
	return buf_str(&b.out);
}

static void convert_quote(struct html *h, const struct html_node *n, struct html_blocks *b)
{
	str text;

	if (h->nest >= HTML_NEST) {
		notes_add(h->notes, NOTE_DEEP, n->line, (str){ 0 });
		html_children(h, n, b);
		return;
	}
	h->nest++;
	text = html_children_text(h, n, false);
	h->nest--;
	if (text.len == 0)
		return;
	html_begin(b);
	html_add_indented(&b->out, text, STR("> "), STR("> "));
}

static const struct html_node *find_child(const struct html_node *n, str name)
{
	for (const struct html_node *c = n->first; c; c = c->next)
		if (html_is(c, name))
			return c;
	return NULL;
}

static const struct html_node *find_table(const struct html_node *n)
{
	for (const struct html_node *c = n->first; c; c = c->next) {
		const struct html_node *t = c->act == HTML_TABLE ? c : find_table(c);

		if (t)
			return t;
	}
	return NULL;
}

static void write_caption(struct html *h, const struct html_node *n, struct html_blocks *b)
{
	str caption = html_line(h, n->first, NULL, PLACE_PARAGRAPH, WITHOUT_EM);

	if (caption.len == 0)
		return;
	html_begin(b);
	buf_printf(&b->out, "*" STR_FMT "*", STR_ARG(caption));
}

static void convert_nodes(struct html *h, const struct html_node *first,
	const struct html_node *skip, struct html_blocks *b);

static void convert_figure(struct html *h, const struct html_node *n, struct html_blocks *b)
{
	const struct html_node *caption = find_child(n, STR("figcaption")),
			       *table = find_table(n);

	if (table) {
		html_table(h, table,
			caption ? html_line(h, caption->first, NULL, PLACE_HEADING, 0)
				: (str){ 0 },
			b);
		return;
	}
	convert_nodes(h, n->first, caption, b);
	if (caption)
		write_caption(h, caption, b);
}

static void convert_details(struct html *h, const struct html_node *n, struct html_blocks *b)
{
	const struct html_node *summary = find_child(n, STR("summary"));

	html_begin(b);
	buf_add(&b->out,
		html_attr(n, STR("open")).ptr ? STR("<details open>") : STR("<details>"));
	if (summary) {
		BUF_LIT(&b->out, "\n<summary>");
		buf_html(&b->out, html_plain(html_node_text(summary, h->arena), h->arena));
		BUF_LIT(&b->out, "</summary>");
	}
	h->nest++;
	convert_nodes(h, n->first, summary, b);
	h->nest--;
	html_begin(b);
	BUF_LIT(&b->out, "</details>");
}

/* <dt> in bold, <dd> below it. */
static void convert_definitions(
	struct html *h, const struct html_node *n, struct html_blocks *b, bool top)
{
	if (top)
		notes_add(h->notes, NOTE_DEFINITIONS, n->line, (str){ 0 });
	for (const struct html_node *c = n->first; c; c = c->next) {
		if (html_is(c, STR("dt"))) {
			str term = html_line(h, c->first, NULL, PLACE_HEADING, WITHOUT_STRONG);

			if (term.len == 0)
				continue;
			html_begin(b);
			buf_printf(&b->out, "**" STR_FMT "**", STR_ARG(term));
		} else if (html_is(c, STR("dd"))) {
			h->nest++;
			html_children(h, c, b);
			h->nest--;
		} else {
			convert_definitions(h, c, b, false);
		}
	}
}

static void convert_block(struct html *h, const struct html_node *n, struct html_blocks *b)
{
	switch (n->act) {
	case HTML_PARAGRAPH:
		if (n->first)
			convert_paragraph(h, n, b);
		else
			notes_add(h->notes, NOTE_EMPTY_BLOCK, n->line, n->name);
		return;
	case HTML_HEADING:
		convert_heading(h, n, b);
		return;
	case HTML_RULE:
		html_begin(b);
		BUF_LIT(&b->out, "***");
		return;
	case HTML_LIST:
		html_list(h, n, b);
		return;
	case HTML_QUOTE:
		convert_quote(h, n, b);
		return;
	case HTML_PRE:
		html_pre(h, n, b);
		return;
	case HTML_TABLE:
		html_table(h, n, (str){ 0 }, b);
		return;
	case HTML_FIGURE:
		convert_figure(h, n, b);
		return;
	case HTML_DETAILS:
		convert_details(h, n, b);
		return;
	case HTML_DEFINITIONS:
		convert_definitions(h, n, b, true);
		return;
	case HTML_COMMENT:
		write_more(h, b);
		return;
	default:
		html_children(h, n, b);
	}
}

static void convert_nodes(struct html *h, const struct html_node *first,
	const struct html_node *skip, struct html_blocks *b)
{
	const struct html_node *n = first;

	while (n) {
		const struct html_node *end = line_end(n);

		if (end != n) {
			write_paragraph(h, n, end, b);
			n = end;
			continue;
		}
		if (n != skip) {
			convert_block(h, n, b);
			h->started = h->started || b->out.len > 0;
		}
		n = n->next;
	}
}

void html_children(struct html *h, const struct html_node *n, struct html_blocks *b)
{
	convert_nodes(h, n->first, NULL, b);
}
