/*
 * A figure of measured or stated values:
 *
 *     ```bench id=fib40
 *     title: Fibonacci(40)
 *     better: lower
 *     values:
 *       Go: {value: 0.8s, low: 0.78s, high: 0.85s, n: 10}
 *       Python: 45.2s
 *     source: https://example.org/post
 *     ```
 *
 * Values written by hand are claimed; with a source they are cited; `kind: measured` says that
 * the author measured them. Bars are parts of the largest value, so that a template needs
 * nothing but a width.
 */
#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "blocks/comparison.h"
#include "blocks/kinds.h"
#include "blocks/record.h"
#include "data/yaml.h"

enum { BARS_MAX = 60 };

static const char CATEGORY[] = "bench";
static const str KEYS[] = { STR_INIT("title"), STR_INIT("metric"), STR_INIT("better"),
	STR_INIT("values"), STR_INIT("claimed"), STR_INIT("kind"), STR_INIT("source"),
	STR_INIT("method"), STR_INIT("date"), STR_INIT("scale"), STR_INIT("n"),
	STR_INIT("unit") };
static const str BAR_KEYS[] = { STR_INIT("value"), STR_INIT("low"), STR_INIT("high"),
	STR_INIT("n"), STR_INIT("kind"), STR_INIT("source"), STR_INIT("note"), STR_INIT("spread") };
static const str KINDS[] = { STR_INIT("claimed"), STR_INIT("cited"), STR_INIT("measured") };

struct bar {
	str name, text, kind, source, note;
	struct cell cell;
	double low, high; /* of the spread; equal to the value when there is none */
	bool spread;
	str spread_text; /* "0.78s to 0.85s" */
	str n;
};

struct bench {
	struct bar bars[BARS_MAX];
	size_t count;
	str title, metric, kind, source, source_url, method, date, n, unit;
	enum cell_better better;
	bool log;
};

struct reader {
	struct block_page *page;
	loc at;
	struct arena *a;
	struct diags *d;
	struct bench *b;
	bool ok;
};

static loc place(const struct reader *r, const struct value *v)
{
	return v->line > 0 ? value_loc(v, r->page->src) : r->at;
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
		r->ok = diag_error(r->d, (loc){ r->page->src, e->line, e->col }, CATEGORY,
			"unknown key \"" STR_FMT "\"", STR_ARG(e->key));
		diag_help_nearest(r->d, e->key, names, count);
	}
}

/* One of a few words, or empty. */
static str read_choice(
	struct reader *r, const struct value *map, str key, const str *words, size_t count)
{
	const struct value *v = value_get(map, key);
	str s = value_str(v);

	for (size_t i = 0; i < count; i++)
		if (str_eq(words[i], s))
			return s;
	if (v->kind != VALUE_NULL) {
		r->ok = diag_error(r->d, place(r, v), CATEGORY,
			"unknown " STR_FMT " \"" STR_FMT "\"", STR_ARG(key), STR_ARG(s));
		diag_help_nearest(r->d, s, words, count);
	}
	return STR("");
}

static bool is_figure(const struct cell *c)
{
	return (c->type == CELL_NUMBER || c->type == CELL_MONEY) && c->low == c->high;
}

/* `unit: ms` goes with figures that have none of their own. */
static str with_unit(const struct reader *r, str figure)
{
	struct cell cell = cell_read(figure, r->a);

	if (r->b->unit.len == 0 || cell.type != CELL_NUMBER || cell.dimension != DIMENSION_NONE)
		return figure;
	return str_printf(r->a, STR_FMT " " STR_FMT, STR_ARG(figure), STR_ARG(r->b->unit));
}

/* A figure that can be compared with the first one. */
static bool read_figure(struct reader *r, const struct value *v, struct cell *out)
{
	str text = with_unit(r, value_str(v));

	*out = cell_read(text, r->a);
	if (!is_figure(out) || out->low < 0)
		return diag_error(r->d, place(r, v), CATEGORY,
			"expected a figure like 45.2s, 50MB or 8,000 req/s, got \"" STR_FMT
			"\"",
			STR_ARG(value_str(v)));
	if (r->b->count > 0 && !cell_comparable(&r->b->bars[0].cell, out))
		return diag_error(r->d, place(r, v), CATEGORY,
			"\"" STR_FMT "\" cannot be compared with \"" STR_FMT "\"",
			STR_ARG(text), STR_ARG(r->b->bars[0].text));
	return true;
}

