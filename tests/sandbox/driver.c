/*
 * driver -- sends every attempt of abuse.c and bombs.c into the sandbox on one rung, and looks what came of it: none
 * may work, and nothing may be left, not even when the one who started it is killed.
 *
 *     driver RUNG ABUSE [UID]      the rung, the program with the attempts, the user to be (as root)
 *
 * Exit status 77: the rung does not hold on this machine.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "abuse.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/pool.h"
#include "examples/inside.h"
#include "examples/sandbox.h"

enum { SKIPPED = 77, QUICK_MS = 5000, BOMB_MS = 500, AT_ONCE = 4, LONGEST_WAIT_MS = 20000 };

static struct {
	enum rung rung;
	struct arena arena;
	str folder, tools, program, name; /* name: of the processes, no others have it */
	str args[12];
	int tcp, udp, stream, datagram, abstract;
	pthread_mutex_t lock;
	int tried, failed;
} t = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void fail(const char *what, const char *why)
{
	pthread_mutex_lock(&t.lock);
	t.failed++;
	printf("FAILED %s: %s\n", what, why);
	pthread_mutex_unlock(&t.lock);
}

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/* Processes by the name of their program: the attempts, wherever their parent is. */
static int count_left(void)
{
	DIR *proc = opendir("/proc");
	int count = 0;

	for (struct dirent *e; proc && (e = readdir(proc));) {
		char path[300], name[64] = { 0 };
		FILE *comm;

		snprintf(path, sizeof(path), "/proc/%s/comm", e->d_name);
		if (!isdigit((unsigned char)e->d_name[0]) || !(comm = fopen(path, "r")))
			continue;
		if (fgets(name, sizeof(name), comm))
			count += str_eq(str_trim(str_c(name)), t.name);
		fclose(comm);
	}
	if (proc)
		closedir(proc);
	return count;
}

static void sleep_ms(long ms)
{
	const struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

/* Until there are at least or at most so many; false when that does not come. */
static bool wait_for_count(int least, int most)
{
	for (int waited = 0; waited < LONGEST_WAIT_MS; waited += 20) {
		int count = count_left();

		if (count >= least && count <= most)
			return true;
		sleep_ms(20);
	}
	return false;
}

static int open_unix(const char *path, int type, bool abstract)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	memcpy(at.sun_path + abstract, path, strlen(path));
	if (fd < 0 ||
		bind(fd, (struct sockaddr *)&at,
			(socklen_t)(offsetof(struct sockaddr_un, sun_path) + abstract + strlen(path))) != 0 ||
		(type == SOCK_STREAM && listen(fd, 8) != 0))
		die("unix socket");
	if (!abstract)
		chmod(path, 0777);
	return fd;
}

static int open_inet(int type, int *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t length = sizeof(at);
	int fd = socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 || (type == SOCK_STREAM && listen(fd, 8) != 0) ||
		getsockname(fd, (struct sockaddr *)&at, &length) != 0)
		die("inet socket");
	*port = ntohs(at.sin_port);
	return fd;
}

static str number(int n)
{
	return str_printf(&t.arena, "%d", n);
}

static str below(const char *name)
{
	return str_printf(&t.arena, STR_FMT "/%s", STR_ARG(t.folder), name);
}

static void lay_bait(str program)
{
	char folder[] = "/tmp/gen-abuse-XXXXXX", tools[] = "/tmp/gen-tools-XXXXXX";
	str abstract = str_printf(&t.arena, "gen-abuse-%d", (int)getpid());
	int tcp, udp;

	if (!mkdtemp(folder) || chmod(folder, 0777) != 0 || !mkdtemp(tools))
		die(folder);
	t.folder = str_copy(str_c(folder), &t.arena);
	t.tools = str_copy(str_c(tools), &t.arena);
	t.name = str_printf(&t.arena, "abuse%d", (int)getpid());
	t.program = str_printf(&t.arena, STR_FMT "/bin/" STR_FMT, STR_ARG(t.tools), STR_ARG(t.name));
	if (folder_make(str_printf(&t.arena, "%s/bin", tools)) != 0 || folder_make(below("home/letters")) != 0 ||
		file_write_atomic(t.program, program) != 0 || chmod(t.program.ptr, 0755) != 0 ||
		file_write_atomic(below("bait"), STR("bait\n")) != 0 || chmod(below("bait").ptr, 0666) != 0)
		die("bait");
	/* Whoever may write to the tools outside must not inside. */
	chmod(t.tools.ptr, 0777);
	t.tcp = open_inet(SOCK_STREAM, &tcp);
	t.udp = open_inet(SOCK_DGRAM, &udp);
	t.stream = open_unix(below("stream").ptr, SOCK_STREAM, false);
	t.datagram = open_unix(below("datagram").ptr, SOCK_DGRAM, false);
	t.abstract = open_unix(abstract.ptr, SOCK_STREAM, true);
	t.args[2] = t.folder;
	t.args[3] = below("bait");
	/* Root's own; a plain user gets one. */
	t.args[4] = geteuid() == 0 ? STR("/root") : below("home");
	t.args[5] = t.tools;
	t.args[6] = number((int)getpid());
	t.args[7] = number(tcp);
	t.args[8] = number(udp);
	t.args[9] = below("stream");
	t.args[10] = below("datagram");
	t.args[11] = abstract;
}

