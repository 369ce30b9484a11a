#include "unit/suite.h"

#include <math.h>

#include "base/arena.h"
#include "data/value.h"

static struct arena a;

static void check_float(double f, const char *text)
{
	struct value v = value_float(f, &a);

	ck_assert_msg(str_eq(v.s, str_c(text)), "%s, got " STR_FMT, text, STR_ARG(v.s));
}

START_TEST(a_zero_value_is_null_and_has_nothing_in_it)
{
	struct value v = { 0 };

	ck_assert(value_is_null(&v));
	ck_assert(value_is_null(value_get(&v, STR("x"))));
	ck_assert(value_is_null(value_at(&v, 0)));
	ck_assert_uint_eq(value_count(&v), 0);
	ck_assert_uint_eq(value_str(&v).len, 0);
}
END_TEST

START_TEST(reads_chain_through_misses)
{
	struct value page = value_map(&a);

	value_put(&page, STR("n"), value_int(1, &a), &a);
	ck_assert(value_is_null(value_get(value_get(&page, STR("author")), STR("city"))));
	ck_assert(value_is_null(value_get(value_get(&page, STR("n")), STR("city"))));
	ck_assert_ptr_null(value_entry(&page, STR("author")));
}
END_TEST

START_TEST(ints_print_to_both_ends_of_their_range)
{
	ck_assert(str_eq(value_int(0, &a).s, STR("0")));
	ck_assert(str_eq(value_int(-7, &a).s, STR("-7")));
	ck_assert(str_eq(value_int(INT64_MAX, &a).s, STR("9223372036854775807")));
	ck_assert(str_eq(value_int(INT64_MIN, &a).s, STR("-9223372036854775808")));
}
END_TEST

START_TEST(floats_print_with_the_fewest_digits_that_read_back)
{
	check_float(0.1, "0.1");
	check_float(1.0, "1");
	check_float(0.1 + 0.2, "0.30000000000000004");
	check_float(1e300, "1e+300");
	check_float((double)INFINITY, ".inf");
	check_float(-(double)INFINITY, "-.inf");
	check_float((double)NAN, ".nan");
}
END_TEST

START_TEST(put_replaces_and_keeps_the_order)
{
	struct value m = value_map(&a);

	value_put(&m, STR("x"), value_int(1, &a), &a);
	value_put(&m, STR("y"), value_int(2, &a), &a);
	value_put(&m, STR("x"), value_int(3, &a), &a);
	ck_assert_uint_eq(value_count(&m), 2);
	ck_assert(str_eq(m.map->at[0].key, STR("x")));
	ck_assert_int_eq(m.map->at[0].value.i, 3);
}
END_TEST

START_TEST(many_items_survive_growth)
{
	struct value list = value_list(&a), map = value_map(&a);

	for (int i = 0; i < 1000; i++) {
		struct value n = value_int(i, &a);
		value_push(&list, n, &a);
		value_add(&map, n.s, n, &a);
	}
	ck_assert_uint_eq(value_count(&list), 1000);
	for (int i = 0; i < 1000; i++) {
		ck_assert_int_eq(value_at(&list, (size_t)i)->i, i);
		ck_assert_int_eq(value_get(&map, value_int(i, &a).s)->i, i);
	}
}
END_TEST

START_TEST(a_list_without_storage_is_empty_and_can_grow)
{
	struct value list = { .kind = VALUE_LIST }, map = { .kind = VALUE_MAP };

	ck_assert_uint_eq(value_count(&list), 0);
	value_push(&list, value_bool(true), &a);
	value_put(&map, STR("k"), value_bool(true), &a);
	ck_assert_uint_eq(value_count(&list), 1);
	ck_assert(value_get(&map, STR("k"))->b);
}
END_TEST

START_TEST(a_map_prints_as_its_text)
{
	struct value date = value_map(&a);

	ck_assert_uint_eq(value_str(&date).len, 0);
	value_set_text(&date, STR("2026-03-01"));
	ck_assert(str_eq(value_str(&date), STR("2026-03-01")));
}
END_TEST

