#include "unit/suite.h"

#include "base/arena.h"
#include "base/buf.h"
#include "data/json.h"

static struct arena a;

static struct value read_ok(str text)
{
	struct source src = { STR("d.json"), text };
	struct diags d = { .arena = &a };
	struct value v;
	bool ok = json_read(&src, text, &v, &a, &d);

	ck_assert_msg(ok, STR_FMT, STR_ARG(d.first ? d.first->message : STR("")));
	ck_assert_uint_eq(d.errors, 0);
	return v;
}

static void check_fault(str text, int line, int col, const char *words, const char *help)
{
	struct source src = { STR("d.json"), text };
	struct diags d = { .arena = &a };
	struct value v = value_bool(true);

	ck_assert(!json_read(&src, text, &v, &a, &d));
	ck_assert(value_is_null(&v));
	ck_assert_uint_eq(d.errors, 1);
	ck_assert_msg(str_find(d.first->message, str_c(words)) >= 0, STR_FMT,
		STR_ARG(d.first->message));
	ck_assert_msg(
		str_find(d.first->help, str_c(help)) >= 0, STR_FMT, STR_ARG(d.first->help));
	ck_assert_int_eq(d.first->line, line);
	ck_assert_int_eq(d.first->col, col);
}

static str write(const struct value *v, int indent, bool sort)
{
	struct buf b = { .arena = &a };

	json_write(v, &(struct json_style){ indent, sort }, &b);
	return buf_str(&b);
}

static void check_written(str text, int indent, bool sort, const char *expected)
{
	struct value v = read_ok(text);
	str got = write(&v, indent, sort);

	ck_assert_msg(str_eq(got, str_c(expected)), STR_FMT, STR_ARG(got));
}

START_TEST(values_and_keys_have_their_places)
{
	struct value v = read_ok(STR("{\n  \"a\": [1,\n 2],\n  \"b\" : {\"c\": null}\n}"));
	const struct value_entry *b = value_entry(&v, STR("b"));
	const struct value *two = value_at(value_get(&v, STR("a")), 1);

	ck_assert_int_eq(v.line, 1);
	ck_assert_int_eq(two->line, 3);
	ck_assert_int_eq(two->col, 2);
	ck_assert_int_eq(b->line, 4);
	ck_assert_int_eq(b->col, 3);
	ck_assert_int_eq(b->value.col, 9);
	ck_assert_int_eq(value_get(&b->value, STR("c"))->col, 15);
}
END_TEST

START_TEST(numbers_keep_their_text)
{
	struct value v = read_ok(STR("[1.10, -0, 1e3, 99999999999999999999]"));

	ck_assert(str_eq(value_at(&v, 0)->s, STR("1.10")));
	ck_assert_int_eq(value_at(&v, 1)->kind, VALUE_INT);
	ck_assert_int_eq(value_at(&v, 2)->kind, VALUE_FLOAT);
	ck_assert_double_eq(value_at(&v, 2)->f, 1000.0);
	ck_assert_int_eq(value_at(&v, 3)->kind, VALUE_FLOAT);
	ck_assert(str_eq(value_at(&v, 3)->s, STR("99999999999999999999")));
}
END_TEST

START_TEST(strings_are_decoded)
{
	struct value v = read_ok(STR("{\"\\u00e9\\n\": \"\\ud83d\\ude00 \\\"\"}"));

	ck_assert(str_eq(value_get(&v, STR("\xc3\xa9\n"))->s, STR("\xf0\x9f\x98\x80 \"")));
}
END_TEST

START_TEST(any_value_can_be_the_root)
{
	ck_assert_int_eq(read_ok(STR("\"x\"")).kind, VALUE_STRING);
	ck_assert_int_eq(read_ok(STR(" true ")).kind, VALUE_BOOL);
	ck_assert_int_eq(read_ok(STR("null")).kind, VALUE_NULL);
}
END_TEST

START_TEST(a_byte_order_mark_is_passed_over)
{
	ck_assert_int_eq(read_ok(STR("\xef\xbb\xbf[1]")).kind, VALUE_LIST);
}
END_TEST

START_TEST(values_outlive_the_text)
{
	char text[] = "{\"key\": \"value\", \"n\": 12}";
	struct value v = read_ok(str_c(text));

	memset(text, 'x', sizeof(text));
	ck_assert(str_eq(value_get(&v, STR("key"))->s, STR("value")));
	ck_assert(str_eq(value_get(&v, STR("n"))->s, STR("12")));
}
END_TEST

