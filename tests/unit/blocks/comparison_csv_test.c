#include "blocks/comparison.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "data/json.h"
#include "unit/suite.h"

static struct arena memory;
static char folder[] = "/tmp/gen-csv-XXXXXX";

/* One table of an article: its value, its CSV, what was said. */
struct shown {
	struct block_page page;
	struct diags diags;
	struct source src;
	struct value languages;
	struct value table; /* null: none was read */
	str csv;
};

static str keep_csv(void *ctx, str id, str bytes)
{
	struct shown *s = ctx;

	(void)id;
	s->csv = bytes;
	return STR("/a/t.csv");
}

static size_t keep_table(void *ctx, const struct markdown_block *blocks, size_t count, struct buf *out)
{
	struct shown *s = ctx;
	const struct block_kind *kind;
	size_t taken = block_read(&s->page, blocks, count, &kind, &s->table);

	(void)out;
	return taken ? taken : 1;
}

static str same_address(void *ctx, enum markdown_link_kind kind, str address, loc at)
{
	(void)ctx;
	(void)kind;
	(void)at;
	return address;
}

static void show(struct shown *s, str text, struct arena *a)
{
	struct markdown_options options = { 0 };
	struct markdown_hooks hooks = { s, keep_table, same_address };
	struct buf html = { .arena = a };
	struct markdown *m;

	*s = (struct shown){ .diags = { .arena = a }, .src = { STR("a.md"), text } };
	s->languages = value_list(a);
	value_push(&s->languages, value_string(STR("Django")), a);
	value_push(&s->languages, value_string(STR("FastAPI")), a);
	s->page = (struct block_page){ .src = &s->src,
		.folder = str_c(folder),
		.root = str_c(folder),
		.languages = &s->languages,
		.arena = a,
		.diags = &s->diags,
		.link = same_address,
		.link_ctx = s,
		.csv = keep_csv };
	m = markdown_parse(&s->src, text, 1, &options, a, &s->diags);
	ck_assert(m != NULL);
	markdown_render(m, &hooks, false, &html);
}

static void add_names(const struct value *map, const str *names, size_t count, struct buf *out)
{
	const struct json_style style = { .sort_keys = true };

	for (size_t i = 0; i < count; i++) {
		json_write(value_get(map, names[i]), &style, out);
		buf_char(out, ' ');
	}
	buf_char(out, '\n');
}

/* What a reader sees of the table. */
static str essence(const struct value *table, struct arena *a)
{
	static const str whole[] = { STR_INIT("comparison"), STR_INIT("transposed"), STR_INIT("options") };
	static const str column[] = { STR_INIT("html"), STR_INIT("text"), STR_INIT("option"), STR_INIT("better") };
	static const str row[] = { STR_INIT("option"), STR_INIT("group"), STR_INIT("same"), STR_INIT("better") };
	static const str cell[] = { STR_INIT("html"), STR_INIT("text"), STR_INIT("head"), STR_INIT("label"),
		STR_INIT("typed") };
	const struct value *columns = value_get(table, STR("columns")), *rows = value_get(table, STR("rows"));
	struct buf out = { .arena = a };

	add_names(table, whole, 3, &out);
	for (size_t c = 0; c < value_count(columns); c++)
		add_names(value_at(columns, c), column, 4, &out);
	for (size_t r = 0; r < value_count(rows); r++) {
		const struct value *cells = value_get(value_at(rows, r), STR("cells"));

		add_names(value_at(rows, r), row, 4, &out);
		for (size_t c = 0; c < value_count(cells); c++)
			add_names(value_at(cells, c), cell, 5, &out);
	}
	return buf_str(&out);
}

static void write_csv(str bytes, struct arena *a)
{
	str path = str_printf(a, "%s/t.csv", folder);

	ck_assert_int_eq(file_write_atomic(path, bytes), 0);
}

