#include "preview/request.h"

enum {
	BAD_REQUEST = 400,
	TARGET_TOO_LONG = 414,
	EXPECTATION = 417,
	HEAD_TOO_LONG = 431,
	BAD_VERSION = 505
};

/* RFC 9110, 5.6.2 */
static bool is_token_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c != '\0' && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_token(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_token_char(s.ptr[i]))
			return false;
	return s.len > 0;
}

static bool is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7f;
}

/* A CR is right only before a LF, and a LF only behind a CR. */
static bool is_misplaced(str bytes, size_t i)
{
	char c = bytes.ptr[i];

	if (c == '\n')
		return i == 0 || bytes.ptr[i - 1] != '\r';
	return i > 0 && bytes.ptr[i - 1] == '\r';
}

/* Empty lines before a request are left over from the body of another (RFC 9112, 2.2); two of
 * them are enough. */
static bool ends_head(struct request_scan *scan)
{
	bool empty = scan->at - scan->line == 2;

	scan->line = scan->at;
	if (empty && !scan->has_line)
		return false;
	scan->has_line = true;
	return empty;
}

int request_scan(str bytes, struct request_scan *scan)
{
	while (scan->at < bytes.len && !scan->complete) {
		char c = bytes.ptr[scan->at];

		if (is_control(c) || is_misplaced(bytes, scan->at))
			return BAD_REQUEST;
		if (scan->at == scan->line && c != '\r' && !scan->has_line && !is_token_char(c))
			return BAD_REQUEST;
		scan->at++;
		if (c == '\n')
			scan->complete = ends_head(scan);
		if (!scan->has_line && scan->at - scan->line > REQUEST_TARGET_BYTES + 64)
			return TARGET_TOO_LONG;
		if (!scan->has_line && scan->line > 4)
			return BAD_REQUEST;
		if (scan->at > REQUEST_HEAD_BYTES)
			return HEAD_TOO_LONG;
	}
	return 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int read_version(str s, int *minor)
{
	if (s.len != 8 || !str_starts(s, STR("HTTP/")) || !is_digit(s.ptr[5]) ||
		s.ptr[6] != '.' || !is_digit(s.ptr[7]))
		return BAD_REQUEST;
	*minor = s.ptr[7] - '0';
	return s.ptr[5] == '1' ? 0 : BAD_VERSION;
}

static int read_line(str line, struct request *out, int *minor)
{
	struct str_pair method = str_cut(line, ' '), target = str_cut(method.tail, ' ');

	out->method = method.head;
	out->target = target.head;
	if (!is_token(out->method) || out->target.len == 0 ||
		str_find_char(target.head, '\t') >= 0)
		return BAD_REQUEST;
	if (out->target.len > REQUEST_TARGET_BYTES)
		return TARGET_TOO_LONG;
	return read_version(target.tail, minor);
}

static str trim_blanks(str s)
{
	while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
		s = str_from(s, 1);
	while (s.len && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}

static int read_header(str line, struct request *out)
{
	ptrdiff_t colon = str_find_char(line, ':');

	if (colon < 0 || !is_token(str_sub(line, 0, (size_t)colon)))
		return BAD_REQUEST;
	if (out->header_count == REQUEST_HEADERS)
		return HEAD_TOO_LONG;
	out->headers[out->header_count++] =
		(struct request_header){ str_sub(line, 0, (size_t)colon),
			trim_blanks(str_from(line, (size_t)colon + 1)) };
	return 0;
}

str request_value(const struct request *r, str name, size_t *count)
{
	str value = { 0 };
	size_t found = 0;

	for (size_t i = 0; i < r->header_count; i++) {
		if (!str_eq_nocase(r->headers[i].name, name))
			continue;
		value = r->headers[i].value;
		found++;
	}
	if (count)
		*count = found;
	return found == 1 ? value : (str){ 0 };
}

static bool list_has(str list, str word)
{
	while (list.len) {
		struct str_pair cut = str_cut(list, ',');

		if (str_eq_nocase(trim_blanks(cut.head), word))
			return true;
		list = cut.tail;
	}
	return false;
}

bool request_lists(const struct request *r, str name, str word)
{
	for (size_t i = 0; i < r->header_count; i++)
		if (str_eq_nocase(r->headers[i].name, name) &&
			list_has(r->headers[i].value, word))
			return true;
	return false;
}

/* Bodies are never read; but what announces one must be right, or the next request starts
 * elsewhere than we think. */
static int read_body(struct request *out, int minor)
{
	size_t lengths, encodings;
	str length = request_value(out, STR("Content-Length"), &lengths);
	uint64_t n = 0;

	request_value(out, STR("Transfer-Encoding"), &encodings);
	if (lengths > 1 || (lengths && !str_to_u64(length, &n)))
		return BAD_REQUEST;
	if (encodings && (lengths || minor == 0))
		return BAD_REQUEST;
	out->has_body = encodings || n;
	return 0;
}

static int read_connection(struct request *out, int minor)
{
	size_t expects;
	str expect = request_value(out, STR("Expect"), &expects);

	out->keep_alive = minor && !request_lists(out, STR("Connection"), STR("close"));
	return expects && !str_eq_nocase(expect, STR("100-continue")) ? EXPECTATION : 0;
}

/* Up to the next CR LF, which request_scan() has seen. */
static str take_line(str *head)
{
	struct str_pair cut = str_cut(*head, '\n');

	*head = cut.tail;
	return str_sub(cut.head, 0, cut.head.len - 1);
}

int request_read(str head, struct request *out)
{
	int minor = 0, status;
	str line;

	out->header_count = 0;
	out->keep_alive = out->has_body = false;
	do
		line = take_line(&head);
	while (line.len == 0);
	status = read_line(line, out, &minor);
	while (!status && (line = take_line(&head)).len)
		status = read_header(line, out);
	if (!status)
		status = read_body(out, minor);
	return status ? status : read_connection(out, minor);
}
