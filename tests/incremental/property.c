/*
 * property -- after each of many random edits, what a session makes of the changes equals a build of all:
 * byte for byte, message for message.
 *
 *     incremental_property [steps [seed]]      or GEN_STEPS, GEN_SEED
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/path.h"
#include "markdown/markdown.h"
#include "output/twin.h"
#include "site/build.h"
#include "site/site.h"
#include "world.h"

enum { STEPS = 400 };

struct run {
	struct world world;
	struct session *session;
	struct twin *twin;
	int spare;   /* of a and b */
	bool missed; /* the paths of the last changes are not known to the session */
	unsigned built, failed;
};

static str print(const struct diags *d, struct arena *a)
{
	struct diag_style style = { 0 };
	struct buf out = { .arena = a };

	diags_print(d, &style, &out);
	return buf_str(&out);
}

static struct site_options options_of(struct run *r, const char *output)
{
	return (struct site_options){ .source = str_c(place(&r->world, "site")),
		.output = str_c(place(&r->world, output)),
		.jobs = 2,
		.base_url = STR("http://127.0.0.1:1313/") };
}

static bool build_all(struct run *r, str *said)
{
	struct world *w = &r->world;
	struct site_options o = options_of(r, "clean");
	struct diags d = { .arena = &w->arena };
	struct build_report report;
	bool fine;

	tree_remove(o.output);
	o.rebuild = true;
	fine = site_build(&o, &report, &w->arena, &d);
	*said = print(&d, &w->arena);
	return fine;
}

static str shown(struct run *r)
{
	return str_c(place(&r->world, r->spare ? "a" : "b"));
}

/* What was put off: the same messages again, and then nothing is left. */
static bool build_rest(struct run *r, str said)
{
	struct world *w = &r->world;
	struct site_options o = options_of(r, r->spare ? "b" : "a");
	const struct session_changes none = { 0 };
	struct diags d = { .arena = &w->arena };
	struct build_report report;
	bool fine;

	session_level(r->session, r->twin, shown(r), str_c(place(w, r->spare ? "b" : "a")));
	fine = session_build(r->session, &o, &none, r->twin, &report, &w->arena, &d);
	r->spare = !r->spare;
	return fine && str_eq(print(&d, &w->arena), said) && !session_has_more(r->session);
}

static bool build_changes(struct run *r, str *said)
{
	struct world *w = &r->world;
	struct site_options o = options_of(r, r->spare ? "b" : "a");
	struct session_changes changes = { .all = w->all || pick(w, 12) == 0 };
	str paths[CHANGES_MOST];
	struct diags d = { .arena = &w->arena };
	struct build_report report;
	bool fine;

	for (size_t i = 0; i < w->change_count; i++)
		paths[i] = str_c(w->changed[i]);
	changes.paths = paths;
	changes.count = w->change_count;
	fine = session_build(r->session, &o, &changes, r->twin, &report, &w->arena, &d);
	if (fine)
		r->spare = !r->spare;
	*said = print(&d, &w->arena);
	return fine && (!session_has_more(r->session) || build_rest(r, *said));
}

static bool fail(struct run *r, unsigned step, const char *what)
{
	fprintf(stderr, "step %u (%s): %s\nthe site is in %s\n", step, r->world.what, what, r->world.folder);
	return false;
}

static bool check_step(struct run *r, unsigned step)
{
	struct world *w = &r->world;
	str said, clean_said;
	bool fine = build_changes(r, &said), clean = build_all(r, &clean_said);
	struct file_info info;

	r->built += clean;
	r->failed += !clean;
	w->failing = clean ? 0 : w->failing + 1;
	if (!str_eq(said, clean_said)) {
		fprintf(stderr, "the session says:\n" STR_FMT "a build of all says:\n" STR_FMT, STR_ARG(said),
			STR_ARG(clean_said));
		return fail(r, step, "the messages differ");
	}
	if (fine != clean)
		return fail(r, step, "only one of them was built");
	if (fine && !is_same_tree(w, shown(r), str_c(place(w, "clean"))))
		return fail(r, step, "the trees differ");
	if (r->built == 0)
		return true;
	session_level(r->session, r->twin, shown(r), str_c(place(w, r->spare ? "b" : "a")));
	if (fine && file_stat(str_c(place(w, r->spare ? "b" : "a")), &info) == 0 &&
		!is_same_tree(w, str_c(place(w, r->spare ? "b" : "a")), shown(r)))
		return fail(r, step, "the two folders differ");
	return true;
}

static void start(struct run *r, uint64_t seed)
{
	struct world *w = &r->world;

	*r = (struct run){ .world = { .random = seed * 2654435761u + 88172645463325252u, .now = 1772366400 } };
	/* In memory where that can be: a build waits for the disk. */
	snprintf(w->folder, sizeof(w->folder), "%s/gen-incremental-XXXXXX",
		getenv("TMPDIR")		 ? getenv("TMPDIR")
		: access("/dev/shm", W_OK) == 0 ? "/dev/shm"
						 : "/tmp");
	if (!mkdtemp(w->folder)) {
		perror(w->folder);
		exit(1);
	}
	r->session = session_open();
	r->twin = twin_open();
}

static unsigned number(const char *word, const char *name, unsigned otherwise)
{
	const char *value = word ? word : getenv(name);

	return value && *value ? (unsigned)strtoul(value, NULL, 10) : otherwise;
}

static void set_now(struct world *w)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", (long long)w->now);
	setenv("SOURCE_DATE_EPOCH", text, 1);
}

int main(int argc, char **argv)
{
	unsigned steps = number(argc > 1 ? argv[1] : NULL, "GEN_STEPS", STEPS);
	unsigned seed = number(argc > 2 ? argv[2] : NULL, "GEN_SEED", 1);
	struct run r;
	bool fine = true;

	markdown_start();
	start(&r, seed);
	world_start(&r.world);
	for (unsigned step = 0; step < steps && fine; step++) {
		if (step)
			world_edit(&r.world);
		if (getenv("GEN_VERBOSE"))
			fprintf(stderr, "%u: %s\n", step, r.world.what);
		set_now(&r.world);
		if (step == steps / 2)
			session_put_off(r.session);
		fine = check_step(&r, step);
		arena_reset(&r.world.arena, 1 << 20);
		r.world.change_count = 0;
		r.world.all = false;
		r.world.what[0] = '\0';
	}
	session_close(r.session);
	twin_close(r.twin);
	printf("%u steps, %u built, %u with errors, seed %u\n", steps, r.built, r.failed, seed);
	if (fine)
		tree_remove(str_c(r.world.folder));
	arena_free(&r.world.arena);
	return fine && r.built > r.failed ? 0 : 1;
}
