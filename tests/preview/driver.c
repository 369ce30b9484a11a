/*
 * driver -- a preview of plain files, for the tests: what it serves is a copy of a folder.
 *
 *     preview_driver SOURCE CACHE [key=number...] [base=/a/b/] [host=NAME] [bind=ADDRESS]
 *
 * While SOURCE/FAIL is there, making fails with a message at the file's first line.  A line
 * "delay=N" in SOURCE/DELAY makes it take N ms longer.  Lines on stdout: "ready URL", then
 * "made" or "failed" for each making.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "preview/preview.h"

struct driver {
	str source, base, host;
};

struct number {
	const char *name;
	size_t at;
};

static const struct number numbers[] = {
	{ "port", offsetof(struct preview_options, port) },
	{ "connections", offsetof(struct preview_options, limits.connections) },
	{ "per_address", offsetof(struct preview_options, limits.per_address) },
	{ "streams", offsetof(struct preview_options, limits.streams) },
	{ "head_ms", offsetof(struct preview_options, limits.head_ms) },
	{ "idle_ms", offsetof(struct preview_options, limits.idle_ms) },
	{ "stall_ms", offsetof(struct preview_options, limits.stall_ms) },
	{ "answer_ms", offsetof(struct preview_options, limits.answer_ms) },
	{ "rate", offsetof(struct preview_options, limits.rate) },
	{ "beat_ms", offsetof(struct preview_options, limits.beat_ms) },
};

static void plan(void *ctx, struct preview_plan *out, struct arena *a)
{
	struct driver *d = ctx;
	str *root = arena_new(a, str);

	*root = d->source;
	*out = (struct preview_plan){
		.roots = root, .root_count = 1, .base_path = d->base, .host = d->host
	};
}

static bool has_failed(const struct driver *d, struct arena *a, struct diags *diags)
{
	struct source src = { .path = path_join(d->source, STR("FAIL"), a) };

	if (file_read(src.path, 0, a, &src.text))
		return false;
	diag_error(diags, (loc){ &src, 1, 1 }, "test", "told to fail <b>&");
	diag_help(diags, "remove the file");
	return true;
}

static void wait_a_little(const struct driver *d, struct arena *a)
{
	str text;

	if (file_read(path_join(d->source, STR("DELAY"), a), 0, a, &text) == 0)
		usleep((useconds_t)atoi(text.ptr) * 1000);
}

static bool make(void *ctx, str origin, str folder, const struct preview_changes *changes,
	struct arena *a, struct diags *diags)
{
	struct driver *d = ctx;
	str command =
		str_printf(a, "cp -a '%.*s/.' '%.*s'", STR_ARG(d->source), STR_ARG(folder));
	bool fine = !has_failed(d, a, diags);

	(void)origin;
	(void)changes;
	wait_a_little(d, a);
	if (fine)
		fine = tree_remove(folder) == 0 && folder_make(folder) == 0 &&
		       system(command.ptr) == 0;
	printf("%s\n", fine ? "made" : "failed");
	fflush(stdout);
	return fine;
}

static void ready(void *ctx, str url)
{
	(void)ctx;
	printf("ready " STR_FMT "\n", STR_ARG(url));
	fflush(stdout);
}

static bool take_word(const char *word, struct preview_options *o, struct driver *d)
{
	struct str_pair cut = str_cut(str_c(word), '=');

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (str_eq(cut.head, str_c(numbers[i].name))) {
			*(int *)((char *)o + numbers[i].at) = atoi(cut.tail.ptr);
			return true;
		}
	if (str_eq(cut.head, STR("base")))
		d->base = cut.tail;
	else if (str_eq(cut.head, STR("host")))
		d->host = cut.tail;
	else if (str_eq(cut.head, STR("bind")))
		o->bind = cut.tail;
	else
		return false;
	return true;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct diags diags = { .arena = &a };
	struct driver d = { .base = STR("/") };
	struct preview_options o = { .plan = plan, .make = make, .ready = ready, .ctx = &d };
	bool fine = argc >= 3;

	for (int i = 3; i < argc; i++)
		fine = take_word(argv[i], &o, &d) && fine;
	if (!fine) {
		fprintf(stderr, "usage: preview_driver SOURCE CACHE [key=value...]\n");
		return 2;
	}
	d.source = str_c(argv[1]);
	o.cache = str_c(argv[2]);
	fine = preview_run(&o, &diags);
	if (diags.first)
		fprintf(stderr, STR_FMT "\n", STR_ARG(diags.first->message));
	arena_free(&a);
	return fine ? 0 : 1;
}