static void read_ends(
	struct reader *r, const struct value *low, const struct value *high, struct bar *out)
{
	struct cell from, to;

	if (low->kind == VALUE_NULL || high->kind == VALUE_NULL) {
		r->ok = diag_error(r->d, place(r, low->kind == VALUE_NULL ? high : low),
			CATEGORY, "a spread has low and high");
		return;
	}
	if (!read_figure(r, low, &from) || !read_figure(r, high, &to)) {
		r->ok = false;
		return;
	}
	out->low = from.low;
	out->high = to.low;
	out->spread = true;
	out->spread_text = str_printf(r->a, STR_FMT " to " STR_FMT,
		STR_ARG(with_unit(r, value_str(low))), STR_ARG(with_unit(r, value_str(high))));
	if (from.low > out->cell.low || to.low < out->cell.low)
		r->ok = diag_error(r->d, place(r, low), CATEGORY,
			"the value " STR_FMT " is not between " STR_FMT " and " STR_FMT,
			STR_ARG(out->text), STR_ARG(value_str(low)), STR_ARG(value_str(high)));
}

static const str PLUS_MINUS = STR_INIT("\302\261");

/* "0.02s", "5%": as far to both sides. */
static void read_width(struct reader *r, const struct value *v, struct bar *out)
{
	str text = str_trim(value_str(v));
	double width;

	if (str_starts(text, PLUS_MINUS))
		text = str_trim(str_from(text, PLUS_MINUS.len));
	text = with_unit(r, text);
	struct cell cell = cell_read(text, r->a);
	bool percent = cell.dimension == DIMENSION_PERCENT && out->cell.dimension != DIMENSION_PERCENT;
	if (!is_figure(&cell) || cell.low < 0 || (!percent && !cell_comparable(&out->cell, &cell))) {
		r->ok = diag_error(r->d, place(r, v), CATEGORY,
			"expected a spread like 0.02s or 5%%, as far to both sides of " STR_FMT ", got \"" STR_FMT "\"",
			STR_ARG(out->text), STR_ARG(value_str(v)));
		return;
	}
	width = percent ? out->cell.low * cell.low / 100 : cell.low;
	out->low = width < out->cell.low ? out->cell.low - width : 0;
	out->high = out->cell.low + width;
	out->spread = true;
	out->spread_text = str_join(PLUS_MINUS, text, r->a);
}

static void read_spread(struct reader *r, const struct value *map, struct bar *out)
{
	const struct value *low = value_get(map, STR("low")), *high = value_get(map, STR("high")),
			   *width = value_get(map, STR("spread"));
	bool ends = low->kind != VALUE_NULL || high->kind != VALUE_NULL;

	if (ends && width->kind != VALUE_NULL)
		r->ok = diag_error(r->d, place(r, width), CATEGORY,
			"a value has either a spread or low and high");
	else if (ends)
		read_ends(r, low, high, out);
	else if (width->kind != VALUE_NULL)
		read_width(r, width, out);
}

static str kind_of(const struct bench *b, str own, str source, bool claimed)
{
	if (own.len > 0)
		return own;
	if (claimed)
		return STR("claimed");
	if (b->kind.len > 0)
		return b->kind;
	return source.len || b->source.len ? STR("cited") : STR("claimed");
}

