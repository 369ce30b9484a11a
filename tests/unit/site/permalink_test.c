#include "site/permalink.h"

#include "base/arena.h"
#include "base/buf.h"
#include "content/article.h"
#include "unit/suite.h"

static struct arena arena;

static const struct article sample = {
	.section = STR_INIT("Go/Web stuff"),
	.name = STR_INIT("01 Some_file"),
	.title = STR_INIT("Größe & C++: a title"),
	.date = { .year = 2024, .month = 3, .day = 1 },
};

static void assert_path(const char *pattern, const struct article *article, const char *expected)
{
	struct buf out = { .arena = &arena };
	str missing;

	ck_assert(permalink_write(str_c(pattern), article, &out, &missing));
	ck_assert_str_eq(str_cstr(buf_str(&out), &arena), expected);
}

START_TEST(each_token_stands_for_its_part)
{
	assert_path("/:year/:month/:day/:slug/", &sample, "2024/03/01/grosse-c-a-title/");
	assert_path("/:section/:title", &sample, "go/grosse-c-a-title");
	assert_path("/:sections/:filename.html", &sample, "go/web-stuff/01-some-file.html");
	assert_path("/x-:yearday-:weekday/:slugorfilename/", &sample, "x-61-5/01-some-file/");
	assert_path("/:monthname/:weekdayname/:contentbasename/", &sample, "march/friday/01-some-file/");
}
END_TEST

START_TEST(the_slug_of_front_matter_is_as_written)
{
	struct article m = sample;

	m.slug = STR("My_Slug");
	assert_path("/:slug/", &m, "My_Slug/");
	assert_path("/:slugorfilename/", &m, "My_Slug/");
	assert_path("/:title/", &m, "grosse-c-a-title/");
}
END_TEST

START_TEST(an_article_without_a_folder_leaves_no_empty_part)
{
	struct article m = sample;

	m.section = (str){ 0 };
	assert_path("/:sections/:filename/", &m, "01-some-file/");
	assert_path("/a/:section/:filename/", &m, "a/01-some-file/");
}
END_TEST

START_TEST(days_are_counted_from_the_first_of_january)
{
	struct article m = sample;

	m.date = (struct date){ .year = 2023, .month = 12, .day = 31, .hour = 23, .has_time = true };
	assert_path("/:yearday-:weekdayname-:slug/", &m, "365-sunday-grosse-c-a-title/");
	m.date = (struct date){ .year = 1969, .month = 1, .day = 1 };
	assert_path("/:yearday-:weekdayname-:slug/", &m, "1-wednesday-grosse-c-a-title/");
}
END_TEST

START_TEST(what_is_missing_is_named)
{
	struct buf out = { .arena = &arena };
	struct article m = sample;
	str missing;

	m.date.year = 0;
	ck_assert(!permalink_write(STR("/:year/:slug/"), &m, &out, &missing));
	ck_assert(str_eq(missing, STR("date")));
	m.title = STR("!!!");
	ck_assert(!permalink_write(STR("/:title/"), &m, &out, &missing));
	ck_assert(str_eq(missing, STR("title")));
}
END_TEST

START_TEST(patterns_are_checked)
{
	static const char *const wrong[] = { "", ":slug", "/:slugg/", "/:/", "/a//:slug/", "/./:slug/", "/:slug/?a",
		"/:slug#a", "/a\\:slug/", "/:year/", "/:sections/", "/" };
	static const char *const right[] = { "/:slug/", "/:slug", "/:year/:month/:title.html", "/a:slug/", "/:filename/x/" };
	struct diags d = { .arena = &arena };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ck_assert_msg(!permalink_check(str_c(wrong[i]), (loc){ 0 }, &d), "'%s' is taken", wrong[i]);
	ck_assert_uint_eq(d.errors, sizeof(wrong) / sizeof(wrong[0]));
	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++)
		ck_assert_msg(permalink_check(str_c(right[i]), (loc){ 0 }, &d), "'%s' is refused", right[i]);
}
END_TEST

SUITE("permalink", each_token_stands_for_its_part, the_slug_of_front_matter_is_as_written, an_article_without_a_folder_leaves_no_empty_part, days_are_counted_from_the_first_of_january, what_is_missing_is_named, patterns_are_checked)
