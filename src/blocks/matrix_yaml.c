#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "blocks/matrix.h"
#include "data/yaml.h"

static const char CATEGORY[] = "matrix";

static const str KEYS[] = { STR_INIT("title"), STR_INIT("options"), STR_INIT("scale"),
	STR_INIT("rows"), STR_INIT("presets") };
static const str ROW_KEYS[] = { STR_INIT("scenario"), STR_INIT("scores"), STR_INIT("weight"),
	STR_INIT("recommendation"), STR_INIT("why"), STR_INIT("evidence") };

struct reader {
	const struct matrix_input *in;
	struct matrix *m;
	struct arena *a;
	struct diags *d;
	bool ok;
};

static loc place(const struct reader *r, const struct value *v)
{
	return v->line > 0 ? value_loc(v, r->in->src) : r->in->at;
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
		r->ok = diag_error(r->d, (loc){ r->in->src, e->line, e->col }, CATEGORY,
			"unknown key \"" STR_FMT "\"", STR_ARG(e->key));
		diag_help_nearest(r->d, e->key, names, count);
	}
}

static str read_string(struct reader *r, const struct value *map, str key)
{
	const struct value *v = value_get(map, key);

	if (v->kind == VALUE_LIST || v->kind == VALUE_MAP)
		r->ok = diag_error(r->d, place(r, v), CATEGORY, STR_FMT " is a text, got %s",
			STR_ARG(key), value_kind_name(v));
	return value_str(v);
}

static void read_options(struct reader *r, const struct value *options)
{
	if (options->kind != VALUE_LIST) {
		r->ok = diag_error(r->d, place(r, options), CATEGORY,
			"options lists what is compared, as in options: [Python, Go]");
		return;
	}
	for (size_t i = 0; i < value_count(options); i++) {
		const struct value *v = value_at(options, i);
		str name = value_str(v);

		if (name.len == 0)
			r->ok = diag_error(r->d, place(r, v), CATEGORY,
				"an option is a name, got %s", value_kind_name(v));
		else
			r->ok &= matrix_add_option(r->in, r->m, name, place(r, v));
	}
	if (r->ok && r->m->option_count < 2)
		r->ok = diag_error(r->d, place(r, options), CATEGORY,
			"a matrix compares at least two options");
}

static bool add_step(struct reader *r, int64_t value, str words, loc at)
{
	struct matrix *m = r->m;
	int i = m->scale_count;

	if (i == SCALE_MAX)
		return diag_error(
			r->d, at, CATEGORY, "a scale has at most %d steps", SCALE_MAX);
	while (i > 0 && m->scale[i - 1].value < value) {
		m->scale[i] = m->scale[i - 1];
		i--;
	}
	m->scale[i] = (struct matrix_step){ value, words };
	m->scale_count++;
	return true;
}

static void read_scale_words(struct reader *r, const struct value *scale)
{
	r->m->listed = true;
	for (size_t i = 0; i < value_count(scale); i++) {
		const struct value_entry *e = &scale->map->at[i];
		loc at = { r->in->src, e->line, e->col };
		int ticks = cell_ticks(e->key);
		int64_t value = (int64_t)ticks * SCORE_UNIT;

		if (ticks < 0 && !decimal_read(e->key, SCORE_MAX, &value))
			r->ok = diag_error(r->d, at, CATEGORY,
				"a step of the scale is a number up to %d, got \"" STR_FMT "\"",
				SCORE_MAX, STR_ARG(e->key));
		else
			r->ok &= add_step(r, value, value_str(&e->value), at);
	}
}

/* 5, or 1-5 */
static void read_scale_range(struct reader *r, const struct value *scale)
{
	str s = value_str(scale);
	struct str_pair p = str_cut(s, '-');
	int64_t from = SCORE_UNIT, to;
	bool ranged = str_find_char(s, '-') >= 0;

	if (!decimal_read(str_trim(ranged ? p.tail : p.head), SCORE_MAX, &to) ||
		(ranged && !decimal_read(str_trim(p.head), SCORE_MAX, &from)) || from >= to) {
		r->ok = diag_error(r->d, place(r, scale), CATEGORY,
			"expected a scale like {3: Excellent, 2: Good, 1: Adequate} or 1-5");
		return;
	}
	r->m->lowest = from;
	r->m->highest = to;
}

static void read_scale(struct reader *r, const struct value *scale)
{
	if (scale->kind == VALUE_NULL)
		return;
	if (scale->kind == VALUE_MAP && value_count(scale) > 0)
		read_scale_words(r, scale);
	else
		read_scale_range(r, scale);
	if (r->m->scale_count > 0) {
		r->m->highest = r->m->scale[0].value;
		r->m->lowest = r->m->scale[r->m->scale_count - 1].value;
	}
}

