#include "preview/answer.h"

#include <time.h>
#include <unistd.h>

#include "preview/condition.h"

struct status {
	int code;
	const char *reason, *text;
};

static const struct status rows[] = {
	{ 200, "OK", "" },
	{ 206, "Partial Content", "" },
	{ 301, "Moved Permanently", "" },
	{ 302, "Found", "" },
	{ 304, "Not Modified", "" },
	{ 400, "Bad Request", "The request is not right." },
	{ 403, "Forbidden", "Refused." },
	{ 404, "Not Found", "There is no such page." },
	{ 405, "Method Not Allowed", "Only GET and HEAD are understood." },
	{ 408, "Request Timeout", "The request took too long." },
	{ 412, "Precondition Failed", "The file is another one." },
	{ 414, "URI Too Long", "The address is longer than 8 KB." },
	{ 416, "Range Not Satisfiable", "The file is not that long." },
	{ 417, "Expectation Failed", "Nothing but 100-continue can be expected." },
	{ 431, "Request Header Fields Too Large",
		"The head is larger than 16 KB or has more than 64 lines." },
	{ 500, "Internal Server Error", "Something went wrong." },
	{ 503, "Service Unavailable", "Too much is going on; try again." },
	{ 505, "HTTP Version Not Supported", "Only HTTP/1.0 and HTTP/1.1 are understood." },
};

static const struct status *find_status(int code)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].code == code)
			return &rows[i];
	return find_status(500);
}

void answer_add(struct answer *a, struct answer_part part)
{
	if (part.len == 0)
		return;
	a->parts[a->part_count++] = part;
	a->total += part.len;
}

void answer_add_text(struct answer *a, str text)
{
	size_t at = a->text.len;

	buf_add(&a->text, text);
	answer_add(a, (struct answer_part){ .kind = PART_TEXT, .at = at, .len = text.len });
}

void answer_slice(struct answer *a, uint64_t from, uint64_t to)
{
	size_t kept = 0;
	uint64_t at = 0;

	a->total = to - from;
	for (size_t i = 0; i < a->part_count; i++) {
		struct answer_part p = a->parts[i];
		uint64_t end = at + p.len;
		uint64_t first = from > at ? from : at, last = to < end ? to : end;

		if (first < last) {
			p.at += first - at;
			p.len = last - first;
			a->parts[kept++] = p;
		}
		at = end;
	}
	a->part_count = kept;
}

static void write_head(struct answer *a, const struct answer_head *h)
{
	char date[CONDITION_DATE_BYTES];

	condition_write_date((int64_t)time(NULL), date);
	buf_printf(&a->text, "HTTP/1.1 %d %s\r\nDate: %s\r\n", h->status,
		find_status(h->status)->reason, date);
	if (h->type)
		buf_printf(&a->text, "Content-Type: %s\r\n", h->type);
	if (h->status != 304 && !a->is_stream)
		buf_printf(&a->text, "Content-Length: %llu\r\n", (unsigned long long)a->total);
	buf_printf(&a->text, "Cache-Control: %s\r\n", h->no_store ? "no-store" : "no-cache");
	/* Nothing of a preview is for other origins: not as an image, not as a script, not in a
	 * frame. */
	BUF_LIT(&a->text, "X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: "
			  "same-origin\r\n"
			  "X-Frame-Options: SAMEORIGIN\r\n");
	buf_add(&a->text, h->lines);
	if (a->close)
		BUF_LIT(&a->text, "Connection: close\r\n");
	BUF_LIT(&a->text, "\r\n");
}

/* Behind these we may not know where the next request starts. */
static bool ends_connection(int status)
{
	return status == 400 || status == 408 || status == 414 || status == 417 ||
	       status == 431 || status == 505;
}

void answer_finish(struct answer *a, const struct answer_head *head)
{
	size_t at = a->text.len;
	struct answer_part first;

	a->close = a->close || ends_connection(head->status) || a->is_stream;
	write_head(a, head);
	first = (struct answer_part){ .kind = PART_TEXT, .at = at, .len = a->text.len - at };
	if (head->head_only || head->status == 304) {
		a->part_count = 0;
		a->total = 0;
	}
	memmove(a->parts + 1, a->parts, a->part_count * sizeof(a->parts[0]));
	a->parts[0] = first;
	a->part_count++;
	a->total += first.len;
}

void answer_say(struct answer *a, const struct answer_head *head, const char *text)
{
	struct answer_head h = *head;

	a->part_count = 0;
	a->total = 0;
	h.type = "text/plain; charset=utf-8";
	answer_add_text(a, str_c(text ? text : find_status(h.status)->text));
	answer_add_text(a, STR("\n"));
	answer_finish(a, &h);
}

void answer_refuse(struct answer *a, int status)
{
	a->close = true;
	answer_say(a, &(struct answer_head){ .status = status, .no_store = true }, NULL);
}

void answer_clear(struct answer *a)
{
	struct buf kept = a->text;

	if (a->fd >= 0)
		close(a->fd);
	if (kept.cap > 16 * 1024)
		buf_free(&kept);
	buf_clear(&kept);
	*a = (struct answer){ .text = kept, .fd = -1 };
}
