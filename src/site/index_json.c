/*
 * Names are written by hand in a fixed order, and none is taken over from templates without being named
 * here: what templates see may grow, this file is read by other programs (docs/exports.md).
 */
#include "site/index_json.h"

#include "base/buf.h"
#include "data/json.h"
#include "site/exports.h"

static void put_value(struct buf *out, const struct value *v)
{
	static const struct json_style style = { 0 };

	switch (v->kind) {
	case VALUE_NULL:
		BUF_LIT(out, "null");
		break;
	case VALUE_BOOL:
		buf_add(out, v->b ? STR("true") : STR("false"));
		break;
	case VALUE_STRING:
		buf_json(out, v->s);
		break;
	default:
		json_write(v, &style, out);
	}
}

static void put_key(struct buf *out, str key)
{
	if (out->len && out->ptr[out->len - 1] != '{')
		buf_char(out, ',');
	buf_char(out, '"');
	buf_add(out, key);
	BUF_LIT(out, "\":");
}

/* Most names stand behind one another in the map as well, so each is looked for behind the last. */
static const struct value *get_next(const struct value *map, str name, size_t *from)
{
	size_t count = map->kind == VALUE_MAP ? map->map->count : 0;

	for (size_t i = *from; i < count; i++) {
		if (!str_eq(map->map->at[i].key, name))
			continue;
		*from = i + 1;
		return &map->map->at[i].value;
	}
	return value_get(map, name);
}

/* Some names of a map, in their order. */
static void put_names(struct buf *out, const struct value *map, const str *names, size_t count)
{
	size_t from = 0;

	for (size_t i = 0; i < count; i++) {
		put_key(out, names[i]);
		put_value(out, get_next(map, names[i], &from));
	}
}

#define PUT_NAMES(out, map, names) put_names(out, map, names, sizeof(names) / sizeof((names)[0]))

static bool is_number(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!(s.ptr[i] >= '0' && s.ptr[i] <= '9') && !(s.ptr[i] == '.' && i > 0 && i + 1 < s.len))
			return false;
	return s.len > 0 && s.len < 18 && (s.ptr[0] != '0' || s.len == 1 || s.ptr[1] == '.') &&
	       str_count_char(s, '.') <= 1;
}

/* Templates see numbers as the text to show. */
static void put_numbers(struct buf *out, const struct value *map, const str *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct value *v = value_get(map, names[i]);

		put_key(out, names[i]);
		if (v->kind == VALUE_STRING && is_number(v->s))
			buf_add(out, v->s);
		else
			put_value(out, v);
	}
}

#define PUT_NUMBERS(out, map, names) put_numbers(out, map, names, sizeof(names) / sizeof((names)[0]))

typedef void put_item(struct buf *out, const struct value *item);

/* "key": [ ... ], each item on a line of its own where `lines`. */
static void put_list(struct buf *out, str key, const struct value *list, bool lines, put_item *put)
{
	put_key(out, key);
	buf_char(out, '[');
	for (size_t i = 0; i < value_count(list); i++) {
		if (i > 0)
			buf_char(out, ',');
		if (lines)
			buf_char(out, '\n');
		put(out, value_at(list, i));
	}
	buf_char(out, ']');
}

static void put_option(struct buf *out, const struct value *option)
{
	static const str names[] = { STR_INIT("name"), STR_INIT("slug") };

	buf_char(out, '{');
	PUT_NAMES(out, option, names);
	buf_char(out, '}');
}

/* The slug of what is compared, or null. */
static void put_slug(struct buf *out, const struct value *option)
{
	put_key(out, STR("option"));
	put_value(out, value_get(option, STR("slug")));
}

static void put_cell(struct buf *out, const struct value *cell)
{
	static const str names[] = { STR_INIT("type"), STR_INIT("value"), STR_INIT("unit"), STR_INIT("max"),
		STR_INIT("best"), STR_INIT("ratio") };
	const struct value *typed = value_get(cell, STR("typed"));

	BUF_LIT(out, "{\"text\":");
	put_value(out, value_get(cell, STR("text")));
	if (typed->kind == VALUE_MAP)
		PUT_NAMES(out, typed, names);
	buf_char(out, '}');
}

static void put_column(struct buf *out, const struct value *column)
{
	static const str names[] = { STR_INIT("text"), STR_INIT("better") };

	buf_char(out, '{');
	PUT_NAMES(out, column, names);
	put_slug(out, value_get(column, STR("option")));
	buf_char(out, '}');
}

