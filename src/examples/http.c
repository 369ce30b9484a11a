#include "examples/http.h"

#include "base/arena.h"
#include "base/buf.h"

enum { HEAD_MOST = 64 << 10, CHUNK_DIGITS = 8 };

static bool has_header(const struct example_request *r, str name)
{
	for (size_t i = 0; i < r->headers.count; i++)
		if (str_eq_nocase(str_cut(r->headers.at[i], ':').head, name))
			return true;
	return false;
}

static void put_unless(struct buf *b, const struct example_request *r, str name, str value)
{
	if (value.len && !has_header(r, name))
		buf_printf(b, STR_FMT ": " STR_FMT "\r\n", STR_ARG(name), STR_ARG(value));
}

static bool carries_body(str method)
{
	return str_eq(method, STR("POST")) || str_eq(method, STR("PUT")) || str_eq(method, STR("PATCH"));
}

str http_request(const struct example_request *r, struct arena *a)
{
	struct buf b = { .arena = a };

	buf_printf(&b, STR_FMT " " STR_FMT " HTTP/1.1\r\n", STR_ARG(r->method), STR_ARG(r->path));
	put_unless(&b, r, STR("Host"), STR("localhost"));
	put_unless(&b, r, STR("User-Agent"), STR("gen"));
	put_unless(&b, r, STR("Accept"), STR("*/*"));
	put_unless(&b, r, STR("Content-Type"), r->body_type);
	for (size_t i = 0; i < r->headers.count; i++)
		buf_printf(&b, STR_FMT "\r\n", STR_ARG(r->headers.at[i]));
	if (r->body.len || carries_body(r->method))
		buf_printf(&b, "Content-Length: %zu\r\n", r->body.len);
	BUF_LIT(&b, "Connection: close\r\n\r\n");
	buf_add(&b, r->body);
	return buf_str(&b);
}

static str without_return(str line)
{
	return line.len && line.ptr[line.len - 1] == '\r' ? str_sub(line, 0, line.len - 1) : line;
}

/* A line with its end; false when the end has not come. */
static bool take_line(str *rest, str *line)
{
	if (str_find_char(*rest, '\n') < 0)
		return false;
	struct str_pair cut = str_cut(*rest, '\n');
	*line = without_return(cut.head);
	*rest = cut.tail;
	return true;
}

/* "HTTP/1.1 404 Not Found" */
static bool read_status(str line, struct http_answer *out)
{
	out->status = 0;
	if (!str_starts(line, STR("HTTP/1.")) || line.len < 12 || line.ptr[8] != ' ')
		return false;
	for (size_t i = 9; i < 12; i++) {
		if (line.ptr[i] < '0' || line.ptr[i] > '9')
			return false;
		out->status = out->status * 10 + line.ptr[i] - '0';
	}
	out->reason = str_trim(str_from(line, 12));
	return out->status >= 100 && (line.len == 12 || line.ptr[12] == ' ');
}

bool http_header(const struct http_answer *answer, str name, size_t nth, str *value)
{
	str rest = answer->head, line;

	while (take_line(&rest, &line)) {
		struct str_pair parts = str_cut(line, ':');

		if (parts.head.len == line.len || !str_eq_nocase(parts.head, name) || nth-- > 0)
			continue;
		*value = str_trim(parts.tail);
		return true;
	}
	return false;
}

/* The head up to its empty line. */
static enum http_state read_head(str *rest, struct http_answer *out)
{
	static const str start = STR_INIT("HTTP/1.");
	str all = *rest, line;

	if (!str_starts(*rest, str_sub(start, 0, rest->len < start.len ? rest->len : start.len)))
		return HTTP_WRONG;
	if (!take_line(rest, &line))
		return all.len > HEAD_MOST ? HTTP_WRONG : HTTP_MORE;
	if (!read_status(line, out))
		return HTTP_WRONG;
	out->head = *rest;
	while (take_line(rest, &line)) {
		if (line.len == 0) {
			out->head = str_sub(out->head, 0, (size_t)(rest->ptr - out->head.ptr));
			return HTTP_WHOLE;
		}
		if (!example_request_token(str_cut(line, ':').head))
			return HTTP_WRONG;
	}
	return all.len > HEAD_MOST ? HTTP_WRONG : HTTP_MORE;
}

static bool read_size(str line, uint64_t *out)
{
	str digits = str_trim(str_cut(line, ';').head);

	*out = 0;
	if (digits.len == 0 || digits.len > CHUNK_DIGITS)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		char c = digits.ptr[i] | 0x20;
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (digit < 0)
			return false;
		*out = *out * 16 + (uint64_t)digit;
	}
	return true;
}

static enum http_state read_trailer(str rest)
{
	str line;

	while (take_line(&rest, &line))
		if (line.len == 0)
			return HTTP_WHOLE;
	return HTTP_MORE;
}

static enum http_state read_chunks(str rest, struct http_answer *out, struct arena *a)
{
	struct buf body = { .arena = a };
	uint64_t size;
	str line;

	while (take_line(&rest, &line)) {
		if (!read_size(line, &size))
			return HTTP_WRONG;
		if (size == 0) {
			out->body = buf_str(&body);
			return read_trailer(rest);
		}
		if (rest.len < size)
			return HTTP_MORE;
		if (a)
			buf_add(&body, str_sub(rest, 0, size));
		rest = str_from(rest, size);
		if (!take_line(&rest, &line))
			return HTTP_MORE;
		if (line.len)
			return HTTP_WRONG;
	}
	return HTTP_MORE;
}

/* -1: not said. False when it is said wrongly, or twice and differently. */
static bool read_length(const struct http_answer *answer, int64_t *out)
{
	str value, other;
	uint64_t length;

	*out = -1;
	if (!http_header(answer, STR("Content-Length"), 0, &value))
		return true;
	for (size_t i = 1; http_header(answer, STR("Content-Length"), i, &other); i++)
		if (!str_eq(value, other))
			return false;
	if (!str_to_u64(value, &length) || length > INT32_MAX)
		return false;
	*out = (int64_t)length;
	return true;
}

static bool is_chunked(const struct http_answer *answer)
{
	str value;

	return http_header(answer, STR("Transfer-Encoding"), 0, &value) && str_eq_nocase(value, STR("chunked"));
}

static enum http_state read_body(str rest, bool closed, struct http_answer *out, struct arena *a)
{
	int64_t length;

	if (is_chunked(out))
		return read_chunks(rest, out, a);
	if (!read_length(out, &length))
		return HTTP_WRONG;
	out->body = length < 0 ? rest : str_sub(rest, 0, (size_t)length < rest.len ? (size_t)length : rest.len);
	if (length < 0)
		return closed ? HTTP_WHOLE : HTTP_MORE;
	return rest.len >= (size_t)length ? HTTP_WHOLE : HTTP_MORE;
}

enum http_state http_read(str bytes, bool closed, bool head_only, struct http_answer *out, struct arena *a)
{
	enum http_state state;

	*out = (struct http_answer){ 0 };
	/* What comes before the answer proper: 100 Continue, 103 Early Hints. */
	do
		state = read_head(&bytes, out);
	while (state == HTTP_WHOLE && out->status < 200 && out->status != 101);
	if (state != HTTP_WHOLE || head_only || out->status == 204 || out->status == 304 || out->status == 101)
		return state;
	return read_body(bytes, closed, out, a);
}
