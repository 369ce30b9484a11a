#include "world.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"

/* xorshift64* */
unsigned pick(struct world *w, unsigned n)
{
	w->random ^= w->random >> 12;
	w->random ^= w->random << 25;
	w->random ^= w->random >> 27;
	return (unsigned)((w->random * 0x2545f4914f6cdd1du) >> 33) % n;
}

const char *place(struct world *w, const char *name)
{
	return str_cstr(path_join(str_c(w->folder), str_c(name), &w->arena), &w->arena);
}

static void add_change(struct world *w, const char *name)
{
	if (w->change_count < CHANGES_MOST)
		w->changed[w->change_count++] = place(w, name);
	else
		w->all = true;
}

static void fail(const char *what, const char *name)
{
	perror(what);
	fprintf(stderr, "%s\n", name);
	exit(1);
}

void put(struct world *w, const char *name, const char *fmt, ...)
{
	static char text[1 << 16];
	str path = str_c(place(w, name)), folder = path_folder(path);
	struct file_info info;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	file_stat(folder, &info);
	w->all = w->all || info.kind != FILE_FOLDER;
	if (folder_make(folder) || file_write_atomic(path, str_new(text, (size_t)n)))
		fail("put", name);
	add_change(w, name);
}

/* Folders that become empty go as well. */
void cut(struct world *w, const char *name)
{
	str path = str_c(place(w, name));

	add_change(w, name);
	unlink(path.ptr);
	path = path_folder(path);
	while (rmdir(str_cstr(path, &w->arena)) == 0) {
		w->all = true;
		path = path_folder(path);
	}
}

void move(struct world *w, const char *from, const char *to)
{
	str folder = path_folder(str_c(place(w, to)));
	struct file_info info;

	file_stat(folder, &info);
	w->all = w->all || info.kind != FILE_FOLDER;
	folder_make(folder);
	if (rename(place(w, from), place(w, to)))
		fail("move", from);
	add_change(w, from);
	add_change(w, to);
}

str get(struct world *w, const char *name)
{
	str text;

	return file_read(str_c(place(w, name)), 0, &w->arena, &text) ? (str){ 0 } : text;
}

bool is_there(struct world *w, const char *name)
{
	return access(place(w, name), F_OK) == 0;
}

void say(struct world *w, const char *fmt, ...)
{
	size_t at = strlen(w->what);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(w->what + at, sizeof(w->what) - at, fmt, ap);
	va_end(ap);
}

static bool differ(str path, const char *how)
{
	fprintf(stderr, "differs: " STR_FMT " %s\n", STR_ARG(path), how);
	return false;
}

bool is_same_tree(struct world *w, str one, str other)
{
	struct file_walk a = { 0 }, b = { 0 };
	size_t i = 0, k = 0;
	bool same = true;

	file_walk(one, &w->arena, &a);
	file_walk(other, &w->arena, &b);
	while (i < a.files.count || k < b.files.count) {
		int order = i == a.files.count	 ? 1
			    : k == b.files.count ? -1
						 : str_cmp(a.files.at[i].path, b.files.at[k].path);
		str left, right;

		if (order != 0) {
			same = order < 0 ? differ(a.files.at[i++].path, "is only in the session's")
					 : differ(b.files.at[k++].path, "is not in the session's");
			continue;
		}
		if (file_read(path_join(one, a.files.at[i].path, &w->arena), 0, &w->arena, &left) ||
			file_read(path_join(other, b.files.at[k].path, &w->arena), 0, &w->arena, &right))
			same = differ(a.files.at[i].path, "cannot be read");
		else if (!str_eq(left, right))
			same = differ(a.files.at[i].path, "has other bytes");
		i++;
		k++;
	}
	/* Empty folders are no part of a site, but a session cleans up as a build does. */
	if (a.folders.count != b.folders.count)
		same = differ(STR("(folders)"), "are more or fewer");
	return same;
}
