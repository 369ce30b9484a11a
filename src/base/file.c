#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"

static struct file_info info_from(const struct stat *st)
{
	return (struct file_info){
		.kind = S_ISREG(st->st_mode)   ? FILE_REGULAR
			: S_ISDIR(st->st_mode) ? FILE_FOLDER
					       : FILE_OTHER,
		.size = (uint64_t)st->st_size,
		.mtime_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
		.inode = st->st_ino,
		.device = st->st_dev,
	};
}

int file_stat(str path, struct file_info *out)
{
	struct arena a = { 0 };
	struct stat st;
	int error = stat(str_cstr(path, &a), &st) == 0 ? 0 : errno;

	*out = error ? (struct file_info){ .kind = FILE_NONE } : info_from(&st);
	arena_free(&a);
	return error == ENOENT || error == ENOTDIR ? 0 : error;
}

/* What is not a plain file could block for ever or never end. */
static int check_readable(const struct file_info *info, size_t limit)
{
	if (info->kind == FILE_FOLDER)
		return EISDIR;
	if (info->kind != FILE_REGULAR)
		return EINVAL;
	return limit && info->size > limit ? EFBIG : 0;
}

static int read_all(int fd, size_t limit, struct buf *out, struct file_info *info)
{
	struct stat st;
	int error;

	if (fstat(fd, &st) != 0)
		return errno;
	*info = info_from(&st);
	error = check_readable(info, limit);
	if (error)
		return error;
	buf_clear(out);
	for (;;) {
		ssize_t n;

		/* Two more than the size says: one to see the end by, one for the NUL. */
		buf_reserve(out, out->len <= info->size ? info->size - out->len + 2 : 4096);
		n = read(fd, out->ptr + out->len, out->cap - out->len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		if (n == 0)
			break;
		out->len += (size_t)n;
		/* All that there was when it was opened, in one piece: no need to see the end. */
		if (out->len == info->size && (size_t)n == out->len)
			break;
		if (limit && out->len > limit)
			return EFBIG;
	}
	out->ptr[out->len] = '\0';
	return 0;
}

int file_read_buf(str path, size_t limit, struct buf *out, struct file_info *info)
{
	struct arena a = { 0 };
	struct file_info unused;
	int fd = open(str_cstr(path, &a), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	int error = fd < 0 ? errno : read_all(fd, limit, out, info ? info : &unused);

	if (fd >= 0)
		close(fd);
	arena_free(&a);
	return error;
}

int file_read(str path, size_t limit, struct arena *a, str *out)
{
	struct buf b = { .arena = a };
	int error = file_read_buf(path, limit, &b, NULL);

	*out = error ? (str){ 0 } : buf_str(&b);
	return error;
}

static int write_all(int fd, str bytes)
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

int file_write_atomic(str path, str bytes)
{
	struct arena a = { 0 };
	str beside = str_printf(&a, "%.*s.XXXXXX", STR_ARG(path));
	char *name = (char *)str_cstr(beside, &a);
	int fd = mkstemp(name), error;

	if (fd < 0) {
		error = errno;
		arena_free(&a);
		return error;
	}
	error = write_all(fd, bytes);
	if (!error && fchmod(fd, 0644) != 0)
		error = errno;
	if (close(fd) != 0 && !error)
		error = errno;
	if (!error && rename(name, str_cstr(path, &a)) != 0)
		error = errno;
	if (error)
		unlink(name);
	arena_free(&a);
	return error;
}

static int make_one(const char *path)
{
	struct stat st;

	if (mkdir(path, 0755) == 0)
		return 0;
	if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return 0;
	return errno;
}

int folder_make(str path)
{
	struct arena a = { 0 };
	char *copy = (char *)str_cstr(path, &a);
	int error = path.len ? make_one(copy) : 0;

	if (error == ENOENT) {
		error = 0;
		for (char *at = copy + 1; *at && !error; at++) {
			if (*at != '/')
				continue;
			*at = '\0';
			error = make_one(copy);
			*at = '/';
		}
		if (!error)
			error = make_one(copy);
	}
	arena_free(&a);
	return error;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

int tree_remove(str path)
{
	struct arena a = { 0 };
	int error = 0;

	if (nftw(str_cstr(path, &a), remove_one, 32, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
		error = errno;
	arena_free(&a);
	return error;
}

/* A folder being walked, with the folders around it. */
struct level {
	const struct level *above;
	uint64_t device, inode;
};

struct growing {
	struct file_entry *at;
	size_t count, cap;
};

struct walk {
	struct arena *arena;
	struct growing files, folders;
	struct file_walk *out;
	size_t fault_cap;
};

static void add_entry(struct walk *w, struct growing *list, str path, struct file_info info)
{
	if (list->count == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 64;
		struct file_entry *at = arena_array(w->arena, struct file_entry, cap);

		if (list->count)
			memcpy(at, list->at, list->count * sizeof(*at));
		list->at = at;
		list->cap = cap;
	}
	list->at[list->count++] = (struct file_entry){ path, info };
}

static void add_fault(struct walk *w, str path, int error)
{
	struct file_walk *out = w->out;

	if (out->fault_count == w->fault_cap) {
		size_t cap = w->fault_cap ? w->fault_cap * 2 : 8;
		struct file_fault *at = arena_array(w->arena, struct file_fault, cap);

		if (out->fault_count)
			memcpy(at, out->faults, out->fault_count * sizeof(*at));
		out->faults = at;
		w->fault_cap = cap;
	}
	out->faults[out->fault_count++] = (struct file_fault){ path, error };
}

/* Hidden files, and what editors leave; not what sites are asked for at a fixed place (RFC 8615). */
static bool is_skipped(str name)
{
	return (name.ptr[0] == '.' && !str_eq(name, STR(".well-known"))) || str_ends(name, STR("~")) ||
	       (name.ptr[0] == '#' && str_ends(name, STR("#")));
}

static bool is_above(const struct level *level, const struct file_info *info)
{
	for (; level; level = level->above)
		if (level->device == info->device && level->inode == info->inode)
			return true;
	return false;
}

static void walk_folder(struct walk *w, int fd, str below, const struct level *level);

static void walk_entry(struct walk *w, int fd, str below, str name, const struct level *level)
{
	str path = below.len ? str_printf(w->arena, "%.*s/%.*s", STR_ARG(below), STR_ARG(name))
			     : str_copy(name, w->arena);
	struct stat st;
	struct file_info info;
	int inner;

	if (fstatat(fd, path_name(path).ptr, &st, 0) != 0) {
		add_fault(w, path, errno);
		return;
	}
	info = info_from(&st);
	if (info.kind == FILE_REGULAR)
		add_entry(w, &w->files, path, info);
	if (info.kind != FILE_FOLDER)
		return;
	if (is_above(level, &info)) {
		add_fault(w, path, ELOOP);
		return;
	}
	inner = openat(fd, path_name(path).ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (inner < 0) {
		add_fault(w, path, errno);
		return;
	}
	add_entry(w, &w->folders, path, info);
	walk_folder(w, inner, path,
		&(struct level){ .above = level, .device = info.device, .inode = info.inode });
}

/* Takes `fd` over. */
static void walk_folder(struct walk *w, int fd, str below, const struct level *level)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;

	if (!dir) {
		add_fault(w, below, errno);
		close(fd);
		return;
	}
	while ((errno = 0, entry = readdir(dir)) != NULL)
		if (!is_skipped(str_c(entry->d_name)))
			walk_entry(w, fd, below, str_c(entry->d_name), level);
	if (errno)
		add_fault(w, below, errno);
	closedir(dir);
}

static int compare_entries(const void *a, const void *b)
{
	return str_cmp(((const struct file_entry *)a)->path, ((const struct file_entry *)b)->path);
}

static struct file_list sorted(struct growing *list)
{
	if (list->count)
		qsort(list->at, list->count, sizeof(*list->at), compare_entries);
	return (struct file_list){ list->at, list->count };
}

int file_walk(str root, struct arena *a, struct file_walk *out)
{
	struct walk w = { .arena = a, .out = out };
	int fd = open(str_cstr(root, a), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	*out = (struct file_walk){ 0 };
	if (fd < 0)
		return errno;
	if (fstat(fd, &st) != 0) {
		int error = errno;

		close(fd);
		return error;
	}
	walk_folder(&w, fd, (str){ 0 }, &(struct level){ .device = st.st_dev, .inode = st.st_ino });
	out->files = sorted(&w.files);
	out->folders = sorted(&w.folders);
	return 0;
}
