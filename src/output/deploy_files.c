/* The files of a deploy: those of the built site, and those that are to go. */
#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "output/deploy_parts.h"

/* "site.3b7b2ac5.css", "index-1a068aaf.json": eight or more hexadecimal digits at the end of the name. */
static bool has_hash(str path)
{
	str stem = path_stem(path);
	size_t start = stem.len;
	str mark;

	while (start && stem.ptr[start - 1] != '.' && stem.ptr[start - 1] != '-')
		start--;
	mark = str_from(stem, start);
	if (start == 0 || mark.len < 8)
		return false;
	for (size_t i = 0; i < mark.len; i++)
		if (!strchr("0123456789abcdef", mark.ptr[i]))
			return false;
	return true;
}

static enum deploy_phase phase_of(str path)
{
	str extension = path_extension(path);

	if (str_eq_nocase(extension, STR(".html")) || str_eq_nocase(extension, STR(".htm")))
		return DEPLOY_PAGES;
	return has_hash(path) ? DEPLOY_ASSETS : DEPLOY_FILES;
}

bool deploy_file_read(struct deploy *p, str path, struct buf *bytes, struct file_info *info)
{
	struct arena a = { 0 };
	int error = file_read_buf(path_join(str_c(p->site), path, &a), 0, bytes, info);

	arena_free(&a);
	if (!error)
		return true;
	diag_error(p->diags, (loc){ 0 }, "deploy", "cannot read '" STR_FMT "/" STR_FMT "': %s",
		STR_ARG(p->options->site), STR_ARG(path), strerror(error));
	diag_help(p->diags, "`gen build` makes it again");
	return false;
}

/* False when it is not the file that the build left. */
static bool read_hash(struct deploy *p, const struct manifest_file *m, struct buf *bytes, uint64_t *hash)
{
	struct file_info info;

	if (!deploy_file_read(p, m->path, bytes, &info))
		return false;
	*hash = hash_64(buf_str(bytes));
	if (info.size == m->size && info.mtime_ns == m->mtime_ns)
		return true;
	diag_error(p->diags, (loc){ 0 }, "deploy", "'" STR_FMT "/" STR_FMT "' is not as gen built it",
		STR_ARG(p->options->site), STR_ARG(m->path));
	diag_help(p->diags, "`gen build` makes it again; files of your own belong into static/");
	return false;
}

static enum deploy_change first_guess(const struct deploy_file *f)
{
	if (!f->listed)
		return DEPLOY_NEW;
	return f->known && f->was == f->hash && f->was_size == f->size ? DEPLOY_SAME : DEPLOY_CHANGED;
}

static void add_removed(struct deploy *p, const struct listed_file *l)
{
	p->files[p->count++] = (struct deploy_file){ .path = l->path, .size = l->size,
		.change = DEPLOY_REMOVED, .phase = phase_of(l->path), .listed = true };
}

static bool add_file(struct deploy *p, const struct manifest_file *m, const struct listed_file *l,
	struct buf *bytes)
{
	struct deploy_file *f = &p->files[p->count++];

	*f = (struct deploy_file){ .path = m->path, .size = m->size, .phase = phase_of(m->path),
		.listed = l != NULL, .known = l && l->known, .was = l ? l->hash : 0, .was_size = l ? l->size : 0 };
	if (!read_hash(p, m, bytes, &f->hash))
		return false;
	f->change = first_guess(f);
	return true;
}

/* Both are sorted: side by side through the two. */
static bool join(struct deploy *p, const struct manifest *m, const struct deploy_list *list)
{
	struct buf bytes = { 0 };
	size_t i = 0, k = 0;
	bool fine = true;

	while (fine && (i < m->count || k < list->count)) {
		int order = i == m->count  ? 1
			    : k == list->count ? -1
					       : str_cmp(m->files[i].path, list->files[k].path);

		if (order > 0)
			add_removed(p, &list->files[k++]);
		else if (order < 0)
			fine = add_file(p, &m->files[i++], NULL, &bytes);
		else
			fine = add_file(p, &m->files[i++], &list->files[k++], &bytes);
	}
	buf_free(&bytes);
	return fine;
}