START_TEST(truth_is_as_templates_need_it)
{
	struct value empty_list = value_list(&a), empty_map = value_map(&a),
		     zero = value_int(0, &a);
	struct value empty = value_string(STR("")), no = value_bool(false),
		     word = value_string(STR("x"));

	ck_assert(!value_truth(&value_none));
	ck_assert(!value_truth(&no));
	ck_assert(!value_truth(&empty));
	ck_assert(!value_truth(&empty_list));
	ck_assert(value_truth(&empty_map));
	ck_assert(value_truth(&zero));
	ck_assert(value_truth(&word));
}
END_TEST

START_TEST(an_optional_string_is_null_when_it_is_empty)
{
	struct value none = value_string_or_null(STR("")),
		     some = value_string_or_null(STR("x"));

	ck_assert(value_is_null(&none));
	ck_assert_int_eq(some.kind, VALUE_STRING);
}
END_TEST

START_TEST(numbers_are_equal_by_value)
{
	struct value one = value_int(1, &a), also = value_float(1.0, &a),
		     half = value_float(0.5, &a);
	struct value big = value_int(INT64_MAX, &a), near = value_float(0x1p63, &a);
	struct value text = value_string(STR("1"));

	ck_assert(value_equal(&one, &also));
	ck_assert(value_equal(&also, &one));
	ck_assert(!value_equal(&one, &half));
	ck_assert(!value_equal(&big, &near));
	ck_assert(!value_equal(&one, &text));
}
END_TEST

START_TEST(maps_are_equal_in_any_order)
{
	struct value x = value_map(&a), y = value_map(&a), z = value_map(&a);

	value_put(&x, STR("a"), value_int(1, &a), &a);
	value_put(&x, STR("b"), value_int(2, &a), &a);
	value_put(&y, STR("b"), value_int(2, &a), &a);
	value_put(&y, STR("a"), value_int(1, &a), &a);
	value_put(&z, STR("a"), value_int(1, &a), &a);
	value_put(&z, STR("c"), value_int(2, &a), &a);
	ck_assert(value_equal(&x, &y));
	ck_assert(!value_equal(&x, &z));
}
END_TEST

START_TEST(lists_are_equal_in_their_order_only)
{
	struct value x = value_list(&a), y = value_list(&a);

	value_push(&x, value_int(1, &a), &a);
	value_push(&x, value_int(2, &a), &a);
	value_push(&y, value_int(2, &a), &a);
	ck_assert(!value_equal(&x, &y));
	value_push(&y, value_int(1, &a), &a);
	ck_assert(!value_equal(&x, &y));
	ck_assert(value_equal(&x, &x));
}
END_TEST

START_TEST(a_copy_shares_nothing)
{
	char text[] = "old", key[] = "k";
	struct value m = value_map(&a), list = value_list(&a);

	value_push(&list, value_string(str_new(text, 3)), &a);
	value_put(&m, str_new(key, 1), list, &a);
	struct value copy = value_copy(&m, &a);
	memcpy(text, "new", 3);
	key[0] = 'x';
	ck_assert(str_eq(value_at(value_get(&copy, STR("k")), 0)->s, STR("old")));
}
END_TEST

START_TEST(kinds_have_names_for_messages)
{
	struct value list = value_list(&a), n = value_float(1.5, &a);

	ck_assert_str_eq(value_kind_name(&list), "a list");
	ck_assert_str_eq(value_kind_name(&n), "a number");
	ck_assert_str_eq(value_kind_name(&value_none), "nothing");
}
END_TEST

SUITE("value", a_zero_value_is_null_and_has_nothing_in_it, reads_chain_through_misses,
	ints_print_to_both_ends_of_their_range,
	floats_print_with_the_fewest_digits_that_read_back, put_replaces_and_keeps_the_order,
	many_items_survive_growth, a_list_without_storage_is_empty_and_can_grow,
	a_map_prints_as_its_text, truth_is_as_templates_need_it,
	an_optional_string_is_null_when_it_is_empty, numbers_are_equal_by_value,
	maps_are_equal_in_any_order, lists_are_equal_in_their_order_only, a_copy_shares_nothing,
	kinds_have_names_for_messages)
