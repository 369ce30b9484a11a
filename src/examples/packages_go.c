/* Modules of Go, into the module cache that is gen's own. `go mod tidy` reads the program and runs nothing of it. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "content/lock.h"
#include "content/program.h"
#include "examples/packages_parts.h"

static bool put_program(struct fetch *f, struct arena *a)
{
	const struct example *e = f->example;

	if (!packages_put(f, program_file(e, f->packages->tool->runner, a), e->program, a))
		return false;
	for (size_t i = 0; i < e->file_count; i++)
		if (!packages_put(f, e->files[i].name, e->files[i].bytes, a))
			return false;
	return true;
}

static bool is_declared(const struct example *e, str module)
{
	for (size_t i = 0; i < e->dependency_count; i++) {
		str name = e->dependencies[i].name;

		/* deps= may name a package in the module. */
		if (str_eq(name, module) || (str_starts(name, module) && name.ptr[module.len] == '/'))
			return true;
	}
	return false;
}

/* `go mod tidy` adds what the program imports and nobody has named. */
static bool check_declared(struct fetch *f, str mod, struct arena *a)
{
	bool within = false;

	while (mod.len) {
		struct str_pair cut = str_cut(mod, '\n');
		str line = str_trim(cut.head);

		mod = cut.tail;
		if (str_starts(line, STR("require (")) || str_eq(line, STR(")"))) {
			within = !str_eq(line, STR(")"));
			continue;
		}
		if (str_starts(line, STR("require ")))
			line = str_from(line, 8);
		else if (!within)
			continue;
		if (!line.len || str_find(line, STR("// indirect")) >= 0 || is_declared(f->example, str_cut(line, ' ').head))
			continue;
		return packages_fail(f, str_printf(a, "it imports " STR_FMT ", which deps= does not name",
					       STR_ARG(str_cut(line, ' ').head)));
	}
	return true;
}

/* "go version go1.26.8 linux/amd64" -> "1.26": a patch more or less is no other language. */
static str language_version(str version)
{
	ptrdiff_t at = str_find(version, STR(" go1."));
	str rest = at < 0 ? (str){ 0 } : str_from(version, (size_t)at + 3);
	size_t n = 2;

	while (n < rest.len && rest.ptr[n] >= '0' && rest.ptr[n] <= '9')
		n++;
	return n > 2 ? str_sub(rest, 0, n) : (str){ 0 };
}

static bool start_module(struct fetch *f, const char *const *env, struct arena *a)
{
	static const char *const init[] = { "go", "mod", "init", "example", NULL };
	str version = language_version(f->packages->tool->version);
	const char *const edit[] = { "go", "mod", "edit", str_printf(a, "-go=" STR_FMT, STR_ARG(version)).ptr, NULL };

	return packages_call(f, init, env, a) && (!version.len || packages_call(f, edit, env, a));
}

static bool make_lock(struct fetch *f, const char *const *env, struct example_file *locks, struct arena *a)
{
	static const char *const tidy[] = { "go", "mod", "tidy", NULL };
	static const char *const get[] = { "go", "get", NULL };
	bool fine;

	if (!put_program(f, a) || !start_module(f, env, a))
		return false;
	f->names = true;
	fine = packages_call(f, get, env, a);
	f->names = false;
	if (!fine || !packages_call(f, tidy, env, a) || !packages_take(f, STR("go.mod"), &locks[0], a) ||
		!packages_take(f, STR("go.sum"), &locks[1], a) || !check_declared(f, locks[0].bytes, a))
		return false;
	locks[0].bytes = str_printf(a, STR_FMT STR_FMT, STR_ARG(lock_head(f->example, a)), STR_ARG(locks[0].bytes));
	return true;
}

bool packages_go(struct fetch *f, struct example_file *locks, struct arena *a)
{
	static const char *const download[] = { "go", "mod", "download", NULL };
	str folder = str_printf(a, STR_FMT "/packages/go", STR_ARG(f->packages->cache));
	const char *cache = str_printf(a, "GOMODCACHE=" STR_FMT, STR_ARG(folder)).ptr;
	const char *const env[] = { cache, "GOFLAGS=-mod=mod -modcacherw", "GOWORK=off", "GO111MODULE=on", "GOTOOLCHAIN=local",
		"CGO_ENABLED=0", NULL };

	if (folder_make(folder) != 0)
		return packages_fail(f, str_printf(a, "cannot make " STR_FMT, STR_ARG(folder)));
	if (!f->locked)
		return make_lock(f, env, locks, a);
	for (size_t i = 0; i < f->example->lock_count; i++) {
		locks[i] = f->example->locks[i];
		if (!packages_put(f, locks[i].name, locks[i].bytes, a))
			return false;
	}
	return packages_call(f, download, env, a);
}
