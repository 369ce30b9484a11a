/*
 * folder -- a temporary folder, and one run of an import into it.
 */
#ifndef TESTS_UNIT_IMPORT_FOLDER_H
#define TESTS_UNIT_IMPORT_FOLDER_H

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "import/import.h"

static struct arena a;
static str folder;
static struct import_report report;
static struct diags diags;

static inline void folder_open(void)
{
	char name[] = "/tmp/gen-import-XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(name));
	folder = str_copy(str_c(name), &a);
}

static inline void folder_close(void)
{
	tree_remove(folder);
	arena_reset(&a, 0);
}

static inline str folder_path(const char *name)
{
	return path_join(folder, str_c(name), &a);
}

static inline void folder_put(const char *name, const char *text)
{
	str path = folder_path(name);

	ck_assert_int_eq(folder_make(path_folder(path)), 0);
	ck_assert_int_eq(file_write_atomic(path, str_c(text)), 0);
}

static inline str folder_get(const char *name)
{
	str text = { 0 };

	ck_assert_msg(file_read(folder_path(name), 0, &a, &text) == 0, "there is no %s", name);
	return text;
}

static inline bool folder_import(enum import_kind kind, const char *name, struct import_options options)
{
	str path = folder_path(name);

	options.site = folder;
	diags = (struct diags){ .arena = &a };
	return import_run(kind, &path, 1, &options, &report, &a, &diags);
}

static inline void folder_check(const char *name, const char *expected)
{
	str found = folder_get(name);

	ck_assert_msg(str_eq(found, str_c(expected)), "%s\nfound:\n" STR_FMT "\nexpected:\n%s", name, STR_ARG(found),
		expected);
}

/* The first message, for a run that failed. */
static inline void folder_check_error(const char *part, int line)
{
	ck_assert_ptr_nonnull(diags.first);
	ck_assert_msg(str_find(diags.first->message, str_c(part)) >= 0, STR_FMT, STR_ARG(diags.first->message));
	ck_assert_int_eq(diags.first->line, line);
}

#endif
