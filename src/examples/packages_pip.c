/* Packages of Python: ready-made wheels only, as building one runs its code. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "content/lock.h"
#include "examples/packages_parts.h"

/* "flask-3.0.3-py3-none-any.whl" -> "flask==3.0.3" */
static bool put_wheel(struct buf *b, str folder, str file, struct arena *a)
{
	struct str_pair name = str_cut(file, '-'), version = str_cut(name.tail, '-');
	str bytes;

	if (!str_ends(file, STR(".whl")) || !version.tail.len ||
		file_read(str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(file)), 0, a, &bytes) != 0)
		return false;
	buf_printf(b, STR_FMT "==" STR_FMT " --hash=sha256:" STR_FMT "\n", STR_ARG(name.head), STR_ARG(version.head),
		STR_ARG(sha256_hex(bytes, a)));
	return true;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static bool write_requirements(struct fetch *f, struct example_file *lock, struct arena *a)
{
	str folder = str_printf(a, STR_FMT "/wheels", STR_ARG(f->folder));
	struct buf b = { .arena = a };
	struct arena room = { 0 };
	struct file_walk walk = { 0 };
	bool fine = file_walk(folder, a, &walk) == 0 && walk.files.count > 0;
	str *names = arena_array(a, str, walk.files.count);

	buf_add(&b, lock_head(f->example, a));
	for (size_t i = 0; i < walk.files.count; i++)
		names[i] = walk.files.at[i].path;
	if (fine)
		qsort(names, walk.files.count, sizeof(names[0]), by_path);
	for (size_t i = 0; fine && i < walk.files.count; i++) {
		fine = put_wheel(&b, folder, names[i], &room);
		arena_free(&room);
	}
	*lock = (struct example_file){ STR("requirements.txt"), buf_str(&b) };
	return fine || packages_fail(f, STR("its packages cannot be fetched: pip downloaded something else than wheels"));
}

bool packages_pip(struct fetch *f, struct example_file *locks, struct arena *a)
{
	static const char *const newest[] = { "python3", "-m", "pip", "download", "--only-binary=:all:", "--no-input", "--dest",
		"wheels", "--", NULL };
	static const char *const same[] = { "python3", "-m", "pip", "download", "--only-binary=:all:", "--no-input", "--dest",
		"wheels", "--no-deps", "--require-hashes", "-r", "requirements.txt", NULL };
	static const char *const install[] = { "python3", "-m", "pip", "install", "--only-binary=:all:", "--no-input", "--no-index",
		"--no-deps", "--require-hashes", "--no-warn-script-location", "--find-links", "wheels", "--target", "made", "-r",
		"requirements.txt", NULL };
	bool fine;

	if (f->locked) {
		locks[0] = f->example->locks[0];
	} else {
		f->names = true;
		fine = packages_call(f, newest, NULL, a);
		f->names = false;
		if (!fine || !write_requirements(f, &locks[0], a))
			return false;
	}
	if (!packages_put(f, STR("requirements.txt"), locks[0].bytes, a))
		return false;
	return (!f->locked || packages_call(f, same, NULL, a)) && packages_call(f, install, NULL, a);
}
