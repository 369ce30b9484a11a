#include "preview/watch.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/path.h"
#include "preview/preview.h"
#include "preview/scope.h"

enum {
	SETTLE_MS = 50,
	SETTLE_MOST_MS = 1000,
	LOOK_MS = 400, /* between looks; longer where a look takes long */
	LOOK_SHARE = 20,
	DEPTH = 100,
	EVENT_BYTES = 64 * 1024,
	PATHS_MOST = 1000,
};

static const uint32_t mask = IN_CREATE | IN_DELETE | IN_MODIFY | IN_CLOSE_WRITE |
			     IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF |
			     IN_MOVE_SELF;

struct watched {
	int wd;
	char *path;
	unsigned pass; /* of the last sync that found it */
	bool whole;    /* else only the names of roots count: it is the folder above one */
};

struct watch {
	int fd; /* of inotify; -1: by looking */
	const char *why;
	struct scope scope;
	struct watched *at; /* by wd */
	size_t count, cap;
	unsigned pass;
	bool wanted_sync; /* folders came or went */
	bool aliased;	  /* a folder has two names: what changes in it changes below both */
	uint64_t seen;    /* what the last look gave */
	struct arena changed; /* what follows */
	str paths[PATHS_MOST];
	struct preview_changes changes;
	int64_t look_ms;
	char events[EVENT_BYTES] __attribute__((aligned(_Alignof(struct inotify_event))));
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
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
	free(w->at[at].path);
	w->count--;
	memmove(w->at + at, w->at + at + 1, (w->count - at) * sizeof(*w->at));
}

static void forget_all(struct watch *w)
{
	for (size_t i = 0; i < w->count; i++)
		free(w->at[i].path);
	w->count = 0;
}

static void start_looking(struct watch *w, const char *why)
{
	if (w->fd >= 0)
		close(w->fd);
	w->fd = -1;
	w->why = why;
	w->changes.all = true;
	forget_all(w);
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
	if (known->path && known->pass == w->pass && strcmp(known->path, path) != 0)
		w->aliased = true;
	if (!known->path || strcmp(known->path, path) != 0) {
		free(known->path);
		known->path = strdup(path);
	}
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
	struct stat st;
	DIR *dir;

	if (w->fd < 0 || depth > DEPTH || scope_skips_path(&w->scope, str_c(path)) ||
		stat(path, &st) || scope_skips_folder(&w->scope, st.st_ino, st.st_dev) ||
		!add_one(w, path, true))
		return;
	dir = opendir(path);
	while (dir && w->fd >= 0 && (entry = readdir(dir))) {
		bool is_link;

		if (scope_skips_name(str_c(entry->d_name)))
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
		else {
			inotify_rm_watch(w->fd, w->at[i].wd);
			free(w->at[i].path);
		}
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
	w->wanted_sync = w->aliased = false;
	w->pass++;
	for (size_t i = 0; i < w->scope.root_count && w->fd >= 0; i++)
		watch_root(w, w->scope.roots[i]);
	if (w->fd >= 0)
		drop_others(w);
}

static uint64_t look(struct watch *w)
{
	int64_t start = now_ms();
	uint64_t hash = scope_look(&w->scope);

	w->look_ms = (now_ms() - start) * LOOK_SHARE;
	if (w->look_ms < LOOK_MS)
		w->look_ms = LOOK_MS;
	return hash;
}

void watch_set(struct watch *w, const str *roots, size_t root_count, const str *skips,
	size_t skip_count)
{
	bool is_new = scope_set(&w->scope, roots, root_count, skips, skip_count);

	if (w->fd >= 0 && scope_is_silent(&w->scope))
		start_looking(w, "their file system tells nothing of changes");
	if (w->fd >= 0 && (is_new || w->wanted_sync))
		sync_watches(w);
	if (w->fd < 0)
		w->seen = look(w);
}

/* A folder that comes or goes changes all that is in it. */
static void add_change(struct watch *w, const struct watched *known, const struct inotify_event *e)
{
	struct preview_changes *c = &w->changes;
	uint32_t whole = IN_ISDIR | (e->len ? 0 : IN_DELETE_SELF | IN_MOVE_SELF);
	str path;

	if (c->all || w->aliased || !known->path || (e->mask & whole) || c->count == PATHS_MOST) {
		c->all = true;
		return;
	}
	path = str_c(known->path);
	if (e->len)
		path = path_join(path, str_c(e->name), &w->changed);
	path = path_clean(path, &w->changed);
	for (size_t i = 0; i < c->count; i++)
		if (str_eq(w->paths[i], path))
			return;
	w->paths[c->count++] = str_copy(path, &w->changed);
}

/* Is it a change? */
static bool take_event(struct watch *w, const struct inotify_event *e)
{
	const struct watched *known = find_watched(w, e->wd);
	str name = e->len ? str_c(e->name) : (str){ 0 };

	if (e->mask & IN_Q_OVERFLOW) {
		w->wanted_sync = true;
		w->changes.all = true;
		return true;
	}
	if (e->mask & IN_IGNORED) {
		forget(w, e->wd);
		return false;
	}
	if (!known || (e->len && scope_skips_name(name)))
		return false;
	if (!known->whole && (!e->len || !scope_has_root(&w->scope, name)))
		return false;
	/* What comes may be a folder or a link to one, what goes may have been; a saved file is
	 * neither. */
	if (!e->len || (e->mask & ~(uint32_t)(IN_MODIFY | IN_CLOSE_WRITE)))
		w->wanted_sync = true;
	add_change(w, known, e);
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
	w->changes.all = w->changes.all || changed;
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
	w->changes = (struct preview_changes){ .all = true, .paths = w->paths };
	w->fd = poll ? -1 : inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (poll)
		w->why = "asked for";
	else if (w->fd < 0)
		w->why = "the system has no events to give";
	return w;
}

const struct preview_changes *watch_changes(const struct watch *w)
{
	return &w->changes;
}

void watch_forget(struct watch *w)
{
	w->changes.all = false;
	w->changes.count = 0;
	arena_reset(&w->changed, 1 << 16);
}

void watch_doubt(struct watch *w)
{
	w->changes.all = true;
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
	forget_all(w);
	arena_free(&w->changed);
	free(w->at);
	scope_free(&w->scope);
	free(w);
}
