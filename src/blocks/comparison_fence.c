/*
 * A comparison written as data:
 *
 *     ```comparison
 *     title: Backends
 *     options: [Go, Python]
 *     rows:
 *       - {criterion: Startup, values: [15ms, 120ms]}
 *       - {group: Money}
 *       - {criterion: Stars, values: {Go: 125K, Python: 60K}, better: higher}
 *     ```
 *
 * or in a file that data= names, as YAML, JSON or CSV. It becomes a table, so that everything
 * known about tables holds for it, Markdown in its cells as well.
 *
 * CSV has no keys, so what they would say stands in cells that begin with "# ": a column "# Notes" is
 * no option, and a last column (or row, where the rows are the options) "# better" says what is better.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "blocks/comparison.h"
#include "blocks/csv.h"
#include "blocks/excerpt.h"
#include "blocks/kinds.h"
#include "blocks/table_lint.h"
#include "data/json.h"
#include "data/yaml.h"

enum { OPTIONS_MAX = 32, ROWS_MAX = 5000 };

static const char CATEGORY[] = "comparison";
static const str KEYS[] = { STR_INIT("title"), STR_INIT("options"), STR_INIT("criterion"),
	STR_INIT("rows") };
static const str ROW_KEYS[] = { STR_INIT("criterion"), STR_INIT("values"), STR_INIT("better"),
	STR_INIT("group") };

struct reader {
	struct block_page *page;
	const struct source *src;
	loc at; /* of the fence */
	struct arena *a;
	struct diags *d;
	struct markdown_block *table;
	struct markdown_row *rows;
	enum cell_better *better;  /* by row */
	enum cell_better *columns; /* of CSV: by column */
	bool *remarks;		   /* of CSV, by column */
	bool is_csv;
	bool ok;
};

static const str REMARK = STR_INIT("# "), BETTER = STR_INIT("# better");

static loc place(const struct reader *r, const struct value *v)
{
	return v->line > 0 ? value_loc(v, r->src) : r->at;
}

static struct markdown_cell make_cell(str text, int line, int col, struct arena *a)
{
	struct buf html = { .arena = a };

	text = str_trim(text);
	buf_html(&html, text);
	return (struct markdown_cell){ buf_str(&html), text, text, line, col };
}

static void check_keys(
	struct reader *r, const struct value *map, const str *names, size_t count)
{
	for (size_t i = 0; i < value_count(map); i++) {
		const struct value_entry *e = &map->map->at[i];
		bool known = false;

		for (size_t k = 0; k < count; k++)
			known = known || str_eq(names[k], e->key);
		if (known)
			continue;
		r->ok = diag_error(r->d, (loc){ r->src, e->line, e->col }, CATEGORY,
			"unknown key \"" STR_FMT "\"", STR_ARG(e->key));
		diag_help_nearest(r->d, e->key, names, count);
	}
}

static bool check_options(struct reader *r, size_t count, loc at)
{
	if (count >= 2 && count <= OPTIONS_MAX)
		return true;
	return diag_error(r->d, at, CATEGORY, "a comparison has 2 to %d options, got %zu",
		OPTIONS_MAX, count);
}

/* Room for the table: the head is `columns` cells, and `rows` rows have as many. */
static bool start_table(struct reader *r, size_t columns, size_t rows, loc at)
{
	if (rows == 0 || rows > ROWS_MAX)
		return diag_error(r->d, at, CATEGORY, "a comparison has 1 to %d rows, got %zu",
			ROWS_MAX, rows);
	struct markdown_cell *head = arena_array(r->a, struct markdown_cell, columns);
	r->table->columns = (int)columns;
	r->table->align = arena_array(r->a, enum markdown_align, columns);
	r->table->head = (struct markdown_row){ head, (int)columns, at.line };
	r->rows = arena_array(r->a, struct markdown_row, rows);
	r->better = arena_array(r->a, enum cell_better, rows);
	r->remarks = arena_array(r->a, bool, columns);
	r->table->rows = r->rows;
	r->table->row_count = rows;
	return true;
}

static struct markdown_cell *head_cells(struct reader *r)
{
	/* made by start_table() */
	return (struct markdown_cell *)r->table->head.cells;
}

