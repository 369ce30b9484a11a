/*
 * Own namespaces: user, mount, pid, network with nothing but lo, ipc, uts, cgroup. The root is a
 * tmpfs with read-only views of the system's folders and the toolchains.
 *
 * This process stays outside and only waits: it gives the child its user, and the child, which is process 1 of
 * its namespace, dies with it. When process 1 dies, the kernel kills all the others.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "examples/inside_parts.h"

/* <sys/mount.h> and <linux/mount.h> do not go together in all versions of the C library. */
int mount(const char *source, const char *target, const char *type, unsigned long flags, const void *data);
int umount2(const char *target, int flags);

enum { USER = 1000, VIEWS_MOST = 64 };
enum { NOSUID = 2, NODEV = 4, NOEXEC = 8, RDONLY = 1, REMOUNT = 32, BIND = 4096, REC = 16384, PRIVATE = 1 << 18 };
enum { DETACH = 2 };

/* A folder or file of the host, held until the new root is there. */
struct view {
	int tree;
	const char *path;
	bool folder;
};

struct views {
	struct view at[VIEWS_MOST];
	size_t count;
};

static int tree_open(const char *path)
{
	return (int)syscall(SYS_open_tree, AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
}

static bool tree_restrict(int tree, uint64_t attributes)
{
	struct mount_attr attr = { .attr_set = attributes };

	return syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | AT_RECURSIVE, &attr, sizeof(attr)) == 0;
}

static void add_view(struct views *v, const char *path, uint64_t attributes)
{
	struct stat st;
	int tree;

	if (lstat(path, &st) != 0 || v->count == VIEWS_MOST)
		return;
	tree = tree_open(path);
	if (tree < 0)
		inside_fail(path, errno);
	if (!tree_restrict(tree, attributes))
		inside_fail("cannot make a view read-only (Linux 5.12 or newer is needed)", errno);
	v->at[v->count++] = (struct view){ tree, path, S_ISDIR(st.st_mode) };
}

/* At another path than it has outside: where that is, is nobody's business. */
static void add_packages(struct inside *in, struct views *v)
{
	size_t before = v->count;

	if (!in->job.packages.len)
		return;
	add_view(v, str_cstr(in->job.packages, &in->arena), MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
	if (v->count == before)
		inside_fail("cannot open the folder of packages", errno);
	v->at[before].path = PACKAGES_PATH;
}

static void add_pattern(struct inside *in, struct views *v, const char *pattern, uint64_t attributes)
{
	glob_t found;

	if (glob(pattern, 0, NULL, &found) != 0)
		return;
	for (size_t i = 0; i < found.gl_pathc; i++)
		add_view(v, str_cstr(str_c(found.gl_pathv[i]), &in->arena), attributes);
	globfree(&found);
}

/* As we are still who we were: a toolchain may lie in a home that its owner alone may enter. */
static void open_views(struct inside *in, struct views *v)
{
	const uint64_t readable = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	const uint64_t device = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;

	for (const char *const *p = places_system; *p; p++) {
		struct stat st;

		if (lstat(*p, &st) == 0 && S_ISDIR(st.st_mode))
			add_view(v, *p, readable);
	}
	for (const char *const *p = places_etc; *p; p++)
		add_pattern(in, v, *p, readable);
	for (const char *const *p = places_devices; *p; p++)
		add_view(v, *p, device);
	for (size_t i = 0; i < in->job.folders.count; i++)
		add_view(v, str_cstr(in->job.folders.at[i], &in->arena), readable);
	add_packages(in, v);
}

/* "a/b/c" below the current folder, which is the new root. */
static void make_folders(const char *path, bool last_too)
{
	char part[4096];
	size_t length = strlen(path);

	if (length >= sizeof(part))
		inside_fail(path, ENAMETOOLONG);
	for (size_t i = 1; i <= length; i++) {
		if (i < length && path[i] != '/')
			continue;
		if (i == length && !last_too)
			break;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdir(part, 0755) != 0 && errno != EEXIST)
			inside_fail(part, errno);
	}
}

static void place_view(const struct view *v)
{
	const char *below = v->path + 1;

	make_folders(below, v->folder);
	if (!v->folder) {
		int fd = open(below, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);

		if (fd < 0)
			inside_fail(v->path, errno);
		close(fd);
	}
	if (syscall(SYS_move_mount, v->tree, "", AT_FDCWD, below, MOVE_MOUNT_F_EMPTY_PATH) != 0)
		inside_fail(v->path, errno);
	close(v->tree);
}

/* /bin -> usr/bin, as the host has it. */
static void place_links(void)
{
	for (const char *const *p = places_system; *p; p++) {
		char target[256];
		ssize_t n = readlink(*p, target, sizeof(target) - 1);

		if (n <= 0)
			continue;
		target[n] = '\0';
		if (symlink(target, *p + 1) != 0)
			inside_fail(*p, errno);
	}
}

static void put_file(const char *path, const char *text)
{
	int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		inside_fail(path, errno);
	close(fd);
}

static void put_tmpfs(const char *path, const char *mode, uint64_t size)
{
	char options[128];

	snprintf(options, sizeof(options), "mode=%s,size=%llu,nr_inodes=65536", mode, (unsigned long long)size);
	make_folders(path, true);
	if (mount("tmpfs", path, "tmpfs", NOSUID | NODEV, options) != 0)
		inside_fail("cannot mount a tmpfs", errno);
}

