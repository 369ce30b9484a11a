#include "preview/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"

enum { USUAL_PORT = 1313, PORTS = 100, BACKLOG = 256, SEND_BUFFER = 128 * 1024 };

union place {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_storage room;
};

/* "127.0.0.1", "::1", "[::1]", and localhost for the first. */
static bool read_address(str text, union place *out, struct arena *a)
{
	const char *word;

	*out = (union place){ 0 };
	if (text.len == 0 || str_eq_nocase(text, STR("localhost")))
		text = STR("127.0.0.1");
	if (text.len > 2 && text.ptr[0] == '[' && text.ptr[text.len - 1] == ']')
		text = str_sub(text, 1, text.len - 1);
	word = str_cstr(text, a);
	if (inet_pton(AF_INET, word, &out->v4.sin_addr) == 1) {
		out->v4.sin_family = AF_INET;
		return true;
	}
	if (inet_pton(AF_INET6, word, &out->v6.sin6_addr) == 1) {
		out->v6.sin6_family = AF_INET6;
		return true;
	}
	return false;
}

static void set_port(union place *p, int port)
{
	if (p->any.sa_family == AF_INET)
		p->v4.sin_port = htons((uint16_t)port);
	else
		p->v6.sin6_port = htons((uint16_t)port);
}

static socklen_t place_size(const union place *p)
{
	return p->any.sa_family == AF_INET ? sizeof(p->v4) : sizeof(p->v6);
}

/* 0 or the errno value. */
static int try_port(const union place *p, int *fd)
{
	int on = 1, room = SEND_BUFFER, error;

	*fd = socket(p->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*fd < 0)
		return errno;
	setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	/* What a slow reader may keep in the system; clients inherit it. */
	setsockopt(*fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
	setsockopt(*fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (bind(*fd, &p->any, place_size(p)) == 0 && listen(*fd, BACKLOG) == 0)
		return 0;
	error = errno;
	close(*fd);
	return error;
}

static int try_ports(union place *p, int port, int *fd)
{
	int first = port < 0 ? USUAL_PORT : port, count = port < 0 ? PORTS : 1, error = 0;

	for (int i = 0; i < count; i++) {
		set_port(p, first + i);
		error = try_port(p, fd);
		if (error != EADDRINUSE)
			break;
	}
	return error;
}

static void describe(struct listener *l, struct arena *a)
{
	union place p = { 0 };
	socklen_t size = sizeof(p);
	char text[INET6_ADDRSTRLEN] = "";

	getsockname(l->fd, &p.any, &size);
	if (p.any.sa_family == AF_INET) {
		inet_ntop(AF_INET, &p.v4.sin_addr, text, sizeof(text));
		l->port = ntohs(p.v4.sin_port);
		l->to_all = p.v4.sin_addr.s_addr == htonl(INADDR_ANY);
		l->bound = str_copy(str_c(text), a);
	} else {
		inet_ntop(AF_INET6, &p.v6.sin6_addr, text, sizeof(text));
		l->port = ntohs(p.v6.sin6_port);
		l->to_all = IN6_IS_ADDR_UNSPECIFIED(&p.v6.sin6_addr);
		l->bound = str_printf(a, "[%s]", text);
	}
	l->host = l->to_all ? STR("localhost") : l->bound;
}

static bool say_failure(str address, int port, int error, struct diags *d)
{
	str shown = address.len ? address : STR("127.0.0.1");

	if (error == EADDRINUSE && port > 0)
		diag_error(d, (loc){ 0 }, "server", "port %d of " STR_FMT " is taken", port,
			STR_ARG(shown));
	else if (error == EADDRINUSE)
		diag_error(d, (loc){ 0 }, "server",
			"the ports %d to %d of " STR_FMT " are all taken", USUAL_PORT,
			USUAL_PORT + PORTS - 1, STR_ARG(shown));
	else
		diag_error(d, (loc){ 0 }, "server", "cannot listen on " STR_FMT " port %d: %s",
			STR_ARG(shown), port < 0 ? USUAL_PORT : port, strerror(error));
	if (error == EADDRINUSE)
		diag_help(d, "without --port the next free one is taken; --port 0 takes any");
	if (error == EADDRNOTAVAIL)
		diag_help(d, "--bind takes an address of this machine; 0.0.0.0 stands for all "
			     "of them");
	return false;
}

bool listen_open(str address, int port, struct listener *out, struct arena *a, struct diags *d)
{
	union place place;
	int error;

	*out = (struct listener){ .fd = -1 };
	if (!read_address(address, &place, a)) {
		diag_error(d, (loc){ 0 }, "server", "'" STR_FMT "' is no address to listen on",
			STR_ARG(address));
		diag_help(
			d, "--bind takes a numeric address such as 127.0.0.1, ::1 or 0.0.0.0");
		return false;
	}
	error = try_ports(&place, port, &out->fd);
	if (error)
		return say_failure(address, port, error, d);
	describe(out, a);
	return true;
}

int listen_accept(const struct listener *l, unsigned char address[16])
{
	union place p = { 0 };
	socklen_t size = sizeof(p);
	int fd = accept4(l->fd, &p.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);

	memset(address, 0, 16);
	if (p.any.sa_family == AF_INET6)
		memcpy(address, &p.v6.sin6_addr, 16);
	else {
		address[10] = address[11] = 0xff;
		memcpy(address + 12, &p.v4.sin_addr, 4);
	}
	return fd;
}
