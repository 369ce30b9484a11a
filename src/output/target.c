#include "output/target.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "output/stage.h"

/* The real name, or of what is there of it; `error` when not even that can be told. */
static str resolve(str path, struct arena *a, int *error)
{
	char real[PATH_MAX];
	str clean, above, rest = { 0 };

	*error = 0;
	if (realpath(str_cstr(path.len ? path : STR("."), a), real))
		return str_copy(str_c(real), a);
	if (errno != ENOENT) {
		*error = errno;
		return (str){ 0 };
	}
	clean = path_clean(path, a);
	if (clean.len == 0 || clean.ptr[0] != '/') {
		if (!getcwd(real, sizeof(real))) {
			*error = errno;
			return (str){ 0 };
		}
		clean = path_clean(path_join(str_copy(str_c(real), a), clean, a), a);
	}
	for (above = clean; above.len > 1; above = path_folder(above)) {
		rest = rest.len ? path_join(path_name(above), rest, a) : path_name(above);
		if (realpath(str_cstr(path_folder(above), a), real))
			return path_join(str_copy(str_c(real), a), rest, a);
		if (errno != ENOENT)
			break;
	}
	*error = errno;
	return (str){ 0 };
}

str target_resolve(str folder, struct arena *a, struct diags *d)
{
	int error;
	str real = resolve(folder, a, &error);

	if (error)
		diag_error(d, (loc){ 0 }, "output",
			"cannot use '" STR_FMT "' as the output: %s", STR_ARG(folder),
			strerror(error));
	return real;
}

/* Is `path` the folder `top`, or below it? */
static bool is_within(str path, str top)
{
	if (str_eq(top, STR("/")))
		return true;
	return str_starts(path, top) && (path.len == top.len || path.ptr[top.len] == '/');
}

static bool refuse(str shown, const char *why, str what, struct diags *d)
{
	diag_error(d, (loc){ 0 }, "output", "refusing to write into '" STR_FMT "': %s" STR_FMT,
		STR_ARG(shown), why, STR_ARG(what));
	diag_help(d, "choose a folder that has nothing else in it with --output");
	return false;
}

bool target_allows(str real, str shown, const struct stage_options *options, struct arena *a,
	struct diags *d)
{
	str home = str_c(getenv("HOME")), source = { 0 };
	int error = 0;

	if (str_eq(real, STR("/")))
		return refuse(shown, "it is the root of the file system", (str){ 0 }, d);
	/* What cannot be resolved cannot be the output either. */
	if (home.len && (home = resolve(home, a, &error), !error) && home.len > 1 &&
		is_within(home, real))
		return refuse(shown, "it is or holds the home folder", (str){ 0 }, d);
	if (options->source.len && (source = resolve(options->source, a, &error), !error) &&
		is_within(source, real))
		return refuse(shown, "it is or holds the source of the site", (str){ 0 }, d);
	for (size_t i = 0; i < options->keep_out_count; i++) {
		str keep = options->keep_out[i];

		if (keep.len == 0 || (keep = resolve(keep, a, &error), error))
			continue;
		if (is_within(real, keep))
			return refuse(shown, "it is in a folder that the site is made from: ",
				options->keep_out[i], d);
		if (is_within(keep, real))
			return refuse(shown, "it holds a folder that the site is made from: ",
				options->keep_out[i], d);
	}
	return true;
}

int target_lock(const char *real, int *fd)
{
	struct stat here, there;

	/* Another build may put a new folder in this one's place just as it is locked. */
	for (int tries = 0; tries < 10; tries++) {
		int error = 0;

		*fd = open(real, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (*fd < 0)
			return errno;
		/* A file system that has no locks does without. */
		if (flock(*fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
			error = EWOULDBLOCK;
		else if (fstat(*fd, &here))
			error = errno;
		else if (stat(real, &there) == 0 && here.st_ino == there.st_ino &&
			 here.st_dev == there.st_dev)
			return 0;
		close(*fd);
		if (error)
			return error;
	}
	return EWOULDBLOCK;
}

const char *target_beside(str real, struct arena *a)
{
	str above = path_folder(real);

	return str_printf(a, "%.*s/.%.*s.gen-stage", above.len > 1 ? (int)above.len : 0,
		above.ptr, STR_ARG(path_name(real)))
		.ptr;
}

void target_clear_beside(const char *beside)
{
	int fd = open(beside, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
		tree_remove(str_c(beside));
	close(fd);
}
