#include "blocks/cell.h"

#include <math.h>

#include "base/arena.h"
#include "unit/suite.h"

static struct arena arena;

static struct cell read(const char *text)
{
	return cell_read(str_c(text), &arena);
}

static void check_number(const char *text, double value, const char *unit)
{
	struct cell c = read(text);

	ck_assert_msg(c.type == CELL_NUMBER || c.type == CELL_MONEY, "%s is %s", text,
		cell_type_name[c.type]);
	ck_assert_msg(fabs(c.low - value) <= 1e-9 * fabs(value), "%s is %g", text, c.low);
	ck_assert_msg(str_eq(c.unit, str_c(unit)), "%s has the unit '" STR_FMT "'", text,
		STR_ARG(c.unit));
}

START_TEST(figures_come_in_base_units)
{
	check_number("45.2s", 45.2, "s");
	check_number("15ms", 0.015, "s");
	check_number("3 \302\265s", 3e-6, "s");
	check_number("2 min", 120, "s");
	check_number("1.2GB", 1.2e9, "B");
	check_number("800 MB", 8e8, "B");
	check_number("64 KiB", 65536, "B");
	check_number("80K records/s", 80000, "records/s");
	check_number("50,000 req/s", 50000, "req/s");
	check_number("1.2 MB/s", 1.2e6, "B/s");
	check_number("6,000 req/min", 100, "req/s");
	check_number("12000 requests per second", 12000, "requests/s");
	check_number("8,000", 8000, "");
	check_number("~3,000", 3000, "");
	check_number("100K+", 100000, "");
	check_number("1M+ goroutines", 1e6, "goroutines");
	check_number("$20", 20, "$");
	check_number("$20/month", 20, "$/month");
	check_number("20 EUR", 20, "\342\202\254");
	check_number("85%", 85, "%");
	check_number("3x", 3, "x");
	check_number("40 lines", 40, "lines");
	check_number("~1KB per coroutine", 1000, "B");
	check_number("1.8s (warm)", 1.8, "s");
	check_number("-5", -5, "");
}
END_TEST

START_TEST(signs_before_and_behind_are_understood)
{
	ck_assert(read("~3,000").about);
	ck_assert(read("100K+").least);
	ck_assert(read("> 5 s").least);
	ck_assert(read("<5ms").most);
	ck_assert(read("~$20").about);
	ck_assert_int_eq(read("~$20").type, CELL_MONEY);
	struct cell range = read("10-40x");
	ck_assert(range.low == 10 && range.high == 40);
	range = read("10\342\200\22320K req/s");
	ck_assert(range.low == 10000 && range.high == 20000);
}
END_TEST

START_TEST(what_looks_like_a_figure_and_is_none_stays_text)
{
	static const char *const texts[] = { "3.11.2", "2025-01-31", "12:30", "24/7", "3,5",
		"3 lines of boilerplate and a file", "1_000", "Very fast", "x", "$", "~",
		"v1.2", "45.2s vs 0.8s", "10-", "(2)" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		enum cell_type type = read(texts[i]).type;
		ck_assert_msg(type == CELL_TEXT || (i == 10 && type == CELL_PARTIAL),
			"%s is %s", texts[i], cell_type_name[type]);
	}
}
END_TEST

START_TEST(answers_are_words_or_signs)
{
	ck_assert_int_eq(read("Yes").type, CELL_YES);
	ck_assert_int_eq(read("\342\234\223").type, CELL_YES);
	ck_assert_int_eq(read("\342\234\205 Built in").type, CELL_YES);
	ck_assert_int_eq(read("No (GIL)").type, CELL_NO);
	ck_assert_int_eq(read("\342\235\214").type, CELL_NO);
	ck_assert_int_eq(read("Partial").type, CELL_PARTIAL);
	ck_assert_int_eq(read("\342\232\240\357\270\217 limited").type, CELL_PARTIAL);
	ck_assert_int_eq(read("Notable").type, CELL_TEXT);
	ck_assert_int_eq(read("Yesterday").type, CELL_TEXT);
	ck_assert_int_eq(read("n/a").type, CELL_NONE);
	ck_assert_int_eq(read("\342\200\224").type, CELL_NONE);
	ck_assert_int_eq(read("  ").type, CELL_EMPTY);
}
END_TEST

