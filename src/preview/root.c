#include "preview/root.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/hash.h"

enum { SLOTS = 2048, CHUNK = 64 * 1024, TAIL = 64 * 1024 };

/* Files of more bytes than this are known by number, size and times: files of a generation are
 * never written again. */
static const uint64_t hashed_bytes = 32 << 20;

struct known {
	uint64_t device, inode, size, hash, body_end;
	int64_t modified, changed;
};

struct root_cache {
	struct known slots[SLOTS];
	char chunk[CHUNK];
};

struct root_cache *root_cache_new(void)
{
	return calloc(1, sizeof(struct root_cache));
}

void root_cache_free(struct root_cache *c)
{
	free(c);
}

/* Part by part, and never through a link. */
static int open_by_parts(int root, const char *path, int flags, int *fd)
{
	int at = root, next, error;
	char part[NAME_MAX + 1];

	for (;;) {
		size_t len = strcspn(path, "/");
		bool last = path[len] == '\0';

		if (len > NAME_MAX)
			next = -1, error = ENAMETOOLONG;
		else {
			memcpy(part, path, len);
			part[len] = '\0';
			next = openat(at, part,
				last ? flags | O_NOFOLLOW
				     : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
			error = errno;
		}
		if (at != root)
			close(at);
		if (next < 0)
			return error;
		if (last)
			break;
		at = next;
		path += len + 1;
	}
	*fd = next;
	return 0;
}

/* A link is followed as long as it stays below the root. */
static int open_beneath(int root, const char *path, int *fd)
{
	/* O_NONBLOCK: a pipe must not hold us. */
	int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	struct open_how how = { .flags = (unsigned)flags,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS };
	long got = -1;

	/* EAGAIN: something was renamed meanwhile. */
	for (int tries = 0; tries < 8 && got < 0; tries++) {
		got = syscall(SYS_openat2, root, path, &how, sizeof(how));
		if (got < 0 && errno != EAGAIN)
			break;
	}
	if (got >= 0) {
		*fd = (int)got;
		return 0;
	}
	/* Older kernels have no openat2, and some sandboxes forbid what they do not know. */
	return errno == ENOSYS || errno == EPERM ? open_by_parts(root, path, flags, fd) : errno;
}

static int64_t stamp(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static size_t read_at(int fd, char *room, size_t len, uint64_t offset)
{
	size_t got = 0;

	while (got < len) {
		ssize_t n = pread(fd, room + got, len - got, (off_t)(offset + got));

		if (n <= 0)
			break;
		got += (size_t)n;
	}
	return got;
}

static uint64_t hash_file(struct root_cache *c, int fd, const struct known *k)
{
	uint64_t hash = 0, at = 0;
	size_t n;

	if (k->size > hashed_bytes)
		return hash_64(str_new((const char *)k, sizeof(*k)));
	while ((n = read_at(fd, c->chunk, CHUNK, at)) > 0) {
		hash = hash_64_seed(str_new(c->chunk, n), hash);
		at += n;
	}
	return hash;
}

static uint64_t find_body_end(struct root_cache *c, int fd, uint64_t size)
{
	uint64_t from = size > TAIL ? size - TAIL : 0;
	str tail = { c->chunk, read_at(fd, c->chunk, TAIL, from) };

	for (size_t i = tail.len; i-- > 0;)
		if (tail.ptr[i] == '<' && str_eq_nocase(str_sub(tail, i, i + 6), STR("</body")))
			return from + i;
	return size;
}

static void know(struct root_cache *c, const struct stat *st, struct root_file *out)
{
	struct known k = { .device = st->st_dev,
		.inode = st->st_ino,
		.size = (uint64_t)st->st_size,
		.modified = stamp(st->st_mtim),
		.changed = stamp(st->st_ctim) };
	struct known *slot = &c->slots[(k.inode ^ k.inode >> 11) % SLOTS];

	if (slot->inode != k.inode || slot->device != k.device || slot->size != k.size ||
		slot->modified != k.modified || slot->changed != k.changed) {
		k.hash = hash_file(c, out->fd, &k);
		k.body_end = find_body_end(c, out->fd, k.size);
		*slot = k;
	}
	out->size = slot->size;
	out->hash = slot->hash;
	out->body_end = slot->body_end;
}

static int tell_error(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOMEM || error == EIO ? error
										     : ENOENT;
}

int root_open(int root, const char *path, struct root_cache *c, struct root_file *out)
{
	struct stat st;
	int error = open_beneath(root, *path ? path : ".", &out->fd);

	if (error)
		return tell_error(error);
	if (fstat(out->fd, &st))
		error = EIO;
	else if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		error = ENOENT;
	if (error) {
		close(out->fd);
		return error;
	}
	out->is_folder = S_ISDIR(st.st_mode);
	if (out->is_folder) {
		close(out->fd);
		out->fd = -1;
		return 0;
	}
	know(c, &st, out);
	return 0;
}
