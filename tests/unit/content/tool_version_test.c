#include "content/tool_version.h"

#include "unit/suite.h"

START_TEST(the_first_number_with_a_dot_is_the_version)
{
	static const char *const cases[][2] = {
		{ "go version go1.26.8 linux/amd64", "1.26.8" },
		{ "Python 3.11.7", "3.11.7" },
		{ "Node.js v20.11.0", "20.11.0" },
		{ "cc (Debian 12.2.0-14) 12.2.0", "12.2.0" },
		{ "GNU bash, version 5.2.15(1)-release", "5.2.15" },
		{ "javac 21", "21" },
		{ "rev 7 of tool 1.2.", "1.2" },
		{ "no number", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_msg(str_eq(tool_version(str_c(cases[i][0])), str_c(cases[i][1])), "%s", cases[i][0]);
}
END_TEST

START_TEST(versions_compare_by_numbers)
{
	ck_assert_int_lt(tool_version_cmp(STR("1.9"), STR("1.22")), 0);
	ck_assert_int_gt(tool_version_cmp(STR("3.11.7"), STR("3.9")), 0);
	ck_assert_int_eq(tool_version_cmp(STR("1.22.3"), STR("1.22")), 0);
	ck_assert_int_eq(tool_version_cmp(STR("1"), STR("1.22")), 0);
	ck_assert_int_gt(tool_version_cmp(STR("99999999999999999999999"), STR("5")), 0);
}
END_TEST

START_TEST(only_numbers_with_dots_between_are_versions)
{
	ck_assert(tool_version_is(STR("1")));
	ck_assert(tool_version_is(STR("1.20")));
	ck_assert(!tool_version_is(STR("")));
	ck_assert(!tool_version_is(STR("1.")));
	ck_assert(!tool_version_is(STR("v1.2")));
	ck_assert(!tool_version_is(STR("1.2-rc1")));
}
END_TEST

SUITE("tool_version", the_first_number_with_a_dot_is_the_version, versions_compare_by_numbers,
	only_numbers_with_dots_between_are_versions)
