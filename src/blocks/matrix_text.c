/*
 * The aligned form of a decision matrix:
 *
 *     When to choose which
 *     ====================
 *
 *     Scenario             Python    Go      Recommendation
 *     ─────────────────────────────────────────────────────
 *     Rapid prototyping    ✓✓✓       ✓       Python
 *
 *     ✓✓✓ = Excellent  ✓✓ = Good  ✓ = Adequate
 */
#include "base/arena.h"
#include "blocks/matrix.h"
#include "blocks/texttable.h"

static const char CATEGORY[] = "matrix";

enum role { ROLE_SCENARIO, ROLE_OPTION, ROLE_WEIGHT, ROLE_RECOMMENDATION, ROLE_WHY };

struct columns {
	enum role role[TEXTTABLE_COLUMNS];
	int option[TEXTTABLE_COLUMNS]; /* which, for ROLE_OPTION */
};

static bool opens_with_key(str line)
{
	static const str KEYS[] = { STR_INIT("title"), STR_INIT("options"), STR_INIT("scale"),
		STR_INIT("rows"), STR_INIT("presets") };

	for (size_t i = 0; i < sizeof(KEYS) / sizeof(KEYS[0]); i++)
		if (str_starts(line, KEYS[i]) &&
			str_starts(str_trim_start(str_from(line, KEYS[i].len)), STR(":")))
			return true;
	return false;
}

bool matrix_is_text(str text)
{
	bool ticks = str_find(text, STR("\342\234\223")) >= 0 ||
		     str_find(text, STR("\342\230\205")) >= 0 ||
		     str_find(text, STR("\342\234\224")) >= 0;

	for (str rest = text; ticks && rest.len > 0; rest = str_cut(rest, '\n').tail)
		if (opens_with_key(str_cut(rest, '\n').head))
			return false;
	return ticks;
}

static enum role role_of(str heading)
{
	if (str_eq_nocase(heading, STR("weight")))
		return ROLE_WEIGHT;
	if (str_eq_nocase(heading, STR("recommendation")) ||
		str_eq_nocase(heading, STR("recommended")) ||
		str_eq_nocase(heading, STR("winner")) || str_eq_nocase(heading, STR("choose")))
		return ROLE_RECOMMENDATION;
	if (str_eq_nocase(heading, STR("why")) || str_eq_nocase(heading, STR("notes")) ||
		str_eq_nocase(heading, STR("note")))
		return ROLE_WHY;
	return ROLE_OPTION;
}

static loc cell_loc(const struct matrix_input *in, const struct texttable_row *row, int column)
{
	return (loc){ in->src, in->first_line + row->line - 1, row->cols[column] };
}

static bool read_columns(const struct matrix_input *in, const struct texttable *t,
	struct matrix *m, struct columns *out)
{
	bool ok = true;

	out->role[0] = ROLE_SCENARIO;
	for (int c = 1; c < t->columns; c++) {
		out->role[c] = role_of(t->head.cells[c]);
		if (out->role[c] != ROLE_OPTION)
			continue;
		out->option[c] = m->option_count;
		ok &= matrix_add_option(in, m, t->head.cells[c], cell_loc(in, &t->head, c));
	}
	if (ok && m->option_count < 2)
		ok = diag_error(in->page->diags, cell_loc(in, &t->head, 0), CATEGORY,
			"a matrix compares at least two options");
	return ok;
}

static bool read_score(const struct matrix_input *in, const struct texttable_row *row,
	int column, int64_t *out)
{
	str s = row->cells[column];
	int ticks = cell_ticks(s);

	*out = (int64_t)ticks * SCORE_UNIT;
	if (ticks >= 0 || decimal_read(s, SCORE_MAX, out))
		return true;
	struct cell cell = cell_read(s, in->page->arena);
	*out = 0;
	if (cell.type == CELL_NONE || cell.type == CELL_NO)
		return true;
	if (s.len == 0)
		return diag_error(in->page->diags,
			(loc){ in->src, in->first_line + row->line - 1, 1 }, CATEGORY,
			"a score is missing in \"" STR_FMT "\"", STR_ARG(row->cells[0]));
	return diag_error(in->page->diags, cell_loc(in, row, column), CATEGORY,
		"expected a score in ticks or a number, got \"" STR_FMT "\"", STR_ARG(s));
}

