/* What a build puts into its stage. */
#include "output/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/path.h"
#include "base/utf8.h"
#include "output/beneath.h"

enum { CHUNK = 32768 };

void staged_name(uint32_t id, char out[STAGED_NAME_MAX])
{
	snprintf(out, STAGED_NAME_MAX, STAGE_NAME "/%02u/%u", id % STAGE_SHARDS, id);
}

int staged_folders_make(struct stage *s, uint32_t id)
{
	char shard[STAGED_NAME_MAX];

	/* Several folders, so that threads do not wait for each other to add a name. */
	snprintf(shard, sizeof(shard), STAGE_NAME "/%02u", id % STAGE_SHARDS);
	if (mkdirat(s->tree, STAGE_NAME, 0777) && errno != EEXIST)
		return errno;
	return mkdirat(s->tree, shard, 0777) && errno != EEXIST ? errno : 0;
}

const char *entry_staged(
	const struct stage *s, const struct entry *e, char room[STAGED_NAME_MAX])
{
	if (s->fresh)
		return e->path.ptr;
	staged_name(e->id, room);
	return room;
}

void entry_look(const struct stage *s, struct entry *e, int *fd)
{
	struct stat st;
	int error = beneath_open(s->root, e->path.ptr, O_RDONLY | O_NONBLOCK | O_NOCTTY, fd);

	if (error)
		*fd = -1;
	e->state = error == ENOENT ? ENTRY_NEW : ENTRY_ODD;
	if (error || fstat(*fd, &st) || !S_ISREG(st.st_mode)) {
		if (*fd >= 0)
			close(*fd);
		*fd = -1;
		return;
	}
	e->state = ENTRY_OVER;
	e->size = (uint64_t)st.st_size;
	e->mtime_ns = stat_mtime(&st);
}

/* The path without case. A character may fold to a slash ("℀"), which must not make a part. */
static str fold_path(str path, struct buf *out)
{
	bool plain = true;

	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];

		plain = plain && c < 0x80;
		buf_char(out, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : (char)c);
	}
	if (plain)
		return buf_str(out);
	buf_clear(out);
	for (size_t at = 0; at <= path.len;) {
		ptrdiff_t slash = str_find_char(str_from(path, at), '/');
		size_t end = slash < 0 ? path.len : at + (size_t)slash;
		str part = utf8_fold(str_sub(path, at, end), out->arena);

		for (size_t i = 0; i < part.len; i++)
			buf_char(out, part.ptr[i] == '/' ? '\1' : part.ptr[i]);
		if (end < path.len)
			buf_char(out, '/');
		at = end + 1;
	}
	return buf_str(out);
}

/* The entry that keeps `key` from being a new file; null when there is none. */
static struct entry *find_clash(struct stage *s, str key)
{
	struct entry *e = map_get(&s->names, key);

	/* A folder that is known has all folders above it known for folders. */
	for (key = path_folder(key); !e && key.len; key = path_folder(key)) {
		e = map_get(&s->names, key);
		if (e && e->folder)
			return NULL;
	}
	return e;
}

static struct entry *add_name(struct stage *s, str path, str key)
{
	struct entry *e = arena_new(&s->arena, struct entry);
	bool is_new;

	e->path = path;
	*map_put(&s->names, key, &is_new) = e;
	return e;
}

/* Add the file and the folders above it; `*new_folder` when its own was not known. */
static struct entry *add_file(struct stage *s, str path, str key, bool *new_folder)
{
	str kept = str_copy(path, &s->arena);
	str kept_key = str_eq(path, key) ? kept : str_copy(key, &s->arena);
	struct entry *e = add_name(s, kept, kept_key);

	e->before = s->files;
	s->files = e;
	s->file_count++;
	*new_folder = false;
	for (kept = path_folder(kept), kept_key = path_folder(kept_key);
		kept.len && !map_has(&s->names, kept_key);
		kept = path_folder(kept), kept_key = path_folder(kept_key)) {
		add_name(s, kept, kept_key)->folder = true;
		*new_folder = true;
	}
	return e;
}

static size_t count_folders(str path)
{
	size_t n = 0;

	for (path = path_folder(path); path.len; path = path_folder(path))
		n++;
	return n;
}

