#include "blocks/matrix.h"

#include "base/arena.h"
#include "base/buf.h"
#include "blocks/excerpt.h"
#include "blocks/kinds.h"
#include "blocks/record.h"
#include "highlight/registry.h"

static const char CATEGORY[] = "matrix";

static int find_written(const struct matrix *m, str name)
{
	for (int o = 0; o < m->option_count; o++)
		if (str_eq_nocase(m->options[o].name, name) ||
			str_eq_nocase(m->options[o].slug, name))
			return o;
	return -1;
}

int matrix_find_option(const struct block_page *page, const struct matrix *m, str name)
{
	const struct language *meant;
	int found = find_written(m, name);

	if (found >= 0 || (meant = registry_compared(page->registry, name)) == NULL)
		return found;
	for (int o = 0; o < m->option_count; o++) {
		if (registry_compared(page->registry, m->options[o].name) != meant)
			continue;
		/* "py" could be Python 2 or Python 3 when both are options. */
		if (found >= 0)
			return -1;
		found = o;
	}
	return found;
}

bool matrix_add_option(const struct matrix_input *in, struct matrix *m, str name, loc at)
{
	if (find_written(m, name) >= 0)
		return diag_error(in->page->diags, at, CATEGORY,
			"the option \"" STR_FMT "\" stands here twice", STR_ARG(name));
	if (m->option_count == MATRIX_OPTIONS_MAX)
		return diag_error(in->page->diags, at, CATEGORY,
			"a matrix has at most %d options", MATRIX_OPTIONS_MAX);
	m->options[m->option_count++] = option_named(in->page, name);
	return true;
}

bool matrix_add_rows(const struct matrix_input *in, struct matrix *m, size_t count, loc at)
{
	struct arena *a = in->page->arena;

	if (count == 0 || count > MATRIX_ROWS_MAX)
		return diag_error(in->page->diags, at, CATEGORY,
			"a matrix has 1 to %d rows, got %zu", MATRIX_ROWS_MAX, count);
	m->rows = arena_array(a, struct matrix_row, count);
	m->weights = arena_array(a, int64_t, count);
	m->scores = arena_array(
		a, int64_t, count * (size_t)(m->option_count ? m->option_count : 1));
	for (size_t i = 0; i < count; i++)
		m->weights[i] = SCORE_UNIT;
	m->row_count = (int)count;
	return true;
}

/* Without a scale the highest score is full marks, three at least. */
static void settle_scale(struct matrix *m)
{
	size_t count = (size_t)m->row_count * (size_t)m->option_count;

	for (size_t i = 0; m->scale_count == 0 && m->lowest == 0 && i < count; i++)
		if (m->scores[i] > m->highest)
			m->highest = m->scores[i];
	if (m->highest == 0 ||
		(m->scale_count == 0 && m->highest < 3 * SCORE_UNIT && m->lowest == 0))
		m->highest = 3 * SCORE_UNIT;
}

static struct matrix_scores scores_of(const struct matrix *m)
{
	return (struct matrix_scores){ m->option_count, m->row_count, m->weights, m->scores };
}

static int64_t score_at(const struct matrix *m, int row, int option)
{
	return m->scores[(size_t)row * (size_t)m->option_count + (size_t)option];
}

static int64_t row_highest(const struct matrix *m, int row)
{
	int64_t highest = 0;

	for (int o = 0; o < m->option_count; o++)
		if (score_at(m, row, o) > highest)
			highest = score_at(m, row, o);
	return highest;
}

/*
 * The names of the best: "Go"; "Either" when all of two tie, "Python or Go" when some of more
 * do.
 */
static str recommend(const struct matrix *m, int row, struct arena *a)
{
	int64_t highest = row_highest(m, row);
	struct buf b = { .arena = a };
	int best = 0, left;

	for (int o = 0; o < m->option_count; o++)
		best += score_at(m, row, o) == highest;
	if (best == m->option_count)
		return m->option_count == 2 ? STR("Either") : STR("Any");
	left = best;
	for (int o = 0; o < m->option_count; o++) {
		if (score_at(m, row, o) != highest)
			continue;
		buf_add(&b, m->options[o].name);
		if (--left > 0)
			buf_add(&b, left == 1 ? STR(" or ") : STR(", "));
	}
	return buf_str(&b);
}

static bool says_tie(str written)
{
	static const str WORDS[] = { STR_INIT("either"), STR_INIT("any"), STR_INIT("both"),
		STR_INIT("tie") };

	for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
		if (str_eq_nocase(WORDS[i], written))
			return true;
	return false;
}

