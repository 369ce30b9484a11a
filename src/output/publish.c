/* The commit of a stage. */
#include "output/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/path.h"
#include "output/journal.h"
#include "output/obstacle.h"
#include "output/replace.h"

struct publish {
	struct stage *stage;
	struct manifest now;                /* what will be there */
	struct entry **files;               /* in the order of now.files */
	const struct manifest_file **stale; /* of the old manifest, not in this build */
	size_t stale_count;
	bool has_new; /* there are paths that the old manifest has not */
	struct journal journal;
	size_t removed;
};

static int compare_entries(const void *a, const void *b)
{
	return str_cmp((*(struct entry *const *)a)->path, (*(struct entry *const *)b)->path);
}

static void sort_files(struct publish *p)
{
	struct stage *s = p->stage;
	bool sorted = true;
	size_t n = s->file_count;

	p->files = arena_array(&s->arena, struct entry *, n);
	for (struct entry *e = s->files; e; e = e->before)
		p->files[--n] = e;
	for (size_t i = 1; i < s->file_count && sorted; i++)
		sorted = str_cmp(p->files[i - 1]->path, p->files[i]->path) < 0;
	if (!sorted)
		qsort(p->files, s->file_count, sizeof(struct entry *), compare_entries);
}

static void list_files(struct publish *p)
{
	size_t count = p->stage->file_count;
	struct manifest_file *now = arena_array(&p->stage->arena, struct manifest_file, count);

	for (size_t i = 0; i < count; i++)
		now[i] = (struct manifest_file){ p->files[i]->path, p->files[i]->size,
			p->files[i]->mtime_ns };
	p->now.files = now;
	p->now.count = count;
}

/* Walk both sorted lists: what is only in the old one goes. */
static void find_stale(struct publish *p)
{
	const struct manifest *old = &p->stage->old, *now = &p->now;
	size_t i = 0, k = 0;

	p->stale = arena_array(&p->stage->arena, const struct manifest_file *, old->count);
	while (k < old->count || i < now->count) {
		int order = k == old->count   ? 1
			    : i == now->count ? -1
					      : str_cmp(old->files[k].path, now->files[i].path);

		if (order < 0)
			p->stale[p->stale_count++] = &old->files[k];
		if (order > 0)
			p->has_new = true;
		k += order <= 0;
		i += order >= 0;
	}
}

static bool is_staged(const struct entry *e)
{
	return e->state == ENTRY_NEW || e->state == ENTRY_OVER || e->state == ENTRY_ODD;
}

/* Would the manifest be written as it is already? */
static bool is_recorded(const struct publish *p)
{
	const struct manifest *old = &p->stage->old, *now = &p->now;

	if (p->stage->adopted || !str_eq(old->note, now->note) || old->count != now->count)
		return false;
	for (size_t i = 0; i < now->count; i++)
		if (old->files[i].size != now->files[i].size ||
			old->files[i].mtime_ns != now->files[i].mtime_ns ||
			!str_eq(old->files[i].path, now->files[i].path))
			return false;
	return now->count > 0;
}

static int replace_manifest(struct publish *p, const struct manifest *m)
{
	uint32_t id = atomic_fetch_add(&p->stage->next_id, 1);
	char staged[STAGED_NAME_MAX];
	int error = staged_folders_make(p->stage, id);

	staged_name(id, staged);
	if (!error)
		error = staged_manifest_write(p->stage, staged, m);
	return error ? error : journal_swap(&p->journal, staged, STR(MANIFEST_NAME));
}

/*
 * Before names appear that no manifest has: one with all names, old and new. Otherwise a kill
 * would leave files that nobody knows for gen's own.
 */
static int announce(struct publish *p)
{
	const struct manifest *now = &p->now;
	struct manifest_file *files = arena_array(
		&p->stage->arena, struct manifest_file, p->stale_count + now->count);
	struct manifest both = { .files = files };
	size_t k = 0;

	for (size_t i = 0; i < now->count; i++) {
		while (k < p->stale_count && str_cmp(p->stale[k]->path, now->files[i].path) < 0)
			files[both.count++].path = p->stale[k++]->path;
		files[both.count++].path = now->files[i].path;
	}
	while (k < p->stale_count)
		files[both.count++].path = p->stale[k++]->path;
	return replace_manifest(p, &both);
}

static bool fail(struct publish *p, const char *what, str path, int error)
{
	stage_fault(p->stage, error, "cannot %s '" STR_FMT "/" STR_FMT "'", what,
		STR_ARG(p->stage->shown), STR_ARG(path));
	return false;
}

