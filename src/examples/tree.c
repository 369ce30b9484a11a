#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "examples/inside_parts.h"

enum { PROCESSES_SEEN = 1 << 15, ROUNDS = 200 };

struct process {
	pid_t pid, parent;
	bool ours;
};

static size_t read_file(const char *path, char *out, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, out, size - 1);

	if (fd >= 0)
		close(fd);
	out[n > 0 ? n : 0] = '\0';
	return n > 0 ? (size_t)n : 0;
}

/* "12 (a name with ) in it) S 1 ...": what follows the last bracket is safe to read. */
static pid_t parent_of(pid_t pid)
{
	char path[64], text[512];
	const char *end;
	int parent = 0;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	if (!read_file(path, text, sizeof(text)))
		return 0;
	end = strrchr(text, ')');
	if (!end || sscanf(end + 1, " %*c %d", &parent) != 1)
		return 0;
	return parent;
}

static uint64_t memory_of(pid_t pid)
{
	char path[64], text[128];
	unsigned long long pages = 0;

	snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
	if (!read_file(path, text, sizeof(text)) || sscanf(text, "%*s %llu", &pages) != 1)
		return 0;
	return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* All processes but this one; in a pid namespace of our own all are ours, else our descendants. */
static size_t list_processes(const struct inside *in, struct process *at)
{
	DIR *proc = opendir("/proc");
	size_t count = 0;

	if (!proc)
		return 0;
	for (struct dirent *e; count < PROCESSES_SEEN && (e = readdir(proc));) {
		pid_t pid = isdigit((unsigned char)e->d_name[0]) ? (pid_t)atoi(e->d_name) : 0;

		if (pid && pid != getpid())
			at[count++] = (struct process){ pid, in->own_pids ? 0 : parent_of(pid), in->own_pids };
	}
	closedir(proc);
	return count;
}

static bool is_ours(const struct process *at, size_t count, pid_t parent)
{
	if (parent == getpid())
		return true;
	for (size_t i = 0; i < count; i++)
		if (at[i].pid == parent)
			return at[i].ours;
	return false;
}

/* Children may be listed before their parents, so until nothing changes. */
static void mark_descendants(struct process *at, size_t count)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (size_t i = 0; i < count; i++) {
			if (at[i].ours || !is_ours(at, count, at[i].parent))
				continue;
			at[i].ours = changed = true;
		}
	}
}

static size_t list_ours(const struct inside *in, struct process *at)
{
	size_t count = list_processes(in, at);

	if (!in->own_pids)
		mark_descendants(at, count);
	return count;
}

static struct process seen[PROCESSES_SEEN];

struct tree_census tree_count(const struct inside *in)
{
	struct tree_census census = { 0 };
	size_t count = list_ours(in, seen);

	for (size_t i = 0; i < count; i++) {
		if (!seen[i].ours)
			continue;
		census.processes++;
		census.memory += memory_of(seen[i].pid);
	}
	return census;
}

static bool reap_some(void (*reaped)(void *ctx, pid_t pid, int status, const void *usage), void *ctx)
{
	struct rusage usage;
	int status;
	pid_t pid;

	while ((pid = wait4(-1, &status, WNOHANG, &usage)) > 0)
		reaped(ctx, pid, status, &usage);
	return pid == 0 || errno == EINTR;
}

/*
 * In a pid namespace one call kills all at once. Elsewhere those that fork while they are looked for are found in the next
 * round; whoever loses its parent becomes our child, so nobody gets away.
 */
void tree_kill(const struct inside *in, void (*reaped)(void *ctx, pid_t pid, int status, const void *usage),
	void *ctx)
{
	const struct timespec pause = { .tv_nsec = 1000 * 1000 };

	for (int round = 0; round < ROUNDS; round++) {
		if (in->own_pids) {
			kill(-1, SIGKILL);
		} else {
			size_t count = list_ours(in, seen);

			for (size_t i = 0; i < count; i++)
				if (seen[i].ours)
					kill(seen[i].pid, SIGKILL);
		}
		if (!reap_some(reaped, ctx))
			return;
		nanosleep(&pause, NULL);
	}
}

int tree_threads_of(uid_t uid)
{
	DIR *proc = opendir("/proc");
	int threads = 0;

	for (struct dirent *e; proc && (e = readdir(proc));) {
		char path[300], text[4096];
		const char *line;
		struct stat st;

		snprintf(path, sizeof(path), "/proc/%s", e->d_name);
		if (!isdigit((unsigned char)e->d_name[0]) || stat(path, &st) != 0 || st.st_uid != uid)
			continue;
		snprintf(path, sizeof(path), "/proc/%s/status", e->d_name);
		read_file(path, text, sizeof(text));
		line = strstr(text, "\nThreads:");
		threads += line ? atoi(line + 9) : 1;
	}
	if (proc)
		closedir(proc);
	return threads;
}

static uint64_t disk_seen, disk_limit;

static int add_disk(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)path, (void)kind, (void)at;
	/* A name costs something, too. */
	disk_seen += (uint64_t)st->st_blocks * 512 + 512;
	return disk_seen > disk_limit;
}

uint64_t tree_disk(const char *folder, uint64_t limit)
{
	disk_seen = 0;
	disk_limit = limit;
	nftw(folder, add_disk, 16, FTW_PHYS);
	return disk_seen;
}
