#include "preview/serve.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "preview/address.h"
#include "preview/answer.h"
#include "preview/condition.h"
#include "preview/media.h"
#include "preview/request.h"
#include "preview/root.h"
#include "preview/script.h"

/* One request on its way. */
struct visit {
	const struct served *served;
	const struct request *request;
	struct address address;
	struct answer *out;
	bool head_only;
	char room[REQUEST_TARGET_BYTES + 1];    /* the decoded path */
	char path[REQUEST_TARGET_BYTES + 16];   /* below the root, with a NUL */
	char lines[REQUEST_TARGET_BYTES + 512]; /* header lines */
	size_t lines_len;
	bool encoded; /* the compressed file is sent */
};

static struct answer_head make_head(struct visit *v, int status)
{
	return (struct answer_head){ .status = status,
		.head_only = v->head_only,
		.no_store = status >= 400,
		.lines = { v->lines, v->lines_len } };
}

static void say(struct visit *v, int status, const char *text)
{
	struct answer_head head = make_head(v, status);

	answer_say(v->out, &head, text);
}

__attribute__((format(printf, 2, 3))) static void add_line(
	struct visit *v, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(v->lines + v->lines_len, sizeof(v->lines) - v->lines_len, fmt, ap);
	va_end(ap);
	if (n > 0 && (size_t)n < sizeof(v->lines) - v->lines_len)
		v->lines_len += (size_t)n;
}

static bool is_our_host(const struct served *s, str value)
{
	str host, port;

	return address_split_host(value, &host, &port) &&
	       (address_is_ours(host, s->names, sizeof(s->names) / sizeof(s->names[0])) ||
		       (s->any_numeric && address_is_numeric(host)));
}

/*
 * A page of another origin can send requests here with any name that its owner's name server
 * points at us; what it cannot do is to make the browser call us localhost.
 */
static bool check_host(struct visit *v)
{
	static const char text[] = "This preview answers to localhost, to the address it is "
				   "bound to, and to the host of "
				   "base_url.";
	size_t count;
	str value = request_value(v->request, STR("Host"), &count), host, port;

	if (count != 1 || (value.len && !address_split_host(value, &host, &port))) {
		say(v, 400, "There must be one Host.");
		return false;
	}
	if (is_our_host(v->served, value) &&
		(v->address.host.len == 0 || is_our_host(v->served, v->address.host)))
		return true;
	v->out->close = true;
	say(v, 403, text);
	return false;
}

/* Pages elsewhere may link to the preview, and use nothing of it: browsers say where a request
 * comes from. */
static bool is_foreign(const struct request *r)
{
	str site = request_value(r, STR("Sec-Fetch-Site"), NULL);

	if (!str_eq(site, STR("cross-site")) && !str_eq(site, STR("same-site")))
		return false;
	return !str_eq(request_value(r, STR("Sec-Fetch-Mode"), NULL), STR("navigate")) ||
	       !str_eq(request_value(r, STR("Sec-Fetch-Dest"), NULL), STR("document"));
}

static bool check_request(struct visit *v)
{
	const struct request *r = v->request;
	bool understood = str_eq(r->method, STR("GET")) || v->head_only;

	if (r->has_body)
		v->out->close = true;
	if (!understood && str_eq(r->target, STR("*"))) {
		v->address = (struct address){ .path = STR("/") };
	} else if (!address_read(r->target, v->room, &v->address) && understood) {
		say(v, 400, "The address is not right.");
		return false;
	}
	if (!check_host(v))
		return false;
	if (!understood) {
		add_line(v, "Allow: GET, HEAD\r\n");
		say(v, 405, NULL);
		return false;
	}
	if (r->has_body) {
		say(v, 400, "A request for a page has no body.");
		return false;
	}
	if (is_foreign(r)) {
		say(v, 403, "The preview is for its own pages.");
		return false;
	}
	return true;
}

/* A page with the script in it is another page, and another one for each run of the server. */
static uint64_t tag_of(const struct served *s, const struct root_file *f, bool with_script)
{
	return with_script ? hash_64_seed(s->token, f->hash) : f->hash;
}

static void add_page(struct visit *v, const struct root_file *f, bool with_script)
{
	char tag[256];
	int n;

	if (!with_script) {
		answer_add(v->out, (struct answer_part){ .kind = PART_FILE, .len = f->size });
		return;
	}
	n = snprintf(tag, sizeof(tag),
		"<script src=\"/.gen/%.*s/reload.js\" data-page=\"%016llx\" defer></script>",
		STR_ARG(v->served->token), (unsigned long long)tag_of(v->served, f, true));
	answer_add(v->out, (struct answer_part){ .kind = PART_FILE, .len = f->body_end });
	answer_add_text(v->out, str_new(tag, (size_t)n));
	answer_add(v->out,
		(struct answer_part){
			.kind = PART_FILE, .at = f->body_end, .len = f->size - f->body_end });
}

static bool is_page(const char *path)
{
	return str_starts(str_c(media_type(str_c(path))), STR("text/html"));
}

