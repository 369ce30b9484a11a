#include "import/html_mark.h"

#include "base/arena.h"
#include "import/escape.h"

static bool holds_more_than_text(const struct html_node *n)
{
	for (const struct html_node *c = n->first; c; c = c->next)
		if (c->act == HTML_LINK || c->act == HTML_IMAGE || c->act == HTML_STRONG ||
			c->act == HTML_EM || c->act == HTML_STRIKE || holds_more_than_text(c))
			return true;
	return false;
}

static void put_nodes(
	struct line *l, const struct html_node *first, const struct html_node *end);

/* The children of `n` on their own, and whether white space stood around them. */
static str put_inner(
	struct line *l, const struct html_node *n, bool in_link, bool *led, bool *trailed)
{
	struct line inner = { .h = l->h,
		.out = { .arena = l->h->arena },
		.place = l->place,
		.without = l->without,
		.in_link = l->in_link || in_link,
		.in_mark = l->in_mark || l->mark_count > 0,
		.in_code = l->in_code || n->act == HTML_CODE,
		.one = true };

	for (int i = 0; i < l->mark_count; i++)
		inner.without |= l->marks[i].kind;
	put_nodes(&inner, n->first, NULL);
	*led = inner.led;
	*trailed = inner.space || inner.breaks;
	return line_finish(&inner);
}

static void put_link(struct line *l, const struct html_node *n)
{
	str address = str_trim(html_attr(n, STR("href"))), text;
	struct buf out = { .arena = l->h->arena };
	bool led, trailed;

	if (address.len == 0 || l->in_link) {
		put_nodes(l, n->first, NULL);
		return;
	}
	if (html_unsafe_address(address, false)) {
		notes_add(l->h->notes, NOTE_LINK_SCHEME, n->line, address);
		put_nodes(l, n->first, NULL);
		return;
	}
	text = put_inner(l, n, true, &led, &trailed);
	l->space |= led;
	if (text.len) {
		html_write_link(text, address, html_attr(n, STR("title")),
			l->place == PLACE_CELL, &out);
		line_link(l, buf_str(&out));
	} else {
		notes_add(l->h->notes, NOTE_EMPTY_LINK, n->line, address);
	}
	l->space |= trailed;
}

/* Alternative texts are Markdown as well. */
static str alt_text(struct line *l, str alt)
{
	struct line inner = { .h = l->h,
		.out = { .arena = l->h->arena },
		.place = l->place == PLACE_CELL ? PLACE_CELL : PLACE_HEADING,
		.in_link = true,
		.one = true };

	line_text(&inner, alt);
	return line_finish(&inner);
}

static void put_image(struct line *l, const struct html_node *n)
{
	struct buf out = { .arena = l->h->arena };
	str address = html_image_address(n), alt = html_attr(n, STR("alt"));

	if (alt.len &&
		(html_has_class(n, STR("emoji")) || html_has_class(n, STR("wp-smiley")))) {
		line_text(l, alt);
		return;
	}
	if (address.len == 0 || html_unsafe_address(address, true)) {
		notes_add(l->h->notes, NOTE_IMAGE_NO_SOURCE, n->line, address);
		return;
	}
	BUF_LIT(&out, "!");
	html_write_link(alt_text(l, alt), address, html_attr(n, STR("title")),
		l->place == PLACE_CELL, &out);
	line_token(l, buf_str(&out));
}

static void put_raw(struct line *l, const struct html_node *n)
{
	struct buf out = { .arena = l->h->arena };
	str title = html_attr(n, STR("title")), text;
	bool led, trailed;

	text = put_inner(l, n, false, &led, &trailed);
	l->space |= led;
	if (text.len) {
		buf_printf(&out, "<" STR_FMT, STR_ARG(n->name));
		if (title.len && str_eq(n->name, STR("abbr")) &&
			str_find_char(title, '\n') < 0 && str_find_char(title, '|') < 0) {
			BUF_LIT(&out, " title=\"");
			buf_html(&out, title);
			BUF_LIT(&out, "\"");
		}
		BUF_LIT(&out, ">");
		buf_add(&out, text);
		buf_printf(&out, "</" STR_FMT ">", STR_ARG(n->name));
		line_token(l, buf_str(&out));
	}
	l->space |= trailed;
}

static void put_media(struct line *l, const struct html_node *n)
{
	str address = html_attr(n, STR("src"));
	struct buf out = { .arena = l->h->arena };

	for (const struct html_node *c = n->first; c && !address.len; c = c->next)
		if (html_is(c, STR("source")))
			address = html_attr(c, STR("src"));
	if (address.len == 0 || html_unsafe_address(address, false)) {
		notes_add(l->h->notes, NOTE_FRAME, n->line, n->name);
		return;
	}
	notes_add(l->h->notes, NOTE_MEDIA, n->line, address);
	html_write_link(n->name, address, (str){ 0 }, l->place == PLACE_CELL, &out);
	line_link(l, buf_str(&out));
}

static bool style_has(const struct html_node *n, str property, const char *const *values)
{
	str rest = html_attr(n, STR("style"));

	while (rest.len) {
		struct str_pair p = str_cut(rest, ';'), kv = str_cut(p.head, ':');

		rest = p.tail;
		if (!str_eq_nocase(str_trim(kv.head), property))
			continue;
		for (const char *const *v = values; *v; v++)
			if (str_starts(str_trim(kv.tail), str_c(*v)))
				return true;
	}
	return false;
}

