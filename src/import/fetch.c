#include "import/fetch.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/process.h"

enum { MOST_BYTES = 10 * 1000 * 1000, MOST_HOPS = 4, SECONDS = 60, HTTP_OK = 200 };

const str fetch_extensions[6] = { STR_INIT(".png"), STR_INIT(".jpg"), STR_INIT(".gif"), STR_INIT(".webp"),
	STR_INIT(".avif"), STR_INIT("") };

struct place {
	str host, port;
	bool literal; /* the host is an address already */
};

/* "https://host:port/..."; no user, and nothing that two programs could read in two ways. */
static bool split_url(str url, struct place *out)
{
	bool secure = str_starts(url, STR("https://"));
	str rest = str_from(url, secure ? 8 : 7), authority;
	size_t end = 0;
	ptrdiff_t colon;

	if (!secure && !str_starts(url, STR("http://")))
		return false;
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.ptr[i] <= 0x20 || url.ptr[i] == 0x7f || url.ptr[i] == '\\')
			return false;
	while (end < rest.len && !strchr("/?#", rest.ptr[end]))
		end++;
	authority = str_sub(rest, 0, end);
	if (authority.len == 0 || str_find_char(authority, '@') >= 0)
		return false;
	out->port = secure ? STR("443") : STR("80");
	out->literal = authority.ptr[0] == '[';
	out->host = authority;
	colon = out->literal ? str_find(authority, STR("]:")) : str_find_char(authority, ':');
	if (colon >= 0) {
		out->port = str_from(authority, (size_t)colon + (out->literal ? 2 : 1));
		out->host = str_sub(authority, 0, (size_t)colon + (out->literal ? 1 : 0));
	}
	if (out->literal)
		out->host = str_sub(out->host, 1, out->host.len - 1);
	for (size_t i = 0; i < out->port.len; i++)
		if (out->port.ptr[i] < '0' || out->port.ptr[i] > '9')
			return false;
	return out->host.len > 0 && out->port.len > 0 && out->port.len < 6;
}

/* The blocks of IANA's registry of special-purpose addresses (RFC 6890 and later), and multicast. */
static bool is_open_v4(uint32_t ip)
{
	static const struct {
		uint32_t net;
		int bits;
	} closed[] = { { 0x00000000, 8 }, { 0x0a000000, 8 }, { 0x64400000, 10 }, { 0x7f000000, 8 }, { 0xa9fe0000, 16 },
		{ 0xac100000, 12 }, { 0xc0000000, 24 }, { 0xc0000200, 24 }, { 0xc0586300, 24 }, { 0xc0a80000, 16 },
		{ 0xc6120000, 15 }, { 0xc6336400, 24 }, { 0xcb007100, 24 }, { 0xe0000000, 3 } };

	for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++)
		if (ip >> (32 - closed[i].bits) == closed[i].net >> (32 - closed[i].bits))
			return false;
	return true;
}

static uint32_t four_bytes(const unsigned char *b)
{
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* Global unicast is 2000::/3; some of it stands for an address of IPv4, or is for documents. */
static bool is_open_v6(const unsigned char *b)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
	static const unsigned char nat64[12] = { 0, 0x64, 0xff, 0x9b };

	if (memcmp(b, mapped, 12) == 0 || memcmp(b, nat64, 12) == 0)
		return is_open_v4(four_bytes(b + 12));
	if (b[0] == 0x20 && b[1] == 0x02)
		return is_open_v4(four_bytes(b + 2));
	if (b[0] == 0x20 && b[1] == 0x01 && (b[2] < 2 || (b[2] == 0x0d && b[3] == 0xb8)))
		return false;
	return (b[0] & 0xe0) == 0x20;
}

static bool is_open(const struct sockaddr *a)
{
	if (a->sa_family == AF_INET)
		return is_open_v4(ntohl(((const struct sockaddr_in *)a)->sin_addr.s_addr));
	return a->sa_family == AF_INET6 && is_open_v6(((const struct sockaddr_in6 *)a)->sin6_addr.s6_addr);
}

static bool refuse(str *why, const char *words)
{
	*why = str_c(words);
	return false;
}

/* One address of the host that may be asked, as text. */
static bool look_up(const struct place *p, bool private_too, str *address, str *why, struct arena *a)
{
	const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV };
	struct addrinfo *list;
	char text[INET6_ADDRSTRLEN] = "";
	bool refused = false;
	int error = getaddrinfo(str_cstr(p->host, a), str_cstr(p->port, a), &wanted, &list);

	if (error)
		return refuse(why, "no such host");
	for (const struct addrinfo *at = list; at && !*text; at = at->ai_next) {
		const void *bytes = at->ai_family == AF_INET
					    ? (const void *)&((const struct sockaddr_in *)at->ai_addr)->sin_addr
					    : (const void *)&((const struct sockaddr_in6 *)at->ai_addr)->sin6_addr;

		if (private_too || is_open(at->ai_addr))
			inet_ntop(at->ai_family, bytes, text, sizeof(text));
		else
			refused = true;
	}
	freeaddrinfo(list);
	*address = str_copy(str_c(text), a);
	if (*text)
		return true;
	return refuse(why, refused ? "not on the open internet" : "no such host");
}

