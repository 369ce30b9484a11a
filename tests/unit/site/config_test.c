#include "site/config.h"

#include "base/arena.h"
#include "unit/suite.h"

static struct arena a;

static bool read(const char *text, const char *base_url, struct config *out, struct diags *d)
{
	struct source src = { STR("gen.yaml"), str_c(text) };

	*d = (struct diags){ .arena = &a };
	return config_read(&src, str_c(base_url), out, &a, d);
}

static const char *message(const struct diags *d)
{
	ck_assert_ptr_nonnull(d->first);
	return str_cstr(d->first->message, &a);
}

START_TEST(an_empty_file_gives_the_defaults)
{
	struct config c;
	struct diags d;

	ck_assert(read("", "", &c, &d));
	ck_assert(str_eq(c.title, STR("Comparisons")));
	ck_assert(str_eq(c.base_path, STR("/")));
	ck_assert_int_eq(c.paginate, 12);
	ck_assert(c.strict_templates);
	ck_assert_int_eq(c.html, HTML_SAFE);
}
END_TEST

START_TEST(the_base_url_gives_origin_and_path)
{
	struct config c;
	struct diags d;

	ck_assert(read("base_url: https://example.org/a/b", "", &c, &d));
	ck_assert(str_eq(c.origin, STR("https://example.org")));
	ck_assert(str_eq(c.base_path, STR("/a/b/")));
	ck_assert(str_eq(c.base_url, STR("https://example.org/a/b/")));
}
END_TEST

START_TEST(the_command_line_replaces_the_base_url)
{
	struct config c;
	struct diags d;

	ck_assert(read("base_url: https://example.org/a/", "/x", &c, &d));
	ck_assert(str_eq(c.base_path, STR("/x/")));
	ck_assert_uint_eq(c.origin.len, 0);
}
END_TEST

START_TEST(a_base_url_without_scheme_is_an_error_with_a_mend)
{
	struct config c;
	struct diags d;

	ck_assert(!read("base_url: example.org", "", &c, &d));
	ck_assert(str_find(d.first->help, STR("https://example.org")) >= 0);
	ck_assert(!read("base_url: https://example.org/?a", "", &c, &d));
}
END_TEST

START_TEST(an_unknown_key_is_an_error_with_its_place)
{
	struct config c;
	struct diags d;

	ck_assert(!read("title: X\npagniate: 3\n", "", &c, &d));
	ck_assert_str_eq(message(&d), "unknown key \"pagniate\"");
	ck_assert_int_eq(d.first->line, 2);
	ck_assert(str_find(d.first->help, STR("paginate")) >= 0);
}
END_TEST

START_TEST(keys_compare_without_case_and_fillers)
{
	struct config c;
	struct diags d;

	ck_assert(read("baseURL: https://example.org\nsummaryLength: 10", "", &c, &d));
	ck_assert(str_eq(c.origin, STR("https://example.org")));
	ck_assert_int_eq(c.summary_length, 10);
}
END_TEST

START_TEST(values_of_the_wrong_kind_are_all_said)
{
	struct config c;
	struct diags d;

	ck_assert(!read("paginate: many\ntoc: perhaps\nhtml: sure\ntimezone: Berlin\nnav: home\ntitle: [a]\n", "", &c,
		&d));
	ck_assert_uint_eq(d.errors, 6);
	ck_assert(!read("paginate: 0", "", &c, &d));
}
END_TEST

START_TEST(limits_reach_their_members)
{
	struct config c;
	struct diags d;

	ck_assert(read("limits: {file: 1000, nesting: 7, table_cells: 9, brackets: 5, output: 11}", "", &c, &d));
	ck_assert_uint_eq(c.markdown.bytes, 1000);
	ck_assert_int_eq(c.markdown.nesting, 7);
	ck_assert_uint_eq(c.markdown.table_cells, 9);
	ck_assert_int_eq(c.markdown.brackets, 5);
	ck_assert_int_eq(c.output_bytes, 11);
	ck_assert(!read("limits: {nestnig: 7}", "", &c, &d));
}
END_TEST

START_TEST(navigation_needs_names_and_addresses)
{
	struct config c;
	struct diags d;

	ck_assert(read("nav: [{name: Tags, url: /tags/}]", "", &c, &d));
	ck_assert_uint_eq(c.nav_count, 1);
	ck_assert(str_eq(c.nav[0].url, STR("/tags/")));
	ck_assert(!read("nav: [{name: Tags}]", "", &c, &d));
}
END_TEST

SUITE("config", an_empty_file_gives_the_defaults, the_base_url_gives_origin_and_path,
	the_command_line_replaces_the_base_url, a_base_url_without_scheme_is_an_error_with_a_mend,
	an_unknown_key_is_an_error_with_its_place, keys_compare_without_case_and_fillers,
	values_of_the_wrong_kind_are_all_said, limits_reach_their_members, navigation_needs_names_and_addresses)
