/*
 * preview -- a folder that is built again whenever its sources change, served to the browser of
 * its author.
 *
 * Knows nothing of sites: the caller hands down a plan (what to watch, where the pages are) and
 * a way to make them. Each successful making is a generation, complete in a folder of its own;
 * the server goes on to it at once and as a whole. A making that fails leaves the last good one
 * in place, and its messages are shown over the page.
 *
 * One thread serves, another watches and makes; `make`, `plan` and `rest` are called on the
 * latter, never at the same time.
 */
#ifndef PREVIEW_PREVIEW_H
#define PREVIEW_PREVIEW_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* What holds until the next making. Texts live in the arena that plan() was given. */
struct preview_plan {
	const str *roots; /* files and folders to watch, with all below them; need not exist */
	size_t root_count;
	const str *skips; /* folders below them to leave alone */
	size_t skip_count;
	str base_path; /* where the pages are, "/" or "/a/b/" */
	str host;      /* a further name the server answers to, or empty */
};

/* What has changed since the last making, as far as that is known. */
struct preview_changes {
	bool all; /* anything may have changed */
	const str *paths; /* else these, at least; named by way of the roots */
	size_t count;
};

/*
 * All may keep state in `ctx` from one call to the next. `folder` is one of two that
 * alternate: it holds what the last making but one left there, or nothing. `origin` is
 * "http://127.0.0.1:1313".
 */
typedef void preview_planner(void *ctx, struct preview_plan *out, struct arena *a);
typedef bool preview_maker(void *ctx, str origin, str folder,
	const struct preview_changes *changes, struct arena *a, struct diags *d);

/* Is there something left to make that no page had to wait for? Then another making follows, of no changes. */
typedef bool preview_more(void *ctx);

/* Called when `shown` is served, and no one reads in `spare` any more: time to tidy up. */
typedef void preview_rester(void *ctx, str shown, str spare);

/* Called once, when the server listens; `url` ends with the base path. */
typedef void preview_ready(void *ctx, str url);

/* Zero means the usual value, which stands behind. */
struct preview_limits {
	int connections; /* 1000 */
	int per_address; /* 500 */
	int streams;     /* 200: event streams */
	int head_ms;     /* 10000: from the first byte of a request to the end of its head */
	int idle_ms;     /* 30000: between requests */
	int stall_ms;    /* 15000: without a byte taken */
	int answer_ms;   /* 30000: for an answer, and the time that its bytes take at this rate:
			  */
	int rate;        /* 32: KB a second */
	int beat_ms;     /* 15000: between signs of life on an event stream */
};

struct preview_options {
	str bind;       /* numeric address; empty: 127.0.0.1 */
	int port;       /* 0: any free one; negative: 1313 or the next free one */
	str cache;      /* folder for the generations, made when it is not there */
	bool no_reload; /* pages are served as they are */
	bool poll;      /* look at the files from time to time instead of waiting for events */
	bool strict;    /* a warning is shown as an error */
	struct preview_limits limits;
	preview_planner *plan;
	preview_maker *make;
	preview_rester *rest; /* may be null */
	preview_more *more;   /* may be null */
	preview_ready *ready;
	void *ctx;
};

/*
 * Serve until SIGINT, SIGTERM or SIGHUP. False, with a message, when the server could not
 * start.
 */
bool preview_run(const struct preview_options *options, struct diags *d);

#endif
