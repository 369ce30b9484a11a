#include "base/str.h"

#include "base/arena.h"
#include "unit/suite.h"

START_TEST(cut_without_separator_keeps_all_in_head)
{
	struct str_pair p = str_cut(STR("abc"), ':');

	ck_assert(str_eq(p.head, STR("abc")));
	ck_assert_uint_eq(p.tail.len, 0);
}
END_TEST

START_TEST(cut_drops_the_first_separator_only)
{
	struct str_pair p = str_cut(STR("a:b:c"), ':');

	ck_assert(str_eq(p.head, STR("a")));
	ck_assert(str_eq(p.tail, STR("b:c")));
}
END_TEST

START_TEST(trim_takes_white_space_from_both_ends)
{
	ck_assert(str_eq(str_trim(STR(" \t\r\na b\n")), STR("a b")));
	ck_assert_uint_eq(str_trim(STR(" \n")).len, 0);
}
END_TEST

START_TEST(keys_are_equal_without_case_and_fillers)
{
	ck_assert(str_eq_key(STR("lastMod"), STR("last-mod")));
	ck_assert(str_eq_key(STR("_x_"), STR("X")));
	ck_assert(!str_eq_key(STR("tag"), STR("tags")));
}
END_TEST

START_TEST(a_prefix_sorts_first)
{
	ck_assert_int_lt(str_cmp(STR("ab"), STR("abc")), 0);
	ck_assert_int_gt(str_cmp(STR("b"), STR("abc")), 0);
	ck_assert_int_eq(str_cmp(STR(""), STR("")), 0);
}
END_TEST

START_TEST(numbers_refuse_signs_letters_and_overflow)
{
	uint64_t n = 0;

	ck_assert(str_to_u64(STR("18446744073709551615"), &n));
	ck_assert(n == UINT64_MAX);
	ck_assert(!str_to_u64(STR("18446744073709551616"), &n));
	ck_assert(!str_to_u64(STR("-1"), &n));
	ck_assert(!str_to_u64(STR("1a"), &n));
	ck_assert(!str_to_u64(STR(""), &n));
}
END_TEST

START_TEST(distance_counts_swapped_neighbours_once)
{
	ck_assert_int_eq(str_distance(STR("tilte"), STR("title"), 3), 1);
	ck_assert_int_eq(str_distance(STR("kitten"), STR("sitting"), 5), 3);
	ck_assert_int_eq(str_distance(STR("abc"), STR("xyz"), 1), 2);
}
END_TEST

START_TEST(nearest_finds_typing_errors_and_nothing_far)
{
	const str names[] = { STR_INIT("title"), STR_INIT("tags"), STR_INIT("date") };

	ck_assert(str_eq(str_nearest(STR("titel"), names, 3), STR("title")));
	ck_assert(str_eq(str_nearest(STR("tag"), names, 3), STR("tags")));
	ck_assert_uint_eq(str_nearest(STR("weather"), names, 3).len, 0);
}
END_TEST

START_TEST(printf_handles_text_of_any_length)
{
	struct arena a = { 0 };
	char long_text[1000];
	str s;

	memset(long_text, 'x', sizeof(long_text));
	s = str_printf(&a, "<%.*s>", (int)sizeof(long_text), long_text);
	ck_assert_uint_eq(s.len, sizeof(long_text) + 2);
	ck_assert_int_eq(s.ptr[s.len - 1], '>');
	ck_assert_int_eq(s.ptr[s.len], '\0');
	arena_free(&a);
}
END_TEST

SUITE("str", cut_without_separator_keeps_all_in_head, cut_drops_the_first_separator_only,
	trim_takes_white_space_from_both_ends, keys_are_equal_without_case_and_fillers, a_prefix_sorts_first,
	numbers_refuse_signs_letters_and_overflow, distance_counts_swapped_neighbours_once,
	nearest_finds_typing_errors_and_nothing_far, printf_handles_text_of_any_length)
