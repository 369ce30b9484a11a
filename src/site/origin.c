#include "site/origin.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/path.h"
#include "site/site.h"

enum { TEXT_MAX = 10 * 1000 * 1000, WAYS = 8 };

static str read_text(struct origins *o, str path)
{
	str text = { 0 };

	return file_read(path, TEXT_MAX, o->arena, &text) == 0 ? text : (str){ 0 };
}

static const struct source *article_source(struct origins *o, const struct page *p)
{
	if (!str_eq(o->article.path, p->meta.path))
		o->article = (struct source){ p->meta.path, read_text(o, p->meta.path) };
	return &o->article;
}

struct origin origin_of_line(struct origins *o, const struct origin_page *page, int line, int col)
{
	return (struct origin){ *article_source(o, page->article), line, col };
}

static bool is_edge(char c)
{
	static const char edges[] = " \t\r\n\"'()<>=:,;[]{}#?";

	return memchr(edges, c, sizeof(edges) - 1) != NULL;
}

/* May an address or id begin at `start`? In Markdown, from `markdown` on, only as a value of HTML. */
static bool may_begin(str text, size_t start, str words, size_t markdown)
{
	char before = start ? text.ptr[start - 1] : '\n';

	if (is_edge(words.ptr[0]))
		return true;
	return start < markdown ? is_edge(before) : before == '"' || before == '\'' || before == '=';
}

/* The first place of `words` that is not a part of other words; -1: none. */
static ptrdiff_t find_words(str text, str words, size_t markdown)
{
	size_t from = 0;
	ptrdiff_t at;

	while ((at = str_find(str_from(text, from), words)) >= 0) {
		size_t start = from + (size_t)at, end = start + words.len;

		if (may_begin(text, start, words, markdown) && (end == text.len || is_edge(text.ptr[end])))
			return (ptrdiff_t)start;
		from = start + 1;
	}
	return -1;
}

/* How an address may be written where it comes from: with host, with or without the base path, from its page. */
static size_t spell(const struct origins *o, const struct origin_page *page, const struct page_ref *ref,
	str ways[WAYS])
{
	const struct config *c = &o->site->config;
	str at = ref->address;
	size_t count = 0;

	if (ref->kind == REF_ID) {
		ways[count++] = str_printf(o->arena, "=\"%.*s\"", STR_ARG(at));
		ways[count++] = str_printf(o->arena, "='%.*s'", STR_ARG(at));
		ways[count++] = str_join(STR("="), at, o->arena);
		ways[count++] = str_printf(o->arena, "{#%.*s}", STR_ARG(at));
		return count;
	}
	ways[count++] = at;
	if (c->origin.len && str_starts(at, c->origin))
		ways[count++] = at = str_from(at, c->origin.len);
	if (!str_starts(at, c->base_path))
		return count;
	at = str_from(at, c->base_path.len);
	/* "{{site.base}}tags/" of a template */
	ways[count++] = str_join(STR("}}"), at, o->arena);
	ways[count++] = str_join(STR("/"), at, o->arena);
	ways[count++] = at;
	if (page->path.len && str_starts(at, page->path))
		ways[count++] = str_from(at, page->path.len);
	return count;
}

static bool find_in(const struct origins *o, const struct source *src, size_t markdown,
	const struct origin_page *page, const struct page_ref *ref, struct origin *out)
{
	str ways[WAYS];
	size_t count = spell(o, page, ref, ways);

	for (size_t i = 0; i < count; i++) {
		ptrdiff_t at = ways[i].len > 1 ? find_words(src->text, ways[i], markdown) : -1;

		if (at >= 0) {
			size_t edge = is_edge(ways[i].ptr[0]);
			loc place = source_loc(src, (size_t)at + (edge && ways[i].ptr[1] == '}' ? 2 : edge));

			*out = (struct origin){ *src, place.line, place.col };
			return true;
		}
	}
	return false;
}

bool origin_in_text(struct origins *o, const struct origin_page *page, const struct page_ref *ref, struct origin *out)
{
	return page->article && find_in(o, article_source(o, page->article), page->article->meta.body, page, ref, out);
}

static void add_walk(struct origins *o, const char *folder, const struct file_walk *walk)
{
	str below = path_join(o->site->options->source, str_c(folder), o->arena);

	if (str_eq(o->site->options->source, STR(".")))
		below = str_c(folder);
	for (size_t i = 0; i < walk->files.count; i++) {
		str path = path_join(below, walk->files.at[i].path, o->arena);

		o->texts[o->text_count++] = (struct source){ path, read_text(o, path) };
	}
}

static void read_texts(struct origins *o)
{
	const struct site *s = o->site;

	o->has_texts = true;
	o->texts = arena_array(o->arena, struct source, 1 + s->templates.files.count + s->data.files.count);
	o->texts[o->text_count++] = s->config_source;
	add_walk(o, "templates", &s->templates);
	add_walk(o, "data", &s->data);
}

struct origin origin_elsewhere(struct origins *o, const struct origin_page *page, const struct page_ref *ref)
{
	struct origin found;

	if (!o->has_texts)
		read_texts(o);
	for (size_t i = 0; i < o->text_count; i++)
		if (find_in(o, &o->texts[i], SIZE_MAX, page, ref, &found))
			return found;
	found = (struct origin){ .line = 0 };
	if (page->article)
		found.source.path = page->article->meta.path;
	else if (page->template.len)
		found.source.path = str_printf(o->arena, "templates/%.*s.mustache", STR_ARG(page->template));
	return found;
}
