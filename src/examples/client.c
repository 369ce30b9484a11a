#include "examples/client.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "examples/http.h"

enum { STATE_LISTENS = 0x0a, LINES_MOST = 4096, CHUNK = 1 << 16, UNIX_LISTENS = 1 << 16, RUNS_TO_END = 1 << 12 };

void client_open(struct client *c, const struct job_step *step, uint64_t limit)
{
	*c = (struct client){ .step = step, .limit = limit, .fd = -1 };
}

static void fail(struct client *c, enum serve_fault fault, int error)
{
	c->state = CLIENT_FAILED;
	c->fault = fault;
	c->error = error;
}

/* Everything that listens: on all addresses, on one, and on those of IPv6. */
struct found {
	struct sockaddr_storage at;
	socklen_t length;
	int port; /* 0: nothing */
};

static struct found address4(unsigned int address, unsigned int port)
{
	struct found f = { .length = sizeof(struct sockaddr_in), .port = (int)port };
	struct sockaddr_in *in = (struct sockaddr_in *)&f.at;

	in->sin_family = AF_INET;
	in->sin_port = htons((uint16_t)port);
	in->sin_addr.s_addr = address == INADDR_ANY ? htonl(INADDR_LOOPBACK) : address;
	return f;
}

static struct found address6(const unsigned int *words, unsigned int port)
{
	static const struct in6_addr any = IN6ADDR_ANY_INIT, loopback = IN6ADDR_LOOPBACK_INIT;
	struct found f = { .length = sizeof(struct sockaddr_in6), .port = (int)port };
	struct sockaddr_in6 *in = (struct sockaddr_in6 *)&f.at;

	in->sin6_family = AF_INET6;
	in->sin6_port = htons((uint16_t)port);
	memcpy(&in->sin6_addr, words, sizeof(in->sin6_addr));
	if (memcmp(&in->sin6_addr, &any, sizeof(any)) == 0)
		in->sin6_addr = loopback;
	return f;
}

/* "   0: 0100007F:1F90 00000000:0000 0A ...", as the kernel lists sockets. */
static bool read_socket(const char *line, bool six, struct found *out)
{
	unsigned int words[4], port, state;

	if (!six) {
		if (sscanf(line, " %*u: %8X:%4X %*8X:%*4X %2X", &words[0], &port, &state) != 3)
			return false;
		*out = address4(words[0], port);
	} else {
		if (sscanf(line, " %*u: %8X%8X%8X%8X:%4X %*32[0-9A-Fa-f]:%*4X %2X", &words[0], &words[1], &words[2],
			    &words[3], &port, &state) != 6)
			return false;
		*out = address6(words, port);
	}
	return state == STATE_LISTENS;
}

/* The port that was asked for; else the one that PORT names; else the lowest. */
static bool is_better(const struct client *c, const struct found *one, const struct found *best)
{
	if (c->step->port)
		return one->port == c->step->port && best->port == 0;
	if (best->port == 0)
		return true;
	if (best->port == SERVE_PORT || one->port == SERVE_PORT)
		return one->port == SERVE_PORT && best->port != SERVE_PORT;
	return one->port < best->port;
}

static void look_in(const struct client *c, const char *path, bool six, struct found *best)
{
	FILE *file = fopen(path, "re");
	char line[512];

	for (int i = 0; file && i < LINES_MOST && fgets(line, sizeof(line), file); i++) {
		struct found one;

		if (read_socket(line, six, &one) && is_better(c, &one, best))
			*best = one;
	}
	if (file)
		fclose(file);
}

/* Flags stand in the fourth column: "0000...: 00000002 00000000 00010000 0001 01 4711 /tmp/x". */
static bool listens_on_unix(void)
{
	FILE *file = fopen("/proc/self/net/unix", "re");
	bool found = false;
	char line[512];

	for (int i = 0; file && i < LINES_MOST && !found && fgets(line, sizeof(line), file); i++) {
		unsigned int flags;

		found = sscanf(line, "%*s %*x %*x %x", &flags) == 1 && (flags & UNIX_LISTENS);
	}
	if (file)
		fclose(file);
	return found;
}

