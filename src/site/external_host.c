/* Which hosts and addresses are asked at all. */
#include "site/external.h"

#include <arpa/inet.h>
#include <netinet/in.h>

static bool is_private_v4(uint32_t ip)
{
	return ip >> 24 == 0 || ip >> 24 == 10 || ip >> 24 == 127 || ip >> 20 == 0xac1 || ip >> 16 == 0xc0a8 ||
	       ip >> 16 == 0xa9fe || ip >> 22 == 0x191 || ip >> 28 >= 0xe;
}

static bool is_private_v6(const struct in6_addr *ip)
{
	if (IN6_IS_ADDR_V4MAPPED(ip))
		return is_private_v4((uint32_t)ip->s6_addr[12] << 24 | (uint32_t)ip->s6_addr[13] << 16 |
				     (uint32_t)ip->s6_addr[14] << 8 | ip->s6_addr[15]);
	return IN6_IS_ADDR_LOOPBACK(ip) || IN6_IS_ADDR_UNSPECIFIED(ip) || IN6_IS_ADDR_LINKLOCAL(ip) ||
	       (ip->s6_addr[0] & 0xfe) == 0xfc || ip->s6_addr[0] == 0xff;
}

bool external_is_private(str host)
{
	static const str ends[] = { STR_INIT(".localhost"), STR_INIT(".local"), STR_INIT(".internal"), STR_INIT(".lan") };
	char name[256];
	struct in_addr v4;
	struct in6_addr v6;

	if (str_starts(host, STR("[")) && str_ends(host, STR("]")))
		host = str_sub(host, 1, host.len - 1);
	if (str_ends(host, STR(".")))
		host.len--;
	if (host.len == 0 || host.len >= sizeof(name))
		return true;
	memcpy(name, host.ptr, host.len);
	name[host.len] = '\0';
	if (inet_pton(AF_INET6, name, &v6) == 1)
		return is_private_v6(&v6);
	/* As curl reads them: "127.1" and "0x7f000001" are addresses too. */
	if (inet_aton(name, &v4))
		return is_private_v4(ntohl(v4.s_addr));
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (host.len > ends[i].len && str_eq_nocase(str_from(host, host.len - ends[i].len), ends[i]))
			return true;
	return str_find_char(host, '.') < 0;
}

/* Greedy with one way back: linear in all but the worst cases, and those are bounded by the product of the lengths. */
static bool matches(str pattern, str text)
{
	size_t p = 0, t = 0, star = SIZE_MAX, from = 0;

	while (t < text.len) {
		if (p < pattern.len && pattern.ptr[p] == '*') {
			star = p++;
			from = t;
		} else if (p < pattern.len && pattern.ptr[p] == text.ptr[t]) {
			p++;
			t++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			t = ++from;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.ptr[p] == '*')
		p++;
	return p == pattern.len;
}

bool external_matches(str pattern, str address)
{
	if (str_find_char(pattern, '*') < 0)
		return str_starts(address, pattern);
	return matches(pattern, address);
}
