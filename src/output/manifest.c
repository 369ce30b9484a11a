#include "output/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/pool.h"
#include "output/beneath.h"

const char *manifest_path_fault(str path, size_t above)
{
	if (path.len == 0)
		return "is empty";
	if (path.ptr[0] == '/')
		return "is absolute";
	if (memchr(path.ptr, '\0', path.len))
		return "has a NUL byte in it";
	if (above + 1 + path.len >= PATH_MAX)
		return "is longer than the system allows";
	if (str_starts(path, STR(".gen-")))
		return "has a name that gen keeps for itself";
	for (str rest = path, part; rest.ptr;) {
		ptrdiff_t slash = str_find_char(rest, '/');

		part = slash < 0 ? rest : str_sub(rest, 0, (size_t)slash);
		rest = slash < 0 ? (str){ 0 } : str_from(rest, (size_t)slash + 1);
		if (part.len == 0)
			return "has an empty part";
		if (part.len > NAME_MAX)
			return "has a part that is longer than the system allows";
		if (str_eq(part, STR(".")) || str_eq(part, STR("..")))
			return "has a part \".\" or \"..\"";
	}
	return NULL;
}

/* Take "word 123\n" off the front of *rest. */
static bool take_head(str *rest, str word, uint64_t *number)
{
	struct str_pair line = str_cut(*rest, '\n');

	if (!str_starts(line.head, word))
		return false;
	*rest = line.tail;
	return str_to_u64(str_from(line.head, word.len), number);
}

/* A number and the separator behind it; a plain loop, because a manifest has many of them. */
static bool take_number(char **at, const char *end, char sep, uint64_t *out)
{
	char *p = *at;
	uint64_t n = 0;

	for (; p < end && *p >= '0' && *p <= '9'; p++) {
		if (n > (UINT64_MAX - 9) / 10)
			return false;
		n = n * 10 + (uint64_t)(*p - '0');
	}
	if (p == *at || p == end || *p != sep)
		return false;
	*at = p + 1;
	*out = n;
	return true;
}

/* Undo the escapes in place; returns the new length, or SIZE_MAX when one is unknown. */
static size_t unescape(char *path, size_t len)
{
	size_t to = 0;

	for (size_t i = 0; i < len; i++) {
		if (path[i] != '\\') {
			path[to++] = path[i];
			continue;
		}
		if (++i == len || (path[i] != 'n' && path[i] != '\\'))
			return SIZE_MAX;
		path[to++] = path[i] == 'n' ? '\n' : '\\';
	}
	return to;
}

/* One line "size mtime path", its end replaced by a NUL. */
static bool take_file(char **at, char *end, struct manifest_file *out)
{
	char *line_end = memchr(*at, '\n', (size_t)(end - *at));
	uint64_t mtime;
	size_t len;

	if (!line_end || !take_number(at, line_end, ' ', &out->size) ||
		!take_number(at, line_end, ' ', &mtime) || mtime > INT64_MAX)
		return false;
	len = (size_t)(line_end - *at);
	if (memchr(*at, '\\', len))
		len = unescape(*at, len);
	if (len == SIZE_MAX)
		return false;
	(*at)[len] = '\0';
	out->path = str_new(*at, len);
	out->mtime_ns = (int64_t)mtime;
	*at = line_end + 1;
	return manifest_path_fault(out->path, 0) == NULL;
}

static bool read_files(
	char *at, char *end, uint64_t count, struct arena *a, struct manifest *out)
{
	struct manifest_file *files;

	/* A line has at least six bytes, so a wild count asks for no wild memory. */
	if (count > (uint64_t)(end - at) / 6)
		return false;
	files = arena_alloc_array(a, count, sizeof(*files), _Alignof(struct manifest_file));
	for (size_t i = 0; i < count; i++)
		if (!take_file(&at, end, &files[i]) ||
			(i && str_cmp(files[i - 1].path, files[i].path) >= 0))
			return false;
	if (at != end)
		return false;
	out->files = files;
	out->count = count;
	return true;
}

