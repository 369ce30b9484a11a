#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "unit/suite.h"

START_TEST(arena_gives_aligned_zeroed_memory)
{
	struct arena a = { 0 };

	for (int i = 0; i < 1000; i++) {
		double *d;

		arena_alloc(&a, 1, 1);
		d = arena_new(&a, double);
		ck_assert_uint_eq((uintptr_t)d % _Alignof(double), 0);
		ck_assert(*d <= 0 && *d >= 0);
	}
	arena_free(&a);
	ck_assert_ptr_null(a.chunk);
}
END_TEST

START_TEST(reset_keeps_one_chunk_within_the_bound)
{
	struct arena a = { 0 };

	arena_alloc(&a, 100000, 1);
	arena_reset(&a, 1 << 20);
	ck_assert_uint_ge(a.total, 100000);
	arena_reset(&a, 10);
	ck_assert_uint_eq(a.total, 0);
	arena_free(&a);
}
END_TEST

START_TEST(extend_grows_only_the_last_block)
{
	struct arena a = { 0 };
	char *first = arena_alloc(&a, 10, 1), *second = arena_alloc(&a, 10, 1);

	ck_assert(!arena_extend(&a, first, 10, 20));
	ck_assert(arena_extend(&a, second, 10, 20));
	ck_assert(!arena_extend(&a, second, 20, 1 << 30));
	arena_free(&a);
}
END_TEST

START_TEST(buf_escapes_what_html_needs)
{
	struct buf b = { 0 };

	buf_html(&b, STR("a<b> & \"c\" 'd'"));
	ck_assert(str_eq(buf_str(&b), STR("a&lt;b&gt; &amp; &quot;c&quot; 'd'")));
	buf_free(&b);
}
END_TEST

START_TEST(json_strings_are_safe_in_a_script)
{
	struct buf b = { 0 };

	buf_json(&b, STR("</script>\n\"\\\xe2\x80\xa8\x01"));
	ck_assert(str_eq(buf_str(&b), STR("\"\\u003c/script\\u003e\\n\\\"\\\\\\u2028\\u0001\"")));
	buf_free(&b);
}
END_TEST

START_TEST(integers_print_to_the_ends_of_their_range)
{
	struct buf b = { 0 };

	buf_int(&b, INT64_MIN);
	buf_char(&b, ' ');
	buf_int(&b, 0);
	buf_char(&b, ' ');
	buf_int(&b, INT64_MAX);
	ck_assert(str_eq(buf_str(&b), STR("-9223372036854775808 0 9223372036854775807")));
	buf_free(&b);
}
END_TEST

START_TEST(buf_in_an_arena_keeps_what_was_added)
{
	struct arena a = { 0 };
	struct buf b = { .arena = &a };

	for (int i = 0; i < 5000; i++)
		buf_printf(&b, "%d,", i % 10);
	ck_assert_uint_eq(b.len, 10000);
	ck_assert(str_ends(buf_str(&b), STR("8,9,")));
	arena_free(&a);
}
END_TEST

START_TEST(map_finds_all_keys_after_growing)
{
	struct arena a = { 0 };
	struct map m = { .arena = &a };

	for (size_t i = 0; i < 5000; i++) {
		bool is_new;
		void **place = map_put(&m, str_printf(&a, "key-%zu", i), &is_new);

		ck_assert(is_new);
		*place = (void *)(i + 1);
	}
	for (size_t i = 0; i < 5000; i++)
		ck_assert_uint_eq((size_t)map_get(&m, str_printf(&a, "key-%zu", i)), i + 1);
	ck_assert_ptr_null(map_get(&m, STR("none")));
	ck_assert(!map_has(&m, STR("none")));
	arena_free(&a);
}
END_TEST

START_TEST(map_has_room_for_the_empty_key)
{
	struct arena a = { 0 };
	struct map m = { .arena = &a };
	bool is_new;

	ck_assert(!map_has(&m, STR("")));
	map_put(&m, (str){ 0 }, &is_new);
	ck_assert(is_new);
	map_put(&m, STR(""), &is_new);
	ck_assert(!is_new);
	ck_assert(map_has(&m, STR("")));
	arena_free(&a);
}
END_TEST

SUITE("memory", arena_gives_aligned_zeroed_memory, reset_keeps_one_chunk_within_the_bound,
	extend_grows_only_the_last_block, buf_escapes_what_html_needs, json_strings_are_safe_in_a_script,
	integers_print_to_the_ends_of_their_range, buf_in_an_arena_keeps_what_was_added,
	map_finds_all_keys_after_growing, map_has_room_for_the_empty_key)
