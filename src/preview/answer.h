/*
 * answer -- what is sent back: a head and a few parts, bytes or a stretch of an open file.
 *
 * Nothing of a file is kept in memory, so a client that reads slowly costs a descriptor and a
 * few hundred bytes.
 */
#ifndef PREVIEW_ANSWER_H
#define PREVIEW_ANSWER_H

#include "base/buf.h"
#include "base/str.h"

enum part_kind { PART_TEXT, PART_BYTES, PART_FILE };

struct answer_part {
	enum part_kind kind;
	const char *bytes; /* of PART_BYTES; they outlive the answer */
	uint64_t at, len;  /* within the text, the bytes, the file */
};

struct answer {
	struct buf
		text; /* the head and what was made for it; its memory serves the next answer */
	int fd;       /* -1: none */
	struct answer_part parts[4];
	size_t part_count;
	uint64_t total; /* bytes of all parts */
	bool close;     /* the connection ends with it */
	bool is_stream; /* events follow */
};

/* What stands in the head besides the body's length. */
struct answer_head {
	int status;
	const char *type; /* null: no Content-Type */
	bool head_only;   /* HEAD: the body's length, and no body */
	bool no_store;
	str lines; /* further header lines, each with its CR LF */
};

/* Add to the body. */
void answer_add(struct answer *a, struct answer_part part);
void answer_add_text(struct answer *a, str text);

/* Leave only [from, to) of the body. */
void answer_slice(struct answer *a, uint64_t from, uint64_t to);

/* Put the head before the body; the answer is complete. Sets `close` where the status calls for
 * it. */
void answer_finish(struct answer *a, const struct answer_head *head);

/* A short text in place of a file; whatever was added before is dropped. */
void answer_say(struct answer *a, const struct answer_head *head, const char *text);

/* The same for a request that could not be read; the connection ends with it. */
void answer_refuse(struct answer *a, int status);

/* Close the file; keep the memory. */
void answer_clear(struct answer *a);

#endif