static bool check_sum(str *rest)
{
	struct str_pair line = str_cut(*rest, '\n');
	char want[32];
	int len = snprintf(
		want, sizeof(want), "sum %016llx", (unsigned long long)hash_64(line.tail));

	*rest = line.tail;
	return str_eq(line.head, str_new(want, (size_t)len));
}

static bool read_text(char *text, size_t len, struct arena *a, struct manifest *out)
{
	struct str_pair first = str_cut(str_new(text, len), '\n');
	str rest = first.tail;
	uint64_t note, count;

	if (!str_eq(first.head, STR("gen manifest 1")) || !check_sum(&rest))
		return false;
	if (!take_head(&rest, STR("note "), &note) || note >= rest.len ||
		rest.ptr[note] != '\n')
		return false;
	out->note = str_sub(rest, 0, (size_t)note);
	rest = str_from(rest, (size_t)note + 1);
	if (!take_head(&rest, STR("files "), &count))
		return false;
	return read_files(text + (len - rest.len), text + len, count, a, out);
}

int manifest_read(str folder, struct arena *a, struct manifest *out)
{
	struct buf text = { .arena = a };
	struct file_info info;
	int error = file_read_buf(path_join(folder, STR(MANIFEST_NAME), a), 0, &text, &info);

	*out = (struct manifest){ 0 };
	if (error)
		return error == ENOTDIR ? ENOENT : error == EISDIR ? EINVAL : error;
	if (read_text(text.ptr, text.len, a, out))
		return 0;
	*out = (struct manifest){ 0 };
	return EINVAL;
}

const struct manifest_file *manifest_find(const struct manifest *m, str path)
{
	size_t from = 0, to = m->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = str_cmp(m->files[middle].path, path);

		if (order == 0)
			return &m->files[middle];
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

struct hold {
	const struct manifest *manifest;
	int root;
	atomic_bool broken;
};

static void hold_file(void *ctx, size_t item, int worker)
{
	struct hold *h = ctx;
	const struct manifest_file *f = &h->manifest->files[item];
	struct stat st;

	(void)worker;
	if (atomic_load_explicit(&h->broken, memory_order_relaxed))
		return;
	if (fstatat(h->root, f->path.ptr, &st, AT_SYMLINK_NOFOLLOW) || !S_ISREG(st.st_mode) ||
		(uint64_t)st.st_size != f->size || stat_mtime(&st) != f->mtime_ns)
		atomic_store(&h->broken, true);
}

bool manifest_holds(str folder, const struct manifest *m, int workers)
{
	struct arena a = { 0 };
	struct hold h = { .manifest = m };

	h.root = open(str_cstr(folder, &a), O_PATH | O_DIRECTORY | O_CLOEXEC);
	arena_free(&a);
	if (h.root < 0)
		return false;
	pool_each(workers, m->count, hold_file, &h);
	close(h.root);
	return !atomic_load(&h.broken);
}

static void add_path(struct buf *out, str path)
{
	if (!memchr(path.ptr, '\n', path.len) && !memchr(path.ptr, '\\', path.len)) {
		buf_add(out, path);
		return;
	}
	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] == '\n')
			BUF_LIT(out, "\\n");
		else if (path.ptr[i] == '\\')
			BUF_LIT(out, "\\\\");
		else
			buf_char(out, path.ptr[i]);
	}
}

void manifest_render(const struct manifest *m, struct buf *out)
{
	size_t sum, body;
	char hex[17];

	BUF_LIT(out, "gen manifest 1\nsum ");
	sum = out->len;
	BUF_LIT(out, "................\n");
	body = out->len;
	buf_printf(out, "note %zu\n", m->note.len);
	buf_add(out, m->note);
	buf_printf(out, "\nfiles %zu\n", m->count);
	for (size_t i = 0; i < m->count; i++) {
		buf_int(out, (int64_t)m->files[i].size);
		buf_char(out, ' ');
		buf_int(out, m->files[i].mtime_ns);
		buf_char(out, ' ');
		add_path(out, m->files[i].path);
		buf_char(out, '\n');
	}
	snprintf(hex, sizeof(hex), "%016llx",
		(unsigned long long)hash_64(str_from(buf_str(out), body)));
	memcpy(out->ptr + sum, hex, 16);
}
