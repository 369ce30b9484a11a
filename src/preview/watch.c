#include "preview/watch.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"

enum {
	SETTLE_MS = 50,
	SETTLE_MOST_MS = 1000,
	LOOK_MS = 400, /* between looks; longer where a look takes long */
	LOOK_SHARE = 20,
	DEPTH = 100,
	EVENT_BYTES = 64 * 1024,
};

static const uint32_t mask = IN_CREATE | IN_DELETE | IN_MODIFY | IN_CLOSE_WRITE |
			     IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF |
			     IN_MOVE_SELF;

struct watched {
	int wd;
	unsigned pass; /* of the last sync that found it */
	bool whole;    /* else only the names of roots count: it is the folder above one */
};

struct watch {
	int fd; /* of inotify; -1: by looking */
	const char *why;
	struct arena arena; /* roots and skips */
	str *roots, *skips;
	size_t root_count, skip_count;
	struct watched *at; /* by wd */
	size_t count, cap;
	unsigned pass;
	bool wanted_sync; /* folders came or went */
	uint64_t seen;    /* what the last look gave */
	int64_t look_ms;
	char events[EVENT_BYTES] __attribute__((aligned(_Alignof(struct inotify_event))));
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool is_skipped_name(str name)
{
	return name.len == 0 || name.ptr[0] == '.' || str_ends(name, STR("~")) ||
	       (name.ptr[0] == '#' && str_ends(name, STR("#")));
}

static bool is_skipped_path(const struct watch *w, str path)
{
	if (str_starts(path, STR("./")))
		path = str_from(path, 2);
	for (size_t i = 0; i < w->skip_count; i++) {
		str s = w->skips[i];

		if (str_starts(path, s) && (path.len == s.len || path.ptr[s.len] == '/'))
			return true;
	}
	return false;
}

/* Where it is, or would be, among those sorted by wd. */
static size_t find_place(const struct watch *w, int wd)
{
	size_t low = 0, high = w->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (w->at[middle].wd < wd)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct watched *find_watched(struct watch *w, int wd)
{
	size_t at = find_place(w, wd);

	return at < w->count && w->at[at].wd == wd ? &w->at[at] : NULL;
}

static struct watched *insert_watched(struct watch *w, int wd)
{
	size_t at = find_place(w, wd);

	if (w->count == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 64;
		struct watched *more = realloc(w->at, cap * sizeof(*more));

		if (!more)
			return NULL;
		w->at = more;
		w->cap = cap;
	}
	memmove(w->at + at + 1, w->at + at, (w->count - at) * sizeof(*w->at));
	w->count++;
	w->at[at] = (struct watched){ .wd = wd };
	return &w->at[at];
}

static void forget(struct watch *w, int wd)
{
	size_t at = find_place(w, wd);

	if (at == w->count || w->at[at].wd != wd)
		return;
	w->count--;
	memmove(w->at + at, w->at + at + 1, (w->count - at) * sizeof(*w->at));
}

static void start_looking(struct watch *w, const char *why)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
	w->why = why;
	w->count = 0;
}

/* False when it is watched already in this pass, or cannot be. */
static bool add_one(struct watch *w, const char *path, bool whole)
{
	int wd = inotify_add_watch(w->fd, path, mask);
	struct watched *known;
	bool is_new;

	if (wd < 0) {
		if (errno == ENOSPC || errno == ENOMEM)
			start_looking(w, "there are more folders than "
					 "fs.inotify.max_user_watches allows");
		return false;
	}
	known = find_watched(w, wd);
	if (!known)
		known = insert_watched(w, wd);
	if (!known)
		return false;
	is_new = known->pass != w->pass || (whole && !known->whole);
	known->whole = whole || (known->pass == w->pass && known->whole);
	known->pass = w->pass;
	return is_new;
}

static bool is_folder_entry(const char *path, const struct dirent *entry, bool *is_link)
{
	struct stat st;

	*is_link = entry->d_type == DT_LNK;
	if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* First the watch, then the look at what is there: what comes in between is told. A folder met
 * again by a link ends here. */
static void add_tree(struct watch *w, const char *path, int depth)
{
	char below[PATH_MAX];
	struct dirent *entry;
	DIR *dir;

	if (w->fd < 0 || depth > DEPTH || is_skipped_path(w, str_c(path)) ||
		!add_one(w, path, true))
		return;
	dir = opendir(path);
	while (dir && w->fd >= 0 && (entry = readdir(dir))) {
		bool is_link;

		if (is_skipped_name(str_c(entry->d_name)))
			continue;
		if ((size_t)snprintf(below, sizeof(below), "%s/%s", path, entry->d_name) >=
			sizeof(below))
			continue;
		if (is_folder_entry(below, entry, &is_link))
			add_tree(w, below, depth + 1);
		else if (is_link) /* its file is elsewhere */
			add_one(w, below, true);
	}
	if (dir)
		closedir(dir);
}

static void drop_others(struct watch *w)
{
	size_t kept = 0;

	for (size_t i = 0; i < w->count; i++) {
		if (w->at[i].pass == w->pass)
			w->at[kept++] = w->at[i];
		else
			inotify_rm_watch(w->fd, w->at[i].wd);
	}
	w->count = kept;
}

static void watch_root(struct watch *w, str root)
{
	struct arena a = { 0 };
	str above = path_folder(root);
	struct stat st;

	if (above.len == 0)
		above = str_starts(root, STR("/")) ? STR("/") : STR(".");
	if (!str_eq(root, STR(".")))
		add_one(w, str_cstr(above, &a), false);
	if (lstat(str_cstr(root, &a), &st) == 0 && (S_ISDIR(st.st_mode) || S_ISLNK(st.st_mode)))
		add_tree(w, str_cstr(root, &a), 0);
	arena_free(&a);
}

static void sync_watches(struct watch *w)
{
	w->wanted_sync = false;
	w->pass++;
	for (size_t i = 0; i < w->root_count && w->fd >= 0; i++)
		watch_root(w, w->roots[i]);
	if (w->fd >= 0)
		drop_others(w);
}

static uint64_t look_at_entry(const struct file_info *info, str path, uint64_t hash)
{
	int64_t stamp[3] = { (int64_t)info->size, info->mtime_ns, (int64_t)info->inode };

	return hash_64_seed(
		str_new((const char *)stamp, sizeof(stamp)), hash_64_seed(path, hash));
}

static uint64_t look_at_root(struct watch *w, str root, struct arena *a, uint64_t hash)
{
	struct file_walk walk = { 0 };
	struct file_info info;

	if (file_stat(root, &info) == 0 && info.kind == FILE_REGULAR)
		return look_at_entry(&info, root, hash);
	if (file_walk(root, a, &walk))
		return hash_64_seed(STR("none"), hash);
	for (size_t i = 0; i < walk.files.count; i++) {
		str path = path_join(root, walk.files.at[i].path, a);

		if (!is_skipped_path(w, path))
			hash = look_at_entry(&walk.files.at[i].info, path, hash);
	}
	return hash_64_seed(
		str_new((const char *)&walk.fault_count, sizeof(walk.fault_count)), hash);
}

/* A hash over names, sizes and times. */
static uint64_t look(struct watch *w)
{
	struct arena a = { 0 };
	int64_t start = now_ms();
	uint64_t hash = 0;

	for (size_t i = 0; i < w->root_count; i++)
		hash = look_at_root(w, w->roots[i], &a, hash);
	arena_free(&a);
	w->look_ms = (now_ms() - start) * LOOK_SHARE;
	if (w->look_ms < LOOK_MS)
		w->look_ms = LOOK_MS;
	return hash;
}

static str *copy_all(const str *from, size_t count, struct arena *a)
{
	str *all = arena_array(a, str, count + 1);

	for (size_t i = 0; i < count; i++) {
		all[i] = path_clean(from[i], a);
		if (all[i].len == 0)
			all[i] = STR(".");
	}
	return all;
}

/* File systems over the network, or shared with a host, tell nothing of what others change. */
static bool tells_nothing(str root)
{
	static const unsigned types[] = { 0x6969 /* NFS */, 0xff534d42 /* CIFS */,
		0xfe534d42 /* SMB2 */, 0x01021997 /* 9p */, 0x65735546 /* FUSE */,
		0x786f4256 /* vboxsf */ };
	struct arena a = { 0 };
	struct statfs fs;
	bool known = statfs(str_cstr(root, &a), &fs) == 0;

	arena_free(&a);
	for (size_t i = 0; known && i < sizeof(types) / sizeof(types[0]); i++)
		if ((unsigned)fs.f_type == types[i])
			return true;
	return false;
}

static bool is_same(const str *a, size_t a_count, const str *b, size_t b_count)
{
	if (a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (!str_eq(a[i], b[i]))
			return false;
	return true;
}

void watch_set(struct watch *w, const str *roots, size_t root_count, const str *skips,
	size_t skip_count)
{
	struct arena fresh = { 0 };
	str *wanted = copy_all(roots, root_count, &fresh),
	    *left = copy_all(skips, skip_count, &fresh);
	bool same = w->pass && is_same(wanted, root_count, w->roots, w->root_count) &&
		    is_same(left, skip_count, w->skips, w->skip_count);

	arena_free(&w->arena);
	w->arena = fresh;
	w->roots = wanted;
	w->skips = left;
	w->root_count = root_count;
	w->skip_count = skip_count;
	for (size_t i = 0; i < root_count && w->fd >= 0; i++)
		if (tells_nothing(wanted[i]))
			start_looking(w, "their file system tells nothing of changes");
	if (w->fd >= 0 && (!same || w->wanted_sync))
		sync_watches(w);
	if (w->fd < 0)
		w->seen = look(w);
	if (!w->pass)
		w->pass = 1;
}

static bool is_root_name(const struct watch *w, str name)
{
	for (size_t i = 0; i < w->root_count; i++)
		if (str_eq(path_name(w->roots[i]), name))
			return true;
	return false;
}

/* Is it a change? */
static bool take_event(struct watch *w, const struct inotify_event *e)
{
	const struct watched *known = find_watched(w, e->wd);
	str name = e->len ? str_c(e->name) : (str){ 0 };

	if (e->mask & IN_Q_OVERFLOW) {
		w->wanted_sync = true;
		return true;
	}
	if (e->mask & IN_IGNORED) {
		forget(w, e->wd);
		return false;
	}
	if (!known || (e->len && is_skipped_name(name)))
		return false;
	if (!known->whole && (!e->len || !is_root_name(w, name)))
		return false;
	/* What comes may be a folder or a link to one, what goes may have been; a saved file is
	 * neither. */
	if (!e->len || (e->mask & ~(uint32_t)(IN_MODIFY | IN_CLOSE_WRITE)))
		w->wanted_sync = true;
	return true;
}

/* True when one of those that wait was a change. */
static bool take_events(struct watch *w)
{
	bool changed = false;
	ssize_t n;

	while (w->fd >= 0 && (n = read(w->fd, w->events, sizeof(w->events))) > 0)
		for (char *at = w->events; at < w->events + n;) {
			const struct inotify_event *e =
				(const struct inotify_event *)(const void *)at;

			changed = take_event(w, e) || changed;
			at += sizeof(*e) + e->len;
		}
	if (w->fd >= 0 && w->wanted_sync)
		sync_watches(w);
	return changed;
}

/* Wait for `ms` at most (-1: for ever): 1 events, 0 time is up, -1 stop. */
static int wait_for(struct watch *w, int stop, int64_t ms)
{
	struct pollfd fds[2] = { { .fd = stop, .events = POLLIN },
		{ .fd = w->fd, .events = POLLIN } };
	int n;

	do
		n = poll(fds, 2, (int)ms);
	while (n < 0 && errno == EINTR);
	if (fds[0].revents)
		return -1;
	return n > 0;
}

static bool look_for_change(struct watch *w)
{
	uint64_t found = look(w);
	bool changed = found != w->seen;

	w->seen = found;
	return changed;
}

static bool has_changed(struct watch *w)
{
	return w->fd >= 0 ? take_events(w) : look_for_change(w);
}

/* A burst is over when nothing came for a while. */
static bool settle(struct watch *w, int stop)
{
	int64_t start = now_ms(), last = start;

	for (;;) {
		int64_t now = now_ms(), left = last + SETTLE_MS - now;

		if (left <= 0 || now - start >= SETTLE_MOST_MS)
			return true;
		if (wait_for(w, stop, left) < 0)
			return false;
		if (has_changed(w))
			last = now_ms();
	}
}

bool watch_wait(struct watch *w, int stop)
{
	for (;;) {
		if (wait_for(w, stop, w->fd >= 0 ? -1 : w->look_ms) < 0)
			return false;
		if (has_changed(w))
			return settle(w, stop);
	}
}

struct watch *watch_open(bool poll)
{
	struct watch *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->look_ms = LOOK_MS;
	w->fd = poll ? -1 : inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (poll)
		w->why = "asked for";
	else if (w->fd < 0)
		w->why = "the system has no events to give";
	return w;
}

const char *watch_polls(const struct watch *w)
{
	return w->fd < 0 ? w->why : NULL;
}

void watch_close(struct watch *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	free(w->at);
	arena_free(&w->arena);
	free(w);
}
