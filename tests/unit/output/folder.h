/*
 * folder -- a scratch folder for a test, and short words for what is in it.
 *
 * Names are below the scratch folder; the site of a test is usually "site".
 */
#ifndef TESTS_UNIT_OUTPUT_FOLDER_H
#define TESTS_UNIT_OUTPUT_FOLDER_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "output/manifest.h"
#include "output/stage.h"
#include "unit/suite.h"

struct scratch {
	char root[64];
	struct arena arena;
	struct diags diags;
};

static inline void scratch_open(struct scratch *t)
{
	*t = (struct scratch){ .root = "/tmp/gen-output-XXXXXX" };
	ck_assert_ptr_nonnull(mkdtemp(t->root));
	t->diags.arena = &t->arena;
}

static inline void scratch_close(struct scratch *t)
{
	tree_remove(str_c(t->root));
	arena_free(&t->arena);
}

static inline const char *at(struct scratch *t, const char *name)
{
	return str_printf(&t->arena, "%s/%s", t->root, name).ptr;
}

/* What a user does by hand. */
static inline void user_writes(struct scratch *t, const char *name, const char *bytes)
{
	const char *path = at(t, name);

	ck_assert_int_eq(folder_make(str_new(path, (size_t)(strrchr(path, '/') - path))), 0);
	ck_assert_int_eq(file_write_atomic(str_c(path), str_c(bytes)), 0);
}

/* The text of a file, or null. */
static inline const char *text_of(struct scratch *t, const char *name)
{
	str text;

	return file_read(str_c(at(t, name)), 0, &t->arena, &text) ? NULL : text.ptr;
}

static inline bool is_there(struct scratch *t, const char *name)
{
	struct stat st;

	return lstat(at(t, name), &st) == 0;
}

static inline ino_t inode_of(struct scratch *t, const char *name)
{
	struct stat st;

	ck_assert_int_eq(lstat(at(t, name), &st), 0);
	return st.st_ino;
}

static inline struct stage *begin_with(
	struct scratch *t, const char *name, struct stage_options o)
{
	return stage_open(str_c(at(t, name)), &o, &t->arena, &t->diags);
}

static inline struct stage *begin(struct scratch *t)
{
	struct stage *s = begin_with(t, "site", (struct stage_options){ 0 });

	ck_assert_ptr_nonnull(s);
	return s;
}

static inline void put(struct stage *s, const char *path, const char *bytes)
{
	stage_put(s, str_c(path), str_c(bytes));
}

static inline struct stage_report commit(struct scratch *t, struct stage *s)
{
	struct stage_report report;
	struct buf text = { .arena = &t->arena };

	if (stage_commit(s, STR("note"), &report, &t->diags))
		return report;
	diags_print(&t->diags, &(struct diag_style){ 0 }, &text);
	buf_char(&text, '\0');
	ck_abort_msg("not committed: %s", text.ptr);
	return report;
}

/* Build a site of pages: path, text, ..., null. */
static inline struct stage_report build(struct scratch *t, const char *const *pages)
{
	struct stage *s = begin(t);

	for (; *pages; pages += 2)
		put(s, pages[0], pages[1]);
	return commit(t, s);
}

#define PAGES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static inline bool is_said(struct scratch *t, const char *words)
{
	for (const struct diag *d = t->diags.first; d; d = d->next)
		if (str_find(d->message, str_c(words)) >= 0 ||
			str_find(d->help, str_c(words)) >= 0)
			return true;
	return false;
}

/* The commit fails, saying `words`. */
static inline void refuse(struct scratch *t, struct stage *s, const char *words)
{
	struct stage_report report;

	ck_assert(!stage_commit(s, STR("note"), &report, &t->diags));
	ck_assert_msg(is_said(t, words), "\"%s\" was not said, but \"%s\"", words,
		t->diags.first ? t->diags.first->message.ptr : "nothing");
}

/* Every name below the scratch folder, sorted, hidden ones too. */
static inline const char *listing(struct scratch *t)
{
	struct buf out = { .arena = &t->arena };
	char command[128], line[512];
	FILE *f;

	snprintf(command, sizeof(command), "cd %s && find . -mindepth 1 | LC_ALL=C sort",
		t->root);
	f = popen(command, "r");
	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof(line), f))
		buf_add(&out, str_c(line + 2));
	pclose(f);
	buf_char(&out, '\0');
	return out.ptr;
}

#endif