static void make_job(struct job *j, const char *name, int64_t wall_ms, struct arena *a)
{
	static const str env[] = { STR_INIT("PATH=/usr/bin:/bin"), STR_INIT("TMPDIR=" TMP_PATH),
		STR_INIT("HOME=" HOME_PATH) };
	str *argv = arena_array(a, str, 12);

	*j = (struct job){ .rung = t.rung, .folders = { &t.tools, 1 }, .step_count = 1 };
	sandbox_standard(j);
	memcpy(argv, t.args, sizeof(t.args));
	argv[0] = t.program;
	argv[1] = str_c(name);
	j->steps[0] = (struct job_step){ .argv = { argv, 12 }, .env = { env, 3 }, .wall_ms = wall_ms,
		.memory = 512u << 20 };
}

static const char *end_name(enum job_end end)
{
	static const char *const names[] = { "exited", "signal", "timeout", "output", "memory", "processes", "disk",
		"unstarted", "stopped" };

	return names[end];
}

static void judge(const struct abuse *a, const struct sandbox_report *r)
{
	const struct job_result *result = &r->steps[0].result;
	bool held = result->end == JOB_EXITED && result->status == ABUSE_HELD;
	bool stopped = result->end != JOB_EXITED && result->end != JOB_UNSTARTED;

	if (r->fault.len)
		fail(a->name, r->fault.ptr);
	else if (result->end == JOB_EXITED && result->status == 0)
		fail(a->name, "it worked");
	else if (a->outcome == STOPPED ? !held && !stopped : !held)
		fail(a->name,
			str_printf(&t.arena, "it ended by %s %d, and should have failed", end_name(result->end),
				result->status)
				.ptr);
	if (getenv("VERBOSE"))
		printf("%-24s %s %d, %.2f s\n", a->name, end_name(result->end), result->status, result->wall);
}

static void try_one(const struct abuse *abuse, int64_t wall_ms)
{
	struct sandbox_report report;
	struct arena a = { 0 };
	struct job j;

	make_job(&j, abuse->name, wall_ms, &a);
	sandbox_run(&j, &report, &a);
	pthread_mutex_lock(&t.lock);
	t.tried++;
	pthread_mutex_unlock(&t.lock);
	judge(abuse, &report);
	arena_free(&a);
}

static void try_quick(void *ctx, size_t index, int worker)
{
	(void)ctx, (void)worker;
	try_one(&abuses[index], QUICK_MS);
}

static void try_bombs(void)
{
	for (size_t i = 0; i < bomb_count; i++) {
		try_one(&bombs[i], BOMB_MS);
		/* The kernel tells of the end of a process a moment before its name is gone. */
		if (!wait_for_count(0, 0)) {
			fail(bombs[i].name, "something of it is left");
			return;
		}
	}
}

static void check_received(int fd, const char *what)
{
	char bytes[16];

	if (recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT) >= 0)
		fail(what, "something came through");
}

static void check_unchanged(void)
{
	str text;

	if (file_read(t.args[3], 100, &t.arena, &text) != 0 || !str_eq(text, STR("bait\n")))
		fail("bait", "it is not what it was");
	check_received(t.udp, "datagram to a port");
	check_received(t.datagram, "datagram to a socket");
	if (accept(t.tcp, NULL, NULL) >= 0 || accept(t.stream, NULL, NULL) >= 0 || accept(t.abstract, NULL, NULL) >= 0)
		fail("connection", "one came through");
}

