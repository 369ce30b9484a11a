#include "examples/seccomp.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

enum { INSTRUCTIONS = 512, NEWEST_KNOWN = 461 };

#if defined(__x86_64__)
enum { X32_BIT = 0x40000000 };
static const unsigned int ARCH = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
static const unsigned int ARCH = AUDIT_ARCH_AARCH64;
#else
#error "the sandbox knows the system calls of x86-64 and arm64"
#endif

/* Numbers newer than the headers that gen may be built with; the same on all architectures. */
enum {
	NR_process_madvise = 440,
	NR_mount_setattr = 442,
	NR_quotactl_fd = 443,
	NR_memfd_secret = 447,
	NR_process_mrelease = 448,
	NR_fchmodat2 = 452,
	NR_statmount = 457,
	NR_listmount = 458,
};

/* Refused everywhere. */
static const int DENIED[] = {
	SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, NR_process_madvise, NR_process_mrelease,
	SYS_kcmp, SYS_pidfd_getfd, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns,
	SYS_open_tree, SYS_move_mount, SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_fspick, NR_mount_setattr,
	NR_statmount, NR_listmount, SYS_userfaultfd, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_bpf,
	SYS_perf_event_open, SYS_kexec_load, SYS_kexec_file_load, SYS_init_module, SYS_finit_module,
	SYS_delete_module, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_quotactl, NR_quotactl_fd,
	SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_acct, SYS_settimeofday, SYS_clock_settime,
	SYS_clock_adjtime, SYS_adjtimex, SYS_syslog, SYS_sethostname, SYS_setdomainname, SYS_vhangup,
	SYS_lookup_dcookie, SYS_nfsservctl, SYS_fanotify_init, SYS_shmget, SYS_msgget, SYS_semget,
	SYS_migrate_pages, SYS_move_pages,
#if defined(__x86_64__)
	SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_uselib, SYS_ustat, SYS_sysfs, SYS__sysctl,
#endif
};

/* Programs ask for these, and have another way when the kernel does not know them. */
static const int UNKNOWN[] = { SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_clone3,
	SYS_memfd_create, NR_memfd_secret };

/* Refused where processes and owners are those of the host. */
static const int DENIED_SHARED[] = { SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4,
	SYS_setpriority, SYS_ioprio_set, SYS_sched_setparam, SYS_sched_setscheduler, SYS_sched_setattr,
	SYS_sched_setaffinity, SYS_pidfd_open, SYS_pidfd_send_signal, SYS_mq_open, SYS_mq_unlink, SYS_fchown,
	SYS_fchownat, SYS_utimensat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr,
	SYS_lremovexattr, SYS_fremovexattr,
#if defined(__x86_64__)
	SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
};

static const int MODES[] = { SYS_fchmod, SYS_fchmodat, NR_fchmodat2,
#if defined(__x86_64__)
	SYS_chmod,
#endif
};

static const int SIGNALS[] = { SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo };

struct program {
	struct sock_filter at[INSTRUCTIONS];
	unsigned short count;
};

static void put(struct program *p, unsigned short code, unsigned char yes, unsigned char no, unsigned int k)
{
	if (p->count < INSTRUCTIONS)
		p->at[p->count++] = (struct sock_filter){ code, yes, no, k };
}

static void load(struct program *p, size_t offset)
{
	put(p, BPF_LD | BPF_W | BPF_ABS, 0, 0, (unsigned int)offset);
}

static void load_number(struct program *p)
{
	load(p, offsetof(struct seccomp_data, nr));
}

/* The low half of an argument: all that the arguments looked at here have. */
static void load_argument(struct program *p, int index)
{
	load(p, offsetof(struct seccomp_data, args) + (size_t)index * 8);
}

static void answer(struct program *p, int error)
{
	put(p, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | (unsigned int)error);
}

static void refuse(struct program *p, int number, int error)
{
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (unsigned int)number);
	answer(p, error);
}

static void refuse_all(struct program *p, const int *numbers, size_t count, int error)
{
	for (size_t i = 0; i < count; i++)
		refuse(p, numbers[i], error);
}

static void check_architecture(struct program *p)
{
	load(p, offsetof(struct seccomp_data, arch));
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, ARCH);
	put(p, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS);
	load_number(p);
#if defined(__x86_64__)
	put(p, BPF_JMP | BPF_JGE | BPF_K, 0, 1, X32_BIT);
	put(p, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS);