/* The table of `text` and the table of its CSV are one and the same, and so is the CSV of that. */
static str check_round_trip(str text, struct arena *a)
{
	struct shown first, again;

	show(&first, text, a);
	ck_assert_msg(first.csv.ptr != NULL, "no comparison: " STR_FMT, STR_ARG(text));
	write_csv(first.csv, a);
	show(&again, STR("```comparison data=t.csv\n```\n"), a);
	ck_assert_msg(again.diags.errors == 0 && again.table.kind == VALUE_MAP,
		"not read again: " STR_FMT "\n" STR_FMT, STR_ARG(text), STR_ARG(first.csv));
	str x = essence(&first.table, a), y = essence(&again.table, a);
	/* Too long for a message of Check. */
	if (!str_eq(x, y) || !str_eq(first.csv, again.csv))
		printf("of\n%.*s\nCSV\n%.*s\nof that\n%.*s\ntable\n%.*s\nthen\n%.*s\n", STR_ARG(text),
			STR_ARG(first.csv), STR_ARG(again.csv), STR_ARG(x), STR_ARG(y));
	ck_assert(str_eq(x, y));
	ck_assert(str_eq(first.csv, again.csv));
	return first.csv;
}

START_TEST(tables_of_articles_come_back)
{
	static const char *const texts[] = {
		"| | Go | Python |\n|-|-|-|\n| Fibonacci(40) | 0.8s | **45.2s** |\n| Learning | ✓✓ | ✓✓✓ |\n"
		"| Memory | 800MB | 1.2GB |\n| Parallel | Yes | No (GIL) |\n",
		/* a group, a column of remarks, quotes, commas, pipes, what is nothing */
		"| Criterion | Go | Rust | Notes |\n|-|-|-|-|\n| Speed | | | |\n| Start | ~3 ms | 2+ ms | \"cold\", warm |\n"
		"| Sum types | - | yes | `a \\| b` |\n| Price | $20 | n/a | über 20 €, =1+1 |\n",
		/* what looks like a formula */
		"| | Go | Python |\n|-|-|-|\n| =1+1 | =SUM(A1) | @x |\n| +1 | -5% | +3 |\n",
		/* the caption says what is better */
		"Table: Lines (lower is better)\n\n| | Go | Python |\n|-|-|-|\n| Server | 12 | 4 |\n| Rate | 3/s | 4/s |\n",
		/* the options in rows, and what is better of a column only the caption says */
		"Table: Fewer (less is better)\n\n| Framework | Lines | Latency |\n|-|-|-|\n| FastAPI | 20 | 15ms |\n"
		"| Django | 40 | 65ms |\n| Unknown | 1 | 70ms |\n",
		"| Language | Time |\n|-|-|\n| Go | 3s |\n| Python | 4s |\n",
		/* links, emphasis, code, what is no Markdown */
		"| | Go | Python |\n|-|-|-|\n| [x](b.md) | *fast* | `x` |\n| a\\*b\\* | snake_case_name | 2 \\< 3 |\n",
		/* headings and criteria that look like ours */
		"| # x | Go | Python | # better |\n|-|-|-|-|\n| # better | 1 | 2 | 3 |\n| # better | 1 | 2 | 3 |\n",
		/* what only the article can say stays as text */
		"| | Go | Python |\n|-|-|-|\n| list[int] | a\\[b] | Vec\\<T> |\n",
		"```comparison\noptions: [Go, Acme, \"C#\"]\nrows:\n  - {criterion: Stars, values: [60K, 125K, 3K], better: higher}\n"
		"  - {criterion: \"a, \\\"b\\\"\\nc\", values: [\"1 | 2\", \"x\\ny\", \" z \"]}\n  - {group: Money}\n"
		"  - {criterion: Cost, values: [\"$1\", \"$2\", \"$3\"]}\n  - {criterion: Types, values: [Map<K>, \"a&b\", \"[x]\"]}\n```\n",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct arena a = { 0 };

		check_round_trip(str_c(texts[i]), &a);
		arena_free(&a);
	}
}
END_TEST

