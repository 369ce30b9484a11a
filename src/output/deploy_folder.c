/* A folder of this machine: each file is written beside and renamed into place. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "output/beneath.h"
#include "output/deploy_parts.h"
#include "output/stage.h"
#include "output/target.h"

/* A file on its way; at the root of the target, and so on one file system with it. */
#define ARRIVING_NAME ".gen-deploy.new"

struct folder {
	str shown, real;
	int root; /* -1 while there is none */
	struct buf here, there;
};

static bool say_error(struct deploy *p, const char *doing, str path, int error)
{
	struct folder *f = p->state;

	return diag_error(p->diags, (loc){ 0 }, "deploy", "cannot %s '" STR_FMT "%s" STR_FMT "': %s", doing,
		STR_ARG(f->shown), path.len ? "/" : "", STR_ARG(path), strerror(error));
}

static bool is_within(str path, str top)
{
	return str_starts(path, top) && (path.len == top.len || path.ptr[top.len] == '/' || top.len == 1);
}

static bool open_root(struct deploy *p)
{
	struct folder *f = p->state;
	int error = target_lock(f->real.ptr, &f->root);

	if (!error)
		return true;
	f->root = -1;
	if (error == ENOENT)
		return true;
	if (error == EWOULDBLOCK)
		return diag_error(p->diags, (loc){ 0 }, "deploy", "another gen is deploying to '" STR_FMT "'",
			STR_ARG(f->shown));
	return say_error(p, "open", (str){ 0 }, error);
}

static int read_all(int fd, struct buf *out)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return errno;
	if (!S_ISREG(st.st_mode))
		return S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	buf_clear(out);
	for (;;) {
		ssize_t n;

		buf_reserve(out, (size_t)st.st_size >= out->len ? (size_t)st.st_size - out->len + 1 : 4096);
		n = read(fd, out->ptr + out->len, out->cap - out->len);
		if (n < 0 && errno != EINTR)
			return errno;
		if (n == 0)
			return 0;
		out->len += n > 0 ? (size_t)n : 0;
	}
}

/* Read what is there, never through a link; ENOENT: nothing. */
static int read_there(struct folder *f, str path, struct buf *out)
{
	int fd, error = beneath_open(f->root, path.ptr, O_RDONLY | O_NONBLOCK, &fd);

	if (error)
		return error;
	error = read_all(fd, out);
	close(fd);
	return error;
}

static bool open_folder(struct deploy *p)
{
	struct folder *f = p->state = arena_new(p->arena, struct folder);
	struct stage_options options = { .source = p->options->source, .keep_out = p->options->keep_out,
		.keep_out_count = p->options->keep_out_count };
	int error;

	f->root = -1;
	f->shown = path_clean(path_join(p->options->source, p->target->path, p->arena), p->arena);
	f->real = target_resolve(f->shown, p->arena, p->diags);
	if (f->real.len == 0)
		return false;
	if (!target_allows(f->real, f->shown, &options, p->arena, p->diags)) {
		diag_help(p->diags, "choose another `path` for the deploy target \"" STR_FMT "\"", STR_ARG(p->target->name));
		return false;
	}
	if (is_within(f->real, str_c(p->site)) || is_within(str_c(p->site), f->real))
		return diag_error(p->diags, (loc){ 0 }, "deploy",
			"refusing to deploy to '" STR_FMT "': it is or holds the built site, or is in it",
			STR_ARG(f->shown));
	if (!open_root(p))
		return false;
	error = f->root < 0 ? ENOENT : read_there(f, STR(DEPLOY_LIST_NAME), &f->there);
	if (error && error != ENOENT)
		return say_error(p, "read", STR(DEPLOY_LIST_NAME), error);
	p->list_text = error ? (str){ 0 } : str_copy(buf_str(&f->there), p->arena);
	return true;
}

/* What is at the place of `file` decides, whatever the list says of it. */
static bool look_at(struct deploy *p, struct deploy_file *file, struct map *removed)
{
	struct folder *f = p->state;
	struct file_info info;
	int error = read_there(f, file->path, &f->there);

	if (file->change == DEPLOY_REMOVED) {
		file->gone = error == ENOENT || error == ENOTDIR || error == ELOOP || error == EISDIR;
		return true;
	}
	if (error == ENOENT) {
		file->change = DEPLOY_NEW;
		return true;
	}
	if (error == ENOTDIR || error == EISDIR || error == ELOOP || error == EINVAL || error == ENXIO) {
		file->change = DEPLOY_NEW;
		if (map_has(removed, file->path))
			return true;
		for (str above = path_folder(file->path); above.len; above = path_folder(above))
			if (map_has(removed, above))
				return true;
		diag_error(p->diags, (loc){ 0 }, "deploy",
			"cannot put '" STR_FMT "/" STR_FMT "': a folder, a link or a file of others is in its way",
			STR_ARG(f->shown), STR_ARG(file->path));
		return false;
	}
	if (error)
		return say_error(p, "read", file->path, error);
	if (!deploy_file_read(p, file->path, &f->here, &info))
		return false;
	file->change = str_eq(buf_str(&f->here), buf_str(&f->there)) ? DEPLOY_SAME : DEPLOY_CHANGED;
	if (file->change == DEPLOY_CHANGED && !file->listed)
		deploy_foreign(p, file->path);
	return true;
}