static void fill_root(struct inside *in, const struct views *v)
{
	static const char *const links[][2] = { { "/proc/self/fd", "dev/fd" }, { "/proc/self/fd/0", "dev/stdin" },
		{ "/proc/self/fd/1", "dev/stdout" }, { "/proc/self/fd/2", "dev/stderr" } };

	make_folders("etc", true);
	make_folders("proc", true);
	make_folders("dev/shm", true);
	put_tmpfs(&TMP_PATH[1], "1777", in->job.disk);
	put_tmpfs(&WORK_PATH[1], "755", in->job.disk);
	put_tmpfs("dev/shm", "1777", in->job.disk / 4);
	place_links();
	for (size_t i = 0; i < v->count; i++)
		place_view(&v->at[i]);
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (symlink(links[i][0], links[i][1]) != 0)
			inside_fail(links[i][1], errno);
	put_file("etc/passwd", "gen:x:1000:1000:gen:/tmp/home:/bin/sh\n");
	put_file("etc/group", "gen:x:1000:\n");
	put_file("etc/hosts", "127.0.0.1 localhost gen\n::1 localhost\n");
	put_file("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
	if (mount("proc", "proc", "proc", NOSUID | NODEV | NOEXEC | RDONLY, NULL) != 0)
		inside_fail("cannot mount /proc (a container may hide parts of it)", errno);
}

static void enter_root(void)
{
	if (syscall(SYS_pivot_root, ".", ".") != 0)
		inside_fail("cannot change the root", errno);
	if (umount2(".", DETACH) != 0 || chdir("/") != 0)
		inside_fail("cannot leave the old root", errno);
	if (mount(NULL, "/", NULL, REMOUNT | BIND | RDONLY | NOSUID | NODEV, NULL) != 0)
		inside_fail("cannot make the root read-only", errno);
}

static void raise_loopback(void)
{
	struct ifreq request = { .ifr_flags = IFF_UP | IFF_RUNNING };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	memcpy(request.ifr_name, "lo", 3);
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request) != 0)
		inside_fail("cannot raise the loopback interface", errno);
	close(fd);
}

/* The rights that come with the new user namespace stay with this process, not with its children. */
static void become_user(void)
{
	setgroups(0, NULL); /* refused to plain users, and then not needed */
	if (setresgid(USER, USER, USER) != 0 || setresuid(USER, USER, USER) != 0)
		inside_fail("cannot become the sandbox's user", errno);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		inside_fail("prctl", errno);
}

static _Noreturn void run_inside(struct inside *in, int mapped)
{
	static struct views views;
	struct view cache = { .tree = -1 };
	char byte;

	if (read(mapped, &byte, 1) != 1)
		_exit(1);
	if (mount(NULL, "/", NULL, REC | PRIVATE, NULL) != 0)
		inside_fail("cannot make mounts private", errno);
	open_views(in, &views);
	if (in->job.cache.len) {
		cache = (struct view){ tree_open(str_cstr(in->job.cache, &in->arena)), CACHE_PATH, true };
		if (cache.tree < 0 || !tree_restrict(cache.tree, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV))
			inside_fail("cannot open the cache", errno);
	}
	become_user();
	/* The one who waits for us may have been killed before it could take us with it. */
	if (poll(&(struct pollfd){ .fd = mapped }, 1, 0) > 0)
		_exit(1);
	if (mount("tmpfs", "/tmp", "tmpfs", NOSUID | NODEV, "mode=755,size=4m,nr_inodes=8192") != 0 ||
		chdir("/tmp") != 0)
		inside_fail("cannot mount a tmpfs", errno);
	fill_root(in, &views);
	if (cache.tree >= 0)
		place_view(&cache);
	in->mounts_cache = cache.tree >= 0;
	enter_root();
	raise_loopback();
	if (sethostname("gen", 3) != 0)
		inside_fail("cannot set the host name", errno);
	steps_main(in);
}

static void put_proc(pid_t pid, const char *name, const char *text)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		inside_fail("cannot map the user of a namespace", errno);
	close(fd);
}

static void map_user(pid_t pid)
{
	bool root = geteuid() == 0;
	char text[64];

	if (!root)
		put_proc(pid, "setgroups", "deny");
	snprintf(text, sizeof(text), "%d %u 1", USER, root ? (unsigned)NOBODY : (unsigned)getegid());
	put_proc(pid, "gid_map", text);
	snprintf(text, sizeof(text), "%d %u 1", USER, root ? (unsigned)NOBODY : (unsigned)geteuid());
	put_proc(pid, "uid_map", text);
}

void namespaces_main(struct inside *in)
{
	const unsigned long flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC |
				    CLONE_NEWUTS | CLONE_NEWCGROUP | SIGCHLD;
	int mapped[2], status;
	pid_t pid;

	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || pipe2(mapped, O_CLOEXEC) != 0)
		inside_fail("cannot start", errno);
	pid = (pid_t)syscall(SYS_clone, flags, 0, 0, 0, 0);
	if (pid < 0)
		inside_fail("cannot make namespaces", errno);
	if (pid == 0) {
		close(mapped[1]);
		run_inside(in, mapped[0]);
	}
	close(mapped[0]);
	close(LEASH_FD);
	map_user(pid);
	if (write(mapped[1], "1", 1) != 1)
		_exit(1);
	close(REPORT_FD);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}
