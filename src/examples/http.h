/*
 * http -- what a server example is sent, and what its answer says. Just enough of HTTP/1.1 for one request a
 * connection; the answer is a stranger's, and nothing in it is believed before it is looked at.
 */
#ifndef EXAMPLES_HTTP_H
#define EXAMPLES_HTTP_H

#include "content/example_request.h"

struct arena;

enum http_state {
	HTTP_MORE,  /* there must be more to come */
	HTTP_WHOLE,
	HTTP_WRONG, /* no answer of HTTP/1 */
};

struct http_answer {
	int status;
	str reason; /* "Not Found"; may be empty */
	str head;   /* the lines of its headers */
	str body;   /* without chunks */
};

/* The bytes to send. */
str http_request(const struct example_request *r, struct arena *a);

/*
 * Read an answer from its first byte on. `closed`: no more will come. `head_only`: it is the answer to HEAD. Strings of `out` point into
 * `bytes`, but for a body in chunks, which is made in `a`; without `a` it is left out.
 */
enum http_state http_read(str bytes, bool closed, bool head_only, struct http_answer *out, struct arena *a);

/* The values of a header, the `nth` of that name, case aside. False when there is none. */
bool http_header(const struct http_answer *answer, str name, size_t nth, str *value);

#endif
