#include "abuse.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/reboot.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool can_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool can_read(const char *path)
{
	char byte;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool worked = fd >= 0 && read(fd, &byte, 1) > 0;

	if (fd >= 0)
		close(fd);
	return worked;
}

static const char *join(const char *folder, const char *name)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

/* Does a file hold the secret that is in gen's environment? */
static bool holds_secret(const char *path)
{
	char text[1 << 16];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof(text));

	if (fd >= 0)
		close(fd);
	return n > 0 && memmem(text, (size_t)n, "abuse-secret", 12);
}

/* Reading */

static bool read_shadow(const struct bait *b)
{
	(void)b;
	return can_read("/etc/shadow") || can_read("/etc/gshadow") || can_read("/etc/sudoers");
}

static bool read_bait(const struct bait *b)
{
	return can_read(b->file);
}

static bool read_home(const struct bait *b)
{
	DIR *home = opendir(b->home);
	int count = 0;

	for (struct dirent *e; home && (e = readdir(home));)
		count += e->d_name[0] != '.' || strlen(e->d_name) > 2;
	return count > 1;
}

static bool read_environment(const struct bait *b)
{
	char path[64];

	(void)b;
	if (getenv("ABUSE_SECRET"))
		return true;
	for (int pid = 1; pid < 70000; pid++) {
		snprintf(path, sizeof(path), "/proc/%d/environ", pid);
		if (holds_secret(path))
			return true;
	}
	return false;
}

static bool read_helper(const struct bait *b)
{
	char path[64];

	(void)b;
	snprintf(path, sizeof(path), "/proc/%d/mem", (int)getppid());
	if (can_open(path, O_RDONLY) || can_open("/proc/1/mem", O_RDONLY))
		return true;
	return can_read("/proc/1/environ") || can_open("/proc/1/fd/0", O_RDONLY) || can_open("/proc/1/fd/4", O_WRONLY);
}

static bool read_other_roots(const struct bait *b)
{
	char path[4096];

	snprintf(path, sizeof(path), "/proc/1/root%s", b->file);
	if (can_read(path))
		return true;
	snprintf(path, sizeof(path), "/proc/%d/root%s", b->pid, b->file);
	if (can_read(path))
		return true;
	snprintf(path, sizeof(path), "/proc/self/root/../../../..%s", b->file);
	return can_read(path);
}

static bool read_devices(const struct bait *b)
{
	static const char *const devices[] = { "/dev/mem", "/dev/kmsg", "/dev/port", "/dev/sda", "/dev/vda",
		"/dev/nvme0n1", "/dev/kvm", "/dev/fuse", "/dev/net/tun", "/dev/tty0", "/proc/kcore", "/proc/kmsg" };

	(void)b;
	for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		if (can_open(devices[i], O_RDONLY))
			return true;
	return false;
}

static bool read_system(const struct bait *b)
{
	(void)b;
	return can_read("/sys/class/net/lo/address") || can_read("/var/lib/dpkg/status") || can_read("/boot/vmlinuz") ||
	       can_read("/etc/machine-id") || can_read("/etc/hostname") || can_read("/run/utmp");
}

