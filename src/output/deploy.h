/*
 * deploy -- a built site, on its way to where readers get it.
 *
 * What gen puts at a target it lists there, in `.gen-deploy`; only files of that list are ever replaced or
 * removed, and files of others stay. Files go in an order in which no page is there before what it needs:
 * assets whose names have a hash, other files, pages, and removals last. A deploy that is killed leaves a
 * list of all that may be gen's, and the next one does the rest.
 */
#ifndef OUTPUT_DEPLOY_H
#define OUTPUT_DEPLOY_H

#include "base/diag.h"
#include "base/str.h"

struct arena;

#define DEPLOY_LIST_NAME ".gen-deploy"

enum deploy_kind { DEPLOY_FOLDER, DEPLOY_GIT, DEPLOY_RSYNC, DEPLOY_RCLONE };

/* Where to, as gen.yaml says it. */
struct deploy_target {
	str name;
	enum deploy_kind kind;
	str path;     /* a folder, from the site's folder */
	str remote;   /* git, rsync, rclone: as that program understands it */
	str branch;   /* git */
	str message;  /* git: of the commit; "{commit}" is that of the sources */
	bool history; /* git: false: the branch has one commit, which is replaced */
	int64_t timeout; /* seconds that one call of a program may take */
};

struct deploy_options {
	const struct deploy_target *target;
	str source; /* the site's folder */
	str site;   /* what gen built */
	const str *keep_out; /* folders that the site is made from */
	size_t keep_out_count;
	bool force;   /* replace files that gen did not put there, and go on with a list that is damaged */
	bool dry_run; /* only look: nothing is written, here or there */
	void (*progress)(void *ctx, const char *what, size_t files); /* before each longer step; may be null */
	void *progress_ctx;
};

enum deploy_change { DEPLOY_SAME, DEPLOY_NEW, DEPLOY_CHANGED, DEPLOY_REMOVED, DEPLOY_CHANGES };

/* In the order in which they go. */
enum deploy_phase { DEPLOY_ASSETS, DEPLOY_FILES, DEPLOY_PAGES, DEPLOY_PHASES };

struct deploy_file {
	str path; /* a NUL stands behind it */
	uint64_t size, hash;
	enum deploy_change change;
	enum deploy_phase phase;
	bool listed; /* gen put it there, as the list says */
	bool known;  /* and the list says what is in it: `was` */
	bool blocks; /* to be removed, and in the way of a file that comes: goes first */
	bool gone;   /* to be removed, but not there any more */
	uint64_t was, was_size;
};

struct deploy_plan {
	const struct deploy_file *files; /* by path */
	size_t count;
	size_t of[DEPLOY_CHANGES];
	uint64_t bytes; /* of new and changed files */
	size_t left_out; /* files in the built folder that gen did not write: they are not deployed */
	bool nothing; /* all is there already */
	str where;    /* the target, for people: without passwords */
};

struct deploy;

/*
 * Look at the built site and at the target, and plan. Null, with a message, when there is no site that gen
 * built, the target cannot be reached, or files that gen did not put there are in the way. The site is locked
 * until deploy_close().
 */
struct deploy *deploy_open(const struct deploy_options *options, struct arena *a, struct diags *d);

const struct deploy_plan *deploy_plan(const struct deploy *p);

/* Do what is planned. False, with a message; then the next deploy does the rest. */
bool deploy_run(struct deploy *p);

void deploy_close(struct deploy *p);

/* "folder", "git", "rsync", "rclone". */
extern const str deploy_kind_names[4];

/* What is wrong with a remote or branch of gen.yaml, as the end of a sentence; null when it is fine. */
const char *deploy_remote_fault(enum deploy_kind kind, str remote);
const char *deploy_branch_fault(str branch);

#endif
