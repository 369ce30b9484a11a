#include "site/site.h"

#include <stdlib.h>

#include "base/path.h"
#include "base/utf8.h"
#include "site/address.h"
#include "site/compared.h"
#include "site/feed.h"
#include "site/model.h"
#include "site/permalink.h"
#include "site/related.h"
#include "site/tags.h"

/* A fault of an article, at a line of its front matter when that is known. */
static loc place(const struct page *p, struct source *src, int line)
{
	*src = (struct source){ p->meta.path, (str){ 0 } };
	return (loc){ src, line, line ? 1 : 0 };
}

/* Memory for the moment: no page is being composed yet. */
static struct arena *scratch(struct site *s)
{
	return &s->worker[0].page;
}

/* "Go/Web stuff" -> "go/web-stuff/" in `out`. */
static void add_slugs(struct buf *out, str path)
{
	while (path.len) {
		struct str_pair cut = str_cut(path, '/');

		buf_add(out, slug_from(cut.head, out->arena));
		buf_char(out, '/');
		path = cut.tail;
	}
}

static bool is_home(const struct page *p)
{
	return str_eq(p->meta.below, STR("_index.md")) || str_eq(p->meta.below, STR("index.md"));
}

static bool is_section_index(const struct page *p)
{
	return str_eq(path_name(p->meta.below), STR("_index.md"));
}

static str path_from_url(struct site *s, str url)
{
	str path = str_from(url, 1);

	if (path.len == 0 || str_ends(path, STR("/")) || path_extension(path).len)
		return path;
	return str_printf(s->arena, "%.*s/", STR_ARG(path));
}

/* That of the article's folder or the nearest above it, else the default; empty when there is none. */
static str find_pattern(const struct config *c, str section)
{
	for (;; section = path_folder(section)) {
		for (size_t i = 0; i < c->permalink_count; i++)
			if (str_eq(c->permalinks[i].section, section))
				return c->permalinks[i].pattern;
		if (section.len == 0)
			return (str){ 0 };
	}
}

/* An article that is left out needs its address only for links to it. */
static bool set_pattern_path(struct site *s, struct page *p, str pattern)
{
	struct buf path = { .arena = scratch(s) };
	struct source src;
	str missing;

	if (permalink_write(pattern, &p->meta, &path, &missing)) {
		if (!str_ends(buf_str(&path), STR("/")) && !path_extension(pattern).len)
			buf_char(&path, '/');
		p->path = str_copy(buf_str(&path), s->arena);
		return true;
	}
	p->path = str_printf(s->arena, "%.*s/", STR_ARG(slug_from(p->meta.name, scratch(s))));
	if (!p->included)
		return true;
	diag_error(s->diags, place(p, &src, 0), "url",
		"the pattern of its address, '" STR_FMT "', needs a " STR_FMT ", and the article has none",
		STR_ARG(pattern), STR_ARG(missing));
	diag_help(s->diags, "give it one, or a `url` of its own");
	return false;
}

/* From `url`, else by the pattern of its folder, else from the folders and `slug` or the file's name. */
static bool set_path(struct site *s, struct page *p)
{
	str pattern = p->listed ? find_pattern(&s->config, p->meta.section) : (str){ 0 };
	struct article *m = &p->meta;
	struct buf path = { .arena = scratch(s) };
	str slug = { 0 };
	struct source src;

	if (p->listed && m->url.len) {
		p->path = path_from_url(s, m->url);
		return true;
	}
	if (pattern.len)
		return set_pattern_path(s, p, pattern);
	add_slugs(&path, m->section);
	if (p->listed) {
		slug = m->slug.len ? m->slug : slug_from(m->name, scratch(s));
		buf_add(&path, slug);
		buf_char(&path, '/');
	}
	p->path = str_copy(buf_str(&path), s->arena);
	if (slug.len || !p->listed)
		return true;
	diag_error(s->diags, place(p, &src, 0), "url",
		"the file's name has no letter or digit to make an address of");
	diag_help(s->diags, "give the article a `slug` in its front matter");
	return false;
}

static int address_line(const struct page *p)
{
	return p->meta.url.len ? p->meta.url_line : p->meta.slug.len ? p->meta.slug_line : 0;
}

static void set_address(struct site *s, struct page *p)
{
	p->url = address_of(s->config.base_path, p->path, s->arena);
	if (s->config.origin.len)
		p->canonical = str_printf(s->arena, "%.*s%.*s", STR_ARG(s->config.origin), STR_ARG(p->url));
	map_put(&s->by_file, p->meta.below, NULL)[0] = p;
}

