#include "abuse.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What no limit of an example allows: this much of it would be a success. */
/* Always so; the compiler is not to know. */
static volatile bool forever = true;

enum { MEGABYTES = 2048, PROCESSES = 4096 };

static bool fork_bomb(const struct bait *b)
{
	(void)b;
	while (forever)
		if (fork() < 0)
			usleep(1000);
	return true;
}

static bool fork_hops(const struct bait *b)
{
	(void)b;
	/* Never the same process twice: each is gone before it is looked at. */
	while (forever) {
		pid_t pid = fork();

		if (pid > 0)
			_exit(ABUSE_HELD);
		if (pid < 0)
			usleep(1000);
		setsid();
	}
	return true;
}

static bool processes(const struct bait *b)
{
	int count = 0;

	(void)b;
	while (count < PROCESSES) {
		pid_t pid = fork();

		if (pid == 0) {
			pause();
			_exit(0);
		}
		if (pid < 0)
			break;
		count++;
	}
	return count == PROCESSES;
}

static void *wait_forever(void *unused)
{
	(void)unused;
	pause();
	return NULL;
}

static bool threads(const struct bait *b)
{
	pthread_attr_t attr;
	pthread_t id;
	int count = 0;

	(void)b;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 65536);
	while (count < PROCESSES && pthread_create(&id, &attr, wait_forever, NULL) == 0)
		count++;
	return count == PROCESSES;
}

static bool memory(const struct bait *b)
{
	(void)b;
	for (int i = 0; i < MEGABYTES; i++) {
		char *bytes = malloc(1 << 20);

		if (!bytes)
			return false;
		memset(bytes, 1, 1 << 20);
	}
	return true;
}

/* Not counted as data: shared memory of no file. */
static bool shared_memory(const struct bait *b)
{
	(void)b;
	for (int i = 0; i < MEGABYTES; i++) {
		char *bytes = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

		if (bytes == MAP_FAILED)
			return false;
		memset(bytes, 1, 1 << 20);
	}
	usleep(100000);
	return true;
}

static bool memory_of_many(const struct bait *b)
{
	(void)b;
	for (int i = 0; i < 8; i++) {
		if (fork() != 0)
			continue;
		for (int k = 0; k < 400; k++) {
			char *bytes = malloc(1 << 20);

			if (bytes)
				memset(bytes, 1, 1 << 20);
		}
		pause();
	}
	sleep(100);
	return true;
}

static bool fill_memfd(const struct bait *b)
{
	static char chunk[1 << 20];
	int fd = (int)syscall(SYS_memfd_create, "x", 0);

	(void)b;
	for (int i = 0; fd >= 0 && i < MEGABYTES; i++)
		if (write(fd, chunk, sizeof(chunk)) != sizeof(chunk))
			return false;
	return fd >= 0;
}

static bool fill(const char *folder)
{
	static char chunk[1 << 20];
	char path[4200];
	int written = 0;

	memset(chunk, 7, sizeof(chunk));
	for (int file = 0; written < MEGABYTES; file++) {
		int fd;
		ssize_t n = 1;

		snprintf(path, sizeof(path), "%s/bomb-%d", folder, file);
		fd = open(path, O_CREAT | O_WRONLY, 0600);
		if (fd < 0)
			return false;
		for (int i = 0; i < 100 && n > 0; i++) {
			n = write(fd, chunk, sizeof(chunk));
			written += n > 0;
		}
		close(fd);
		if (n <= 0)
			return false;
	}
	return true;
}

static bool fill_work(const struct bait *b)
{
	(void)b;
	return fill(".");
}

static bool fill_tmp(const struct bait *b)
{
	const char *tmp = getenv("TMPDIR");

	(void)b;
	return fill(tmp ? tmp : "/tmp");
}

static bool fill_shm(const struct bait *b)
{
	(void)b;
	return fill("/dev/shm");
}

static bool many_files(const struct bait *b)
{
	char name[32];

	(void)b;
	for (int i = 0; i < 3000000; i++) {
		int fd;

		snprintf(name, sizeof(name), "f%d", i);
		fd = open(name, O_CREAT | O_WRONLY, 0600);
		if (fd < 0)
			return false;
		close(fd);
	}
	return true;
}

static bool huge_file(const struct bait *b)
{
	int fd = open("huge", O_CREAT | O_RDWR, 0600);

	(void)b;
	signal(SIGXFSZ, SIG_IGN);
	return fd >= 0 && (ftruncate(fd, (off_t)1 << 40) == 0 || pwrite(fd, "x", 1, (off_t)1 << 40) == 1);
}

static bool flood(int fd)
{
	static char chunk[1 << 16];

	memset(chunk, 'x', sizeof(chunk));
	for (int i = 0; i < 100000; i++)
		if (write(fd, chunk, sizeof(chunk)) < 0)
			return false;
	return true;
}

static bool flood_output(const struct bait *b)
{
	(void)b;
	return flood(STDOUT_FILENO);
}

