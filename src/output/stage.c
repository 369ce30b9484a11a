#include "output/stage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/pool.h"
#include "output/staging.h"
#include "output/target.h"

#ifndef STATX_ATTR_MOUNT_ROOT
enum { STATX_ATTR_MOUNT_ROOT = 0x2000 };
#endif

static bool say_error(const struct stage *s, const char *what, int error, struct diags *d)
{
	return diag_error(d, (loc){ 0 }, "output", "cannot %s '" STR_FMT "': %s", what,
		STR_ARG(s->shown), strerror(error));
}

/* Make the folder and those above it, and remember the topmost, to take them away again. */
static int make_root(struct stage *s)
{
	str path = str_c(s->real);

	for (size_t i = 1; i <= path.len; i++) {
		str part = str_sub(path, 0, i);

		if (i < path.len && path.ptr[i] != '/')
			continue;
		if (mkdir(str_cstr(part, &s->arena), 0777) == 0)
			s->made = s->made.len ? s->made : part;
		else if (errno != EEXIST &&
			 (i == path.len || access(str_cstr(part, &s->arena), F_OK)))
			return errno;
	}
	return 0;
}

static bool open_root(struct stage *s, struct diags *d)
{
	int error = target_lock(s->real, &s->root);

	if (error == ENOENT) {
		error = make_root(s);
		if (error)
			return say_error(s, "create", error, d);
		error = target_lock(s->real, &s->root);
	}
	if (error == EWOULDBLOCK) {
		diag_error(d, (loc){ 0 }, "output", "another gen is writing into '" STR_FMT "'",
			STR_ARG(s->shown));
		diag_help(d, "wait until it has ended, or choose another folder with --output");
		return false;
	}
	if (error == ENOTDIR)
		return diag_error(d, (loc){ 0 }, "output", "'" STR_FMT "' is not a folder",
			STR_ARG(s->shown));
	return error ? say_error(s, "open", error, d) : true;
}

/* What is in the folder that gen did not make. */
enum content { CONTENT_NONE, CONTENT_HIDDEN_FILES, CONTENT_HIDDEN, CONTENT_FULL };

static enum content classify(const struct stage *s, const char *name)
{
	struct stat st;

	if (str_eq(str_c(name), STR(".")) || str_eq(str_c(name), STR("..")))
		return CONTENT_NONE;
	if (name[0] != '.')
		return CONTENT_FULL;
	return fstatat(s->root, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode)
		       ? CONTENT_HIDDEN_FILES
		       : CONTENT_HIDDEN;
}

