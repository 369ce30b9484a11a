#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum { EXCERPT_MAX = 160, TAB_WIDTH = 4 };

str source_line(const struct source *src, int line)
{
	str rest = src->text;

	for (int at = 1; at < line && rest.len; at++)
		rest = str_cut(rest, '\n').tail;
	return line < 1 ? (str){ 0 } : str_trim_end(str_cut(rest, '\n').head);
}

loc source_loc(const struct source *src, size_t offset)
{
	str before = str_sub(src->text, 0, offset);
	ptrdiff_t newline = str_rfind_char(before, '\n');
	loc at = { src, 1, (int)(before.len - (size_t)(newline + 1)) + 1 };

	while ((newline = str_find_char(before, '\n')) >= 0) {
		before = str_from(before, (size_t)newline + 1);
		at.line++;
	}
	return at;
}

/* A long line is cut around the place, so that the caret stays in sight. */
static str cut_excerpt(str line, int col, int *caret)
{
	size_t from = 0;

	*caret = col;
	if (line.len <= EXCERPT_MAX)
		return line;
	if (col > EXCERPT_MAX / 2)
		from = (size_t)col - EXCERPT_MAX / 2;
	while (from > 0 && from < line.len && ((unsigned char)line.ptr[from] & 0xc0) == 0x80)
		from--;
	*caret = col - (int)from;
	line = str_sub(line, from, from + EXCERPT_MAX);
	while (line.len && utf8_invalid(line) >= (ptrdiff_t)line.len - 3)
		line.len--;
	return line;
}

static struct diag *record(struct diags *d, enum diag_level level, loc at, const char *category)
{
	struct diag *g = arena_new(d->arena, struct diag);

	g->level = level;
	g->category = category;
	g->line = at.line;
	g->col = at.col;
	g->order = d->order++;
	if (at.src) {
		g->path = str_copy(at.src->path, d->arena);
		g->excerpt = str_copy(cut_excerpt(source_line(at.src, at.line), at.col, &g->caret),
			d->arena);
	}
	if (d->last)
		d->last->next = g;
	else
		d->first = g;
	d->last = g;
	if (level == DIAG_ERROR)
		d->errors++;
	else
		d->warnings++;
	return g;
}

static str print_into(struct arena *a, const char *fmt, va_list ap)
{
	struct buf b = { .arena = a };

	buf_vprintf(&b, fmt, ap);
	return buf_str(&b);
}

bool diag_error(struct diags *d, loc at, const char *category, const char *fmt, ...)
{
	struct diag *g = record(d, DIAG_ERROR, at, category);
	va_list ap;

	va_start(ap, fmt);
	g->message = print_into(d->arena, fmt, ap);
	va_end(ap);
	return false;
}

bool diag_warn(struct diags *d, loc at, const char *category, const char *fmt, ...)
{
	struct diag *g = record(d, DIAG_WARNING, at, category);
	va_list ap;

	va_start(ap, fmt);
	g->message = print_into(d->arena, fmt, ap);
	va_end(ap);
	return true;
}

bool diag_fault(struct diags *d, bool gate, loc at, const char *category, const char *fmt, ...)
{
	struct diag *g = record(d, gate ? DIAG_ERROR : DIAG_WARNING, at, category);
	va_list ap;

	g->gate = gate;
	d->gates += gate;
	va_start(ap, fmt);
	g->message = print_into(d->arena, fmt, ap);
	va_end(ap);
	return true;
}

void diag_help(struct diags *d, const char *fmt, ...)
{
	va_list ap;

	if (!d->last)
		return;
	va_start(ap, fmt);
	d->last->help = print_into(d->arena, fmt, ap);
	va_end(ap);
}

void diag_help_nearest(struct diags *d, str word, const str *names, size_t count)
{
	str name = str_nearest(word, names, count);

	if (name.len)
		diag_help(d, "did you mean \"" STR_FMT "\"?", STR_ARG(name));
}

void diags_add(struct diags *to, const struct diags *from)
{
	for (const struct diag *g = from->first; g; g = g->next) {
		struct diag *copy = arena_new(to->arena, struct diag);

		*copy = *g;
		copy->path = str_copy(g->path, to->arena);
		copy->message = str_copy(g->message, to->arena);
		copy->excerpt = str_copy(g->excerpt, to->arena);
		copy->help = str_copy(g->help, to->arena);
		copy->order = to->order++;
		copy->next = NULL;
		if (to->last)
			to->last->next = copy;
		else
			to->first = copy;
		to->last = copy;
	}
	to->errors += from->errors;
	to->warnings += from->warnings;
	to->gates += from->gates;
}

void diags_merge(struct diags *to, struct diags *from)
{
	diags_add(to, from);
	*from = (struct diags){ .arena = from->arena };
}

