/*
 * driver -- publishes generated sites, for the tests of publishing.
 *
 *     driver build FOLDER GENERATION PAGES [THREADS [SIZE]]
 *             publish; prints the report
 *     driver verify FOLDER GENERATION PAGES [SIZE]
 *             the site is exactly that generation
 *     driver mend FOLDER GENERATION PAGES [missing]
 *             after a kill: every page that is there is wholly of one generation, and none is
 *             missing, unless that is allowed; then build and verify
 *     driver read FOLDER PAGES SIZE SECONDS
 *             read until then or a signal: no page is ever partial, none is missing
 *     driver turns FOLDER PAGES SIZE COMMITS
 *             build B, A, B, A, ...
 *     driver hold FOLDER
 *             hold a stage open until standard input ends
 *     driver check FOLDER
 *             does the manifest hold?
 *     driver bench FOLDER PAGES THREADS SIZE
 *             times of a first, an unchanged and a wholly changed build
 *     driver floor FOLDER PAGES THREADS SIZE
 *             the same files with nothing but system calls
 *
 * A generation is a letter. Pages 0 to PAGES - 1 are in every generation; a tenth as many more,
 * and a name that is a file in one and a folder in the next, are only in their own.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/pool.h"
#include "output/manifest.h"
#include "output/stage.h"

struct site {
	struct stage *stage;
	const char *folder;
	char generation;
	size_t pages, size;
};

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

static void page_path(size_t n, char out[64])
{
	if (n % 50 == 49)
		snprintf(out, 64, "assets/%zu.css", n);
	else
		snprintf(out, 64, "s%zu/page-%zu/index.html", n % 13, n);
}

/* Every third page is the same in all generations; the others tell theirs in every line. */
static str page_text(size_t n, char generation, size_t size, char *room)
{
	size_t at = 0;

	/* Lengths differ too, so that a mixture cannot pass by chance. */
	size += n % 3 == 0 ? 0 : (size_t)(generation - 'A') * 7;
	while (at + 64 < size)
		at += (size_t)sprintf(room + at, "<p>page %zu of generation %c at %zu</p>\n", n,
			n % 3 == 0 ? '-' : generation, at);
	while (at < size)
		room[at++] = '.';
	return str_new(room, at);
}

static void put_page(void *ctx, size_t n, int worker)
{
	const struct site *s = ctx;
	char *room = malloc(s->size + 512);
	char path[64];

	(void)worker;
	page_path(n, path);
	stage_put(s->stage, str_c(path), page_text(n, s->generation, s->size, room));
	free(room);
}

/* What only this generation has. */
static void put_own(const struct site *s)
{
	char path[64];

	for (size_t n = 0; n < s->pages / 10 + 1; n++) {
		snprintf(path, sizeof(path), "only-%c/%zu.html", s->generation, n);
		stage_put(s->stage, str_c(path), STR("own"));
	}
	stage_put(s->stage, s->generation % 2 ? STR("shape") : STR("shape/index.html"),
		STR("shape"));
}

static void print_diags(const struct diags *d)
{
	struct buf out = { 0 };

	diags_print(d, &(struct diag_style){ 0 }, &out);
	if (out.len)
		fwrite(out.ptr, 1, out.len, stderr);
	buf_free(&out);
}

static int build(struct site *s, int threads, struct stage_report *report)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	int status = 1;

	s->stage = stage_open(str_c(s->folder), &(struct stage_options){ 0 }, &a, &d);
	if (s->stage) {
		pool_each(threads, s->pages, put_page, s);
		put_own(s);
		status = stage_commit(s->stage, STR("note of the driver"), report, &d) ? 0 : 1;
	}
	print_diags(&d);
	arena_free(&a);
	return status;
}

static bool complain(const char *path, const char *what)
{
	fprintf(stderr, "%s: %s\n", path, what);
	return false;
}

/*
 * Read a page; its text must be of one generation. 0 when it is not there, '?' when it is
 * broken.
 */
static char page_generation(
	const char *folder, size_t n, size_t size, char *room, struct buf *text)
{
	char path[64], whole[512];

	page_path(n, path);
	snprintf(whole, sizeof(whole), "%s/%s", folder, path);
	if (file_read_buf(str_c(whole), 0, text, NULL))
		return 0;
	for (char g = 'A'; g <= 'B'; g++)
		if (str_eq(buf_str(text), page_text(n, g, size, room)))
			return g;
	complain(whole, "is neither of one generation nor of the other");
	return '?';
}