static void set_value(
	struct reader *r, struct markdown_cell *cells, size_t column, const struct value *v)
{
	if (v->kind == VALUE_LIST || v->kind == VALUE_MAP)
		r->ok = diag_error(r->d, place(r, v), CATEGORY,
			"a cell is a text or a number, got %s", value_kind_name(v));
	else if (v->kind == VALUE_BOOL)
		cells[column] = make_cell(v->b ? STR("Yes") : STR("No"), v->line, v->col, r->a);
	else
		cells[column] = make_cell(value_str(v), v->line, v->col, r->a);
}

static size_t find_head(const struct reader *r, str name)
{
	for (int c = 1; c < r->table->columns; c++)
		if (str_eq_nocase(r->table->head.cells[c].text, name))
			return (size_t)c;
	return 0;
}

static void read_named(
	struct reader *r, const struct value *values, struct markdown_cell *cells)
{
	str names[OPTIONS_MAX];
	size_t count = (size_t)r->table->columns - 1;

	for (size_t i = 0; i < count; i++)
		names[i] = r->table->head.cells[i + 1].text;
	for (size_t i = 0; i < value_count(values); i++) {
		const struct value_entry *e = &values->map->at[i];
		size_t column = find_head(r, e->key);

		if (column > 0) {
			set_value(r, cells, column, &e->value);
			continue;
		}
		r->ok = diag_error(r->d, (loc){ r->src, e->line, e->col }, CATEGORY,
			"\"" STR_FMT "\" is not one of the options", STR_ARG(e->key));
		diag_help_nearest(r->d, e->key, names, count);
	}
}

static void read_values(struct reader *r, const struct value *row, struct markdown_cell *cells)
{
	const struct value *values = value_get(row, STR("values"));
	size_t options = (size_t)r->table->columns - 1;

	if (values->kind == VALUE_MAP) {
		read_named(r, values, cells);
	} else if (values->kind != VALUE_LIST) {
		r->ok = diag_error(r->d, place(r, values->line ? values : row), CATEGORY,
			"\"" STR_FMT "\" needs values, one for each option",
			STR_ARG(cells[0].text));
	} else if (value_count(values) != options) {
		r->ok = diag_error(r->d, place(r, values), CATEGORY,
			"\"" STR_FMT "\" has %zu value%s for %zu options",
			STR_ARG(cells[0].text), value_count(values),
			value_count(values) == 1 ? "" : "s", options);
	} else {
		for (size_t i = 0; i < options; i++)
			set_value(r, cells, i + 1, value_at(values, i));
	}
}

static enum cell_better read_better(struct reader *r, str word, loc at)
{
	if (word.len == 0)
		return BETTER_UNKNOWN;
	if (str_eq(word, STR("lower")))
		return BETTER_LOWER;
	if (str_eq(word, STR("higher")))
		return BETTER_HIGHER;
	r->ok = diag_error(r->d, at, CATEGORY,
		"better is lower or higher, got \"" STR_FMT "\"", STR_ARG(word));
	return BETTER_UNKNOWN;
}

static void read_row(struct reader *r, const struct value *row, size_t index)
{
	struct markdown_cell *cells =
		arena_array(r->a, struct markdown_cell, (size_t)r->table->columns);
	const struct value *group = value_get(row, STR("group"));
	const struct value *criterion = value_get(row, STR("criterion"));
	const struct value *better = value_get(row, STR("better"));
	loc at = place(r, row);

	for (int c = 0; c < r->table->columns; c++)
		cells[c] = (struct markdown_cell){ .line = at.line, .col = at.col };
	r->rows[index] = (struct markdown_row){ cells, r->table->columns, at.line };
	if (row->kind != VALUE_MAP) {
		r->ok = diag_error(r->d, at, CATEGORY,
			"a row is like {criterion: Startup, values: [15ms, 120ms]}, got %s",
			value_kind_name(row));
		return;
	}
	check_keys(r, row, ROW_KEYS, sizeof(ROW_KEYS) / sizeof(ROW_KEYS[0]));
	if (group->kind != VALUE_NULL) {
		set_value(r, cells, 0, group);
		return;
	}
	if (value_str(criterion).len == 0)
		r->ok = diag_error(r->d, at, CATEGORY, "this row has no criterion");
	else
		set_value(r, cells, 0, criterion);
	read_values(r, row, cells);
	if (better->kind != VALUE_NULL)
		r->better[index] = read_better(r, value_str(better), place(r, better));
}

