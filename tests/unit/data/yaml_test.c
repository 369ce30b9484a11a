#include "unit/suite.h"

#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "data/json.h"
#include "data/yaml.h"

static struct arena a;

static struct value read_ok(str text)
{
	struct source src = { STR("d.yaml"), text };
	struct diags d = { .arena = &a };
	struct value v;
	bool ok = yaml_read(&src, text, 1, NULL, &v, &a, &d);

	ck_assert_msg(ok, STR_FMT, STR_ARG(d.first ? d.first->message : STR("")));
	ck_assert_uint_eq(d.errors, 0);
	return v;
}

/* The data as JSON, for short comparisons. */
static void check_data(str text, const char *expected)
{
	struct value v = read_ok(text);
	struct buf b = { .arena = &a };

	json_write(&v, &(struct json_style){ 0 }, &b);
	ck_assert_msg(str_eq(buf_str(&b), str_c(expected)), STR_FMT, STR_ARG(buf_str(&b)));
}

static void check_kind(const char *text, enum value_kind kind)
{
	struct value v = read_ok(str_c(text));

	ck_assert_msg(v.kind == kind, "%s is %s", text, value_kind_name(&v));
}

static struct diag *refuse(str text, const struct yaml_limits *limits)
{
	struct source src = { STR("d.yaml"), text };
	struct diags *d = arena_new(&a, struct diags);
	struct value v = value_bool(true);

	d->arena = &a;
	ck_assert(!yaml_read(&src, text, 1, limits, &v, &a, d));
	ck_assert(value_is_null(&v));
	ck_assert_uint_ge(d->errors, 1);
	return d->first;
}

/* Place, message, help: one fault and no more. */
static void check_fault(str text, int line, int col, const char *words, const char *help)
{
	struct diag *d = refuse(text, NULL);

	ck_assert_msg(str_find(d->message, str_c(words)) >= 0, STR_FMT, STR_ARG(d->message));
	ck_assert_msg(str_find(d->help, str_c(help)) >= 0, STR_FMT, STR_ARG(d->help));
	ck_assert_int_eq(d->line, line);
	ck_assert_int_eq(d->col, col);
	ck_assert_ptr_null(d->next);
}

START_TEST(plain_scalars_are_typed_by_the_core_schema)
{
	check_kind("null", VALUE_NULL);
	check_kind("~", VALUE_NULL);
	check_kind("NULL", VALUE_NULL);
	check_kind("true", VALUE_BOOL);
	check_kind("False", VALUE_BOOL);
	check_kind("12", VALUE_INT);
	check_kind("-12", VALUE_INT);
	check_kind("0x1F", VALUE_INT);
	check_kind("0o17", VALUE_INT);
	check_kind("1.5", VALUE_FLOAT);
	check_kind("1.", VALUE_FLOAT);
	check_kind(".5", VALUE_FLOAT);
	check_kind("1e3", VALUE_FLOAT);
	check_kind("-.inf", VALUE_FLOAT);
	check_kind(".NaN", VALUE_FLOAT);
}
END_TEST

