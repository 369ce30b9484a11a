/*
 * server -- clients come, are served, and go: one thread, one epoll.
 */
#ifndef PREVIEW_SERVER_H
#define PREVIEW_SERVER_H

#include "preview/preview.h"

struct listener;
struct making;
struct server;

/* Null when the system refuses. All arguments outlive it. */
struct server *server_new(
	const struct listener *l, struct making *m, const struct preview_options *o);

/* Serve until `signals`, a signalfd, has something. */
void server_run(struct server *s, int signals);

void server_free(struct server *s);

#endif
