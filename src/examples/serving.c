#include "examples/serving.h"

#include "base/arena.h"
#include "examples/compare.h"
#include "examples/http.h"

enum { SERVE_MS = 30000, BODY_KEPT = 64 << 10 };

/* What says something about the answer, and is the same tomorrow. */
static const str STANDARD_HEADERS[] = { STR_INIT("Content-Type"), STR_INIT("Location"), STR_INIT("Allow"),
	STR_INIT("Cache-Control"), STR_INIT("WWW-Authenticate"), STR_INIT("Retry-After") };
enum { STANDARD_COUNT = sizeof(STANDARD_HEADERS) / sizeof(STANDARD_HEADERS[0]), HEADERS_MOST = 64 };

bool serving_possible(enum rung rung, str *why)
{
	if (rung == RUNG_NAMESPACES || rung == RUNG_BUBBLEWRAP)
		return true;
	*why = STR("a server needs a network of its own, and the sandbox here has none (see gen doctor)");
	return false;
}

static bool sets_port(const struct example *e)
{
	for (size_t i = 0; i < e->env.count; i++)
		if (str_starts(e->env.at[i], STR("PORT=")))
			return true;
	return false;
}

static void tell_port(const struct example *e, struct job_step *s, struct arena *a)
{
	str *env = arena_array(a, str, s->env.count + 1);

	memcpy(env, s->env.at, s->env.count * sizeof(env[0]));
	env[s->env.count] = str_printf(a, "PORT=%d", e->port ? e->port : SERVE_PORT);
	s->env = (struct str_list){ env, s->env.count + 1 };
}

void serving_job(const struct example *e, struct job_step *s, struct arena *a)
{
	str *requests = arena_array(a, str, e->request_count);

	for (size_t i = 0; i < e->request_count; i++)
		requests[i] = http_request(&e->requests[i], a);
	s->requests = (struct str_list){ requests, e->request_count };
	s->port = e->port;
	s->wall_ms = e->timeout_ms ? e->timeout_ms : SERVE_MS;
	if (!sets_port(e))
		tell_port(e, s, a);
}

/* Headers are text without surprises. */
static str plain(str s, struct arena *a)
{
	char *copy = (char *)str_cstr(s, a);

	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)copy[i] < ' ' || (unsigned char)copy[i] > '~')
			copy[i] = '?';
	return str_new(copy, s.len);
}

static void add_header(const struct http_answer *answer, str name, str *headers, size_t *count, struct arena *a)
{
	str value;

	for (size_t nth = 0; *count < HEADERS_MOST && http_header(answer, name, nth, &value); nth++)
		headers[(*count)++] = str_printf(a, STR_FMT ": " STR_FMT, STR_ARG(name), STR_ARG(plain(value, a)));
}

static bool is_standard(str name)
{
	for (size_t i = 0; i < STANDARD_COUNT; i++)
		if (str_eq_nocase(name, STANDARD_HEADERS[i]))
			return true;
	return false;
}

static struct str_list chosen_headers(const struct example *e, const struct http_answer *answer, struct arena *a)
{
	str *headers = arena_array(a, str, HEADERS_MOST);
	size_t count = 0;

	for (size_t i = 0; i < STANDARD_COUNT; i++)
		add_header(answer, STANDARD_HEADERS[i], headers, &count, a);
	for (size_t i = 0; i < e->shown_headers.count; i++)
		if (!is_standard(e->shown_headers.at[i]))
			add_header(answer, e->shown_headers.at[i], headers, &count, a);
	return (struct str_list){ headers, count };
}

static str request_line(const struct example *e, size_t index, struct arena *a)
{
	const struct example_request *r = &e->requests[index < e->request_count ? index : 0];

	return str_printf(a, STR_FMT " " STR_FMT, STR_ARG(r->method), STR_ARG(r->path));
}

static void read_answer(const struct example *e, size_t index, str bytes, struct record_answer *out, struct arena *a)
{
	bool head = str_eq(e->requests[index].method, STR("HEAD"));
	struct http_answer answer;

	http_read(bytes, true, head, &answer, a);
	*out = (struct record_answer){ .request = request_line(e, index, a), .status = answer.status,
		.reason = plain(answer.reason, a), .headers = chosen_headers(e, &answer, a) };
	out->body = (struct record_output){ str_sub(answer.body, 0, BODY_KEPT), answer.body.len };
}

static str stop_words(const struct example *e, const struct job *j, const struct job_result *r, str asked, struct arena *a)
{
	switch (r->fault) {
	case SERVE_REFUSED:
		return str_printf(a, "it listened, and refused the connection for \"" STR_FMT "\": %s", STR_ARG(asked),
			strerror(r->status));
	case SERVE_CLOSED:
		return str_printf(a, "it closed the connection before it had answered \"" STR_FMT "\"", STR_ARG(asked));
	case SERVE_NOT_HTTP:
		return str_printf(a, "what it answers to \"" STR_FMT "\" is not HTTP", STR_ARG(asked));
	case SERVE_TOO_LARGE:
		return str_printf(a, "its answer to \"" STR_FMT "\" is larger than %llu KB", STR_ARG(asked),
			(unsigned long long)j->output / 1024);
	case SERVE_UNIX_ONLY:
	case SERVE_FINE:
		break;
	}
	return str_printf(a, "it answered %u of %zu requests", (unsigned int)r->answers, e->request_count);
}

