/*
 * address -- what a request asks for, and of whom: its target and its Host.
 */
#ifndef PREVIEW_ADDRESS_H
#define PREVIEW_ADDRESS_H

#include "base/str.h"

struct address {
	str host;  /* of an absolute target, "127.0.0.1:1313"; or empty */
	str raw;   /* the path as it came, with its escapes */
	str path;  /* decoded once; starts with '/' */
	str query; /* with its '?', or empty */
};

/*
 * Read a target; `room` takes the decoded path and has as many bytes as the target. False for
 * what no honest client sends: NUL and other control bytes, a backslash, "." and ".." as a part
 * of the path, an escaped slash, a bad escape, a fragment.
 */
bool address_read(str target, char *room, struct address *out);

/* A host and an optional port, as in a Host header. False when it is neither a name nor a
 * numeric address. */
bool address_split_host(str value, str *host, str *port);

/* Is it numeric: 127.0.0.1, [::1]? No name server can turn these to somewhere else. */
bool address_is_numeric(str host);

/*
 * localhost, a name below it, 127.0.0.1, [::1], one of `names` (without case; empty ones are
 * none): names that a hostile name server cannot point at us.
 */
bool address_is_ours(str host, const str *names, size_t count);

/* May a path be served: no part begins with a dot, but for a leading /.well-known/? */
bool address_is_public(str path);

#endif