static void next_request(struct client *c)
{
	c->sent = 0;
	c->answer.len = 0;
	c->fd = socket(c->at.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	c->state = CLIENT_CONNECTING;
	if (c->fd < 0 || (connect(c->fd, (struct sockaddr *)&c->at, c->at_length) != 0 && errno != EINPROGRESS))
		fail(c, SERVE_REFUSED, errno);
}

void client_look(struct client *c)
{
	struct found best = { .port = 0 };

	look_in(c, "/proc/self/net/tcp", false, &best);
	look_in(c, "/proc/self/net/tcp6", true, &best);
	if (!best.port)
		c->fault = listens_on_unix() ? SERVE_UNIX_ONLY : SERVE_FINE;
	/* Another port than the usual one may be the first of several: look again before it is believed. */
	if (!best.port || (best.port != SERVE_PORT && best.port != c->step->port && c->looks++ == 0))
		return;
	c->fault = SERVE_FINE;
	c->at = best.at;
	c->at_length = best.length;
	c->port = best.port;
	next_request(c);
}

void client_await(const struct client *c, struct pollfd *out)
{
	bool waits = c->state == CLIENT_CONNECTING || c->state == CLIENT_SENDING || c->state == CLIENT_READING;

	*out = (struct pollfd){ .fd = waits ? c->fd : -1, .events = c->state == CLIENT_READING ? POLLIN : POLLOUT };
}

static void check_connected(struct client *c)
{
	socklen_t length = sizeof(int);
	int error = 0;

	if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0)
		error = errno;
	if (error)
		fail(c, SERVE_REFUSED, error);
	else
		c->state = CLIENT_SENDING;
}

static void send_some(struct client *c)
{
	str left = str_from(c->step->requests.at[c->index], c->sent);
	ssize_t n = send(c->fd, left.ptr, left.len, MSG_NOSIGNAL);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0)
		c->sent += (size_t)n;
	/* One that answers before it has heard everything may have said something. */
	if (n < 0 || (size_t)n == left.len)
		c->state = CLIENT_READING;
}

static void take_answer(struct client *c)
{
	c->answered(c->ctx, c->index, buf_str(&c->answer));
	close(c->fd);
	c->fd = -1;
	c->index++;
	if (c->index == c->step->requests.count)
		c->state = CLIENT_DONE;
	else
		next_request(c);
}

static void judge_answer(struct client *c, bool closed)
{
	bool head = str_starts(c->step->requests.at[c->index], STR("HEAD "));
	struct http_answer answer;
	enum http_state state = http_read(buf_str(&c->answer), closed, head, &answer, NULL);

	if (state == HTTP_WHOLE)
		take_answer(c);
	else if (state == HTTP_WRONG)
		fail(c, SERVE_NOT_HTTP, 0);
	else if (c->answer.len > c->limit)
		fail(c, SERVE_TOO_LARGE, 0);
	else if (closed)
		fail(c, SERVE_CLOSED, 0);
}

static void read_some(struct client *c)
{
	ssize_t n;

	c->answer.arena = &c->arena;
	buf_reserve(&c->answer, CHUNK);
	n = recv(c->fd, c->answer.ptr + c->answer.len, CHUNK, 0);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0)
		c->answer.len += (size_t)n;
	judge_answer(c, n <= 0);
}

void client_go_on(struct client *c)
{
	if (c->state == CLIENT_CONNECTING)
		check_connected(c);
	if (c->state == CLIENT_SENDING)
		send_some(c);
	else if (c->state == CLIENT_READING)
		read_some(c);
}

/* Nothing more is written at the other end, so every read has an answer at once. */
void client_end(struct client *c)
{
	size_t index = c->index;

	for (int i = 0; i < RUNS_TO_END && c->index == index && c->state == CLIENT_READING; i++)
		read_some(c);
}

void client_close(struct client *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
	arena_free(&c->arena);
}
