/*
 * example_request -- what a server example is asked, as a fence says it.
 *
 *     req="GET /hello"
 *     req='POST /items [X-User: ada] {"name": "tea"}'
 *     req="PUT /items/1 [Content-Type: text/csv] @rows.csv"
 *
 *     request = METHOD SP path *( SP "[" name ":" value "]" ) [ SP body ]
 *     body    = "@" file | everything that is left
 *
 * A '[' that no name and colon follow begins a body. What begins with '{' or '[' is sent as JSON, another body as plain
 * text, unless a header says what it is.
 */
#ifndef CONTENT_EXAMPLE_REQUEST_H
#define CONTENT_EXAMPLE_REQUEST_H

#include "base/diag.h"
#include "content/article.h"

struct arena;
struct block_page;

enum { REQUESTS_MOST = 16 };

struct example_request {
	str method, path;	/* "GET", "/hello?name=ada" */
	struct str_list headers; /* "X-User: ada", as written */
	str body;
	str body_type; /* Content-Type of the body, unless a header says it; empty without body */
};

/* Read one. `at` is where `text` stands; `page` is what @file is read through. False when it is wrong, which is said. */
bool example_request_read(str text, loc at, struct block_page *page, struct example_request *out, struct arena *a,
	struct diags *d);

/* Letters, digits and a few signs, as methods and names of headers are made of. */
bool example_request_token(str s);

#endif
