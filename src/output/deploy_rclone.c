/* A remote of rclone: object stores, WebDAV, SFTP and others, with the access that rclone's own configuration gives. */
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "output/deploy_parts.h"

/*
 * It must not ask, and time is bounded. Whether a file is to be sent has been decided: not all remotes know times
 * or sums, so rclone could only guess.
 */
#define RCLONE "rclone", "--ask-password=false", "--contimeout=20s", "--timeout=60s", "--retries=2", \
	"--low-level-retries=3", "--log-level=NOTICE"

enum { NO_FOLDER = 3, NO_FILE = 4, FOLDERS_REMOVED = 100 };

static const char *const env[] = { "LC_ALL=C", NULL };

static struct process call(struct deploy *p, const char *const *argv)
{
	return (struct process){ .argv = argv, .env = env, .folder = p->source, .output_limit = (size_t)1 << 30 };
}

static const char *there(struct deploy *p, const char *below)
{
	str remote = p->target->remote;
	bool joined = str_ends(remote, STR(":")) || str_ends(remote, STR("/")) || !*below;

	return str_printf(p->arena, STR_FMT "%s%s", STR_ARG(remote), joined ? "" : "/", below).ptr;
}

static bool is_absent(const struct process_result *r)
{
	return r->status == NO_FOLDER || r->status == NO_FILE;
}

static bool open_rclone(struct deploy *p)
{
	const char *const argv[] = { RCLONE, "cat", "--", there(p, DEPLOY_LIST_NAME), NULL };
	struct process what = call(p, argv);
	struct process_result r;

	deploy_progress(p, "reaching the target", 0);
	if (!deploy_call(p, &what, "reading the list of files", &r))
		return false;
	if (r.status != 0 && !is_absent(&r))
		return deploy_call_failed(p, &what, "reading the list of files", &r);
	p->list_text = r.status == 0 ? r.out : (str){ 0 };
	return true;
}

/* A list of names for rclone, a line each: a name that has a line end in it cannot be said. */
static const char *put_names(struct deploy *p, bool (*wanted)(const struct deploy_file *, int), int which,
	size_t *count)
{
	struct buf names = { .arena = p->arena };

	*count = 0;
	for (size_t i = 0; i < p->count; i++) {
		const struct deploy_file *f = &p->files[i];

		if (!wanted(f, which))
			continue;
		if (memchr(f->path.ptr, '\n', f->path.len)) {
			diag_error(p->diags, (loc){ 0 }, "deploy",
				"rclone cannot be told of '" STR_FMT "': there is a line end in its name", STR_ARG(f->path));
			return NULL;
		}
		buf_add(&names, f->path);
		buf_char(&names, '\n');
		++*count;
	}
	return deploy_scratch_put(p, "names", buf_str(&names));
}

static bool is_new(const struct deploy_file *f, int unused)
{
	(void)unused;
	return f->change == DEPLOY_NEW;
}

static bool is_sent(const struct deploy_file *f, int phase)
{
	return deploy_sends(f, (enum deploy_phase)phase);
}

static bool is_removed(const struct deploy_file *f, int blocking)
{
	return deploy_removes(f, blocking != 0);
}

/* Files that the list does not name, and that are there, are of somebody else. */
static bool look_rclone(struct deploy *p)
{
	size_t count;
	const char *names = put_names(p, is_new, 0, &count);

	if (!names || count == 0)
		return names != NULL;
	const char *const argv[] = { RCLONE, "lsf", "--recursive", "--files-only", "--files-from-raw", names, "--",
		there(p, ""), NULL };
	struct process what = call(p, argv);
	struct process_result r;

	deploy_progress(p, "looking for files of others", 0);
	if (!deploy_call(p, &what, "looking for files of others", &r))
		return false;
	if (r.status != 0 && !is_absent(&r))
		return deploy_call_failed(p, &what, "looking for files of others", &r);
	for (str rest = r.status == 0 ? r.out : (str){ 0 }; rest.len;) {
		struct str_pair line = str_cut(rest, '\n');

		rest = line.tail;
		deploy_foreign(p, line.head);
	}
	return true;
}

static bool send_rclone(struct deploy *p, enum deploy_phase phase, size_t count)
{
	const char *names = put_names(p, is_sent, (int)phase, &count);

	if (!names)
		return false;
	const char *const argv[] = { RCLONE, "copy", "--ignore-times", "--no-traverse", "--files-from-raw", names, "--",
		p->site, there(p, ""), NULL };
	struct process what = call(p, argv);
	struct process_result r;

	return deploy_must(p, &what, "sending files", &r);
}

/* Where there are folders, those that are empty now go too; that one cannot be removed is no fault. */
static bool remove_folders(struct deploy *p, bool blocking)
{
	str *folders;
	size_t count = deploy_emptied(p, blocking, &folders);

	for (size_t i = 0; i < count && i < FOLDERS_REMOVED; i++) {
		const char *const argv[] = { RCLONE, "rmdir", "--", there(p, str_cstr(folders[i], p->arena)), NULL };
		struct process what = call(p, argv);
		struct process_result r;

		if (!deploy_call(p, &what, "removing empty folders", &r))
			return false;
	}
	return true;
}

static bool remove_rclone(struct deploy *p, bool blocking, size_t count)
{
	const char *names = put_names(p, is_removed, blocking, &count);

	if (!names)
		return false;
	const char *const argv[] = { RCLONE, "delete", "--files-from-raw", names, "--", there(p, ""), NULL };
	struct process what = call(p, argv);
	struct process_result r;

	return deploy_must(p, &what, "removing files", &r) && remove_folders(p, blocking);
}

static bool note_rclone(struct deploy *p, str list)
{
	const char *path = deploy_scratch_put(p, DEPLOY_LIST_NAME, list);

	if (!path)
		return false;
	const char *const argv[] = { RCLONE, "copyto", "--ignore-times", "--", path, there(p, DEPLOY_LIST_NAME), NULL };
	struct process what = call(p, argv);
	struct process_result r;

	return deploy_must(p, &what, "writing the list of files", &r);
}

const struct deploy_driver deploy_rclone = { .open = open_rclone, .look = look_rclone, .send = send_rclone,
	.remove = remove_rclone, .note = note_rclone };
