/* Asking by curl: what is asked goes in as its configuration, what it says comes out a line each. */
#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/process.h"
#include "site/external_parts.h"
#include "site/version.h"

enum { CONNECT_SECONDS = 10, AT_ONCE = 8, BYTES_MAX = 1000 * 1000 };

struct feeding {
	const struct request *requests;
	size_t count, at;
	int seconds;
};

/* A value of curl's configuration, in quotes. */
static void add_quoted(struct buf *out, str s)
{
	buf_char(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"' || s.ptr[i] == '\\')
			buf_char(out, '\\');
		buf_char(out, s.ptr[i]);
	}
	buf_char(out, '"');
}

static bool feed(void *ctx, struct buf *out)
{
	struct feeding *f = ctx;
	const struct request *r = &f->requests[f->at];

	if (f->at == f->count)
		return false;
	if (f->at)
		BUF_LIT(out, "next\n");
	BUF_LIT(out, "url = ");
	add_quoted(out, r->address);
	/* One byte of a page says as much as all of it; a host that sends all is cut off. */
	buf_add(out, r->whole ? STR("\nrange = \"0-0\"\n") : STR("\nhead\n"));
	buf_printf(out,
		"silent\ngloboff\nproto = \"=http,https\"\noutput = \"/dev/null\"\nmax-filesize = %d\n"
		"connect-timeout = %d\nmax-time = %d\nuser-agent = \"gen/" GEN_VERSION " (checks links)\"\n"
		"write-out = \"%zu\\t%%{exitcode}\\t%%{http_code}\\t%%header{retry-after}\\t%%{redirect_url}\\t%%{errormsg}\\n\"\n",
		BYTES_MAX, f->seconds < CONNECT_SECONDS ? f->seconds : CONNECT_SECONDS, f->seconds, f->at);
	f->at++;
	return true;
}

static str next_field(str *line)
{
	struct str_pair cut = str_cut(*line, '\t');

	*line = cut.tail;
	return cut.head;
}

static int64_t number(str field)
{
	uint64_t n = 0;

	str_to_u64(str_trim(field), &n);
	return n < 1000000000 ? (int64_t)n : 1000000000;
}

static void read_line(str line, struct request *requests, size_t count)
{
	size_t index = (size_t)number(next_field(&line));
	struct answer *answer;

	if (index >= count)
		return;
	answer = &requests[index].answer;
	requests[index].answered = true;
	answer->fault = (int)number(next_field(&line));
	answer->status = (int)number(next_field(&line));
	answer->wait = number(next_field(&line));
	answer->redirect = next_field(&line);
	answer->words = str_trim(line);
}

static const char *const arguments[] = { "curl", "--disable", "--silent", "--parallel", "--parallel-immediate", "--parallel-max", "8",
	"--config", "-", NULL };

bool external_ask(struct request *requests, size_t count, int seconds, str *words, struct arena *a)
{
	struct feeding feeding = { requests, count, 0, seconds };
	/* A round has as many of these as it takes; the whole is bounded once more. */
	int limit = (int)(count / AT_ONCE + 1) * (seconds + 1) + 10;
	struct process process = { .argv = arguments, .feed = feed, .feed_ctx = &feeding, .seconds = limit };
	struct process_result result;
	str out;

	process_run(&process, &result, a);
	if (result.end == PROCESS_UNSTARTED) {
		*words = str_c(strerror(result.status));
		return false;
	}
	for (out = result.out; out.len;) {
		struct str_pair cut = str_cut(out, '\n');

		read_line(cut.head, requests, count);
		out = cut.tail;
	}
	*words = str_trim(str_cut(result.err, '\n').head);
	return result.end == PROCESS_EXITED;
}