static bool flood_errors(const struct bait *b)
{
	(void)b;
	return flood(STDERR_FILENO);
}

static bool loop(const struct bait *b)
{
	(void)b;
	while (forever)
		;
	return true;
}

static bool ignore_signals(const struct bait *b)
{
	(void)b;
	for (int i = 1; i < 65; i++)
		signal(i, SIG_IGN);
	while (forever)
		pause();
	return true;
}

static bool stop_self(const struct bait *b)
{
	(void)b;
	raise(SIGSTOP);
	return true;
}

static bool close_and_loop(const struct bait *b)
{
	(void)b;
	for (int i = 0; i < 3; i++)
		close(i);
	while (forever)
		sleep(1);
	return true;
}

static bool recurse(const struct bait *b)
{
	volatile char frame[4096];

	frame[0] = 1;
	return !forever || (recurse(b) && frame[0]);
}

static bool open_pipes(const struct bait *b)
{
	int pair[2], count = 0;

	(void)b;
	while (count < 100000 && pipe(pair) == 0)
		count++;
	return count == 100000;
}

static void stay(void)
{
	for (int i = 1; i < 65; i++)
		signal(i, SIG_IGN);
	while (forever)
		sleep(1);
}

static bool leave_daemon(const struct bait *b)
{
	(void)b;
	if (fork() == 0) {
		setsid();
		if (fork() == 0)
			stay();
		_exit(0);
	}
	usleep(50000);
	return false;
}

static bool leave_many(const struct bait *b)
{
	(void)b;
	for (int i = 0; i < 30; i++)
		if (fork() == 0) {
			setsid();
			stay();
		}
	return false;
}

static bool leave_stopped(const struct bait *b)
{
	(void)b;
	if (fork() == 0) {
		raise(SIGSTOP);
		stay();
	}
	return false;
}

static bool leave_silent(const struct bait *b)
{
	(void)b;
	if (fork() == 0) {
		setsid();
		for (int i = 0; i < 3; i++)
			close(i);
		stay();
	}
	return false;
}

static bool kill_all(const struct bait *b)
{
	(void)b;
	signal(SIGTERM, SIG_IGN);
	kill(-1, SIGKILL);
	kill(0, SIGTERM);
	usleep(20000);
	return false;
}

/* Daemons that do not end, and a parent that does not either. */
static bool swarm(const struct bait *b)
{
	leave_many(b);
	stay();
	return true;
}

/* A server that says whether it could reach the host, while daemons of it do not end. Told to end, it goes on. */
static bool serve(const struct bait *b)
{
	static const char head[] = "HTTP/1.1 200 OK\r\n\r\n";
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(8080) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 || listen(fd, 8) != 0)
		return false;
	signal(SIGTERM, SIG_IGN);
	leave_many(b);
	while (forever) {
		struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((unsigned short)b->tcp) };
		int asked = accept(fd, NULL, NULL), host = socket(AF_INET, SOCK_STREAM, 0);

		to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		const char *word = connect(host, (struct sockaddr *)&to, sizeof(to)) == 0 ? "reached" : "held";
		char all[64];

		close(host);
		if (asked >= 0 && write(asked, all, (size_t)snprintf(all, sizeof(all), "%s%s", head, word)) < 0)
			return false;
		close(asked);
	}
	return true;
}

const struct abuse bombs[] = {
	{ "fork-bomb", fork_bomb, STOPPED },
	{ "fork-hops", fork_hops, LEFT },
	{ "processes", processes, STOPPED },
	{ "threads", threads, STOPPED },
	{ "memory", memory, STOPPED },
	{ "shared-memory", shared_memory, STOPPED },
	{ "memory-of-many", memory_of_many, STOPPED },
	{ "fill-memfd", fill_memfd, STOPPED },
	{ "fill-work", fill_work, STOPPED },
	{ "fill-tmp", fill_tmp, STOPPED },
	{ "fill-shm", fill_shm, STOPPED },
	{ "many-files", many_files, STOPPED },
	{ "huge-file", huge_file, STOPPED },
	{ "flood-output", flood_output, STOPPED },
	{ "flood-errors", flood_errors, STOPPED },
	{ "loop", loop, STOPPED },
	{ "ignore-signals", ignore_signals, STOPPED },
	{ "stop-self", stop_self, STOPPED },
	{ "close-and-loop", close_and_loop, STOPPED },
	{ "recurse", recurse, STOPPED },
	{ "open-pipes", open_pipes, STOPPED },
	{ "leave-daemon", leave_daemon, LEFT },
	{ "leave-many", leave_many, LEFT },
	{ "leave-stopped", leave_stopped, LEFT },
	{ "leave-silent", leave_silent, LEFT },
	{ "kill-all", kill_all, LEFT },
	{ "swarm", swarm, STOPPED },
	{ "serve", serve, STOPPED },
};

const size_t bomb_count = sizeof(bombs) / sizeof(bombs[0]);
