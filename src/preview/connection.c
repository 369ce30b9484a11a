#include "preview/connection.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include "preview/note.h"
#include "preview/serve.h"

enum {
	READ_BYTES = 4096,
	TURN_BYTES = 1 << 20, /* sent before others get their turn */
	CLOSING_MS = 1000,
	CLOSING_BYTES = 256 * 1024,
};

struct connection *connection_new(
	int fd, const unsigned char address[16], const struct connection_context *x)
{
	struct connection *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->fd = fd;
	c->answer.fd = -1;
	memcpy(c->address, address, sizeof(c->address));
	c->began = x->now;
	/* Who has just come has something to ask. */
	c->deadline = x->now + x->limits->head_ms;
	return c;
}

static void drop_stream(struct connection *c, struct connection_context *x)
{
	if (c->is_stream)
		x->streams--;
	c->is_stream = false;
	note_drop(c->sending);
	note_drop(c->seen);
	c->sending = c->seen = NULL;
}

void connection_free(struct connection *c, struct connection_context *x)
{
	drop_stream(c, x);
	answer_clear(&c->answer);
	buf_free(&c->answer.text);
	buf_free(&c->in);
	close(c->fd);
	free(c);
}

/* At once, and without what is still on its way: a client that does not take it must not keep
 * it in the system. */
static void abort_connection(struct connection *c)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
	c->state = CONNECTION_GONE;
}

static void begin_closing(struct connection *c, const struct connection_context *x)
{
	answer_clear(&c->answer);
	shutdown(c->fd, SHUT_WR);
	c->state = CONNECTION_CLOSING;
	c->deadline = x->now + CLOSING_MS;
}

static void begin_answer(struct connection *c, const struct connection_context *x)
{
	c->state = CONNECTION_WRITING;
	c->part = 0;
	c->progress = x->now;
	c->deadline = x->now + x->limits->answer_ms +
		      (int64_t)(c->answer.total / (uint64_t)x->limits->rate);
}

/* How many were sent; negative on an error, 0 when the client must take something first. */
static ssize_t send_bytes(int fd, const char *bytes, size_t len, bool more)
{
	ssize_t n;

	do
		n = send(fd, bytes, len, MSG_NOSIGNAL | MSG_DONTWAIT | (more ? MSG_MORE : 0));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1;
	return n;
}

static ssize_t send_stretch(int fd, int file, uint64_t at, size_t len)
{
	off_t offset = (off_t)at;
	ssize_t n;

	do
		n = sendfile(fd, file, &offset, len);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1;
	/* The file has become shorter than we promised. */
	return n == 0 ? -1 : n;
}

static ssize_t send_part(struct connection *c, const struct answer_part *p)
{
	bool more = c->part + 1 < c->answer.part_count;
	size_t len = p->len < TURN_BYTES ? (size_t)p->len : TURN_BYTES;

	switch (p->kind) {
	case PART_TEXT:
		return send_bytes(c->fd, c->answer.text.ptr + p->at, len, more);
	case PART_BYTES:
		return send_bytes(c->fd, p->bytes + p->at, len, more);
	case PART_FILE:
		return send_stretch(c->fd, c->answer.fd, p->at, len);
	}
	return -1;
}

static void end_answer(struct connection *c, struct connection_context *x)
{
	bool ends = c->answer.close, stream = c->answer.is_stream;

	answer_clear(&c->answer);
	if (stream) {
		c->state = CONNECTION_STREAMING;
		c->progress = x->now;
	} else if (ends)
		begin_closing(c, x);
	else {
		c->state = CONNECTION_READING;
		c->began = x->now;
		c->deadline = x->now + (c->in.len ? x->limits->head_ms : x->limits->idle_ms);
	}
}

/* False when the client must take something first, or others have waited long enough. */
static bool write_answer(struct connection *c, struct connection_context *x)
{
	size_t turn = 0;

	while (c->part < c->answer.part_count) {
		struct answer_part *p = &c->answer.parts[c->part];
		ssize_t n;

		if (turn > TURN_BYTES)
			return false;
		n = send_part(c, p);
		if (n < 0)
			abort_connection(c);
		if (n <= 0)
			return false;
		c->progress = x->now;
		turn += (size_t)n;
		p->at += (uint64_t)n;
		p->len -= (uint64_t)n;
		if (p->len == 0)
			c->part++;
	}
	end_answer(c, x);
	return true;
}

/* Too many streams are refused; the page tries again by itself. */
static void open_stream(struct connection *c, struct connection_context *x)
{
	if (x->streams >= x->limits->streams) {
		answer_clear(&c->answer);
		answer_refuse(&c->answer, 503);
		return;
	}
	x->streams++;
	c->is_stream = true;
}

static void take_request(struct connection *c, struct connection_context *x, int refusal)
{
	struct request request;
	int status = refusal ? refusal
			     : request_read(str_sub(buf_str(&c->in), 0, c->scan.at), &request);

	if (status)
		answer_refuse(&c->answer, status);
	else
		serve_request(x->served, &request, &c->answer);
	if (c->answer.is_stream)
		open_stream(c, x);
	c->in.len -= c->scan.at;
	memmove(c->in.ptr, c->in.ptr + c->scan.at, c->in.len);
	c->scan = (struct request_scan){ 0 };
	begin_answer(c, x);
}

