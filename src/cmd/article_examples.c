#include "cmd/article_examples.h"

#include "base/file.h"
#include "base/path.h"
#include "markdown/markdown.h"
#include "site/site.h"

bool article_examples_read(const struct site *s, const struct page *p, struct source *src, struct examples *out,
	struct arena *a, struct diags *d)
{
	const struct config *c = &s->config;
	const struct markdown_options options = { .html = c->html, .limits = c->markdown };
	const struct example_place place = { .src = src, .folder = path_folder(p->meta.path),
		.root = s->options->source, .runners = &c->runners, .registry = &c->registry };
	struct markdown *m;

	*src = (struct source){ .path = p->meta.path };
	*out = (struct examples){ 0 };
	if (file_read(p->meta.path, 0, a, &src->text) != 0 || src->text.len < p->meta.body)
		return diag_error(d, (loc){ src, 0, 0 }, "file", "cannot read the article");
	m = markdown_parse(src, str_from(src->text, p->meta.body), p->meta.body_line, &options, a, d);
	return m && examples_read(m, &place, out, a, d);
}
