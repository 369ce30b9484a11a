/* The second half of a deploy to a git branch: one commit by git-fast-import, and its push. */
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "output/deploy_git.h"

static str ask(struct deploy *p, const char *const *argv, const char *doing)
{
	struct process what = git_call(p, argv);
	struct process_result r;

	return deploy_call(p, &what, doing, &r) && r.status == 0 ? git_line(&r, p->arena) : (str){ 0 };
}

/* "Name <mail> 1764000000 +0000". A machine that nobody has told who it is commits as gen. */
static str committer(struct deploy *p)
{
	static const char *const argv[] = { GIT, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT", NULL };
	str own = ask(p, argv, "asking git for your name");

	return own.len ? own : str_printf(p->arena, "gen <gen@localhost> %lld +0000", (long long)time(NULL));
}

/* The name of the commit, where the message asks for it. */
static str fill_in(str message, str commit, struct arena *a)
{
	ptrdiff_t at;
	struct buf out = { .arena = a };

	while ((at = str_find(message, STR("{commit}"))) >= 0) {
		buf_add(&out, str_sub(message, 0, (size_t)at));
		buf_add(&out, commit);
		message = str_from(message, (size_t)at + strlen("{commit}"));
	}
	buf_add(&out, message);
	return str_trim(buf_str(&out));
}

static str message(struct deploy *p)
{
	static const char *const argv[] = { GIT, "rev-parse", "--verify", "--quiet", "--short=12", "HEAD", NULL };
	str commit = ask(p, argv, "reading the commit of the sources");

	return fill_in(p->target->message, commit, p->arena);
}

/* What git-fast-import reads, a file at a time. */
struct import {
	struct deploy *deploy;
	str list, head;
	size_t at;
	struct buf bytes;
	bool started, ended, failed;
};

static void add_bytes(struct buf *out, str path, str bytes)
{
	BUF_LIT(out, "M 100644 inline ");
	git_quote(out, path);
	buf_printf(out, "\ndata %zu\n", bytes.len);
	buf_add(out, bytes);
	buf_char(out, '\n');
}

static void add_file(struct import *i, const struct deploy_file *f, struct buf *out)
{
	struct file_info info;

	if (f->change == DEPLOY_REMOVED && !f->gone) {
		BUF_LIT(out, "D ");
		git_quote(out, f->path);
		buf_char(out, '\n');
	}
	if (f->change != DEPLOY_NEW && f->change != DEPLOY_CHANGED)
		return;
	i->failed = !deploy_file_read(i->deploy, f->path, &i->bytes, &info);
	if (!i->failed)
		add_bytes(out, f->path, buf_str(&i->bytes));
}

/* Removals come first: a file may make way for a folder of its name. */
static bool feed_import(void *ctx, struct buf *out)
{
	struct import *i = ctx;
	struct deploy *p = i->deploy;

	if (i->failed || i->ended)
		return false;
	if (!i->started) {
		i->started = true;
		buf_add(out, i->head);
		for (size_t k = 0; k < p->count; k++)
			if (p->files[k].change == DEPLOY_REMOVED)
				add_file(i, &p->files[k], out);
		return true;
	}
	while (i->at < p->count) {
		const struct deploy_file *f = &p->files[i->at++];

		if (f->change == DEPLOY_NEW || f->change == DEPLOY_CHANGED) {
			add_file(i, f, out);
			return !i->failed;
		}
	}
	add_bytes(out, STR(DEPLOY_LIST_NAME), i->list);
	BUF_LIT(out, "get-mark :1\ndone\n");
	i->ended = true;
	return true;
}

/* Without history the commit has no parent, but what others have put on the branch stays. */
static str start_of_commit(struct deploy *p)
{
	struct git *g = p->state;
	str text = message(p);
	struct buf out = { .arena = p->arena };

	buf_printf(&out, "feature done\ncommit %s\nmark :1\ncommitter " STR_FMT "\ndata %zu\n" STR_FMT "\n",
		git_ref(p, GIT_TRACKING), STR_ARG(committer(p)), text.len, STR_ARG(text));
	if (g->parent.len && p->target->history)
		buf_printf(&out, "from " STR_FMT "\n", STR_ARG(g->parent));
	for (size_t i = 0; !p->target->history && i < g->entry_count; i++) {
		const struct git_entry *e = &g->entries[i];

		buf_printf(&out, "M " STR_FMT " " STR_FMT " ", STR_ARG(e->mode), STR_ARG(e->id));
		git_quote(&out, e->path);
		buf_char(&out, '\n');
	}
	return buf_str(&out);
}

static bool make_commit(struct deploy *p, str list, str *commit)
{
	static const char *const argv[] = { GIT, "fast-import", "--quiet", "--done", "--force", NULL };
	struct import i = { .deploy = p, .list = list, .head = start_of_commit(p) };
	struct process what = git_call(p, argv);
	struct process_result r;
	bool fine;

	what.feed = feed_import;
	what.feed_ctx = &i;
	fine = deploy_call(p, &what, "making the commit", &r);
	buf_free(&i.bytes);
	if (!fine || i.failed)
		return false;
	if (r.status != 0)
		return deploy_call_failed(p, &what, "making the commit", &r);
	*commit = git_line(&r, p->arena);
	return true;
}

static bool has_moved(const struct process_result *r)
{
	return str_find(r->out, STR("[rejected]")) >= 0 || str_find(r->out, STR("stale info")) >= 0 ||
	       str_find(r->err, STR("fetch first")) >= 0 || str_find(r->err, STR("cannot lock ref")) >= 0;
}

static bool push(struct deploy *p, str commit)
{
	struct git *g = p->state;
	const char *lease = str_printf(p->arena, "--force-with-lease=%s:" STR_FMT, git_ref(p, "refs/heads/"),
		STR_ARG(g->parent)).ptr;
	const char *argv[32] = { GIT, "push", "--porcelain", "--no-verify", "--no-follow-tags",
		"--recurse-submodules=no" };
	size_t n = 0;
	struct process what;
	struct process_result r;

	while (argv[n])
		n++;
	if (!p->target->history)
		argv[n++] = lease;
	argv[n++] = "--";
	argv[n++] = str_cstr(p->target->remote, p->arena);
	argv[n++] = str_printf(p->arena, STR_FMT ":%s", STR_ARG(commit), git_ref(p, "refs/heads/")).ptr;
	what = git_call(p, argv);
	deploy_progress(p, "pushing the branch", 0);
	if (!deploy_call(p, &what, "pushing the branch", &r))
		return false;
	if (r.status == 0)
		return true;
	if (!has_moved(&r))
		return deploy_call_failed(p, &what, "pushing the branch", &r);
	diag_error(p->diags, (loc){ 0 }, "deploy",
		"the branch '" STR_FMT "' of the remote has moved while gen was deploying: nothing was changed there",
		STR_ARG(p->target->branch));
	diag_help(p->diags, "run `gen deploy` once more");
	return false;
}

bool git_commit(struct deploy *p, str list)
{
	str commit;

	deploy_progress(p, "making the commit", p->plan.of[DEPLOY_NEW] + p->plan.of[DEPLOY_CHANGED]);
	return make_commit(p, list, &commit) && push(p, commit);
}
