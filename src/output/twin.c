#include "output/twin.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "output/beneath.h"
#include "output/manifest.h"

enum { CHUNK = 32768 };

/* A path at which the two folders may differ. */
struct touched {
	str path;
	struct touched *before;
};

enum state {
	SIDE_FAR,   /* anything may be there */
	SIDE_NEAR,  /* the tree that was built last, but for the touched paths */
	SIDE_ALIKE, /* that tree */
};

struct side {
	str folder;
	enum state state;
};

struct twin {
	struct arena arena; /* of the folders' names */
	struct side side[2];
	struct side *now; /* being written to */
	int root;         /* open then; else -1 */
	pthread_mutex_t lock; /* for what follows */
	struct arena changes;
	struct touched *touched; /* since the last twin_level() */
	size_t written, removed;
	atomic_bool failed;
};

struct twin *twin_open(void)
{
	struct twin *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->root = -1;
	pthread_mutex_init(&t->lock, NULL);
	return t;
}

static void close_root(struct twin *t)
{
	if (t->root >= 0)
		close(t->root);
	t->root = -1;
}

void twin_close(struct twin *t)
{
	if (!t)
		return;
	close_root(t);
	pthread_mutex_destroy(&t->lock);
	arena_free(&t->arena);
	arena_free(&t->changes);
	free(t);
}

/* The folders are known when they are first named. */
static struct side *find_side(struct twin *t, str folder)
{
	for (int i = 0; i < 2; i++) {
		if (!t->side[i].folder.ptr)
			t->side[i].folder = str_copy(folder, &t->arena);
		if (str_eq(t->side[i].folder, folder))
			return &t->side[i];
	}
	return &t->side[1];
}

static struct side *other_side(struct twin *t, const struct side *side)
{
	return &t->side[side == &t->side[0]];
}

bool twin_is_ready(struct twin *t, str folder)
{
	return find_side(t, folder)->state == SIDE_ALIKE;
}

static void forget_changes(struct twin *t)
{
	arena_reset(&t->changes, 1 << 16);
	t->touched = NULL;
}

void twin_clear(struct twin *t, str folder)
{
	struct arena scratch = { 0 };
	struct file_info info;

	find_side(t, folder)->state = SIDE_FAR;
	if (file_stat(path_join(folder, STR(MANIFEST_NAME), &scratch), &info) ||
		info.kind != FILE_REGULAR)
		tree_remove(folder);
	arena_free(&scratch);
}

void twin_staged(struct twin *t, str folder)
{
	struct side *side = find_side(t, folder);

	side->state = SIDE_ALIKE;
	other_side(t, side)->state = SIDE_FAR;
	forget_changes(t);
}

void twin_begin(struct twin *t, str folder)
{
	struct arena scratch = { 0 };

	t->written = t->removed = 0;
	atomic_store(&t->failed, false);
	t->now = find_side(t, folder);
	t->root = open(str_cstr(folder, &scratch), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* From now on it is not what its manifest says. */
	if (t->root < 0 || (unlinkat(t->root, MANIFEST_NAME, 0) && errno != ENOENT))
		atomic_store(&t->failed, true);
	arena_free(&scratch);
}

/* Remember the path; what answers ends with a NUL. */
static const char *touch(struct twin *t, str path)
{
	struct touched *now;
	const char *name;

	pthread_mutex_lock(&t->lock);
	now = arena_new(&t->changes, struct touched);
	name = str_cstr(path, &t->changes);
	*now = (struct touched){ str_c(name), t->touched };
	t->touched = now;
	pthread_mutex_unlock(&t->lock);
	return name;
}

static int make_folders(int root, const char *path)
{
	char part[PATH_MAX];

	for (size_t i = 0; path[i] && i < sizeof(part); i++) {
		part[i] = '\0';
		if (path[i] == '/' && mkdirat(root, part, 0777) && errno != EEXIST)
			return errno;
		part[i] = path[i];
	}
	return 0;
}

/* A new file in the place of any that is there. */
static int create(int root, const char *path, int *fd)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, error;

	if (unlinkat(root, path, 0) && errno != ENOENT)
		return errno;
	*fd = openat(root, path, flags, 0666);
	if (*fd >= 0)
		return 0;
	error = errno == ENOENT ? make_folders(root, path) : errno;
	if (error)
		return error;
	*fd = openat(root, path, flags, 0666);
	return *fd < 0 ? errno : 0;
}

static int write_file(int root, const char *path, str bytes)
{
	int fd = -1, error = create(root, path, &fd);

	if (error)
		return error;
	error = beneath_write(fd, bytes);
	if (close(fd) && !error)
		error = errno;
	return error;
}