/* "Python 3, Go 1" */
static str list_scores(const struct matrix *m, int row, struct arena *a)
{
	struct buf b = { .arena = a };

	for (int o = 0; o < m->option_count; o++) {
		if (o > 0)
			BUF_LIT(&b, ", ");
		buf_printf(&b, STR_FMT " " STR_FMT, STR_ARG(m->options[o].name),
			STR_ARG(decimal_text(score_at(m, row, o), 1, a)));
	}
	return buf_str(&b);
}

static bool check_recommendation(struct block_page *page, const struct matrix *m, int row)
{
	const struct matrix_row *r = &m->rows[row];
	struct matrix_scores scores = scores_of(m);
	int best = matrix_row_best(&scores, row);
	str computed = recommend(m, row, page->arena);
	int written;

	if (r->written.len == 0 || str_eq_nocase(r->written, computed) ||
		(best < 0 && says_tie(r->written)))
		return true;
	written = matrix_find_option(page, m, r->written);
	if (written >= 0 && written == best)
		return true;
	if (written < 0 && !says_tie(r->written)) {
		str names[MATRIX_OPTIONS_MAX];

		for (int o = 0; o < m->option_count; o++)
			names[o] = m->options[o].name;
		diag_error(page->diags, r->written_at, CATEGORY,
			"the recommendation \"" STR_FMT "\" is not one of the options",
			STR_ARG(r->written));
		diag_help_nearest(page->diags, r->written, names, (size_t)m->option_count);
		return false;
	}
	diag_error(page->diags, r->written_at, CATEGORY,
		"\"" STR_FMT "\" recommends " STR_FMT ", and the scores say " STR_FMT
		" (" STR_FMT ")",
		STR_ARG(r->scenario), STR_ARG(r->written), STR_ARG(computed),
		STR_ARG(list_scores(m, row, page->arena)));
	diag_help(page->diags, "change the scores, or the recommendation to " STR_FMT,
		STR_ARG(computed));
	return false;
}

static str words_of(const struct matrix *m, int64_t value)
{
	for (int i = 0; i < m->scale_count; i++)
		if (m->scale[i].value == value)
			return m->scale[i].words;
	return STR("");
}

/* Ticks are for counting at a glance: whole scores on a scale up to five. */
static str ticks_of(const struct matrix *m, int64_t value, struct arena *a)
{
	struct buf b = { .arena = a };

	if (m->highest > 5 * SCORE_UNIT || value % SCORE_UNIT != 0)
		return STR("");
	for (int64_t i = 0; i < value; i += SCORE_UNIT)
		BUF_LIT(&b, "\342\234\223");
	return buf_str(&b);
}

static int64_t percent(int64_t part, int64_t whole)
{
	return whole > 0 ? (part * 200 + whole) / (whole * 2) : 0;
}

static struct value score_value(const struct matrix *m, int row, int option, struct arena *a)
{
	int64_t score = score_at(m, row, option);
	str words = words_of(m, score);
	str own = decimal_text(score, 1, a), most = decimal_text(m->highest, 1, a);
	struct value v = record_new(8, a);

	record_str(&v, STR("option"), m->options[option].name, a);
	value_add(&v, STR("value"), matrix_number(score, a), a);
	value_add(&v, STR("max"), matrix_number(m->highest, a), a);
	record_optional(&v, STR("ticks"), ticks_of(m, score, a), a);
	record_optional(&v, STR("words"), words, a);
	record_str(&v, STR("text"),
		str_printf(a, STR_FMT " of " STR_FMT "%s" STR_FMT, STR_ARG(own), STR_ARG(most),
			words.len ? ", " : "", STR_ARG(words)),
		a);
	record_bool(&v, STR("best"), score == row_highest(m, row), a);
	record_int(&v, STR("percent"), percent(score, m->highest), a);
	return v;
}

static bool is_address(str s)
{
	return str_find_char(s, '/') >= 0 || str_find_char(s, ':') >= 0 ||
	       str_starts(s, STR("#")) || str_find(s, STR(".md")) >= 0;
}

/* An id becomes a link on this page; an address stays one. */
static struct value links_value(
	struct block_page *page, const struct matrix *m, const struct value *evidence)
{
	struct arena *a = page->arena;
	struct value list = record_list(value_count(evidence), a);