static bool on_scale(const struct matrix *m, int64_t value)
{
	if (m->highest == 0)
		return true;
	if (!m->listed)
		return value >= m->lowest && value <= m->highest;
	for (int i = 0; i < m->scale_count; i++)
		if (m->scale[i].value == value)
			return true;
	return false;
}

static void help_scale(struct reader *r)
{
	struct buf steps = { .arena = r->a };

	if (!r->m->listed) {
		diag_help(r->d, "the scale goes from " STR_FMT " to " STR_FMT,
			STR_ARG(decimal_text(r->m->lowest, 1, r->a)),
			STR_ARG(decimal_text(r->m->highest, 1, r->a)));
		return;
	}
	for (int i = 0; i < r->m->scale_count; i++) {
		if (i > 0)
			BUF_LIT(&steps, ", ");
		buf_add(&steps, decimal_text(r->m->scale[i].value, 1, r->a));
	}
	diag_help(r->d, "the scale has the steps " STR_FMT, STR_ARG(buf_str(&steps)));
}

static void read_score(struct reader *r, const struct value *v, int64_t *out)
{
	str s = value_str(v);
	int ticks = cell_ticks(s);

	*out = (int64_t)ticks * SCORE_UNIT;
	if (ticks < 0 && !decimal_read(s, SCORE_MAX, out)) {
		*out = 0;
		r->ok = diag_error(r->d, place(r, v), CATEGORY,
			"a score is a number from 0 to %d with at most three decimals, got "
			"%s" STR_FMT "%s",
			SCORE_MAX, s.len ? "\"" : value_kind_name(v), STR_ARG(s),
			s.len ? "\"" : "");
	} else if (!on_scale(r->m, *out)) {
		r->ok = diag_error(r->d, place(r, v), CATEGORY,
			"the score " STR_FMT " is not on the scale", STR_ARG(s));
		help_scale(r);
	}
}

/* {Python: 3, Go: 1} */
static void read_named_scores(struct reader *r, const struct value *scores, int64_t *out)
{
	str names[MATRIX_OPTIONS_MAX];

	for (int o = 0; o < r->m->option_count; o++)
		names[o] = r->m->options[o].name;
	for (size_t i = 0; i < value_count(scores); i++) {
		const struct value_entry *e = &scores->map->at[i];
		int option = matrix_find_option(r->in->page, r->m, e->key);

		if (option >= 0) {
			read_score(r, &e->value, &out[option]);
			continue;
		}
		r->ok = diag_error(r->d, (loc){ r->in->src, e->line, e->col }, CATEGORY,
			"\"" STR_FMT "\" is not one of the options", STR_ARG(e->key));
		diag_help_nearest(r->d, e->key, names, (size_t)r->m->option_count);
	}
}

static void read_scores(
	struct reader *r, const struct value *row, const struct matrix_row *info, int64_t *out)
{
	const struct value *scores = value_get(row, STR("scores"));
	size_t options = (size_t)r->m->option_count;

	if (scores->kind != VALUE_LIST && scores->kind != VALUE_MAP) {
		r->ok = diag_error(r->d, scores->line > 0 ? place(r, scores) : info->at,
			CATEGORY, "\"" STR_FMT "\" needs scores, one for each option",
			STR_ARG(info->scenario));
		return;
	}
	if (value_count(scores) != options) {
		r->ok = diag_error(r->d, place(r, scores), CATEGORY,
			"\"" STR_FMT "\" has %zu score%s for %zu options",
			STR_ARG(info->scenario), value_count(scores),
			value_count(scores) == 1 ? "" : "s", options);
		return;
	}
	if (scores->kind == VALUE_MAP) {
		read_named_scores(r, scores, out);
		return;
	}
	for (size_t o = 0; o < options; o++)
		read_score(r, value_at(scores, o), &out[o]);
}

static void read_weight(struct reader *r, const struct value *v, int64_t *out)
{
	*out = SCORE_UNIT;
	if (v->kind == VALUE_NULL || decimal_read(value_str(v), WEIGHT_MAX, out))
		return;
	r->ok = diag_error(r->d, place(r, v), CATEGORY,
		"a weight is a number from 0 to %d with at most three decimals, got %s" STR_FMT,
		WEIGHT_MAX, value_str(v).len ? "" : value_kind_name(v), STR_ARG(value_str(v)));
}

static struct value read_evidence(struct reader *r, const struct value *v)
{
	struct value list;

	if (v->kind == VALUE_NULL || v->kind == VALUE_LIST)
		return *v;
	if (value_str(v).len == 0) {
		r->ok = diag_error(r->d, place(r, v), CATEGORY,
			"evidence is the id of a block or an address, or a list of them, got "
			"%s",
			value_kind_name(v));
		return value_null();
	}
	list = value_list(r->a);
	value_push(&list, *v, r->a);
	return list;
}

