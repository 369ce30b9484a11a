#include "import/fetch.h"

#include "base/arena.h"
#include "unit/suite.h"

static struct arena a;

/* Nothing is asked: these are refused by their address. */
static str refusal(const char *url)
{
	str bytes, extension, why = { 0 };

	ck_assert(!fetch_image(str_c(url), false, &bytes, &extension, &why, &a));
	return why;
}

START_TEST(addresses_that_are_not_of_the_open_internet_are_refused)
{
	static const char *const urls[] = { "http://127.0.0.1/a.png", "http://localhost:8080/", "http://0.0.0.0/",
		"http://10.1.2.3/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/",
		"http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://198.18.0.1/",
		"http://224.0.0.1/", "http://255.255.255.255/", "http://2130706433/", "http://0x7f.1/", "http://0177.1/",
		"http://[::1]/", "http://[::]/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[ff02::1]/",
		"http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/",
		"http://[2001:db8::1]/", "https://127.0.0.1:22/" };

	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
		ck_assert_msg(str_eq(refusal(urls[i]), STR("not on the open internet")), "%s: %s", urls[i],
			refusal(urls[i]).ptr);
}
END_TEST

START_TEST(addresses_that_two_programs_could_read_in_two_ways_are_refused)
{
	static const char *const urls[] = { "", "ftp://example.org/a.png", "file:///etc/passwd", "http://", "http:///a",
		"http://user@example.org/", "http://example.org@127.0.0.1/", "http://example.org\\@127.0.0.1/",
		"http://a b/", "http://a\nb/", "http://example.org:80x/", "http://example.org:/", "http://example.org:123456/",
		"HTTP://example.org/", "//example.org/" };

	for (size_t i = 1; i < sizeof(urls) / sizeof(urls[0]); i++)
		ck_assert_msg(str_eq(refusal(urls[i]), STR("no address that gen reads")), "%s", urls[i]);
}
END_TEST

SUITE("fetch", addresses_that_are_not_of_the_open_internet_are_refused,
	addresses_that_two_programs_could_read_in_two_ways_are_refused)
