#include "site/address.h"

#include "base/arena.h"
#include "unit/suite.h"

static struct arena a;

static void expect(str got, const char *wanted)
{
	ck_assert_str_eq(str_cstr(got, &a), wanted);
}

START_TEST(what_is_not_plain_is_percent_encoded)
{
	expect(address_encode(STR("go/errors/"), &a), "go/errors/");
	expect(address_encode(STR("tags/языки/"), &a), "tags/%D1%8F%D0%B7%D1%8B%D0%BA%D0%B8/");
	expect(address_encode(STR("a b?c#d%"), &a), "a%20b%3Fc%23d%25");
}
END_TEST

START_TEST(decoding_happens_once_and_leaves_bad_escapes)
{
	expect(address_decode(STR("a%20b"), &a), "a b");
	expect(address_decode(STR("a%2520b"), &a), "a%20b");
	expect(address_decode(STR("100%"), &a), "100%");
	expect(address_decode(STR("%zz"), &a), "%zz");
}
END_TEST

START_TEST(encoding_and_decoding_are_inverse)
{
	char bytes[255];

	for (int i = 0; i < 255; i++)
		bytes[i] = (char)(i + 1);
	ck_assert(str_eq(address_decode(address_encode(str_new(bytes, 255), &a), &a), str_new(bytes, 255)));
}
END_TEST

START_TEST(schemes_and_hosts_are_external)
{
	ck_assert(address_is_external(STR("https://example.org")));
	ck_assert(address_is_external(STR("mailto:a@example.org")));
	ck_assert(address_is_external(STR("//example.org/x")));
	ck_assert(!address_is_external(STR("/a:b")));
	ck_assert(!address_is_external(STR("a/b:c")));
	ck_assert(!address_is_external(STR("#x")));
	ck_assert(!address_is_external(STR("")));
}
END_TEST

START_TEST(folders_have_an_index_file)
{
	expect(address_file(STR("a/"), &a), "a/index.html");
	expect(address_file(STR(""), &a), "index.html");
	expect(address_file(STR("404.html"), &a), "404.html");
	expect(address_of(STR("/base/"), STR("a b/"), &a), "/base/a%20b/");
}
END_TEST

SUITE("address", what_is_not_plain_is_percent_encoded, decoding_happens_once_and_leaves_bad_escapes,
	encoding_and_decoding_are_inverse, schemes_and_hosts_are_external, folders_have_an_index_file)
