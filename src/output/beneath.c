#include "output/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Older kernels have no openat2, and some sandboxes forbid what they do not know. */
static bool is_missing_call(int error)
{
	return error == ENOSYS || error == EPERM;
}

/* One part after the other, as openat2 would do it. */
static int open_by_parts(int root, const char *path, int flags, int *fd)
{
	int at = root, next;
	char part[NAME_MAX + 1];

	for (;;) {
		size_t len = strcspn(path, "/");
		bool last = path[len] == '\0';

		if (len > NAME_MAX)
			next = -1, errno = ENAMETOOLONG;
		else {
			memcpy(part, path, len);
			part[len] = '\0';
			next = openat(at, part,
				last ? flags | O_NOFOLLOW
				     : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		}
		if (at != root) {
			int kept = errno;

			close(at);
			errno = kept;
		}
		if (next < 0)
			return errno;
		if (last)
			break;
		at = next;
		path += len + 1;
	}
	*fd = next;
	return 0;
}

/*
 * O_DIRECTORY and O_NOFOLLOW on a link say ENOTDIR; here it is to be ELOOP, as openat2 says it.
 */
static int name_link(int root, const char *path, int error)
{
	char prefix[PATH_MAX];
	struct stat st;

	if (error != ENOTDIR)
		return error;
	for (size_t i = 0; path[i] && i + 1 < sizeof(prefix); i++) {
		prefix[i] = path[i];
		prefix[i + 1] = '\0';
		if ((path[i + 1] == '/' || path[i + 1] == '\0') &&
			fstatat(root, prefix, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
			S_ISLNK(st.st_mode))
			return ELOOP;
	}
	return error;
}

int beneath_open(int root, const char *path, int flags, int *fd)
{
	struct open_how how = {
		.flags = (unsigned)(flags | O_CLOEXEC),
		.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH,
	};
	long got = syscall(SYS_openat2, root, path, &how, sizeof(how));
	int error = errno;

	if (got >= 0) {
		*fd = (int)got;
		return 0;
	}
	if (!is_missing_call(error))
		return error;
	error = open_by_parts(root, path, flags | O_CLOEXEC, fd);
	return error ? name_link(root, path, error) : 0;
}

int beneath_folder(int root, str path, int *fd)
{
	char name[PATH_MAX];

	if (path.len >= sizeof(name))
		return ENAMETOOLONG;
	if (path.len == 0) {
		*fd = fcntl(root, F_DUPFD_CLOEXEC, 3);
		return *fd < 0 ? errno : 0;
	}
	memcpy(name, path.ptr, path.len);
	name[path.len] = '\0';
	return beneath_open(root, name, O_PATH | O_DIRECTORY, fd);
}

int beneath_swap(int from_root, const char *from, int to_root, const char *to)
{
	return renameat2(from_root, from, to_root, to, RENAME_EXCHANGE) == 0 ? 0 : errno;
}

int beneath_move(int from_root, const char *from, int to_root, const char *to)
{
	struct stat st;

	if (renameat2(from_root, from, to_root, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	if (fstatat(to_root, to, &st, AT_SYMLINK_NOFOLLOW) == 0)
		return EEXIST;
	return renameat(from_root, from, to_root, to) == 0 ? 0 : errno;
}

int beneath_write(int fd, str bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		bytes = str_from(bytes, (size_t)n);
	}
	return 0;
}
