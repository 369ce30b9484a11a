/*
 * serve -- from a request to its answer: who may ask, for which file, and which part of it.
 */
#ifndef PREVIEW_SERVE_H
#define PREVIEW_SERVE_H

#include <stdbool.h>

#include "base/str.h"

struct answer;
struct request;
struct root_cache;

/* What is served at this time; the server sets it, and it is only read here. */
struct served {
	int root;         /* the folder of the last good generation; -1: there is none yet */
	int64_t since;    /* when it came: seconds since 1970, later than for the one before */
	str base_path;    /* "/" or "/a/b/", decoded */
	str names[3];     /* that we answer to besides localhost; empty ones are none */
	bool any_numeric; /* bound to all addresses: we answer to any of them */
	bool reload;      /* put the script into pages */
	str token;        /* in the addresses of the script and of the event stream */
	str problem;      /* messages of the first making, while there is no generation */
	struct root_cache *cache;
};

/* `out` is zero with fd -1, or was cleared. */
void serve_request(const struct served *s, const struct request *r, struct answer *out);

#endif