static bool read_inherited(const struct bait *b)
{
	(void)b;
	for (int fd = 3; fd < 1024; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			return true;
	return false;
}

static bool read_by_link(const struct bait *b)
{
	unlink("link");
	return (symlink(b->file, "link") == 0 && can_read("link")) ||
	       (symlink("../../../../../../etc/shadow", "up") == 0 && can_read("up"));
}

static bool read_by_hard_link(const struct bait *b)
{
	return link(b->file, "hard") == 0 && can_read("hard");
}

static bool read_by_handle(const struct bait *b)
{
	struct {
		struct file_handle head;
		unsigned char bytes[128];
	} handle = { .head = { .handle_bytes = 128 } };
	int mount;

	return name_to_handle_at(AT_FDCWD, b->file, &handle.head, &mount, 0) == 0 ||
	       open_by_handle_at(AT_FDCWD, &handle.head, O_RDONLY) >= 0;
}

static bool read_new_device(const struct bait *b)
{
	(void)b;
	return mknod("disk", S_IFBLK | 0600, makedev(254, 0)) == 0 || mknod("mem", S_IFCHR | 0600, makedev(1, 1)) == 0;
}

/* Writing */

static bool write_system(const struct bait *b)
{
	(void)b;
	return can_open("/usr/bin/abuse", O_CREAT | O_WRONLY) || can_open("/usr/bin/env", O_WRONLY) ||
	       can_open("/bin/abuse", O_CREAT | O_WRONLY) || can_open("/etc/abuse", O_CREAT | O_WRONLY) ||
	       can_open("/lib/abuse", O_CREAT | O_WRONLY) || mkdir("/abuse", 0700) == 0;
}

static bool write_bait(const struct bait *b)
{
	return can_open(b->file, O_WRONLY) || can_open(join(b->folder, "new"), O_CREAT | O_WRONLY);
}

static bool remove_bait(const struct bait *b)
{
	char to[4096];

	snprintf(to, sizeof(to), "%s.moved", b->file);
	return rename(b->file, to) == 0 || unlink(b->file) == 0 || rename(b->file, "mine") == 0;
}

static bool change_bait(const struct bait *b)
{
	return chmod(b->file, 0) == 0 || chown(b->file, getuid(), getgid()) == 0 || truncate(b->file, 0) == 0 ||
	       utimensat(AT_FDCWD, b->file, NULL, 0) == 0;
}

static bool write_toolchain(const struct bait *b)
{
	return can_open(join(b->toolchain, "new"), O_CREAT | O_WRONLY) ||
	       can_open(join(b->toolchain, "abuse"), O_WRONLY) || unlink(join(b->toolchain, "abuse")) == 0;
}

static bool write_kernel(const struct bait *b)
{
	(void)b;
	return can_open("/proc/sys/kernel/core_pattern", O_WRONLY) || can_open("/proc/sys/kernel/hostname", O_WRONLY) ||
	       can_open("/proc/sysrq-trigger", O_WRONLY) || can_open("/proc/sys/vm/drop_caches", O_WRONLY);
}

static bool write_helper(const struct bait *b)
{
	char path[64];

	(void)b;
	snprintf(path, sizeof(path), "/proc/%d/mem", (int)getppid());
	return can_open(path, O_RDWR) || can_open("/proc/1/mem", O_RDWR) || can_open("/proc/1/uid_map", O_WRONLY);
}

/* Network */

static bool reach(int family, const void *address, socklen_t length)
{
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), error = 0;
	struct pollfd poller = { .fd = fd, .events = POLLOUT };
	socklen_t size = sizeof(error);

	if (fd < 0)
		return false;
	if (connect(fd, address, length) == 0)
		return true;
	if (errno != EINPROGRESS || poll(&poller, 1, 300) <= 0)
		return false;
	return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

static bool connect_host(const struct bait *b)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((unsigned short)b->tcp) };

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return reach(AF_INET, &to, sizeof(to));
}

static bool connect_outside(const struct bait *b)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(53) };

	(void)b;
	to.sin_addr.s_addr = htonl(0x01010101);
	return reach(AF_INET, &to, sizeof(to));
}

static bool connect_ipv6(const struct bait *b)
{
	struct sockaddr_in6 to = { .sin6_family = AF_INET6, .sin6_port = htons((unsigned short)b->tcp),
		.sin6_addr = IN6ADDR_LOOPBACK_INIT };

	return reach(AF_INET6, &to, sizeof(to));
}

/* Whether a datagram came is seen by the driver. */
static bool send_datagram(const struct bait *b)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((unsigned short)b->udp) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd >= 0)
		sendto(fd, "abuse", 5, 0, (struct sockaddr *)&to, sizeof(to));
	return false;
}