	for (size_t i = 0; i < value_count(evidence); i++) {
		const struct value *item = value_at(evidence, i);
		str text = value_str(item);
		str address =
			is_address(text) ? text : str_printf(a, "#" STR_FMT, STR_ARG(text));
		struct value v = record_new(2, a);

		record_str(
			&v, STR("url"), block_link(page, address, value_loc(item, m->src)), a);
		record_str(&v, STR("text"), text, a);
		value_set_text(&v, text);
		value_push(&list, v, a);
	}
	return list;
}

static struct value rows_value(struct block_page *page, const struct matrix *m)
{
	struct arena *a = page->arena;
	struct value list = record_list((size_t)m->row_count, a);
	struct matrix_scores all = scores_of(m);

	for (int r = 0; r < m->row_count; r++) {
		const struct matrix_row *row = &m->rows[r];
		struct value scores = record_list((size_t)m->option_count, a);
		struct value v = record_new(10, a);

		for (int o = 0; o < m->option_count; o++)
			value_push(&scores, score_value(m, r, o, a), a);
		record_int(&v, STR("index"), r + 1, a);
		record_str(&v, STR("scenario"), row->scenario, a);
		value_add(&v, STR("weight"), matrix_number(m->weights[r], a), a);
		value_add(&v, STR("scores"), scores, a);
		record_str(&v, STR("recommendation"), recommend(m, r, a), a);
		record_bool(&v, STR("tie"), matrix_row_best(&all, r) < 0, a);
		record_optional(&v, STR("why"), row->why, a);
		record_optional(&v, STR("evidence"), value_str(value_at(&row->evidence, 0)), a);
		value_add(&v, STR("links"), links_value(page, m, &row->evidence), a);
		record_bool(&v, STR("has_links"), value_count(&row->evidence) > 0, a);
		value_push(&list, v, a);
	}
	return list;
}

static struct value options_value(
	const struct matrix *m, const struct matrix_result *result, struct arena *a)
{
	struct value list = record_list((size_t)m->option_count, a);
	struct matrix_scores all = scores_of(m);
	int64_t highest = 0;
	int wins[MATRIX_OPTIONS_MAX] = { 0 };

	for (int r = 0; r < m->row_count; r++) {
		int best = matrix_row_best(&all, r);
		if (best >= 0)
			wins[best]++;
	}
	for (int o = 0; o < m->option_count; o++)
		if (result->totals[o] > highest)
			highest = result->totals[o];
	for (int o = 0; o < m->option_count; o++) {
		struct value v = option_value(&m->options[o], a);

		record_str(&v, STR("total"), decimal_text(result->totals[o], SCORE_UNIT, a), a);
		record_bool(&v, STR("winner"), o == result->winner, a);
		record_int(&v, STR("share"), percent(result->totals[o], highest), a);
		record_int(&v, STR("wins"), wins[o], a);
		value_push(&list, v, a);
	}
	return list;
}

static struct value scale_value(const struct matrix *m, struct arena *a)
{
	struct value list = record_list((size_t)m->scale_count, a);

	for (int i = 0; i < m->scale_count; i++) {
		struct value v = record_new(3, a);

		value_add(&v, STR("value"), matrix_number(m->scale[i].value, a), a);
		record_str(&v, STR("words"), m->scale[i].words, a);
		record_optional(&v, STR("ticks"), ticks_of(m, m->scale[i].value, a), a);
		value_push(&list, v, a);
	}
	return list;
}

static struct value flip_value(
	const struct matrix *m, const struct matrix_result *result, struct arena *a)
{
	const struct matrix_flip *flip = &result->flip;
	struct value v;

	if (!flip->found)
		return value_null();
	v = record_new(5, a);
	record_str(&v, STR("scenario"), m->rows[flip->row].scenario, a);
	record_str(&v, STR("option"), m->options[flip->option].name, a);
	value_add(&v, STR("from"), matrix_number(m->weights[flip->row], a), a);
	record_str(&v, STR("to"), decimal_text(flip->num, flip->den, a), a);
	record_str(&v, STR("text"), matrix_flip_text(m, result, a), a);
	return v;
}

static struct value verdict_value(
	const struct matrix *m, const struct matrix_result *result, struct arena *a)
{
	struct value v = record_new(6, a);

	record_optional(&v, STR("winner"),
		result->winner >= 0 ? m->options[result->winner].name : STR(""), a);
	record_str(&v, STR("text"), matrix_verdict_text(m, result, a), a);
	record_bool(&v, STR("close"), result->close, a);
	record_bool(&v, STR("tie"), result->tie, a);
	record_str(&v, STR("margin"), decimal_text(result->margin, SCORE_UNIT, a), a);
	value_add(&v, STR("flip"), flip_value(m, result, a), a);
	return v;
}