static int compare_diags(const void *x, const void *y)
{
	const struct diag *a = *(const struct diag *const *)x, *b = *(const struct diag *const *)y;
	int order = str_cmp(a->path, b->path);

	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	if (order == 0)
		order = (a->col > b->col) - (a->col < b->col);
	return order ? order : (a->order > b->order) - (a->order < b->order);
}

static bool is_repeat(const struct diag *a, const struct diag *b)
{
	return a->level == b->level && a->line == b->line && a->col == b->col &&
	       str_eq(a->path, b->path) && str_eq(a->message, b->message);
}

void diags_sort(struct diags *d)
{
	size_t count = 0, at = 0;
	struct diag **all;

	for (struct diag *g = d->first; g; g = g->next)
		count++;
	if (count < 2)
		return;
	all = arena_array(d->arena, struct diag *, count);
	for (struct diag *g = d->first; g; g = g->next)
		all[at++] = g;
	qsort(all, count, sizeof(struct diag *), compare_diags);
	d->first = d->last = NULL;
	d->errors = d->warnings = d->gates = 0;
	for (size_t i = 0; i < count; i++) {
		if (d->last && is_repeat(d->last, all[i]))
			continue;
		if (d->last)
			d->last->next = all[i];
		else
			d->first = all[i];
		d->last = all[i];
		d->last->next = NULL;
		if (all[i]->level == DIAG_ERROR)
			d->errors++;
		else
			d->warnings++;
		d->gates += all[i]->gate;
	}
}

/* Text from outside must not steer the terminal. */
static void print_safely(struct buf *out, str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c == '\t')
			BUF_LIT(out, "    ");
		else if (c < 0x20 || c == 0x7f)
			buf_printf(out, "\\x%02x", c);
		else if (c == 0xc2 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xa0)
			buf_printf(out, "\\x%02x", (unsigned char)s.ptr[++i]);
		else
			buf_char(out, (char)c);
	}
}

static void print_caret(struct buf *out, const struct diag *g)
{
	int width = 0;

	for (int i = 0; i < g->caret - 1 && i < (int)g->excerpt.len; i++) {
		unsigned char c = (unsigned char)g->excerpt.ptr[i];

		if (c == '\t')
			width += TAB_WIDTH;
		else if ((c & 0xc0) != 0x80)
			width++;
	}
	buf_printf(out, "    %*s^\n", width, "");
}

static void print_one(const struct diag *g, const struct diag_style *style, struct buf *out)
{
	bool error = g->level == DIAG_ERROR || style->strict;
	const char *color = error ? "\033[1;31m" : "\033[1;33m";
	const char *off = style->color ? "\033[0m" : "";

	if (g->path.len) {
		if (style->color)
			BUF_LIT(out, "\033[1m");
		print_safely(out, g->path);
		if (g->line > 0)
			buf_printf(out, ":%d", g->line);
		if (g->line > 0 && g->col > 0)
			buf_printf(out, ":%d", g->col);
		buf_printf(out, ":%s ", off);
	} else {
		BUF_LIT(out, "gen: ");
	}
	buf_printf(out, "%s%s:%s ", style->color ? color : "", error ? "error" : "warning", off);
	print_safely(out, g->message);
	if (g->category && *g->category)
		buf_printf(out, " [%s]", g->category);
	buf_char(out, '\n');
	if (style->terse)
		return;
	if (g->excerpt.len) {
		BUF_LIT(out, "    ");
		print_safely(out, g->excerpt);
		buf_char(out, '\n');
		if (g->caret > 0)
			print_caret(out, g);
	}
	if (g->help.len) {
		buf_printf(out, "    %shelp:%s ", style->color ? "\033[1;36m" : "", off);
		print_safely(out, g->help);
		buf_char(out, '\n');
	}
}

void diags_print(const struct diags *d, const struct diag_style *style, struct buf *out)
{
	size_t shown = 0, total = d->errors + d->warnings;

	for (const struct diag *g = d->first; g; g = g->next) {
		if (style->limit && shown == style->limit) {
			buf_printf(out, "... and %zu more messages\n", total - shown);
			return;
		}
		print_one(g, style, out);
		shown++;
	}
}

void diags_json(const struct diags *d, bool strict, struct buf *out)
{
	BUF_LIT(out, "[");
	for (const struct diag *g = d->first; g; g = g->next) {
		bool error = g->level == DIAG_ERROR || strict;

		buf_printf(out, "%s\n  {\"level\": \"%s\", \"path\": ", g == d->first ? "" : ",",
			error ? "error" : "warning");
		buf_json(out, g->path);
		buf_printf(out, ", \"line\": %d, \"col\": %d, \"category\": \"%s\", \"message\": ",
			g->line, g->col, g->category ? g->category : "");
		buf_json(out, g->message);
		BUF_LIT(out, ", \"help\": ");
		buf_json(out, g->help);
		BUF_LIT(out, "}");
	}
	buf_add(out, d->first ? STR("\n]\n") : STR("]\n"));
}