static bool move_files_in(struct publish *p, bool pages)
{
	for (size_t i = 0; i < p->now.count; i++) {
		struct entry *e = p->files[i];
		char room[STAGED_NAME_MAX];
		const char *staged = entry_staged(p->stage, e, room);
		int error;

		if (!is_staged(e) || pages != str_ends(e->path, STR(".html")))
			continue;
		error = e->state == ENTRY_NEW ? journal_move_in(&p->journal, staged, e->path)
					      : journal_swap(&p->journal, staged, e->path);
		if (error)
			return fail(p, "publish", e->path, error);
	}
	return true;
}

static bool move_stale_out(struct publish *p)
{
	for (size_t i = 0; i < p->stale_count; i++) {
		int error = journal_move_out(&p->journal, p->stale[i]->path);

		if (error && error != ENOENT)
			return fail(p, "remove", p->stale[i]->path, error);
		p->removed += !error;
	}
	return true;
}

/* What stands where it cannot stay, because a file becomes a folder or the reverse. */
static bool clear_obstacles(struct publish *p, const struct obstacles *o)
{
	for (const struct obstacle *at = o->files; at; at = at->before) {
		int error = journal_move_out(&p->journal, at->path);

		if (error && error != ENOENT)
			return fail(p, "replace", at->path, error);
	}
	for (const struct obstacle *at = o->folders; at; at = at->before) {
		int error = journal_remove_folder(&p->journal, at->path);

		if (error && error != ENOENT)
			return fail(p, "replace the folder", at->path, error);
	}
	return true;
}

/* Assets before the pages that name them; what goes, goes last, unless it is in the way. */
static bool move_all(struct publish *p, const struct obstacles *o)
{
	bool early = o->files || o->folders;
	int error = p->has_new ? announce(p) : 0;

	if (error)
		return fail(p, "write", STR(MANIFEST_NAME), error);
	if (early && !(move_stale_out(p) && clear_obstacles(p, o)))
		return false;
	if (!move_files_in(p, false) || !move_files_in(p, true))
		return false;
	if (!early && !move_stale_out(p))
		return false;
	error = replace_manifest(p, &p->now);
	return error ? fail(p, "write", STR(MANIFEST_NAME), error) : true;
}

/* The folders of what was removed, upwards, as long as they are empty. */
static void remove_empty_folders(struct publish *p)
{
	str tried = { 0 };

	for (size_t i = p->stale_count; i-- > 0;) {
		str folder = path_folder(p->stale[i]->path);

		if (str_eq(folder, tried))
			continue;
		tried = folder;
		for (; folder.len; folder = path_folder(folder))
			if (journal_remove_folder(
				    &p->journal, str_copy(folder, &p->stage->arena)))
				break;
	}
}

static bool publish_steps(struct publish *p)
{
	struct stage *s = p->stage;
	struct obstacles obstacles = { 0 };
	int error;

	for (size_t i = 0; i < p->now.count; i++)
		obstacle_check(s, p->files[i], &obstacles);
	if (s->fault_count)
		return false;
	if (move_all(p, &obstacles)) {
		remove_empty_folders(p);
		journal_end(&p->journal);
		return true;
	}
	error = journal_undo(&p->journal);
	if (error)
		stage_fault(s, error,
			"some pages of '" STR_FMT "' are of the new build already",
			STR_ARG(s->shown));
	return false;
}

static bool publish(struct publish *p)
{
	bool staged = false;

	sort_files(p);
	list_files(p);
	find_stale(p);
	if (p->stage->fresh) {
		if (replace_folder(p->stage, &p->now))
			return true;
		for (size_t i = 0; i < p->now.count; i++)
			entry_look_again(p->stage, p->files[i]);
		list_files(p);
		return publish_steps(p);
	}
	for (size_t i = 0; i < p->now.count && !staged; i++)
		staged = is_staged(p->files[i]);
	if (!staged && p->stale_count == 0 && is_recorded(p)) {
		/* Its time says when the site was what its sources say: `gen deploy` asks for it. */
		utimensat(p->stage->root, MANIFEST_NAME, NULL, AT_SYMLINK_NOFOLLOW);
		return true;
	}
	return publish_steps(p);
}

bool stage_commit(struct stage *s, str note, struct stage_report *out, struct diags *d)
{
	struct publish p = {
		.stage = s, .now.note = note, .journal = { .stage = s, .fd = -1 }
	};
	bool done = s->fault_count == 0 && publish(&p);

	*out = (struct stage_report){ 0 };
	for (size_t i = 0; done && i < p.now.count; i++) {
		out->written += is_staged(p.files[i]);
		out->unchanged += p.files[i]->state == ENTRY_SAME;
	}
	out->removed = done ? p.removed : 0;
	if (!done)
		stage_report_faults(s, d);
	stage_close(s, !done);
	return done;
}
