/* The words of a tree: plain text, counts, the summary. */
#include "markdown/document.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

void text_add(const cmark_node *top, struct buf *out)
{
	for (cmark_node *n = top->first_child; n; n = next_node(n, top)) {
		switch (n->type) {
		case CMARK_NODE_TEXT:
		case CMARK_NODE_CODE:
			buf_add(out, chunk_str(&n->as.literal));
			break;
		case CMARK_NODE_SOFTBREAK:
		case CMARK_NODE_LINEBREAK:
			buf_char(out, ' ');
			break;
		default:
			break;
		}
	}
}

str text_of(const cmark_node *top, struct arena *a)
{
	const cmark_node *only = top->first_child;
	struct buf b = { .arena = a };

	if (only && !only->next && only->type == CMARK_NODE_TEXT)
		return chunk_str(&only->as.literal);
	text_add(top, &b);
	return buf_str(&b);
}

/* Scripts without spaces between words: two characters are read like one word. */
static bool is_ideograph(uint32_t c)
{
	return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
	       (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

struct word_count {
	size_t words, ideographs;
	bool inside;
};

static void count_character(struct word_count *count, uint32_t c)
{
	if (c <= ' ') {
		count->inside = false;
	} else if (c >= 0x3040 && is_ideograph(c)) {
		count->ideographs++;
		count->inside = false;
	} else if (!count->inside && utf8_is_word(c)) {
		count->words++;
		count->inside = true;
	}
}

static bool is_plain_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static void count_words(struct word_count *count, str s)
{
	const char *at = s.ptr, *end = s.ptr + s.len;

	while (at < end) {
		int len = 1;

		/* Nearly all bytes are these. */
		if (is_plain_letter(*at)) {
			count->words += !count->inside;
			count->inside = true;
			while (++at < end && is_plain_letter(*at))
				;
		} else if (*at == ' ') {
			count->inside = false;
			at++;
		} else {
			count_character(count, utf8_decode(str_new(at, (size_t)(end - at)), &len));
			at += len;
		}
	}
}

size_t markdown_words(struct markdown *m)
{
	struct word_count count = { 0 };

	for (cmark_node *n = m->root->first_child; n; n = next_node(n, m->root)) {
		if (n->type == CMARK_NODE_TEXT)
			count_words(&count, chunk_str(&n->as.literal));
		else if (n->type == CMARK_NODE_SOFTBREAK || n->type == CMARK_NODE_LINEBREAK ||
			 CMARK_NODE_BLOCK_P(n))
			count.inside = false;
	}
	return count.words + (count.ideographs + 1) / 2;
}

/* White space to single spaces, none at the ends. */
static str squeeze(str s, struct arena *a)
{
	char *out = arena_alloc(a, s.len + 1, 1);
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i] == '\n' || s.ptr[i] == '\t' || s.ptr[i] == '\r' ? ' '
										  : s.ptr[i];

		if (c != ' ' || (len && out[len - 1] != ' '))
			out[len++] = c;
	}
	while (len && out[len - 1] == ' ')
		len--;
	return str_new(out, len);
}

/* At the last word that ends within `max` characters. */
static str cut_at_word(str s, size_t max, struct arena *a)
{
	size_t at = 0, chars = 0, cut = 0;
	struct buf b = { .arena = a };

	while (at < s.len && chars < max) {
		if (s.ptr[at] == ' ')
			cut = at;
		at++;
		while (at < s.len && ((unsigned char)s.ptr[at] & 0xc0) == 0x80)
			at++;
		chars++;
	}
	if (at == s.len)
		return s;
	if (cut == 0 || s.ptr[at] == ' ')
		cut = at;
	while (cut > 0 && strchr(" ,;:.-", s.ptr[cut - 1]))
		cut--;
	buf_add(&b, str_sub(s, 0, cut));
	BUF_LIT(&b, "…");
	return buf_str(&b);
}

static bool is_prose(const cmark_node *n)
{
	return n->type == CMARK_NODE_PARAGRAPH && n->user_data != &alert_title_mark;
}

/* The words of a paragraph up to the mark, without those of images. */
static void add_paragraph(const struct markdown *m, const cmark_node *p, struct buf *out)
{
	for (cmark_node *n = p->first_child; n && n != m->more;) {
		if (n->type == CMARK_NODE_TEXT || n->type == CMARK_NODE_CODE)
			buf_add(out, chunk_str(&n->as.literal));
		else if (n->type == CMARK_NODE_SOFTBREAK || n->type == CMARK_NODE_LINEBREAK)
			buf_char(out, ' ');
		n = n->type == CMARK_NODE_IMAGE ? skip_node(n, p) : next_node(n, p);
	}
}

/* All paragraphs before the mark, or the first of the document that has words. */
static void add_paragraphs(const struct markdown *m, struct buf *out)
{
	cmark_node *n = m->root->first_child;

	while (n && n != m->more && n->type != CMARK_NODE_FOOTNOTE_DEFINITION) {
		bool prose = is_prose(n);

		if (prose) {
			if (out->len)
				buf_char(out, ' ');
			add_paragraph(m, n, out);
			if (m->more ? m->more->parent == n : str_trim(buf_str(out)).len > 0)
				return;
		}
		n = prose || is_table(n) || n->type == CMARK_NODE_HEADING
			    ? skip_node(n, m->root)
			    : next_node(n, m->root);
	}
}

str markdown_summary(struct markdown *m, size_t max, struct arena *a)
{
	struct buf b = { .arena = a };
	str text;

	add_paragraphs(m, &b);
	text = squeeze(buf_str(&b), a);
	return max ? cut_at_word(text, max, a) : text;
}
