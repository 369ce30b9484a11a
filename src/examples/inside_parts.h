/*
 * inside_parts -- what the files of the helper share; not for others.
 */
#ifndef EXAMPLES_INSIDE_PARTS_H
#define EXAMPLES_INSIDE_PARTS_H

#include <sys/types.h>

#include "base/arena.h"
#include "examples/job.h"

/* Who runs the program when gen is root: nobody. */
enum { NOBODY = 65534 };

struct inside {
	struct job job;
	struct arena arena;
	const char *work, *tmp, *home, *cache, *packages; /* as the program sees them */
	bool own_pids;	  /* all processes that can be seen are ours */
	bool mounts_cache; /* the cache is a mount that can be taken away */
	int signals;	  /* tells of children that ended */
};

/* Tell gen why nothing can be run, and end. */
_Noreturn void inside_fail(const char *what, int error);

/* A frame to gen; ends the helper when gen has gone away. */
void inside_report(enum frame_kind kind, size_t step, const void *bytes, size_t length);

/* namespaces.c: own namespaces around this process's child, which runs the steps. Does not return. */
_Noreturn void namespaces_main(struct inside *in);

/* bubblewrap.c: become bwrap, which starts the helper once more, inside. Does not return. */
_Noreturn void bubblewrap_main(struct inside *in);

/* landlock.c: the kernel's version of it; 0 or less when there is none. */
int landlock_version(void);

/* For this process from here on. False with errno. */
bool landlock_confine(const struct inside *in, bool compiles);

/* steps.c: write the files and run all steps. Does not return. */
_Noreturn void steps_main(struct inside *in);

/* start.c: in the child; becomes the program. The errno value of a failure goes to `fault_fd`. */
struct start {
	const struct inside *in;
	const struct job_step *step;
	int input, out, err, fault_fd;
};
_Noreturn void start_program(const struct start *s);

/* probe.c: is what must not be possible impossible? Prints what is not; returns an exit status. */
int probe_main(const struct job_step *step);

/* tree.c: the processes that the program has started. */
struct tree_census {
	int processes;
	uint64_t memory; /* resident, of all together */
};
struct tree_census tree_count(const struct inside *in);

/* Kill them all and reap them: `reaped` is called for each. */
void tree_kill(const struct inside *in, void (*reaped)(void *ctx, pid_t pid, int status, const void *usage),
	void *ctx);

/* Threads of a user, for a limit that counts them all. */
int tree_threads_of(uid_t uid);

/* Bytes below a folder, at most a little over `limit`. */
uint64_t tree_disk(const char *folder, uint64_t limit);

/* places.c: what of the system's own folders a program may read. Each ends with a null pointer. */
extern const char *const places_system[]; /* folders, or links to them */
extern const char *const places_etc[];	  /* patterns */
extern const char *const places_devices[];

#endif
