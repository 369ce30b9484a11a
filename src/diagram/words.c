#ifdef GEN_GRAPHVIZ

#include "diagram/words.h"

#include <string.h>

#include "base/buf.h"

enum { EDGES_TOLD = 60, LABEL_MAX = 80 };

/* The text of "<b>x</b>". */
static void add_without_tags(struct buf *out, str s)
{
	bool inside = false;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		inside = c == '<' || (inside && c != '>');
		if (!inside)
			buf_char(out, c == '>' ? ' ' : c);
	}
}

/* "{a|<port> b}" of a record is "a, b". */
static void add_field(struct buf *out, str s, str name)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : '\0';

		if (c == '\\' && next != '\0') {
			i++;
			if (next == 'N' || next == 'G' || next == 'E')
				buf_add(out, name);
			else
				buf_char(out, strchr("nlr", next) ? ' ' : next);
		} else {
			buf_char(out, c == '\n' ? ' ' : c);
		}
	}
}

static void add_record(struct buf *out, str s, str name)
{
	size_t from = 0;

	for (size_t i = 0; i <= s.len; i++) {
		char c = i < s.len ? s.ptr[i] : '\0';

		if (i < s.len && !strchr("{}|<", c))
			continue;
		add_field(out, str_sub(s, from, i), name);
		if (c == '|')
			BUF_LIT(out, ", ");
		while (c == '<' && i < s.len && s.ptr[i] != '>')
			i++;
		from = i + 1;
	}
}

/* One line, not longer than is worth hearing. */
static void add_squeezed(struct buf *out, str s)
{
	size_t from = out->len;

	for (size_t i = 0; i < s.len; i++) {
		bool blank = s.ptr[i] == ' ' || s.ptr[i] == '\n' || s.ptr[i] == '\t' || s.ptr[i] == '\r';

		if (out->len - from >= LABEL_MAX && ((unsigned char)s.ptr[i] & 0xc0) != 0x80) {
			BUF_LIT(out, "...");
			return;
		}
		if (!blank)
			buf_char(out, s.ptr[i]);
		else if (out->len > from && out->ptr[out->len - 1] != ' ')
			buf_char(out, ' ');
	}
	while (out->len > from && out->ptr[out->len - 1] == ' ')
		out->len--;
}

static str attr_of(void *object, const char *name)
{
	/* The library does not change the name, and does not say so. */
	return str_c(agget(object, (char *)name));
}

static void add_label(struct buf *out, void *object, str name)
{
	struct buf plain = { 0 };
	str label = attr_of(object, "label"), shape = attr_of(object, "shape");

	if (label.len > 0 && aghtmlstr((char *)label.ptr))
		add_without_tags(&plain, label);
	else if (str_ends(shape, STR("record")))
		add_record(&plain, label, name);
	else
		add_field(&plain, label, name);
	if (str_trim(buf_str(&plain)).len == 0 && AGTYPE(object) == AGNODE) {
		buf_clear(&plain);
		buf_add(&plain, name);
	}
	add_squeezed(out, buf_str(&plain));
	buf_free(&plain);
}

static void add_node(struct buf *out, Agnode_t *n)
{
	add_label(out, n, str_c(agnameof(n)));
}

static void add_edge(struct buf *out, Agraph_t *g, Agedge_t *e)
{
	str from = attr_of(e, "label");

	add_node(out, agtail(e));
	buf_add(out, agisdirected(g) ? STR(" to ") : STR(" with "));
	add_node(out, aghead(e));
	if (from.len > 0) {
		BUF_LIT(out, " (");
		add_label(out, e, STR(""));
		BUF_LIT(out, ")");
	}
}

/* Nodes that no edge tells of. */
static void add_lone(struct buf *out, Agraph_t *g, bool any)
{
	int told = 0;

	for (Agnode_t *n = agfstnode(g); n; n = agnxtnode(g, n)) {
		if (agdegree(g, n, 1, 1) > 0)
			continue;
		if (told++ == EDGES_TOLD)
			break;
		buf_add(out, told > 1 ? STR("; ") : any ? STR(". Alone: ") : STR(": "));
		add_node(out, n);
	}
}

void words_of(Agraph_t *g, struct buf *out)
{
	int nodes = agnnodes(g), edges = agnedges(g), told = 0;

	buf_printf(out, "%d node%s", nodes, nodes == 1 ? "" : "s");
	if (edges > 0)
		buf_printf(out, " and %d connection%s", edges, edges == 1 ? "" : "s");
	for (Agnode_t *n = agfstnode(g); n; n = agnxtnode(g, n))
		for (Agedge_t *e = agfstout(g, n); e && told <= EDGES_TOLD; e = agnxtout(g, e)) {
			if (told++ == EDGES_TOLD)
				break;
			buf_add(out, told > 1 ? STR("; ") : STR(": "));
			add_edge(out, g, e);
		}
	if (edges > EDGES_TOLD)
		buf_printf(out, "; and %d more", edges - EDGES_TOLD);
	add_lone(out, g, edges > 0);
	buf_char(out, '.');
}

#else

/* A file is not empty. */
typedef int words_without_graphviz;

#endif
