#include "preview/server.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "preview/address.h"
#include "preview/connection.h"
#include "preview/listen.h"
#include "preview/making.h"
#include "preview/note.h"
#include "preview/root.h"
#include "preview/serve.h"

enum { TICK_MS = 250, EVENTS = 64, ACCEPTS = 64, TOKEN_BYTES = 16 };

struct server {
	const struct listener *listener;
	struct making *making;
	int epoll;
	struct served served;
	struct preview_limits limits;
	struct connection_context context;
	struct connection *first;
	bool has_clients;   /* wait to be accepted */
	bool paused;        /* no descriptors left: clients wait in the system's queue */
	struct arena texts; /* of the state */
	char token[2 * TOKEN_BYTES + 1];
	char hostname[256];
};

static int64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void watch_fd(struct server *s, int op, int fd, uint32_t events, void *tag)
{
	struct epoll_event e = { .events = events, .data = { .ptr = tag } };

	epoll_ctl(s->epoll, op, fd, &e);
}

static void drop_gone(struct server *s)
{
	struct connection **at = &s->first;

	while (*at) {
		struct connection *c = *at;

		if (c->state != CONNECTION_GONE) {
			at = &c->next;
			continue;
		}
		*at = c->next;
		connection_free(c, &s->context);
	}
}

static void run(struct server *s, struct connection *c)
{
	uint32_t events;

	connection_run(c, &s->context);
	events = connection_events(c);
	if (c->state == CONNECTION_GONE || events == c->events)
		return;
	c->events = events;
	watch_fd(s, EPOLL_CTL_MOD, c->fd, events, c);
}

/*
 * The one that has been asking longest, or doing nothing; of one address when it is given. Of
 * those of one moment it is the last in the list, where the newest comes first.
 */
static struct connection *find_oldest_asking(struct server *s, const unsigned char *address)
{
	struct connection *oldest = NULL;

	for (struct connection *c = s->first; c; c = c->next)
		if (c->state == CONNECTION_READING && (!oldest || c->began <= oldest->began) &&
			(!address || memcmp(address, c->address, sizeof(c->address)) == 0))
			oldest = c;
	return oldest;
}

static int count_of(const struct server *s, const unsigned char *address)
{
	int n = 0;

	for (const struct connection *c = s->first; c; c = c->next)
		n += c->state != CONNECTION_GONE &&
		     (!address || memcmp(address, c->address, sizeof(c->address)) == 0);
	return n;
}

/*
 * End the one that has been asking longest; what has come of it meanwhile is looked at first.
 * False when there is none. It is taken away later: there may still be an event of it to come
 * in this turn.
 */
static bool end_oldest_asking(struct server *s, const unsigned char *address)
{
	struct connection *oldest;

	while ((oldest = find_oldest_asking(s, address))) {
		int64_t began = oldest->began;

		run(s, oldest);
		if (oldest->state == CONNECTION_READING && oldest->began == began)
			oldest->state = CONNECTION_GONE;
		if (oldest->state == CONNECTION_GONE)
			return true;
	}
	return false;
}

/* False when there is no room, even by ending one that asks for nothing. */
static bool make_room(struct server *s, const unsigned char *address)
{
	if (count_of(s, address) >= s->limits.per_address)
		return end_oldest_asking(s, address);
	return count_of(s, NULL) < s->limits.connections || end_oldest_asking(s, NULL);
}

static void refuse_client(int fd)
{
	char room[4096];
	static const char text[] =
		"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n"
		"Connection: close\r\n\r\n";

	/* What was asked must be read, or the system throws the answer away with it. */
	(void)!recv(fd, room, sizeof(room), MSG_DONTWAIT);
	(void)!send(fd, text, sizeof(text) - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	close(fd);
}

static void add_client(struct server *s, int fd, const unsigned char address[16])
{
	struct connection *c =
		make_room(s, address) ? connection_new(fd, address, &s->context) : NULL;

	if (!c) {
		refuse_client(fd);
		return;
	}
	c->next = s->first;
	s->first = c;
	c->events = EPOLLIN;
	watch_fd(s, EPOLL_CTL_ADD, fd, EPOLLIN, c);
	run(s, c);
}

static void pause_accepting(struct server *s, bool pause)
{
	if (s->paused == pause)
		return;
	s->paused = pause;
	watch_fd(s, EPOLL_CTL_MOD, s->listener->fd, pause ? 0 : EPOLLIN, &s->listener);
}

static void accept_clients(struct server *s)
{
	unsigned char address[16];

	for (int i = 0; i < ACCEPTS; i++) {
		int fd = listen_accept(s->listener, address);

		if (fd >= 0)
			add_client(s, fd, address);
		else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
			 errno == ENOMEM) {
			pause_accepting(s, true);
			return;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK)
			return;
	}
}

static void tell_pages(struct server *s, str event)
{
	note_drop(s->context.state);
	s->context.state = note_new(event);
	for (struct connection *c = s->first; c; c = c->next)
		if (c->state == CONNECTION_STREAMING)
			run(s, c);
}

/* Later than the last one, so that a date names one generation. */
static int64_t next_since(const struct served *v)
{
	int64_t now = (int64_t)time(NULL);

	return now > v->since ? now : v->since + 1;
}