static void read_row(struct reader *r, const struct value *row, size_t index)
{
	struct matrix_row *out = &r->m->rows[index];
	const struct value *written = value_get(row, STR("recommendation"));

	out->at = place(r, row);
	if (row->kind != VALUE_MAP) {
		r->ok = diag_error(r->d, out->at, CATEGORY,
			"a row is like {scenario: CLI tools, scores: [2, 3]}, got %s",
			value_kind_name(row));
		return;
	}
	check_keys(r, row, ROW_KEYS, sizeof(ROW_KEYS) / sizeof(ROW_KEYS[0]));
	out->scenario = read_string(r, row, STR("scenario"));
	if (out->scenario.len == 0)
		r->ok = diag_error(r->d, out->at, CATEGORY, "this row has no scenario");
	out->why = read_string(r, row, STR("why"));
	out->written = read_string(r, row, STR("recommendation"));
	out->written_at = place(r, written);
	out->evidence = read_evidence(r, value_get(row, STR("evidence")));
	read_weight(r, value_get(row, STR("weight")), &r->m->weights[index]);
	if (r->m->option_count >= 2)
		read_scores(r, row, out, r->m->scores + index * (size_t)r->m->option_count);
}

static void read_rows(struct reader *r, const struct value *rows)
{
	if (rows->kind != VALUE_LIST) {
		r->ok = diag_error(r->d, place(r, rows), CATEGORY,
			"rows lists the scenarios, as in - {scenario: CLI tools, scores: [2, "
			"3]}");
		return;
	}
	if (!matrix_add_rows(r->in, r->m, value_count(rows), place(r, rows))) {
		r->ok = false;
		return;
	}
	for (size_t i = 0; i < value_count(rows); i++)
		read_row(r, value_at(rows, i), i);
}

static int find_row(const struct matrix *m, str scenario)
{
	for (int i = 0; i < m->row_count; i++)
		if (str_eq_nocase(m->rows[i].scenario, scenario))
			return i;
	return -1;
}

static void read_preset_weight(struct reader *r, const struct value_entry *e, int64_t *weights)
{
	int row = find_row(r->m, e->key);
	str *names;

	if (row >= 0) {
		read_weight(r, &e->value, &weights[row]);
		return;
	}
	names = arena_array(r->a, str, (size_t)r->m->row_count);
	for (int i = 0; i < r->m->row_count; i++)
		names[i] = r->m->rows[i].scenario;
	r->ok = diag_error(r->d, (loc){ r->in->src, e->line, e->col }, CATEGORY,
		"\"" STR_FMT "\" is not one of the scenarios", STR_ARG(e->key));
	diag_help_nearest(r->d, e->key, names, (size_t)r->m->row_count);
}

/* presets: {Startup: {Rapid prototyping: 3}}: other weights to choose from. */
static void read_presets(struct reader *r, const struct value *presets)
{
	struct matrix *m = r->m;

	if (presets->kind == VALUE_NULL)
		return;
	if (presets->kind != VALUE_MAP || value_count(presets) > PRESETS_MAX) {
		r->ok = diag_error(r->d, place(r, presets), CATEGORY,
			"presets are at most %d names with weights, as in Startup: {CLI tools: "
			"3}",
			PRESETS_MAX);
		return;
	}
	for (size_t i = 0; i < value_count(presets); i++) {
		const struct value_entry *e = &presets->map->at[i];
		int64_t *weights = arena_array(r->a, int64_t, (size_t)m->row_count);

		memcpy(weights, m->weights, (size_t)m->row_count * sizeof(weights[0]));
		for (size_t k = 0; e->value.kind == VALUE_MAP && k < value_count(&e->value);
			k++)
			read_preset_weight(r, &e->value.map->at[k], weights);
		m->presets[m->preset_count++] = (struct matrix_preset){ e->key, weights };
	}
}

bool matrix_read_yaml(const struct matrix_input *in, struct matrix *out)
{
	struct block_page *page = in->page;
	struct reader r = { in, out, page->arena, page->diags, true };
	struct value root;

	if (!yaml_read(
		    in->src, in->text, in->first_line, NULL, &root, page->arena, page->diags))
		return false;
	if (root.kind != VALUE_MAP) {
		diag_error(page->diags, in->at, CATEGORY,
			"a matrix has options and rows, got %s", value_kind_name(&root));
		diag_help(page->diags, "see the example in the documentation of blocks");
		return false;
	}
	check_keys(&r, &root, KEYS, sizeof(KEYS) / sizeof(KEYS[0]));
	out->title = read_string(&r, &root, STR("title"));
	read_options(&r, value_get(&root, STR("options")));
	read_scale(&r, value_get(&root, STR("scale")));
	read_rows(&r, value_get(&root, STR("rows")));
	if (r.ok)
		read_presets(&r, value_get(&root, STR("presets")));
	return r.ok;
}
