/*
 * listen -- the socket that clients come to.
 */
#ifndef PREVIEW_LISTEN_H
#define PREVIEW_LISTEN_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

struct listener {
	int fd;
	int port;
	str host;    /* as in an address: "127.0.0.1", "[::1]"; "localhost" stands for all
			addresses */
	str bound;   /* the address itself, as a Host would name it */
	bool to_all; /* 0.0.0.0 or :: */
};

/*
 * `port` negative: 1313, or the next one of a hundred that is free; 0: any. False, with a
 * message, when there is none.
 */
bool listen_open(str address, int port, struct listener *out, struct arena *a, struct diags *d);

/* The next client, not blocking, with its address (IPv4 mapped into IPv6). -1 with errno when
 * there is none. */
int listen_accept(const struct listener *l, unsigned char address[16]);

#endif
