#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"
#include "cmd/commands.h"
#include "cmd/hello.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "highlight/registry.h"

enum { LANGUAGES_MAX = 8, SLUG_MAX = 80 };

/* What a scaffold compares. */
struct subjects {
	str names[LANGUAGES_MAX], slugs[LANGUAGES_MAX];
	const struct language *languages[LANGUAGES_MAX]; /* null for what is none: a framework, a database */
	size_t count;
};

static bool fail(const char *what, str path, int error)
{
	fprintf(stderr, "gen new: error: %s " STR_FMT ": %s\n", what, STR_ARG(path), strerror(error));
	return false;
}

/* What a scaffold compares must have an address each, and each another. */
static bool add_subject(str name, struct subjects *out, struct arena *a)
{
	const struct language *l = registry_compared(NULL, name);
	str slug = l ? l->slug : slug_from(name, a);

	if (slug.len == 0) {
		fprintf(stderr, "gen new: error: '" STR_FMT "' has no letter or digit to make an address of\n", STR_ARG(name));
		return false;
	}
	for (size_t i = 0; i < out->count; i++) {
		if (!str_eq(out->slugs[i], slug))
			continue;
		fprintf(stderr, "gen new: error: '" STR_FMT "' is there twice\n", STR_ARG(name));
		return false;
	}
	out->languages[out->count] = l;
	out->slugs[out->count] = slug;
	out->names[out->count++] = l ? l->name : name;
	return true;
}

static bool read_subjects(str list, struct subjects *out, struct arena *a)
{
	*out = (struct subjects){ .count = 0 };
	if (list.len == 0)
		list = STR("go,python");
	while (list.len) {
		struct str_pair cut = str_cut(list, ',');
		str name = str_trim(cut.head);

		list = cut.tail;
		if (name.len == 0)
			continue;
		if (out->count == LANGUAGES_MAX) {
			fprintf(stderr, "gen new: error: more than %d languages in one comparison\n", LANGUAGES_MAX);
			return false;
		}
		if (!add_subject(name, out, a))
			return false;
	}
	if (out->count >= 2)
		return true;
	fprintf(stderr, "gen new: error: a comparison needs two languages or more: --languages go,rust\n");
	return false;
}

static void write_names(const struct subjects *s, const char *between, struct buf *out)
{
	for (size_t i = 0; i < s->count; i++) {
		if (i)
			buf_add(out, str_c(between));
		buf_add(out, s->names[i]);
	}
}

/* As it is, or a number, a truth or nothing to YAML? */
static bool is_plain(str name)
{
	static const char *const values[] = { "true", "false", "null" };
	bool blank = false;

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (str_eq_nocase(name, str_c(values[i])))
			return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		/* Behind a blank '#' begins a comment. */
		if (!letter && (i == 0 || (c == '#' && blank) ||
				       !((c >= '0' && c <= '9') || c == '+' || c == '#' || c == '.' || c == '-' || c == ' ')))
			return false;
		blank = c == ' ';
	}
	return true;
}

/* In a YAML list; a name with other signs than those of languages is quoted. */
static void write_list(const struct subjects *s, struct buf *out)
{
	for (size_t i = 0; i < s->count; i++) {
		buf_add(out, i ? STR(", ") : STR("["));
		if (is_plain(s->names[i]))
			buf_add(out, s->names[i]);
		else
			buf_json(out, s->names[i]);
	}
	BUF_LIT(out, "]");
}

/* A double-quoted YAML scalar takes JSON's escapes. */
static void write_front_matter(str title, const struct subjects *s, bool draft, struct buf *out)
{
	struct date today = date_at(date_now(), 0);

	BUF_LIT(out, "---\ntitle: ");
	buf_json(out, title);
	BUF_LIT(out, "\ndescription: What is compared, for whom, in one sentence.\ndate: ");
	buf_printf(out, "%04d-%02d-%02d\ntags: ", today.year, today.month, today.day);
	write_list(s, out);
	BUF_LIT(out, "\nlanguages: ");
	write_list(s, out);
	BUF_LIT(out, "\n");
	if (draft)
		BUF_LIT(out, "draft: true\n");
	BUF_LIT(out, "---\n\nWho has to choose, and what the choice depends on.\n\n");
}

static void write_table(const struct subjects *s, struct buf *out)
{
	static const char *const criteria[] = { "Speed", "Memory", "Time to learn" };

	BUF_LIT(out, "## Criteria\n\n| Criterion |");
	for (size_t i = 0; i < s->count; i++)
		buf_printf(out, " " STR_FMT " |", STR_ARG(s->names[i]));
	BUF_LIT(out, "\n|---|");
	for (size_t i = 0; i < s->count; i++)
		BUF_LIT(out, "---|");
	for (size_t row = 0; row < 3; row++) {
		buf_printf(out, "\n| %s |", criteria[row]);
		for (size_t i = 0; i < s->count; i++)
			BUF_LIT(out, " - |");
	}
	BUF_LIT(out, "\n\n");
}

static void write_matrix(const struct subjects *s, struct buf *out)
{
	BUF_LIT(out, "## When to choose which\n\n```matrix\ntitle: When to choose which\noptions: ");
	write_list(s, out);
	BUF_LIT(out, "\nscale: {3: Excellent, 2: Good, 1: Adequate}\nrows:\n");
	for (int row = 1; row <= 2; row++) {
		buf_printf(out, "  - {scenario: Scenario %d, scores: [", row);
		for (size_t i = 0; i < s->count; i++)
			buf_printf(out, "%s%d", i ? ", " : "", (int)i == row - 1 ? 3 : 2);
		BUF_LIT(out, "]}\n");
	}
	BUF_LIT(out, "```\n\n");
}

