#include "unit/suite.h"

#include <stdio.h>
#include <string.h>

#include "preview/request.h"

/* 0 with `out` filled, the status of a refusal, or -1 when more is needed. */
static int read_all(str bytes, struct request *out)
{
	struct request_scan scan = { 0 };
	int refusal = request_scan(bytes, &scan);

	if (refusal)
		return refusal;
	if (!scan.complete)
		return -1;
	return request_read(str_sub(bytes, 0, scan.at), out);
}

#define GET "GET /a HTTP/1.1\r\n"
#define HOST "Host: localhost\r\n"

START_TEST(a_plain_request_is_read)
{
	struct request r;

	ck_assert_int_eq(
		read_all(STR("GET /a?b HTTP/1.1\r\nHost: x\r\nACCEPT: \t y \r\n\r\n"), &r), 0);
	ck_assert(str_eq(r.method, STR("GET")));
	ck_assert(str_eq(r.target, STR("/a?b")));
	ck_assert(str_eq(request_value(&r, STR("accept"), NULL), STR("y")));
	ck_assert(r.keep_alive);
	ck_assert(!r.has_body);
}
END_TEST

START_TEST(what_is_not_right_is_refused)
{
	static const struct {
		str bytes;
		int status;
	} rows[] = {
		{ STR_INIT("GET /a HTTP/1.1\nHost: x\n\n"), 400 },
		{ STR_INIT("GET /a HTTP/1.1\rHost: x\r\n\r\n"), 400 },
		{ STR_INIT("GET /a\0b HTTP/1.1\r\n" HOST "\r\n"), 400 },
		{ STR_INIT(GET HOST "X: a\0b\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST "X: a\x01\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST "X: a\x7f\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST " folded\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST "X : a\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST "no colon\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST ": empty\r\n\r\n"), 400 },
		{ STR_INIT("GET  /a HTTP/1.1\r\n\r\n"), 400 },
		{ STR_INIT("GET /a  HTTP/1.1\r\n\r\n"), 400 },
		{ STR_INIT("GET /a b HTTP/1.1\r\n\r\n"), 400 },
		{ STR_INIT("GET /a\r\n\r\n"), 400 },
		{ STR_INIT("GET\r\n\r\n"), 400 },
		{ STR_INIT("G(T /a HTTP/1.1\r\n\r\n"), 400 },
		{ STR_INIT("GET /a HTTP/11\r\n\r\n"), 400 },
		{ STR_INIT("GET /a http/1.1\r\n\r\n"), 400 },
		{ STR_INIT("GET /a HTTP/1.1 \r\n\r\n"), 400 },
		{ STR_INIT("GET /a HTTP/2.0\r\n\r\n"), 505 },
		{ STR_INIT("GET /a HTTP/0.9\r\n\r\n"), 505 },
		{ STR_INIT("PRI * HTTP/2.0\r\n\r\n"), 505 },
		{ STR_INIT("\x16\x03\x01\x02"), 400 },
		{ STR_INIT(" GET /a HTTP/1.1\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST "Content-Length: -1\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST "Content-Length: 1, 1\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST "Content-Length: 1\r\nContent-Length: 1\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST "Content-Length: 99999999999999999999\r\n\r\n"), 400 },
		{ STR_INIT(GET HOST "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
			400 },
		{ STR_INIT("GET /a HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"),
			400 },
		{ STR_INIT(GET HOST "Expect: something\r\n\r\n"), 417 },
	};
	struct request r;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		ck_assert_msg(read_all(rows[i].bytes, &r) == rows[i].status,
			"row %zu: %d, expected %d", i, read_all(rows[i].bytes, &r),
			rows[i].status);
}
END_TEST

START_TEST(one_byte_at_a_time_reads_the_same)
{
	str whole = STR("\r\nHEAD / HTTP/1.1\r\nHost: x\r\nConnection: foo, Close\r\n\r\nGET");
	struct request_scan scan = { 0 };
	struct request r;
	size_t given = 0;

	while (!scan.complete && given < whole.len)
		ck_assert_int_eq(request_scan(str_sub(whole, 0, ++given), &scan), 0);
	ck_assert(scan.complete);
	ck_assert_uint_eq(scan.at, whole.len - 3);
	ck_assert_uint_eq(given, whole.len - 3);
	ck_assert_int_eq(request_read(str_sub(whole, 0, scan.at), &r), 0);
	ck_assert(str_eq(r.method, STR("HEAD")));
	ck_assert(!r.keep_alive);
}
END_TEST

/* `count` letters in a request, at `place` of its target or of a header. */
static int read_long(const char *before, size_t count, const char *behind)
{
	static char room[64 * 1024];
	struct request r;
	int n = snprintf(room, sizeof(room), "%s", before);

	memset(room + n, 'a', count);
	n += (int)count;
	n += snprintf(room + n, sizeof(room) - (size_t)n, "%s", behind);
	return read_all(str_new(room, (size_t)n), &r);
}

START_TEST(lengths_are_bounded)
{
	static char room[64 * 1024];
	struct request r;
	size_t n;

	ck_assert_int_eq(read_long("GET /", 8191, " HTTP/1.1\r\n" HOST "\r\n"), 0);
	ck_assert_int_eq(read_long("GET /", 8192, " HTTP/1.1\r\n" HOST "\r\n"), 414);
	ck_assert_int_eq(read_long("GET /", 20000, ""), 414);
	ck_assert_int_eq(read_long(GET "X: ", 16000, "\r\n\r\n"), 0);
	ck_assert_int_eq(read_long(GET "X: ", 17000, "\r\n\r\n"), 431);
	ck_assert_int_eq(read_long(GET "X: ", 17000, ""), 431);
	n = (size_t)snprintf(room, sizeof(room), GET);
	for (int i = 0; i < 65; i++)
		n += (size_t)snprintf(room + n, sizeof(room) - n, "X: y\r\n");
	n += (size_t)snprintf(room + n, sizeof(room) - n, "\r\n");
	ck_assert_int_eq(read_all(str_new(room, n), &r), 431);
}
END_TEST

START_TEST(empty_lines_before_a_request_are_few)
{
	struct request r;

	ck_assert_int_eq(read_all(STR("\r\n\r\n" GET HOST "\r\n"), &r), 0);
	ck_assert_int_eq(read_all(STR("\r\n\r\n\r\n\r\n" GET HOST "\r\n"), &r), 400);
}
END_TEST

START_TEST(a_value_given_twice_is_no_value)
{
	struct request r;
	size_t count;

	ck_assert_int_eq(read_all(STR(GET HOST HOST "\r\n"), &r), 0);
	ck_assert_uint_eq(request_value(&r, STR("host"), &count).len, 0);
	ck_assert_uint_eq(count, 2);
}
END_TEST

START_TEST(bodies_are_announced)
{
	struct request r;

	ck_assert_int_eq(read_all(STR(GET HOST "Content-Length: 0\r\n\r\n"), &r), 0);
	ck_assert(!r.has_body);
	ck_assert_int_eq(read_all(STR(GET HOST "Content-Length: 2\r\n\r\n"), &r), 0);
	ck_assert(r.has_body);
	ck_assert_int_eq(read_all(STR(GET HOST "Transfer-Encoding: chunked\r\n\r\n"), &r), 0);
	ck_assert(r.has_body);
}
END_TEST

SUITE("request", a_plain_request_is_read, what_is_not_right_is_refused,
	one_byte_at_a_time_reads_the_same, lengths_are_bounded,
	empty_lines_before_a_request_are_few, a_value_given_twice_is_no_value,
	bodies_are_announced)
