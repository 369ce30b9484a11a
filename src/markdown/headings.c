/* Headings: {#own-id}, ids as GitHub makes them, the outline, the title. */
#include "markdown/document.h"
#include "markdown/render.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

static bool is_id_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '_' || c == '.' || c == ':' || (unsigned char)c >= 0x80;
}

/* "Title {#id}": where the brace is, or -1. */
static ptrdiff_t find_own_id(str s)
{
	ptrdiff_t brace = str_rfind_char(s, '{');

	if (brace < 0 || s.len < (size_t)brace + 4 || s.ptr[brace + 1] != '#' ||
		s.ptr[s.len - 1] != '}')
		return -1;
	for (size_t i = (size_t)brace + 2; i + 1 < s.len; i++)
		if (!is_id_char(s.ptr[i]))
			return -1;
	return brace;
}

/* Take {#id} from the end of a heading; empty when there is none. */
static str take_own_id(cmark_node *heading)
{
	cmark_node *last = heading->last_child;
	str s, id;
	ptrdiff_t brace;

	if (!last || last->type != CMARK_NODE_TEXT)
		return (str){ 0 };
	s = str_trim_end(chunk_str(&last->as.literal));
	brace = find_own_id(s);
	if (brace < 0)
		return (str){ 0 };
	id = str_sub(s, (size_t)brace + 2, s.len - 1);
	s = str_trim_end(str_sub(s, 0, (size_t)brace));
	last->as.literal.len = (bufsize_t)s.len;
	return id;
}

static void claim_own_id(struct markdown *m, struct heading *h)
{
	loc at = document_loc(m, h->node->start_line, h->node->start_column);
	bool is_new;
	void **slot;

	h->head.id = take_own_id(h->node);
	if (!h->head.id.len)
		return;
	slot = map_put(&m->ids, h->head.id, &is_new);
	if (is_new) {
		*slot = h;
		return;
	}
	if (*slot)
		diag_error(m->diags, at, "heading",
			"the id \"" STR_FMT "\" is used on line %d already",
			STR_ARG(h->head.id), ((struct heading *)*slot)->head.line);
	else
		diag_error(m->diags, at, "heading",
			"the id \"" STR_FMT "\" belongs to a footnote", STR_ARG(h->head.id));
	diag_help(m->diags, "give each heading an id of its own");
}

/* Lower case; letters, digits, '_' and '-' stay, a space becomes '-', all else goes. */
static str slug_as_github(str text, struct arena *a)
{
	str lower = utf8_lower(str_trim(text), a);
	struct buf out = { .arena = a };

	buf_reserve(&out, lower.len + 1);
	while (lower.len) {
		unsigned char byte = (unsigned char)lower.ptr[0];
		int len = 1;

		if (byte == ' ')
			buf_char(&out, '-');
		else if (byte == '-' || (byte < 0x80 && utf8_is_word(byte)))
			buf_char(&out, (char)byte);
		else if (byte >= 0x80 && utf8_is_word(utf8_decode(lower, &len)))
			buf_add(&out, str_sub(lower, 0, (size_t)len));
		lower = str_from(lower, (size_t)len);
	}
	return out.len ? buf_str(&out) : STR("section");
}

/* `used` has for each slug the number to try next. */
static void make_id(struct markdown *m, struct heading *h, struct map *used)
{
	str slug = slug_as_github(h->head.text, m->arena), id = slug;
	bool is_new;
	void **slot = map_put(&m->ids, id, &is_new);

	if (!is_new) {
		uintptr_t *number = (uintptr_t *)map_put(used, slug, &is_new);

		do {
			++*number;
			id = str_printf(
				m->arena, STR_FMT "-%u", STR_ARG(slug), (unsigned)*number);
			slot = map_put(&m->ids, id, &is_new);
		} while (!is_new);
	}
	*slot = h;
	h->head.id = id;
}

/* Ids of notes are made from their numbers when they are rendered; here they are taken. */
static void claim_note_ids(struct markdown *m)
{
	int number = 0;

	for (cmark_node *n = m->root->last_child;
		n && n->type == CMARK_NODE_FOOTNOTE_DEFINITION; n = n->prev)
		number++;
	for (cmark_node *n = m->root->last_child; number > 0; n = n->prev, number--) {
		map_put(&m->ids, str_printf(m->arena, "fn-%d", number), NULL);
		map_put(&m->ids, str_printf(m->arena, "fnref-%d", number), NULL);
		for (int i = 2; i <= n->footnote.def_count; i++)
			map_put(&m->ids, str_printf(m->arena, "fnref-%d-%d", number, i), NULL);
	}
}

static size_t count_headings(const struct markdown *m)
{
	size_t count = 0;

	for (cmark_node *n = m->root; n; n = n->type == CMARK_NODE_PARAGRAPH || is_table(n)
						     ? skip_node(n, m->root)
						     : next_node(n, m->root))
		count += n->type == CMARK_NODE_HEADING;
	return count;
}

static void collect_headings(struct markdown *m)
{
	struct heading *h = m->headings;

	for (cmark_node *n = m->root; n; n = n->type == CMARK_NODE_PARAGRAPH || is_table(n)
						     ? skip_node(n, m->root)
						     : next_node(n, m->root)) {
		if (n->type != CMARK_NODE_HEADING)
			continue;
		h->node = n;
		h->head.level = n->as.heading.level;
		h->head.line = document_loc(m, n->start_line, 0).line;
		claim_own_id(m, h);
		h->head.text = str_trim(text_of(n, m->arena));
		n->user_data = h++;
	}
}

static void find_title(struct markdown *m)
{
	cmark_node *first = m->root->first_child;

	while (first && first->type == CMARK_NODE_HTML_BLOCK && is_comment(first))
		first = first->next;
	if (first && first->type == CMARK_NODE_HEADING && first->as.heading.level == 1)
		m->title = first;
}

void headings_read(struct markdown *m)
{
	struct map used = { .arena = m->arena };

	claim_note_ids(m);
	m->heading_count = count_headings(m);
	m->headings = arena_array(m->arena, struct heading, m->heading_count);
	collect_headings(m);
	for (size_t i = 0; i < m->heading_count; i++)
		if (!m->headings[i].head.id.len)
			make_id(m, &m->headings[i], &used);
	find_title(m);
}

struct markdown_outline markdown_outline(struct markdown *m)
{
	if (!m->has_outline) {
		struct markdown_heading *all =
			arena_array(m->arena, struct markdown_heading, m->heading_count);

		for (size_t i = 0; i < m->heading_count; i++) {
			struct buf html = { .arena = m->arena };

			render_bare(m, m->headings[i].node, &html);
			all[i] = m->headings[i].head;
			all[i].html = buf_str(&html);
		}
		m->outline = all;
		m->has_outline = true;
	}
	return (struct markdown_outline){ m->outline, m->heading_count };
}

const struct markdown_heading *markdown_title(struct markdown *m)
{
	if (!m->title)
		return NULL;
	for (size_t i = 0; i < m->heading_count; i++)
		if (m->headings[i].node == m->title)
			return &markdown_outline(m).headings[i];
	return NULL;
}
