#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "blocks/excerpt.h"
#include "blocks/kinds.h"
#include "blocks/metrics.h"
#include "blocks/record.h"
#include "highlight/highlight.h"
#include "highlight/registry.h"

static const char CATEGORY[] = "fence";

struct snippet {
	str code; /* without its last newline */
	str lang;
	const struct language *language; /* or null */
	str title, path;                 /* or empty */
	int first_line;
	bool numbers;
	int lines;
	struct line_range *marked;
	size_t marked_count;
};

static int count_lines(str code)
{
	return (code.len > 0) + (int)str_count_char(code, '\n');
}

static str without_newline(str code)
{
	if (str_ends(code, STR("\n")))
		code.len--;
	return code;
}

/* One of "2,4-6". A fault is said and the rest of the marks still count. */
static void add_mark(
	struct block_page *page, const struct fence_attr *attr, str part, struct snippet *s)
{
	loc at = attr->value_at;
	int from, to;

	if (at.col > 0 && part.ptr >= attr->value.ptr)
		at.col += (int)(part.ptr - attr->value.ptr);
	part = str_trim(part);
	if (!excerpt_range(part, s->lines, &from, &to)) {
		diag_error(page->diags, at, CATEGORY,
			"expected lines like 2,4-6, got '" STR_FMT "'", STR_ARG(part));
	} else if (from > s->lines || to > s->lines) {
		diag_error(page->diags, at, CATEGORY,
			"hl marks line %d, and the block has %d line%s", to > from ? to : from,
			s->lines, s->lines == 1 ? "" : "s");
	} else {
		s->marked[s->marked_count++] = (struct line_range){ from, to };
	}
}

static void read_marks(struct block_page *page, const struct fence *fence, struct snippet *s)
{
	const struct fence_attr *attr = fence_get(fence, STR("hl"));
	size_t parts = 1;

	if (!attr || attr->value.len == 0)
		return;
	for (size_t i = 0; i < attr->value.len; i++)
		parts += attr->value.ptr[i] == ',';
	s->marked = arena_array(page->arena, struct line_range, parts);
	for (str rest = attr->value; rest.len > 0;) {
		struct str_pair p = str_cut(rest, ',');

		add_mark(page, attr, p.head, s);
		rest = p.tail;
	}
}

static void read_start(struct block_page *page, const struct fence *fence, struct snippet *s)
{
	const struct fence_attr *attr = fence_get(fence, STR("start"));
	uint64_t n;

	if (!attr)
		return;
	if (str_to_u64(attr->value, &n) && n <= 10000000)
		s->first_line = (int)n;
	else
		diag_error(page->diags, attr->value_at, CATEGORY,
			"expected the number of the first line, got '" STR_FMT "'",
			STR_ARG(attr->value));
}

static void read_file(struct block_page *page, const struct markdown_block *block,
	const struct fence *fence, struct snippet *s)
{
	struct excerpt excerpt = { 0 };
	str extension;

	if (str_trim(block->code).len > 0) {
		diag_error(page->diags, (loc){ page->src, block->code_line, 1 }, CATEGORY,
			"a block with file= shows the file and has no code of its own");
		return;
	}
	if (!excerpt_read(page, fence, &excerpt))
		return;
	s->code = without_newline(excerpt.code);
	s->path = excerpt.path;
	s->first_line = excerpt.first_line;
	if (s->title.len == 0)
		s->title = path_name(excerpt.path);
	extension = path_extension(excerpt.path);
	if (s->lang.len == 0 && extension.len > 1) {
		s->lang = str_from(extension, 1);
		s->language = registry_find(page->registry, s->lang);
	}
}

static str render(const struct snippet *s, struct arena *a)
{
	struct buf html = { .arena = a };
	struct highlight_options options = {
		.lines = s->numbers || s->marked_count > 0,
		.marked = s->marked,
		.marked_count = s->marked_count,
	};

	if (s->code.len == 0)
		return STR("");
	/* Real code grows about threefold; a buffer that starts so does not move. */
	buf_reserve(&html, s->code.len * 3 + 64);
	highlight_html(s->language, s->code, &options, &html);
	return buf_str(&html);
}

static struct value metrics_value(str slug, str code, struct arena *a)
{
	struct metrics m = metrics_of(slug, code);
	struct value v = record_new(5, a);

	record_int(&v, STR("lines"), (int64_t)m.lines, a);
	record_int(&v, STR("code_lines"), (int64_t)m.code_lines, a);
	record_int(&v, STR("characters"), (int64_t)m.characters, a);
	record_int(&v, STR("tokens"), (int64_t)m.tokens, a);
	record_int(&v, STR("imports"), (int64_t)m.imports, a);
	return v;
}

static str find_id(struct block_page *page, const struct fence *fence, int number)
{
	const struct fence_attr *attr = fence_get(fence, STR("id"));

	if (!attr)
		return block_make_id(page, "code", number);
	block_claim_id(page, attr->value, attr->at);
	return attr->value;
}

/* Null for code that does not run. */
static struct value find_output(const struct block_page *page, int line)
{
	for (size_t i = 0; i < page->output_count; i++)
		if (page->outputs[i].line == line)
			return page->outputs[i].value;
	return value_null();
}

static struct value snippet_value(
	const struct block_page *page, const struct snippet *s, str id, int index)
{
	struct arena *a = page->arena;
	str slug = s->language ? s->language->slug : STR("text");
	str syntax = s->language ? registry_syntax(page->registry, s->language) : slug;
	struct value v = record_new(19, a); /* with room for what a panel adds */

	record_str(&v, STR("id"), id, a);
	record_str(&v, STR("lang"), s->lang, a);
	record_optional(&v, STR("language"), s->language ? s->language->name : STR(""), a);
	record_str(&v, STR("slug"), slug, a);
	record_optional(&v, STR("color"), s->language ? s->language->color : STR(""), a);
	record_optional(&v, STR("title"), s->title, a);
	record_optional(&v, STR("file"), s->path, a);
	record_str(&v, STR("html"), render(s, a), a);
	record_int(&v, STR("lines"), s->lines, a);
	record_bool(&v, STR("numbers"), s->numbers, a);
	record_int(&v, STR("first_line"), s->first_line, a);
	record_bool(&v, STR("marked"), s->marked_count > 0, a);
	record_int(&v, STR("index"), index, a);
	value_add(&v, STR("metrics"), metrics_value(syntax, s->code, a), a);
	return v;
}

void code_value(struct block_page *page, const struct markdown_block *block,
	const struct fence *fence, struct value *out)
{
	int index = ++page->codes;
	struct snippet s = {
		.code = without_newline(block->code),
		.lang = fence->lang,
		.language = fence->lang.len ? registry_find(page->registry, fence->lang) : NULL,
		.title = fence_value(fence, STR("title")),
		.numbers = fence_has(fence, STR("lines")),
		.first_line = 1,
	};

	read_start(page, fence, &s);
	if (fence_get(fence, STR("file")))
		read_file(page, block, fence, &s);
	s.lines = count_lines(s.code);
	read_marks(page, fence, &s);
	*out = snippet_value(page, &s, find_id(page, fence, index), index);
	value_add(out, STR("output"), find_output(page, block->at.line), page->arena);
}

static size_t read_code(struct block_page *page, const struct markdown_block *blocks,
	size_t count, const struct fence *fence, struct value *out)
{
	(void)count;
	code_value(page, &blocks[0], fence, out);
	return 1;
}

const struct block_kind code_block = { .name = STR_INIT("code"), .read = read_code };