static void write_programs(const struct subjects *s, struct buf *out)
{
	BUF_LIT(out, "## Side by side\n\n");
	for (size_t i = 0; i < s->count; i++) {
		const struct language *l = s->languages[i];
		str code = l ? hello_program(l->slug) : (str){ 0 };

		if (code.len)
			buf_printf(out, "```" STR_FMT " run id=hello-" STR_FMT " pair=hello\n" STR_FMT "```\n\n",
				STR_ARG(l->slug), STR_ARG(l->slug), STR_ARG(code));
	}
}

static bool write_article(str path, str title, const struct subjects *s, bool draft, bool force)
{
	struct file_info info;
	struct buf out = { 0 };
	int error = file_stat(path, &info);

	if (!error && info.kind != FILE_NONE && !force) {
		fprintf(stderr, "gen new: error: " STR_FMT " is there already\n", STR_ARG(path));
		fprintf(stderr, "    help: choose another title, or replace the file with --force\n");
		return false;
	}
	write_front_matter(title, s, draft, &out);
	write_table(s, &out);
	write_matrix(s, &out);
	write_programs(s, &out);
	error = folder_make(path_folder(path));
	if (!error)
		error = file_write_atomic(path, buf_str(&out));
	buf_free(&out);
	return error ? fail("cannot write", path, error) : true;
}

/* Names that are taken: content/index.md is the home page, and the site has lists of its own. */
static bool is_taken(str slug)
{
	return str_eq(slug, STR("index")) || str_eq(slug, STR("tags")) || str_eq(slug, STR("archive"));
}

/* A file's name is no place for a long sentence: whole words of it, cut where a '-' stands. */
static str file_slug(str title, struct arena *a)
{
	str slug = slug_from(title, a);
	size_t end = SLUG_MAX;

	if (is_taken(slug))
		return str_join(slug, STR("-article"), a);
	if (slug.len <= SLUG_MAX)
		return slug;
	while (end > SLUG_MAX / 2 && slug.ptr[end] != '-')
		end--;
	if (slug.ptr[end] != '-')
		for (end = SLUG_MAX; (slug.ptr[end] & 0xc0) == 0x80;)
			end--;
	return str_sub(slug, 0, end);
}

static str article_path(str folder, str title, struct arena *a)
{
	str slug = file_slug(title, a);

	if (slug.len == 0)
		return slug;
	return path_join(folder, str_printf(a, "content/%.*s.md", STR_ARG(slug)), a);
}

static bool new_article(const struct settings *s, str title, struct arena *a)
{
	str path = article_path(s->source.len ? s->source : (str){ 0 }, title, a);
	struct subjects subjects;

	if (path.len == 0) {
		fprintf(stderr, "gen new: error: the title has no letter or digit to make a file name of\n");
		return false;
	}
	if (!read_subjects(s->languages, &subjects, a) || !write_article(path, title, &subjects, true, s->force))
		return false;
	printf(STR_FMT "\n", STR_ARG(path));
	return true;
}

static bool is_free(str folder, struct arena *a)
{
	struct file_walk walk;
	int error = file_walk(folder, a, &walk);

	if (error == ENOENT)
		return true;
	if (error)
		return fail("cannot use", folder, error);
	if (walk.files.count == 0)
		return true;
	fprintf(stderr, "gen new: error: " STR_FMT " is not empty\n", STR_ARG(folder));
	return false;
}

static bool write_file(str folder, const char *name, str text, struct arena *a)
{
	str path = path_join(folder, str_c(name), a);
	int error = folder_make(path_folder(path));

	if (!error)
		error = file_write_atomic(path, text);
	return error ? fail("cannot write", path, error) : true;
}

static bool new_site(const struct settings *s, str folder, struct arena *a)
{
	struct subjects subjects;
	struct buf title = { .arena = a };

	if (!read_subjects(s->languages, &subjects, a) || !is_free(folder, a))
		return false;
	write_names(&subjects, " or ", &title);
	if (!write_file(folder, "gen.yaml",
		    STR("title: Comparisons\ndescription: Which language for which work.\n"
			"# base_url: https://example.org/compare/\n"),
		    a) ||
		!write_file(folder, ".gitignore", STR("/site/\n"), a) ||
		!write_article(article_path(folder, buf_str(&title), a), buf_str(&title), &subjects, false, false))
		return false;
	printf(STR_FMT "\n", STR_ARG(folder));
	return true;
}

static enum exit_status run_new(const struct settings *s)
{
	struct arena a = { 0 };
	str kind = str_c(s->args[0]), name = str_c(s->args[1]);
	bool fine = false;

	if (str_eq(kind, STR("site")))
		fine = new_site(s, name, &a);
	else if (str_eq(kind, STR("article")))
		fine = new_article(s, name, &a);
	else
		fprintf(stderr, "gen new: error: what is new is a site or an article, not '" STR_FMT "'\n", STR_ARG(kind));
	arena_free(&a);
	return fine ? EXIT_FINE : EXIT_USAGE;
}

static const struct option *const options[] = { &option_source, &option_languages, &option_force, NULL };

const struct command command_new = {
	.name = "new",
	.args = "site DIR | article TITLE",
	.least = 2,
	.most = 2,
	.summary = "begin a site or an article",
	.about = "Begin a site in a folder that is empty or not there, or an article in the site's content/: front\n"
		 "matter, a comparison table, a decision matrix and a program in each language. The article is a\n"
		 "draft until you take `draft: true` out.",
	.options = options,
	.run = run_new,
};
