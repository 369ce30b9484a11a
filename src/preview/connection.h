/*
 * connection -- one client: reads requests, writes answers, and ends it when it is too slow.
 *
 * Everything is bounded: a head's bytes and time, an answer's time and the time without
 * progress. What the client does not take stays in the file it comes from.
 */
#ifndef PREVIEW_CONNECTION_H
#define PREVIEW_CONNECTION_H

#include "preview/answer.h"
#include "preview/preview.h"
#include "preview/request.h"

struct note;
struct served;

enum connection_state {
	CONNECTION_READING,
	CONNECTION_WRITING,
	CONNECTION_STREAMING, /* events, until either side goes */
	CONNECTION_CLOSING, /* the last answer is out; what still comes is thrown away, so that
			       it is not lost to a reset */
	CONNECTION_GONE,
};

struct connection {
	int fd;
	enum connection_state state;
	unsigned char address[16]; /* whose it is */
	struct buf in;
	struct request_scan scan;
	struct answer answer;
	size_t part;                       /* of the answer, being sent */
	int64_t began, deadline, progress; /* milliseconds of the monotonic clock */
	bool is_stream;
	struct note *sending; /* on an event stream */
	size_t sent;
	struct note *seen; /* the newest that was taken up, to compare only */
	size_t discarded;
	uint32_t events; /* what epoll waits for */
	struct connection *next;
};

/* What connections share. */
struct connection_context {
	const struct served *served;
	const struct preview_limits *limits; /* no zeros in it */
	struct note *state;                  /* what every event stream shall know */
	int streams;                         /* open event streams */
	int64_t now;
};

/* Takes over `fd`, which does not block. Null when there is no memory. */
struct connection *connection_new(
	int fd, const unsigned char address[16], const struct connection_context *x);

/* Do what can be done: after bytes came, or there is room for more, or the state has changed.
 */
void connection_run(struct connection *c, struct connection_context *x);

/* End it when its time is up. */
void connection_check(struct connection *c, struct connection_context *x);

/* The events to wait for, as for epoll_ctl. */
uint32_t connection_events(const struct connection *c);

void connection_free(struct connection *c, struct connection_context *x);

#endif