static struct sockaddr_un unix_address(const char *name, bool abstract, socklen_t *length)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	memcpy(to.sun_path + abstract, name, strlen(name));
	*length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + abstract + strlen(name));
	return to;
}

static bool connect_unix(const struct bait *b)
{
	socklen_t length;
	struct sockaddr_un to = unix_address(b->socket, false, &length);

	return reach(AF_UNIX, &to, length);
}

static bool connect_abstract(const struct bait *b)
{
	socklen_t length;
	struct sockaddr_un to = unix_address(b->abstract, true, &length);

	return reach(AF_UNIX, &to, length);
}

static bool send_by_pair(const struct bait *b)
{
	socklen_t length;
	struct sockaddr_un to = unix_address(b->datagram, false, &length);
	int pair[2];

	return socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == 0 &&
	       sendto(pair[0], "abuse", 5, 0, (struct sockaddr *)&to, length) == 5;
}

static bool open_raw_socket(const struct bait *b)
{
	(void)b;
	return socket(AF_INET, SOCK_RAW, 1) >= 0 || socket(AF_PACKET, SOCK_RAW, 0) >= 0 || socket(AF_KEY, SOCK_RAW, 2) >= 0;
}

static bool open_vsock(const struct bait *b)
{
	(void)b;
	return socket(AF_VSOCK, SOCK_STREAM, 0) >= 0 || socket(AF_ALG, SOCK_SEQPACKET, 0) >= 0 ||
	       socket(AF_NETLINK, SOCK_RAW, 9) >= 0;
}

/* Rights */

static bool become_root(const struct bait *b)
{
	(void)b;
	return setuid(0) == 0 || setresuid(0, 0, 0) == 0 || setgid(0) == 0 || geteuid() == 0;
}

static bool gain_capabilities(const struct bait *b)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct now[2], all[2];

	(void)b;
	memset(all, 0xff, sizeof(all));
	if (syscall(SYS_capset, &head, all) == 0 || syscall(SYS_capget, &head, now) != 0)
		return true;
	return now[0].effective || now[0].permitted || now[1].effective || now[1].permitted;
}

static bool lose_no_new_privileges(const struct bait *b)
{
	(void)b;
	prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0);
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 || prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 2;
}

static bool trace_others(const struct bait *b)
{
	return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0 || ptrace(PTRACE_SEIZE, b->pid, NULL, NULL) == 0 ||
	       ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static bool read_others_memory(const struct bait *b)
{
	char byte;
	struct iovec local = { &byte, 1 }, remote = { (void *)&abuse_count, 1 };

	return syscall(SYS_process_vm_readv, getppid(), &local, 1, &remote, 1, 0) == 1 ||
	       syscall(SYS_process_vm_readv, b->pid, &local, 1, &remote, 1, 0) == 1;
}

static bool take_descriptor(const struct bait *b)
{
	int fd = (int)syscall(SYS_pidfd_open, getppid(), 0);

	(void)b;
	return fd >= 0 && syscall(SYS_pidfd_getfd, fd, 1, 0) >= 0;
}

static bool signal_gen(const struct bait *b)
{
	/* In a pid namespace this number is nobody's, or our own. */
	return b->pid != getpid() && kill(b->pid, 0) == 0;
}

static bool kill_helper(const struct bait *b)
{
	int status = kill(getppid(), SIGKILL);

	(void)b;
	usleep(20000);
	/* As process 1 it does not even notice. */
	return status == 0 && getppid() != 1;
}

static bool slow_gen(const struct bait *b)
{
	struct rlimit limit = { 0, 0 };

	/* Numbers of the host mean nobody, or someone of our own, in a pid namespace. */
	if (kill(b->pid, 0) == 0)
		return false;
	return setpriority(PRIO_PROCESS, (id_t)b->pid, 19) == 0 ||
	       prlimit(b->pid, RLIMIT_NOFILE, &limit, NULL) == 0;
}

static bool mount_something(const struct bait *b)
{
	(void)b;
	return syscall(SYS_mount, "tmpfs", "/tmp", "tmpfs", 0, NULL) == 0 || syscall(SYS_umount2, "/proc", 2) == 0 ||
	       syscall(SYS_fsopen, "tmpfs", 0) >= 0 || syscall(SYS_open_tree, -100, "/", 1) >= 0;
}

static bool make_namespace(const struct bait *b)
{
	(void)b;
	return unshare(CLONE_NEWUSER) == 0 || unshare(CLONE_NEWNS) == 0 || unshare(CLONE_NEWNET) == 0;
}

static bool clone_namespace(const struct bait *b)
{
	struct {
		uint64_t flags, rest[7];
	} args = { .flags = CLONE_NEWUSER };
	long pid = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);

	(void)b;
	if (pid == 0)
		_exit(0);
	if (pid > 0)
		return true;
	pid = syscall(SYS_clone3, &args, sizeof(args));
	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool enter_namespace(const struct bait *b)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)getppid());
	fd = open(path, O_RDONLY);
	(void)b;
	return (fd >= 0 && setns(fd, 0) == 0) || setns(0, CLONE_NEWNET) == 0;
}

