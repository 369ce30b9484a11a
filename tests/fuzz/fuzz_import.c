#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"
#include "data/yaml.h"
#include "import/import.h"

/*
 * A file of any kind of export, as the first byte says. Whatever is in it: what is written is UTF-8, its front matter
 * can be read, and importing the same again changes nothing.
 */
static char root[64];

static const struct {
	enum import_kind kind;
	const char *name;
} kinds[] = { { IMPORT_WORDPRESS, "posts.json" }, { IMPORT_WORDPRESS, "export.xml" },
	{ IMPORT_JEKYLL, "2020-01-02-post.md" }, { IMPORT_JEKYLL, "page.html" }, { IMPORT_HUGO, "post.md" },
	{ IMPORT_HUGO, "index.html" }, { IMPORT_TEXT, "notes.txt" } };

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), REPAIR = 16 };

static void remove_root(void)
{
	tree_remove(str_c(root));
}

static void make_root(void)
{
	snprintf(root, sizeof(root), "%s/gen-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (!mkdtemp(root))
		abort();
	atexit(remove_root);
}

static void fail(const char *what, str path, str text)
{
	fprintf(stderr, "%s: " STR_FMT "\n" STR_FMT "\n", what, STR_ARG(path), STR_ARG(text));
	abort();
}

static void check_article(str path, struct arena *a)
{
	struct diags d = { .arena = a };
	struct source src = { path, { 0 } };
	struct value head;
	ptrdiff_t end;

	if (file_read(path, 0, a, &src.text) != 0)
		fail("cannot be read", path, (str){ 0 });
	if (!str_ends(path, STR(".md")))
		return;
	end = str_find(src.text, STR("\n---\n"));
	if (!str_starts(src.text, STR("---\n")) || end < 0)
		fail("has no front matter", path, src.text);
	if (utf8_invalid(src.text) >= 0)
		fail("is no UTF-8", path, src.text);
	if (!yaml_read(&src, str_sub(src.text, 4, (size_t)end + 1), 2, NULL, &head, a, &d))
		fail("has a front matter that cannot be read", path, src.text);
}

static void import_twice(int choice, bool repair, struct arena *a)
{
	str input = str_printf(a, "%s/%s", root, kinds[choice].name);
	struct import_options options = { .site = str_c(root), .repair_encoding = repair };
	struct diags d = { .arena = a };
	struct import_report report;

	import_run(kinds[choice].kind, &input, 1, &options, &report, a, &d);
	for (const struct import_file *f = report.first; f; f = f->next)
		if (f->state == IMPORT_WRITTEN)
			check_article(path_join(str_c(root), f->path, a), a);
	import_run(kinds[choice].kind, &input, 1, &options, &report, a, &d);
	for (const struct import_file *f = report.first; f; f = f->next)
		if (f->state == IMPORT_WRITTEN || f->state == IMPORT_REPLACED || f->state == IMPORT_REFUSED)
			fail("is not the same the second time", f->path, (str){ 0 });
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct arena a;
	int choice;
	str input;

	if (size == 0)
		return 0;
	if (!*root)
		make_root();
	choice = (data[0] & 15) % KINDS;
	input = str_printf(&a, "%s/%s", root, kinds[choice].name);
	if (file_write_atomic(input, str_new((const char *)data + 1, size - 1)) != 0)
		abort();
	import_twice(choice, (data[0] & REPAIR) != 0, &a);
	tree_remove(str_printf(&a, "%s/content", root));
	arena_reset(&a, 1 << 20);
	return 0;
}
