#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "cmd/site.h"
#include "markdown/markdown.h"
#include "output/twin.h"
#include "preview/preview.h"
#include "site/build.h"
#include "site/config.h"
#include "site/session.h"
#include "site/site.h"

extern char **environ;

/* What is kept from one build to the next. */
struct serving {
	const struct settings *settings;
	str source;
	str base_path;
	struct arena arena; /* of base_path */
	bool built;         /* once at least */
	struct session *site;
	bool missed; /* changes that no build has seen */
	struct twin *twin; /* of the folders that are shown in turn */
};

static str below(const struct serving *s, str name, struct arena *a)
{
	return str_eq(s->source, STR(".")) ? name : path_join(s->source, name, a);
}

/* What gen.yaml says; false, and the standard, when it cannot be read: the build tells why. */
static bool read_config(const struct serving *s, struct config *out, struct arena *a)
{
	struct diags unsaid = { .arena = a };
	struct source src = { .path = STR("gen.yaml") };
	int error = file_read(below(s, src.path, a), 1000 * 1000, a, &src.text);

	if ((!error || error == ENOENT) &&
		config_read(&src, s->settings->base_url, out, a, &unsaid))
		return true;
	config_read(&(struct source){ .path = src.path }, (str){ 0 }, out, a, &unsaid);
	return false;
}

/* "https://example.org:8080" -> "example.org" */
static str host_of(str origin)
{
	ptrdiff_t slashes = str_find(origin, STR("//"));

	return str_cut(slashes < 0 ? origin : str_from(origin, (size_t)slashes + 2), ':').head;
}

