#include "site/external.h"

#include "unit/suite.h"

static bool private(const char *host)
{
	return external_is_private(str_c(host));
}

START_TEST(addresses_of_private_networks_are_private)
{
	static const char *const hosts[] = { "localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "127.1", "0x7f000001",
		"2130706433", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
		"0.0.0.0", "224.0.0.1", "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[::]", "intranet",
		"printer.local", "metadata.google.internal", "" };

	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
		ck_assert_msg(private(hosts[i]), "%s", hosts[i]);
}
END_TEST

START_TEST(other_hosts_are_public)
{
	static const char *const hosts[] = { "example.org", "8.8.8.8", "172.32.0.1", "100.128.0.1", "192.169.0.1",
		"[2001:db8::1]", "localhost.example.org", "10.example.org" };

	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
		ck_assert_msg(!private(hosts[i]), "%s", hosts[i]);
}
END_TEST

START_TEST(patterns_are_beginnings_or_have_stars)
{
	str address = STR("https://example.org/a/b.pdf");

	ck_assert(external_matches(STR("https://example.org/"), address));
	ck_assert(!external_matches(STR("example.org"), address));
	ck_assert(external_matches(STR("*.pdf"), address));
	ck_assert(external_matches(STR("*example.org/*"), address));
	ck_assert(external_matches(STR("https://*/a/*.p*f"), address));
	ck_assert(!external_matches(STR("*.pd"), address));
	ck_assert(external_matches(STR("*"), address));
}
END_TEST

SUITE("external", addresses_of_private_networks_are_private, other_hosts_are_public, patterns_are_beginnings_or_have_stars)
