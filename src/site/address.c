#include "site/address.h"

#include "base/arena.h"
#include "base/buf.h"

static bool is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
	       c == '.' || c == '_' || c == '~' || c == '/';
}

str address_encode(str path, struct arena *a)
{
	struct buf out = { .arena = a };
	size_t plain = 0;

	while (plain < path.len && is_plain((unsigned char)path.ptr[plain]))
		plain++;
	if (plain == path.len)
		return path;
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];

		if (is_plain(c))
			buf_char(&out, (char)c);
		else
			buf_printf(&out, "%%%02X", c);
	}
	return buf_str(&out);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

str address_decode(str address, struct arena *a)
{
	struct buf out = { .arena = a };

	if (str_find_char(address, '%') < 0)
		return address;
	for (size_t i = 0; i < address.len; i++) {
		int high = -1, low = -1;

		if (address.ptr[i] == '%' && i + 2 < address.len) {
			high = hex_digit(address.ptr[i + 1]);
			low = hex_digit(address.ptr[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			buf_char(&out, (char)(high << 4 | low));
			i += 2;
		} else {
			buf_char(&out, address.ptr[i]);
		}
	}
	return buf_str(&out);
}

str address_of(str base_path, str path, struct arena *a)
{
	return str_join(base_path, address_encode(path, a), a);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool address_is_external(str address)
{
	size_t i = 0;

	if (str_starts(address, STR("//")))
		return true;
	if (address.len == 0 || !is_letter(address.ptr[0]))
		return false;
	while (i < address.len && (is_letter(address.ptr[i]) || (address.ptr[i] >= '0' && address.ptr[i] <= '9') ||
					  address.ptr[i] == '+' || address.ptr[i] == '-' || address.ptr[i] == '.'))
		i++;
	return i < address.len && address.ptr[i] == ':';
}

str address_file(str path, struct arena *a)
{
	if (path.len == 0 || str_ends(path, STR("/")))
		return str_join(path, STR("index.html"), a);
	return path;
}
