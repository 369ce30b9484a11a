#include "unit/suite.h"

#include "preview/address.h"

static char room[1024];

START_TEST(a_path_is_decoded_once)
{
	struct address a;

	ck_assert(address_read(STR("/a%20b/%252e?x=%2F"), room, &a));
	ck_assert(str_eq(a.path, STR("/a b/%2e")));
	ck_assert(str_eq(a.raw, STR("/a%20b/%252e")));
	ck_assert(str_eq(a.query, STR("?x=%2F")));
}
END_TEST

START_TEST(an_absolute_target_names_its_host)
{
	struct address a;

	ck_assert(address_read(STR("HTTP://evil.example:80/x"), room, &a));
	ck_assert(str_eq(a.host, STR("evil.example:80")));
	ck_assert(str_eq(a.path, STR("/x")));
	ck_assert(address_read(STR("http://localhost"), room, &a));
	ck_assert(str_eq(a.path, STR("/")));
	ck_assert(!address_read(STR("https://localhost/"), room, &a));
	ck_assert(!address_read(STR("http:///x"), room, &a));
}
END_TEST

START_TEST(ways_out_are_refused)
{
	static const str rows[] = { STR_INIT(""), STR_INIT("a"), STR_INIT("*"), STR_INIT("/.."),
		STR_INIT("/../a"), STR_INIT("/a/../b"), STR_INIT("/a/.."), STR_INIT("/./a"),
		STR_INIT("/%2e%2e/a"), STR_INIT("/%2E./a"), STR_INIT("/a\\b"),
		STR_INIT("/a%5cb"), STR_INIT("/a%2fb"), STR_INIT("/a%2Fb"), STR_INIT("/%00"),
		STR_INIT("/a%0ab"), STR_INIT("/a%7f"), STR_INIT("/%"), STR_INIT("/%4"),
		STR_INIT("/%4g"), STR_INIT("/%g4"), STR_INIT("/a#b"), STR_INIT("/a\x01"),
		STR_INIT("/a%u0041") };
	struct address a;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(!address_read(rows[i], room, &a), "%.*s", STR_ARG(rows[i]));
}
END_TEST

START_TEST(names_with_dots_in_them_are_no_way_out)
{
	struct address a;

	ck_assert(address_read(STR("/..a/b..c/..."), room, &a));
}
END_TEST

START_TEST(a_host_has_a_name_and_a_port)
{
	str host, port;

	ck_assert(address_split_host(STR("localhost:1313"), &host, &port));
	ck_assert(str_eq(host, STR("localhost")) && str_eq(port, STR("1313")));
	ck_assert(address_split_host(STR("[::1]:80"), &host, &port));
	ck_assert(str_eq(host, STR("[::1]")) && str_eq(port, STR("80")));
	ck_assert(address_split_host(STR("[::1]"), &host, &port));
	ck_assert(!address_split_host(STR(""), &host, &port));
	ck_assert(!address_split_host(STR("a b"), &host, &port));
	ck_assert(!address_split_host(STR("a:b"), &host, &port));
	ck_assert(!address_split_host(STR("a:123456"), &host, &port));
	ck_assert(!address_split_host(STR("a@b"), &host, &port));
	ck_assert(!address_split_host(STR("::1"), &host, &port));
	ck_assert(!address_split_host(STR("[::1]x"), &host, &port));
	ck_assert(!address_split_host(STR("[g]"), &host, &port));
}
END_TEST

START_TEST(only_our_names_are_ours)
{
	static const str names[] = { STR_INIT("192.168.1.2"), STR_INIT(""),
		STR_INIT("example.org") };
	static const str ours[] = { STR_INIT("localhost"), STR_INIT("LOCALHOST"),
		STR_INIT("localhost."), STR_INIT("a.localhost"), STR_INIT("127.0.0.1"),
		STR_INIT("[::1]"), STR_INIT("192.168.1.2"), STR_INIT("Example.org") };
	static const str others[] = { STR_INIT("evil.example"),
		STR_INIT("localhost.evil.example"), STR_INIT("127.0.0.1.evil.example"),
		STR_INIT("xlocalhost"), STR_INIT(".localhost"), STR_INIT("www.example.org"),
		STR_INIT("192.168.1.3"), STR_INIT(""), STR_INIT("0.0.0.0"),
		STR_INIT("2130706433"), STR_INIT("127.1") };

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		ck_assert_msg(address_is_ours(ours[i], names, 3), "%.*s", STR_ARG(ours[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		ck_assert_msg(
			!address_is_ours(others[i], names, 3), "%.*s", STR_ARG(others[i]));
}
END_TEST

START_TEST(numbers_are_told_from_names)
{
	ck_assert(address_is_numeric(STR("10.0.0.1")));
	ck_assert(address_is_numeric(STR("[fe80::1]")));
	ck_assert(!address_is_numeric(STR("10.0.0")));
	ck_assert(!address_is_numeric(STR("10.0.0.1.evil")));
	ck_assert(!address_is_numeric(STR("10..0.1")));
	ck_assert(!address_is_numeric(STR("")));
}
END_TEST

START_TEST(hidden_files_are_not_public)
{
	ck_assert(address_is_public(STR("/")));
	ck_assert(address_is_public(STR("/a/b.html")));
	ck_assert(address_is_public(STR("/.well-known/security.txt")));
	ck_assert(!address_is_public(STR("/.well-known")));
	ck_assert(!address_is_public(STR("/.well-known/.x")));
	ck_assert(!address_is_public(STR("/a/.well-known/x")));
	ck_assert(!address_is_public(STR("/.git/config")));
	ck_assert(!address_is_public(STR("/a/.env")));
}
END_TEST

SUITE("address", a_path_is_decoded_once, an_absolute_target_names_its_host,
	ways_out_are_refused, names_with_dots_in_them_are_no_way_out,
	a_host_has_a_name_and_a_port, only_our_names_are_ours, numbers_are_told_from_names,
	hidden_files_are_not_public)
