#include "site/verdicts.h"

#include "base/arena.h"
#include "unit/suite.h"

static struct arena a;

/* A matrix of two options with one scenario, in which `best` is chosen. */
static struct matrix_facts *make(const char *first, const char *second, const char *scenario, int best)
{
	struct matrix_facts *m = arena_new(&a, struct matrix_facts);
	const char *const names[2] = { first, second };

	m->options = arena_array(&a, struct matrix_option, 2);
	for (int i = 0; i < 2; i++)
		m->options[i] = (struct matrix_option){ .name = str_c(names[i]), .slug = str_c(names[i]) };
	m->option_count = 2;
	m->rows = arena_new(&a, struct matrix_choice);
	m->row_count = 1;
	m->rows[0] = (struct matrix_choice){ str_c(scenario), best,
		best < 0 ? STR("Either") : str_c(names[best]) };
	return m;
}

START_TEST(the_order_of_options_and_case_make_no_difference)
{
	struct verdicts v;

	verdicts_start(&v, 10, &a);
	verdicts_add(&v, NULL, make("go", "python", "CLI  tools", 0));
	verdicts_add(&v, NULL, make("python", "go", "cli TOOLS", 1));
	ck_assert_uint_eq(v.table_count, 1);
	ck_assert_uint_eq(v.count, 1);
	ck_assert_uint_eq(v.tables->rows->earlier_count, 0);
}
END_TEST

START_TEST(other_options_are_another_question)
{
	struct verdicts v;

	verdicts_start(&v, 10, &a);
	verdicts_add(&v, NULL, make("go", "python", "CLI", 0));
	verdicts_add(&v, NULL, make("go", "rust", "CLI", 1));
	ck_assert_uint_eq(v.table_count, 2);
	ck_assert_uint_eq(v.tables->rows->earlier_count, 0);
}
END_TEST

START_TEST(older_articles_that_say_otherwise_are_kept_and_counted)
{
	struct verdicts v;

	verdicts_start(&v, 10, &a);
	verdicts_add(&v, NULL, make("go", "python", "CLI", 0));
	for (int i = 0; i < 5; i++)
		verdicts_add(&v, NULL, make("go", "python", "CLI", i % 2 ? 1 : -1));
	verdicts_add(&v, NULL, make("go", "python", "CLI", 0));
	ck_assert_int_eq(v.tables->rows->latest.choice->best, 0);
	ck_assert_uint_eq(v.tables->rows->earlier_count, 5);
	ck_assert_int_eq(v.tables->rows->earlier[0].choice->best, -1);
	ck_assert_int_eq(v.tables->rows->earlier[2].choice->best, -1);
	ck_assert(!v.more);
}
END_TEST

START_TEST(what_is_over_the_limit_is_said_and_what_is_shown_stays_complete)
{
	struct verdicts v;

	verdicts_start(&v, 1, &a);
	verdicts_add(&v, NULL, make("go", "python", "CLI", 0));
	ck_assert(!v.more);
	verdicts_add(&v, NULL, make("go", "python", "Web", 0));
	ck_assert(v.more && v.tables->more);
	verdicts_add(&v, NULL, make("go", "rust", "CLI", 0));
	ck_assert_uint_eq(v.table_count, 1);
	verdicts_add(&v, NULL, make("go", "python", "CLI", 1));
	ck_assert_uint_eq(v.count, 1);
	ck_assert_uint_eq(v.tables->rows->earlier_count, 1);
}
END_TEST

SUITE("site.verdicts", the_order_of_options_and_case_make_no_difference,
	other_options_are_another_question, older_articles_that_say_otherwise_are_kept_and_counted,
	what_is_over_the_limit_is_said_and_what_is_shown_stays_complete)