/* Two articles with one address, also when only case tells them apart. */
static bool claim_path(struct site *s, struct page *p)
{
	str folded = utf8_fold(p->path, scratch(s));
	bool is_new;
	void **other = map_put(&s->by_path, str_eq(folded, p->path) ? p->path : str_copy(folded, s->arena), &is_new);
	const struct page *first = *other;
	struct source src;

	if (is_new) {
		*other = p;
		return true;
	}
	diag_error(s->diags, place(p, &src, address_line(p)), "url",
		"the address /" STR_FMT " is taken by " STR_FMT, STR_ARG(p->path), STR_ARG(first->meta.path));
	diag_help(s->diags, "give one of them another `slug` or `url`");
	return false;
}

static int compare_dates(const void *x, const void *y)
{
	const struct page *a = *(struct page *const *)x, *b = *(struct page *const *)y;
	/* Dates may carry offsets; without one all are in the same zone, so zero will do. */
	int order = date_cmp(&b->meta.date, &a->meta.date, 0);

	return order ? order : str_cmp(a->meta.below, b->meta.below);
}

static int compare_pages(const void *x, const void *y)
{
	const struct page *a = *(struct page *const *)x, *b = *(struct page *const *)y;

	if (a->meta.has_weight != b->meta.has_weight)
		return a->meta.has_weight ? -1 : 1;
	if (a->meta.weight != b->meta.weight)
		return a->meta.weight < b->meta.weight ? -1 : 1;
	return compare_dates(x, y);
}

static void order_articles(struct site *s)
{
	s->articles = arena_array(s->arena, struct page *, s->page_count);
	for (size_t i = 0; i < s->page_count; i++)
		if (s->pages[i].included && s->pages[i].listed)
			s->articles[s->article_count++] = &s->pages[i];
	s->dated = arena_array(s->arena, struct page *, s->article_count);
	for (size_t i = 0; i < s->article_count; i++)
		s->dated[i] = s->articles[i];
	if (s->article_count)
		qsort(s->dated, s->article_count, sizeof(struct page *), compare_dates);
	if (s->article_count)
		qsort(s->articles, s->article_count, sizeof(struct page *), compare_pages);
	for (size_t i = 0; i < s->article_count; i++) {
		struct page *p = s->articles[i];
		const struct page *before = i ? s->articles[i - 1] : NULL;
		const struct page *after = i + 1 < s->article_count ? s->articles[i + 1] : NULL;

		/* In a series ordered by weight the next page is the one that follows. */
		p->newer = p->meta.has_weight ? after : before;
		p->older = p->meta.has_weight ? before : after;
	}
}

static struct section *find_section(struct site *s, struct map *sections, str name)
{
	void **place = map_put(sections, name, NULL);
	struct section *section = *place;
	struct buf path = { .arena = s->arena };

	if (section)
		return section;
	*place = section = arena_new(s->arena, struct section);
	section->name = name;
	section->title = path_name(name);
	add_slugs(&path, name);
	section->path = buf_str(&path);
	section->url = address_of(s->config.base_path, section->path, s->arena);
	return section;
}

static void push_page(struct section *section, struct page *p, struct arena *a)
{
	if (section->count == section->cap) {
		size_t cap = section->cap ? section->cap * 2 : 8;
		struct page **pages = arena_array(a, struct page *, cap);

		if (section->count)
			memcpy(pages, section->pages, section->count * sizeof(*pages));
		section->pages = pages;
		section->cap = cap;
	}
	section->pages[section->count++] = p;
}

static int compare_sections(const void *a, const void *b)
{
	return str_cmp((*(struct section *const *)a)->name, (*(struct section *const *)b)->name);
}

/* Every folder above an article lists it, unless an article has taken the folder's address. */
static void make_sections(struct site *s)
{
	struct map sections = { .arena = s->arena };

	for (size_t i = 0; i < s->article_count; i++)
		for (str name = s->articles[i]->meta.section; name.len; name = path_folder(name))
			push_page(find_section(s, &sections, name), s->articles[i], s->arena);
	for (size_t i = 0; i < s->page_count; i++) {
		struct page *p = &s->pages[i];

		if (p->included && is_section_index(p) && p->meta.section.len) {
			struct section *section = find_section(s, &sections, p->meta.section);

			section->index = p;
			section->title = p->meta.title;
		}
	}
	s->sections = arena_array(s->arena, struct section *, sections.count);
	for (size_t i = 0; i < sections.cap; i++) {
		struct section *section = sections.slots[i].value;
		const struct page *taken = section ? map_get(&s->by_path, section->path) : NULL;

		/* content/tags/_index.md is the text of the list of tags. */
		if (section && section->count == 0 && tags_have_path(s, section->path))
			continue;
		if (section && (!taken || taken == section->index))
			s->sections[s->section_count++] = section;
	}
	if (s->section_count)
		qsort(s->sections, s->section_count, sizeof(struct section *), compare_sections);
}

