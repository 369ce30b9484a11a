#include "preview/scope.h"

#include <sys/vfs.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"

static str *copy_all(const str *from, size_t count, struct arena *a)
{
	str *all = arena_array(a, str, count + 1);

	for (size_t i = 0; i < count; i++) {
		all[i] = path_clean(from[i], a);
		if (all[i].len == 0)
			all[i] = STR(".");
	}
	return all;
}

static bool is_same(const str *a, size_t a_count, const str *b, size_t b_count)
{
	if (a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (!str_eq(a[i], b[i]))
			return false;
	return true;
}

bool scope_set(struct scope *s, const str *roots, size_t root_count, const str *skips,
	size_t skip_count)
{
	struct arena fresh = { 0 };
	str *wanted = copy_all(roots, root_count, &fresh);
	str *left = copy_all(skips, skip_count, &fresh);
	bool same = is_same(wanted, root_count, s->roots, s->root_count) &&
		    is_same(left, skip_count, s->skips, s->skip_count);

	arena_free(&s->arena);
	*s = (struct scope){ .arena = fresh,
		.roots = wanted,
		.root_count = root_count,
		.skips = left,
		.skip_count = skip_count };
	s->skip_infos = arena_array(&s->arena, struct file_info, skip_count + 1);
	/* One that cannot be looked at is known by its name only. */
	for (size_t i = 0; i < skip_count; i++)
		(void)file_stat(left[i], &s->skip_infos[i]);
	return !same;
}

void scope_free(struct scope *s)
{
	arena_free(&s->arena);
}

bool scope_skips_name(str name)
{
	return name.len == 0 || name.ptr[0] == '.' || str_ends(name, STR("~")) ||
	       (name.ptr[0] == '#' && str_ends(name, STR("#")));
}

static bool is_below(str path, str folder)
{
	return str_starts(path, folder) &&
	       (path.len == folder.len || path.ptr[folder.len] == '/');
}

bool scope_skips_path(const struct scope *s, str path)
{
	if (str_starts(path, STR("./")))
		path = str_from(path, 2);
	for (size_t i = 0; i < s->skip_count; i++)
		if (is_below(path, s->skips[i]))
			return true;
	return false;
}

bool scope_skips_folder(const struct scope *s, uint64_t inode, uint64_t device)
{
	for (size_t i = 0; i < s->skip_count; i++)
		if (s->skip_infos[i].kind == FILE_FOLDER && s->skip_infos[i].inode == inode &&
			s->skip_infos[i].device == device)
			return true;
	return false;
}

bool scope_has_root(const struct scope *s, str name)
{
	for (size_t i = 0; i < s->root_count; i++)
		if (str_eq(path_name(s->roots[i]), name))
			return true;
	return false;
}

static bool is_silent(str root)
{
	/* NFS, CIFS, SMB2, 9p, FUSE, vboxsf */
	static const unsigned types[] = { 0x6969, 0xff534d42, 0xfe534d42, 0x01021997,
		0x65735546, 0x786f4256 };
	struct arena a = { 0 };
	struct statfs fs;
	bool known = statfs(str_cstr(root, &a), &fs) == 0;

	arena_free(&a);
	for (size_t i = 0; known && i < sizeof(types) / sizeof(types[0]); i++)
		if ((unsigned)fs.f_type == types[i])
			return true;
	return false;
}

bool scope_is_silent(const struct scope *s)
{
	for (size_t i = 0; i < s->root_count; i++)
		if (is_silent(s->roots[i]))
			return true;
	return false;
}

static uint64_t look_at_entry(const struct file_info *info, str path, uint64_t hash)
{
	int64_t stamp[3] = { (int64_t)info->size, info->mtime_ns, (int64_t)info->inode };

	return hash_64_seed(
		str_new((const char *)stamp, sizeof(stamp)), hash_64_seed(path, hash));
}

/* The folders of a walk that are to be left alone, by whatever name. */
static size_t find_left_alone(const struct scope *s, const struct file_walk *walk, str *out)
{
	size_t count = 0;

	for (size_t i = 0; i < walk->folders.count; i++) {
		const struct file_entry *e = &walk->folders.at[i];

		if (scope_skips_folder(s, e->info.inode, e->info.device))
			out[count++] = e->path;
	}
	return count;
}

static bool is_in_one(str path, const str *folders, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_below(path, folders[i]))
			return true;
	return false;
}

static uint64_t look_at_root(const struct scope *s, str root, struct arena *a, uint64_t hash)
{
	struct file_walk walk = { 0 };
	struct file_info info;
	str *left;
	size_t count;

	if (file_stat(root, &info) == 0 && info.kind == FILE_REGULAR)
		return look_at_entry(&info, root, hash);
	if (file_walk(root, a, &walk))
		return hash_64_seed(STR("none"), hash);
	left = arena_array(a, str, walk.folders.count + 1);
	count = find_left_alone(s, &walk, left);
	for (size_t i = 0; i < walk.files.count; i++) {
		const struct file_entry *e = &walk.files.at[i];
		str path = path_join(root, e->path, a);

		if (!scope_skips_path(s, path) && !is_in_one(e->path, left, count))
			hash = look_at_entry(&e->info, path, hash);
	}
	return hash;
}

uint64_t scope_look(const struct scope *s)
{
	struct arena a = { 0 };
	uint64_t hash = 0;

	for (size_t i = 0; i < s->root_count; i++)
		hash = look_at_root(s, s->roots[i], &a, hash);
	arena_free(&a);
	return hash;
}