static bool has_bytes(int fd, str bytes)
{
	char there[CHUNK];
	struct stat st;

	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || (uint64_t)st.st_size != bytes.len)
		return false;
	while (bytes.len) {
		ssize_t n = read(fd, there, sizeof(there));

		if (n <= 0 || (size_t)n > bytes.len || memcmp(there, bytes.ptr, (size_t)n) != 0)
			return false;
		bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

static bool is_there(int root, str path, str bytes)
{
	struct arena scratch = { 0 };
	int fd = openat(root, str_cstr(path, &scratch), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	bool same = fd >= 0 && has_bytes(fd, bytes);

	if (fd >= 0)
		close(fd);
	arena_free(&scratch);
	return same;
}

void twin_put(struct twin *t, str path, str bytes)
{
	if (atomic_load(&t->failed) || is_there(t->root, path, bytes))
		return;
	if (write_file(t->root, touch(t, path), bytes))
		atomic_store(&t->failed, true);
	pthread_mutex_lock(&t->lock);
	t->written++;
	pthread_mutex_unlock(&t->lock);
}

void twin_copy(struct twin *t, str path, str from)
{
	struct arena scratch = { 0 };
	str bytes;

	if (file_read(from, 0, &scratch, &bytes))
		atomic_store(&t->failed, true);
	else
		twin_put(t, path, bytes);
	arena_free(&scratch);
}

static void remove_file(int root, str path)
{
	struct arena scratch = { 0 };

	unlinkat(root, str_cstr(path, &scratch), 0);
	for (path = path_folder(path); path.len; path = path_folder(path))
		if (unlinkat(root, str_cstr(path, &scratch), AT_REMOVEDIR))
			break;
	arena_free(&scratch);
}

void twin_remove(struct twin *t, str path)
{
	touch(t, path);
	remove_file(t->root, path);
	t->removed++;
}

void twin_abort(struct twin *t)
{
	close_root(t);
	t->now->state = SIDE_NEAR;
}

bool twin_commit(struct twin *t)
{
	struct side *other = other_side(t, t->now);

	if (atomic_load(&t->failed)) {
		twin_abort(t);
		return false;
	}
	close_root(t);
	if (other->state == SIDE_ALIKE)
		other->state = SIDE_NEAR;
	return true;
}

size_t twin_written(const struct twin *t)
{
	return t->written;
}

size_t twin_removed(const struct twin *t)
{
	return t->removed;
}

/* File systems without links get copies. */
static int share(int from, int to, const char *path)
{
	struct arena scratch = { 0 };
	str bytes;
	int fd, error;

	if (linkat(from, path, to, path, 0) == 0 || errno == EEXIST)
		return 0;
	error = errno == ENOENT ? make_folders(to, path) : 0;
	if (!error && linkat(from, path, to, path, 0) == 0)
		return 0;
	fd = openat(from, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno;
	error = file_read(str_printf(&scratch, "/proc/self/fd/%d", fd), 0, &scratch, &bytes);
	error = error ? error : write_file(to, path, bytes);
	close(fd);
	arena_free(&scratch);
	return error;
}

/* Files that went go first: a folder may stand in the place of one. */
static bool level_touched(const struct twin *t, int from, int to)
{
	struct stat st;
	bool fine = true;

	for (const struct touched *at = t->touched; at; at = at->before)
		remove_file(to, at->path);
	for (const struct touched *at = t->touched; at; at = at->before)
		if (fstatat(from, at->path.ptr, &st, AT_SYMLINK_NOFOLLOW) == 0)
			fine = share(from, to, at->path.ptr) == 0 && fine;
	return fine;
}

static bool level_all(int from, int to, const str *paths, size_t count)
{
	struct arena scratch = { 0 };
	bool fine = true;

	for (size_t i = 0; i < count && fine; i++) {
		arena_reset(&scratch, 4096);
		fine = share(from, to, str_cstr(paths[i], &scratch)) == 0;
	}
	arena_free(&scratch);
	return fine;
}

static int open_folder(str folder)
{
	struct arena scratch = { 0 };
	int fd = open(str_cstr(folder, &scratch), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	arena_free(&scratch);
	return fd;
}

void twin_level(struct twin *t, str folder, str other, const str *paths, size_t count)
{
	struct side *from = find_side(t, folder), *to = find_side(t, other);
	int source, target;
	bool fine;

	if (from->state != SIDE_ALIKE || to->state == SIDE_ALIKE)
		return;
	if (to->state == SIDE_FAR && (tree_remove(to->folder) || folder_make(to->folder)))
		return;
	source = open_folder(from->folder);
	target = open_folder(to->folder);
	if (target >= 0)
		unlinkat(target, MANIFEST_NAME, 0);
	fine = source >= 0 && target >= 0 &&
	       (to->state == SIDE_NEAR ? level_touched(t, source, target)
				       : level_all(source, target, paths, count));
	to->state = fine ? SIDE_ALIKE : SIDE_FAR;
	if (source >= 0)
		close(source);
	if (target >= 0)
		close(target);
	forget_changes(t);
}