/* The emphasis that an element means: editors write bold text as a span, and plain text as a
 * <b>. */
static int emphasis_of(const struct html_node *n)
{
	static const char *const bold[] = { "bold", "600", "700", "800", "900", NULL };
	static const char *const light[] = { "normal", "400", NULL };
	static const char *const slanted[] = { "italic", "oblique", NULL }, *const upright[] = {
		"normal", NULL
	};
	static const char *const struck[] = { "line-through", NULL };

	switch (n->act) {
	case HTML_STRONG:
		return style_has(n, STR("font-weight"), light) ? 0 : WITHOUT_STRONG;
	case HTML_EM:
		return style_has(n, STR("font-style"), upright) ? 0 : WITHOUT_EM;
	case HTML_STRIKE:
		return WITHOUT_STRIKE;
	default:
		break;
	}
	if (style_has(n, STR("font-weight"), bold))
		return WITHOUT_STRONG;
	if (style_has(n, STR("font-style"), slanted))
		return WITHOUT_EM;
	return style_has(n, STR("text-decoration"), struck) ? WITHOUT_STRIKE : 0;
}

static void put_emphasis(struct line *l, const struct html_node *n)
{
	int kind = emphasis_of(n);
	bool pushed = kind && line_push(l, kind);

	put_nodes(l, n->first, NULL);
	if (pushed)
		line_pop(l);
}

/* A span of code has no marks inside: an emphasis or link of the whole goes around it. */
static void put_code(struct line *l, const struct html_node *n)
{
	const struct html_node *only = n->first && !n->first->next ? n->first : NULL;
	struct html_node code = *n;
	int kind = only && only->act <= HTML_STRIKE ? emphasis_of(only) : 0;

	if (l->in_code) {
		put_nodes(l, n->first, NULL);
	} else if (only && (kind || only->act == HTML_LINK)) {
		struct html_node link = *only;
		bool pushed = kind && line_push(l, kind);

		code.first = only->first;
		code.last = only->last;
		code.next = NULL;
		link.first = link.last = &code;
		if (kind)
			put_code(l, &code);
		else
			put_link(l, &link);
		if (pushed)
			line_pop(l);
	} else if (holds_more_than_text(n)) {
		put_raw(l, n);
	} else {
		line_code(l, html_node_text(n, l->h->arena));
	}
}

/* A block where only a line fits: in a cell, a heading, a link. */
static void put_block(struct line *l, const struct html_node *n)
{
	if (l->out.len && !l->breaks)
		l->breaks = 1;
	if (n->act == HTML_ITEM && l->place == PLACE_CELL)
		line_text(l, STR("\xE2\x80\xA2 "));
	if (n->act == HTML_PRE)
		line_code(l, html_node_text(n, l->h->arena));
	else
		put_nodes(l, n->first, NULL);
	if (l->out.len && !l->breaks)
		l->breaks = 1;
}

static void put_node(struct line *l, const struct html_node *n)
{
	switch (n->act) {
	case HTML_TEXT:
		line_text(l, n->text);
		return;
	case HTML_PLAIN:
		put_nodes(l, n->first, NULL);
		return;
	case HTML_SPAN:
	case HTML_STRONG:
	case HTML_EM:
	case HTML_STRIKE:
		put_emphasis(l, n);
		return;
	case HTML_CODE:
		put_code(l, n);
		return;
	case HTML_LINK:
		put_link(l, n);
		return;
	case HTML_IMAGE:
		put_image(l, n);
		return;
	case HTML_BREAK:
		l->breaks++;
		return;
	case HTML_RAW:
		put_raw(l, n);
		return;
	case HTML_MEDIA:
		put_media(l, n);
		return;
	case HTML_TASK:
		line_token(l, html_attr(n, STR("checked")).ptr ? STR("[x]") : STR("[ ]"));
		l->space = true;
		return;
	case HTML_COMMENT:
	case HTML_DROP:
		return;
	default:
		put_block(l, n);
	}
}

static void put_nodes(
	struct line *l, const struct html_node *first, const struct html_node *end)
{
	for (const struct html_node *n = first; n && n != end; n = n->next)
		put_node(l, n);
}

/* Without breaks and non-breaking spaces at the ends either. */
static str trim_hard(str s)
{
	s.len -= line_trailing_space(s);
	for (;;) {
		s = str_trim(s);
		if (str_starts(s, STR("\xC2\xA0")) || str_starts(s, STR("\\\n")))
			s = str_from(s, 2);
		else
			return s;
	}
}

str html_line(struct html *h, const struct html_node *first, const struct html_node *end,
	enum html_place place, int without)
{
	struct line l = {
		.h = h, .out = { .arena = h->arena }, .place = place, .without = without
	};

	put_nodes(&l, first, end);
	return trim_hard(line_finish(&l));
}

str html_escape_starts(str paragraph, struct arena *a)
{
	struct buf out = { .arena = a };
	bool first = true;

	while (paragraph.len) {
		struct str_pair p = str_cut(paragraph, '\n');
		ptrdiff_t at = escape_line_start(p.head, first);

		buf_add(&out, str_sub(p.head, 0, at < 0 ? 0 : (size_t)at));
		if (at >= 0)
			buf_char(&out, '\\');
		buf_add(&out, str_from(p.head, at < 0 ? 0 : (size_t)at));
		first = p.head.len == 0;
		paragraph = p.tail;
		if (paragraph.len)
			buf_char(&out, '\n');
	}
	return buf_str(&out);
}