static void fault_clash(struct stage *s, str path, const struct entry *clash)
{
	bool swap = str_cmp(path, clash->path) > 0;
	str one = swap ? clash->path : path, two = swap ? path : clash->path;

	if (clash->folder)
		stage_fault(s, 0, "'" STR_FMT "' is to be a file and a folder", STR_ARG(path));
	else if (count_folders(path) > count_folders(clash->path))
		stage_fault(s, 0, "'" STR_FMT "' is to be a file and a folder",
			STR_ARG(clash->path));
	else if (str_eq(one, two))
		stage_fault(s, 0, "'" STR_FMT "' is written twice", STR_ARG(path));
	else
		stage_fault(s, 0,
			"'" STR_FMT "' and '" STR_FMT
			"' differ only in case: on macOS and Windows one "
			"would replace the other",
			STR_ARG(one), STR_ARG(two));
}

/* Enter `path` into the build; null, and a fault remembered, when it cannot be. */
static struct entry *claim(struct stage *s, str path, bool *new_folder)
{
	const char *wrong = manifest_path_fault(path, strlen(s->real));
	struct arena scratch = { 0 };
	struct buf folded = { .arena = &scratch };
	struct entry *clash, *e = NULL;
	str key;

	if (wrong) {
		stage_fault(s, 0, "the output path '" STR_FMT "' %s",
			STR_ARG(str_sub(path, 0, 200)), wrong);
		return NULL;
	}
	key = fold_path(path, &folded);
	pthread_mutex_lock(&s->lock);
	clash = find_clash(s, key);
	if (!clash)
		e = add_file(s, path, key, new_folder);
	pthread_mutex_unlock(&s->lock);
	arena_free(&scratch);
	if (clash)
		fault_clash(s, path, clash);
	return e;
}

/* Bytes to put: in memory, or in an open file. */
struct supply {
	str bytes;
	int fd; /* -1: in memory */
	uint64_t size;
};