/* The removed files that must make way, and the folders that they leave empty, as far as that is gen's doing. */
static void map_blocking(struct deploy *p, struct map *out)
{
	for (size_t i = 0; i < p->count; i++) {
		str path = p->files[i].path;

		if (!p->files[i].blocks)
			continue;
		for (; path.len; path = path_folder(path))
			map_put(out, path, NULL);
	}
}

static bool look_folder(struct deploy *p)
{
	struct folder *f = p->state;
	struct map removed = { .arena = p->arena };
	bool fine = true;

	if (f->root < 0)
		return true;
	deploy_progress(p, "comparing files", p->count);
	map_blocking(p, &removed);
	for (size_t i = 0; i < p->count && fine; i++)
		fine = look_at(p, &p->files[i], &removed);
	return fine;
}

/* Make the folders above a file and open the last one. */
static int open_above(struct folder *f, str path, int *fd, struct arena *a)
{
	str folder = path_folder(path);
	int error = beneath_folder(f->root, folder, fd);

	if (error != ENOENT)
		return error;
	error = open_above(f, folder, fd, a);
	if (error)
		return error;
	error = mkdirat(*fd, str_cstr(path_name(folder), a), 0755) && errno != EEXIST ? errno : 0;
	close(*fd);
	return error ? error : beneath_folder(f->root, folder, fd);
}

static int write_arriving(struct folder *f, str bytes, const struct timespec *time)
{
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_nsec = UTIME_OMIT } };
	int fd, error;

	if (unlinkat(f->root, ARRIVING_NAME, 0) != 0 && errno != ENOENT)
		return errno;
	fd = openat(f->root, ARRIVING_NAME, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0)
		return errno;
	error = beneath_write(fd, bytes);
	if (!error && fchmod(fd, 0644) != 0)
		error = errno;
	if (time) {
		times[1] = *time;
		futimens(fd, times);
	}
	if (close(fd) != 0 && !error)
		error = errno;
	if (error)
		unlinkat(f->root, ARRIVING_NAME, 0);
	return error;
}

/* Put bytes at `path`: readers see what was there, or all of it. */
static int put_bytes(struct folder *f, str path, str bytes, const struct timespec *time)
{
	struct arena a = { 0 };
	int fd, error = open_above(f, path, &fd, &a);

	if (!error) {
		error = write_arriving(f, bytes, time);
		if (!error && renameat(f->root, ARRIVING_NAME, fd, path_name(path).ptr) != 0) {
			error = errno;
			unlinkat(f->root, ARRIVING_NAME, 0);
		}
		close(fd);
	}
	arena_free(&a);
	return error;
}

static bool put_file(struct deploy *p, const struct deploy_file *file)
{
	struct folder *f = p->state;
	struct file_info info;
	struct timespec time;
	int error;

	if (!deploy_file_read(p, file->path, &f->here, &info))
		return false;
	time = (struct timespec){ info.mtime_ns / 1000000000, info.mtime_ns % 1000000000 };
	error = put_bytes(f, file->path, buf_str(&f->here), &time);
	return error ? say_error(p, "write", file->path, error) : true;
}

static bool send_folder(struct deploy *p, enum deploy_phase phase, size_t count)
{
	(void)count;
	for (size_t i = 0; i < p->count; i++)
		if (deploy_sends(&p->files[i], phase) && !put_file(p, &p->files[i]))
			return false;
	return true;
}

/* The folder and those above it, as long as they are empty. */
static void remove_empty(struct folder *f, str folder, struct arena *a)
{
	for (; folder.len; folder = path_folder(folder)) {
		int fd, gone;

		if (beneath_folder(f->root, path_folder(folder), &fd))
			return;
		gone = unlinkat(fd, str_cstr(path_name(folder), a), AT_REMOVEDIR) == 0;
		close(fd);
		if (!gone)
			return;
	}
}

static bool remove_file(struct deploy *p, const struct deploy_file *file)
{
	struct folder *f = p->state;
	int fd, error = beneath_folder(f->root, path_folder(file->path), &fd);

	if (!error) {
		if (unlinkat(fd, path_name(file->path).ptr, 0) != 0)
			error = errno;
		close(fd);
	}
	if (error && error != ENOENT)
		return say_error(p, "remove", file->path, error);
	remove_empty(f, path_folder(file->path), p->arena);
	return true;
}

static bool remove_folder(struct deploy *p, bool blocking, size_t count)
{
	(void)count;
	for (size_t i = 0; i < p->count; i++)
		if (deploy_removes(&p->files[i], blocking) && !remove_file(p, &p->files[i]))
			return false;
	return true;
}

static bool note_folder(struct deploy *p, str list)
{
	struct folder *f = p->state;
	int error;

	if (f->root < 0) {
		error = folder_make(f->real);
		if (error)
			return say_error(p, "make", (str){ 0 }, error);
		if (!open_root(p))
			return false;
	}
	error = put_bytes(f, STR(DEPLOY_LIST_NAME), list, NULL);
	return error ? say_error(p, "write", STR(DEPLOY_LIST_NAME), error) : true;
}

static void close_folder(struct deploy *p)
{
	struct folder *f = p->state;

	if (!f)
		return;
	if (f->root >= 0)
		close(f->root);
	buf_free(&f->here);
	buf_free(&f->there);
}

const struct deploy_driver deploy_folder = { .open = open_folder, .look = look_folder, .send = send_folder,
	.remove = remove_folder, .note = note_folder, .close = close_folder };
