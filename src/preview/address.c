#include "preview/address.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool decode(str raw, char *room, str *out)
{
	size_t len = 0;

	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.ptr[i];

		if (c == '%') {
			int high = i + 2 < raw.len ? hex_digit(raw.ptr[i + 1]) : -1;
			int low = i + 2 < raw.len ? hex_digit(raw.ptr[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			if (c == '/')
				return false;
			i += 2;
		}
		if ((unsigned char)c < 0x20 || c == 0x7f || c == '\\')
			return false;
		room[len++] = c;
	}
	*out = str_new(room, len);
	return true;
}

static bool has_dots(str path)
{
	while (path.len) {
		struct str_pair cut = str_cut(path, '/');

		if (str_eq(cut.head, STR(".")) || str_eq(cut.head, STR("..")))
			return true;
		path = cut.tail;
	}
	return false;
}

/* "http://host/path" -> "/path"; a proxy's form that every server must take (RFC 9112, 3.2.2).
 */
static bool cut_origin(str *target, str *host)
{
	ptrdiff_t slash;

	if (target->len < 7 || !str_eq_nocase(str_sub(*target, 0, 7), STR("http://")))
		return false;
	*target = str_from(*target, 7);
	slash = str_find_char(*target, '/');
	*host = str_sub(*target, 0, slash < 0 ? target->len : (size_t)slash);
	*target = slash < 0 ? STR("/") : str_from(*target, (size_t)slash);
	return host->len > 0;
}

bool address_read(str target, char *room, struct address *out)
{
	struct str_pair cut;

	*out = (struct address){ 0 };
	if (target.len == 0 || (target.ptr[0] != '/' && !cut_origin(&target, &out->host)))
		return false;
	if (str_find_char(target, '#') >= 0)
		return false;
	cut = str_cut(target, '?');
	out->raw = cut.head;
	out->query = str_from(target, cut.head.len);
	return decode(cut.head, room, &out->path) && !has_dots(out->path);
}

static bool is_name_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '-' || c == '.' || c == '_';
}

static bool is_all_digits(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return true;
}

static bool is_name(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_name_char(s.ptr[i]))
			return false;
	return s.len > 0 && s.len < 256;
}

/* "[::1]", loosely: what cannot be an address is in no list of names either. */
static bool is_bracketed(str s)
{
	if (s.len < 4 || s.len > 48 || s.ptr[0] != '[' || s.ptr[s.len - 1] != ']')
		return false;
	for (size_t i = 1; i + 1 < s.len; i++)
		if (hex_digit(s.ptr[i]) < 0 && s.ptr[i] != ':' && s.ptr[i] != '.')
			return false;
	return true;
}

bool address_split_host(str value, str *host, str *port)
{
	ptrdiff_t bracket = str_find_char(value, ']');
	size_t colon;

	for (colon = bracket < 0 ? 0 : (size_t)bracket;
		colon < value.len && value.ptr[colon] != ':';)
		colon++;
	*host = str_sub(value, 0, colon);
	*port = str_from(value, colon + 1);
	return (is_name(*host) || is_bracketed(*host)) && is_all_digits(*port) &&
	       port->len <= 5;
}

bool address_is_numeric(str host)
{
	int dots = 0;
	bool digit = false;

	if (is_bracketed(host))
		return true;
	for (size_t i = 0; i < host.len; i++) {
		if (host.ptr[i] == '.') {
			if (!digit)
				return false;
			dots++;
			digit = false;
		} else if (host.ptr[i] < '0' || host.ptr[i] > '9')
			return false;
		else
			digit = true;
	}
	return dots == 3 && digit;
}

/* "localhost.", with the dot of the name system's root, is localhost. */
static str drop_root(str host)
{
	return str_ends(host, STR(".")) ? str_sub(host, 0, host.len - 1) : host;
}

bool address_is_ours(str host, const str *names, size_t count)
{
	static const str always[] = { STR_INIT("localhost"), STR_INIT("127.0.0.1"),
		STR_INIT("[::1]") };
	str below = STR(".localhost");

	host = drop_root(host);
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if (str_eq_nocase(host, always[i]))
			return true;
	if (host.len > below.len && str_eq_nocase(str_from(host, host.len - below.len), below))
		return true;
	for (size_t i = 0; i < count; i++)
		if (names[i].len && str_eq_nocase(host, names[i]))
			return true;
	return false;
}

bool address_is_public(str path)
{
	str rest = str_from(path, 1);

	if (str_starts(rest, STR(".well-known/")))
		rest = str_from(rest, 12);
	while (rest.len) {
		struct str_pair cut = str_cut(rest, '/');

		if (str_starts(cut.head, STR(".")))
			return false;
		rest = cut.tail;
	}
	return true;
}
