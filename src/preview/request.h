/*
 * request -- the head of an HTTP/1 request, read strictly (RFC 9112).
 *
 * What a lenient reader would guess at is refused: line ends that are not CR LF, control bytes,
 * folded lines, spaces before a colon, a second length. Functions return 0 or the status to
 * refuse with.
 */
#ifndef PREVIEW_REQUEST_H
#define PREVIEW_REQUEST_H

#include "base/str.h"

enum { REQUEST_HEAD_BYTES = 16 * 1024, REQUEST_TARGET_BYTES = 8 * 1024, REQUEST_HEADERS = 64 };

struct request_header {
	str name, value;
};

struct request {
	str method, target;
	struct request_header headers[REQUEST_HEADERS];
	size_t header_count;
	bool keep_alive;
	bool has_body;
};

/* How far the bytes that have come were looked at. Zero at the start of each request. */
struct request_scan {
	size_t at, line; /* the next byte; where its line starts */
	bool has_line;   /* the request line is complete */
	bool complete;   /* `at` is behind the empty line */
};

/* Look at what has come since the last call; `bytes` starts with the request. */
int request_scan(str bytes, struct request_scan *scan);

/* Read a complete head. Texts point into it. */
int request_read(str head, struct request *out);

/* The value when there is exactly one header of this name, else empty; `count` may be null. */
str request_value(const struct request *r, str name, size_t *count);

/* Is the word in a list of words and commas, as in `Connection: keep-alive, close`? */
bool request_lists(const struct request *r, str name, str word);

#endif
