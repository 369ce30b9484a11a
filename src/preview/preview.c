#include "preview/preview.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "preview/listen.h"
#include "preview/making.h"
#include "preview/server.h"
#include "preview/slots.h"

enum { DESCRIPTORS = 8192 };

/* A client costs up to two. */
static void raise_descriptors(void)
{
	struct rlimit l;

	if (getrlimit(RLIMIT_NOFILE, &l) || l.rlim_cur >= DESCRIPTORS)
		return;
	l.rlim_cur = l.rlim_max < DESCRIPTORS ? l.rlim_max : DESCRIPTORS;
	setrlimit(RLIMIT_NOFILE, &l);
}

/* Those that end the preview; one that whoever started us had ignored stays so. */
static void choose_signals(sigset_t *out)
{
	static const int wanted[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction old;

	sigemptyset(out);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (sigaction(wanted[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaddset(out, wanted[i]);
}

/* From now on a second Ctrl-C ends us at once, whatever is still being made. */
static void let_signals_through(int signals, const sigset_t *ending)
{
	struct signalfd_siginfo info;

	while (read(signals, &info, sizeof(info)) == sizeof(info))
		;
	pthread_sigmask(SIG_UNBLOCK, ending, NULL);
}

static str tell_address(
	const struct preview_options *o, const struct listener *l, struct arena *a)
{
	str origin = str_printf(a, "http://" STR_FMT ":%d", STR_ARG(l->host), l->port);
	struct preview_plan plan = { 0 };

	o->plan(o->ctx, &plan, a);
	if (plan.base_path.len == 0)
		plan.base_path = STR("/");
	if (o->ready)
		o->ready(o->ctx, str_printf(a, STR_FMT STR_FMT, STR_ARG(origin),
					 STR_ARG(plan.base_path)));
	return origin;
}

static bool serve_clients(const struct preview_options *o, const struct listener *l,
	struct slots *slots, const sigset_t *ending, struct arena *a, struct diags *d)
{
	int signals = signalfd(-1, ending, SFD_CLOEXEC | SFD_NONBLOCK);
	struct making *making = making_start(o, tell_address(o, l, a), slots);
	struct server *server = making ? server_new(l, making, o) : NULL;
	bool fine = signals >= 0 && server;

	if (fine) {
		server_run(server, signals);
		let_signals_through(signals, ending);
	} else
		diag_error(d, (loc){ 0 }, "server",
			"the system refuses a thread or a descriptor: %s", strerror(errno));
	if (making)
		making_stop(making);
	if (server)
		server_free(server);
	if (signals >= 0)
		close(signals);
	return fine;
}

/* With the signals held back, in all threads, so that they come by a descriptor. */
static bool serve_until_signal(const struct preview_options *o, const struct listener *l,
	struct slots *slots, struct arena *a, struct diags *d)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, old_pipe;
	sigset_t ending, old;
	bool fine;

	choose_signals(&ending);
	pthread_sigmask(SIG_BLOCK, &ending, &old);
	sigaction(SIGPIPE, &ignore, &old_pipe); /* sendfile() has no flag against it */
	fine = serve_clients(o, l, slots, &ending, a, d);
	sigaction(SIGPIPE, &old_pipe, NULL);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return fine;
}

bool preview_run(const struct preview_options *options, struct diags *d)
{
	struct arena a = { 0 };
	struct listener listener;
	struct slots slots;
	bool fine = listen_open(options->bind, options->port, &listener, &a, d);

	if (fine) {
		raise_descriptors();
		fine = slots_open(options->cache, &slots, &a, d);
		if (fine) {
			fine = serve_until_signal(options, &listener, &slots, &a, d);
			slots_close(&slots);
		}
		close(listener.fd);
	}
	arena_free(&a);
	return fine;
}