static void plan(void *ctx, struct preview_plan *out, struct arena *a)
{
	struct serving *s = ctx;
	struct config config;
	str *skips = arena_array(a, str, 2), *roots;
	size_t shown_count;
	const str *shown = session_files(s->site, &shown_count, a);

	if (read_config(s, &config, a)) {
		arena_reset(&s->arena, 1024);
		s->base_path = str_copy(config.base_path, &s->arena);
	}
	roots = arena_array(a, str, 5 + shown_count);
	roots[0] = below(s, STR("gen.yaml"), a);
	roots[1] = below(s, STR("templates"), a);
	roots[2] = below(s, STR("static"), a);
	roots[3] = below(s, STR("data"), a);
	roots[4] = below(s, config.content, a);
	for (size_t i = 0; i < shown_count; i++)
		roots[5 + i] = shown[i];
	/* With `content: .` the published site is among the articles. */
	skips[0] = below(s, STR("site"), a);
	*out = (struct preview_plan){ .roots = roots,
		.root_count = 5 + shown_count,
		.skips = skips,
		.skip_count = 1,
		.base_path = s->base_path,
		.host = host_of(config.origin) };
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void tell_build(struct serving *s, const struct build_report *r, bool fine, double ms,
	const struct diags *d)
{
	report_diags(s->settings, d);
	if (!fine)
		fprintf(stderr, "gen: not built; %s\n",
			s->built ? "the pages stay as they were" : "waiting for the mend");
	else if (!s->settings->quiet && !r->fresh)
		printf("%zu pages in %.0f ms\n", r->pages, ms);
	fflush(stdout);
	s->built = s->built || fine;
}

/* The build is given another base URL, so that of gen.yaml is looked at here. */
static bool check_config(const struct serving *s, struct arena *a, struct diags *d)
{
	struct source *src = arena_new(a, struct source);
	struct config config;

	src->path = below(s, STR("gen.yaml"), a);
	/* One that cannot be read is for the build to tell. */
	if (file_read(src->path, 1000 * 1000, a, &src->text))
		return true;
	return config_read(src, s->settings->base_url, &config, a, d);
}

static bool make(void *ctx, str origin, str folder, const struct preview_changes *changes,
	struct arena *a, struct diags *d)
{
	struct serving *s = ctx;
	struct site_options options = site_options_from(s->settings);
	struct build_report report = { 0 };
	struct session_changes changed = {
		changes->all || s->missed, changes->paths, changes->count
	};
	double start = now_ms();
	bool later = session_has_more(s->site), fine;

	options.output = folder;
	/* Absolute links lead to the preview, below the path that the site will have. */
	options.base_url =
		str_printf(a, STR_FMT STR_FMT, STR_ARG(origin), STR_ARG(s->base_path));
	s->missed = !check_config(s, a, d);
	fine = !s->missed &&
	       session_build(s->site, &options, &changed, s->twin, &report, a, d);
	/* What was left for later is no news. */
	if (!later || !fine)
		tell_build(s, &report, fine, now_ms() - start, d);
	return fine;
}

static bool has_more(void *ctx)
{
	return session_has_more(((struct serving *)ctx)->site);
}

static void rest(void *ctx, str shown, str spare)
{
	struct serving *s = ctx;

	session_level(s->site, s->twin, shown, spare);
}

/* The user's browser, or what the desktop opens addresses with; its messages are not ours. */
static void open_browser(str url)
{
	struct arena a = { 0 };
	const char *wanted = getenv("BROWSER");
	const char *name = wanted && *wanted ? wanted : "xdg-open";
	char *argv[] = { (char *)name, (char *)str_cstr(url, &a), NULL };
	posix_spawn_file_actions_t files;
	pid_t child;
	int error;

	posix_spawn_file_actions_init(&files);
	for (int fd = 0; fd < 3; fd++)
		posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
	error = posix_spawnp(&child, name, &files, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	if (error)
		fprintf(stderr, "gen: cannot open a browser: %s: %s\n", name, strerror(error));
	arena_free(&a);
}

static void tell_ready(void *ctx, str url)
{
	struct serving *s = ctx;

	printf("The preview is at " STR_FMT "\n", STR_ARG(url));
	if (!s->settings->quiet)
		printf("It follows the sources; end it with Ctrl-C.\n");
	fflush(stdout);
	if (s->settings->open)
		open_browser(url);
}

/* -1: none was given. False, with a message, when it is no port. */
static bool read_port(str word, int *out)
{
	uint64_t n = 0;

	*out = -1;
	if (word.ptr && (!str_to_u64(word, &n) || n > 65535)) {
		fprintf(stderr,
			"gen serve: error: --port needs a number from 0 to 65535, not '" STR_FMT
			"'\n",
			STR_ARG(word));
		return false;
	}
	if (word.ptr)
		*out = (int)n;
	return true;
}

static enum exit_status run_serve(const struct settings *s)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct serving serving = { .settings = s,
		.source = s->source.len ? s->source : STR("."),
		.base_path = STR("/") };
	struct preview_options options = { .bind = s->bind,
		.no_reload = s->no_reload,
		.poll = s->poll,
		.strict = s->strict,
		.plan = plan,
		.make = make,
		.rest = rest,
		.more = has_more,
		.ready = tell_ready,
		.ctx = &serving };
	bool fine = read_port(s->port, &options.port);

	if (fine) {
		serving.source = path_clean(serving.source, &a);
		if (serving.source.len == 0)
			serving.source = STR(".");
		options.cache = below(&serving, STR(".cache/gen/preview"), &a);
		markdown_start();
		serving.site = session_open();
		serving.twin = twin_open();
		if (serving.site)
			session_put_off(serving.site);
		fine = serving.site && serving.twin && preview_run(&options, &d);
		report_diags(s, &d);
	}
	session_close(serving.site);
	twin_close(serving.twin);
	arena_free(&serving.arena);
	arena_free(&a);
	return fine ? EXIT_FINE : EXIT_USAGE;
}

static const struct option *const options[] = { &option_source, &option_base_url, &option_port,
	&option_bind, &option_open, &option_no_reload, &option_poll, &option_drafts,
	&option_future, &option_expired, &option_strict, &option_jobs, &option_quiet, NULL };

const struct command command_serve = {
	.name = "serve",
	.args = "",
	.summary = "show the site while it is written",
	.about = "Build the site into a folder of its own, serve it to browsers on this "
		 "machine, and build it again\n"
		 "whenever an article, template, data file or gen.yaml is saved. Pages that "
		 "are open follow, and what\n"
		 "is wrong is shown over the last good page. Nothing is written into site/.",
	.options = options,
	.run = run_serve,
};