/* What compilers may be told to read. */
static void try_compiler(void)
{
	static const char *const sources[] = { "#include \"/etc/shadow\"\n", "#include \"BAIT\"\nint main(void){return 0;}\n",
		"__asm__(\".incbin \\\"/etc/shadow\\\"\");\nint main(void){return 0;}\n",
		"__asm__(\".incbin \\\"BAIT\\\"\");\nint main(void){return 0;}\n" };

	for (size_t i = 0; access("/usr/bin/gcc", X_OK) == 0 && i < sizeof(sources) / sizeof(sources[0]); i++) {
		static const str argv[] = { STR_INIT("/usr/bin/gcc"), STR_INIT("-c"), STR_INIT("main.c") };
		struct sandbox_report r;
		struct job_file file = { .name = STR("main.c") };
		str text = str_c(sources[i]);
		ptrdiff_t at = str_find(text, STR("BAIT"));
		struct job j;

		if (at >= 0)
			text = str_printf(&t.arena, STR_FMT STR_FMT STR_FMT, STR_ARG(str_sub(text, 0, (size_t)at)),
				STR_ARG(t.args[3]), STR_ARG(str_from(text, (size_t)at + 4)));
		make_job(&j, "", QUICK_MS, &t.arena);
		file.bytes = text;
		j.files = &file;
		j.file_count = 1;
		j.steps[0].argv = (struct str_list){ argv, 3 };
		j.steps[0].compiles = true;
		sandbox_run(&j, &r, &t.arena);
		t.tried++;
		if (r.fault.len || r.steps[0].result.end != JOB_EXITED || r.steps[0].result.status == 0 ||
			str_find(r.steps[0].err.bytes, STR("root:")) >= 0)
			fail("compiler", sources[i]);
	}
}

/* Bytes of any kind come out as they are. */
static void try_output(void)
{
	static const str argv[] = { STR_INIT("/bin/sh"), STR_INIT("-c"),
		STR_INIT("printf 'a\\000b\\377\\033[31m\\r\\n'; printf '\\300\\257' >&2") };
	struct sandbox_report r;
	struct job j;

	make_job(&j, "", QUICK_MS, &t.arena);
	j.steps[0].argv = (struct str_list){ argv, 3 };
	sandbox_run(&j, &r, &t.arena);
	t.tried++;
	if (r.fault.len || !str_eq(r.steps[0].out.bytes, STR("a\0b\377\033[31m\r\n")) ||
		!str_eq(r.steps[0].err.bytes, STR("\300\257")))
		fail("output", "other bytes came out");
}

static void try_names(void)
{
	static const str argv[] = { STR_INIT("/bin/true") };
	static const str names[] = { STR_INIT("../above"), STR_INIT("/etc/abuse"), STR_INIT("nowhere/x") };

	for (size_t i = 0; i < 3; i++) {
		struct job_file file = { names[i], STR("x") };
		struct sandbox_report r;
		struct job j;

		make_job(&j, "", QUICK_MS, &t.arena);
		j.files = &file;
		j.file_count = 1;
		j.steps[0].argv = (struct str_list){ argv, 1 };
		sandbox_run(&j, &r, &t.arena);
		t.tried++;
		if (!r.fault.len)
			fail("name", names[i].ptr);
	}
}

/* What an example depends on is there, beside it if it wants, and not to be changed. */
static void try_packages(void)
{
	static const str argv[] = { STR_INIT("/bin/sh"), STR_INIT("-c"),
		STR_INIT("cat node_modules/one && cat $P/one && ! rm -f node_modules/one 2> /dev/null && "
			 "! (echo two > $P/two) 2> /dev/null && ! (echo two > $P/one) 2> /dev/null") };
	static const str env[] = { STR_INIT("PATH=/usr/bin:/bin"), STR_INIT("P=" PACKAGES_PATH) };
	str folder = str_printf(&t.arena, STR_FMT "/packages", STR_ARG(t.tools));
	struct sandbox_report r;
	struct job j;

	if (folder_make(folder) != 0 || chmod(folder.ptr, 0777) != 0 ||
		file_write_atomic(str_printf(&t.arena, STR_FMT "/one", STR_ARG(folder)), STR("1\n")) != 0)
		die("packages");
	make_job(&j, "", QUICK_MS, &t.arena);
	j.packages = folder;
	j.packages_link = STR("node_modules");
	j.steps[0].argv = (struct str_list){ argv, 3 };
	j.steps[0].env = (struct str_list){ env, 2 };
	sandbox_run(&j, &r, &t.arena);
	t.tried++;
	if (r.fault.len || r.steps[0].result.end != JOB_EXITED || r.steps[0].result.status != 0 ||
		!str_eq(r.steps[0].out.bytes, STR("1\n1\n")))
		fail("packages", str_printf(&t.arena, STR_FMT " " STR_FMT STR_FMT, STR_ARG(r.fault), STR_ARG(r.steps[0].out.bytes),
			STR_ARG(r.steps[0].err.bytes)).ptr);
}

