/*
 * run_table -- what `gen run` says at the end.
 */
#ifndef CMD_RUN_TABLE_H
#define CMD_RUN_TABLE_H

#include "examples/batch.h"

struct buf;

struct run_summary {
	const struct batch *batch;
	const struct batch_article *articles;
	size_t article_count;
	str sandbox;
	double seconds;
	bool verify;
};

/* A line an example, by article, and a last line with counts. */
void run_table_write(const struct run_summary *s, struct buf *out);

/* One JSON object: ok, counts, sandbox, examples, messages. */
void run_table_json(const struct run_summary *s, const struct diags *d, struct buf *out);

#endif
