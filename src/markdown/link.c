/* Links and images: refused schemes, places, addresses in HTML. */
#include "markdown/render.h"

#include <string.h>

#include "base/arena.h"

enum { MAX_WARNINGS = 100 };

static char refused_mark; /* user_data of a link that is shown as its text */

/* Characters that stand for themselves in an address: houdini_href_e.c of cmark. */
static bool is_plain(unsigned char c)
{
	return (c >= '?' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '(' && c <= ';') ||
	       c == '!' || (c >= '#' && c <= '%') || c == '=' || c == '_' || c == '~';
}

void href_add(struct buf *out, str s)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t run = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (is_plain(c))
			continue;
		buf_add(out, str_sub(s, run, i));
		run = i + 1;
		if (c == '&') {
			BUF_LIT(out, "&amp;");
		} else if (c == '\'') {
			BUF_LIT(out, "&#x27;");
		} else {
			buf_char(out, '%');
			buf_char(out, hex[c >> 4]);
			buf_char(out, hex[c & 15]);
		}
	}
	buf_add(out, str_from(s, run));
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "&#106;" and "&#x6a;" and the names that stand for what matters in a scheme; 0: no entity. */
static size_t decode_entity(str s, int *c)
{
	static const struct {
		str name;
		char c;
	} names[] = { { STR_INIT("&colon;"), ':' }, { STR_INIT("&Tab;"), '\t' },
		{ STR_INIT("&NewLine;"), '\n' }, { STR_INIT("&sol;"), '/' } };
	size_t at = 2;
	int base = 10;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_starts(s, names[i].name)) {
			*c = names[i].c;
			return names[i].name.len;
		}
	if (s.len < 4 || s.ptr[1] != '#')
		return 0;
	if ((s.ptr[2] | 0x20) == 'x') {
		base = 16;
		at = 3;
	}
	*c = 0;
	for (; at < s.len && hex_value(s.ptr[at]) >= 0 && hex_value(s.ptr[at]) < base; at++)
		*c = *c < 0x110000 ? *c * base + hex_value(s.ptr[at]) : *c;
	if (*c > 0x7f)
		*c = 0x7f; /* nothing that a scheme has */
	return at < s.len && s.ptr[at] == ';' ? at + 1 : at;
}

/* One character of an address, decoded; the rest is left in `s`. */
static int next_char(str *s)
{
	size_t taken = 1;
	int c = (unsigned char)s->ptr[0];

	if (c == '&') {
		int decoded = 0;
		size_t len = decode_entity(*s, &decoded);

		if (len) {
			taken = len;
			c = decoded;
		}
	} else if (c == '%' && s->len >= 3 && hex_value(s->ptr[1]) >= 0 &&
		   hex_value(s->ptr[2]) >= 0) {
		c = hex_value(s->ptr[1]) * 16 + hex_value(s->ptr[2]);
		taken = 3;
	}
	*s = str_from(*s, taken);
	return c;
}

/* The first characters of an address in lower case, without white space and control characters.
 */
