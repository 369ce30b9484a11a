/* Raw HTML: what an article may write, and what is shown as text. */
#include "markdown/render.h"

#include <string.h>

#include "base/arena.h"

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

void html_close(struct renderer *r, const cmark_node *container)
{
	(void)r;
	(void)container;
}

void html_add(struct renderer *r, cmark_node *n)
{
	if (n->type == CMARK_NODE_HTML_BLOCK)
		render_newline(r);
	buf_add(r->out, node_html(n));
	if (n->type == CMARK_NODE_HTML_BLOCK)
		render_newline(r);
}