START_TEST(what_yaml_1_1_made_of_plain_words_stays_a_string)
{
	const char *words[] = { "yes", "no", "on", "off", "y", "n", "1_000", "12:30",
		"2026-03-01", "0b11", "0x", "0xG", "0o8", "1e", ".", "+", "-.", "1.2.3", "tRue",
		"nULL", "+.nan" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		check_kind(words[i], VALUE_STRING);
}
END_TEST

START_TEST(quoted_scalars_are_strings)
{
	check_kind("\"12\"", VALUE_STRING);
	check_kind("'true'", VALUE_STRING);
	check_kind("\"\"", VALUE_STRING);
	check_data(STR("a: |\n  12\n"), "{\"a\":\"12\\n\"}");
}
END_TEST

START_TEST(numbers_have_value_and_text)
{
	struct value v = read_ok(STR("[0x1F, 0o17, 012, 1.10, -3, +4]"));

	ck_assert_int_eq(value_at(&v, 0)->i, 31);
	ck_assert_int_eq(value_at(&v, 1)->i, 15);
	ck_assert_int_eq(value_at(&v, 2)->i, 12);
	ck_assert(str_eq(value_at(&v, 2)->s, STR("012")));
	ck_assert_double_eq(value_at(&v, 3)->f, 1.1);
	ck_assert(str_eq(value_at(&v, 3)->s, STR("1.10")));
	ck_assert_int_eq(value_at(&v, 4)->i, -3);
	ck_assert_int_eq(value_at(&v, 5)->i, 4);
}
END_TEST

START_TEST(an_integer_past_64_bits_is_a_float_with_its_text)
{
	struct value v = read_ok(STR("99999999999999999999"));

	ck_assert_int_eq(v.kind, VALUE_FLOAT);
	ck_assert(str_eq(v.s, STR("99999999999999999999")));
}
END_TEST

START_TEST(explicit_tags_are_honoured)
{
	check_data(
		STR("[!!str 12, !!int \"12\", !!float 1, !!bool \"true\", !!null \"\", ! 12]"),
		"[\"12\",12,1,true,null,\"12\"]");
	check_data(STR("!!map {a: !!seq [1]}"), "{\"a\":[1]}");
}
END_TEST

START_TEST(a_tag_that_does_not_fit_is_refused)
{
	check_fault(STR("a: !!int x"), 1, 4, "\"x\" is not of type !!int", "");
	check_fault(STR("a: !!seq {b: c}"), 1, 4, "cannot stand here", "");
}
END_TEST

START_TEST(other_tags_are_refused)
{
	check_fault(STR("a: !mine x"), 1, 4, "unknown tag \"!mine\"", "quotes");
	check_fault(STR("a: !!binary x"), 1, 4, "!!binary", "");
}
END_TEST

START_TEST(values_and_keys_have_their_places)
{
	struct value v = read_ok(STR("a: 1\nbc:\n  - x\n  - {d: e}\n"));
	const struct value_entry *bc = value_entry(&v, STR("bc"));
	const struct value_entry *d = value_entry(value_at(&bc->value, 1), STR("d"));

	ck_assert_int_eq(bc->line, 2);
	ck_assert_int_eq(bc->col, 1);
	ck_assert_int_eq(value_at(&bc->value, 0)->line, 3);
	ck_assert_int_eq(value_at(&bc->value, 0)->col, 5);
	ck_assert_int_eq(d->line, 4);
	ck_assert_int_eq(d->col, 6);
	ck_assert_int_eq(d->value.col, 9);
}
END_TEST

START_TEST(columns_count_bytes)
{
	struct value v = read_ok(STR("{\xc3\xa9\xc3\xa9: 1, b: 2}"));

	ck_assert_int_eq(value_entry(&v, STR("b"))->col, 11);
}
END_TEST

START_TEST(lines_count_from_where_the_text_stands)
{
	struct source src = { STR("a.md"), STR("---\na: 1\n---\n") };
	struct diags d = { .arena = &a };
	struct value v;

	ck_assert(yaml_read(&src, STR("a: 1\n"), 2, NULL, &v, &a, &d));
	ck_assert_int_eq(value_get(&v, STR("a"))->line, 2);
}
END_TEST

START_TEST(crlf_and_a_byte_order_mark_are_accepted)
{
	check_data(STR("\xef\xbb\xbf"
		       "a: 1\r\nb: x\r\n"),
		"{\"a\":1,\"b\":\"x\"}");
}
END_TEST

START_TEST(an_empty_document_is_null)
{
	check_kind("", VALUE_NULL);
	check_kind("# nothing\n", VALUE_NULL);
	check_kind("---\n", VALUE_NULL);
}
END_TEST

START_TEST(keys_are_text_whatever_they_look_like)
{
	check_data(STR("1: a\n~: b\nTrue: c\n"), "{\"1\":\"a\",\"~\":\"b\",\"True\":\"c\"}");
}
END_TEST

START_TEST(values_outlive_the_text)
{
	char text[] = "key: value";
	struct value v = read_ok(str_c(text));

	memset(text, 'x', sizeof(text));
	ck_assert(str_eq(value_get(&v, STR("key"))->s, STR("value")));
}
END_TEST

START_TEST(all_duplicate_keys_are_named_with_both_places)
{
	struct diag *d = refuse(STR("a: 1\nb: 2\na: 3\n\"b\": 4\n"), NULL);

	ck_assert_int_eq(d->line, 3);
	ck_assert(str_find(d->message, STR("\"a\" is there twice: first on line 1")) >= 0);
	ck_assert_int_eq(d->next->line, 4);
	ck_assert_ptr_null(d->next->next);
}
END_TEST

START_TEST(a_duplicate_among_many_keys_is_found)
{
	struct buf b = { .arena = &a };

	for (int i = 0; i < 100; i++)
		buf_printf(&b, "key%d: %d\n", i, i);
	struct value v = read_ok(buf_str(&b));
	ck_assert_int_eq(value_get(&v, STR("key99"))->i, 99);
	BUF_LIT(&b, "key50: x\n");
	check_fault(buf_str(&b), 101, 1, "first on line 51", "");
}
END_TEST

START_TEST(aliases_stand_for_what_they_name)
{
	check_data(STR("a: &x [1, 2]\nb: *x\nc: &x 3\nd: *x\n"),
		"{\"a\":[1,2],\"b\":[1,2],\"c\":3,\"d\":3}");
	check_data(STR("&k key: 1\nb: *k\n"), "{\"key\":1,\"b\":\"key\"}");
}
END_TEST

START_TEST(an_alias_stands_where_it_is_written)
{
	struct value v = read_ok(STR("a: &x y\nb:\n  *x\n"));

	ck_assert_int_eq(value_get(&v, STR("b"))->line, 3);
}
END_TEST

START_TEST(an_unknown_alias_is_refused)
{
	check_fault(STR("a: *b"), 1, 4, "unknown alias \"*b\"", "a: \"*b\"");
}
END_TEST

START_TEST(an_alias_to_what_holds_it_is_refused)
{
	check_fault(STR("&a [1, *a]"), 1, 8, "contain itself", "");
}
END_TEST

START_TEST(a_billion_laughs_are_refused)
{
	struct buf b = { .arena = &a };

	BUF_LIT(&b, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
	for (int i = 1; i < 30; i++) {
		buf_printf(&b, "a%d: &a%d [", i, i);
		for (int j = 0; j < 10; j++)
			buf_printf(&b, "%s*a%d", j ? "," : "", i - 1);
		BUF_LIT(&b, "]\n");
	}
	check_fault(buf_str(&b), 5, 38, "more than 100000 values", "alias");
}
END_TEST

START_TEST(the_number_of_values_is_bounded)
{
	struct yaml_limits limits = { .max_nodes = 4 };

	ck_assert(str_find(refuse(STR("[1, 2, 3, 4]"), &limits)->message, STR("more than 4")) >=
		  0);
}
END_TEST

START_TEST(depth_is_bounded)
{
	char deep[1000];
	struct yaml_limits limits = { .depth = 3 };

	memset(deep, '[', sizeof(deep));
	ck_assert_int_eq(refuse(str_new(deep, sizeof(deep)), NULL)->col, 65);
	ck_assert_int_eq(refuse(STR("[[[[1]]]]"), &limits)->col, 4);
}
END_TEST

START_TEST(aliases_count_for_depth)
{
	struct yaml_limits limits = { .depth = 3 };
	struct diag *d = refuse(STR("- &a [[1]]\n- [*a]\n"), &limits);

	ck_assert_int_eq(d->line, 2);
	ck_assert(str_find(d->message, STR("3 levels")) >= 0);
}
END_TEST

START_TEST(a_second_document_is_refused)
{
	check_fault(STR("a: 1\n---\nb: 2\n"), 2, 1, "second document", "\"---\"");
}
END_TEST

START_TEST(keys_that_are_no_scalars_are_refused)
{
	check_fault(STR("title: {{ x }}"), 1, 9, "a key must be", "title: \"{{ x }}\"");
	check_fault(STR("? [a]\n: b\n"), 1, 3, "a key must be", "");
}
END_TEST

START_TEST(merge_keys_are_ordinary_and_said_to_be)
{
	struct source src = { STR("d.yaml"), STR("a: &a {x: 1}\nb:\n  <<: *a\n") };
	struct diags d = { .arena = &a };
	struct value v;

	ck_assert(yaml_read(&src, src.text, 1, NULL, &v, &a, &d));
	ck_assert_uint_eq(d.warnings, 1);
	ck_assert_int_eq(d.first->line, 3);
	ck_assert(value_is_null(value_get(value_get(&v, STR("b")), STR("x"))));
}
END_TEST

START_TEST(a_nul_is_refused)
{
	check_fault(STR("a: \"x\\0y\""), 1, 4, "NUL", "");
}
END_TEST

SUITE("yaml", plain_scalars_are_typed_by_the_core_schema,
	what_yaml_1_1_made_of_plain_words_stays_a_string, quoted_scalars_are_strings,
	numbers_have_value_and_text, an_integer_past_64_bits_is_a_float_with_its_text,
	explicit_tags_are_honoured, a_tag_that_does_not_fit_is_refused, other_tags_are_refused,
	values_and_keys_have_their_places, columns_count_bytes,
	lines_count_from_where_the_text_stands, crlf_and_a_byte_order_mark_are_accepted,
	an_empty_document_is_null, keys_are_text_whatever_they_look_like,
	values_outlive_the_text, all_duplicate_keys_are_named_with_both_places,
	a_duplicate_among_many_keys_is_found, aliases_stand_for_what_they_name,
	an_alias_stands_where_it_is_written, an_unknown_alias_is_refused,
	an_alias_to_what_holds_it_is_refused, a_billion_laughs_are_refused,
	the_number_of_values_is_bounded, depth_is_bounded, aliases_count_for_depth,
	a_second_document_is_refused, keys_that_are_no_scalars_are_refused,
	merge_keys_are_ordinary_and_said_to_be, a_nul_is_refused)