START_TEST(the_file_is_what_rfc_4180_says)
{
	struct arena a = { 0 };
	str csv = check_round_trip(STR("| | Go | Python | Notes |\n|-|-|-|-|\n| a, b | say \"x\" | 2 | é |\n"), &a);

	ck_assert_msg(str_eq(csv, STR(",Go,Python,# Notes\r\n\"a, b\",\"say \"\"x\"\"\",2,é\r\n")), STR_FMT, STR_ARG(csv));
	arena_free(&a);
}
END_TEST

START_TEST(what_a_cell_needs_from_its_article_becomes_its_text)
{
	struct arena a = { 0 };
	struct shown s;

	show(&s, STR("| | Go | Python |\n|-|-|-|\n| [see][1] | a<br>b | x[^n] |\n\n[1]: b.md\n\n[^n]: Note\n"), &a);
	ck_assert_msg(str_eq(s.csv, STR(",Go,Python\r\nsee,ab,x\r\n")), STR_FMT, STR_ARG(s.csv));
	arena_free(&a);
}
END_TEST

static unsigned long long state = 88172645463325252ULL;

static size_t next(size_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (size_t)(state % below);
}

/* Cells of all kinds and of pieces that mean something to Markdown, CSV or a spreadsheet. */
static void add_random_cell(struct buf *out)
{
	static const char *const pieces[] = { "a", "Ж", " ", ",", "\\\"", "'", "=", "+", "-", "#", "# ", "*", "_", "`",
		"\\\\", "[", "]", "(", ")", "<", ">", "&", "~", "|", "!", "1", "2.5", "ms", "KB", "K", "/s", "%", "$",
		"✓", "\\n", ";", ":", "@", "b.md", "&amp;", "x.y" };
	static const char *const typed[] = { "✓✓", "3/5", "yes", "No (GIL)", "~3,000 req/s", "12ms", "1.2GB", "800MB",
		"100K+", "$20", "n/a", "-", "10-40x", "**45.2s**", "`x`", "[l](b.md)", "" };

	if (next(2)) {
		buf_add(out, str_c(typed[next(sizeof(typed) / sizeof(typed[0]))]));
		return;
	}
	for (size_t n = next(7); n > 0; n--)
		buf_add(out, str_c(pieces[next(sizeof(pieces) / sizeof(pieces[0]))]));
}

START_TEST(random_tables_come_back)
{
	static const char *const better[] = { "", ", better: lower", ", better: higher" };

	for (int round = 0; round < 1500; round++) {
		struct arena a = { 0 };
		struct buf text = { .arena = &a };
		size_t rows = 1 + next(5);

		BUF_LIT(&text, "```comparison\noptions: [Go, Python, Acme]\nrows:\n");
		for (size_t r = 0; r < rows; r++) {
			buf_printf(&text, "  - {criterion: \"c%zu", r);
			add_random_cell(&text);
			BUF_LIT(&text, "\", values: [\"");
			add_random_cell(&text);
			BUF_LIT(&text, "\", \"");
			add_random_cell(&text);
			BUF_LIT(&text, "\", \"");
			add_random_cell(&text);
			buf_printf(&text, "\"]%s}\n", better[next(3)]);
		}
		BUF_LIT(&text, "```\n");
		check_round_trip(buf_str(&text), &a);
		arena_free(&a);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { tables_of_articles_come_back, the_file_is_what_rfc_4180_says,
		what_a_cell_needs_from_its_article_becomes_its_text, random_tables_come_back };
	int status;

	if (!mkdtemp(folder))
		return EXIT_FAILURE;
	markdown_start();
	status = suite_run("comparison_csv", tests, sizeof(tests) / sizeof(tests[0]));
	unlink(str_cstr(path_join(str_c(folder), STR("t.csv"), &memory), &memory));
	rmdir(folder);
	arena_free(&memory);
	return status;
}
