/*
 * What rsync reaches: a path, host:path by ssh, or a daemon. Names go by --files-from with NULs between them, and
 * files are removed by name: never --delete.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "output/deploy_parts.h"

/*
 * -s: the other side's shell does not see the path. rsync itself writes beside and renames.
 */
#define RSYNC "rsync", "-s", "--timeout=60"
#define NAMES "--from0", "--files-from=-"

enum { ERROR_SELECT = 3, ERROR_PARTIAL = 23, ERROR_VANISHED = 24 };

static const char *const env[] = { "LC_ALL=C", NULL };

/* The folder at the other end, with a slash: what is in it. */
static const char *there(struct deploy *p)
{
	str remote = p->target->remote;

	return str_printf(p->arena, STR_FMT "%s", STR_ARG(remote),
		str_ends(remote, STR("/")) || str_ends(remote, STR(":")) ? "" : "/").ptr;
}

static const char *here(struct deploy *p, const char *folder)
{
	return str_printf(p->arena, "%s/", folder).ptr;
}

static struct process call(struct deploy *p, const char *const *argv, struct deploy_text *names)
{
	return (struct process){ .argv = argv, .env = env, .folder = p->source, .feed = deploy_feed_text,
		.feed_ctx = names, .output_limit = (size_t)1 << 30 };
}

static void add_name(struct buf *names, str path)
{
	buf_add(names, path);
	buf_char(names, '\0');
}

/* The first deploy finds no list, or not even a folder. */
static bool is_absent(const struct process_result *r)
{
	return (r->status == ERROR_PARTIAL || r->status == ERROR_SELECT) && str_find(r->err, STR("No such file or directory")) >= 0;
}

static bool open_rsync(struct deploy *p)
{
	const char *folder = deploy_scratch(p);

	if (!folder)
		return false;
	/* By its own name: from a daemon not all versions find the names of --files-from. */
	const char *const argv[] = { RSYNC, "--", str_printf(p->arena, "%s" DEPLOY_LIST_NAME, there(p)).ptr,
		here(p, folder), NULL };
	struct deploy_text nothing = { 0 };
	struct process what = call(p, argv, &nothing);
	struct process_result r;
	int error;

	deploy_progress(p, "reaching the target", 0);
	if (!deploy_call(p, &what, "reading the list of files", &r))
		return false;
	if (r.status != 0 && !is_absent(&r))
		return deploy_call_failed(p, &what, "reading the list of files", &r);
	error = file_read(str_printf(p->arena, "%s/" DEPLOY_LIST_NAME, folder), 0, p->arena, &p->list_text);
	if (error && error != ENOENT)
		return diag_error(p->diags, (loc){ 0 }, "deploy", "cannot read the list of files that rsync brought: %s",
			strerror(error));
	return true;
}

/* rsync writes \#012 for a byte that does not print. */
static str without_escapes(str name, struct arena *a)
{
	struct buf out = { .arena = a };

	for (size_t i = 0; i < name.len; i++) {
		const char *c = name.ptr + i;

		if (i + 5 <= name.len && c[0] == '\\' && c[1] == '#' && c[2] >= '0' && c[2] <= '3' && c[3] >= '0' &&
			c[3] <= '7' && c[4] >= '0' && c[4] <= '7') {
			buf_char(&out, (char)((c[2] - '0') << 6 | (c[3] - '0') << 3 | (c[4] - '0')));
			i += 4;
		} else {
			buf_char(&out, *c);
		}
	}
	return buf_str(&out);
}

