/*
 * abuse -- what a program in a sandbox must not be able to do, tried in earnest.
 *
 * abuse.c holds what reads, writes and asks for rights; bombs.c what uses up or stays behind.  An attempt is true when
 * it worked, which is the failure of the sandbox.
 */
#ifndef TESTS_SANDBOX_ABUSE_H
#define TESTS_SANDBOX_ABUSE_H

#include <stdbool.h>
#include <stddef.h>

/* What driver.c has put out for the attempts; all of it belongs to the host. */
struct bait {
	const char *folder; /* anybody may read and write in it, but for the sandbox */
	const char *file;   /* in it: "bait\n" */
	const char *home;   /* of the user who started it */
	const char *toolchain; /* visible inside, and not to be written to */
	int pid;	    /* of gen */
	int tcp, udp;	    /* ports on 127.0.0.1 */
	const char *socket, *datagram, *abstract; /* names of unix sockets */
};

enum outcome {
	HELD,	 /* the attempt ends by itself, and has failed */
	STOPPED, /* it must be ended by a limit, or fail */
	LEFT,	 /* it ends well, and nothing of it may be left */
};

struct abuse {
	const char *name;
	bool (*attempt)(const struct bait *b);
	enum outcome outcome;
};

extern const struct abuse abuses[];
extern const size_t abuse_count;
extern const struct abuse bombs[];
extern const size_t bomb_count;

/* The status of an attempt that failed. */
enum { ABUSE_HELD = 42 };

#endif
