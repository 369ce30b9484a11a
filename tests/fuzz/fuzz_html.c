#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "import/html.h"
#include "import/html_tree.h"
#include "markdown/markdown.h"

/*
 * Inline HTML made of the input, through Markdown and back to HTML: every character that shows must still be
 * there, with the same emphasis, code and link around it.
 */
enum { BOLD = 1, ITALIC = 2, STRUCK = 4, CODE = 8, LINKED = 16 };

struct shown {
	uint32_t *at; /* a byte of text, and flags above it; a space stands between what had any around it */
	size_t count, cap;
	bool space;
};

static void show(struct shown *s, str text, uint32_t flags)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (str_starts(str_from(text, i), STR("\xC2\xA0"))) {
			s->space = true;
			i++;
			continue;
		}
		if (c <= ' ') {
			s->space = true;
			continue;
		}
		if (s->count + 2 > s->cap)
			abort();
		if (s->space && s->count)
			s->at[s->count++] = ' ';
		s->space = false;
		/* Code has no marks inside; those that it had go around it, or are given up in a block. */
		s->at[s->count++] = c | (flags & CODE ? CODE : flags) << 8;
	}
}

static uint32_t flag_of(const struct html_node *n)
{
	switch (n->act) {
	case HTML_STRONG:
	case HTML_HEADING: /* which a paragraph in bold becomes */
		return BOLD;
	case HTML_EM:
		return ITALIC;
	case HTML_STRIKE:
		return STRUCK;
	case HTML_CODE:
		return CODE;
	case HTML_LINK:
		return LINKED;
	default:
		return 0;
	}
}

static void walk(const struct html_node *n, uint32_t flags, struct shown *s)
{
	/* An address in the text becomes a link on the page, which is no fault of the import. */
	for (const struct html_node *c = n->first; c; c = c->next) {
		if (c->act == HTML_TEXT)
			show(s, c->text, flags);
		else if (c->act == HTML_BREAK || c->act >= HTML_BLOCK)
			s->space = true;
		walk(c, flags | flag_of(c), s);
	}
}

/* A few tags and the characters that mean something to Markdown. */
static void make_html(const uint8_t *data, size_t size, struct buf *out)
{
	static const char *const parts[] = { "<b>", "</b>", "<i>", "</i>", "<s>", "</s>", "<code>", "</code>",
		"<a href=\"/x\">", "</a>", "<br>", "<span>", "</span>", " ", " ", "a", "b", "é", "*", "_", "~", "`",
		"[", "]", "(", ")", "!", "#", "+", "-", "1.", ">", "&lt;", "&amp;", "\\", "|", "=", ":", "\"", "“",
		"—", "&nbsp;", ".", "}", "€", "x y", "</p><p>" };

	BUF_LIT(out, "<p>");
	for (size_t i = 0; i < size && i < 400; i++)
		buf_add(out, str_c(parts[data[i] % (sizeof(parts) / sizeof(parts[0]))]));
	BUF_LIT(out, "</p>");
}

static struct shown flatten(const struct source *src, str html, struct arena *a, struct diags *d)
{
	struct shown s = { arena_array(a, uint32_t, html.len * 2 + 4), 0, html.len * 2 + 4, false };
	struct html_node *root = html_tree_read(src, html, 1, a, d);

	if (!root)
		abort();
	walk(root, 0, &s);
	return s;
}

static bool same(const struct shown *a, const struct shown *b)
{
	return a->count == b->count && memcmp(a->at, b->at, a->count * sizeof(*a->at)) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool started;
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct notes notes = { .arena = &a, .unit = "line" };
	struct source src = { STR("fuzz.html"), { 0 } };
	struct html_options options = { 0 };
	struct markdown_options reading = { .html = HTML_SAFE };
	struct buf html = { .arena = &a }, body = { .arena = &a }, page = { .arena = &a };
	struct markdown *m;

	if (!started)
		markdown_start();
	started = true;
	make_html(data, size, &html);
	src.text = buf_str(&html);
	if (!html_markdown(&src, src.text, &options, &notes, &body, &a, &d))
		abort();
	m = markdown_parse(&src, body.len ? buf_str(&body) : STR(""), 1, &reading, &a, &d);
	if (m)
		markdown_render(m, NULL, false, &page);
	struct shown before = flatten(&src, src.text, &a, &d);
	struct shown after = flatten(&src, buf_str(&page), &a, &d);

	if (m && !same(&before, &after)) {
		fprintf(stderr, "%.*s\n--- became\n%.*s\n--- which shows as\n%.*s\n", (int)html.len, html.ptr, (int)body.len,
			body.ptr, (int)page.len, page.ptr);
		abort();
	}
	arena_free(&a);
	return 0;
}
