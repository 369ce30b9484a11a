/*
 * bubblewrap builds the namespaces, and starts the helper again inside, as process 1.
 *
 * The program that it starts there is a copy of gen, handed over as data: the folder that gen lies in need
 * not be seen from inside.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "examples/inside_parts.h"

enum { WORDS_MOST = 256 };

struct words {
	const char *at[WORDS_MOST];
	size_t count;
};

static void add(struct words *w, const char *word)
{
	if (w->count + 1 >= WORDS_MOST)
		inside_fail("too many folders for bwrap", 0);
	w->at[w->count++] = word;
}

static void add_three(struct words *w, const char *a, const char *b, const char *c)
{
	add(w, a);
	add(w, b);
	add(w, c);
}

static void add_system(struct words *w, struct arena *a)
{
	for (const char *const *p = places_system; *p; p++) {
		char target[256];
		ssize_t n = readlink(*p, target, sizeof(target) - 1);

		if (n > 0)
			add_three(w, "--symlink", str_copy(str_new(target, (size_t)n), a).ptr, *p);
		else if (access(*p, F_OK) == 0)
			add_three(w, "--ro-bind", *p, *p);
	}
	for (const char *const *p = places_etc; *p; p++) {
		glob_t found;

		if (glob(*p, 0, NULL, &found) != 0)
			continue;
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *path = str_cstr(str_c(found.gl_pathv[i]), a);

			add_three(w, "--ro-bind", path, path);
		}
		globfree(&found);
	}
}

static void add_tmpfs(struct words *w, const struct inside *in, const char *path, struct arena *a)
{
	add(w, "--size");
	add(w, str_printf(a, "%llu", (unsigned long long)in->job.disk).ptr);
	add(w, "--tmpfs");
	add(w, path);
}

/* The job once more, for the helper inside. */
static void pass_job(const struct inside *in)
{
	struct buf b = { .arena = (struct arena *)&in->arena };
	int fd = memfd_create("job", 0);

	job_write(&in->job, &b);
	if (fd < 0 || write(fd, b.ptr, b.len) != (ssize_t)b.len || lseek(fd, 0, SEEK_SET) != 0)
		inside_fail("cannot pass the job on", errno);
	if (fd != JOB_FD && (dup2(fd, JOB_FD) < 0 || close(fd) != 0))
		inside_fail("cannot pass the job on", errno);
}

void bubblewrap_main(struct inside *in)
{
	static const char *const first[] = { "bwrap", "--unshare-all", "--unshare-user", "--die-with-parent",
		"--new-session", "--as-pid-1", "--uid", "1000", "--gid", "1000", "--hostname", "gen", "--clearenv",
		"--cap-drop", "ALL", "--proc", "/proc", "--dev", "/dev" };
	struct arena *a = &in->arena;
	struct words w = { .count = 0 };

	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		add(&w, first[i]);
	add_system(&w, a);
	add_tmpfs(&w, in, TMP_PATH, a);
	add_tmpfs(&w, in, WORK_PATH, a);
	add_tmpfs(&w, in, CACHE_PATH, a);
	for (size_t i = 0; i < in->job.folders.count; i++) {
		const char *path = str_cstr(in->job.folders.at[i], a);

		add_three(&w, "--ro-bind", path, path);
	}
	if (in->job.packages.len)
		add_three(&w, "--ro-bind", str_cstr(in->job.packages, a), PACKAGES_PATH);
	add_three(&w, "--perms", "0555", "--ro-bind-data");
	add(&w, str_printf(a, "%d", EXE_FD).ptr);
	add(&w, "/gen");
	add_three(&w, "--remount-ro", "/", "--");
	add_three(&w, "/gen", INSIDE_WORD, "within");
	pass_job(in);
	execvp("bwrap", (char *const *)w.at);
	inside_fail("bwrap", errno);
}
