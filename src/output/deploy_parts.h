/*
 * deploy_parts -- the inside of a deploy: what all kinds of targets share.
 */
#ifndef OUTPUT_DEPLOY_PARTS_H
#define OUTPUT_DEPLOY_PARTS_H

#include "base/arena.h"
#include "base/map.h"
#include "base/process.h"
#include "output/deploy.h"
#include "output/manifest.h"

/* A line of the list at a target. */
struct listed_file {
	str path;
	uint64_t size, hash;
	bool known; /* what is in it; false while a deploy is under way */
};

struct deploy_list {
	struct listed_file *files; /* by path */
	size_t count;
};

struct deploy;

/* What a kind of target can do. Functions return false after a message. */
struct deploy_driver {
	/* Reach the target and read its list into p->list_text; empty: there is none. */
	bool (*open)(struct deploy *p);
	/* Settle what the list does not say: are files that it does not name there, and whose? */
	bool (*look)(struct deploy *p);
	/* Put the new and changed files of a phase. */
	bool (*send)(struct deploy *p, enum deploy_phase phase, size_t count);
	/* Remove; `blocking`: only what is in the way. */
	bool (*remove)(struct deploy *p, bool blocking, size_t count);
	/* Put the list. */
	bool (*note)(struct deploy *p, str list);
	/* Instead of the last three: all at once. */
	bool (*run)(struct deploy *p, str list);
	void (*close)(struct deploy *p);
};

struct deploy {
	const struct deploy_options *options;
	const struct deploy_target *target;
	const struct deploy_driver *driver;
	struct arena *arena;
	struct diags *diags;
	const char *site;   /* real name of the built folder */
	const char *source; /* and of the site's */
	int site_fd;	    /* locked */
	str list_text;	    /* as it is at the target */
	struct deploy_file *files;
	size_t count;
	struct deploy_plan plan;
	str foreign[5]; /* files of others in the way, the first ones */
	size_t foreign_count;
	const char *scratch; /* a folder for passing files on; null: not made yet */
	void *state;	     /* the driver's */
};

extern const struct deploy_driver deploy_folder, deploy_git, deploy_rsync, deploy_rclone;

/* The list. Reading: false when it is damaged. No path in it leaves the target. */
bool deploy_list_read(str text, struct deploy_list *out, struct arena *a);

/* The text of it; `ended` false: while files are on their way, when all that may be gen's is in it. */
str deploy_list_write(const struct deploy *p, bool ended);

/* Read a file of the site. False, with a message. */
bool deploy_file_read(struct deploy *p, str path, struct buf *bytes, struct file_info *info);

/* All files of the site, with what the list says of them, and what is to be removed. */
bool deploy_files_read(struct deploy *p, const struct deploy_list *list);

/* Which files that are to be removed are in the way of others? */
void deploy_files_order(struct deploy *p);

/* Folders that lose files now and have none of the site's in them, the deepest first. */
size_t deploy_emptied(struct deploy *p, bool blocking, str **out);

/* A file of somebody else is where one of the site must go. */
void deploy_foreign(struct deploy *p, str path);

/* Is it to be sent in that phase? Is it to be removed, now? */
static inline bool deploy_sends(const struct deploy_file *f, enum deploy_phase phase)
{
	return f->phase == phase && (f->change == DEPLOY_NEW || f->change == DEPLOY_CHANGED);
}

static inline bool deploy_removes(const struct deploy_file *f, bool blocking)
{
	return f->change == DEPLOY_REMOVED && !f->gone && f->blocks == blocking;
}

void deploy_progress(const struct deploy *p, const char *what, size_t files);

/* A folder of our own in the system's place for such; null, with a message. */
const char *deploy_scratch(struct deploy *p);

/* Make an empty folder there; its full name, or null, with a message. */
const char *deploy_scratch_empty(struct deploy *p);

/* Write a file there; its full name, or null, with a message. */
const char *deploy_scratch_put(struct deploy *p, const char *name, str bytes);

/*
 * Run a program, with messages in no language but its own. False when it could not be run to its end: a message, which
 * says that gen was `doing` that. Its exit status is for the caller to judge.
 */
bool deploy_call(struct deploy *p, const struct process *what, const char *doing, struct process_result *out);

/* The same, and a status other than 0 is a message too. */
bool deploy_must(struct deploy *p, const struct process *what, const char *doing, struct process_result *out);

/* "git failed (status 128) while ..." with the last lines of what it said. */
bool deploy_call_failed(
	struct deploy *p, const struct process *what, const char *doing, const struct process_result *r);

/* Input of a program: a text. */
struct deploy_text {
	str rest;
};

bool deploy_feed_text(void *ctx, struct buf *out);

#endif
