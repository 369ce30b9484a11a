#include "content/example_request.h"

#include "base/arena.h"
#include "blocks/block.h"
#include "blocks/excerpt.h"

enum { HEADERS_MAX = 32, METHOD_LONGEST = 20 };

static const char CATEGORY[] = "example";

struct reader {
	str text, rest;
	loc at;
	struct block_page *page;
	struct example_request *out;
	struct arena *arena;
	struct diags *diags;
};

static bool is_token_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("!#$%&'*+-.^_|~", c));
}

bool example_request_token(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_token_char(s.ptr[i]))
			return false;
	return s.len > 0;
}

/* The place of what is left to read. */
static loc here(const struct reader *r)
{
	loc at = r->at;

	at.col += (int)(r->rest.ptr - r->text.ptr);
	return at;
}

static str take_word(struct reader *r)
{
	size_t i = 0;

	while (i < r->rest.len && r->rest.ptr[i] != ' ')
		i++;
	str word = str_sub(r->rest, 0, i);
	r->rest = str_from(r->rest, i);
	return word;
}

static bool is_method(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
			return false;
	return s.len > 0 && s.len <= METHOD_LONGEST && !str_eq(s, STR("CONNECT"));
}

static bool read_method(struct reader *r)
{
	loc at = here(r);
	str word = take_word(r);

	if (is_method(word)) {
		r->out->method = word;
		return true;
	}
	diag_error(r->diags, at, CATEGORY, "a request begins with a method in capitals, not '" STR_FMT "'", STR_ARG(word));
	diag_help(r->diags, "write req=\"GET /hello\"");
	return false;
}

static bool is_path(str s)
{
	if (s.len == 0 || s.ptr[0] != '/')
		return str_eq(s, STR("*"));
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] <= ' ' || s.ptr[i] == 0x7f || s.ptr[i] == '#')
			return false;
	return true;
}

static bool read_path(struct reader *r)
{
	r->rest = str_trim_start(r->rest);
	loc at = here(r);
	str word = take_word(r);

	if (is_path(word)) {
		r->out->path = word;
		return true;
	}
	diag_error(r->diags, at, CATEGORY, "'" STR_FMT "' is no path to ask for: it begins with '/', and has no '#' in it",
		STR_ARG(word));
	diag_help(r->diags, "the path alone, as in \"" STR_FMT " /hello?name=ada\"; the server is always the example",
		STR_ARG(r->out->method));
	return false;
}

/* What belongs to how gen asks, not to what it asks. */
static bool is_gens(str name)
{
	static const str names[] = { STR_INIT("Connection"), STR_INIT("Content-Length"), STR_INIT("Transfer-Encoding"),
		STR_INIT("Expect"), STR_INIT("Upgrade"), STR_INIT("Trailer"), STR_INIT("TE") };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_nocase(name, names[i]))
			return true;
	return false;
}

static bool has_control(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7f)
			return true;
	return false;
}

/* "[X-User: ada]": false when what is left is no header but a body. */
static bool begins_header(str rest)
{
	ptrdiff_t colon = str_find_char(rest, ':');

	return rest.len > 1 && rest.ptr[0] == '[' && colon > 1 && example_request_token(str_sub(rest, 1, (size_t)colon));
}

static bool read_header(struct reader *r, str *headers)
{
	loc at = here(r);
	ptrdiff_t close = str_find_char(r->rest, ']');
	str inner = str_sub(r->rest, 1, close < 0 ? 1 : (size_t)close);
	struct str_pair parts = str_cut(inner, ':');
	str value = str_trim(parts.tail);

	if (close < 0)
		return diag_error(r->diags, at, CATEGORY, "this header of the request is not closed by ']'");
	if (is_gens(parts.head) || has_control(value))
		return diag_error(r->diags, at, CATEGORY, "the header '" STR_FMT "' cannot be set: gen says itself how it asks",
			STR_ARG(parts.head));
	if (r->out->headers.count == HEADERS_MAX)
		return diag_error(r->diags, at, CATEGORY, "a request has at most %d headers", HEADERS_MAX);
	headers[r->out->headers.count++] = str_printf(r->arena, STR_FMT ": " STR_FMT, STR_ARG(parts.head), STR_ARG(value));
	r->rest = str_trim_start(str_from(r->rest, (size_t)close + 1));
	return true;
}

static bool read_headers(struct reader *r)
{
	str *headers = arena_array(r->arena, str, HEADERS_MAX);

	r->out->headers.at = headers;
	r->rest = str_trim_start(r->rest);
	while (begins_header(r->rest))
		if (!read_header(r, headers))
			return false;
	return true;
}

static bool read_body(struct reader *r)
{
	struct example_request *out = r->out;
	loc at = here(r);
	str path;

	if (r->rest.len == 0)
		return true;
	if (str_eq(out->method, STR("GET")) || str_eq(out->method, STR("HEAD")) || str_eq(out->method, STR("TRACE")))
		return diag_error(r->diags, at, CATEGORY, STR_FMT " takes no body, and '" STR_FMT "' would be one",
			STR_ARG(out->method), STR_ARG(r->rest));
	out->body = r->rest;
	if (r->rest.ptr[0] == '@' && !excerpt_file(r->page, str_from(r->rest, 1), at, &out->body, &path))
		return false;
	out->body_type = out->body.len && (out->body.ptr[0] == '{' || out->body.ptr[0] == '[')
				 ? STR("application/json")
				 : STR("text/plain; charset=utf-8");
	return true;
}

bool example_request_read(str text, loc at, struct block_page *page, struct example_request *out, struct arena *a,
	struct diags *d)
{
	struct reader r = { text, text, at, page, out, a, d };

	*out = (struct example_request){ 0 };
	return read_method(&r) && read_path(&r) && read_headers(&r) && read_body(&r);
}
