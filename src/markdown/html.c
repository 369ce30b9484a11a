/* Raw HTML: what an article may write, and what is shown as text. */
#include "markdown/render.h"

#include <string.h>

#include "base/arena.h"
#include "markdown/elements.h"
#include "markdown/tag.h"

enum { MAX_WARNINGS = 100 };

static str node_html(const cmark_node *n)
{
	return chunk_str(&n->as.literal);
}

bool is_comment(const cmark_node *n)
{
	str s = str_trim(node_html(n));

	while (str_starts(s, STR("<!--"))) {
		ptrdiff_t end = str_find(s, STR("-->"));

		if (end < 0)
			return true;
		s = str_trim_start(str_from(s, (size_t)end + 3));
	}
	return s.len == 0;
}

bool is_more(const cmark_node *n)
{
	str s = str_trim(node_html(n));

	if (!str_starts(s, STR("<!--")) || !str_ends(s, STR("-->")) || s.len < 7)
		return false;
	return str_eq_nocase(str_trim(str_sub(s, 4, s.len - 3)), STR("more"));
}

/* Reporting */

/* Where a piece of a raw text stands: its line is counted, its column looked for. */
static loc place_of(const struct renderer *r, const cmark_node *n, str piece)
{
	str html = node_html(n), before = str_sub(html, 0, (size_t)(piece.ptr - html.ptr));
	int line = n->start_line > 0 ? n->start_line : r->line;
	ptrdiff_t found;

	for (size_t i = 0; i < before.len; i++)
		line += before.ptr[i] == '\n';
	found = str_find(document_line(r->m, line), str_sub(str_cut(piece, '\n').head, 0, 40));
	return document_loc(r->m, line, found < 0 ? 0 : (int)found + 1);
}

/* True the first time that `kind` comes up on this page. */
static bool is_first(struct renderer *r, str kind)
{
	struct markdown *m = r->m;

	if (r->quiet || m->warned.count >= MAX_WARNINGS || map_has(&m->warned, kind))
		return false;
	map_put(&m->warned, str_copy(kind, m->arena), NULL);
	return true;
}

static void help_all(struct renderer *r)
{
	diag_help(r->m->diags, "`html: all` in gen.yaml lets all HTML through as it is");
}

static void warn_element(struct renderer *r, const cmark_node *n, str name, str piece)
{
	if (r->m->options.html != HTML_SAFE || !is_first(r, name))
		return;
	diag_warn(r->m->diags, place_of(r, n, piece), "html",
		"<" STR_FMT "> is shown as text: it is not among the HTML that is allowed",
		STR_ARG(name));
	help_all(r);
}

static void warn_attribute(struct renderer *r, const cmark_node *n, str name, const char *why)
{
	char kind[TAG_NAME_MAX + 2];
	size_t len = name.len < TAG_NAME_MAX ? name.len : TAG_NAME_MAX;

	memcpy(kind, name.ptr, len);
	kind[len] = '=';
	if (!is_first(r, str_new(kind, len + 1)))
		return;
	diag_warn(r->m->diags, place_of(r, n, name), "html",
		"the attribute \"" STR_FMT "\" is left out: %s", STR_ARG(name), why);
	help_all(r);
}

/* Writing */

static void end_element(struct renderer *r)
{
	struct open_element *e = &r->open[--r->open_count];

	BUF_LIT(r->out, "</");
	buf_add(r->out, e->name);
	buf_char(r->out, '>');
}

void html_close(struct renderer *r, const cmark_node *container)
{
	while (r->open_count && r->open[r->open_count - 1].container == container)
		end_element(r);
}

void html_end_paragraph(struct renderer *r, const cmark_node *block)
{
	const struct open_element *top = &r->open[r->open_count - 1];

	if (top->container == block->parent && str_eq(top->name, STR("p")))
		end_element(r);
}

static bool begin_element(
	struct renderer *r, const struct element *e, const cmark_node *container)
{
	if (r->open_count && e->family) {
		const struct open_element *top = &r->open[r->open_count - 1];

		if (top->container == container && element_find(top->name)->family == e->family)
			end_element(r);
	}
	if (r->open_count >= (size_t)r->m->options.limits.nesting)
		return false;
	if (!r->open)
		r->open = arena_array(
			r->m->arena, struct open_element, (size_t)r->m->options.limits.nesting);
	r->open[r->open_count++] = (struct open_element){ e->name, container };
	return true;
}

