/*
 * batch -- the examples of many articles: run what is not recorded yet, compare, record.
 *
 * An example is run twice, each time from nothing; only when both runs agree is it recorded.  Blocks of
 * one pair must print the same.  What is recorded already is not run again unless it is asked for.
 */
#ifndef EXAMPLES_BATCH_H
#define EXAMPLES_BATCH_H

#include "content/example.h"
#include "content/record.h"
#include "examples/job.h"
#include "examples/message.h"
#include "content/runner.h"

struct arena;

enum batch_state {
	BATCH_CACHED,	/* recorded, and nothing has changed */
	BATCH_RECORDED, /* run, and recorded */
	BATCH_SAME,	/* run again for --refresh or --verify, with the same result */
	BATCH_NOT_RUN,	/* cannot be run here: why says what is missing */
	BATCH_FAILED,
};

struct batch_article {
	str path;   /* "content/a.md" */
	str folder; /* of its records */
	struct source src;
	struct example_place place; /* what its examples were read with */
	struct examples examples;
	bool whole; /* all its declarations were read: records of no example are orphans */
	struct diags diags;
	str *orphans; /* records that were removed, or with `verify` are there */
	size_t orphan_count;
};

struct batch_item {
	struct batch_article *article;
	const struct example *example;
	enum batch_state state;
	str why;
	bool ran;
	str packages; /* folder of what deps= names */
	str unfetched; /* why they could not be fetched */
	enum record_state recorded; /* before */
	struct record old, result;
	struct message *messages; /* of a failure, at places in the program */
	size_t message_count;
};

struct batch_options {
	enum rung rung;
	const struct runners *runners;
	str cache; /* folder below which compilers keep theirs; or empty */
	bool verify, refresh, fetch;
	int jobs;
	/* Before packages are fetched; only with `fetch`. */
	void (*fetching)(void *ctx, const struct batch_item *item);
	void (*progress)(void *ctx, size_t done, size_t count, const struct batch_item *item);
	void *progress_ctx;
};

struct batch {
	struct batch_item *items;
	size_t count;
	size_t recorded, cached, same, not_run, failed;
	struct arena *workers; /* hold the results */
	size_t worker_count;
};

/* `articles` keep their messages. */
void batch_run(struct batch_article *articles, size_t count, const struct batch_options *options, struct batch *out,
	struct arena *a);

/* Give back what the results hold. */
void batch_close(struct batch *b);

#endif