static int look_inside(const struct stage *s, enum content *out)
{
	int fd = openat(s->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	int error = errno;

	*out = CONTENT_NONE;
	if (!dir) {
		if (fd >= 0)
			close(fd);
		return error;
	}
	while ((errno = 0, entry = readdir(dir))) {
		enum content kind = classify(s, entry->d_name);

		*out = kind > *out ? kind : *out;
	}
	error = errno;
	closedir(dir);
	return error;
}

/*
 * Can the folder itself be exchanged with another, without anyone noticing but through its
 * content?
 */
static bool is_movable(const struct stage *s, const struct stat *root)
{
	struct stat above, here;
	struct statx more;

	if (fstatat(s->root, "..", &above, 0) || above.st_dev != root->st_dev)
		return false;
	if (statx(s->root, "", AT_EMPTY_PATH, STATX_TYPE, &more) == 0 &&
		(more.stx_attributes & STATX_ATTR_MOUNT_ROOT))
		return false;
	return stat(".", &here) || here.st_dev != root->st_dev || here.st_ino != root->st_ino;
}

/* Begin a tree beside the folder, alike in owner and mode; when that cannot be, false. */
static bool begin_fresh(struct stage *s)
{
	struct stat root, tree;

	if (fstat(s->root, &root) || !is_movable(s, &root) || mkdir(s->beside, 0777))
		return false;
	s->tree = open(s->beside, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (s->tree >= 0 && (flock(s->tree, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) &&
		fstat(s->tree, &tree) == 0 && tree.st_uid == root.st_uid &&
		tree.st_gid == root.st_gid && fchmod(s->tree, root.st_mode & 07777) == 0)
		return true;
	if (s->tree >= 0)
		close(s->tree);
	rmdir(s->beside);
	return false;
}

static bool read_manifest(struct stage *s, bool *marked, struct diags *d)
{
	int error = manifest_read(str_c(s->real), &s->arena, &s->old);

	*marked = error != ENOENT;
	if (error == EINVAL) {
		s->adopted = true;
		return diag_warn(d, (loc){ 0 }, "output",
			"'" STR_FMT "/" MANIFEST_NAME
			"' is damaged or of another version: files that "
			"are no longer part of the site stay",
			STR_ARG(s->shown));
	}
	return error && *marked ? say_error(s, "read the manifest of", error, d) : true;
}

/* Decide how to write; clear what a killed build has left. */
static bool settle(struct stage *s, struct diags *d)
{
	enum content content;
	bool marked;
	int error = tree_remove(path_join(str_c(s->real), STR(STAGE_NAME), &s->arena));

	if (error)
		return say_error(s, "clear what a stopped build has left in", error, d);
	target_clear_beside(s->beside);
	if (!read_manifest(s, &marked, d))
		return false;
	s->tree = s->root;
	if (marked)
		return true;
	error = look_inside(s, &content);
	if (error)
		return say_error(s, "read", error, d);
	if (content == CONTENT_FULL && !s->force) {
		diag_error(d, (loc){ 0 }, "output",
			"refusing to write into '" STR_FMT
			"': it is not empty, and gen did not make it",
			STR_ARG(s->shown));
		diag_help(d,
			"choose another folder with --output, or use --force: files with the "
			"names of pages are replaced, others stay");
		return false;
	}
	s->fresh = content <= CONTENT_HIDDEN_FILES && begin_fresh(s);
	return true;
}

struct stage *stage_open(
	str folder, const struct stage_options *options, struct arena *a, struct diags *d)
{
	str real = target_resolve(folder, a, d);
	struct stage *s;

	if (real.len == 0 || !target_allows(real, folder, options, a, d))
		return NULL;
	s = arena_new(a, struct stage);
	s->shown = folder.len ? str_copy(folder, a) : STR(".");
	while (s->shown.len > 1 && s->shown.ptr[s->shown.len - 1] == '/')
		s->shown.len--;
	s->real = str_cstr(real, a);
	s->beside = target_beside(real, a);
	s->force = options->force;
	s->root = s->tree = -1;
	s->names.arena = &s->arena;
	pthread_mutex_init(&s->lock, NULL);
	if (open_root(s, d) && settle(s, d))
		return s;
	stage_close(s, true);
	return NULL;
}

const struct manifest *stage_manifest(const struct stage *s)
{
	return &s->old;
}

void stage_fault(struct stage *s, int error, const char *fmt, ...)
{
	char text[8192];
	va_list ap;
	struct fault *f;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	pthread_mutex_lock(&s->lock);
	f = arena_new(&s->arena, struct fault);
	*f = (struct fault){ str_copy(str_c(text), &s->arena), error, s->faults };
	s->faults = f;
	s->fault_count++;
	pthread_mutex_unlock(&s->lock);
	atomic_store(&s->failed, true);
}

static int compare_faults(const void *a, const void *b)
{
	return str_cmp((*(struct fault *const *)a)->text, (*(struct fault *const *)b)->text);
}

static void report_fault(const struct stage *s, const struct fault *f, struct diags *d)
{
	diag_error(d, (loc){ 0 }, "output", STR_FMT "%s%s", STR_ARG(f->text),
		f->error ? ": " : "", f->error ? strerror(f->error) : "");
	if (f->error == ENOSPC || f->error == EDQUOT)
		diag_help(d, "'" STR_FMT "' is as it was before; make room and build again",
			STR_ARG(s->shown));
	else if (str_ends(f->text, STR("which gen did not write")))
		diag_help(d, "move it away, or use --force to replace it");
}

bool stage_report_faults(struct stage *s, struct diags *d)
{
	enum { SHOWN = 10 };
	struct fault **all;
	size_t n = 0;

	if (s->fault_count == 0)
		return true;
	/* In an order that does not depend on the threads. */
	all = arena_array(&s->arena, struct fault *, s->fault_count);
	for (struct fault *f = s->faults; f; f = f->before)
		all[n++] = f;
	qsort(all, n, sizeof(struct fault *), compare_faults);
	for (size_t i = 0; i < n && i < SHOWN; i++)
		report_fault(s, all[i], d);
	if (n > SHOWN)
		diag_error(d, (loc){ 0 }, "output",
			"and %zu more faults while writing '" STR_FMT "'", n - SHOWN,
			STR_ARG(s->shown));
	return false;
}

/* The folders that were made for this build, from the output upwards. */
static void unmake_root(struct stage *s)
{
	for (str path = str_c(s->real); path.len >= s->made.len && path.len > 1;
		path = path_folder(path))
		if (rmdir(str_cstr(path, &s->arena)))
			return;
}

static void clear_shard(void *ctx, size_t shard, int worker)
{
	const struct stage *s = ctx;
	struct arena scratch = { 0 };

	(void)worker;
	tree_remove(str_printf(&scratch, "%s/" STAGE_NAME "/%02zu", s->real, shard));
	arena_free(&scratch);
}

/* What was staged and not moved, and what was replaced: up to the whole old site. */
static void clear_stage(struct stage *s)
{
	uint32_t staged = atomic_load(&s->next_id);

	if (s->fresh)
		tree_remove(str_c(s->beside));
	if (s->fresh || staged == 0)
		return;
	if (staged > 1000)
		pool_each(pool_processors(), STAGE_SHARDS, clear_shard, s);
	tree_remove(path_join(str_c(s->real), STR(STAGE_NAME), &s->arena));
}

void stage_close(struct stage *s, bool failed)
{
	clear_stage(s);
	if (failed && s->made.len)
		unmake_root(s);
	if (s->tree >= 0 && s->tree != s->root)
		close(s->tree);
	if (s->root >= 0)
		close(s->root);
	pthread_mutex_destroy(&s->lock);
	arena_free(&s->arena);
}

void stage_abort(struct stage *s)
{
	stage_close(s, true);
}
