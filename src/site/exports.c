#include "site/exports.h"

#include "base/path.h"
#include "base/utf8.h"
#include "site/address.h"
#include "site/index_json.h"
#include "site/site.h"

static const str CSV = STR_INIT(".csv"), INDEX = STR_INIT("index.json"), JSON = STR_INIT("json");

/* What the paths of its files begin with: "go/errors/", or "page." of "page.html". */
static str prefix_of(const struct page *p, struct arena *a)
{
	str path = p->path, extension = path_extension(path);

	if (path.len == 0 || str_ends(path, STR("/")))
		return path;
	return str_join(str_sub(path, 0, path.len - extension.len), STR("."), a);
}

static str index_path(const struct page *p, struct arena *a)
{
	str prefix = prefix_of(p, a);

	return str_join(prefix, str_ends(prefix, STR(".")) ? JSON : INDEX, a);
}

static bool is_free(const struct site *s, str path, struct arena *a)
{
	str folded = utf8_fold(path, a);

	return !map_has(&s->known, path) && !map_has(&s->data_files, folded) && !map_has(&s->by_path, folded) &&
	       !map_has(&s->by_path, str_join(folded, STR("/"), a));
}

/* Ids of one page may differ only in case, and file names should not. */
static bool is_put(const struct worker *w, str path)
{
	for (const struct page_file *f = w->files; f; f = f->next)
		if (str_eq_nocase(f->path, path))
			return true;
	return false;
}

static void put_file(struct worker *w, str path, str bytes)
{
	struct page_file *f = arena_new(&w->page, struct page_file);

	*f = (struct page_file){ path, bytes, w->files };
	w->files = f;
}

bool exports_wanted(const struct site *s, const struct page *p)
{
	return s->config.exports && p->listed;
}

/* An id is a file name when nothing in it means more than itself. */
static bool is_name(str id)
{
	return id.len > 0 && id.len <= 100 && id.ptr[0] != '.' && str_find_char(id, '/') < 0 &&
	       str_find_char(id, '\\') < 0;
}

str exports_put_csv(const struct site *s, const struct page *p, str id, str bytes, struct worker *w)
{
	struct arena *a = &w->page;
	str path = str_concat(a, (const str[]){ prefix_of(p, a), id, CSV }, 3);

	if (!is_name(id) || !is_free(s, path, a) || is_put(w, path))
		return STR("");
	put_file(w, path, bytes);
	return address_of(s->config.base_path, path, a);
}

str exports_index(const struct site *s, const struct page *p, struct arena *a)
{
	str path = exports_wanted(s, p) ? index_path(p, a) : STR("");

	return path.len && is_free(s, path, a) ? path : STR("");
}

/* The article whose files begin with what `path` does, up to its last slash or a dot behind that. */
static const struct page *find_owner(const struct site *s, str path, str *name, struct arena *a)
{
	str folder = path_folder(path);
	str dir = folder.len ? str_join(folder, STR("/"), a) : folder;
	const struct page *p = map_get(&s->by_path, utf8_fold(dir, a));
	ptrdiff_t dot;

	*name = path_name(path);
	if (p && exports_wanted(s, p))
		return p;
	dot = str_find_char(*name, '.');
	if (dot <= 0)
		return NULL;
	str stem = str_sub(path, 0, dir.len + (size_t)dot);
	p = map_get(&s->by_path, utf8_fold(str_join(stem, STR(".html"), a), a));
	*name = str_from(*name, (size_t)dot + 1);
	return p && exports_wanted(s, p) ? p : NULL;
}

const struct page *exports_find(const struct site *s, str path, str *table, struct arena *a)
{
	str name;
	const struct page *p = find_owner(s, path, &name, a);

	*table = STR("");
	if (!p || !p->included)
		return NULL;
	if (str_eq(path, index_path(p, a)))
		return p;
	if (!str_ends(name, CSV) || name.len == CSV.len)
		return NULL;
	*table = str_sub(name, 0, name.len - CSV.len);
	return p;
}

void exports_put_index(const struct site *s, const struct page *p, const struct value *value,
	const struct exported *blocks, struct worker *w)
{
	str path = exports_index(s, p, &w->page);
	struct buf out = { .arena = &w->page };

	if (path.len == 0)
		return;
	index_json(value, blocks, &out);
	put_file(w, path, buf_str(&out));
}