/* A value as it was written, its entities included, fit to stand between double quotes. */
static void add_value(struct buf *out, str value)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];

		if (c == '"')
			BUF_LIT(out, "&quot;");
		else if (c == '<')
			BUF_LIT(out, "&lt;");
		else if (c == '>')
			BUF_LIT(out, "&gt;");
		else
			buf_char(out, c);
	}
}

static void add_attribute(struct buf *out, str name, const struct attribute *a)
{
	buf_char(out, ' ');
	buf_add(out, name);
	BUF_LIT(out, "=\"");
	add_value(out, a->value);
	buf_char(out, '"');
}

static void add_link(
	struct renderer *r, const cmark_node *n, str name, const struct attribute *a)
{
	enum markdown_link_kind kind = str_eq(name, STR("src")) ? LINK_IMAGE : LINK_ANCHOR;
	str address = str_trim(unescape_html(a->value, r->m->arena));

	if (r->bare)
		return;
	address = link_address(r, kind, address, place_of(r, n, a->name));
	if (!address.ptr)
		return;
	buf_char(r->out, ' ');
	buf_add(r->out, name);
	BUF_LIT(r->out, "=\"");
	href_add(r->out, address);
	buf_char(r->out, '"');
}

/* An id that is in use on the page already is left out. */
static bool claim_id(struct renderer *r, const cmark_node *n, const struct attribute *a)
{
	bool is_new;
	void **slot;

	if (r->bare || !a->value.len)
		return false;
	slot = map_put(&r->m->ids, a->value, &is_new);
	if (is_new)
		*slot = (void *)a->value.ptr;
	if (*slot == (void *)a->value.ptr)
		return true;
	warn_attribute(r, n, a->name, "this id is used on the page already");
	return false;
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static void add_attributes(
	struct renderer *r, const cmark_node *n, const struct element *e, const struct tag *t)
{
	str rest = t->attributes, seen[16];
	struct attribute a;
	size_t count = 0;

	while (tag_attribute(&rest, &a)) {
		char room[TAG_NAME_MAX];
		str name = str_sub(a.name, 0, sizeof(room));
		bool repeated = count == sizeof(seen) / sizeof(*seen);

		for (size_t i = 0; i < name.len; i++)
			room[i] = lower(name.ptr[i]);
		name.ptr = room;
		for (size_t i = 0; i < count && !repeated; i++)
			repeated = str_eq_nocase(seen[i], name);
		if (repeated)
			continue;
		seen[count++] = str_sub(a.name, 0, sizeof(room));
		if (!element_allows(e, name))
			warn_attribute(r, n, a.name, "it is not among those that are allowed");
		else if (str_eq(name, STR("href")) || str_eq(name, STR("src")) ||
			 (str_eq(name, STR("cite")) && a.has_value))
			add_link(r, n, name, &a);
		else if (!str_eq(name, STR("id")) || claim_id(r, n, &a))
			add_attribute(r->out, name, &a);
	}
}

static bool add_start(struct renderer *r, const cmark_node *n, const struct tag *t)
{
	const struct element *e = element_find(t->name);

	if (!e || (r->bare && str_eq(e->name, STR("a"))))
		return false;
	if (!(e->flags & ELEMENT_VOID) && !begin_element(r, e, n->parent))
		return false;
	buf_char(r->out, '<');
	buf_add(r->out, e->name);
	add_attributes(r, n, e, t);
	buf_add(r->out, e->flags & ELEMENT_VOID ? STR(" />") : STR(">"));
	return true;
}

/* Ends what it ends, with all that was left open inside; one that ends nothing is dropped. */
static bool add_end(struct renderer *r, const cmark_node *n, const struct tag *t)
{
	size_t at = r->open_count;

	if (!element_find(t->name))
		return false;
	while (at > 0 && r->open[at - 1].container == n->parent) {
		if (str_eq(r->open[--at].name, t->name)) {
			while (r->open_count > at)
				end_element(r);
			break;
		}
	}
	return true;
}

/* After a start tag like <script>: all up to its end tag is text. Returns what was taken. */
static size_t raw_length(str s, str name)
{
	for (size_t at = 0; at + name.len + 2 <= s.len; at++) {
		const char *p = memchr(s.ptr + at, '<', s.len - at - name.len - 1);

		if (!p)
			break;
		at = (size_t)(p - s.ptr);
		if (s.ptr[at + 1] == '/' &&
			str_eq_nocase(str_sub(s, at + 2, at + 2 + name.len), name))
			return at;
	}
	return s.len;
}

/* One piece that begins with '<'; returns its length. `*elements` counts what was let through.
 */
static size_t add_piece(struct renderer *r, const cmark_node *n, str s, int *elements)
{
	struct tag t;

	if (str_starts(s, STR("<!--"))) {
		ptrdiff_t end = str_find(s, STR("-->"));

		return end < 0 ? s.len : (size_t)end + 3;
	}
	if (!tag_read(s, &t)) {
		if (s.len > 1 && (s.ptr[1] == '!' || s.ptr[1] == '?'))
			warn_element(r, n, str_sub(s, 1, 2), s);
		BUF_LIT(r->out, "&lt;");
		return 1;
	}
	if (r->m->options.html == HTML_SAFE &&
		(t.end ? add_end(r, n, &t) : add_start(r, n, &t))) {
		++*elements;
		return t.text.len;
	}
	if (!r->bare || !str_eq(t.name, STR("a"))) {
		warn_element(r, n, t.name, s);
		buf_html(r->out, t.text);
	}
	if (!t.end && element_is_raw(t.name)) {
		size_t raw = raw_length(str_from(s, t.text.len), t.name);

		buf_html(r->out, str_sub(s, t.text.len, t.text.len + raw));
		return t.text.len + raw;
	}
	return t.text.len;
}

/* Text between tags: entities stay as they were written. */
static void add_text(struct buf *out, str s)
{
	size_t run = 0;

	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '>') {
			buf_add(out, str_sub(s, run, i));
			BUF_LIT(out, "&gt;");
			run = i + 1;
		}
	buf_add(out, str_from(s, run));
}