static void go_on_to(struct server *s, const struct made *m)
{
	struct arena a = { 0 };
	struct served *v = &s->served;
	struct address base;
	int root = open(str_cstr(m->folder, &a), O_PATH | O_DIRECTORY | O_CLOEXEC);

	arena_free(&a);
	if (root < 0)
		return;
	arena_reset(&s->texts, 64 * 1024);
	if (v->root >= 0)
		close(v->root);
	v->root = root;
	v->since = next_since(v);
	v->base_path = STR("/");
	if (address_read(
		    m->base_path, arena_alloc(&s->texts, m->base_path.len + 1, 1), &base) &&
		str_ends(base.path, STR("/")))
		v->base_path = base.path;
	v->names[1] = str_copy(m->host, &s->texts);
}

static void take_made(void *ctx, const struct made *m)
{
	struct server *s = ctx;

	if (m->fine)
		go_on_to(s, m);
	if (s->served.root < 0) {
		arena_reset(&s->texts, 64 * 1024);
		s->served.problem = str_copy(m->problem, &s->texts);
	}
	tell_pages(s, m->event);
}

static void check_all(struct server *s)
{
	for (struct connection *c = s->first; c; c = c->next) {
		connection_check(c, &s->context);
		if (c->state != CONNECTION_GONE && connection_events(c) != c->events)
			run(s, c);
	}
	pause_accepting(s, false);
}

/* False when a signal says to end. */
static bool take_event(struct server *s, const struct epoll_event *e, const int *signals)
{
	if (e->data.ptr == signals)
		return false;
	if (e->data.ptr == &s->listener)
		s->has_clients = true;
	else if (e->data.ptr == &s->making)
		making_take(s->making, take_made, s);
	else
		run(s, e->data.ptr);
	return true;
}

void server_run(struct server *s, int signals)
{
	struct epoll_event events[EVENTS];
	int64_t tick = clock_ms() + TICK_MS;
	bool going = true;

	watch_fd(s, EPOLL_CTL_ADD, signals, EPOLLIN, &signals);
	while (going) {
		int n = epoll_wait(
			s->epoll, events, EVENTS, s->first || s->paused ? TICK_MS : -1);

		s->context.now = clock_ms();
		for (int i = 0; i < n && going; i++)
			going = take_event(s, &events[i], &signals);
		/* Last: one that is here and has asked must not make room for one that comes.
		 */
		if (s->has_clients)
			accept_clients(s);
		s->has_clients = false;
		if (s->context.now >= tick) {
			check_all(s);
			tick = s->context.now + TICK_MS;
		}
		drop_gone(s);
	}
}

static void make_token(struct server *s)
{
	unsigned char bytes[TOKEN_BYTES];

	if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes))
		abort();
	for (size_t i = 0; i < TOKEN_BYTES; i++)
		snprintf(s->token + 2 * i, 3, "%02x", bytes[i]);
	s->served.token = str_c(s->token);
}

static int or_usual(int wanted, int usual)
{
	return wanted > 0 ? wanted : usual;
}

static void set_limits(struct server *s, const struct preview_limits *l)
{
	s->limits = (struct preview_limits){
		.connections = or_usual(l->connections, 1000),
		.per_address = or_usual(l->per_address, 500),
		.streams = or_usual(l->streams, 200),
		.head_ms = or_usual(l->head_ms, 10000),
		.idle_ms = or_usual(l->idle_ms, 30000),
		.stall_ms = or_usual(l->stall_ms, 15000),
		.answer_ms = or_usual(l->answer_ms, 30000),
		.rate = or_usual(l->rate, 32),
		.beat_ms = or_usual(l->beat_ms, 15000),
	};
}

/* Bound to all addresses, others come by this machine's name or number. */
static void set_names(struct server *s)
{
	const struct listener *l = s->listener;

	s->served.names[0] = l->bound;
	s->served.any_numeric = l->to_all;
	if (l->to_all && gethostname(s->hostname, sizeof(s->hostname) - 1) == 0)
		s->served.names[2] = str_c(s->hostname);
}

struct server *server_new(
	const struct listener *l, struct making *m, const struct preview_options *o)
{
	struct server *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	*s = (struct server){
		.listener = l, .making = m, .epoll = epoll_create1(EPOLL_CLOEXEC)
	};
	s->served = (struct served){ .root = -1,
		.base_path = STR("/"),
		.reload = !o->no_reload,
		.cache = root_cache_new() };
	s->context = (struct connection_context){
		.served = &s->served, .limits = &s->limits, .now = clock_ms()
	};
	set_limits(s, &o->limits);
	set_names(s);
	make_token(s);
	if (s->epoll < 0 || !s->served.cache) {
		server_free(s);
		return NULL;
	}
	watch_fd(s, EPOLL_CTL_ADD, l->fd, EPOLLIN, &s->listener);
	watch_fd(s, EPOLL_CTL_ADD, making_fd(m), EPOLLIN, &s->making);
	return s;
}

void server_free(struct server *s)
{
	for (struct connection *c = s->first; c; c = c->next)
		c->state = CONNECTION_GONE;
	drop_gone(s);
	note_drop(s->context.state);
	if (s->served.root >= 0)
		close(s->served.root);
	if (s->epoll >= 0)
		close(s->epoll);
	root_cache_free(s->served.cache);
	arena_free(&s->texts);
	free(s);
}
