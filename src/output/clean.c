/* Removing what gen wrote. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/path.h"
#include "output/beneath.h"
#include "output/staging.h"
#include "output/target.h"

struct clean {
	str shown;
	const char *real;
	int root;
	bool dry_run;
	struct manifest manifest;
	struct buf *listing;
	size_t removed;
	struct arena arena;
	struct diags *diags;
};

static bool say_error(struct clean *c, const char *what, str path, int error)
{
	return diag_error(c->diags, (loc){ 0 }, "output",
		"cannot %s '" STR_FMT "%s" STR_FMT "': %s", what, STR_ARG(c->shown),
		path.len ? "/" : "", STR_ARG(path), strerror(error));
}

/* ENOENT when the file is gone, or is behind a link and so not the one that gen wrote. */
static int open_its_folder(struct clean *c, str path, int *fd)
{
	struct stat st;
	int error = beneath_folder(c->root, path_folder(path), fd);

	if (error)
		return error == ELOOP || error == ENOTDIR ? ENOENT : error;
	if (fstatat(*fd, path_name(path).ptr, &st, AT_SYMLINK_NOFOLLOW))
		error = errno;
	else if (!S_ISREG(st.st_mode))
		error = ENOENT;
	if (error)
		close(*fd);
	return error;
}

static bool remove_file(struct clean *c, str path)
{
	int fd, error = open_its_folder(c, path, &fd);

	if (error)
		return error == ENOENT || say_error(c, "remove", path, error);
	if (!c->dry_run && unlinkat(fd, path_name(path).ptr, 0))
		error = errno;
	close(fd);
	if (error)
		return say_error(c, "remove", path, error);
	c->removed++;
	if (c->listing) {
		buf_add(c->listing, path);
		buf_char(c->listing, '\n');
	}
	return true;
}

static void remove_empty_folders(struct clean *c, str folder)
{
	for (; folder.len; folder = path_folder(folder)) {
		int fd, gone;

		if (beneath_folder(c->root, path_folder(folder), &fd))
			return;
		gone = unlinkat(fd, path_name(str_copy(folder, &c->arena)).ptr, AT_REMOVEDIR) ==
		       0;
		close(fd);
		if (!gone)
			return;
	}
}

static bool remove_all(struct clean *c)
{
	const struct manifest_file *files = c->manifest.files;
	bool ok = true;

	for (size_t i = 0; i < c->manifest.count; i++)
		ok = remove_file(c, files[i].path) && ok;
	if (c->dry_run || !ok)
		return ok;
	for (size_t i = c->manifest.count; i-- > 0;) {
		str folder = path_folder(files[i].path);

		if (i == 0 || !str_eq(folder, path_folder(files[i - 1].path)))
			remove_empty_folders(c, folder);
	}
	/* Last, so that a kill leaves what is needed to go on. */
	if (unlinkat(c->root, MANIFEST_NAME, 0))
		return say_error(c, "remove", STR(MANIFEST_NAME), errno);
	rmdir(c->real);
	return true;
}

/* A folder without manifest: nothing to do when nothing is in it but hidden files. */
static bool refuse_foreign(struct clean *c)
{
	DIR *dir = opendir(c->real);
	struct dirent *entry;
	bool full = false;

	if (!dir)
		return say_error(c, "read", (str){ 0 }, errno);
	while ((entry = readdir(dir)))
		full = full || entry->d_name[0] != '.';
	closedir(dir);
	if (!full)
		return true;
	return diag_error(c->diags, (loc){ 0 }, "output",
		"refusing to clean '" STR_FMT "': it has no " MANIFEST_NAME
		", so gen did not make it",
		STR_ARG(c->shown));
}

static bool clean_locked(struct clean *c)
{
	int error = 0;

	if (!c->dry_run)
		error = tree_remove(path_join(str_c(c->real), STR(STAGE_NAME), &c->arena));
	if (error)
		return say_error(c, "clean", (str){ 0 }, error);
	error = manifest_read(str_c(c->real), &c->arena, &c->manifest);
	if (error == ENOENT)
		return refuse_foreign(c);
	if (error == EINVAL) {
		diag_error(c->diags, (loc){ 0 }, "output",
			"'" STR_FMT "/" MANIFEST_NAME
			"' is damaged or of another version, so it does "
			"not tell what gen wrote",
			STR_ARG(c->shown));
		diag_help(c->diags, "build once more, then clean");
		return false;
	}
	return error ? say_error(c, "read the manifest of", (str){ 0 }, error) : remove_all(c);
}

bool stage_clean(
	str folder, bool dry_run, size_t *removed, struct buf *listing, struct diags *d)
{
	struct clean c = {
		.shown = folder, .dry_run = dry_run, .listing = listing, .diags = d
	};
	str real = target_resolve(folder, &c.arena, d);
	bool ok = false;
	int error;

	*removed = 0;
	c.real = str_cstr(real, &c.arena);
	if (real.len && !dry_run)
		target_clear_beside(target_beside(real, &c.arena));
	error = real.len ? target_lock(c.real, &c.root) : 0;
	if (error == EWOULDBLOCK)
		diag_error(d, (loc){ 0 }, "output", "another gen is writing into '" STR_FMT "'",
			STR_ARG(folder));
	else if (error == ENOENT)
		ok = true;
	else if (error)
		say_error(&c, "open", (str){ 0 }, error);
	else if (real.len) {
		ok = clean_locked(&c);
		close(c.root);
	}
	*removed = c.removed;
	arena_free(&c.arena);
	return ok;
}