static int add_cleaned(struct renderer *r, const cmark_node *n)
{
	str s = node_html(n);
	int elements = 0;

	while (s.len) {
		ptrdiff_t open = str_find_char(s, '<');

		if (open < 0) {
			add_text(r->out, s);
			break;
		}
		add_text(r->out, str_sub(s, 0, (size_t)open));
		s = str_from(s, (size_t)open);
		s = str_from(s, add_piece(r, n, s, &elements));
	}
	return elements;
}

/* A block that came out as text alone is a paragraph, or nothing. */
static void wrap_text(struct renderer *r, size_t from)
{
	str text = str_trim(str_new(r->out->ptr + from, r->out->len - from));

	if (!text.len) {
		r->out->len = from;
		return;
	}
	BUF_LIT(r->out, "</p>");
	buf_reserve(r->out, 3);
	memmove(r->out->ptr + from + 3, r->out->ptr + from, r->out->len - from);
	memcpy(r->out->ptr + from, "<p>", 3);
	r->out->len += 3;
}

/* GFM's tagfilter, which its specification asks for where all other HTML goes through. */
static void add_filtered(struct buf *out, str s)
{
	static const char *const names[] = { "title", "textarea", "style", "xmp", "iframe",
		"noembed", "noframes", "script", "plaintext" };

	while (s.len) {
		ptrdiff_t open = str_find_char(s, '<');
		bool refused = false;
		struct tag t;

		if (open < 0)
			break;
		buf_add(out, str_sub(s, 0, (size_t)open));
		s = str_from(s, (size_t)open);
		if (tag_read(s, &t))
			for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
				refused |= str_eq(t.name, str_c(names[i]));
		buf_add(out, refused ? STR("&lt;") : STR("<"));
		s = str_from(s, 1);
	}
	buf_add(out, s);
}

static void add_as_it_is(struct renderer *r, const cmark_node *n)
{
	if (!r->m->options.plain)
		buf_add(r->out, n == r->m->more ? (str){ 0 } : node_html(n));
	else if (r->m->options.core)
		buf_add(r->out, node_html(n));
	else
		add_filtered(r->out, node_html(n));
}

void html_add(struct renderer *r, cmark_node *n)
{
	bool block = n->type == CMARK_NODE_HTML_BLOCK;
	size_t from;

	if (block)
		render_newline(r);
	from = r->out->len;
	if (r->m->options.html == HTML_ALL)
		add_as_it_is(r, n);
	else if (add_cleaned(r, n) == 0 && block)
		wrap_text(r, from);
	if (block)
		render_newline(r);
}
