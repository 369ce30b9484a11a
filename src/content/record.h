/*
 * record -- what an example did when it was last run, kept beside its article.
 *
 * For content/a.md in content/a.runs/, for content/a/index.md in content/a/index.runs/:
 * <id>.yaml, and raw <id>.stdout and <id>.stderr where there is such output; of a server <id>.1.body and so on, what it
 * answered.  Beside them lie the lock files of examples with packages (lock.h).  A record is
 * sealed: an edit by hand is noticed.  Line ends may change on the way through version control;
 * that is no edit.
 */
#ifndef CONTENT_RECORD_H
#define CONTENT_RECORD_H

#include "base/diag.h"
#include "base/str.h"
#include "content/example_request.h"

struct arena;

enum record_end { RECORD_EXIT, RECORD_SIGNAL, RECORD_TIMEOUT, RECORD_COMPILE_ERROR, RECORD_COMPILED, RECORD_ANSWERED };

struct record_output {
	str bytes;     /* what is kept */
	uint64_t size; /* what was printed; more than is kept when it was cut */
};

/* What a server said. */
struct record_answer {
	str request; /* "GET /hello" */
	int status;
	str reason; /* "Not Found" */
	struct str_list headers; /* "Content-Type: text/plain": those that are recorded */
	struct record_output body;
};

struct record {
	str key;
	enum record_end end;
	int status;	/* of RECORD_EXIT; the number of the signal of RECORD_SIGNAL */
	str tool;	/* "go version go1.22.1 linux/amd64" */
	str sandbox;	/* "namespaces", "bubblewrap", "landlock", "none" */
	struct record_output out, err; /* of a server: its log, which is nothing to compare */
	struct record_answer *answers;
	size_t answer_count;
	str date, host;
	double wall, cpu; /* seconds */
	uint64_t memory;  /* bytes at the peak */
};

enum record_state {
	RECORD_MISSING,
	RECORD_FRESH,
	RECORD_CHANGED, /* the example is not what it was when it was run */
	RECORD_EDITED,	/* the record is not what was written */
};

/* "content/a.md" -> "content/a.runs". */
str record_folder(str article, struct arena *a);

/*
 * Read the record of `id` in `folder`, for an example whose key is `key`. `out` is filled unless it is
 * missing. A file that cannot be read or understood is EDITED, and `d` (which may be null) says why.
 */
enum record_state record_read(str folder, str id, str key, struct record *out, struct arena *a,
	struct diags *d);

/* Write it. Returns 0 or an errno value. */
int record_write(str folder, str id, const struct record *r, struct arena *a);

/* Remove all files of a record, and its lock. */
int record_remove(str folder, str id, struct arena *a);

/* The ids of all records in a folder, sorted; none when there is no folder. */
struct record_ids {
	str *at;
	size_t count;
};
struct record_ids record_names(str folder, struct arena *a);

/* The same result: how it ended and what it printed? Host, date and times aside. */
bool record_same(const struct record *a, const struct record *b);

/* "exit status 2", "killed by signal 11", ...; empty for a status of 0. */
str record_end_words(const struct record *r, struct arena *a);

#endif