static str time_words(const struct example *e, const struct job_step *step, const struct job_result *r, str asked,
	struct arena *a)
{
	long long ms = (long long)step->wall_ms;

	if (r->port)
		return str_printf(a, "it did not answer \"" STR_FMT "\" within %.3g s", STR_ARG(asked), (double)ms / 1e3);
	if (r->fault == SERVE_UNIX_ONLY)
		return STR("it listens on a unix socket, and gen asks by TCP");
	if (e->port)
		return str_printf(a, "it did not listen on port %d within %.3g s", e->port, (double)ms / 1e3);
	return str_printf(a, "it did not listen on any port within %.3g s", (double)ms / 1e3);
}

static str end_words(const struct job_result *r, str asked, struct arena *a)
{
	const char *how = r->end == JOB_SIGNALED ? "killed by signal" : "exit status";
	/* One that goes into the background leaves nobody to wait for. */
	const char *hint = r->end == JOB_EXITED && r->status == 0 ? ": a server must stay in the foreground" : "";

	if (!r->port)
		return str_printf(a, "it ended (%s %d%s) before it listened", how, r->status, hint);
	return str_printf(a, "it ended (%s %d%s) before it had answered \"" STR_FMT "\"", how, r->status, hint,
		STR_ARG(asked));
}

bool serving_result(const struct example *e, const struct job *j, const struct sandbox_step *s, struct record *out,
	str *why, struct arena *a)
{
	const struct job_result *r = &s->result;
	str asked = request_line(e, r->answers, a);

	out->out = (struct record_output){ s->out.bytes, s->out.size };
	out->err = (struct record_output){ s->err.bytes, s->err.size };
	if (r->end == JOB_STOPPED && r->fault == SERVE_FINE && r->answers == e->request_count) {
		out->end = RECORD_ANSWERED;
		out->answer_count = r->answers;
		out->answers = arena_array(a, struct record_answer, r->answers);
		for (size_t i = 0; i < r->answers; i++)
			read_answer(e, i, s->answers[i], &out->answers[i], a);
		return true;
	}
	out->end = r->end == JOB_TIMEOUT ? RECORD_TIMEOUT : r->end == JOB_SIGNALED ? RECORD_SIGNAL : RECORD_EXIT;
	out->status = r->status;
	*why = r->end == JOB_TIMEOUT   ? time_words(e, &j->steps[j->step_count - 1], r, asked, a)
	       : r->end == JOB_STOPPED ? stop_words(e, j, r, asked, a)
				       : end_words(r, asked, a);
	return false;
}

static bool same_request(const struct example_request *a, const struct example_request *b)
{
	return str_eq(a->method, b->method) && str_eq(a->path, b->path) && str_eq(a->body, b->body);
}

static bool differ(str *why, const struct example *first, const struct record_answer *answer, str rest, struct arena *a)
{
	*why = str_printf(a, "answers \"" STR_FMT "\" otherwise than its pair \"" STR_FMT "\": " STR_FMT,
		STR_ARG(answer->request), STR_ARG(first->id), STR_ARG(rest));
	return false;
}

static bool same_requests(const struct example *a, const struct example *b)
{
	if (a->request_count != b->request_count)
		return false;
	for (size_t i = 0; i < a->request_count; i++)
		if (!same_request(&a->requests[i], &b->requests[i]))
			return false;
	return true;
}

bool serving_pair(const struct example *first, const struct example *second, const struct record *one,
	const struct record *two, str *why, struct arena *a)
{
	enum example_cmp cmp = first->cmp > second->cmp ? first->cmp : second->cmp;
	str pattern = second->cmp == CMP_REGEX ? second->pattern : first->pattern, left, right;

	if (!same_requests(first, second)) {
		*why = str_printf(a, "is asked for other things than its pair \"" STR_FMT "\"", STR_ARG(first->id));
		return false;
	}
	for (size_t i = 0; i < one->answer_count && i < two->answer_count; i++) {
		const struct record_answer *x = &one->answers[i], *y = &two->answers[i];
		int line;

		if (x->status != y->status)
			return differ(why, first, y, str_printf(a, "status %d there and %d here", x->status, y->status), a);
		if (compare_outputs(cmp, pattern, x->body.bytes, y->body.bytes, a))
			continue;
		line = compare_difference(x->body.bytes, y->body.bytes, &left, &right);
		return differ(why, first, y,
			str_printf(a, "line %d is \"" STR_FMT "\" there and \"" STR_FMT "\" here", line,
				STR_ARG(str_sub(left, 0, 80)), STR_ARG(str_sub(right, 0, 80))),
			a);
	}
	return true;
}