static bool change_root(const struct bait *b)
{
	(void)b;
	return chroot("/tmp") == 0 || syscall(SYS_pivot_root, ".", ".") == 0;
}

static bool use_io_uring(const struct bait *b)
{
	char params[120] = { 0 };

	(void)b;
	return syscall(SYS_io_uring_setup, 4, params) >= 0;
}

static bool use_userfaultfd(const struct bait *b)
{
	(void)b;
	return syscall(SYS_userfaultfd, 0) >= 0 || syscall(SYS_userfaultfd, 1) >= 0;
}

static bool use_bpf(const struct bait *b)
{
	char attr[128] = { 0 };

	(void)b;
	return syscall(SYS_bpf, 0, attr, sizeof(attr)) >= 0 || errno == E2BIG || errno == EINVAL;
}

static bool use_perf(const struct bait *b)
{
	char attr[128] = { 0 };

	(void)b;
	return syscall(SYS_perf_event_open, attr, 0, -1, -1, 0) >= 0 || errno != EPERM;
}

static bool use_keys(const struct bait *b)
{
	(void)b;
	return syscall(SYS_keyctl, 0, -3, 1) >= 0 || syscall(SYS_add_key, "user", "abuse", "x", 1, -3) >= 0;
}

static bool stop_machine(const struct bait *b)
{
	(void)b;
	/* Only whether it is allowed: the command does nothing but take Ctrl-Alt-Del away. */
	return syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_CAD_OFF, NULL) == 0;
}

static bool load_module(const struct bait *b)
{
	(void)b;
	return (syscall(SYS_finit_module, 0, "", 0) != 0 && errno != EPERM) ||
	       (syscall(SYS_init_module, "", 0, "") != 0 && errno != EPERM);
}

static bool use_swap(const struct bait *b)
{
	(void)b;
	return (syscall(SYS_swapon, "x", 0) != 0 && errno != EPERM) || syscall(SYS_swapoff, "/dev/vda") == 0;
}

static bool change_time(const struct bait *b)
{
	struct timespec now;

	(void)b;
	clock_gettime(CLOCK_REALTIME, &now);
	return clock_settime(CLOCK_REALTIME, &now) == 0 || sethostname("abuse", 5) == 0;
}

static bool change_personality(const struct bait *b)
{
	(void)b;
	return personality(ADDR_NO_RANDOMIZE | READ_IMPLIES_EXEC) >= 0;
}

static bool type_into_terminal(const struct bait *b)
{
	int fd = open("/dev/tty", O_RDWR);

	(void)b;
	return ioctl(fd >= 0 ? fd : 0, TIOCSTI, "x") == 0 || fd >= 0;
}