/* What the data of articles must not take the place of. */
static void keep_data_file(struct site *s, str path)
{
	str extension = path_extension(path);

	if (str_eq_nocase(extension, STR(".csv")) || str_eq_nocase(extension, STR(".json")))
		map_put(&s->data_files, utf8_fold(path, s->arena), NULL);
}

/* A file of a bundle goes where its article goes; any other keeps its place. */
static void place_asset(struct site *s, struct asset *asset)
{
	str at = asset->of_content ? path_folder(asset->path) : (str){ 0 };

	for (; at.len; at = path_folder(at)) {
		const struct page *p = map_get(&s->by_file, str_printf(s->arena, "%.*s/index.md", STR_ARG(at)));

		if (p && p->meta.bundle) {
			asset->path = str_printf(s->arena, "%.*s%.*s", STR_ARG(p->path),
				STR_ARG(str_from(asset->path, at.len + 1)));
			break;
		}
	}
	map_put(&s->known, asset->path, NULL);
	keep_data_file(s, asset->path);
}

/* Front matter names an image beside the article's file; in the site it may stand elsewhere. */
static void place_image(struct site *s, struct page *p)
{
	str image = p->meta.image, beside;

	if (image.len == 0 || address_is_external(image) || str_starts(image, STR("/")) ||
		map_has(&s->known, path_clean(path_join(p->path, image, scratch(s)), scratch(s))))
		return;
	beside = path_clean(path_join(path_folder(p->meta.below), image, scratch(s)), scratch(s));
	if (map_has(&s->known, beside))
		p->meta.image = str_join(STR("/"), beside, s->arena);
}

static bool place_pages(struct site *s)
{
	bool fine = true;

	for (size_t i = 0; i < s->page_count; i++) {
		struct page *p = &s->pages[i];

		if (p->broken)
			continue;
		p->listed = !is_home(p) && !is_section_index(p);
		fine = set_path(s, p) && fine;
		set_address(s, p);
		if (p->included)
			fine = claim_path(s, p) && fine;
		if (is_home(p) && p->included)
			s->home = p;
	}
	return fine;
}

/*
 * Trees made for other generators name layouts that are not here ("post", "page.html"): a warning, and the
 * article template.
 */
static const struct template *page_template(struct site *s, const struct page *p)
{
	str name = p->meta.template_name;
	const struct template *found;
	struct source src;

	if (str_ends(name, STR(".html")))
		name.len -= strlen(".html");
	found = name.len ? template_find(s->theme.set, name) : NULL;
	if (name.len && !found) {
		diag_warn(s->diags, place(p, &src, 0), "template",
			"there is no template \"" STR_FMT "\"; the article is shown with \"article\"", STR_ARG(name));
		diag_help_nearest(s->diags, name, s->theme.names, s->theme.name_count);
	}
	return found ? found : template_find(s->theme.set, STR("article"));
}

static void find_templates(struct site *s)
{
	for (size_t i = 0; i < s->page_count; i++)
		if (s->pages[i].included)
			s->pages[i].template = page_template(s, &s->pages[i]);
}

bool site_link(struct site *s)
{
	bool fine;

	s->by_file.arena = s->by_path.arena = s->known.arena = s->data_files.arena = s->arena;
	fine = place_pages(s);
	for (size_t i = 0; i < s->asset_count; i++)
		place_asset(s, &s->assets[i]);
	for (size_t i = 0; i < s->theme.asset_count; i++)
		map_put(&s->known, s->theme.assets[i].path, NULL);
	for (size_t i = 0; i < s->page_count; i++)
		if (s->pages[i].included)
			place_image(s, &s->pages[i]);
	order_articles(s);
	fine = compared_make(s) && fine;
	model_site_lists(s);
	fine = tags_make(s) && fine;
	make_sections(s);
	related_find(s);
	find_templates(s);
	feeds_mark(s);
	model_site_links(s);
	arena_reset(scratch(s), 0);
	return fine;
}