static bool read_tree(struct reader *r, const struct value *root)
{
	const struct value *options = value_get(root, STR("options"));
	const struct value *rows = value_get(root, STR("rows"));
	const struct value *criterion = value_get(root, STR("criterion"));

	if (root->kind != VALUE_MAP || options->kind != VALUE_LIST ||
		rows->kind != VALUE_LIST) {
		diag_error(r->d, root->kind == VALUE_MAP ? place(r, root) : r->at, CATEGORY,
			"a comparison has options and rows");
		diag_help(r->d, "options: [Go, Python], then rows: with - {criterion: ..., "
				"values: [...]}");
		return false;
	}
	check_keys(r, root, KEYS, sizeof(KEYS) / sizeof(KEYS[0]));
	if (!check_options(r, value_count(options), place(r, options)) ||
		!start_table(r, value_count(options) + 1, value_count(rows), place(r, options)))
		return false;
	set_value(r, head_cells(r), 0, criterion);
	for (size_t i = 0; i < value_count(options); i++) {
		const struct value *v = value_at(options, i);

		if (find_head(r, value_str(v)) > 0)
			r->ok = diag_error(r->d, place(r, v), CATEGORY,
				"the option \"" STR_FMT "\" stands here twice",
				STR_ARG(value_str(v)));
		set_value(r, head_cells(r), i + 1, v);
	}
	for (size_t i = 0; i < value_count(rows); i++)
		read_row(r, value_at(rows, i), i);
	r->table->caption_text = value_str(value_get(root, STR("title")));
	return r->ok;
}

static void fill_row(
	struct reader *r, const struct csv_row *from, struct markdown_cell *cells, size_t columns)
{
	for (size_t c = 0; c < columns; c++)
		cells[c] = make_cell(
			c < from->count ? from->cells[c] : STR(""), from->line, 0, r->a);
}

/* Headings "# Notes" are of remarks, and lose their mark. */
static void take_remarks(struct reader *r)
{
	struct markdown_cell *head = head_cells(r);

	for (int c = 1; c < r->table->columns; c++) {
		if (!str_starts(head[c].raw, REMARK))
			continue;
		head[c] = make_cell(
			str_from(head[c].raw, REMARK.len), head[c].line, head[c].col, r->a);
		r->remarks[c] = true;
	}
}

/* The last column is no part of the table when it says what is better by row. */
static void take_better_column(struct reader *r)
{
	int last = r->table->columns - 1;

	if (!str_eq(r->table->head.cells[last].raw, BETTER))
		return;
	for (size_t i = 0; i < r->table->row_count; i++) {
		const struct markdown_cell *cell = &r->rows[i].cells[last];

		r->better[i] = read_better(r, cell->raw, (loc){ r->src, cell->line, 0 });
		if (r->rows[i].written == r->table->columns)
			r->rows[i].written--;
	}
	r->table->columns--;
	r->table->head.written--;
}

/* The same of the last row. */
static void take_better_row(struct reader *r)
{
	size_t last = r->table->row_count - 1;
	const struct markdown_cell *cells = r->rows[last].cells;

	if (last == 0 || !str_eq(cells[0].raw, BETTER))
		return;
	r->columns = arena_array(r->a, enum cell_better, (size_t)r->table->columns);
	for (int c = 1; c < r->table->columns; c++)
		r->columns[c] = read_better(r, cells[c].raw, (loc){ r->src, cells[c].line, 0 });
	r->table->row_count--;
}

static bool read_csv(struct reader *r)
{
	struct csv csv;

	r->is_csv = true;
	if (!csv_read(r->src, &csv, r->a, r->d))
		return false;
	if (csv.count < 2)
		return diag_error(
			r->d, r->at, CATEGORY, "a comparison has a heading line and rows");
	size_t columns = csv.rows[0].count;
	loc at = { r->src, csv.rows[0].line, 0 };
	if (columns < 2 || columns > OPTIONS_MAX + 1)
		return check_options(r, columns - 1, at);
	if (!start_table(r, columns, csv.count - 1, at))
		return false;
	fill_row(r, &csv.rows[0], head_cells(r), columns);
	for (size_t i = 1; i < csv.count; i++) {
		const struct csv_row *row = &csv.rows[i];
		struct markdown_cell *cells = arena_array(r->a, struct markdown_cell, columns);

		fill_row(r, row, cells, columns);
		r->rows[i - 1] = (struct markdown_row){ cells, (int)row->count, row->line };
	}
	take_better_column(r);
	take_better_row(r);
	take_remarks(r);
	return r->ok;
}

