#include "import/importing.h"

#include <errno.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"
#include "import/encoding.h"
#include "import/head.h"
#include "import/images.h"

enum { SLUG_BYTES = 120, INPUT_BYTES = 100 << 20 };

struct notes importing_notes(struct importing *im, const char *unit)
{
	return (struct notes){ .arena = im->arena, .unit = unit };
}

static bool refuse_input(struct importing *im, struct source *src, int error, size_t limit)
{
	loc at = { src, 0, 0 };

	if (error == EISDIR)
		diag_error(im->d, at, "import", "this is a folder, and a file is expected");
	else if (error == EFBIG)
		diag_error(im->d, at, "import",
			"the file is larger than the %zu MB that are read", limit >> 20);
	else
		diag_error(im->d, at, "import", "cannot read: %s", strerror(error));
	return false;
}

static bool refuse_bytes(struct importing *im, struct source *src, size_t offset)
{
	diag_error(im->d, source_loc(src, offset), "import", "the byte 0x%02X is not UTF-8",
		(unsigned)(unsigned char)src->text.ptr[offset]);
	diag_help(
		im->d, "if the file is Windows-1252 or Latin-1, --repair-encoding reads it so");
	return false;
}

struct source *importing_read(
	struct importing *im, str path, struct notes *notes, struct arena *a)
{
	struct source *src = arena_new(a, struct source);
	size_t limit = im->options->file_bytes ? im->options->file_bytes : INPUT_BYTES;
	int error;
	ptrdiff_t bad;

	src->path = path;
	error = file_read(path, limit, a, &src->text);
	if (error) {
		refuse_input(im, src, error, limit);
		return NULL;
	}
	if (str_starts(src->text, STR("\xEF\xBB\xBF")))
		src->text = str_from(src->text, 3);
	bad = utf8_invalid(src->text);
	if (bad >= 0 && !(notes && im->options->repair_encoding)) {
		refuse_bytes(im, src, (size_t)bad);
		return NULL;
	}
	if (bad >= 0) {
		notes_add(notes, NOTE_BYTES, source_loc(src, (size_t)bad).line, (str){ 0 });
		src->text = encoding_from_1252(src->text, a);
	}
	return src;
}

str importing_mend(
	struct importing *im, str text, int first_line, struct notes *notes, struct arena *a)
{
	enum note note = im->options->repair_encoding ? NOTE_ENCODING : NOTE_ENCODING_KEPT;
	struct encoding_damage g;
	size_t at = 0;
	int line = first_line;

	if (!encoding_find(text, 0, false, &g))
		return text;
	while (encoding_find(text, at, true, &g)) {
		for (; at < g.at; at++)
			line += text.ptr[at] == '\n';
		notes_add(notes, note, line, str_sub(text, g.at, g.at + g.len));
		at = g.at + g.len;
	}
	return im->options->repair_encoding ? encoding_mend(text, a) : text;
}

str importing_slug(str title, str fallback, struct arena *a)
{
	str slug = slug_from(title, a);

	if (slug.len > SLUG_BYTES) {
		size_t end = SLUG_BYTES;

		while (end && slug.ptr[end] != '-' &&
			((unsigned char)slug.ptr[end] & 0xc0) == 0x80)
			end--;
		slug = str_sub(slug, 0, end);
		while (str_ends(slug, STR("-")))
			slug.len--;
	}
	if (slug.len == 0)
		slug = slug_from(fallback, a);
	/* index.md would be the page of the folder. */
	return str_eq(slug, STR("index")) ? STR("index-page")
	       : slug.len                 ? slug
					  : STR("article");
}

static struct import_file *add_file(
	struct importing *im, loc from, str path, const struct notes *notes)
{
	struct import_report *r = im->report;
	struct import_file *f = arena_new(im->arena, struct import_file);

