/* Packages of npm: no scripts of theirs are run. */
#include <stdio.h>

#include "base/arena.h"
#include "base/file.h"
#include "content/lock.h"
#include "examples/packages_parts.h"

static bool make_lock(struct fetch *f, struct example_file *locks, struct arena *a)
{
	static const char *const lock[] = { "npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund",
		"--omit-lockfile-registry-resolved", NULL };

	locks[0] = (struct example_file){ STR("package.json"), lock_head(f->example, a) };
	if (!packages_put(f, locks[0].name, locks[0].bytes, a) || !packages_call(f, lock, NULL, a) ||
		!packages_take(f, STR("package-lock.json"), &locks[1], a))
		return false;
	if (str_find(locks[1].bytes, STR("\"resolved\"")) < 0)
		return true;
	return packages_fail(f, STR("npm wrote addresses into its lock: one from 8.8 on leaves them out"));
}

bool packages_npm(struct fetch *f, struct example_file *locks, struct arena *a)
{
	static const char *const install[] = { "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", NULL };
	str modules = str_printf(a, STR_FMT "/node_modules", STR_ARG(f->folder));

	if (!f->locked && !make_lock(f, locks, a))
		return false;
	for (size_t i = 0; f->locked && i < f->example->lock_count; i++) {
		locks[i] = f->example->locks[i];
		if (!packages_put(f, locks[i].name, locks[i].bytes, a))
			return false;
	}
	if (!packages_call(f, install, NULL, a))
		return false;
	if (rename(str_cstr(modules, a), str_printf(a, STR_FMT "/made", STR_ARG(f->folder)).ptr) == 0)
		return true;
	return packages_fail(f, STR("its packages cannot be fetched: npm installed nothing"));
}
