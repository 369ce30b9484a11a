#include "blocks/texttable.h"

#include "base/arena.h"
#include "base/buf.h"
#include "unit/suite.h"

static struct arena arena;

static size_t find(const char *text, struct texttable **out)
{
	return texttable_find(str_c(text), out, &arena);
}

static void check_cell(const struct texttable *t, size_t row, int column, const char *text)
{
	ck_assert_msg(row < t->row_count && str_eq(t->rows[row].cells[column], str_c(text)),
		"row %zu, column %d: '" STR_FMT "'", row, column,
		STR_ARG(t->rows[row].cells[column]));
}

START_TEST(two_tables_under_titles)
{
	struct texttable *t;

	ck_assert_uint_eq(
		find("Fibonacci(40)\n=============\n\nLanguage       Time        Memory\n"
		     "Python         45.2s       50MB\nPython+Cython  2.1s        55MB\n"
		     "\nJSON\n====\n\nLanguage  Time\nPython    12.5s\nGo        1.8s\n",
			&t),
		2);
	ck_assert(str_eq(t[0].title, STR("Fibonacci(40)")));
	ck_assert_int_eq(t[0].columns, 3);
	ck_assert_uint_eq(t[0].row_count, 2);
	check_cell(&t[0], 1, 0, "Python+Cython");
	check_cell(&t[0], 1, 2, "55MB");
	ck_assert_int_eq(t[0].rows[0].line, 5);
	ck_assert_int_eq(t[0].rows[0].cols[1], 16);
	ck_assert(str_eq(t[1].title, STR("JSON")));
}
END_TEST

START_TEST(cells_one_space_apart_are_cut_where_the_column_starts)
{
	struct texttable *t;

	ck_assert_uint_eq(
		find("Category           Python                    Go\n"
		     "\342\224\200\342\224\200\342\224\200\342\224\200\342\224\200\n"
		     "Redis              redis-py, aioredis        go-redis\n"
		     "Kafka              confluent-kafka, aiokafka segmentio/kafka-go\n",
			&t),
		1);
	check_cell(&t[0], 1, 1, "confluent-kafka, aiokafka");
	check_cell(&t[0], 1, 2, "segmentio/kafka-go");
}
END_TEST

START_TEST(a_hole_stays_a_hole)
{
	struct texttable *t;

	ck_assert_uint_eq(find("Name      First     Second\nx         1         2\ny           "
			       "        3\n",
				  &t),
		1);
	check_cell(&t[0], 1, 1, "");
	check_cell(&t[0], 1, 2, "3");
}
END_TEST

START_TEST(drawings_code_and_prose_are_no_tables)
{
	struct texttable *t;

	ck_assert_uint_eq(
		find("\342\224\214\342\224\200\342\224\220\n\342\224\202 a  b \342\224\202\n"
		     "\342\224\202 a  b \342\224\202\n\342\224\202 a  b \342\224\202\n",
			&t),
		0);
	ck_assert_uint_eq(find("npm install\ncd x\nmake\n", &t), 0);
	ck_assert_uint_eq(find("", &t), 0);
	ck_assert_uint_eq(find("for i in range(3):\n    print(i)\n    print(i)\n", &t), 0);
	ck_assert_uint_eq(find("one  two\nonly one row  here\n", &t), 0);
	/* two spaces after a full stop do not make columns */
	ck_assert_uint_eq(find("This is a line.  It goes on.\nAnother one, longer.  And "
			       "on.\nShort.  Yes.\n"
			       "More of it still.  No.\n",
				  &t),
		0);
}
END_TEST

START_TEST(a_table_becomes_a_pipe_table)
{
	struct texttable *t;
	struct buf out = { .arena = &arena };

	ck_assert_uint_eq(find("T\n===\n\nA     B\n1     x|y\n2     z\n", &t), 1);
	texttable_markdown(&t[0], &out);
	ck_assert(str_eq(buf_str(&out),
		STR("Table: T\n\n| A | B |\n|---|---|\n| 1 | x\\|y |\n| 2 | z |\n")));
}
END_TEST

/* Long input of the worst kind takes its time once: every line could be a heading. */
START_TEST(a_long_text_is_read_once)
{
	struct buf text = { .arena = &arena };
	struct texttable *t;

	for (int i = 0; i < 20000; i++)
		buf_printf(&text, "%*sa  b\n", i % 7, "");
	texttable_find(buf_str(&text), &t, &arena);
	buf_clear(&text);
	for (int i = 0; i < 20000; i++)
		buf_printf(&text, "a  b  c%s\n", i % 2 ? "" : "  d");
	texttable_find(buf_str(&text), &t, &arena);
	ck_assert(arena.total < 256u << 20);
	arena_free(&arena);
}
END_TEST

SUITE("texttable", two_tables_under_titles,
	cells_one_space_apart_are_cut_where_the_column_starts, a_hole_stays_a_hole,
	drawings_code_and_prose_are_no_tables, a_table_becomes_a_pipe_table,
	a_long_text_is_read_once)
