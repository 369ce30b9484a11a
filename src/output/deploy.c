#include "output/deploy.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "output/deploy_parts.h"
#include "output/target.h"

const str deploy_kind_names[4] = { [DEPLOY_FOLDER] = STR_INIT("folder"), [DEPLOY_GIT] = STR_INIT("git"),
	[DEPLOY_RSYNC] = STR_INIT("rsync"), [DEPLOY_RCLONE] = STR_INIT("rclone") };

static const struct deploy_driver *const drivers[4] = { [DEPLOY_FOLDER] = &deploy_folder,
	[DEPLOY_GIT] = &deploy_git, [DEPLOY_RSYNC] = &deploy_rsync, [DEPLOY_RCLONE] = &deploy_rclone };

void deploy_progress(const struct deploy *p, const char *what, size_t files)
{
	if (p->options->progress)
		p->options->progress(p->options->progress_ctx, what, files);
}

void deploy_foreign(struct deploy *p, str path)
{
	if (p->foreign_count < sizeof(p->foreign) / sizeof(p->foreign[0]))
		p->foreign[p->foreign_count] = path;
	p->foreign_count++;
}

static bool refuse_foreign(struct deploy *p)
{
	struct buf names = { .arena = p->arena };
	size_t shown = sizeof(p->foreign) / sizeof(p->foreign[0]);

	if (p->foreign_count == 0 || p->options->force)
		return true;
	for (size_t i = 0; i < p->foreign_count && i < shown; i++)
		buf_printf(&names, "%s" STR_FMT, i ? ", " : "", STR_ARG(p->foreign[i]));
	if (p->foreign_count > shown)
		BUF_LIT(&names, ", ...");
	diag_error(p->diags, (loc){ 0 }, "deploy",
		"the target '" STR_FMT "' has files in the way that gen did not put there (%zu): " STR_FMT,
		STR_ARG(p->target->name), p->foreign_count, STR_ARG(buf_str(&names)));
	diag_help(p->diags, "--force replaces them");
	return false;
}

static bool lock_site(struct deploy *p)
{
	str shown = p->options->site, real = target_resolve(shown, p->arena, p->diags);
	int error;

	if (real.len == 0)
		return false;
	p->site = str_cstr(real, p->arena);
	error = target_lock(p->site, &p->site_fd);
	if (!error)
		return true;
	p->site_fd = -1;
	if (error == ENOENT) {
		diag_error(p->diags, (loc){ 0 }, "deploy", "there is no '" STR_FMT "' to deploy", STR_ARG(shown));
		diag_help(p->diags, "`gen build` makes it, and `gen deploy --build` does so first");
		return false;
	}
	if (error == EWOULDBLOCK)
		return diag_error(p->diags, (loc){ 0 }, "deploy", "another gen is writing or deploying '" STR_FMT "'",
			STR_ARG(shown));
	return diag_error(p->diags, (loc){ 0 }, "deploy", "cannot open '" STR_FMT "': %s", STR_ARG(shown),
		strerror(error));
}

static bool read_list(struct deploy *p, struct deploy_list *list)
{
	if (p->list_text.len == 0 || deploy_list_read(p->list_text, list, p->arena))
		return true;
	if (p->options->force) {
		*list = (struct deploy_list){ 0 };
		return true;
	}
	diag_error(p->diags, (loc){ 0 }, "deploy",
		"the list " DEPLOY_LIST_NAME " at the target '" STR_FMT
		"' is damaged or of another version, so it does not tell what gen put there",
		STR_ARG(p->target->name));
	diag_help(p->diags, "--force replaces it and all files of the site, and removes none");
	return false;
}

static void count_changes(struct deploy *p)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct deploy_file *f = &p->files[i];

		if (f->gone)
			continue;
		p->plan.of[f->change]++;
		if (f->change == DEPLOY_NEW || f->change == DEPLOY_CHANGED)
			p->plan.bytes += f->size;
	}
	p->plan.files = p->files;
	p->plan.count = p->count;
	p->plan.nothing = p->plan.of[DEPLOY_SAME] == p->count &&
			  str_eq(p->list_text, deploy_list_write(p, true));
}

/* "https://user:secret@host/x" -> "https://user:***@host/x" */
static str without_password(str remote, struct arena *a)
{
	ptrdiff_t scheme = str_find(remote, STR("://"));
	str host = scheme < 0 ? (str){ 0 } : str_cut(str_from(remote, (size_t)scheme + 3), '/').head;
	ptrdiff_t at = str_rfind_char(host, '@'), colon = str_find_char(host, ':');
	size_t start = (size_t)scheme + 3;

	if (scheme < 0 || at < 0)
		return remote;
	if (colon < 0 || colon > at)
		return str_eq(str_sub(remote, 0, 4), STR("http"))
			       ? str_printf(a, STR_FMT "***" STR_FMT, STR_ARG(str_sub(remote, 0, start)),
					 STR_ARG(str_from(remote, start + (size_t)at)))
			       : remote;
	return str_printf(a, STR_FMT ":***" STR_FMT, STR_ARG(str_sub(remote, 0, start + (size_t)colon)),
		STR_ARG(str_from(remote, start + (size_t)at)));
}