START_TEST(duplicate_keys_are_refused)
{
	check_fault(STR("{\"a\":1,\n \"a\":2}"), 2, 2, "duplicate", "");
}
END_TEST

START_TEST(faults_name_their_place_and_a_mend)
{
	check_fault(STR("{\"a\":1,}"), 1, 8, "expected", "remove the comma");
	check_fault(STR("[1,\n2,\n]"), 3, 1, "unexpected", "remove the comma");
	check_fault(STR("{'a':1}"), 1, 2, "expected", "double quotes");
	check_fault(STR("[1, // one\n2]"), 1, 5, "", "no comments");
	check_fault(STR("{\"a\": tru}"), 1, 7, "invalid token", "");
	check_fault(STR("[1] x"), 1, 5, "end of file expected", "");
	check_fault(STR(""), 1, 1, "end of file", "");
}
END_TEST

START_TEST(depth_is_bounded)
{
	char *deep = malloc(100000);
	struct diags d = { .arena = &a };
	struct source src = { STR("d.json"), str_new(deep, 100000) };
	struct value v;

	memset(deep, '[', 100000);
	ck_assert(!json_read(&src, src.text, &v, &a, &d));
	ck_assert_uint_eq(d.errors, 1);
	free(deep);
}
END_TEST

START_TEST(writing_is_compact_or_indented)
{
	check_written(STR("{\"b\": [1, 2.50], \"a\": {}, \"c\": []}"), 0, false,
		"{\"b\":[1,2.50],\"a\":{},\"c\":[]}");
	check_written(STR("{\"b\":[1,true],\"a\":null}"), 2, false,
		"{\n  \"b\": [\n    1,\n    true\n  ],\n  \"a\": null\n}");
}
END_TEST

START_TEST(sorted_keys_do_not_depend_on_the_order_of_making)
{
	check_written(STR("{\"b\":1,\"a\":{\"z\":1,\"y\":2}}"), 0, true,
		"{\"a\":{\"y\":2,\"z\":1},\"b\":1}");
}
END_TEST

START_TEST(numbers_that_json_has_not_are_written_otherwise)
{
	struct value list = value_list(&a);
	struct value hex = { .kind = VALUE_INT, .i = 31, .s = STR("0x1F") };
	struct value dot = { .kind = VALUE_FLOAT, .f = 0.5, .s = STR(".5") };
	struct value zero = { .kind = VALUE_INT, .i = 12, .s = STR("012") };

	value_push(&list, hex, &a);
	value_push(&list, dot, &a);
	value_push(&list, zero, &a);
	value_push(&list, value_float(1.0 / 0.0, &a), &a);
	struct value huge = { .kind = VALUE_FLOAT, .f = 1.0 / 0.0, .s = STR("1e999") };
	value_push(&list, huge, &a);
	ck_assert(str_eq(write(&list, 0, false), STR("[31,0.5,12,null,null]")));
}
END_TEST

START_TEST(bad_utf8_becomes_the_replacement_character)
{
	struct value v = value_string(STR("a\xff\xfe"
					  "b"));

	ck_assert(str_eq(write(&v, 0, false), STR("\"a\xef\xbf\xbd\xef\xbf\xbd"
						  "b\"")));
}
END_TEST

START_TEST(a_map_that_prints_itself_is_written_as_a_map)
{
	struct value m = value_map(&a);

	value_put(&m, STR("iso"), value_string(STR("2026")), &a);
	value_set_text(&m, STR("2026"));
	ck_assert(str_eq(write(&m, 0, false), STR("{\"iso\":\"2026\"}")));
}
END_TEST

SUITE("json", values_and_keys_have_their_places, numbers_keep_their_text, strings_are_decoded,
	any_value_can_be_the_root, a_byte_order_mark_is_passed_over, values_outlive_the_text,
	duplicate_keys_are_refused, faults_name_their_place_and_a_mend, depth_is_bounded,
	writing_is_compact_or_indented, sorted_keys_do_not_depend_on_the_order_of_making,
	numbers_that_json_has_not_are_written_otherwise,
	bad_utf8_becomes_the_replacement_character,
	a_map_that_prints_itself_is_written_as_a_map)
