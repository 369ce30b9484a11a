#include "unit/suite.h"

#include "base/arena.h"
#include "examples/compare.h"

static struct arena a;

static bool same(enum example_cmp cmp, const char *one, const char *two)
{
	return compare_outputs(cmp, STR("^took [0-9]+ ms$"), str_c(one), str_c(two), &a);
}

START_TEST(exact_is_byte_by_byte)
{
	ck_assert(same(CMP_EXACT, "a\n", "a\n"));
	ck_assert(!same(CMP_EXACT, "a\n", "a"));
	ck_assert(!same(CMP_EXACT, "a b", "a  b"));
}
END_TEST

START_TEST(lines_forgive_white_space)
{
	ck_assert(same(CMP_LINES, "a  b \n\tc\n\n", "a b\r\nc"));
	ck_assert(!same(CMP_LINES, "a\nb", "b\na"));
	ck_assert(!same(CMP_LINES, "ab", "a b"));
}
END_TEST

START_TEST(unordered_forgives_order_but_not_number)
{
	ck_assert(same(CMP_UNORDERED, "a\nb\n", "b\na\n"));
	ck_assert(!same(CMP_UNORDERED, "a\na\nb", "a\nb\nb"));
}
END_TEST

START_TEST(count_looks_at_lines_only)
{
	ck_assert(same(CMP_COUNT, "1\n2\n", "x\ny"));
	ck_assert(!same(CMP_COUNT, "1\n", "x\ny"));
}
END_TEST

START_TEST(a_pattern_must_match_both)
{
	ck_assert(same(CMP_REGEX, "took 12 ms\n", "took 9 ms"));
	ck_assert(!same(CMP_REGEX, "took 12 ms", "took long"));
}
END_TEST

START_TEST(none_compares_nothing)
{
	ck_assert(same(CMP_NONE, "a", "b\nc"));
}
END_TEST

START_TEST(the_strictest_that_holds_is_named)
{
	ck_assert_int_eq(compare_strictest(STR("a"), STR("a"), &a), CMP_EXACT);
	ck_assert_int_eq(compare_strictest(STR("a \n"), STR("a"), &a), CMP_LINES);
	ck_assert_int_eq(compare_strictest(STR("a\nb"), STR("b\na"), &a), CMP_UNORDERED);
	ck_assert_int_eq(compare_strictest(STR("0.1"), STR("0.2"), &a), CMP_COUNT);
	ck_assert_int_eq(compare_strictest(STR("0.1"), STR("0\n1"), &a), CMP_NONE);
}
END_TEST

START_TEST(the_first_difference_has_its_line)
{
	str left, right;

	ck_assert_int_eq(compare_difference(STR("a\nb\nc"), STR("a\nx\nc"), &left, &right), 2);
	ck_assert(str_eq(left, STR("b")));
	ck_assert(str_eq(right, STR("x")));
	ck_assert_int_eq(compare_difference(STR("a\n"), STR("a\nb"), &left, &right), 2);
	ck_assert_uint_eq(left.len, 0);
}
END_TEST

SUITE("compare", exact_is_byte_by_byte, lines_forgive_white_space, unordered_forgives_order_but_not_number,
	count_looks_at_lines_only, a_pattern_must_match_both, none_compares_nothing,
	the_strictest_that_holds_is_named, the_first_difference_has_its_line)