static bool read_cell(const struct matrix_input *in, const struct texttable_row *row,
	int column, const struct columns *columns, struct matrix *m, size_t index)
{
	struct matrix_row *out = &m->rows[index];
	str s = row->cells[column];

	switch (columns->role[column]) {
	case ROLE_SCENARIO:
		out->scenario = s;
		out->at = (loc){ in->src, in->first_line + row->line - 1, 1 };
		break;
	case ROLE_OPTION:
		return read_score(in, row, column,
			&m->scores[index * (size_t)m->option_count +
				   (size_t)columns->option[column]]);
	case ROLE_WEIGHT:
		if (s.len > 0 && !decimal_read(s, WEIGHT_MAX, &m->weights[index]))
			return diag_error(in->page->diags, cell_loc(in, row, column), CATEGORY,
				"expected a weight from 0 to %d, got \"" STR_FMT "\"",
				WEIGHT_MAX, STR_ARG(s));
		break;
	case ROLE_RECOMMENDATION:
		out->written = s;
		out->written_at = cell_loc(in, row, column);
		break;
	case ROLE_WHY:
		out->why = s;
		break;
	}
	return true;
}

/* "✓✓✓ = Excellent  ✓✓ = Good", anywhere below the table. */
static void read_legend(str text, struct matrix *m)
{
	ptrdiff_t at;

	while (m->scale_count < SCALE_MAX && (at = str_find_char(text, '=')) >= 0) {
		str before = str_trim_end(str_sub(text, 0, (size_t)at));
		str after = str_trim_start(str_from(text, (size_t)at + 1));
		ptrdiff_t space = -1;
		size_t len = 0;

		/* What stands before the sign, back to a space or the line's beginning. */
		for (size_t i = 0; i < before.len; i++)
			if (before.ptr[i] == ' ' || before.ptr[i] == '\n' ||
				before.ptr[i] == ',')
				space = (ptrdiff_t)i;
		int ticks = cell_ticks(str_from(before, (size_t)(space + 1)));
		while (len < after.len && after.ptr[len] != '\n' && after.ptr[len] != ',' &&
			!(after.ptr[len] == ' ' && len + 1 < after.len &&
				after.ptr[len + 1] == ' '))
			len++;
		if (ticks >= 0)
			m->scale[m->scale_count++] =
				(struct matrix_step){ (int64_t)ticks * SCORE_UNIT,
					str_trim(str_sub(after, 0, len)) };
		text = str_from(after, len);
	}
}

bool matrix_read_text(const struct matrix_input *in, struct matrix *out)
{
	struct texttable *t;
	struct columns columns;
	bool ok;

	if (texttable_find(in->text, &t, in->page->arena) == 0) {
		diag_error(in->page->diags, in->at, CATEGORY,
			"found neither YAML nor a table with aligned columns");
		diag_help(in->page->diags,
			"write options: [...] and rows: ..., or columns at least two "
			"spaces apart");
		return false;
	}
	out->title = t->title;
	ok = read_columns(in, t, out, &columns) &&
	     matrix_add_rows(in, out, t->row_count, cell_loc(in, &t->head, 0));
	for (size_t r = 0; ok && r < t->row_count; r++)
		for (int c = 0; c < t->columns; c++)
			ok &= read_cell(in, &t->rows[r], c, &columns, out, r);
	read_legend(str_from(in->text, t->end), out);
	if (out->scale_count > 0)
		out->highest = out->scale[0].value;
	return ok;
}