static struct value presets_value(const struct matrix *m, struct arena *a)
{
	struct value list = record_list((size_t)m->preset_count, a);

	for (int i = 0; i < m->preset_count; i++) {
		struct matrix changed = *m;
		struct matrix_result result;
		struct value weights = record_list((size_t)m->row_count, a),
			     v = record_new(3, a);

		changed.weights = m->presets[i].weights;
		struct matrix_scores scores = scores_of(&changed);
		matrix_score(&scores, &result);
		for (int r = 0; r < m->row_count; r++)
			value_push(&weights, matrix_number(changed.weights[r], a), a);
		record_str(&v, STR("name"), m->presets[i].name, a);
		value_add(&v, STR("weights"), weights, a);
		record_str(&v, STR("text"), matrix_verdict_text(&changed, &result, a), a);
		value_push(&list, v, a);
	}
	return list;
}

static bool is_weighted(const struct matrix *m)
{
	for (int r = 0; r < m->row_count; r++)
		if (m->weights[r] != SCORE_UNIT)
			return true;
	return false;
}

static bool has_words(const struct matrix *m)
{
	for (int i = 0; i < m->scale_count; i++)
		if (m->scale[i].words.len > 0)
			return true;
	return false;
}

static struct value matrix_value(
	struct block_page *page, const struct matrix *m, str id, int index)
{
	struct arena *a = page->arena;
	struct matrix_scores scores = scores_of(m);
	struct matrix_result result;
	struct value v = record_new(13, a);

	matrix_score(&scores, &result);
	record_str(&v, STR("id"), id, a);
	record_optional(&v, STR("title"), m->title, a);
	record_str(&v, STR("label"),
		m->title.len ? m->title : str_printf(a, "Decision matrix %d", index), a);
	value_add(&v, STR("options"), options_value(m, &result, a), a);
	value_add(&v, STR("rows"), rows_value(page, m), a);
	value_add(&v, STR("scale"), scale_value(m, a), a);
	record_bool(&v, STR("has_scale"), has_words(m), a);
	value_add(&v, STR("max"), matrix_number(m->highest, a), a);
	record_bool(&v, STR("weighted"), is_weighted(m), a);
	value_add(&v, STR("presets"), presets_value(m, a), a);
	record_bool(&v, STR("has_presets"), m->preset_count > 0, a);
	value_add(&v, STR("verdict"), verdict_value(m, &result, a), a);
	record_int(&v, STR("index"), index, a);
	return v;
}

static bool find_input(struct block_page *page, const struct markdown_block *block,
	const struct fence *fence, struct matrix_input *in)
{
	const struct fence_attr *data = fence_key(fence, STR("data"));
	struct source *file;

	*in = (struct matrix_input){ page, page->src, block->code, block->code_line,
		block->at };
	if (!data)
		return true;
	file = arena_new(page->arena, struct source);
	if (!excerpt_file(page, data->value, data->value_at, &file->text, &file->path))
		return false;
	in->src = file;
	in->text = file->text;
	in->first_line = 1;
	in->at = (loc){ file, 1, 1 };
	return true;
}

static size_t read_matrix(struct block_page *page, const struct markdown_block *blocks,
	size_t count, const struct fence *fence, struct value *out)
{
	const struct fence_attr *id = fence_key(fence, STR("id"));
	struct matrix *m = arena_new(page->arena, struct matrix);
	struct matrix_input in;
	bool ok;
	int index = ++page->matrices;

	(void)count;
	if (!find_input(page, &blocks[0], fence, &in))
		return 0;
	m->src = in.src;
	ok = matrix_is_text(in.text) ? matrix_read_text(&in, m) : matrix_read_yaml(&in, m);
	if (!ok)
		return 0;
	if (m->title.len == 0)
		m->title = fence_value(fence, STR("title"));
	for (int r = 0; r < m->row_count; r++)
		ok &= check_recommendation(page, m, r);
	if (!ok || (id && !block_claim_id(page, id->value, id->at)))
		return 0;
	settle_scale(m);
	*out = matrix_value(
		page, m, id ? id->value : block_make_id(page, "matrix", index), index);
	if (page->verdict.kind == VALUE_NULL)
		page->verdict = *value_get(out, STR("verdict"));
	return 1;
}

const struct block_kind matrix_block = {
	.name = STR_INIT("matrix"),
	.word = STR_INIT("matrix"),
	.read = read_matrix,
};