static void read_bar(struct reader *r, const struct value_entry *e, bool claimed)
{
	const struct value *value =
		e->value.kind == VALUE_MAP ? value_get(&e->value, STR("value")) : &e->value;
	struct bar bar = { .name = e->key, .text = with_unit(r, value_str(value)) };

	if (r->b->count == BARS_MAX) {
		r->ok = diag_error(r->d, place(r, &e->value), CATEGORY,
			"a figure has at most %d values", BARS_MAX);
		return;
	}
	if (!read_figure(r, value->line ? value : &e->value, &bar.cell)) {
		r->ok = false;
		return;
	}
	bar.low = bar.high = bar.cell.low;
	if (e->value.kind == VALUE_MAP) {
		check_keys(r, &e->value, BAR_KEYS, sizeof(BAR_KEYS) / sizeof(BAR_KEYS[0]));
		read_spread(r, &e->value, &bar);
		bar.n = value_str(value_get(&e->value, STR("n")));
		bar.source = value_str(value_get(&e->value, STR("source")));
		bar.note = value_str(value_get(&e->value, STR("note")));
		bar.kind = read_choice(r, &e->value, STR("kind"), KINDS, 3);
	}
	bar.kind = kind_of(r->b, bar.kind, bar.source, claimed);
	r->b->bars[r->b->count++] = bar;
}

static void read_bars(struct reader *r, const struct value *map, bool claimed)
{
	if (map->kind == VALUE_NULL)
		return;
	if (map->kind != VALUE_MAP) {
		r->ok = diag_error(r->d, place(r, map), CATEGORY,
			"values are names with figures, as in {Go: 0.8s, Python: 45.2s}");
		return;
	}
	for (size_t i = 0; i < value_count(map); i++)
		read_bar(r, &map->map->at[i], claimed);
}

static bool read_yaml(struct reader *r, const struct markdown_block *block)
{
	static const str BETTER[] = { STR_INIT("lower"), STR_INIT("higher") };
	static const str SCALES[] = { STR_INIT("linear"), STR_INIT("log") };
	struct bench *b = r->b;
	struct value root;
	str better;

	if (!yaml_read(r->page->src, block->code, block->code_line, NULL, &root, r->a, r->d))
		return false;
	if (root.kind != VALUE_MAP)
		return diag_error(r->d, r->at, CATEGORY,
			"a figure has a title and values, got %s", value_kind_name(&root));
	check_keys(r, &root, KEYS, sizeof(KEYS) / sizeof(KEYS[0]));
	b->title = value_str(value_get(&root, STR("title")));
	b->source = value_str(value_get(&root, STR("source")));
	if (str_find(b->source, STR("://")) >= 0)
		b->source_url = block_link(
			r->page, b->source, place(r, value_get(&root, STR("source"))));
	b->metric = value_str(value_get(&root, STR("metric")));
	b->date = value_str(value_get(&root, STR("date")));
	b->method = value_str(value_get(&root, STR("method")));
	b->n = value_str(value_get(&root, STR("n")));
	b->unit = value_str(value_get(&root, STR("unit")));
	b->kind = read_choice(r, &root, STR("kind"), KINDS, 3);
	b->log = str_eq(read_choice(r, &root, STR("scale"), SCALES, 2), STR("log"));
	better = read_choice(r, &root, STR("better"), BETTER, 2);
	read_bars(r, value_get(&root, STR("values")), false);
	read_bars(r, value_get(&root, STR("claimed")), true);
	if (r->ok && b->count == 0)
		return diag_error(r->d, r->at, CATEGORY,
			"a figure needs values, as in values: {Go: 0.8s}");
	if (better.len > 0)
		b->better = str_eq(better, STR("lower")) ? BETTER_LOWER : BETTER_HIGHER;
	else if (b->count > 0)
		b->better = b->bars[0].cell.better;
	return r->ok;
}

struct axis {
	double from, to; /* logarithms when `log` */
	bool log;
};

static struct axis find_axis(const struct bench *b)
{
	double most = 0, least = 0;
	struct axis axis = { .log = b->log };

	for (size_t i = 0; i < b->count; i++) {
		if (b->bars[i].high > most)
			most = b->bars[i].high;
		if (b->bars[i].low > 0 && (least == 0 || b->bars[i].low < least))
			least = b->bars[i].low;
	}
	axis.to = most;
	if (b->log && least > 0) {
		/* From the power of ten below the least, so that its bar can be seen. */
		axis.from = floor(log10(least) - 1e-9);
		axis.to = log10(most);
	} else {
		axis.log = false;
	}
	return axis;
}