static void put_row(struct buf *out, const struct value *row)
{
	static const str names[] = { STR_INIT("group"), STR_INIT("same"), STR_INIT("better") };

	buf_char(out, '{');
	PUT_NAMES(out, row, names);
	put_slug(out, value_get(row, STR("option")));
	put_list(out, STR("cells"), value_get(row, STR("cells")), false, put_cell);
	buf_char(out, '}');
}

static void put_table(struct buf *out, const struct value *table)
{
	static const str names[] = { STR_INIT("id"), STR_INIT("comparison"), STR_INIT("transposed"),
		STR_INIT("csv_url") };

	buf_char(out, '{');
	PUT_NAMES(out, table, names);
	put_key(out, STR("caption"));
	put_value(out, value_get(table, STR("caption_text")));
	put_list(out, STR("options"), value_get(table, STR("options")), false, put_option);
	put_list(out, STR("columns"), value_get(table, STR("columns")), false, put_column);
	put_list(out, STR("rows"), value_get(table, STR("rows")), true, put_row);
	buf_char(out, '}');
}

static void put_total(struct buf *out, const struct value *option)
{
	static const str names[] = { STR_INIT("name"), STR_INIT("slug"), STR_INIT("winner") };
	static const str numbers[] = { STR_INIT("total"), STR_INIT("wins") };

	buf_char(out, '{');
	PUT_NAMES(out, option, names);
	PUT_NUMBERS(out, option, numbers);
	buf_char(out, '}');
}

static void put_score(struct buf *out, const struct value *score)
{
	static const str names[] = { STR_INIT("option"), STR_INIT("best") };
	static const str numbers[] = { STR_INIT("value") };

	buf_char(out, '{');
	PUT_NAMES(out, score, names);
	PUT_NUMBERS(out, score, numbers);
	buf_char(out, '}');
}

static void put_scenario(struct buf *out, const struct value *row)
{
	static const str names[] = { STR_INIT("scenario"), STR_INIT("recommendation"), STR_INIT("tie"),
		STR_INIT("why"), STR_INIT("evidence") };
	static const str numbers[] = { STR_INIT("weight") };

	buf_char(out, '{');
	PUT_NAMES(out, row, names);
	PUT_NUMBERS(out, row, numbers);
	put_list(out, STR("scores"), value_get(row, STR("scores")), false, put_score);
	buf_char(out, '}');
}

static void put_step(struct buf *out, const struct value *step)
{
	static const str names[] = { STR_INIT("words") };
	static const str numbers[] = { STR_INIT("value") };

	buf_char(out, '{');
	PUT_NUMBERS(out, step, numbers);
	PUT_NAMES(out, step, names);
	buf_char(out, '}');
}

static void put_flip(struct buf *out, const struct value *flip)
{
	static const str names[] = { STR_INIT("scenario"), STR_INIT("option") };
	static const str numbers[] = { STR_INIT("from"), STR_INIT("to") };

	put_key(out, STR("flip"));
	if (flip->kind != VALUE_MAP) {
		BUF_LIT(out, "null");
		return;
	}
	buf_char(out, '{');
	PUT_NAMES(out, flip, names);
	PUT_NUMBERS(out, flip, numbers);
	buf_char(out, '}');
}

static void put_result(struct buf *out, const struct value *verdict)
{
	static const str names[] = { STR_INIT("winner"), STR_INIT("text"), STR_INIT("close"), STR_INIT("tie") };
	static const str numbers[] = { STR_INIT("margin") };

	put_key(out, STR("verdict"));
	buf_char(out, '{');
	PUT_NAMES(out, verdict, names);
	PUT_NUMBERS(out, verdict, numbers);
	put_flip(out, value_get(verdict, STR("flip")));
	buf_char(out, '}');
}

static void put_matrix(struct buf *out, const struct value *matrix)
{
	static const str names[] = { STR_INIT("id"), STR_INIT("title"), STR_INIT("weighted") };
	static const str numbers[] = { STR_INIT("max") };

	buf_char(out, '{');
	PUT_NAMES(out, matrix, names);
	PUT_NUMBERS(out, matrix, numbers);
	put_result(out, value_get(matrix, STR("verdict")));
	put_list(out, STR("scale"), value_get(matrix, STR("scale")), false, put_step);
	put_list(out, STR("options"), value_get(matrix, STR("options")), false, put_total);
	put_list(out, STR("rows"), value_get(matrix, STR("rows")), true, put_scenario);
	buf_char(out, '}');
}