/* The site's own page for what is not there. */
static void say_missing(struct visit *v)
{
	struct root_file f;
	struct answer_head head = make_head(v, 404);

	if (root_open(v->served->root, "404.html", v->served->cache, &f) || f.is_folder) {
		say(v, 404, NULL);
		return;
	}
	v->out->fd = f.fd;
	add_page(v, &f, v->served->reload);
	head.type = "text/html; charset=utf-8";
	answer_finish(v->out, &head);
}

/* RFC 9110, 13.2.2: 0 to go on, else the status. */
static int check_conditions(const struct request *r, str tag, int64_t modified)
{
	size_t matches, nones, dates;
	str match = request_value(r, STR("If-Match"), &matches),
	    none = request_value(r, STR("If-None-Match"), &nones);
	str since = request_value(r, STR("If-Modified-Since"), &dates);
	int64_t date;

	if (matches && !condition_lists_tag(match, tag))
		return 412;
	if (!matches && modified &&
		condition_read_date(
			request_value(r, STR("If-Unmodified-Since"), NULL), &date) &&
		date < modified)
		return 412;
	if (nones)
		return condition_lists_tag(none, tag) ? 304 : 0;
	return modified && dates && condition_read_date(since, &date) && date >= modified ? 304
											  : 0;
}

/* Is the client's part still one of this file? */
static bool range_holds(const struct request *r, str tag, int64_t modified)
{
	size_t count;
	str value = request_value(r, STR("If-Range"), &count);
	int64_t date;

	if (count == 0 || str_eq(value, tag))
		return true;
	return modified && condition_read_date(value, &date) && date == modified;
}

/* The status; leaves only the part that was asked for. */
static int apply_range(struct visit *v, str tag, int64_t modified)
{
	uint64_t total = v->out->total, from = 0, to = 0;
	str range = request_value(v->request, STR("Range"), NULL);

	if (range.len == 0 || v->head_only || !range_holds(v->request, tag, modified))
		return 200;
	switch (condition_read_range(range, total, &from, &to)) {
	case RANGE_PART:
		answer_slice(v->out, from, to);
		add_line(v, "Content-Range: bytes %llu-%llu/%llu\r\n", (unsigned long long)from,
			(unsigned long long)to - 1, (unsigned long long)total);
		return 206;
	case RANGE_IMPOSSIBLE:
		add_line(v, "Content-Range: bytes */%llu\r\n", (unsigned long long)total);
		return 416;
	case RANGE_NONE:
		break;
	}
	return 200;
}

/* The file is open and its body is in the answer. */
static void send_file(struct visit *v, const char *type, uint64_t hash)
{
	struct answer_head head;
	char quoted[24], date[CONDITION_DATE_BYTES];
	/* A generation of this very second may be followed by another within it. */
	int64_t modified = v->served->since < (int64_t)time(NULL) ? v->served->since : 0;
	str tag = str_new(quoted, (size_t)snprintf(quoted, sizeof(quoted), "\"%016llx\"",
					  (unsigned long long)hash));
	int status = check_conditions(v->request, tag, modified);

	add_line(v, "ETag: %s\r\nAccept-Ranges: bytes\r\n", quoted);
	if (modified) {
		condition_write_date(modified, date);
		add_line(v, "Last-Modified: %s\r\n", date);
	}
	if (!status)
		status = apply_range(v, tag, modified);
	if (status >= 400) {
		say(v, status, NULL);
		return;
	}
	if (v->encoded && status != 304)
		add_line(v, "Content-Encoding: gzip\r\n");
	head = make_head(v, status);
	head.type = status == 304 ? NULL : type;
	answer_finish(v->out, &head);
}

/* The compressed file beside it, where there is one and the client takes it; with one, answers
 * vary. */
static void prefer_compressed(struct visit *v, struct root_file *f)
{
	size_t len = strlen(v->path);
	struct root_file small;
	int error;

	if (len + 4 > sizeof(v->path) || str_ends(str_c(v->path), STR(".gz")))
		return;
	memcpy(v->path + len, ".gz", 4);
	error = root_open(v->served->root, v->path, v->served->cache, &small);
	v->path[len] = '\0';
	if (error || small.is_folder)
		return;
	add_line(v, "Vary: Accept-Encoding\r\n");
	v->encoded =
		condition_takes_gzip(request_value(v->request, STR("Accept-Encoding"), NULL));
	close(v->encoded ? f->fd : small.fd);
	if (v->encoded)
		*f = small;
}

static void send_path(struct visit *v, struct root_file *f)
{
	bool with_script = v->served->reload && is_page(v->path);

	if (!with_script)
		prefer_compressed(v, f);
	v->out->fd = f->fd;
	add_page(v, f, with_script);
	send_file(v, media_type(str_c(v->path)), tag_of(v->served, f, with_script));
}

/* To the same address with a slash, relative, so that it holds behind any name and path. */
static void redirect_to_folder(struct visit *v)
{
	str raw = v->address.raw;
	ptrdiff_t slash = str_rfind_char(raw, '/');

	add_line(v, "Location: ./" STR_FMT "/" STR_FMT "\r\n",
		STR_ARG(str_from(raw, (size_t)slash + 1)), STR_ARG(v->address.query));
	say(v, 301, "It is a folder.");
}