enum { ALLOW_MISSING = 1, EXACT = 2 };

static bool check_pages(const struct site *s, int how)
{
	char *room = malloc(s->size + 512);
	struct buf text = { 0 };
	bool ok = true;

	for (size_t n = 0; n < s->pages; n++) {
		char g = page_generation(s->folder, n, s->size, room, &text);
		char path[64];

		page_path(n, path);
		if (g == '?')
			ok = false;
		else if (!g && !(how & ALLOW_MISSING))
			ok = complain(path, "is missing");
		else if (g && (how & EXACT) && n % 3 && g != s->generation)
			ok = complain(path, "is of the wrong generation");
	}
	free(room);
	buf_free(&text);
	return ok;
}

static size_t found;

static int count_file(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)path;
	(void)st;
	(void)at;
	found += kind != FTW_D;
	return 0;
}

/* Exactly these files, hidden ones too, and nothing left beside the folder. */
static bool check_count(const struct site *s)
{
	size_t want = s->pages + s->pages / 10 + 1 + 1 + 1;
	const char *name = strrchr(s->folder, '/');
	char beside[600];
	struct stat st;

	found = 0;
	nftw(s->folder, count_file, 16, FTW_PHYS);
	if (found != want) {
		fprintf(stderr, "%s: %zu files instead of %zu\n", s->folder, found, want);
		return false;
	}
	snprintf(beside, sizeof(beside), "%.*s/.%s.gen-stage", (int)(name - s->folder),
		s->folder, name + 1);
	return lstat(beside, &st) == 0 ? complain(beside, "is left") : true;
}

static int check_manifest(const char *folder)
{
	struct arena a = { 0 };
	struct manifest m;
	bool ok = manifest_read(str_c(folder), &a, &m) == 0 &&
		  str_eq(m.note, STR("note of the driver")) &&
		  manifest_holds(str_c(folder), &m, 2);

	arena_free(&a);
	return ok ? 0 : 1;
}

static int verify(const struct site *s)
{
	if (check_pages(s, EXACT) && check_count(s) && check_manifest(s->folder) == 0)
		return 0;
	return 1;
}

static int mend(struct site *s, bool allow_missing)
{
	struct stage_report r;

	if (!check_pages(s, allow_missing ? ALLOW_MISSING : 0))
		return 1;
	return build(s, 1, &r) == 0 && verify(s) == 0 ? 0 : 1;
}

static int read_on(const struct site *s, long seconds)
{
	char *room = malloc(s->size + 512);
	struct buf text = { 0 };
	time_t end = time(NULL) + seconds;
	size_t reads = 0;
	int status = 0;

	while (!stopped && time(NULL) < end && status == 0)
		for (size_t n = 0; n < s->pages && status == 0; n++, reads++) {
			char g = page_generation(s->folder, n, s->size, room, &text);

			if (g == 0)
				fprintf(stderr, "page %zu is missing\n", n);
			status = g == 0 || g == '?';
		}
	printf("%zu reads\n", reads);
	free(room);
	buf_free(&text);
	return status;
}

static int hold(const char *folder)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct stage *s = stage_open(str_c(folder), &(struct stage_options){ 0 }, &a, &d);

	print_diags(&d);
	if (s) {
		stage_put(s, STR("index.html"), STR("held"));
		puts("held");
		fflush(stdout);
		while (getchar() != EOF)
			;
		stage_abort(s);
	}
	arena_free(&a);
	return s ? 0 : 1;
}

