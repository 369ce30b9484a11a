#include "import/html_tree.h"

#include <gumbo.h>
#include <setjmp.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "import/html_depth.h"

enum { MOST_MEMORY = 1 << 30, MOST_SECONDS = 20, LOOK_EVERY = 4096 };

/*
 * Gumbo walks its whole stack of open elements for many tags, and destroys a tree by recursion.
 * So the memory is an arena that is dropped as a whole, and parsing ends by a jump out of the
 * allocator when it costs too much.
 */
struct guard {
	struct arena arena;
	jmp_buf out;
	clock_t start;
	size_t calls;
};

static void *take(void *ctx, size_t size)
{
	struct guard *g = ctx;

	if (g->arena.total > MOST_MEMORY)
		longjmp(g->out, 1);
	if (++g->calls % LOOK_EVERY == 0 &&
		(clock() - g->start) / CLOCKS_PER_SEC > MOST_SECONDS)
		longjmp(g->out, 1);
	return arena_alloc(&g->arena, size ? size : 1, 16);
}

static void leave(void *ctx, void *ptr)
{
	(void)ctx;
	(void)ptr;
}

struct copying {
	struct arena *arena;
	int first_line;
};

static str lower_name(const GumboElement *e, struct arena *a)
{
	GumboStringPiece tag = e->original_tag;

	if (e->tag != GUMBO_TAG_UNKNOWN)
		return str_c(gumbo_normalized_tagname(e->tag));
	gumbo_tag_from_original_text(&tag);
	return str_lower(str_new(tag.data, tag.data ? tag.length : 0), a);
}

static void copy_attrs(const GumboElement *e, struct html_node *n, struct arena *a)
{
	struct html_attr *attrs = arena_array(a, struct html_attr, e->attributes.length);

	for (unsigned i = 0; i < e->attributes.length; i++) {
		const GumboAttribute *from = e->attributes.data[i];

		attrs[i] = (struct html_attr){ str_copy(str_c(from->name), a),
			str_copy(str_c(from->value), a) };
	}
	n->attrs = attrs;
	n->attr_count = e->attributes.length;
}

static void set_act(struct html_node *n, const GumboElement *e)
{
	const struct html_element *row = html_element_find(n->name);

	if (e->tag_namespace != GUMBO_NAMESPACE_HTML)
		row = html_element_find(STR("svg"));
	n->act = row ? row->act : HTML_SPAN;
	n->drop = row ? row->drop : NOTE_UNKNOWN_TAG;
	if (n->act == HTML_SPAN && row)
		n->drop = NOTE_SPAN;
	n->block = n->act >= HTML_BLOCK;
}

static struct html_node *copy_node(struct copying *c, const GumboNode *from)
{
	struct html_node *n = arena_new(c->arena, struct html_node);

	switch (from->type) {
	case GUMBO_NODE_ELEMENT:
	case GUMBO_NODE_TEMPLATE:
		n->name = lower_name(&from->v.element, c->arena);
		n->line = from->v.element.original_tag.data
				  ? (int)from->v.element.start_pos.line + c->first_line - 1
				  : 0;
		copy_attrs(&from->v.element, n, c->arena);
		set_act(n, &from->v.element);
		return n;
	case GUMBO_NODE_COMMENT:
		n->act = HTML_COMMENT;
		break;
	default:
		n->act = HTML_TEXT;
		break;
	}
	n->text = str_copy(str_c(from->v.text.text), c->arena);
	n->line = (int)from->v.text.start_pos.line + c->first_line - 1;
	return n;
}

/* False when it goes too deep. */
static bool copy_children(
	struct copying *c, const GumboVector *from, struct html_node *to, int depth)
{
	if (depth > HTML_DEPTH)
		return false;
	for (unsigned i = 0; i < from->length; i++) {
		const GumboNode *g = from->data[i];
		struct html_node *n = copy_node(c, g);

		n->parent = to;
		if (to->last)
			to->last->next = n;
		else
			to->first = n;
		to->last = n;
		if ((g->type == GUMBO_NODE_ELEMENT || g->type == GUMBO_NODE_TEMPLATE) &&
			!copy_children(c, &g->v.element.children, n, depth + 1))
			return false;
		if (n->block && to->act != HTML_DROP)
			to->block = true;
	}
	return true;
}

static bool refuse_depth(const struct source *src, int line, struct diags *d)
{
	diag_error(d, (loc){ src, line, 0 }, "import",
		"the HTML is nested more than %d levels deep", HTML_DEPTH);
	diag_help(d, "close what is left open, or split the article");
	return false;
}

static bool check(const struct source *src, str html, int first_line, struct diags *d)
{
	int line;

	if (html.len > HTML_BYTES)
		return diag_error(d, (loc){ src, first_line, 0 }, "import",
			"the HTML has %zu bytes, more than the %d MB that an article may have",
			html.len, HTML_BYTES >> 20);
	line = html_too_deep(html);
	return !line || refuse_depth(src, line + first_line - 1, d);
}

struct html_node *html_tree_read(
	const struct source *src, str html, int first_line, struct arena *a, struct diags *d)
{
	struct guard *g = arena_new(a, struct guard);
	struct html_node *root = arena_new(a, struct html_node);
	struct copying c = { a, first_line };
	GumboOptions options = kGumboDefaultOptions;
	bool fine = false;

	if (!check(src, html, first_line, d))
		return NULL;
	g->start = clock();
	options.allocator = take;
	options.deallocator = leave;
	options.userdata = g;
	options.max_errors = 0;
	options.fragment_context = GUMBO_TAG_BODY;
	root->act = HTML_BLOCK;
	if (setjmp(g->out) == 0) {
		GumboOutput *out =
			gumbo_parse_with_options(&options, html.len ? html.ptr : "", html.len);

		fine = copy_children(&c, &out->root->v.element.children, root, 1);
	}
	arena_free(&g->arena);
	if (!fine)
		refuse_depth(src, first_line, d);
	return fine ? root : NULL;
}

str html_attr(const struct html_node *n, str name)
{
	for (size_t i = 0; i < n->attr_count; i++)
		if (str_eq(n->attrs[i].name, name))
			return n->attrs[i].value;
	return (str){ 0 };
}

bool html_has_class(const struct html_node *n, str word)
{
	str rest = html_attr(n, STR("class"));

	while (rest.len) {
		struct str_pair p = str_cut(str_trim_start(rest), ' ');

		if (str_eq(str_trim(p.head), word))
			return true;
		rest = p.tail;
	}
	return false;
}

static void add_text(const struct html_node *n, struct buf *out)
{
	if (n->act == HTML_TEXT)
		buf_add(out, n->text);
	else if (n->act == HTML_BREAK)
		buf_char(out, '\n');
	if (n->act == HTML_DROP || n->act == HTML_COMMENT)
		return;
	for (const struct html_node *c = n->first; c; c = c->next) {
		/* Editors put each line of code into a block. */
		if (c->act >= HTML_BLOCK && out->len && out->ptr[out->len - 1] != '\n')
			buf_char(out, '\n');
		add_text(c, out);
	}
}

str html_node_text(const struct html_node *n, struct arena *a)
{
	struct buf out = { .arena = a };

	add_text(n, &out);
	return buf_str(&out);
}
