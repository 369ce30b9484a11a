#include "base/arena.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/utf8.h"
#include "unit/suite.h"

static struct arena a;

static void expect(str got, const char *wanted)
{
	ck_assert_str_eq(str_cstr(got, &a), wanted);
}

START_TEST(paths_come_apart_and_together)
{
	expect(path_join(STR("a/"), STR("b"), &a), "a/b");
	expect(path_join(STR("a"), STR("/b"), &a), "/b");
	expect(path_join(STR(""), STR("b"), &a), "b");
	expect(path_folder(STR("a/b/c.md")), "a/b");
	expect(path_folder(STR("c.md")), "");
	expect(path_extension(STR("a.b/c.md")), ".md");
	expect(path_extension(STR("a/.hidden")), "");
	expect(path_stem(STR("a/c.tar.gz")), "c.tar");
}
END_TEST

START_TEST(clean_paths_have_no_dots_and_show_when_they_leave)
{
	expect(path_clean(STR("./a//b/../c/"), &a), "a/c");
	expect(path_clean(STR("../../x"), &a), "../../x");
	expect(path_clean(STR("/../x"), &a), "/x");
	expect(path_clean(STR("a/.."), &a), "");
	ck_assert(path_leaves(STR("../x")));
	ck_assert(path_leaves(STR("/x")));
	ck_assert(!path_leaves(STR("..x")));
}
END_TEST

START_TEST(dates_are_read_in_all_forms)
{
	struct date d;

	ck_assert(date_read(STR("2026-03-01"), &d));
	ck_assert(!d.has_time);
	ck_assert(date_read(STR("2026-03-01 12:30"), &d));
	ck_assert_int_eq(d.minute, 30);
	ck_assert(date_read(STR("2026-03-01T12:30:15.25Z"), &d));
	ck_assert(d.has_offset);
	ck_assert(date_read(STR("2026-03-01T12:30:15+05:30"), &d));
	ck_assert_int_eq(d.offset_minutes, 330);
	expect(date_iso(&d, 0, &a), "2026-03-01T12:30:15+05:30");
}
END_TEST

START_TEST(days_that_do_not_exist_are_refused)
{
	struct date d;

	ck_assert(!date_read(STR("2026-02-29"), &d));
	ck_assert(date_read(STR("2024-02-29"), &d));
	ck_assert(!date_read(STR("1900-02-29"), &d));
	ck_assert(!date_read(STR("2026-13-01"), &d));
	ck_assert(!date_read(STR("2026-1-1"), &d));
	ck_assert(!date_read(STR("soon"), &d));
	ck_assert(!date_read(STR("2026-03-01T25:00"), &d));
	ck_assert(!date_read(STR("2026-03-01 12:30 x"), &d));
}
END_TEST

START_TEST(epochs_and_dates_are_inverse)
{
	for (int64_t t = -3000000000; t < 8000000000; t += 86399 * 1001) {
		struct date d = date_at(t, 90);

		ck_assert(date_epoch(&d, 0) == t);
	}
	expect(date_human(&(struct date){ .year = 2026, .month = 11, .day = 20 }, &a), "20 November 2026");
}
END_TEST

START_TEST(sha256_is_that_of_the_standard)
{
	/* FIPS 180-4 examples. */
	expect(sha256_hex(STR("abc"), &a), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	expect(sha256_hex(STR(""), &a), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	expect(sha256_hex(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), &a),
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
END_TEST

START_TEST(bad_utf8_is_found_at_its_place)
{
	ck_assert_int_eq(utf8_invalid(STR("plain ascii text")), -1);
	ck_assert_int_eq(utf8_invalid(STR("h\xc3\xa9llo w\xc3\xb6rld \xf0\x9f\x8e\x89")), -1);
	ck_assert_int_eq(utf8_invalid(STR("abcdefghij\xff")), 10);
	ck_assert_int_eq(utf8_invalid(STR("\xc0\x80")), 0);
	ck_assert_int_eq(utf8_invalid(STR("\xed\xa0\x80")), 0);
	ck_assert_int_eq(utf8_invalid(STR("a\xe2\x82")), 1);
}
END_TEST

START_TEST(slugs_fold_latin_and_keep_other_letters)
{
	expect(slug_from(STR("Go vs. Python: 2026!"), &a), "go-vs-python-2026");
	expect(slug_from(STR("Über Größe"), &a), "uber-grosse");
	expect(slug_from(STR("Don't panic"), &a), "dont-panic");
	expect(slug_from(STR("Языки"), &a), "языки");
	expect(slug_from(STR("snake_case"), &a), "snake-case");
	expect(slug_from(STR("!!!"), &a), "");
}
END_TEST

START_TEST(folding_makes_case_equal)
{
	expect(utf8_fold(STR("STRASSE"), &a), "strasse");
	expect(utf8_fold(STR("Straße"), &a), "strasse");
	expect(utf8_lower(STR("ÄÖ"), &a), "äö");
}
END_TEST

SUITE("text", paths_come_apart_and_together, clean_paths_have_no_dots_and_show_when_they_leave,
	dates_are_read_in_all_forms, days_that_do_not_exist_are_refused, epochs_and_dates_are_inverse,
	sha256_is_that_of_the_standard, bad_utf8_is_found_at_its_place, slugs_fold_latin_and_keep_other_letters,
	folding_makes_case_equal)