START_TEST(ratings_are_ticks_stars_and_fractions)
{
	struct cell c = read("\342\234\223\342\234\223\342\234\223");

	ck_assert_int_eq(c.type, CELL_RATING);
	ck_assert(c.rating == 3 && c.max == 0);
	c = read("\342\230\205\342\230\205\342\230\205\342\230\206\342\230\206");
	ck_assert(c.type == CELL_RATING && c.rating == 3 && c.max == 5);
	c = read("3/5");
	ck_assert(c.type == CELL_RATING && c.rating == 3 && c.max == 5);
	c = read("4.5/5 (users)");
	ck_assert(c.type == CELL_RATING && c.rating == 4.5);
	ck_assert_int_eq(cell_ticks(STR("x")), -1);
	ck_assert_int_eq(cell_ticks(STR("")), -1);
}
END_TEST

START_TEST(larger_is_larger_across_units)
{
	struct cell gb = read("1.2GB"), mb = read("800MB"), s = read("3s");

	ck_assert(gb.low > mb.low);
	ck_assert(cell_comparable(&gb, &mb));
	ck_assert(!cell_comparable(&gb, &s));
	struct cell req = read("10 req/s"), requests = read("10 requests/s"),
		    records = read("10 records/s");
	ck_assert(cell_comparable(&req, &requests));
	ck_assert(!cell_comparable(&req, &records));
	struct cell dollars = read("$1"), euros = read("1 EUR");
	ck_assert(!cell_comparable(&dollars, &euros));
}
END_TEST

START_TEST(the_unit_or_the_words_say_what_is_better)
{
	ck_assert_int_eq(read("3s").better, BETTER_LOWER);
	ck_assert_int_eq(read("3MB").better, BETTER_LOWER);
	ck_assert_int_eq(read("$3").better, BETTER_LOWER);
	ck_assert_int_eq(read("3 req/s").better, BETTER_HIGHER);
	ck_assert_int_eq(read("3").better, BETTER_UNKNOWN);
	ck_assert_int_eq(cell_better_said(STR("Stars (Higher is better)")), BETTER_HIGHER);
	ck_assert_int_eq(cell_better_said(STR("Latency \342\206\223")), BETTER_LOWER);
	ck_assert_int_eq(cell_better_said(STR("Latency")), BETTER_UNKNOWN);
}
END_TEST

/* Every beginning and every end of odd texts: no read past what is there. */
START_TEST(cut_texts_are_harmless)
{
	static const char *const texts[] = { "~$1,234.56K+ records/s (x)",
		"\342\230\205\342\230\206\357\270\217", "1-2,345 req per second",
		"\342\234\205\357\270\217 yes", ">= 10\302\265s/op" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		size_t len = strlen(texts[i]);
		for (size_t from = 0; from < len; from++)
			for (size_t to = from; to <= len; to++) {
				char *exact = malloc(to - from + 1);
				memcpy(exact, texts[i] + from, to - from);
				struct cell c = cell_read(str_new(exact, to - from), &arena);
				ck_assert_int_lt(c.type, CELL_TYPES);
				free(exact);
			}
	}
	arena_free(&arena);
}
END_TEST

SUITE("cell", figures_come_in_base_units, signs_before_and_behind_are_understood,
	what_looks_like_a_figure_and_is_none_stays_text, answers_are_words_or_signs,
	ratings_are_ticks_stars_and_fractions, larger_is_larger_across_units,
	the_unit_or_the_words_say_what_is_better, cut_texts_are_harmless)