static bool read_manifest(struct deploy *p, struct manifest *m)
{
	int error = manifest_read(str_c(p->site), p->arena, m);
	str shown = p->options->site;

	if (error == ENOENT)
		diag_error(p->diags, (loc){ 0 }, "deploy",
			"'" STR_FMT "' was not made by gen: it has no " MANIFEST_NAME, STR_ARG(shown));
	else if (error == EINVAL)
		diag_error(p->diags, (loc){ 0 }, "deploy",
			"'" STR_FMT "/" MANIFEST_NAME "' is damaged or of another version", STR_ARG(shown));
	else if (error)
		diag_error(p->diags, (loc){ 0 }, "deploy", "cannot read '" STR_FMT "/" MANIFEST_NAME "': %s",
			STR_ARG(shown), strerror(error));
	if (error)
		diag_help(p->diags, "`gen build` makes it, and `gen deploy --build` does so first");
	return !error;
}

static size_t count_left_out(const struct deploy *p, const struct manifest *m)
{
	struct file_walk walk;
	size_t count = 0;

	if (file_walk(str_c(p->site), p->arena, &walk) != 0)
		return 0;
	for (size_t i = 0; i < walk.files.count; i++)
		count += !manifest_find(m, walk.files.at[i].path);
	return count;
}

bool deploy_files_read(struct deploy *p, const struct deploy_list *list)
{
	struct manifest m;

	if (!read_manifest(p, &m))
		return false;
	p->files = arena_array(p->arena, struct deploy_file, m.count + list->count);
	p->plan.left_out = count_left_out(p, &m);
	return join(p, &m, list);
}

/* Mark every folder above `path`. */
static void mark_folders(struct map *folders, str path)
{
	for (str f = path_folder(path); f.len; f = path_folder(f)) {
		bool is_new;

		*map_put(folders, f, &is_new) = folders;
		if (!is_new)
			return;
	}
}

static bool has_folder_in(const struct map *files, str path)
{
	for (str f = path_folder(path); f.len; f = path_folder(f))
		if (map_has(files, f))
			return true;
	return false;
}

void deploy_files_order(struct deploy *p)
{
	struct map files = { .arena = p->arena }, folders = { .arena = p->arena };

	for (size_t i = 0; i < p->count; i++) {
		if (p->files[i].change == DEPLOY_REMOVED)
			continue;
		map_put(&files, p->files[i].path, NULL);
		mark_folders(&folders, p->files[i].path);
	}
	for (size_t i = 0; i < p->count; i++) {
		struct deploy_file *f = &p->files[i];

		f->blocks = f->change == DEPLOY_REMOVED &&
			    (map_has(&folders, f->path) || has_folder_in(&files, f->path));
	}
}

static int deeper_first(const void *x, const void *y)
{
	str a = *(const str *)x, b = *(const str *)y;
	size_t i = str_count_char(a, '/'), k = str_count_char(b, '/');

	return i != k ? (i < k ? 1 : -1) : str_cmp(a, b);
}

size_t deploy_emptied(struct deploy *p, bool blocking, str **out)
{
	struct map kept = { .arena = p->arena }, emptied = { .arena = p->arena };
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++)
		if (p->files[i].change != DEPLOY_REMOVED)
			mark_folders(&kept, p->files[i].path);
	for (size_t i = 0; i < p->count; i++)
		if (deploy_removes(&p->files[i], blocking))
			mark_folders(&emptied, p->files[i].path);
	*out = arena_array(p->arena, str, emptied.count);
	for (size_t i = 0; i < emptied.cap; i++)
		if (emptied.slots[i].key.ptr && !map_has(&kept, emptied.slots[i].key))
			(*out)[count++] = emptied.slots[i].key;
	if (count)
		qsort(*out, count, sizeof(str), deeper_first);
	return count;
}