static bool read_source(struct reader *r, str text, int first_line, str path)
{
	struct value root;

	if (str_eq_nocase(path_extension(path), STR(".csv")))
		return read_csv(r);
	if (str_eq_nocase(path_extension(path), STR(".json")))
		return json_read(r->src, text, &root, r->a, r->d) && read_tree(r, &root);
	return yaml_read(r->src, text, first_line, NULL, &root, r->a, r->d) &&
	       read_tree(r, &root);
}

static bool read_input(
	struct reader *r, const struct markdown_block *block, const struct fence *fence)
{
	const struct fence_attr *data = fence_key(fence, STR("data"));
	struct source *file;

	if (!data)
		return read_source(r, block->code, block->code_line, STR(""));
	if (str_trim(block->code).len > 0)
		return diag_error(r->d, (loc){ r->src, block->code_line, 1 }, CATEGORY,
			"a block with data= has its rows in the file and none of its own");
	file = arena_new(r->a, struct source);
	if (!excerpt_file(r->page, data->value, data->value_at, &file->text, &file->path))
		return false;
	r->src = file;
	r->at = (loc){ file, 1, 1 };
	return read_source(r, file->text, 1, file->path);
}

static void push_marked(struct markdown_cell **list, size_t *count,
	const struct markdown_row *row, int columns)
{
	/* made by start_table() and its callers */
	struct markdown_cell *cells = (struct markdown_cell *)row->cells;

	for (int c = 0; c < columns; c++)
		if (markdown_is_marked(cells[c].raw))
			list[(*count)++] = &cells[c];
}

/* Markdown in cells, which most do not have. */
static bool read_marks(struct reader *r)
{
	const struct markdown_block *t = r->table;
	const struct markdown_hooks hooks = { r->page->link_ctx, NULL, r->page->link };
	struct markdown_cell **marked = arena_array(
		r->a, struct markdown_cell *, (t->row_count + 1) * (size_t)t->columns);
	size_t count = 0;

	push_marked(marked, &count, &t->head, t->columns);
	for (size_t i = 0; i < t->row_count; i++)
		push_marked(marked, &count, &t->rows[i], t->columns);
	return markdown_cells(r->src, marked, count, &hooks, r->a, r->d);
}

static size_t read_comparison(struct block_page *page, const struct markdown_block *blocks,
	size_t count, const struct fence *fence, struct value *out)
{
	const struct fence_attr *id = fence_key(fence, STR("id"));
	struct markdown_block table = { .kind = MARKDOWN_TABLE, .at = blocks[0].at, .fenced = true };
	struct reader r = { .page = page, .src = page->src, .at = blocks[0].at, .a = page->arena,
		.d = page->diags, .table = &table, .ok = true };
	struct comparison c;
	str title;

	(void)count;
	if (!read_input(&r, &blocks[0], fence) || !read_marks(&r))
		return 0;
	title = table.caption_text.len ? table.caption_text : fence_value(fence, STR("title"));
	table.caption_text = title;
	table.caption_html = make_cell(title, 0, 0, page->arena).html;
	comparison_take(page, &table,
		&(struct comparison_said){ r.better, r.columns, r.remarks, r.is_csv }, &c);
	if (!check_options(&r, (size_t)c.options, (loc){ r.src, table.head.line, 0 }))
		return 0;
	if (id && !block_claim_id(page, id->value, id->at))
		return 0;
	table_lint_rows(page, r.src, &table, &c);
	table_value(page, &table, &c, id ? id->value : STR(""), out);
	return 1;
}

const struct block_kind comparison_block = {
	.name = STR_INIT("table"),
	.word = STR_INIT("comparison"),
	.read = read_comparison,
};
