#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "import/import.h"

enum { MOST_FILES = 1 << 20 };

static const struct {
	enum note_kind kind;
	const char *name;
} sorts[] = {
	{ NOTE_REPAIRED, "repaired" },
	{ NOTE_KEPT, "kept" },
	{ NOTE_DROPPED, "dropped" },
};

enum { SORTS = sizeof(sorts) / sizeof(sorts[0]) };

static const char *state_name(enum import_state state)
{
	static const char *const names[] = { [IMPORT_WRITTEN] = "written",
		[IMPORT_REPLACED] = "replaced",
		[IMPORT_UNCHANGED] = "unchanged",
		[IMPORT_REFUSED] = "left alone",
		[IMPORT_FAILED] = "failed" };

	return names[state];
}

static void write_notes(const struct notes *n, struct buf *out)
{
	for (size_t i = 0; i < SORTS; i++)
		for (const struct note_entry *e = notes_next(n, sorts[i].kind, NULL); e;
			e = notes_next(n, sorts[i].kind, e)) {
			buf_printf(out, "    %s: ", sorts[i].name);
			note_write(n, e, out);
			BUF_LIT(out, "\n");
		}
}

static void write_text(const struct settings *s, const struct import_report *r, struct buf *out)
{
	for (const struct import_file *f = r->first; f; f = f->next) {
		buf_printf(out, STR_FMT ": %s, from " STR_FMT "\n", STR_ARG(f->path),
			state_name(f->state), STR_ARG(f->from));
		write_notes(&f->notes, out);
	}
	if (r->notes.first) {
		BUF_LIT(out, "not in any article:\n");
		write_notes(&r->notes, out);
	}
	buf_printf(out, "%zu written, %zu unchanged", r->written, r->unchanged);
	if (r->refused)
		buf_printf(out, ", %zu left alone", r->refused);
	if (s->dry_run)
		BUF_LIT(out, " (nothing was done: --dry-run)");
	BUF_LIT(out, "\n");
}

static void write_json_notes(const struct notes *n, struct buf *out)
{
	const char *gap = "";

	BUF_LIT(out, "[");
	for (size_t i = 0; i < SORTS; i++)
		for (const struct note_entry *e = notes_next(n, sorts[i].kind, NULL); e;
			e = notes_next(n, sorts[i].kind, e)) {
			struct buf text = { 0 };

			note_write(n, e, &text);
			buf_printf(out, "%s{\"kind\": \"%s\", \"count\": %zu, \"text\": ", gap,
				sorts[i].name, e->count);
			buf_json(out, buf_str(&text));
			BUF_LIT(out, "}");
			buf_free(&text);
			gap = ", ";
		}
	BUF_LIT(out, "]");
}

static void write_json(
	const struct import_report *r, bool fine, const struct diags *d, struct buf *out)
{
	buf_printf(out,
		"{\"ok\": %s, \"written\": %zu, \"unchanged\": %zu, \"refused\": %zu, "
		"\"files\": [",
		fine ? "true" : "false", r->written, r->unchanged, r->refused);
	for (const struct import_file *f = r->first; f; f = f->next) {
		BUF_LIT(out, "{\"path\": ");
		buf_json(out, f->path);
		BUF_LIT(out, ", \"from\": ");
		buf_json(out, f->from);
		buf_printf(out, ", \"state\": \"%s\", \"notes\": ", state_name(f->state));
		write_json_notes(&f->notes, out);
		buf_add(out, f->next ? STR("}, ") : STR("}"));
	}
	BUF_LIT(out, "], \"notes\": ");
	write_json_notes(&r->notes, out);
	BUF_LIT(out, ", \"messages\": ");
	diags_json(d, false, out);
	BUF_LIT(out, "}\n");
}

static bool read_kind(const struct settings *s, enum import_kind *out)
{
	static const str kinds[] = { STR_INIT("wordpress"), STR_INIT("jekyll"),
		STR_INIT("hugo"), STR_INIT("text") };
	str word = str_c(s->args[0]), near;

	if (import_kind_find(word, out))
		return true;
	near = str_nearest(word, kinds, sizeof(kinds) / sizeof(kinds[0]));
	fprintf(stderr, "gen import: error: cannot import '%s'\n", s->args[0]);
	if (near.len)
		fprintf(stderr, "    help: did you mean " STR_FMT "?\n", STR_ARG(near));
	else
		fprintf(stderr, "    help: it is one of wordpress, jekyll, hugo and text\n");
	return false;
}

static enum exit_status import_all(
	const struct settings *s, enum import_kind kind, struct arena *a)
{
	struct import_options options = { .site = s->source,
		.force = s->force,
		.repair_encoding = s->repair_encoding,
		.fetch_images = s->fetch_images,
		.fetch_private = s->fetch_private,
		.dry_run = s->dry_run };
	struct diags d = { .arena = a };
	struct import_report report;
	struct buf out = { 0 };
	str *paths = arena_array(a, str, s->arg_count);
	bool fine, said;

	for (size_t i = 1; i < s->arg_count; i++)
		paths[i - 1] = str_c(s->args[i]);
	fine = import_run(kind, paths, s->arg_count - 1, &options, &report, a, &d);
	diags_sort(&d);
	if (s->json)
		write_json(&report, fine, &d, &out);
	else
		report_diags(s, &d);
	if (!s->json && !s->quiet)
		write_text(s, &report, &out);
	said = report_write(&out);
	buf_free(&out);
	return !said ? EXIT_USAGE : fine ? EXIT_FINE : report_status(&d);
}

static enum exit_status run_import(const struct settings *s)
{
	struct arena a = { 0 };
	enum import_kind kind;
	enum exit_status status = read_kind(s, &kind) ? import_all(s, kind, &a) : EXIT_USAGE;

	arena_free(&a);
	return status;
}

static const struct option *const options[] = { &option_source, &option_replace,
	&option_repair_encoding, &option_fetch_images, &option_fetch_private, &option_dry_run, &option_json, &option_quiet, NULL };

const struct command command_import = {
	.name = "import",
	.args = "wordpress|jekyll|hugo|text FILE...",
	.least = 2,
	.most = MOST_FILES,
	.summary = "make articles of what other systems export",
	.about = "Convert to articles in content/: posts of WordPress (JSON of its REST API, "
		 "or a WXR export), the\n"
		 "tree or a file of Jekyll or Hugo, or pasted text. What was repaired, kept as "
		 "it was and dropped\n"
		 "is listed. Importing again changes nothing; a file that differs is left "
		 "alone without --force.",
	.options = options,
	.run = run_import,
};
