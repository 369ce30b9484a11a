/*
 * job -- what is to be run inside a sandbox, on its way from gen to the helper that builds the sandbox, and what
 * comes back.
 *
 * The helper is gen itself, started again with INSIDE_WORD as its first argument, the job on descriptor JOB_FD,
 * its answers on REPORT_FD; when LEASH_FD closes (gen was killed), everything ends.
 */
#ifndef EXAMPLES_JOB_H
#define EXAMPLES_JOB_H

#include "base/str.h"
#include "content/example_request.h"

struct arena;
struct buf;

#define INSIDE_WORD "gen: inside"

enum { JOB_FD = 3, REPORT_FD = 4, LEASH_FD = 5, EXE_FD = 6 };

/* From the strictest on. */
enum rung { RUNG_NAMESPACES, RUNG_BUBBLEWRAP, RUNG_LANDLOCK, RUNG_NONE };

struct job_file {
	str name; /* in the work folder */
	str bytes;
};

/* One program. Steps run one after the other, in one sandbox, until one fails. */
struct job_step {
	struct str_list argv; /* argv[0] is a path; one that begins with "./" is in the work folder */
	struct str_list env;  /* all of the environment */
	str input;
	int64_t wall_ms;
	uint64_t memory;
	bool compiles; /* may use the cache */
	struct str_list requests; /* it is a server: what to send it, before it is stopped */
	int port;		  /* where it is asked; 0: where it listens */
	bool probes;   /* instead of a program, look whether the sandbox holds; argv are the things to try */
};

enum { JOB_STEPS = 2 };

/* What PORT says to a server. */
enum { SERVE_PORT = 8080 };

struct job {
	enum rung rung;
	bool keeps_env;        /* the caller's environment and rights: for asking a tool its version */
	str folder;	       /* with keeps_env, where it runs; or empty */
	struct str_list folders; /* toolchains, readable */
	str cache;	       /* a folder that steps that compile may write, at CACHE_PATH; or empty */
	str packages;	       /* a folder with what the example depends on, readable at PACKAGES_PATH; or empty */
	str packages_link;     /* a name in the work folder for it; or empty */
	str scratch;	       /* a folder on disk for rungs that cannot make one of their own; or empty */
	uint64_t disk;	       /* bytes that may be written */
	uint64_t file_size;
	int processes;
	uint64_t output; /* bytes of stdout and stderr together, then it is killed */
	struct job_file *files;
	size_t file_count;
	struct job_step steps[JOB_STEPS];
	size_t step_count;
};

/* Paths inside; where there is no mount namespace, folders of these names below the scratch folder. */
#define WORK_PATH "/program"
#define TMP_PATH "/tmp"
#define HOME_PATH "/tmp/home"
#define CACHE_PATH "/cache"
#define PACKAGES_PATH "/packages"

enum job_end {
	JOB_EXITED,
	JOB_SIGNALED,
	JOB_TIMEOUT,
	JOB_OUTPUT,    /* printed too much */
	JOB_MEMORY,    /* all its processes together used too much */
	JOB_PROCESSES, /* too many */
	JOB_DISK,
	JOB_UNSTARTED, /* the program could not be started: errno in status */
	JOB_STOPPED,   /* a server, by us: it has answered, or `fault` says what was wrong with it */
};

/* What was wrong with a server that did not end by itself. */
enum serve_fault {
	SERVE_FINE,
	SERVE_UNIX_ONLY, /* listened, but on a unix socket only */
	SERVE_REFUSED,	 /* a connection: errno in status */
	SERVE_CLOSED,	 /* the connection was closed before the answer was whole */
	SERVE_NOT_HTTP,
	SERVE_TOO_LARGE,
};

struct job_result {
	enum job_end end;
	int status;
	double wall, cpu;
	uint64_t memory; /* of the largest process, bytes */
	/* of a server */
	enum serve_fault fault;
	int port; /* that it listened on; 0: none */
	uint32_t answers;
};

/* Frames of a report: a head, then `length` bytes. FRAME_ANSWER: a whole answer of a server, as it was sent. */
enum frame_kind { FRAME_OUT, FRAME_ERR, FRAME_END, FRAME_FAULT, FRAME_ANSWER };

struct frame {
	uint8_t kind, step;
	uint16_t unused;
	uint32_t length;
};

void job_write(const struct job *j, struct buf *out);

/* False when the bytes are not what job_write() made. Strings point into `bytes`. */
bool job_read(str bytes, struct job *out, struct arena *a);

#endif