static str where(const struct deploy *p)
{
	const struct deploy_target *t = p->target;
	str remote = without_password(t->remote, p->arena);

	switch (t->kind) {
	case DEPLOY_FOLDER:
		return str_printf(p->arena, "the folder " STR_FMT, STR_ARG(t->path));
	case DEPLOY_GIT:
		return str_printf(p->arena, "the branch " STR_FMT " of " STR_FMT " (git)", STR_ARG(t->branch),
			STR_ARG(remote));
	case DEPLOY_RSYNC:
	case DEPLOY_RCLONE:
		break;
	}
	return str_printf(p->arena, STR_FMT " (" STR_FMT ")", STR_ARG(remote), STR_ARG(deploy_kind_names[t->kind]));
}

static bool make_plan(struct deploy *p)
{
	struct deploy_list list = { 0 };

	if (!p->driver->open(p) || !read_list(p, &list) || !deploy_files_read(p, &list))
		return false;
	deploy_files_order(p);
	if (!p->driver->look(p) || !refuse_foreign(p))
		return false;
	count_changes(p);
	return true;
}

struct deploy *deploy_open(const struct deploy_options *options, struct arena *a, struct diags *d)
{
	struct deploy *p = arena_new(a, struct deploy);

	p->options = options;
	p->target = options->target;
	p->driver = drivers[options->target->kind];
	p->arena = a;
	p->diags = d;
	p->site_fd = -1;
	p->source = str_cstr(target_resolve(options->source, a, d), a);
	p->plan.where = where(p);
	if (lock_site(p) && make_plan(p))
		return p;
	deploy_close(p);
	return NULL;
}

const struct deploy_plan *deploy_plan(const struct deploy *p)
{
	return &p->plan;
}

static bool send_phase(struct deploy *p, enum deploy_phase phase)
{
	static const char *const names[] = { [DEPLOY_ASSETS] = "sending assets", [DEPLOY_FILES] = "sending files",
		[DEPLOY_PAGES] = "sending pages" };
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++)
		count += deploy_sends(&p->files[i], phase);
	if (count == 0)
		return true;
	deploy_progress(p, names[phase], count);
	return p->driver->send(p, phase, count);
}

static bool remove_phase(struct deploy *p, bool blocking)
{
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++)
		count += deploy_removes(&p->files[i], blocking);
	if (count == 0)
		return true;
	deploy_progress(p, "removing files", count);
	return p->driver->remove(p, blocking, count);
}

bool deploy_run(struct deploy *p)
{
	str ended = deploy_list_write(p, true);

	if (p->plan.nothing)
		return true;
	if (p->driver->run)
		return p->driver->run(p, ended);
	if (p->plan.of[DEPLOY_SAME] != p->count && !p->driver->note(p, deploy_list_write(p, false)))
		return false;
	if (!remove_phase(p, true))
		return false;
	for (int phase = 0; phase < DEPLOY_PHASES; phase++)
		if (!send_phase(p, (enum deploy_phase)phase))
			return false;
	return remove_phase(p, false) && p->driver->note(p, ended);
}

void deploy_close(struct deploy *p)
{
	if (p->driver->close)
		p->driver->close(p);
	if (p->scratch)
		tree_remove(str_c(p->scratch));
	if (p->site_fd >= 0)
		close(p->site_fd);
}

static bool has_control(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
			return true;
	return false;
}

/* The host of "user@host:path", "[host]:path", "scheme://user@host/": programs hand it on to others. */
static bool host_has_dash(str remote)
{
	ptrdiff_t scheme = str_find(remote, STR("://"));
	str host = str_cut(scheme < 0 ? remote : str_from(remote, (size_t)scheme + 3), '/').head;
	ptrdiff_t at = str_find_char(host, '@');

	host = str_from(host, (size_t)(at + 1));
	if (str_starts(host, STR("[")))
		host = str_from(host, 1);
	return str_starts(host, STR("-"));
}

static const char *rclone_fault(str remote)
{
	str name = str_cut(remote, ':').head;

	if (str_find_char(remote, ':') < 1)
		return "must be NAME:PATH, where `rclone listremotes` shows the NAME";
	if (str_find_char(name, ',') >= 0 || str_find_char(name, '/') >= 0)
		return "must be NAME:PATH; options of a remote belong into the configuration of rclone";
	return NULL;
}

const char *deploy_remote_fault(enum deploy_kind kind, str remote)
{
	if (remote.len == 0)
		return "is missing";
	if (remote.ptr[0] == '-' || host_has_dash(remote))
		return "begins with '-', which programs take for an option";
	if (has_control(remote))
		return "has a control character in it";
	return kind == DEPLOY_RCLONE ? rclone_fault(remote) : NULL;
}

/* What git-check-ref-format(1) says, in short. */
const char *deploy_branch_fault(str branch)
{
	if (branch.len == 0)
		return "is missing";
	if (branch.ptr[0] == '-')
		return "begins with '-', which programs take for an option";
	if (has_control(branch) || str_ends(branch, STR("/")) || str_starts(branch, STR("/")) ||
		str_ends(branch, STR(".")) || str_ends(branch, STR(".lock")) || str_starts(branch, STR(".")) ||
		str_find(branch, STR("..")) >= 0 || str_find(branch, STR("//")) >= 0 ||
		str_find(branch, STR("/.")) >= 0 || str_find(branch, STR(".lock/")) >= 0 ||
		str_find(branch, STR("@{")) >= 0 || str_eq(branch, STR("@")))
		return "is no name of a branch";
	for (size_t i = 0; i < branch.len; i++)
		if (strchr(" ~^:?*[\\", branch.ptr[i]))
			return "is no name of a branch";
	return NULL;
}
