#include "output/replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "output/beneath.h"

int staged_manifest_write(struct stage *s, const char *name, const struct manifest *m)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(s->tree, name, flags, 0666), error;
	struct buf text = { 0 };

	if (fd < 0)
		return errno;
	manifest_render(m, &text);
	error = beneath_write(fd, buf_str(&text));
	/* Pages can be made again, but only the manifest knows which files are gen's. */
	if (!error && fdatasync(fd) && errno != EINVAL && errno != ENOSYS)
		error = errno;
	buf_free(&text);
	if (close(fd) && !error)
		error = errno;
	return error;
}

static bool is_dots(const char *name)
{
	return str_eq(str_c(name), STR(".")) || str_eq(str_c(name), STR(".."));
}

/* Give the new tree the hidden files that stand in the folder it replaces. */
static bool link_hidden_files(struct stage *s, DIR *dir)
{
	struct dirent *entry;

	while ((errno = 0, entry = readdir(dir))) {
		if (is_dots(entry->d_name))
			continue;
		/* Anything else came after the stage was opened, or is what a page is to be. */
		if (entry->d_name[0] != '.' ||
			linkat(s->root, entry->d_name, s->tree, entry->d_name, 0))
			return false;
	}
	return errno == 0;
}

static bool swap_folders(struct stage *s)
{
	int error = beneath_swap(AT_FDCWD, s->beside, AT_FDCWD, s->real);

	if (error == ENOENT)
		return beneath_move(AT_FDCWD, s->beside, AT_FDCWD, s->real) == 0;
	/* No exchange on this file system; but an empty folder may be renamed over. */
	if (error == EINVAL || error == ENOSYS)
		return rename(s->beside, s->real) == 0;
	return error == 0;
}

/* Empty the folder that was replaced; what came into it in the last moment moves on. */
static void dissolve(struct stage *s, DIR *dir)
{
	struct dirent *entry;
	struct stat old, new;

	rewinddir(dir);
	while ((entry = readdir(dir))) {
		const char *name = entry->d_name;

		if (is_dots(name) || fstatat(s->root, name, &old, AT_SYMLINK_NOFOLLOW))
			continue;
		if (fstatat(s->tree, name, &new, AT_SYMLINK_NOFOLLOW) == 0 &&
			new.st_ino == old.st_ino &&new.st_dev == old.st_dev)
			unlinkat(s->root, name, 0);
		else
			beneath_move(s->root, name, s->tree, name);
	}
	rmdir(s->beside);
}

bool replace_folder(struct stage *s, const struct manifest *now)
{
	int fd = openat(s->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	bool done;

	if (!dir) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	done = staged_manifest_write(s, MANIFEST_NAME, now) == 0 && link_hidden_files(s, dir) &&
	       swap_folders(s);
	if (done)
		dissolve(s, dir);
	closedir(dir);
	return done;
}