static int take_turns(struct site *s, size_t commits)
{
	struct stage_report r;
	int status = 0;

	for (size_t i = 0; i < commits && status == 0; i++) {
		s->generation = i % 2 ? 'A' : 'B';
		status = build(s, 2, &r);
	}
	return status;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Pages for measuring: one folder each, the text made once. */
static str bench_text;

static void put_bench(void *ctx, size_t n, int worker)
{
	char path[64];

	(void)worker;
	snprintf(path, sizeof(path), "page-%zu/index.html", n);
	stage_put(((struct site *)ctx)->stage, str_c(path), bench_text);
}

static void floor_page(void *ctx, size_t n, int worker)
{
	char path[600];
	int fd;

	(void)worker;
	snprintf(path, sizeof(path), "%s/page-%zu", ((struct site *)ctx)->folder, n);
	if (mkdir(path, 0777))
		perror(path);
	strcat(path, "/index.html");
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
	if (fd < 0 || write(fd, bench_text.ptr, bench_text.len) < 0 || close(fd))
		perror(path);
}

static int bench(struct site *s, int threads)
{
	struct stage_report r;

	for (int round = 0; round < 3; round++) {
		struct arena a = { 0 };
		struct diags d = { .arena = &a };
		double start = now(), put, end;

		if (round == 2)
			((char *)bench_text.ptr)[0]++;
		s->stage = stage_open(str_c(s->folder), &(struct stage_options){ 0 }, &a, &d);
		if (!s->stage)
			return 1;
		pool_each(threads, s->pages, put_bench, s);
		put = now();
		if (!stage_commit(s->stage, STR("note of the driver"), &r, &d))
			return 1;
		end = now();
		printf("%s: %.1f ms (puts %.1f, commit %.1f), %zu written, %zu unchanged\n",
			round == 0   ? "first"
			: round == 1 ? "unchanged"
				     : "all changed",
			(end - start) * 1e3, (put - start) * 1e3, (end - put) * 1e3, r.written,
			r.unchanged);
		arena_free(&a);
	}
	struct arena a = { 0 };
	struct manifest m;
	double start = now(), read;
	bool holds;

	if (manifest_read(str_c(s->folder), &a, &m))
		return 1;
	read = now();
	holds = manifest_holds(str_c(s->folder), &m, threads);
	printf("manifest: read %.2f ms, holds %.2f ms (%s), %zu files\n", (read - start) * 1e3,
		(now() - read) * 1e3, holds ? "yes" : "no", m.count);
	arena_free(&a);
	return 0;
}

static int measure(struct site *s, const char *what, int threads)
{
	char *text = malloc(s->size);
	int status = 0;
	double start;

	memset(text, 'x', s->size);
	bench_text = str_new(text, s->size);
	start = now();
	if (strcmp(what, "bench") == 0) {
		status = bench(s, threads);
	} else {
		mkdir(s->folder, 0777);
		pool_each(threads, s->pages, floor_page, s);
		printf("floor: %.1f ms\n", (now() - start) * 1e3);
	}
	free(text);
	return status;
}

static size_t number(char **argv, int argc, int i, size_t otherwise)
{
	return i < argc ? (size_t)strtoul(argv[i], NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
	const char *what = argc > 2 ? argv[1] : "";
	struct site s = { .folder = argc > 2 ? argv[2] : "" };
	struct stage_report r;
	int status;

	signal(SIGTERM, stop);
	s.generation = argc > 3 ? argv[3][0] : 'A';
	if (strcmp(what, "build") == 0) {
		s.pages = number(argv, argc, 4, 100);
		s.size = number(argv, argc, 6, 2000);
		status = build(&s, (int)number(argv, argc, 5, 2), &r);
		if (status == 0)
			printf("%zu written, %zu unchanged, %zu removed\n", r.written,
				r.unchanged, r.removed);
		return status;
	}
	if (strcmp(what, "verify") == 0) {
		s.pages = number(argv, argc, 4, 100);
		s.size = number(argv, argc, 5, 2000);
		return verify(&s);
	}
	if (strcmp(what, "mend") == 0) {
		s.pages = number(argv, argc, 4, 100);
		s.size = 2000;
		return mend(&s, argc > 5 && strcmp(argv[5], "missing") == 0);
	}
	if (strcmp(what, "hold") == 0)
		return hold(s.folder);
	if (strcmp(what, "check") == 0)
		return check_manifest(s.folder);
	s.pages = number(argv, argc, 3, 100);
	s.size = number(argv, argc, 4, 2000);
	if (strcmp(what, "read") == 0)
		return read_on(&s, (long)number(argv, argc, 5, 10));
	if (strcmp(what, "turns") == 0)
		return take_turns(&s, number(argv, argc, 5, 2));
	if (strcmp(what, "bench") == 0 || strcmp(what, "floor") == 0) {
		s.size = number(argv, argc, 5, 12000);
		return measure(&s, what, (int)number(argv, argc, 4, 2));
	}
	fprintf(stderr, "see the top of driver.c\n");
	return 2;
}
