#include "output/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "output/beneath.h"

enum step_kind { STEP_IN, STEP_SWAP, STEP_OUT, STEP_MADE_FOLDER, STEP_REMOVED_FOLDER };

struct step {
	enum step_kind kind;
	str path;
	const char *staged;
	struct step *before;
};

static void add_step(struct journal *j, enum step_kind kind, str path, const char *staged)
{
	struct arena *a = &j->stage->arena;
	struct step *step = arena_new(a, struct step);

	*step = (struct step){ kind, path, staged ? str_cstr(str_c(staged), a) : NULL,
		j->last };
	j->last = step;
}

static void leave_folder(struct journal *j)
{
	if (j->fd >= 0)
		close(j->fd);
	j->fd = -1;
}

/* Open the folder that `path` is in, and keep it open for the next that is in the same. */
static int enter_folder(struct journal *j, str path)
{
	str folder = path_folder(path);
	int error;

	if (j->fd >= 0 && str_eq(j->folder, folder))
		return 0;
	leave_folder(j);
	error = beneath_folder(j->stage->root, folder, &j->fd);
	if (error)
		j->fd = -1;
	j->folder = folder;
	return error;
}

/* In the open folder. */
static const char *own_name(str path)
{
	return path_name(path).ptr;
}

static int make_folder(struct journal *j, str folder)
{
	str path = str_copy(folder, &j->stage->arena);
	int error = enter_folder(j, path);

	if (error == ENOENT && path_folder(path).len) {
		error = make_folder(j, path_folder(path));
		if (!error)
			error = enter_folder(j, path);
	}
	if (error)
		return error;
	if (mkdirat(j->fd, own_name(path), 0777))
		return errno == EEXIST ? 0 : errno;
	add_step(j, STEP_MADE_FOLDER, path, NULL);
	return 0;
}

int journal_move_in(struct journal *j, const char *staged, str path)
{
	int error = enter_folder(j, path);

	if (error == ENOENT) {
		error = make_folder(j, path_folder(path));
		if (!error)
			error = enter_folder(j, path);
	}
	if (!error)
		error = beneath_move(j->stage->tree, staged, j->fd, own_name(path));
	if (!error)
		add_step(j, STEP_IN, path, staged);
	return error;
}

int journal_swap(struct journal *j, const char *staged, str path)
{
	int error = enter_folder(j, path);
	struct stat st;

	if (!error && fstatat(j->fd, own_name(path), &st, AT_SYMLINK_NOFOLLOW))
		error = errno;
	if (error == ENOENT)
		return journal_move_in(j, staged, path);
	if (error)
		return error;
	if (S_ISDIR(st.st_mode))
		return EISDIR;
	error = beneath_swap(j->stage->tree, staged, j->fd, own_name(path));
	if (!error)
		add_step(j, STEP_SWAP, path, staged);
	if (error != EINVAL && error != ENOSYS)
		return error;
	/* This file system cannot exchange: replaced for good. */
	return renameat(j->stage->tree, staged, j->fd, own_name(path)) ? errno : 0;
}

int journal_move_out(struct journal *j, str path)
{
	uint32_t id = atomic_fetch_add(&j->stage->next_id, 1);
	char staged[STAGED_NAME_MAX];
	int error = enter_folder(j, path);
	struct stat st;

	/* Behind a link or a file it is no longer the file that gen wrote. */
	if (error == ELOOP || error == ENOTDIR)
		return ENOENT;
	if (error)
		return error;
	if (fstatat(j->fd, own_name(path), &st, AT_SYMLINK_NOFOLLOW))
		return errno;
	if (S_ISDIR(st.st_mode))
		return ENOENT;
	staged_name(id, staged);
	error = beneath_move(j->fd, own_name(path), j->stage->tree, staged);
	if (error == ENOENT) {
		error = staged_folders_make(j->stage, id);
		if (!error)
			error = beneath_move(j->fd, own_name(path), j->stage->tree, staged);
	}
	if (!error)
		add_step(j, STEP_OUT, path, staged);
	return error;
}

int journal_remove_folder(struct journal *j, str path)
{
	int error = enter_folder(j, path);

	if (!error && unlinkat(j->fd, own_name(path), AT_REMOVEDIR))
		error = errno;
	if (!error)
		add_step(j, STEP_REMOVED_FOLDER, path, NULL);
	return error;
}

static int undo_step(struct journal *j, const struct step *step)
{
	int tree = j->stage->tree, error = enter_folder(j, step->path);
	const char *name = own_name(step->path);

	if (error)
		return error;
	switch (step->kind) {
	case STEP_IN:
		return renameat(j->fd, name, tree, step->staged) ? errno : 0;
	case STEP_SWAP:
		return beneath_swap(tree, step->staged, j->fd, name);
	case STEP_OUT:
		return beneath_move(tree, step->staged, j->fd, name);
	case STEP_MADE_FOLDER:
		return unlinkat(j->fd, name, AT_REMOVEDIR) ? errno : 0;
	case STEP_REMOVED_FOLDER:
		return mkdirat(j->fd, name, 0777) ? errno : 0;
	}
	return 0;
}

int journal_undo(struct journal *j)
{
	int first = 0;

	for (; j->last; j->last = j->last->before) {
		int error = undo_step(j, j->last);

		first = first ? first : error;
	}
	leave_folder(j);
	return first;
}

void journal_end(struct journal *j)
{
	j->last = NULL;
	leave_folder(j);
}