/* False when more bytes are needed. */
static bool read_request(struct connection *c, struct connection_context *x)
{
	int refusal = request_scan(buf_str(&c->in), &c->scan);

	if (!refusal && !c->scan.complete)
		return false;
	take_request(c, x, refusal);
	return true;
}

/* False when there is nothing more for now, or the connection has come to its end. */
static bool receive(struct connection *c, struct connection_context *x)
{
	ssize_t n;

	buf_reserve(&c->in, READ_BYTES);
	n = recv(c->fd, c->in.ptr + c->in.len, READ_BYTES, MSG_DONTWAIT);
	if (n < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK))
		return false;
	if (n <= 0) {
		c->state = CONNECTION_GONE;
		return false;
	}
	if (c->in.len == 0) {
		c->began = x->now;
		c->deadline = x->now + x->limits->head_ms;
	}
	c->in.len += (size_t)n;
	return true;
}

static void discard(struct connection *c)
{
	char room[READ_BYTES];
	ssize_t n = 1;

	while (n > 0 && c->discarded < CLOSING_BYTES) {
		n = recv(c->fd, room, sizeof(room), MSG_DONTWAIT);
		if (n > 0)
			c->discarded += (size_t)n;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	c->state = CONNECTION_GONE;
}

/* Only the newest state matters: one that came while an older was being sent is skipped for a
 * still newer one. */
static void choose_note(struct connection *c, const struct connection_context *x)
{
	if (c->sending || c->seen == x->state)
		return;
	note_drop(c->seen);
	c->seen = note_use(x->state);
	c->sending = note_use(x->state);
	c->sent = 0;
	c->progress = x->now;
}

static void run_stream(struct connection *c, struct connection_context *x)
{
	char room[256];
	ssize_t n = recv(c->fd, room, sizeof(room), MSG_DONTWAIT);

	/* A stream has nothing more to ask. */
	if (n >= 0 || (errno != EAGAIN && errno != EINTR)) {
		c->state = CONNECTION_GONE;
		return;
	}
	choose_note(c, x);
	while (c->sending) {
		n = send_bytes(
			c->fd, c->sending->bytes + c->sent, c->sending->len - c->sent, false);
		if (n < 0)
			c->state = CONNECTION_GONE;
		if (n <= 0)
			return;
		c->sent += (size_t)n;
		c->progress = x->now;
		if (c->sent < c->sending->len)
			continue;
		note_drop(c->sending);
		c->sending = NULL;
		choose_note(c, x);
	}
}

void connection_run(struct connection *c, struct connection_context *x)
{
	/* Requests may come one behind the other; each turn takes one from what was read. */
	for (;;) {
		switch (c->state) {
		case CONNECTION_READING:
			if (read_request(c, x))
				break;
			if (!receive(c, x))
				return;
			break;
		case CONNECTION_WRITING:
			if (!write_answer(c, x))
				return;
			break;
		case CONNECTION_STREAMING:
			run_stream(c, x);
			return;
		case CONNECTION_CLOSING:
			discard(c);
			return;
		case CONNECTION_GONE:
			return;
		}
	}
}

static void beat(struct connection *c, const struct connection_context *x)
{
	if (c->sending) {
		if (x->now - c->progress > x->limits->stall_ms)
			abort_connection(c);
	} else if (x->now - c->progress > x->limits->beat_ms) {
		c->progress = x->now;
		/* A comment; that a client takes not even this much shows with the next state.
		 */
		if (send_bytes(c->fd, ":\n\n", 3, false) != 3)
			abort_connection(c);
	}
}

void connection_check(struct connection *c, struct connection_context *x)
{
	switch (c->state) {
	case CONNECTION_READING:
		if (x->now <= c->deadline)
			break;
		if (c->in.len == 0) {
			c->state = CONNECTION_GONE;
			break;
		}
		answer_refuse(&c->answer, 408);
		begin_answer(c, x);
		connection_run(c, x);
		break;
	case CONNECTION_WRITING:
		if (x->now > c->deadline || x->now - c->progress > x->limits->stall_ms)
			abort_connection(c);
		break;
	case CONNECTION_STREAMING:
		beat(c, x);
		break;
	case CONNECTION_CLOSING:
		if (x->now > c->deadline)
			abort_connection(c);
		break;
	case CONNECTION_GONE:
		break;
	}
}

uint32_t connection_events(const struct connection *c)
{
	switch (c->state) {
	case CONNECTION_WRITING:
		return EPOLLOUT;
	case CONNECTION_STREAMING:
		return c->sending ? EPOLLIN | EPOLLOUT : EPOLLIN;
	case CONNECTION_READING:
	case CONNECTION_CLOSING:
	case CONNECTION_GONE:
		break;
	}
	return EPOLLIN;
}