static bool has_empty_part(str path)
{
	return str_find(path, STR("//")) >= 0;
}

static void serve_path(struct visit *v, str below)
{
	struct root_file f;
	bool folder = below.len == 0 || str_ends(below, STR("/"));
	int error;

	if (has_empty_part(v->address.path) || !address_is_public(v->address.path)) {
		say_missing(v);
		return;
	}
	snprintf(v->path, sizeof(v->path), STR_FMT "%s", STR_ARG(below),
		folder ? "index.html" : "");
	error = root_open(v->served->root, v->path, v->served->cache, &f);
	if (error == ENOENT || (!error && f.is_folder && folder))
		say_missing(v);
	else if (error)
		say(v, 503, NULL);
	else if (f.is_folder)
		redirect_to_folder(v);
	else
		send_path(v, &f);
}

/* Reserved characters of a path are rare enough to be escaped all. */
static void add_encoded(struct visit *v, str path)
{
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || strchr("/-._~", c);

		add_line(v, plain && c ? "%c" : "%%%02X", c);
	}
}

static void redirect_to_base(struct visit *v)
{
	add_line(v, "Location: ");
	add_encoded(v, v->served->base_path);
	add_line(v, "\r\n");
	say(v, 302, "The pages are below the path of base_url.");
}

static void serve_site(struct visit *v)
{
	str base = v->served->base_path, path = v->address.path;

	if (str_starts(path, base))
		serve_path(v, str_from(path, base.len));
	else if (str_eq(path, STR("/")) || str_eq(path, str_sub(base, 0, base.len - 1)))
		redirect_to_base(v);
	else
		say_missing(v);
}

static void serve_script(struct visit *v)
{
	struct answer_head head = make_head(v, 200);

	answer_add(v->out, (struct answer_part){ .kind = PART_BYTES,
				   .bytes = (const char *)script_bytes,
				   .len = script_size });
	head.type = "text/javascript; charset=utf-8";
	answer_finish(v->out, &head);
}

/* Pages of other origins can open event streams without asking; browsers say so in Origin. */
static bool is_own_page(const struct request *r)
{
	size_t origins, sites;
	str origin = request_value(r, STR("Origin"), &origins),
	    host = request_value(r, STR("Host"), NULL);
	str site = request_value(r, STR("Sec-Fetch-Site"), &sites);

	if (sites && !str_eq(site, STR("same-origin")))
		return false;
	if (origins == 0)
		return true;
	return str_starts(origin, STR("http://")) && str_eq_nocase(str_from(origin, 7), host);
}

static void serve_events(struct visit *v)
{
	struct answer_head head = make_head(v, 200);

	if (!is_own_page(v->request)) {
		say(v, 403, "The preview's events are for its own pages.");
		return;
	}
	v->out->is_stream = true;
	head.type = "text/event-stream; charset=utf-8";
	head.no_store = true;
	answer_finish(v->out, &head);
	v->out->is_stream = !v->head_only;
}

static void serve_own(struct visit *v, str rest)
{
	struct str_pair cut = str_cut(rest, '/');

	if (!v->served->reload || !str_eq(cut.head, v->served->token))
		say(v, 404, NULL);
	else if (str_eq(cut.tail, STR("events")))
		serve_events(v);
	else if (str_eq(cut.tail, STR("reload.js")))
		serve_script(v);
	else
		say(v, 404, NULL);
}

/* Until the first making that is good: what is wrong with it, and the script that waits for the
 * mend. */
static void serve_problem(struct visit *v)
{
	struct answer_head head = make_head(v, 503);
	struct buf page = { 0 };

	BUF_LIT(&page, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta "
		       "charset=\"utf-8\">\n<title>Not built yet</title>\n"
		       "<meta name=\"viewport\" content=\"width=device-width, "
		       "initial-scale=1\">\n</head>\n<body>\n"
		       "<h1>Not built yet</h1>\n<pre>");
	buf_html(&page, v->served->problem.len ? v->served->problem
					       : STR("The first build is running."));
	BUF_LIT(&page, "</pre>\n");
	if (v->served->reload)
		buf_printf(&page,
			"<script src=\"/.gen/" STR_FMT
			"/reload.js\" data-page=\"\" defer></script>\n",
			STR_ARG(v->served->token));
	BUF_LIT(&page, "</body>\n</html>\n");
	answer_add_text(v->out, buf_str(&page));
	buf_free(&page);
	head.type = "text/html; charset=utf-8";
	answer_finish(v->out, &head);
}

void serve_request(const struct served *s, const struct request *r, struct answer *out)
{
	struct visit v = { .served = s, .request = r, .out = out };
	str own = STR("/.gen/");

	v.head_only = str_eq(r->method, STR("HEAD"));
	out->close = !r->keep_alive;
	if (!check_request(&v))
		return;
	if (str_starts(v.address.path, own))
		serve_own(&v, str_from(v.address.path, own.len));
	else if (s->root < 0)
		serve_problem(&v);
	else
		serve_site(&v);
}