static const str REQUESTS[] = { STR_INIT("GET /one HTTP/1.1\r\n\r\n"), STR_INIT("GET /two HTTP/1.1\r\n\r\n") };

/* A server is asked in a network of its own, or cannot be one. */
static void try_server(void)
{
	const struct job_result *result;
	struct sandbox_report r;
	struct job j;

	make_job(&j, "serve", QUICK_MS, &t.arena);
	j.steps[0].requests = (struct str_list){ REQUESTS, 2 };
	sandbox_run(&j, &r, &t.arena);
	result = &r.steps[0].result;
	t.tried++;
	if (t.rung == RUNG_LANDLOCK) {
		if (r.fault.len || result->end != JOB_EXITED || result->status != ABUSE_HELD)
			fail("server", "there is a server on a rung without a network");
	} else if (r.fault.len || result->end != JOB_STOPPED || result->fault != SERVE_FINE || result->answers != 2 ||
		   !str_ends(r.steps[0].answers[0], STR("\r\n\r\nheld")) || !str_eq(r.steps[0].answers[0], r.steps[0].answers[1])) {
		fail("server",
			str_printf(&t.arena, STR_FMT "%s %d, %u answers, " STR_FMT, STR_ARG(r.fault), end_name(result->end),
				result->status, (unsigned int)result->answers, STR_ARG(r.steps[0].answers[0]))
				.ptr);
	}
	if (!wait_for_count(0, 0))
		fail("server", "something of it is left");
}

static bool serves(void)
{
	return t.rung == RUNG_NAMESPACES || t.rung == RUNG_BUBBLEWRAP;
}

/* gen itself is killed in the middle: nothing of the sandbox may outlive it. */
static void try_killing(void)
{
	for (int round = 0; round < 3; round++) {
		pid_t pid = fork();
		bool started;

		if (pid == 0) {
			struct sandbox_report r;
			struct job j;

			make_job(&j, "swarm", 100000, &t.arena);
			/* As a server that does not listen. */
			if (round == 2 && serves())
				j.steps[0].requests = (struct str_list){ REQUESTS, 1 };
			sandbox_run(&j, &r, &t.arena);
			_exit(0);
		}
		started = wait_for_count(round == 0 ? 1 : 20, 1000);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		t.tried++;
		if (!started)
			fail("killing", "the attempt did not start");
		if (!wait_for_count(0, 0))
			fail("killing", "something outlived gen");
	}
}

static bool find_rung(const char *name)
{
	for (int rung = RUNG_NAMESPACES; rung <= RUNG_NONE; rung++) {
		if (!str_eq(sandbox_name((enum rung)rung), str_c(name)))
			continue;
		t.rung = (enum rung)rung;
		return true;
	}
	return false;
}

static void become(const char *uid)
{
	uid_t id = (uid_t)atoi(uid);

	if (setgroups(0, NULL) != 0 || setresgid(id, id, id) != 0 || setresuid(id, id, id) != 0)
		die("setresuid");
}

int main(int argc, char **argv)
{
	str why, program;

	if (inside_is(argc, argv))
		inside_main(argc, argv);
	if (argc < 3 || !find_rung(argv[1]))
		return 2;
	if (argc > 3 && geteuid() != 0) {
		printf("only root can be somebody else\n");
		return SKIPPED;
	}
	setenv("ABUSE_SECRET", "abuse-secret", 1);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (file_read(str_c(argv[2]), 0, &t.arena, &program) != 0)
		die(argv[2]);
	if (argc > 3)
		become(argv[3]);
	lay_bait(program);
	if (t.rung != RUNG_NONE && !sandbox_test(t.rung, &why, &t.arena)) {
		printf("%s does not hold here: " STR_FMT "\n", argv[1], STR_ARG(why));
		return SKIPPED;
	}
	if (t.rung != RUNG_NONE) {
		pool_each(AT_ONCE, abuse_count, try_quick, NULL);
		try_compiler();
		try_bombs();
		try_names();
		try_server();
		try_packages();
		check_unchanged();
	}
	try_output();
	try_killing();
	tree_remove(t.folder);
	tree_remove(t.tools);
	printf("%d passed, %d failed\n", t.tried - t.failed, t.failed);
	arena_free(&t.arena);
	return t.failed > 0;
}