#endif
	put(p, BPF_JMP | BPF_JGT | BPF_K, 0, 1, NEWEST_KNOWN);
	answer(p, ENOSYS);
}

/*
 * When the call is `number`, refuse it if its argument equals `value` (or, with `unless`, if it does not).
 * Leaves the number loaded.
 */
static void refuse_argument(struct program *p, int number, int index, unsigned int value, bool unless,
	int error)
{
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, (unsigned int)number);
	load_argument(p, index);
	put(p, BPF_JMP | BPF_JEQ | BPF_K, unless ? 1 : 0, unless ? 0 : 1, value);
	answer(p, error);
	load_number(p);
}

/* New namespaces by clone(). */
static void check_clone(struct program *p)
{
	enum { NAMESPACES = 0x7e020000 };

	put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, SYS_clone);
	load_argument(p, 0);
	put(p, BPF_JMP | BPF_JSET | BPF_K, 0, 1, NAMESPACES);
	answer(p, EPERM);
	load_number(p);
}

/* Typing into a terminal that is not ours. */
static void check_ioctl(struct program *p)
{
	enum { TYPE_INPUT = 0x5412, LINUX_CONSOLE = 0x541c };

	refuse_argument(p, SYS_ioctl, 1, TYPE_INPUT, false, EPERM);
	refuse_argument(p, SYS_ioctl, 1, LINUX_CONSOLE, false, EPERM);
}

static void check_personality(struct program *p)
{
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 5, SYS_personality);
	load_argument(p, 0);
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 0);
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0xffffffff);
	answer(p, EPERM);
	load_number(p);
}

/* Of the kinds of sockets only those that the network namespace holds back: vsock, for one, it does not. */
static void check_socket(struct program *p)
{
	static const unsigned int fine[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };
	enum { FINE = sizeof(fine) / sizeof(fine[0]) };

	put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, FINE + 3, SYS_socket);
	load_argument(p, 0);
	for (unsigned int i = 0; i < FINE; i++)
		put(p, BPF_JMP | BPF_JEQ | BPF_K, (unsigned char)(FINE - i), 0, fine[i]);
	answer(p, EAFNOSUPPORT);
	load_number(p);
	/* Of netlink, routes only. */
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 6, SYS_socket);
	load_argument(p, 0);
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, AF_NETLINK);
	load_argument(p, 2);
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0);
	answer(p, EAFNOSUPPORT);
	load_number(p);
}

/* A pair of stream sockets cannot send elsewhere; a datagram socket can. */
static void check_socketpair(struct program *p)
{
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 7, SYS_socketpair);
	load_argument(p, 0);
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 3, AF_UNIX);
	load_argument(p, 1);
	put(p, BPF_ALU | BPF_AND | BPF_K, 0, 0, 0xf);
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SOCK_STREAM);
	answer(p, EPERM);
	load_number(p);
}

static void check_signals(struct program *p, pid_t self)
{
	for (size_t i = 0; i < sizeof(SIGNALS) / sizeof(SIGNALS[0]); i++)
		refuse_argument(p, SIGNALS[i], 0, (unsigned int)self, true, EPERM);
}

static void check_shared(struct program *p, const struct seccomp_rules *rules)
{
	refuse(p, SYS_socket, EACCES);
	check_socketpair(p);
	refuse_all(p, DENIED_SHARED, sizeof(DENIED_SHARED) / sizeof(DENIED_SHARED[0]), EPERM);
	refuse_argument(p, SYS_prlimit64, 0, 0, true, EPERM);
	if (!rules->may_chmod)
		refuse_all(p, MODES, sizeof(MODES) / sizeof(MODES[0]), EPERM);
	if (!rules->may_truncate)
		refuse(p, SYS_truncate, EPERM);
	if (rules->self)
		check_signals(p, rules->self);
}

bool seccomp_confine(const struct seccomp_rules *rules)
{
	struct program p = { .count = 0 };
	struct sock_fprog filter = { .filter = p.at };

	check_architecture(&p);
	refuse_all(&p, DENIED, sizeof(DENIED) / sizeof(DENIED[0]), EPERM);
	refuse_all(&p, UNKNOWN, sizeof(UNKNOWN) / sizeof(UNKNOWN[0]), ENOSYS);
	check_clone(&p);
	check_ioctl(&p);
	check_personality(&p);
	if (rules->shared)
		check_shared(&p, rules);
	else
		check_socket(&p);
	put(&p, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
	if (p.count == INSTRUCTIONS) {
		errno = E2BIG;
		return false;
	}
	filter.len = p.count;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}