/* Percent of the axis with one decimal. */
static str percent(const struct axis *axis, double n, struct arena *a)
{
	double at = axis->log ? (n > 0 ? log10(n) : axis->from) : n;
	double part = axis->to > axis->from ? (at - axis->from) / (axis->to - axis->from) : 0;
	long long tenths = llround((part < 0 ? 0 : part) * 1000);

	return str_printf(a, "%lld.%lld", tenths / 10, tenths % 10);
}

static double find_best(const struct bench *b)
{
	double best = b->bars[0].cell.low;

	for (size_t i = 1; i < b->count; i++) {
		double own = b->bars[i].cell.low;

		if (b->better == BETTER_LOWER ? own < best : own > best)
			best = own;
	}
	return best;
}

static str ratio_text(const struct bench *b, double best, double own, struct arena *a)
{
	double ratio = b->better == BETTER_LOWER ? own / best : best / own;

	if (b->better == BETTER_UNKNOWN || best <= 0 || own <= 0 || ratio <= 1)
		return STR("");
	return comparison_ratio(ratio, a);
}

static struct value bar_value(
	const struct reader *r, const struct bar *bar, const struct axis *axis, double best)
{
	struct arena *a = r->a;
	struct option option = option_named(r->page, bar->name);
	struct value v = record_new(19, a);

	record_str(&v, STR("name"), bar->name, a);
	record_str(&v, STR("slug"), option.slug, a);
	record_optional(&v, STR("color"), option.color, a);
	record_str(&v, STR("text"), bar->text, a);
	value_add(&v, STR("value"), comparison_number(bar->cell.low, a), a);
	value_add(&v, STR("low"), bar->spread ? comparison_number(bar->low, a) : value_null(), a);
	value_add(&v, STR("high"), bar->spread ? comparison_number(bar->high, a) : value_null(), a);
	record_str(&v, STR("percent"), percent(axis, bar->cell.low, a), a);
	record_bool(&v, STR("best"),
		r->b->better != BETTER_UNKNOWN && r->b->count > 1 && bar->cell.low == best, a);
	record_optional(&v, STR("ratio"), ratio_text(r->b, best, bar->cell.low, a), a);
	record_optional(&v, STR("spread"), bar->spread_text, a);
	record_str(&v, STR("low_percent"), percent(axis, bar->low, a), a);
	record_str(&v, STR("high_percent"), percent(axis, bar->high, a), a);
	record_str(&v, STR("kind"), bar->kind, a);
	record_bool(&v, STR("measured"), str_eq(bar->kind, STR("measured")), a);
	record_optional(&v, STR("n"), bar->n.len ? bar->n : r->b->n, a);
	record_optional(&v, STR("source"), bar->source, a);
	record_optional(&v, STR("note"), bar->note, a);
	return v;
}

/* Values of different kinds beside one another are not a measurement. */
static bool is_mixed(const struct bench *b)
{
	for (size_t i = 1; i < b->count; i++)
		if (!str_eq(b->bars[i].kind, b->bars[0].kind))
			return true;
	return false;
}

static void add_sentence(struct buf *b, const char *before, str s, const char *after)
{
	if (s.len == 0)
		return;
	if (b->len > 0)
		buf_char(b, ' ');
	buf_printf(b, "%s" STR_FMT "%s", before, STR_ARG(s), after);
}

/* "Measured and claimed values side by side: ..." */
static void add_kinds(const struct bench *b, struct buf *out)
{
	static const struct {
		str kind, first, further;
	} WORDS[] = { { STR_INIT("measured"), STR_INIT("Measured"), STR_INIT("measured") },
		{ STR_INIT("cited"), STR_INIT("Cited"), STR_INIT("cited") },
		{ STR_INIT("claimed"), STR_INIT("Claimed"), STR_INIT("claimed") } };
	bool there[3] = { false };
	int left = 0;

	for (size_t k = 0; k < 3; k++) {
		for (size_t i = 0; i < b->count; i++)
			there[k] = there[k] || str_eq(b->bars[i].kind, WORDS[k].kind);
		left += there[k];
	}
	for (size_t k = 0; k < 3; k++) {
		if (!there[k])
			continue;
		buf_add(out, out->len ? WORDS[k].further : WORDS[k].first);
		left--;
		buf_add(out, left > 1 ? STR(", ") : left == 1 ? STR(" and ") : STR(" values"));
	}
	BUF_LIT(out, " side by side: they do not come from one run.");
}

