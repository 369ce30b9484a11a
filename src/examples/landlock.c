/*
 * Landlock: files by name only where a rule allows it, no TCP, no signals to others (as far as the kernel
 * knows of these; what an older one does not, seccomp refuses).
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "examples/inside_parts.h"

/* As in newer headers: fields that older kernels do not know are not sent to them. */
struct ruleset {
	uint64_t files, network, scopes;
};

enum {
	EXECUTE = 1 << 0,
	WRITE_FILE = 1 << 1,
	READ_FILE = 1 << 2,
	READ_FOLDER = 1 << 3,
	REFER = 1 << 13,
	TRUNCATE = 1 << 14,
	IOCTL_DEVICE = 1 << 15,
	ALL_OF_1 = (1 << 13) - 1,
	MAKE_DEVICES = 1 << 6 | 1 << 11, /* character and block */
	TCP = 3,
	SCOPES = 3, /* abstract sockets, signals */
};

int landlock_version(void)
{
	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static uint64_t known_files(int version)
{
	return ALL_OF_1 | (version >= 2 ? REFER : 0) | (version >= 3 ? TRUNCATE : 0) |
	       (version >= 5 ? IOCTL_DEVICE : 0);
}

static int make_ruleset(int version)
{
	const struct ruleset rules = { known_files(version), version >= 4 ? TCP : 0, version >= 6 ? SCOPES : 0 };
	size_t size = version >= 6 ? sizeof(rules) : version >= 4 ? 16 : 8;

	return (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
}

/* What is not there needs no rule. */
static bool allow(int ruleset, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights };
	struct stat st;
	bool fine;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return true;
	if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed_access &= EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE;
	fine = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
	close(rule.parent_fd);
	return fine;
}

static bool allow_pattern(int ruleset, const char *pattern, uint64_t rights)
{
	bool fine = true;
	glob_t found;

	if (glob(pattern, 0, NULL, &found) != 0)
		return true;
	for (size_t i = 0; i < found.gl_pathc; i++)
		fine = allow(ruleset, found.gl_pathv[i], rights) && fine;
	globfree(&found);
	return fine;
}

bool landlock_confine(const struct inside *in, bool compiles)
{
	int version = landlock_version();
	const uint64_t readable = EXECUTE | READ_FILE | READ_FOLDER;
	const uint64_t writable = known_files(version) & ~(uint64_t)(MAKE_DEVICES | IOCTL_DEVICE);
	int ruleset = make_ruleset(version);
	struct arena a = { 0 };
	bool fine = ruleset >= 0;

	for (const char *const *p = places_system; fine && *p; p++)
		fine = allow(ruleset, *p, readable);
	for (const char *const *p = places_etc; fine && *p; p++)
		fine = allow_pattern(ruleset, *p, readable);
	for (const char *const *p = places_devices; fine && *p; p++)
		fine = allow(ruleset, *p, READ_FILE | WRITE_FILE);
	for (size_t i = 0; fine && i < in->job.folders.count; i++)
		fine = allow(ruleset, str_cstr(in->job.folders.at[i], &a), readable);
	if (in->job.packages.len)
		fine = fine && allow(ruleset, str_cstr(in->job.packages, &a), readable);
	fine = fine && allow(ruleset, in->work, writable) && allow(ruleset, in->tmp, writable);
	if (compiles && in->job.cache.len)
		fine = fine && allow(ruleset, in->cache, writable);
	fine = fine && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
	arena_free(&a);
	return fine;
}
