#include "unit/suite.h"

#include "base/arena.h"
#include "examples/http.h"

static struct arena a;

static enum http_state answer(const char *text, bool closed, struct http_answer *out)
{
	return http_read(str_c(text), closed, false, out, &a);
}

START_TEST(an_answer_is_whole_by_its_length_its_chunks_or_its_end)
{
	struct http_answer r;

	ck_assert_int_eq(answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcd", false, &r), HTTP_WHOLE);
	ck_assert(str_eq(r.body, STR("abc")) && r.status == 200 && str_eq(r.reason, STR("OK")));
	ck_assert_int_eq(answer("HTTP/1.1 200 OK\nTransfer-Encoding: Chunked\n\n3\nabc\n1;x\nd\n0\n\n", false, &r), HTTP_WHOLE);
	ck_assert(str_eq(r.body, STR("abcd")));
	ck_assert_int_eq(answer("HTTP/1.0 404\r\n\r\nabc", false, &r), HTTP_MORE);
	ck_assert_int_eq(answer("HTTP/1.0 404\r\n\r\nabc", true, &r), HTTP_WHOLE);
	ck_assert(str_eq(r.body, STR("abc")) && r.status == 404 && r.reason.len == 0);
}
END_TEST

START_TEST(what_is_cut_short_is_not_whole_at_any_byte)
{
	static const char *const all[] = { "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
		"HTTP/1.1 103 X\r\n\r\nHTTP/1.1 204 No\r\n\r\n" };
	struct http_answer r;

	for (size_t i = 0; i < 3; i++) {
		str whole = str_c(all[i]);

		for (size_t n = 1; n < whole.len; n++)
			ck_assert_int_eq(http_read(str_sub(whole, 0, n), true, false, &r, &a), HTTP_MORE);
		ck_assert_int_eq(http_read(whole, false, false, &r, &a), HTTP_WHOLE);
	}
}
END_TEST

START_TEST(what_is_not_http_is_refused)
{
	static const char *const all[] = { "SSH-2.0", "HTTP/2 200 OK\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
		"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
		"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n" };
	struct http_answer r;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		ck_assert_msg(answer(all[i], true, &r) == HTTP_WRONG, "%s", all[i]);
}
END_TEST

START_TEST(an_answer_to_head_and_some_others_have_no_body)
{
	struct http_answer r;

	ck_assert_int_eq(http_read(STR("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"), false, true, &r, &a), HTTP_WHOLE);
	ck_assert_int_eq(answer("HTTP/1.1 304 X\r\nContent-Length: 9\r\n\r\n", false, &r), HTTP_WHOLE);
}
END_TEST

START_TEST(headers_are_found_without_case_and_one_by_one)
{
	struct http_answer r;
	str value;

	answer("HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nX: y\r\nset-cookie:  b \r\n\r\nSet-Cookie: c", true, &r);
	ck_assert(http_header(&r, STR("SET-COOKIE"), 0, &value) && str_eq(value, STR("a")));
	ck_assert(http_header(&r, STR("Set-Cookie"), 1, &value) && str_eq(value, STR("b")));
	ck_assert(!http_header(&r, STR("Set-Cookie"), 2, &value) && !http_header(&r, STR("Cookie"), 0, &value));
}
END_TEST

START_TEST(a_request_says_what_its_headers_do_not)
{
	static const str headers[] = { STR_INIT("host: example.org"), STR_INIT("Content-Type: text/csv") };
	const struct example_request get = { .method = STR("GET"), .path = STR("/a") };
	const struct example_request put = { .method = STR("PUT"), .path = STR("/b"), .headers = { headers, 2 },
		.body = STR("1,2"), .body_type = STR("text/plain") };

	ck_assert(str_eq(http_request(&get, &a),
		STR("GET /a HTTP/1.1\r\nHost: localhost\r\nUser-Agent: gen\r\nAccept: */*\r\nConnection: close\r\n\r\n")));
	ck_assert(str_eq(http_request(&put, &a),
		STR("PUT /b HTTP/1.1\r\nUser-Agent: gen\r\nAccept: */*\r\nhost: example.org\r\nContent-Type: text/csv\r\n"
		    "Content-Length: 3\r\nConnection: close\r\n\r\n1,2")));
}
END_TEST

SUITE("http", an_answer_is_whole_by_its_length_its_chunks_or_its_end, what_is_cut_short_is_not_whole_at_any_byte,
	what_is_not_http_is_refused, an_answer_to_head_and_some_others_have_no_body,
	headers_are_found_without_case_and_one_by_one, a_request_says_what_its_headers_do_not)