/*
 * What the figure is, in one line: "Claimed, not measured here. Lower is better. Bars are on a
 * logarithmic scale."
 */
static str summarize(const struct bench *b, bool log, struct arena *a)
{
	struct buf out = { .arena = a };
	str kind = b->bars[0].kind;

	if (is_mixed(b))
		add_kinds(b, &out);
	else if (str_eq(kind, STR("measured")))
		BUF_LIT(&out, "Measured.");
	else
		buf_add(&out, str_eq(kind, STR("cited")) ? STR("Cited, not measured here.")
							 : STR("Claimed, not measured here."));
	if (b->better != BETTER_UNKNOWN)
		buf_add(&out, b->better == BETTER_LOWER ? STR(" Lower is better.")
							: STR(" Higher is better."));
	add_sentence(&out, "", b->method, ".");
	add_sentence(&out, "Runs: ", b->n, ".");
	add_sentence(&out, "Date: ", b->date, ".");
	if (log)
		BUF_LIT(&out,
			" Bars are on a logarithmic scale: equal steps are equal factors.");
	return buf_str(&out);
}

static struct value bench_value(const struct reader *r, str id, int index)
{
	const struct bench *b = r->b;
	struct arena *a = r->a;
	struct axis axis = find_axis(b);
	double best = find_best(b);
	struct value bars = record_list(b->count, a), v = record_new(17, a);
	bool spread = false;

	for (size_t i = 0; i < b->count; i++) {
		value_push(&bars, bar_value(r, &b->bars[i], &axis, best), a);
		spread = spread || b->bars[i].spread;
	}
	record_str(&v, STR("id"), id, a);
	record_optional(&v, STR("title"), b->title, a);
	record_str(&v, STR("label"),
		b->title.len ? b->title : str_printf(a, "Figure %d", index), a);
	value_add(&v, STR("bars"), bars, a);
	value_add(&v, STR("better"), comparison_better(b->better), a);
	record_optional(&v, STR("unit"), b->bars[0].cell.unit, a);
	record_bool(&v, STR("has_spread"), spread, a);
	record_bool(&v, STR("mixed"), is_mixed(b), a);
	record_str(&v, STR("kind"), is_mixed(b) ? STR("mixed") : b->bars[0].kind, a);
	record_optional(&v, STR("metric"), b->metric, a);
	record_optional(&v, STR("method"), b->method, a);
	record_optional(&v, STR("date"), b->date, a);
	record_optional(&v, STR("source"), b->source, a);
	record_optional(&v, STR("source_url"), b->source_url, a);
	record_bool(&v, STR("log"), axis.log, a);
	record_str(&v, STR("summary"), summarize(b, axis.log, a), a);
	record_int(&v, STR("index"), index, a);
	return v;
}

static size_t read_bench(struct block_page *page, const struct markdown_block *blocks,
	size_t count, const struct fence *fence, struct value *out)
{
	const struct fence_attr *id = fence_key(fence, STR("id"));
	struct bench *b = arena_new(page->arena, struct bench);
	struct reader r = { page, blocks[0].at, page->arena, page->diags, b, true };
	int index = ++page->benches;

	(void)count;
	if (!read_yaml(&r, &blocks[0]) || (id && !block_claim_id(page, id->value, id->at)))
		return 0;
	if (b->title.len == 0)
		b->title = fence_value(fence, STR("title"));
	*out = bench_value(&r, id ? id->value : block_make_id(page, "figure", index), index);
	return 1;
}

const struct block_kind bench_block = {
	.name = STR_INIT("bench"),
	.word = STR_INIT("bench"),
	.read = read_bench,
};
