#include "markdown/document.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

void markdown_start(void)
{
	library_start();
}

/* Each line of a text of cells is one of them, below the two that make it a table. */
static loc cell_loc(const struct markdown *m, int line)
{
	size_t i = (size_t)line - CELL_LINES - 1;

	if (line <= CELL_LINES || i >= m->cell_count)
		return (loc){ m->src, m->first_line, 0 };
	return (loc){ m->src, m->cells[i]->line, m->cells[i]->col };
}

loc document_loc(const struct markdown *m, int line, int col)
{
	int number = line;

	if (m->cells)
		return cell_loc(m, line);

	if (line < 1)
		return (loc){ m->src, m->first_line, 0 };
	if (m->lines.numbers && (size_t)line <= m->lines.count) {
		number = (int)m->lines.numbers[line - 1];
		col = 0;
	}
	return (loc){ m->src, m->first_line + number - 1, col > 0 ? col : 0 };
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
		diag_help(
			m->diags, "split the article; `limits: bytes` in gen.yaml allows more");
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

/* Number lines as messages do, by LF alone. */
static void number_lines(struct markdown *m)
{
	uint32_t *numbers = arena_alloc_array(
		m->arena, m->lines.count, sizeof(*numbers), _Alignof(uint32_t));
	uint32_t number = 1;

	for (size_t i = 0; i < m->lines.count; i++) {
		numbers[i] = number;
		number += m->body.ptr[m->lines.starts[i + 1] - 1] == '\n';
	}
	m->lines.numbers = numbers;
}

/*
 * Lines as the library ends them: at LF, CRLF, and CR alone, which is no end of a line to
 * messages.
 */
static void find_lines(struct markdown *m)
{
	const char *p = m->body.ptr, *newline = NULL;
	size_t len = m->body.len, count = 0, at = 0, cap = 64 + len / 16;
	uint32_t *starts =
		arena_alloc_array(m->arena, cap, sizeof(*starts), _Alignof(uint32_t));
	bool lone_returns = false;

	while (at < len) {
		const char *end, *cr;

		if (!newline || newline < p + at) {
			newline = memchr(p + at, '\n', len - at);
			if (!newline)
				newline = p + len;
		}
		end = newline;
		cr = memchr(p + at, '\r', (size_t)(end - p) - at);
		if (cr && cr + 1 != end) {
			lone_returns = true;
			end = cr;
		}
		if (count + 2 > cap) {
			uint32_t *more = arena_alloc_array(
				m->arena, cap * 2, sizeof(*starts), _Alignof(uint32_t));

			memcpy(more, starts, cap * sizeof(*starts));
			starts = more;
			cap *= 2;
		}
		starts[count++] = (uint32_t)at;
		at = end < p + len ? (size_t)(end - p) + 1 : len;
	}
	starts[count] = (uint32_t)len;
	m->lines = (struct line_table){ starts, NULL, count };
	if (lone_returns)
		number_lines(m);
}

static const struct fault {
	const char *message, *option;
} faults[] = {
	[PARSE_NESTING] = { "blocks stand inside one another too deep", "nesting" },
	[PARSE_DEEP_TEXT] = { "emphasis or links stand inside one another too deep",
		"brackets" },
	[PARSE_WORK] = { "too many brackets, asterisks or the like without their other half",
		"brackets" },
	[PARSE_CELLS] = { "too many cells in tables", "table_cells" },
	[PARSE_TABLE_WORK] = { "too many lines that may be the head of a table",
		"table_cells" },
	[PARSE_REFERENCES] = { "reference links expand to too much text", "references" },
	[PARSE_ADDRESSES] = { "too many e-mail addresses in one line", "references" },
	[PARSE_MEMORY] = { "the text takes more than 1 GB of memory", NULL },
};

static bool say_fault(struct markdown *m, struct parse_end end)
{
	const struct markdown_limits *l = &m->options.limits;
	const struct fault *f = &faults[end.fault];
	size_t value = end.fault == PARSE_NESTING ? (size_t)l->nesting
		       : end.fault == PARSE_CELLS || end.fault == PARSE_TABLE_WORK
			       ? l->table_cells
		       : end.fault == PARSE_REFERENCES || end.fault == PARSE_ADDRESSES
			       ? l->references
			       : (size_t)l->brackets;

	diag_error(m->diags, document_loc(m, end.line, 0), "limit", "%s", f->message);
	if (f->option)
		diag_help(m->diags, "`limits: %s` in gen.yaml allows more; it is %zu here",
			f->option, value);
	else
		diag_help(m->diags, "split the article");
	return false;
}

static bool parse_body(struct markdown *m)
{
	struct parse_end end = library_parse(
		m->body, &m->lines, !m->options.core, &m->options.limits, m->arena, &m->root);

	return end.fault == PARSE_FINE || say_fault(m, end);
}

struct markdown *document_new(const struct source *src, str body, int first_line,
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
	return m;
}

bool document_parse(struct markdown *m)
{
	if (!check_bytes(m))
		return false;
	find_lines(m);
	if (!parse_body(m))
		return false;
	if (!m->options.plain)
		prepare_tree(m);
	return true;
}

struct markdown *markdown_parse(const struct source *src, str body, int first_line,
	const struct markdown_options *options, struct arena *a, struct diags *d)
{
	struct markdown *m = document_new(src, body, first_line, options, a, d);
	size_t errors = d->errors;

	if (!document_parse(m))
		return NULL;
	if (m->options.plain)
		return m;
	headings_read(m);
	lint_text(m);
	return d->errors == errors ? m : NULL;
}
