/* What is inside is looked at by another program: tests/examples/take_along.py. */
#include "output/zip.h"

#include "base/arena.h"
#include "base/buf.h"
#include "unit/suite.h"

static const struct zip_file files[] = { { STR_INIT("a.txt"), STR_INIT("one\n") },
	{ STR_INIT("leer.txt"), STR_INIT("") }, { STR_INIT("b/c.txt"), STR_INIT("two\n") } };

START_TEST(the_same_files_give_the_same_bytes)
{
	struct arena a = { 0 };
	struct buf first = { .arena = &a }, second = { .arena = &a };

	ck_assert(zip_write(STR("x"), files, 3, &first));
	ck_assert(zip_write(STR("x"), files, 3, &second));
	ck_assert(str_eq(buf_str(&first), buf_str(&second)));
	ck_assert(str_starts(buf_str(&first), STR("PK\3\4")));
	arena_free(&a);
}
END_TEST

START_TEST(it_is_appended_to_what_is_there)
{
	struct arena a = { 0 };
	struct buf alone = { .arena = &a }, behind = { .arena = &a };

	buf_add(&behind, STR("before"));
	ck_assert(zip_write(STR("x"), files, 3, &alone));
	ck_assert(zip_write(STR("x"), files, 3, &behind));
	ck_assert(str_eq(str_from(buf_str(&behind), 6), buf_str(&alone)));
	arena_free(&a);
}
END_TEST

START_TEST(names_stand_below_the_folder)
{
	struct arena a = { 0 };
	struct buf out = { .arena = &a };

	ck_assert(zip_write(STR("größe"), files, 3, &out));
	ck_assert_int_ge(str_find(buf_str(&out), STR("größe/b/c.txt")), 0);
	arena_free(&a);
}
END_TEST

SUITE("zip", the_same_files_give_the_same_bytes, it_is_appended_to_what_is_there, names_stand_below_the_folder)
