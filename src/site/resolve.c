#include "site/resolve.h"

#include "base/hash.h"
#include "base/path.h"
#include "base/utf8.h"
#include "site/address.h"
#include "site/exports.h"
#include "site/site.h"

/* A link being resolved. */
struct link {
	const struct site *site;
	struct page *page;
	struct worker *worker;
	enum markdown_link_kind kind;
	str address; /* as it was written */
	str path;    /* decoded, without query and anchor */
	str rest;    /* from '?' or '#' on */
	loc at;
};

static void split_address(struct link *l)
{
	size_t end = 0;

	while (end < l->address.len && l->address.ptr[end] != '?' && l->address.ptr[end] != '#')
		end++;
	l->path = address_decode(str_sub(l->address, 0, end), &l->worker->page);
	l->rest = str_from(l->address, end);
}

static void remember_target(struct link *l, enum target_map map, str key)
{
	struct page_facts *f = &l->page->facts;

	if (f->target_count == f->target_cap) {
		size_t cap = f->target_cap ? f->target_cap * 2 : 4;
		uint64_t *more = arena_array(&l->worker->kept, uint64_t, cap);

		if (f->target_count)
			memcpy(more, f->targets, f->target_count * sizeof(*more));
		f->targets = more;
		f->target_cap = cap;
	}
	f->targets[f->target_count++] = target_hash(map, hash_64(key));
}

/* A path in the site, with or without "/" or "index.html" at its end. */
static const struct page *find_page(struct link *l, str path)
{
	const struct map *pages = &l->site->by_path;
	struct arena *a = &l->worker->page;
	const struct page *p;

	if (str_ends(path, STR("index.html")))
		path.len -= strlen("index.html");
	path = utf8_fold(path, a);
	p = map_get(pages, path);
	if (!p) {
		l->page->facts.unsettled = true;
		if (path.len == 0 || str_ends(path, STR("/")))
			return NULL;
		path = str_printf(a, "%.*s/", STR_ARG(path));
		p = map_get(pages, path);
	}
	if (p)
		remember_target(l, TARGET_PAGE, path);
	return p;
}

static str with_rest(const struct link *l, str url)
{
	return l->rest.len ? str_printf(&l->worker->page, "%.*s%.*s", STR_ARG(url), STR_ARG(l->rest)) : url;
}

static str to_page(struct link *l, const struct page *target)
{
	if (target->included)
		return with_rest(l, target->url);
	l->page->facts.unsettled = true;
	/* What is wrong with a broken article is said already. */
	if (target->broken)
		return with_rest(l, target->url);
	diag_fault(&l->page->diags, l->site->options->check, l->at, "link",
		"the link \"" STR_FMT "\" leads to an article that is not published", STR_ARG(l->address));
	diag_help(&l->page->diags, STR_FMT " is left out of this build", STR_ARG(target->meta.path));
	return with_rest(l, target->url);
}

static bool is_markdown(str path)
{
	return str_ends(path, STR(".md")) || str_ends(path, STR(".markdown"));
}

/* "other.md": beside the article; "/go/other.md": below the content folder. */
static str to_article_file(struct link *l)
{
	struct arena *a = &l->worker->page;
	str file = path_clean(str_starts(l->path, STR("/"))
				      ? str_from(l->path, 1)
				      : path_join(path_folder(l->page->meta.below), l->path, a),
		a);
	const struct page *target = map_get(&l->site->by_file, file);

	if (target) {
		remember_target(l, TARGET_FILE, file);
		return to_page(l, target);
	}
	l->page->facts.unsettled = true;
	diag_fault(&l->page->diags, l->site->options->check, l->at, "link", "there is no article \"" STR_FMT "\"", STR_ARG(l->address));
	return l->address;
}

/* Another thing of the site: a list, a file. Null when there is none of that path. */
static str known_address(struct link *l, str path)
{
	struct arena *a = &l->worker->page;

	if (!map_has(&l->site->known, path)) {
		path = str_printf(a, "%.*s/", STR_ARG(path));
		if (!map_has(&l->site->known, path))
			return (str){ 0 };
	}
	remember_target(l, TARGET_KNOWN, path);
	return with_rest(l, address_of(l->site->config.base_path, path, a));
}

/* A path in the site, cleaned; a closing slash is kept. */
static str site_path(const struct link *l, bool rooted)
{
	struct arena *a = &l->worker->page;
	str base = l->site->config.base_path, path = l->path, clean;

	if (rooted)
		path = str_from(path, str_starts(path, base) ? base.len : 1);
	else
		path = path_join(l->page->path, path, a);
	clean = path_clean(path, a);
	return str_ends(l->path, STR("/")) && clean.len ? str_printf(a, "%.*s/", STR_ARG(clean)) : clean;
}

/* index.json or a table of an article. Whether it has that table is known when it is composed:
 * the finished page is read for that. */
static str to_data(struct link *l, str path)
{
	struct arena *a = &l->worker->page;
	str table;
	const struct page *owner = exports_find(l->site, path, &table, a);

	if (!owner)
		return (str){ 0 };
	return with_rest(l, address_of(l->site->config.base_path, path, a));
}

static str to_site(struct link *l)
{
	struct arena *a = &l->worker->page;
	bool rooted = str_starts(l->path, STR("/"));
	str path = site_path(l, rooted), found;
	const struct page *target = find_page(l, path);

	if (target)
		return to_page(l, target);
	found = known_address(l, path);
	/* A file beside the article's source may stand elsewhere in the site. */
	if (!found.ptr && !rooted)
		found = known_address(l, path_clean(path_join(path_folder(l->page->meta.below), l->path, a), a));
	if (!found.ptr)
		found = to_data(l, path);
	if (found.ptr)
		return found;
	diag_fault(&l->page->diags, l->site->options->check, l->at, "link", "%s \"" STR_FMT "\"",
		l->kind == LINK_IMAGE ? "there is no image" : "the site has no page or file", STR_ARG(l->address));
	return rooted ? with_rest(l, address_of(l->site->config.base_path, path, a)) : l->address;
}

static str resolve(struct link *l)
{
	if (l->address.len == 0 || address_is_external(l->address))
		return l->address;
	split_address(l);
	if (l->path.len == 0)
		return l->address;
	return is_markdown(l->path) ? to_article_file(l) : to_site(l);
}

/* For who reads the finished page: where it has this address from. */
static void note_place(const struct link *l, str address, bool said)
{
	struct place *place = arena_new(&l->worker->page, struct place);

	*place = (struct place){ .hash = rendered_hash(address, &l->worker->page), .line = l->at.line,
		.col = l->at.col, .said = said, .next = l->worker->places };
	l->worker->places = place;
}

str resolve_link(const struct site *s, struct page *p, enum markdown_link_kind kind, str address, loc at,
	struct worker *w)
{
	struct link l = { .site = s, .page = p, .worker = w, .kind = kind, .address = address, .at = at };
	size_t said = p->diags.errors + p->diags.warnings;
	str url = resolve(&l);

	note_place(&l, url, p->diags.errors + p->diags.warnings > said);
	return url;
}
