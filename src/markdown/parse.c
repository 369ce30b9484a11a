#include "markdown/document.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

void markdown_start(void)
{
	library_start();
}

loc document_loc(const struct markdown *m, int line, int col)
{
	if (line < 1)
		return (loc){ m->src, m->first_line, 0 };
	if (m->lines.lone_returns && (size_t)line <= m->lines.count) {
		str before = str_sub(m->body, 0, m->lines.starts[line - 1]);
		int newlines = 0;

		for (size_t i = 0; i < before.len; i++)
			newlines += before.ptr[i] == '\n';
		return (loc){ m->src, m->first_line + newlines, 0 };
	}
	return (loc){ m->src, m->first_line + line - 1, col > 0 ? col : 0 };
}

str document_line(const struct markdown *m, int line)
{
	if (line < 1 || (size_t)line > m->lines.count)
		return (str){ 0 };
	return str_trim_end(str_sub(m->body, m->lines.starts[line - 1], m->lines.starts[line]));
}

static struct markdown_limits fill_limits(struct markdown_limits l, size_t bytes)
{
	if (!l.bytes)
		l.bytes = 10 << 20;
	if (!l.nesting)
		l.nesting = 100;
	if (!l.table_cells)
		l.table_cells = 200000;
	if (!l.brackets)
		l.brackets = 1000;
	if (!l.references)
		l.references = bytes * 10 > 100000 ? bytes * 10 : 100000;
	return l;
}

static bool check_bytes(struct markdown *m)
{
	ptrdiff_t bad;

	if (m->body.len > m->options.limits.bytes) {
		diag_error(m->diags, (loc){ m->src, m->first_line, 0 }, "limit",
			"the text has %zu bytes, more than the %zu allowed", m->body.len,
			m->options.limits.bytes);
		diag_help(m->diags, "split the article, or raise `limits: bytes`");
		return false;
	}
	bad = utf8_invalid(m->body);
	if (bad >= 0) {
		loc at = source_loc(&(struct source){ m->src->path, m->body }, (size_t)bad);

		at.src = m->src;
		at.line += m->first_line - 1;
		diag_error(m->diags, at, "encoding", "this is not UTF-8: byte 0x%02x",
			(unsigned char)m->body.ptr[bad]);
		diag_help(m->diags, "save the file as UTF-8");
		return false;
	}
	return true;
}

static bool refuse_copies(struct markdown *m, enum parse_end end)
{
	if (end == PARSE_TOO_MANY_ADDRESSES) {
		diag_error(m->diags, (loc){ m->src, m->first_line, 0 }, "limit",
			"too many e-mail addresses stand in one line");
		diag_help(m->diags, "break the line, or raise `limits: references`");
	} else {
		diag_error(m->diags, (loc){ m->src, m->first_line, 0 }, "limit",
			"reference links expand to more than %zu bytes",
			m->options.limits.references);
		diag_help(m->diags, "use fewer of them, or raise `limits: references`");
	}
	return false;
}

static bool parse_body(struct markdown *m)
{
	const struct copy_limits copies = {
		.references = m->options.limits.references,
		.addresses = m->options.limits.references + (16 << 20),
	};
	enum parse_end end = library_parse(m->body, !m->options.core, &copies, m->arena, &m->root);

	return end == PARSE_DONE || refuse_copies(m, end);
}

struct markdown *markdown_parse(const struct source *src, str body, int first_line,
	const struct markdown_options *options, struct arena *a, struct diags *d)
{
	struct markdown *m = arena_new(a, struct markdown);

	m->src = src;
	m->body = body;
	m->first_line = first_line;
	m->options = *options;
	m->options.limits = fill_limits(options->limits, body.len);
	m->arena = a;
	m->diags = d;
	m->ids.arena = m->warned.arena = a;
	if (!check_bytes(m) || !guard_check(m) || !parse_body(m))
		return NULL;
	if (m->options.plain)
		return m;
	size_t errors = d->errors;
	prepare_tree(m);
	headings_read(m);
	lint_text(m);
	return d->errors == errors ? m : NULL;
}
