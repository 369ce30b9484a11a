/* Which rungs hold here: a file, a port and a process of ours are put out, and the job tries to get at them. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "examples/sandbox.h"

enum { STATUS = 7, WALL_MS = 10000 };

struct bait {
	str folder, file;
	int socket, port;
};

static bool lay_bait(struct bait *b, struct arena *a)
{
	const char *base = getenv("TMPDIR");
	char *path = (char *)str_printf(a, "%s/gen-bait-XXXXXX", base && *base == '/' ? base : "/tmp").ptr;
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t length = sizeof(at);

	*b = (struct bait){ .socket = -1 };
	if (!mkdtemp(path))
		return false;
	b->folder = str_c(path);
	b->file = str_printf(a, "%s/bait", path);
	/* All but the sandbox would let anybody read and write it. */
	if (file_write_atomic(b->file, STR("bait\n")) != 0 || chmod(path, 0755) != 0 ||
		chmod(b->file.ptr, 0666) != 0)
		return false;
	b->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (b->socket < 0 || bind(b->socket, (struct sockaddr *)&at, sizeof(at)) != 0 ||
		listen(b->socket, 4) != 0 || getsockname(b->socket, (struct sockaddr *)&at, &length) != 0)
		return false;
	b->port = ntohs(at.sin_port);
	return true;
}

static void clear_bait(struct bait *b)
{
	if (b->socket >= 0)
		close(b->socket);
	if (b->folder.len)
		tree_remove(b->folder);
}

static void make_job(struct job *j, enum rung rung, const struct bait *b, struct arena *a)
{
	static const str shell[] = { STR_INIT("/bin/sh"), STR_INIT("-c"), STR_INIT("(exit 7)") };
	static const str env[] = { STR_INIT("PATH=/usr/bin:/bin") };
	str *argv = arena_array(a, str, 3);

	*j = (struct job){ .rung = rung, .step_count = 2 };
	sandbox_standard(j);
	argv[0] = b->file;
	argv[1] = str_printf(a, "%d", (int)getpid());
	argv[2] = str_printf(a, "%d", b->port);
	j->steps[0] = (struct job_step){ .argv = { argv, 3 }, .env = { env, 1 }, .wall_ms = WALL_MS,
		.memory = 256 << 20, .probes = true };
	j->steps[1] = (struct job_step){ .argv = { shell, 3 }, .env = { env, 1 }, .wall_ms = WALL_MS,
		.memory = 256 << 20 };
}

static bool judge(const struct sandbox_report *r, str *why, struct arena *a)
{
	const struct sandbox_step *probe = &r->steps[0], *shell = &r->steps[1];

	if (r->fault.len)
		*why = r->fault;
	else if (probe->result.end == JOB_UNSTARTED)
		*why = str_printf(a, "cannot be entered: %s", strerror(probe->result.status));
	else if (probe->result.end != JOB_EXITED || probe->result.status != 0)
		*why = probe->out.bytes.len ? str_trim(probe->out.bytes) : STR("the test inside did not end");
	else if (!shell->ran || shell->result.end != JOB_EXITED || shell->result.status != STATUS)
		*why = STR("a shell does not run inside");
	else
		return true;
	return false;
}

bool sandbox_test(enum rung rung, str *why, struct arena *a)
{
	struct sandbox_report report;
	struct bait bait;
	struct job j;
	bool fine = lay_bait(&bait, a);

	*why = (str){ 0 };
	if (fine) {
		make_job(&j, rung, &bait, a);
		sandbox_run(&j, &report, a);
		fine = judge(&report, why, a);
	} else {
		*why = str_printf(a, "cannot prepare the test: %s", strerror(errno));
	}
	clear_bait(&bait);
	return fine;
}

bool sandbox_choose(enum rung *out, str *why, struct arena *a)
{
	str all = { 0 };

	for (int rung = RUNG_NAMESPACES; rung < RUNG_NONE; rung++) {
		str one;

		if (sandbox_test((enum rung)rung, &one, a)) {
			*out = (enum rung)rung;
			return true;
		}
		all = str_printf(a, STR_FMT "%s" STR_FMT ": " STR_FMT, STR_ARG(all), all.len ? "; " : "",
			STR_ARG(sandbox_name((enum rung)rung)), STR_ARG(one));
	}
	*why = all;
	*out = RUNG_NONE;
	return false;
}
