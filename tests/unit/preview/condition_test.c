#include "unit/suite.h"

#include "preview/condition.h"

START_TEST(tags_are_found_in_lists)
{
	str tag = STR("\"ab\"");

	ck_assert(condition_lists_tag(STR("\"ab\""), tag));
	ck_assert(condition_lists_tag(STR("W/\"ab\""), tag));
	ck_assert(condition_lists_tag(STR("\"x\", W/\"y,z\" ,\"ab\""), tag));
	ck_assert(condition_lists_tag(STR(" * "), tag));
	ck_assert(!condition_lists_tag(STR("\"abc\""), tag));
	ck_assert(!condition_lists_tag(STR("ab"), tag));
	ck_assert(!condition_lists_tag(STR("\"ab"), tag));
	ck_assert(!condition_lists_tag(STR(""), tag));
	ck_assert(!condition_lists_tag(STR("\"x\" \"ab\""), tag));
}
END_TEST

START_TEST(all_three_forms_of_dates_are_read)
{
	int64_t t;
	char text[CONDITION_DATE_BYTES];

	ck_assert(condition_read_date(STR("Sun, 06 Nov 1994 08:49:37 GMT"), &t));
	ck_assert_int_eq(t, 784111777);
	ck_assert(condition_read_date(STR("Sunday, 06-Nov-94 08:49:37 GMT"), &t));
	ck_assert_int_eq(t, 784111777);
	ck_assert(condition_read_date(STR("Sun Nov  6 08:49:37 1994"), &t));
	ck_assert_int_eq(t, 784111777);
	condition_write_date(784111777, text);
	ck_assert_str_eq(text, "Sun, 06 Nov 1994 08:49:37 GMT");
}
END_TEST

START_TEST(other_dates_are_not)
{
	static const str rows[] = { STR_INIT(""), STR_INIT("now"),
		STR_INIT("Sun, 06 Nov 1994 08:49:37 CET"),
		STR_INIT("Sun, 06 Nov 1994 24:49:37 GMT"),
		STR_INIT("Sun, 06 Nox 1994 08:49:37 GMT"),
		STR_INIT("Sun, 00 Nov 1994 08:49:37 GMT"),
		STR_INIT("Sun, 06 Nov 1994 08.49.37 GMT"), STR_INIT("1994-11-06T08:49:37Z"),
		STR_INIT("Sun, 06 Nov 19x4 08:49:37 GMT") };
	int64_t t;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(!condition_read_date(rows[i], &t), "%.*s", STR_ARG(rows[i]));
}
END_TEST

START_TEST(ranges_are_read)
{
	static const struct {
		str text;
		enum range kind;
		uint64_t from, to;
	} rows[] = {
		{ STR_INIT("bytes=0-0"), RANGE_PART, 0, 1 },
		{ STR_INIT("bytes=2-5"), RANGE_PART, 2, 6 },
		{ STR_INIT("BYTES=2-5"), RANGE_PART, 2, 6 },
		{ STR_INIT("bytes=2-"), RANGE_PART, 2, 10 },
		{ STR_INIT("bytes=2-99"), RANGE_PART, 2, 10 },
		{ STR_INIT("bytes=-3"), RANGE_PART, 7, 10 },
		{ STR_INIT("bytes=-30"), RANGE_PART, 0, 10 },
		{ STR_INIT("bytes=9-99999999999999999999999"), RANGE_PART, 9, 10 },
		{ STR_INIT("bytes=10-"), RANGE_IMPOSSIBLE, 0, 0 },
		{ STR_INIT("bytes=99999999999999999999999-"), RANGE_IMPOSSIBLE, 0, 0 },
		{ STR_INIT("bytes=-0"), RANGE_IMPOSSIBLE, 0, 0 },
		{ STR_INIT("bytes=5-2"), RANGE_NONE, 0, 0 },
		{ STR_INIT("bytes=0-1,3-4"), RANGE_NONE, 0, 0 },
		{ STR_INIT("bytes=a-b"), RANGE_NONE, 0, 0 },
		{ STR_INIT("bytes=-"), RANGE_NONE, 0, 0 },
		{ STR_INIT("bytes=1"), RANGE_NONE, 0, 0 },
		{ STR_INIT("bytes=1-2-3"), RANGE_NONE, 0, 0 },
		{ STR_INIT("lines=1-2"), RANGE_NONE, 0, 0 },
		{ STR_INIT(""), RANGE_NONE, 0, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint64_t from = 0, to = 0;
		enum range kind = condition_read_range(rows[i].text, 10, &from, &to);

		ck_assert_msg(kind == rows[i].kind, "%.*s", STR_ARG(rows[i].text));
		if (kind == RANGE_PART)
			ck_assert_msg(from == rows[i].from && to == rows[i].to, "%.*s",
				STR_ARG(rows[i].text));
	}
}
END_TEST

START_TEST(an_empty_file_has_no_ranges)
{
	uint64_t from, to;

	ck_assert_int_eq(
		condition_read_range(STR("bytes=0-"), 0, &from, &to), RANGE_IMPOSSIBLE);
	ck_assert_int_eq(
		condition_read_range(STR("bytes=-5"), 0, &from, &to), RANGE_IMPOSSIBLE);
}
END_TEST

START_TEST(gzip_is_taken_where_it_is_wanted)
{
	ck_assert(condition_takes_gzip(STR("gzip")));
	ck_assert(condition_takes_gzip(STR("deflate, GZip;q=0.5, br")));
	ck_assert(condition_takes_gzip(STR("*")));
	ck_assert(!condition_takes_gzip(STR("")));
	ck_assert(!condition_takes_gzip(STR("br")));
	ck_assert(!condition_takes_gzip(STR("gzip;q=0")));
	ck_assert(!condition_takes_gzip(STR("gzip; q=0.000, *")));
	ck_assert(!condition_takes_gzip(STR("*;q=0")));
}
END_TEST

SUITE("condition", tags_are_found_in_lists, all_three_forms_of_dates_are_read,
	other_dates_are_not, ranges_are_read, an_empty_file_has_no_ranges,
	gzip_is_taken_where_it_is_wanted)
