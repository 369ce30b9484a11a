#include "site/target.h"

#include "base/path.h"
#include "base/utf8.h"
#include "site/address.h"
#include "site/site.h"

/* The part that names a place, and the anchor behind it. */
static str split(str address, struct target *t, struct arena *a)
{
	size_t end = 0;
	ptrdiff_t hash = str_find_char(address, '#');

	while (end < address.len && address.ptr[end] != '?' && address.ptr[end] != '#')
		end++;
	if (hash >= 0)
		t->anchor = address_decode(str_from(address, (size_t)hash + 1), a);
	/* Where the page begins, and words to look for in its text: any page has them. */
	if (str_eq_nocase(t->anchor, STR("top")) || str_starts(t->anchor, STR(":~:")))
		t->anchor = (str){ 0 };
	return str_sub(address, 0, end);
}

/* Of "https://this.site/x" what stands behind the host; null for other sites. */
static str own_path(const struct site *s, str address)
{
	str origin = s->config.origin, rest;

	if (origin.len == 0 || !str_starts(address, origin))
		return (str){ 0 };
	rest = str_from(address, origin.len);
	return rest.len == 0 ? STR("/") : rest.ptr[0] == '/' ? rest : (str){ 0 };
}

/* As browsers do it: a closing "." or ".." is a folder. */
static str fold_dots(str path, struct arena *a)
{
	bool folder = path.len == 0 || str_ends(path, STR("/")) || str_ends(path, STR("/.")) ||
		      str_ends(path, STR("/..")) || str_eq(path, STR(".")) || str_eq(path, STR(".."));
	str clean;

	if (!folder && str_find(path, STR("./")) < 0 && str_find(path, STR("//")) < 0)
		return path;
	clean = path_clean(path, a);
	while (str_starts(clean, STR("../")))
		clean = str_from(clean, 3);
	if (str_eq(clean, STR("..")))
		clean = (str){ 0 };
	return folder && clean.len ? str_join(clean, STR("/"), a) : clean;
}

static str folder_of(str path)
{
	ptrdiff_t slash = str_rfind_char(path, '/');

	return str_sub(path, 0, (size_t)(slash + 1));
}

const struct page *target_page(const struct site *s, str path, struct arena *a)
{
	const struct page *p = map_get(&s->by_path, utf8_fold(path, a));

	/* A text above a list is there when the list is. */
	return p && p->listed && p->included && str_eq(p->path, path) ? p : NULL;
}

static bool is_there(const struct site *s, str path, struct arena *a)
{
	return map_has(&s->known, path) || target_page(s, path, a) != NULL;
}

/* "go/index.html" is "go/". */
static str without_index(str path)
{
	str name = STR("index.html");

	if (str_ends(path, name) && (path.len == name.len || path.ptr[path.len - name.len - 1] == '/'))
		path.len -= name.len;
	return path;
}

/* Where a rooted path leads; false when that is not below the base path. */
static bool below_base(const struct site *s, str path, str *out)
{
	str base = s->config.base_path;

	if (str_starts(path, base)) {
		*out = str_from(path, base.len);
		return true;
	}
	*out = (str){ 0 };
	return str_eq(path, str_sub(base, 0, base.len - 1));
}

struct target target_find(const struct site *s, str from, str address, struct arena *a)
{
	struct target t = { .state = TARGET_MISSING };
	str path, own = { 0 };

	if (address_is_external(address)) {
		own = own_path(s, address);
		if (!own.ptr) {
			t.state = TARGET_OUTSIDE;
			return t;
		}
		address = own;
	}
	path = split(address, &t, a);
	if (path.len == 0) {
		t.state = TARGET_SELF;
		return t;
	}
	path = address_decode(path, a);
	if (path.ptr[0] != '/') {
		t.path = fold_dots(str_join(folder_of(from), path, a), a);
	} else if (!below_base(s, path, &t.path)) {
		/* Another thing on the same host, when the host is named. */
		t.state = own.ptr ? TARGET_OUTSIDE : TARGET_MISSING;
		t.path = path;
		return t;
	}
	t.path = without_index(fold_dots(t.path, a));
	if (is_there(s, t.path, a))
		t.state = TARGET_HERE;
	return t;
}

struct target_names target_names_make(const struct site *s, struct arena *a)
{
	struct target_names n = { .folded = { .arena = a }, .left_out = { .arena = a } };

	for (size_t i = 0; i < s->known.cap; i++)
		if (s->known.slots[i].key.ptr)
			*map_put(&n.folded, utf8_fold(s->known.slots[i].key, a), NULL) = &s->known.slots[i].key;
	for (size_t i = 0; i < s->page_count; i++) {
		struct page *p = &s->pages[i];

		if (p->included && p->listed)
			*map_put(&n.folded, utf8_fold(p->path, a), NULL) = &p->path;
		else if (!p->included && !p->broken)
			*map_put(&n.left_out, p->path, NULL) = p;
	}
	return n;
}

/* The address of what has this path but for case, or empty. */
static str find_without_case(const struct site *s, const struct target_names *n, str path, struct arena *a)
{
	const str *found = map_get(&n->folded, utf8_fold(path, a));

	return found ? address_of(s->config.base_path, *found, a) : (str){ 0 };
}

enum target_fault target_explain(const struct site *s, const struct target_names *names, const struct target *t,
	str *instead, const struct page **left_out, struct arena *a)
{
	bool rooted = str_starts(t->path, STR("/"));
	str path = rooted ? str_from(t->path, 1) : t->path, slashed = str_join(path, STR("/"), a);
	bool with_slash = is_there(s, slashed, a), there = with_slash || is_there(s, path, a);

	*instead = there ? address_of(s->config.base_path, with_slash ? slashed : path, a) : (str){ 0 };
	*left_out = NULL;
	if (there)
		return rooted ? FAULT_BASE : FAULT_SLASH;
	*left_out = map_get(&names->left_out, path);
	if (!*left_out)
		*left_out = map_get(&names->left_out, slashed);
	if (*left_out)
		return FAULT_LEFT_OUT;
	*instead = find_without_case(s, names, path, a);
	if (!instead->ptr)
		*instead = find_without_case(s, names, slashed, a);
	return instead->ptr ? FAULT_CASE : FAULT_GONE;
}