static void put_bar(struct buf *out, const struct value *bar)
{
	static const str names[] = { STR_INIT("name"), STR_INIT("slug"), STR_INIT("text"), STR_INIT("value"),
		STR_INIT("low"), STR_INIT("high"), STR_INIT("kind"), STR_INIT("best"),
		STR_INIT("ratio"), STR_INIT("source"), STR_INIT("note") };
	static const str numbers[] = { STR_INIT("n") };

	buf_char(out, '{');
	PUT_NAMES(out, bar, names);
	PUT_NUMBERS(out, bar, numbers);
	buf_char(out, '}');
}

static void put_figure(struct buf *out, const struct value *figure)
{
	static const str names[] = { STR_INIT("id"), STR_INIT("title"), STR_INIT("metric"), STR_INIT("unit"),
		STR_INIT("better"), STR_INIT("kind"), STR_INIT("log"), STR_INIT("method"), STR_INIT("date"),
		STR_INIT("source"), STR_INIT("source_url"), STR_INIT("summary") };

	buf_char(out, '{');
	PUT_NAMES(out, figure, names);
	put_list(out, STR("values"), value_get(figure, STR("bars")), true, put_bar);
	buf_char(out, '}');
}

/* `state` is that of its record; null: it does not run. */
static void put_example(struct buf *out, const struct value *code)
{
	static const str names[] = { STR_INIT("id"), STR_INIT("language"), STR_INIT("slug"), STR_INIT("title"),
		STR_INIT("file"), STR_INIT("metrics") };

	buf_char(out, '{');
	PUT_NAMES(out, code, names);
	put_key(out, STR("state"));
	put_value(out, value_get(value_get(code, STR("output")), STR("state")));
	buf_char(out, '}');
}

static void put_name(struct buf *out, const struct value *named)
{
	put_value(out, value_get(named, STR("name")));
}

static void put_source(struct buf *out, const struct value *source)
{
	static const str names[] = { STR_INIT("title"), STR_INIT("url") };

	buf_char(out, '{');
	PUT_NAMES(out, source, names);
	buf_char(out, '}');
}

static void put_date(struct buf *out, const struct value *page, str key)
{
	put_key(out, key);
	put_value(out, value_get(value_get(page, key), STR("iso")));
}

static void put_verdict(struct buf *out, const struct value *verdict)
{
	static const str names[] = { STR_INIT("winner"), STR_INIT("text"), STR_INIT("close"), STR_INIT("tie") };

	put_key(out, STR("verdict"));
	if (verdict->kind != VALUE_MAP) {
		BUF_LIT(out, "null");
		return;
	}
	buf_char(out, '{');
	PUT_NAMES(out, verdict, names);
	buf_char(out, '}');
}

static void put_page(struct buf *out, const struct value *page)
{
	static const str names[] = { STR_INIT("title"), STR_INIT("description"), STR_INIT("url"),
		STR_INIT("canonical") };
	static const str counts[] = { STR_INIT("words"), STR_INIT("reading_time") };

	PUT_NAMES(out, page, names);
	put_date(out, page, STR("date"));
	put_date(out, page, STR("updated"));
	put_list(out, STR("authors"), value_get(page, STR("authors")), false, put_name);
	put_list(out, STR("tags"), value_get(page, STR("tags")), false, put_name);
	put_list(out, STR("languages"), value_get(page, STR("languages")), false, put_option);
	PUT_NAMES(out, page, counts);
	put_verdict(out, value_get(page, STR("verdict")));
}

void index_json(const struct value *page, const struct exported *blocks, struct buf *out)
{
	buf_reserve(out, 2048);
	BUF_LIT(out, "{\"version\":1");
	put_page(out, page);
	put_list(out, STR("matrices"), &blocks->matrices, true, put_matrix);
	put_list(out, STR("tables"), &blocks->tables, true, put_table);
	put_list(out, STR("figures"), &blocks->figures, true, put_figure);
	put_list(out, STR("examples"), &blocks->examples, true, put_example);
	put_list(out, STR("sources"), value_get(page, STR("sources")), false, put_source);
	BUF_LIT(out, "}\n");
}
