#include "output/obstacle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "output/beneath.h"

static void add_obstacle(struct stage *s, struct obstacle **list, str path)
{
	struct obstacle *o = arena_new(&s->arena, struct obstacle);

	*o = (struct obstacle){ path, *list };
	*list = o;
}

/* May what is at `path`, and is no folder, be replaced? */
static bool is_replaceable(const struct stage *s, str path, mode_t mode)
{
	return s->force || (S_ISREG(mode) && (s->adopted || manifest_find(&s->old, path)));
}

static void fault_foreign(struct stage *s, str path)
{
	stage_fault(s, 0, "'" STR_FMT "/" STR_FMT "' is in the way, which gen did not write",
		STR_ARG(s->shown), STR_ARG(path));
}

static void check_inside(struct stage *s, str folder, struct obstacles *out);

static void check_child(struct stage *s, int fd, str path, struct obstacles *out)
{
	struct stat st;

	if (fstatat(fd, path_name(path).ptr, &st, AT_SYMLINK_NOFOLLOW))
		stage_fault(s, errno, "cannot look at '" STR_FMT "/" STR_FMT "'",
			STR_ARG(s->shown), STR_ARG(path));
	else if (S_ISDIR(st.st_mode))
		check_inside(s, path, out);
	else if (!S_ISREG(st.st_mode) || !manifest_find(&s->old, path))
		stage_fault(s, 0,
			"a file is to replace a folder that has '" STR_FMT "/" STR_FMT
			"' in it: gen did not write that",
			STR_ARG(s->shown), STR_ARG(path));
}

/*
 * A folder where a file must be: all in it must be of gen's making. An outer folder is added
 * first.
 */
static void check_inside(struct stage *s, str folder, struct obstacles *out)
{
	str path = str_copy(folder, &s->arena);
	struct dirent *entry;
	DIR *dir = NULL;
	int fd = -1, error = beneath_open(s->root, path.ptr, O_RDONLY | O_DIRECTORY, &fd);

	if (!error && !(dir = fdopendir(fd))) {
		error = errno;
		close(fd);
	}
	if (error) {
		stage_fault(s, error, "cannot look into '" STR_FMT "/" STR_FMT "'",
			STR_ARG(s->shown), STR_ARG(path));
		return;
	}
	add_obstacle(s, &out->folders, path);
	while ((entry = readdir(dir)))
		if (!str_eq(str_c(entry->d_name), STR(".")) &&
			!str_eq(str_c(entry->d_name), STR("..")))
			check_child(s, fd,
				str_copy(path_join(path, str_c(entry->d_name), &s->arena),
					&s->arena),
				out);
	closedir(dir);
}

/* Something is odd on the way to the file, or at its place: find what. */
static void check_parts(struct stage *s, const struct entry *e, struct obstacles *out)
{
	for (size_t i = 1; i <= e->path.len; i++) {
		bool last = i == e->path.len;
		struct stat st;
		str part;

		if (!last && e->path.ptr[i] != '/')
			continue;
		part = str_copy(str_sub(e->path, 0, i), &s->arena);
		if (fstatat(s->root, part.ptr, &st, AT_SYMLINK_NOFOLLOW))
			return;
		if (S_ISDIR(st.st_mode) && last)
			check_inside(s, part, out);
		if (S_ISDIR(st.st_mode))
			continue;
		if (!is_replaceable(s, part, st.st_mode))
			fault_foreign(s, part);
		else if (!last)
			add_obstacle(s, &out->files, part);
		return;
	}
}

void obstacle_check(struct stage *s, const struct entry *e, struct obstacles *out)
{
	if (e->state == ENTRY_ODD)
		check_parts(s, e, out);
	else if (e->state == ENTRY_OVER && !is_replaceable(s, e->path, S_IFREG))
		fault_foreign(s, e->path);
}