static bool run_curl(str url, const struct place *p, str address, struct process_result *r, struct arena *a)
{
	str fixed = str_printf(a, STR_FMT ":" STR_FMT ":%s" STR_FMT "%s", STR_ARG(p->host), STR_ARG(p->port),
		str_find_char(address, ':') >= 0 ? "[" : "", STR_ARG(address),
		str_find_char(address, ':') >= 0 ? "]" : "");
	/* --disable comes first: no curlrc is read. */
	const char *argv[] = { "curl", "--disable", "--silent", "--show-error", "--globoff", "--noproxy", "*", "--proto",
		"=http,https", "--max-redirs", "0", "--connect-timeout", "10", "--max-time", "50", "--max-filesize",
		"10000000", "--header", "Accept: image/avif,image/webp,image/png,image/jpeg,image/gif", "--user-agent",
		"gen-import", "--write-out", "%{stderr}\n%{http_code} %{redirect_url}", "--url", str_cstr(url, a),
		p->literal ? NULL : "--resolve", fixed.ptr, NULL };
	const struct process call = { .argv = argv, .seconds = SECONDS, .output_limit = MOST_BYTES };

	process_run(&call, r, a);
	return process_fine(r);
}

static str first_line_of(str said)
{
	return str_trim(str_cut(str_trim(said), '\n').head);
}

/* One request: true with 200; `url` becomes where a redirect leads, else it becomes empty. */
static bool ask(str *url, bool private_too, str *bytes, str *why, struct arena *a)
{
	struct process_result r;
	struct place p;
	str address, last;
	uint64_t status = 0;
	bool fine;

	*bytes = (str){ 0 };
	if (!split_url(*url, &p)) {
		*url = (str){ 0 };
		return refuse(why, "no address that gen reads");
	}
	fine = look_up(&p, private_too, &address, why, a);
	if (!fine) {
		*url = (str){ 0 };
		return false;
	}
	fine = run_curl(*url, &p, address, &r, a);
	last = str_from(r.err, (size_t)(str_rfind_char(r.err, '\n') + 1));
	*url = fine ? str_trim(str_cut(last, ' ').tail) : (str){ 0 };
	if (r.end == PROCESS_FLOOD)
		return refuse(why, "larger than 10 MB");
	if (!fine) {
		*why = r.end == PROCESS_EXITED ? first_line_of(r.err) : STR("takes too long");
		return false;
	}
	str_to_u64(str_cut(last, ' ').head, &status);
	*bytes = r.out;
	*why = str_printf(a, "status %llu", (unsigned long long)status);
	return status == HTTP_OK;
}

/* By what is in it, whatever the host says that it is. SVG is not among them: it can hold scripts. */
static str kind_of(str b)
{
	if (str_starts(b, STR("\x89PNG\r\n\x1a\n")))
		return fetch_extensions[0];
	if (str_starts(b, STR("\xff\xd8\xff")))
		return fetch_extensions[1];
	if (str_starts(b, STR("GIF87a")) || str_starts(b, STR("GIF89a")))
		return fetch_extensions[2];
	if (str_starts(b, STR("RIFF")) && str_eq(str_sub(b, 8, 12), STR("WEBP")))
		return fetch_extensions[3];
	if (str_eq(str_sub(b, 4, 12), STR("ftypavif")) || str_eq(str_sub(b, 4, 12), STR("ftypavis")))
		return fetch_extensions[4];
	return (str){ 0 };
}

bool fetch_image(str url, bool private_too, str *bytes, str *extension, str *why, struct arena *a)
{
	bool fine = false;

	for (int hop = 0; hop < MOST_HOPS && url.len && !fine; hop++)
		fine = ask(&url, private_too, bytes, why, a);
	if (!fine)
		return url.len ? refuse(why, "redirected too often") : false;
	*extension = kind_of(*bytes);
	return extension->len > 0 || refuse(why, "no PNG, JPEG, GIF, WebP, AVIF");
}

bool fetch_ready(struct arena *a, struct diags *d)
{
	const char *const argv[] = { "curl", "--version", NULL };
	const struct process call = { .argv = argv, .seconds = SECONDS };
	struct process_result r;

	process_run(&call, &r, a);
	if (process_fine(&r))
		return true;
	diag_error(d, (loc){ 0 }, "import", "cannot fetch images: there is no program curl");
	diag_help(d, "install curl, or import without --fetch-images");
	return false;
}