	f->path = str_copy(path, im->arena);
	f->from = from.src ? str_copy(from.src->path, im->arena) : (str){ 0 };
	f->notes = *notes;
	if (!r->last)
		r->last = &r->first;
	*r->last = f;
	r->last = &f->next;
	return f;
}

/* Two inputs for one file; also where the system has no upper and lower case. */
static bool take_path(struct importing *im, loc from, str path)
{
	bool is_new;
	str place = from.line ? str_printf(im->arena, STR_FMT ":%d", STR_ARG(from.src->path),
					from.line)
			      : str_copy(from.src->path, im->arena);
	void **slot = map_put(&im->taken, utf8_lower(path, im->arena), &is_new);

	if (is_new) {
		str *kept = arena_new(im->arena, str);

		*kept = place;
		*slot = kept;
		return true;
	}
	diag_error(im->d, from, "import", "'" STR_FMT "' was made from " STR_FMT " already",
		STR_ARG(path), STR_ARG(*(str *)*slot));
	diag_help(im->d, "give one of the two another slug, or import it on its own");
	return false;
}

static bool write_file(struct importing *im, const struct source *target, str bytes)
{
	str folder = path_folder(target->path);
	int error = folder.len ? folder_make(folder) : 0;

	if (!error)
		error = file_write_atomic(target->path, bytes);
	return !error || diag_error(im->d, (loc){ target, 0, 0 }, "import", "cannot write: %s",
				 strerror(error));
}

static bool refuse_other(
	struct importing *im, const struct source *target, struct import_file *f)
{
	f->state = IMPORT_REFUSED;
	im->report->refused++;
	diag_error(im->d, (loc){ target, 0, 0 }, "import",
		"the file is there already and differs");
	diag_help(im->d, "--force replaces it");
	return false;
}

/* What is at the target now: 0, and whether it is the same; or why it cannot be read. */
static int compare(str path, str bytes, struct arena *a, bool *is_there, bool *same)
{
	struct file_info info;
	str old;
	int error = file_stat(path, &info);

	*is_there = !error && info.kind != FILE_NONE;
	*same = false;
	if (error || !*is_there)
		return error;
	error = file_read(path, 0, a, &old);
	*same = !error && str_eq(old, bytes);
	return error;
}

bool importing_put(struct importing *im, loc from, str path, str bytes,
	const struct notes *notes, struct arena *a)
{
	struct source target = { path_join(im->options->site, path, a), { 0 } };
	struct import_file *f;
	bool is_there, same;
	int error;

	if (!take_path(im, from, path))
		return false;
	f = add_file(im, from, path, notes);
	f->state = IMPORT_FAILED;
	error = compare(target.path, bytes, a, &is_there, &same);
	if (error)
		return diag_error(im->d, (loc){ &target, 0, 0 }, "import",
			"cannot look at what is there: %s", strerror(error));
	if (same) {
		f->state = IMPORT_UNCHANGED;
		im->report->unchanged++;
		return true;
	}
	if (is_there && !im->options->force)
		return refuse_other(im, &target, f);
	if (!im->options->dry_run && !write_file(im, &target, bytes))
		return false;
	f->state = is_there ? IMPORT_REPLACED : IMPORT_WRITTEN;
	im->report->written++;
	return true;
}

bool importing_article(struct importing *im, loc from, str below, const struct value *meta,
	str body, struct notes *notes, struct arena *a)
{
	struct buf out = { .arena = a };
	struct value head = *meta;

	if (im->options->fetch_images && !im->options->dry_run)
		images_bring(im, from, &body, &head, notes, a);
	BUF_LIT(&out, "---\n");
	if (!head_write(&head, &out))
		return diag_error(im->d, from, "import",
			"the front matter is nested more than %d levels deep", HEAD_DEPTH);
	BUF_LIT(&out, "---\n");
	if (body.len)
		BUF_LIT(&out, "\n");
	buf_add(&out, body);
	return importing_put(
		im, from, path_join(STR("content"), below, a), buf_str(&out), notes, a);
}