static str read_scheme(str address, char *room, size_t size)
{
	size_t len = 0;

	while (address.len && len < size) {
		int c = next_char(&address);

		if (c <= ' ' || c >= 0x7f)
			continue;
		room[len++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	return str_new(room, len);
}

bool markdown_refuses(str address, enum markdown_link_kind kind)
{
	char room[16];
	str scheme;

	/* Most addresses end the question with their first characters. */
	if (str_starts(address, STR("http")) || str_starts(address, STR("#")))
		return false;
	scheme = read_scheme(address, room, sizeof(room));
	if (str_starts(scheme, STR("data:")))
		return kind != LINK_IMAGE || !str_starts(scheme, STR("data:image/"));
	return str_starts(scheme, STR("javascript:")) || str_starts(scheme, STR("vbscript:")) ||
	       str_starts(scheme, STR("file:"));
}

str link_address(struct renderer *r, enum markdown_link_kind kind, str address, loc at)
{
	struct markdown *m = r->m;

	if (markdown_refuses(address, kind)) {
		char room[16];
		str scheme = str_cut(read_scheme(address, room, sizeof(room)), ':').head;

		if (!r->quiet && m->link_warnings++ < MAX_WARNINGS) {
			diag_warn(m->diags, at, "link", "%s with \"" STR_FMT ":\" is left out",
				kind == LINK_IMAGE ? "an image" : "a link", STR_ARG(scheme));
			diag_help(m->diags, "use https:, mailto: or an address of this site");
		}
		return (str){ 0 };
	}
	if (r->hooks && r->hooks->link)
		address = r->hooks->link(r->hooks->ctx, kind, address, at);
	return address.ptr ? address : STR("");
}

static bool has_char(str line, int col, const char *set)
{
	return col >= 1 && (size_t)col <= line.len && strchr(set, line.ptr[col - 1]);
}

enum { SEARCHED = 4096 };

/*
 * The library's columns miss after links over several lines, and bare addresses have none; then
 * the text of the link is looked for, from where the last one was found.
 */
static loc find_place(struct renderer *r, const cmark_node *n)
{
	str line = document_line(r->m, r->line), text;
	size_t from = r->line == r->found_line ? r->found_at : 0;
	ptrdiff_t found = -1;

	if (has_char(line, n->start_column, n->type == CMARK_NODE_IMAGE ? "!" : "[<"))
		return document_loc(r->m, r->line, n->start_column);
	if (n->first_child && n->first_child->type == CMARK_NODE_TEXT) {
		text = str_sub(chunk_str(&n->first_child->as.literal), 0, 80);
		found = str_find(str_sub(line, from, from + SEARCHED), text);
		if (found < 0)
			return document_loc(r->m, r->line, 0);
		from += (size_t)found;
		r->found_line = r->line;
		r->found_at = from + text.len;
		if (from > 0 && line.ptr[from - 1] == '<')
			from--;
	}
	return document_loc(r->m, r->line, found < 0 ? 0 : (int)from + 1);
}

static str address_of(struct renderer *r, const cmark_node *n)
{
	str address = chunk_str(&n->as.link.url);

	if (r->m->options.plain)
		return address.ptr ? address : STR("");
	return link_address(r, n->type == CMARK_NODE_IMAGE ? LINK_IMAGE : LINK_ANCHOR, address,
		find_place(r, n));
}

static void add_title(struct buf *out, const cmark_node *n)
{
	if (n->as.link.title.len) {
		BUF_LIT(out, "\" title=\"");
		buf_html(out, chunk_str(&n->as.link.title));
	}
}

void link_open(struct renderer *r, cmark_node *n)
{
	str address;

	if (r->bare || n->user_data == &refused_mark)
		return;
	address = address_of(r, n);
	if (!address.ptr) {
		n->user_data = &refused_mark;
		return;
	}
	BUF_LIT(r->out, "<a href=\"");
	href_add(r->out, address);
	add_title(r->out, n);
	BUF_LIT(r->out, "\">");
}

void link_close(struct renderer *r, cmark_node *n)
{
	if (!r->bare && n->user_data != &refused_mark)
		BUF_LIT(r->out, "</a>");
}

/* As the library does it for the specs: HTML in an alternative text is shown as text. */
static void add_alt(struct renderer *r, cmark_node *image)
{
	for (cmark_node *n = image->first_child; n; n = next_node(n, image)) {
		if (n->type == CMARK_NODE_TEXT || n->type == CMARK_NODE_CODE ||
			(n->type == CMARK_NODE_HTML_INLINE && r->m->options.plain)) {
			buf_html(r->out, chunk_str(&n->as.literal));
		} else if (n->type == CMARK_NODE_SOFTBREAK || n->type == CMARK_NODE_LINEBREAK) {
			buf_char(r->out, ' ');
			r->line++;
		}
	}
}

void image_add(struct renderer *r, cmark_node *n)
{
	str address = r->bare ? (str){ 0 } : address_of(r, n);

	if (!address.ptr) {
		add_alt(r, n);
		return;
	}
	BUF_LIT(r->out, "<img src=\"");
	href_add(r->out, address);
	BUF_LIT(r->out, "\" alt=\"");
	add_alt(r, n);
	add_title(r->out, n);
	if (r->m->options.plain)
		BUF_LIT(r->out, "\" />");
	else
		BUF_LIT(r->out, "\" loading=\"lazy\" decoding=\"async\" />");
}

/* "[lines](snippet:x)": where its bracket stands in the line, 0 when it is not found. `*from`: where to look. */
static int find_bracket(const struct markdown *m, int line, str address, size_t *from)
{
	str text = document_line(m, line);
	ptrdiff_t found = str_find(str_from(text, *from), address);
	size_t at = found < 0 ? 0 : *from + (size_t)found;

	if (found >= 0)
		*from = at + address.len;
	while (at > 0 && text.ptr[at - 1] != '[')
		at--;
	return (int)at;
}

static void set_chunk(cmark_chunk *c, str s)
{
	c->data = (unsigned char *)s.ptr;
	c->len = (bufsize_t)s.len;
}

/* The first piece of its text says all of it. */
static void set_text(cmark_node *link, str text)
{
	for (cmark_node *n = link->first_child; n; n = next_node(n, link)) {
		if (n->type != CMARK_NODE_TEXT && n->type != CMARK_NODE_CODE)
			continue;
		set_chunk(&n->as.literal, text);
		text = STR("");
	}
}

void markdown_say_links(struct markdown *m, str scheme,
	str (*say)(void *ctx, str text, str rest, loc at, str *address), void *ctx)
{
	int line = 0, last = 0;
	size_t from = 0;

	for (cmark_node *n = m->root->first_child; n; n = next_node(n, m->root)) {
		str address, text;

		/* Breaks are counted from the start of what they stand in. */
		if (CMARK_NODE_BLOCK_P(n) && n->start_line > 0)
			line = n->start_line;
		else if (n->type == CMARK_NODE_SOFTBREAK || n->type == CMARK_NODE_LINEBREAK)
			line++;
		if (n->type != CMARK_NODE_LINK || !str_starts(chunk_str(&n->as.link.url), scheme))
			continue;
		address = chunk_str(&n->as.link.url);
		from = line == last ? from : 0;
		last = line;
		text = say(ctx, text_of(n, m->arena), str_from(address, scheme.len),
			document_loc(m, line, find_bracket(m, line, address, &from)), &address);
		if (!text.ptr)
			continue;
		set_text(n, text);
		set_chunk(&n->as.link.url, address);
		if (address.len == 0)
			n->user_data = &refused_mark;
	}
}