/* Files that the list does not name and that are there, with other content, are of somebody else. */
static bool look_rsync(struct deploy *p)
{
	const char *const argv[] = { RSYNC, NAMES, "-c", "--dry-run", "--existing", "--out-format=%n", "--",
		here(p, p->site), there(p), NULL };
	struct buf names = { .arena = p->arena };
	struct deploy_text text;
	struct process what = call(p, argv, &text);
	struct process_result r;

	for (size_t i = 0; i < p->count; i++)
		if (p->files[i].change == DEPLOY_NEW)
			add_name(&names, p->files[i].path);
	text.rest = buf_str(&names);
	if (names.len == 0)
		return true;
	deploy_progress(p, "looking for files of others", 0);
	if (!deploy_call(p, &what, "looking for files of others", &r))
		return false;
	if (r.status != 0 && !is_absent(&r))
		return deploy_call_failed(p, &what, "looking for files of others", &r);
	for (str rest = r.out; rest.len;) {
		struct str_pair line = str_cut(rest, '\n');

		rest = line.tail;
		if (line.head.len && !str_ends(line.head, STR("/")))
			deploy_foreign(p, without_escapes(line.head, p->arena));
	}
	return true;
}

static bool transfer(struct deploy *p, const char *folder, str names, const char *doing)
{
	/* -c: what a killed deploy has sent is told by its content, not by its time. */
	const char *const argv[] = { RSYNC, NAMES, "-c", "--times", "--omit-dir-times", "--perms", "--chmod=D0755,F0644",
		"--", here(p, folder), there(p), NULL };
	struct deploy_text text = { names };
	struct process what = call(p, argv, &text);
	struct process_result r;

	return deploy_must(p, &what, doing, &r);
}

static bool send_rsync(struct deploy *p, enum deploy_phase phase, size_t count)
{
	struct buf names = { .arena = p->arena };

	(void)count;
	for (size_t i = 0; i < p->count; i++)
		if (deploy_sends(&p->files[i], phase))
			add_name(&names, p->files[i].path);
	return transfer(p, p->site, buf_str(&names), "sending files");
}

/* An empty folder has none of the names, and so the other side removes them; a folder only when it is empty. */
static bool remove_names(struct deploy *p, str names)
{
	const char *empty = deploy_scratch_empty(p);
	struct deploy_text text = { names };
	struct process_result r;

	if (!empty)
		return false;
	const char *const argv[] = { RSYNC, NAMES, "--delete-missing-args", "--no-implied-dirs", "--", here(p, empty),
		there(p), NULL };
	struct process what = call(p, argv, &text);

	if (!deploy_call(p, &what, "removing files", &r))
		return false;
	/* That there are no such names here is the point of it. */
	return r.status == 0 || r.status == ERROR_VANISHED || deploy_call_failed(p, &what, "removing files", &r);
}

static size_t depth_of(str path)
{
	return str_count_char(path, '/');
}

static bool remove_folders(struct deploy *p, bool blocking)
{
	str *folders;
	size_t count = deploy_emptied(p, blocking, &folders);

	for (size_t from = 0, to; from < count; from = to) {
		struct buf names = { .arena = p->arena };

		for (to = from; to < count && depth_of(folders[to]) == depth_of(folders[from]); to++)
			add_name(&names, folders[to]);
		if (!remove_names(p, buf_str(&names)))
			return false;
	}
	return true;
}

static bool remove_rsync(struct deploy *p, bool blocking, size_t count)
{
	struct buf names = { .arena = p->arena };

	(void)count;
	for (size_t i = 0; i < p->count; i++)
		if (deploy_removes(&p->files[i], blocking))
			add_name(&names, p->files[i].path);
	return remove_names(p, buf_str(&names)) && remove_folders(p, blocking);
}

static bool note_rsync(struct deploy *p, str list)
{
	return deploy_scratch_put(p, DEPLOY_LIST_NAME, list) &&
	       transfer(p, p->scratch, str_new(DEPLOY_LIST_NAME "\0", sizeof(DEPLOY_LIST_NAME)),
		       "writing the list of files");
}

const struct deploy_driver deploy_rsync = { .open = open_rsync, .look = look_rsync, .send = send_rsync,
	.remove = remove_rsync, .note = note_rsync };
