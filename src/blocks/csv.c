#include "blocks/csv.h"

#include "base/arena.h"

struct reader {
	const struct source *src;
	str s;
	size_t pos;
	int line;
	str *cells; /* of the row */
	size_t count, cap;
	struct arena *arena;
	struct diags *diags;
};

static char peek(const struct reader *r)
{
	return r->pos < r->s.len ? r->s.ptr[r->pos] : '\0';
}

static bool at_end(const struct reader *r)
{
	return r->pos >= r->s.len;
}

static bool ends_cell(const struct reader *r)
{
	return at_end(r) || peek(r) == ',' || peek(r) == '\n' ||
	       (peek(r) == '\r' && r->pos + 1 < r->s.len && r->s.ptr[r->pos + 1] == '\n');
}

/* Doubled quotes stand for one. */
static str without_doubles(str s, struct arena *a)
{
	char *out = arena_alloc(a, s.len, 1);
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++) {
		out[len++] = s.ptr[i];
		if (s.ptr[i] == '"')
			i++;
	}
	return str_new(out, len);
}

static bool read_quoted(struct reader *r, str *out)
{
	size_t from = ++r->pos;
	int opened = r->line;
	bool doubled = false;

	for (; !at_end(r); r->pos++) {
		if (peek(r) == '\n')
			r->line++;
		if (peek(r) != '"')
			continue;
		if (r->pos + 1 >= r->s.len || r->s.ptr[r->pos + 1] != '"')
			break;
		doubled = true;
		r->pos++;
	}
	if (at_end(r))
		return diag_error(r->diags, (loc){ r->src, opened, 0 }, "data",
			"a quote opens in line %d and is not closed", opened);
	*out = str_sub(r->s, from, r->pos++);
	if (doubled)
		*out = without_doubles(*out, r->arena);
	if (!ends_cell(r))
		return diag_error(r->diags, (loc){ r->src, r->line, 0 }, "data",
			"text behind a closing quote: a cell is quoted as a whole, and a quote "
			"in it is doubled");
	return true;
}

static bool read_cell(struct reader *r)
{
	str cell;

	if (peek(r) == '"') {
		if (!read_quoted(r, &cell))
			return false;
	} else {
		size_t from = r->pos;

		while (!ends_cell(r))
			r->pos++;
		cell = str_trim(str_sub(r->s, from, r->pos));
	}
	if (r->count == r->cap) {
		str *more = arena_array(r->arena, str, r->cap * 2 + 8);

		if (r->count > 0)
			memcpy(more, r->cells, r->count * sizeof(cell));
		r->cells = more;
		r->cap = r->cap * 2 + 8;
	}
	r->cells[r->count++] = cell;
	return true;
}

static bool read_row(struct reader *r, struct csv_row *out)
{
	r->count = r->cap = 0;
	*out = (struct csv_row){ .line = r->line };
	for (;;) {
		if (!read_cell(r))
			return false;
		if (peek(r) != ',' || at_end(r))
			break;
		r->pos++;
	}
	if (peek(r) == '\r')
		r->pos++;
	if (peek(r) == '\n') {
		r->pos++;
		r->line++;
	}
	out->cells = r->cells;
	out->count = r->count;
	return true;
}

bool csv_read(const struct source *src, struct csv *out, struct arena *a, struct diags *d)
{
	struct reader r = { .src = src, .s = src->text, .line = 1, .arena = a, .diags = d };
	struct csv_row *rows = NULL, row;
	size_t count = 0, cap = 0;

	while (!at_end(&r)) {
		if (!read_row(&r, &row))
			return false;
		if (row.count == 1 && row.cells[0].len == 0)
			continue;
		if (count == cap) {
			struct csv_row *more = arena_array(a, struct csv_row, cap * 2 + 16);

			if (count > 0)
				memcpy(more, rows, count * sizeof(row));
			rows = more;
			cap = cap * 2 + 16;
		}
		rows[count++] = row;
	}
	*out = (struct csv){ rows, count };
	return true;
}