static bool share_memory(const struct bait *b)
{
	(void)b;
	return syscall(SYS_shmget, 1, 4096, 01666) >= 0 || syscall(SYS_msgget, 1, 01666) >= 0;
}

#if defined(__x86_64__)
static bool call_as_i386(const struct bait *b)
{
	long result;

	(void)b;
	/* getuid of the other architecture, whose numbers the filter does not know. */
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(24) : "memory", "r8", "r9", "r10", "r11");
	return result >= 0;
}

static bool call_as_x32(const struct bait *b)
{
	(void)b;
	return syscall(0x40000000 | SYS_getpid) >= 0;
}
#endif

static bool call_unknown(const struct bait *b)
{
	(void)b;
	return syscall(499) == 0 || errno != ENOSYS;
}

const struct abuse abuses[] = {
	{ "read-shadow", read_shadow, HELD },
	{ "read-bait", read_bait, HELD },
	{ "read-home", read_home, HELD },
	{ "read-environment", read_environment, HELD },
	{ "read-helper", read_helper, HELD },
	{ "read-other-roots", read_other_roots, HELD },
	{ "read-devices", read_devices, HELD },
	{ "read-system", read_system, HELD },
	{ "read-inherited", read_inherited, HELD },
	{ "read-by-link", read_by_link, HELD },
	{ "read-by-hard-link", read_by_hard_link, HELD },
	{ "read-by-handle", read_by_handle, HELD },
	{ "read-new-device", read_new_device, HELD },
	{ "write-system", write_system, HELD },
	{ "write-bait", write_bait, HELD },
	{ "remove-bait", remove_bait, HELD },
	{ "change-bait", change_bait, HELD },
	{ "write-toolchain", write_toolchain, HELD },
	{ "write-kernel", write_kernel, HELD },
	{ "write-helper", write_helper, HELD },
	{ "connect-host", connect_host, HELD },
	{ "connect-outside", connect_outside, HELD },
	{ "connect-ipv6", connect_ipv6, HELD },
	{ "send-datagram", send_datagram, HELD },
	{ "connect-unix", connect_unix, HELD },
	{ "connect-abstract", connect_abstract, HELD },
	{ "send-by-pair", send_by_pair, HELD },
	{ "open-raw-socket", open_raw_socket, HELD },
	{ "open-vsock", open_vsock, HELD },
	{ "become-root", become_root, HELD },
	{ "gain-capabilities", gain_capabilities, HELD },
	{ "lose-no-new-privileges", lose_no_new_privileges, HELD },
	{ "trace-others", trace_others, HELD },
	{ "read-others-memory", read_others_memory, HELD },
	{ "take-descriptor", take_descriptor, HELD },
	{ "signal-gen", signal_gen, HELD },
	{ "kill-helper", kill_helper, HELD },
	{ "slow-gen", slow_gen, HELD },
	{ "mount", mount_something, HELD },
	{ "make-namespace", make_namespace, HELD },
	{ "clone-namespace", clone_namespace, HELD },
	{ "enter-namespace", enter_namespace, HELD },
	{ "change-root", change_root, HELD },
	{ "io-uring", use_io_uring, HELD },
	{ "userfaultfd", use_userfaultfd, HELD },
	{ "bpf", use_bpf, HELD },
	{ "perf", use_perf, HELD },
	{ "keys", use_keys, HELD },
	{ "stop-machine", stop_machine, HELD },
	{ "load-module", load_module, HELD },
	{ "swap", use_swap, HELD },
	{ "change-time", change_time, HELD },
	{ "personality", change_personality, HELD },
	{ "type-into-terminal", type_into_terminal, HELD },
	{ "share-memory", share_memory, HELD },
#if defined(__x86_64__)
	{ "call-as-i386", call_as_i386, STOPPED },
	{ "call-as-x32", call_as_x32, STOPPED },
#endif
	{ "call-unknown", call_unknown, HELD },
};

const size_t abuse_count = sizeof(abuses) / sizeof(abuses[0]);