static ssize_t read_full(int fd, char *to, size_t want)
{
	size_t got = 0;

	while (got < want) {
		ssize_t n = read(fd, to + got, want - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	return (ssize_t)got;
}

/*
 * Has the open file, of the right size, exactly these bytes? What cannot be read is not equal.
 */
static bool is_equal(int there, const struct supply *from)
{
	char old[CHUNK], new[CHUNK];
	size_t want;

	for (uint64_t at = 0; at < from->size; at += want) {
		want = from->size - at < CHUNK ? (size_t)(from->size - at) : CHUNK;
		if (read_full(there, old, want) != (ssize_t)want)
			return false;
		if (from->fd >= 0 && read_full(from->fd, new, want) != (ssize_t)want)
			return false;
		if (memcmp(old, from->fd >= 0 ? new : from->bytes.ptr + at, want) != 0)
			return false;
	}
	return true;
}

static int copy_by_reading(int from, int to)
{
	char chunk[CHUNK];

	for (;;) {
		ssize_t n = read_full(from, chunk, sizeof(chunk));
		int error = n < 0 ? errno : beneath_write(to, str_new(chunk, (size_t)n));

		if (error || n == 0)
			return error;
	}
}

static int copy_all(int from, int to)
{
	if (lseek(from, 0, SEEK_SET) < 0)
		return errno;
	for (bool begun = false;; begun = true) {
		ssize_t n = copy_file_range(from, NULL, to, NULL, 1 << 30, 0);

		if (n < 0 && errno == EINTR)
			continue;
		/* Not all file systems can; reading says what is really wrong. */
		if (n < 0 || (n == 0 && !begun))
			return copy_by_reading(from, to);
		if (n == 0)
			return 0;
	}
}

static int make_folders(int tree, const char *path)
{
	const char *slash = strrchr(path, '/');
	char part[PATH_MAX];

	if (!slash)
		return 0;
	/* Those above it are mostly there. */
	memcpy(part, path, (size_t)(slash - path));
	part[slash - path] = '\0';
	if (mkdirat(tree, part, 0777) == 0 || errno == EEXIST)
		return 0;
	for (size_t i = 0; path[i]; i++) {
		part[i] = '\0';
		if (path[i] == '/' && mkdirat(tree, part, 0777) && errno != EEXIST)
			return errno;
		part[i] = path[i];
	}
	return 0;
}

static int create_staged(struct stage *s, struct entry *e, bool new_folder, int *fd)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, error = 0;
	char room[STAGED_NAME_MAX];
	const char *name;

	if (!s->fresh)
		e->id = atomic_fetch_add(&s->next_id, 1);
	name = entry_staged(s, e, room);
	if (s->fresh && new_folder)
		error = make_folders(s->tree, name);
	if (error)
		return error;
	*fd = openat(s->tree, name, flags, 0666);
	/* The folder may be new, or known to the thread that is about to make it. */
	if (*fd < 0 && errno == ENOENT) {
		error = s->fresh ? make_folders(s->tree, name) : staged_folders_make(s, e->id);
		if (error)
			return error;
		*fd = openat(s->tree, name, flags, 0666);
	}
	return *fd < 0 ? errno : 0;
}

static int write_staged(
	struct stage *s, struct entry *e, bool new_folder, const struct supply *from)
{
	struct stat st;
	int fd, error = create_staged(s, e, new_folder, &fd);

	if (error)
		return error;
	error = from->fd >= 0 ? copy_all(from->fd, fd) : beneath_write(fd, from->bytes);
	if (!error && fstat(fd, &st))
		error = errno;
	if (close(fd) && !error)
		error = errno;
	if (error)
		return error;
	e->size = (uint64_t)st.st_size;
	e->mtime_ns = stat_mtime(&st);
	return 0;
}

static void put(struct stage *s, struct entry *e, bool new_folder, const struct supply *from)
{
	int there = -1, error;

	/*
	 * When one has failed nothing will be published: only look for more faults of the
	 * author.
	 */
	if (atomic_load_explicit(&s->failed, memory_order_relaxed))
		return;
	if (s->fresh)
		e->state = ENTRY_NEW;
	else
		entry_look(s, e, &there);
	if (there >= 0) {
		bool same = e->size == from->size && is_equal(there, from);

		close(there);
		if (same) {
			e->state = ENTRY_SAME;
			return;
		}
	}
	error = write_staged(s, e, new_folder, from);
	if (!error)
		return;
	e->state = ENTRY_FAILED;
	stage_fault(s, error, "cannot write '" STR_FMT "/" STR_FMT "'", STR_ARG(s->shown),
		STR_ARG(e->path));
}

void stage_put(struct stage *s, str path, str bytes)
{
	bool new_folder;
	struct entry *e = claim(s, path, &new_folder);

	if (e)
		put(s, e, new_folder, &(struct supply){ bytes, -1, bytes.len });
}

static int open_original(str path, struct supply *out)
{
	struct arena scratch = { 0 };
	struct stat st;

	out->fd = open(str_cstr(path, &scratch), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	arena_free(&scratch);
	if (out->fd < 0)
		return errno;
	if (fstat(out->fd, &st))
		return errno;
	out->size = (uint64_t)st.st_size;
	return S_ISREG(st.st_mode) ? 0 : S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
}

void stage_copy(struct stage *s, str path, str from)
{
	bool new_folder;
	struct entry *e = claim(s, path, &new_folder);
	struct supply supply = { .fd = -1 };
	int error;

	if (!e)
		return;
	error = open_original(from, &supply);
	if (error)
		stage_fault(s, error, "cannot read '" STR_FMT "'", STR_ARG(from));
	else
		put(s, e, new_folder, &supply);
	if (supply.fd >= 0)
		close(supply.fd);
}

bool stage_keep(struct stage *s, str path)
{
	const struct manifest_file *f = manifest_find(&s->old, path);
	struct entry *e;
	struct stat st;
	bool new_folder;

	if (!f || fstatat(s->root, f->path.ptr, &st, AT_SYMLINK_NOFOLLOW) ||
		!S_ISREG(st.st_mode) || (uint64_t)st.st_size != f->size ||
		stat_mtime(&st) != f->mtime_ns)
		return false;
	e = claim(s, path, &new_folder);
	if (e) {
		e->state = ENTRY_SAME;
		e->size = f->size;
		e->mtime_ns = f->mtime_ns;
	}
	return true;
}

void entry_look_again(const struct stage *s, struct entry *e)
{
	struct entry found = { .path = e->path };
	struct supply staged = { .size = e->size };
	int there;

	entry_look(s, &found, &there);
	e->state = found.state;
	if (there < 0)
		return;
	staged.fd = openat(s->tree, e->path.ptr, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (staged.fd >= 0 && found.size == e->size && is_equal(there, &staged)) {
		e->state = ENTRY_SAME;
		e->mtime_ns = found.mtime_ns;
	}
	if (staged.fd >= 0)
		close(staged.fd);
	close(there);
}
