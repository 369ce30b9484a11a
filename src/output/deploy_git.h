/*
 * deploy_git -- the two halves of a deploy to a git branch: deploy_git.c looks, deploy_commit.c commits and pushes.
 */
#ifndef OUTPUT_DEPLOY_GIT_H
#define OUTPUT_DEPLOY_GIT_H

#include "output/deploy_parts.h"

/* The first words of every call: nothing may run hooks, or tidy up behind gen's back. */
#define GIT "git", "-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0", "-c", "maintenance.auto=false"

/* Where gen keeps the branch: no branch of the user's, and none that git shows as one. */
#define GIT_TRACKING "refs/gen/deploy/"

/* A file on the branch. */
struct git_entry {
	str mode, id, path;
};

struct git {
	str objects;  /* the repository's folder of objects */
	bool shallow;
	str parent;   /* the commit that the branch is at; empty: there is no branch */
	struct git_entry *entries;
	size_t entry_count;
	struct map by_path;
	const char *const *env; /* null: the plain one */
};

/* A call of git in the site's folder. */
struct process git_call(struct deploy *p, const char *const *argv);

/* The branch behind a prefix: "refs/heads/gh-pages". */
const char *git_ref(struct deploy *p, const char *prefix);

/* The first line of what it printed. */
str git_line(const struct process_result *r, struct arena *a);

/* As C writes a string: what git reads as the name of a file, whatever is in it. */
void git_quote(struct buf *out, str path);

/* Commit the plan and push it. */
bool git_commit(struct deploy *p, str list);

#endif
