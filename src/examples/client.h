/*
 * client -- the part of the helper that waits until a server listens and asks it, one request after the other, each on
 * a connection of its own.
 *
 * It stands in the sandbox's own network, where nothing listens but the example. It never waits: the helper looks after the
 * program in between.
 */
#ifndef EXAMPLES_CLIENT_H
#define EXAMPLES_CLIENT_H

#include <netinet/in.h>

#include "base/arena.h"
#include "base/buf.h"
#include "examples/job.h"

struct pollfd;

enum client_state { CLIENT_LOOKING, CLIENT_CONNECTING, CLIENT_SENDING, CLIENT_READING, CLIENT_DONE, CLIENT_FAILED };

struct client {
	const struct job_step *step;
	uint64_t limit; /* bytes of an answer */
	enum client_state state;
	struct sockaddr_storage at;
	socklen_t at_length;
	int looks; /* how often something listened when it was looked */
	int fd;
	size_t index, sent;
	struct buf answer;
	struct arena arena;
	/* what came of it */
	int port;
	enum serve_fault fault;
	int error;
	/* called with each whole answer */
	void (*answered)(void *ctx, size_t index, str bytes);
	void *ctx;
};

void client_open(struct client *c, const struct job_step *step, uint64_t limit);

/* Is there something to ask by now? For as long as the state is CLIENT_LOOKING. */
void client_look(struct client *c);

/* What to wait for; its fd is -1 when there is nothing. */
void client_await(const struct client *c, struct pollfd *out);
void client_go_on(struct client *c);

/* The server has ended: what it had sent by then counts. */
void client_end(struct client *c);
void client_close(struct client *c);

#endif
