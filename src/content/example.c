#include "content/example.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/path.h"
#include "blocks/excerpt.h"
#include "blocks/fence.h"
#include "blocks/fence_language.h"
#include "content/example_options.h"
#include "content/example_parts.h"
#include "content/lock.h"
#include "content/record.h"
#include "markdown/markdown.h"

enum { ID_LONGEST = 100 };

static const char CATEGORY[] = "example";

/* Hidden code around a block. */
struct harness {
	str name, language;
	str code;
	int line; /* of its first line in the article */
	loc at;
	bool used, broken;
	struct harness *next;
};

struct pending {
	struct example example;
	struct fence fence;
	struct pending *next;
};

/* A block that could be run and is not. */
struct left_out {
	loc at;
	struct left_out *next;
};

struct reader {
	const struct example_place *place;
	struct block_page page; /* what file= is read through */
	struct arena *arena;
	struct diags *diags;
	struct harness *harnesses, **last_harness;
	struct pending *first, **last;
	size_t count;
	struct left_out *first_left_out, **last_left_out;
	size_t left_out_count;
	bool ok;
};

/* The words that make a block run, as a quick look knows them. */
static bool names_a_kind(str line)
{
	static const str words[] = { STR_INIT("run"), STR_INIT("check"), STR_INIT("serve"),
		STR_INIT("harness") };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_find(line, words[i]) >= 0)
			return true;
	return false;
}

bool examples_hinted(str body)
{
	while (body.len) {
		ptrdiff_t ticks = str_find(body, STR("```")), waves = str_find(body, STR("~~~"));
		ptrdiff_t at = ticks < 0 || (waves >= 0 && waves < ticks) ? waves : ticks;

		if (at < 0)
			return false;
		body = str_from(body, (size_t)at);
		struct str_pair line = str_cut(body, '\n');
		if (names_a_kind(line.head))
			return true;
		body = line.tail;
	}
	return false;
}

str example_normalize(str text, struct arena *a)
{
	struct buf out = { .arena = a };

	if (str_find_char(text, '\r') < 0)
		return text;
	buf_reserve(&out, text.len);
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '\r' || i + 1 == text.len || text.ptr[i + 1] != '\n')
			buf_char(&out, text.ptr[i]);
	return buf_str(&out);
}

static bool fault(struct reader *r)
{
	r->ok = false;
	return false;
}

static bool is_id_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
	       c == '_' || c == '.';
}

/* An id names files: plain letters, digits, '-', '_', '.', and no dot in front. */
static bool is_id(str id)
{
	if (id.len == 0 || id.len > ID_LONGEST || id.ptr[0] == '.')
		return false;
	for (size_t i = 0; i < id.len; i++)
		if (!is_id_char(id.ptr[i]))
			return false;
	return true;
}

static bool read_id(struct reader *r, const struct fence *fence, struct example *e)
{
	const struct fence_attr *attr = fence_key(fence, STR("id"));

	if (!attr)
		return true;
	e->id = attr->value;
	e->has_id = true;
	if (is_id(e->id))
		return true;
	diag_error(r->diags, attr->value_at, CATEGORY,
		"'" STR_FMT "' cannot be the id of an example: it names files", STR_ARG(e->id));
	diag_help(r->diags, "use letters, digits, '-', '_' and '.', at most %d", ID_LONGEST);
	return fault(r);
}

static bool read_file(struct reader *r, const struct fence *fence, struct example *e)
{
	const struct fence_attr *attr = fence_key(fence, STR("file"));
	str path;

	if (!attr)
		return true;
	if (!excerpt_file(&r->page, attr->value, attr->value_at, &e->code, &path))
		return fault(r);
	e->file = path;
	e->code_line = 1;
	return true;
}

static const struct fence_attr *kind_attr(const struct fence *fence, enum example_kind *kind)
{
	static const str words[] = { [EXAMPLE_RUN] = STR_INIT("run"), [EXAMPLE_CHECK] = STR_INIT("check"),
		[EXAMPLE_SERVE] = STR_INIT("serve") };

	for (size_t i = 0; i < 3; i++) {
		const struct fence_attr *attr = fence_get(fence, words[i]);

		if (attr && attr->flag) {
			*kind = (enum example_kind)i;
			return attr;
		}
	}
	return NULL;
}

static void add_example(struct reader *r, const struct markdown_block *b, const struct fence *fence)
{
	struct pending *p = arena_new(r->arena, struct pending);
	struct example *e = &p->example;

	p->fence = *fence;
	e->at = b->at;
	e->kind_at = kind_attr(fence, &e->kind)->at;
	e->language = fence_language(r->place->registry, fence, r->arena);
	e->hidden = fence_has(fence, STR("hidden"));
	e->code = example_normalize(b->code, r->arena);
	e->code_line = b->code_line;
	e->pair = fence_value(fence, STR("pair"));
	e->title = fence_value(fence, STR("title"));
	if (e->language.len == 0) {
		diag_error(r->diags, b->info_at, CATEGORY, "a block that runs needs a language");
		fault(r);
	}
	read_id(r, fence, e);
	read_file(r, fence, e);
	if (!example_options_read(r->place, &r->page, fence, e, r->arena, r->diags))
		fault(r);
	*r->last = p;
	r->last = &p->next;
	r->count++;
}

static void add_harness(struct reader *r, const struct markdown_block *b, const struct fence *fence)
{
	const struct fence_attr *attr = fence_key(fence, STR("harness"));
	struct harness *h = arena_new(r->arena, struct harness);

	*h = (struct harness){ .name = attr->value,
		.language = fence_language(r->place->registry, fence, r->arena),
		.code = example_normalize(b->code, r->arena),
		.line = b->code_line,
		.at = attr->at };
	for (const struct harness *other = r->harnesses; other; other = other->next) {
		if (!str_eq(other->name, h->name) || !str_eq(other->language, h->language))
			continue;
		diag_error(r->diags, h->at, CATEGORY,
			"there is a harness \"" STR_FMT "\" already, in line %d", STR_ARG(h->name),
			other->at.line);
		h->used = true;
		fault(r);
	}
	*r->last_harness = h;
	r->last_harness = &h->next;
}

static void add_left_out(struct reader *r, loc at)
{
	struct left_out *l = arena_new(r->arena, struct left_out);

	l->at = at;
	*r->last_left_out = l;
	r->last_left_out = &l->next;
	r->left_out_count++;
}

static void visit(void *ctx, const struct markdown_block *b)
{
	struct reader *r = ctx;
	struct fence fence;
	size_t before = r->diags->errors;

	if (b->kind != MARKDOWN_CODE || !b->fenced || b->info.len == 0)
		return;
	if (!fence_read(b->info, b->info_at, &fence, r->arena, r->diags)) {
		if (fence.runs || r->diags->errors > before)
			fault(r);
		return;
	}
	if (fence.runs)
		add_example(r, b, &fence);
	else if (fence_has(&fence, STR("hidden")) && fence_key(&fence, STR("harness")))
		add_harness(r, b, &fence);
	else if (!fence_has(&fence, STR("norun")) && !fence_has(&fence, STR("hidden")) &&
		 fence_language_programs(r->place->registry, &fence))
		add_left_out(r, b->at);
}

/* The line of a harness where the code goes: a comment that is nothing but "gen:code". */
static bool is_mark(str line)
{
	static const str marks[] = { STR_INIT("//"), STR_INIT("#"), STR_INIT("--"), STR_INIT(";"),
		STR_INIT("%") };

	line = str_trim(line);
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (str_starts(line, marks[i]) &&
			str_eq(str_trim(str_from(line, marks[i].len)), STR("gen:code")))
			return true;
	return false;
}

static int count_lines(str text)
{
	int count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '\n';
	return count + (text.len > 0 && text.ptr[text.len - 1] != '\n');
}

static void add_indented(struct buf *out, str code, str indent)
{
	while (code.len) {
		struct str_pair line = str_cut(code, '\n');

		if (str_trim(line.head).len)
			buf_add(out, indent);
		buf_add(out, line.head);
		buf_char(out, '\n');
		code = line.tail;
	}
}

/* Put the code where the harness has its mark; the mark's indentation is the code's. */
static bool wrap(struct reader *r, struct harness *h, struct example *e)
{
	struct buf out = { .arena = r->arena };
	int line = 0, marks = 0;

	for (str rest = h->code; rest.len; line++) {
		struct str_pair cut = str_cut(rest, '\n');

		rest = cut.tail;
		if (!is_mark(cut.head)) {
			buf_add(&out, cut.head);
			buf_char(&out, '\n');
			continue;
		}
		if (marks++)
			continue;
		e->before = line;
		e->indent = (int)(cut.head.len - str_trim_start(cut.head).len);
		e->after_line = h->line + line + 1;
		add_indented(&out, e->code, str_sub(cut.head, 0, (size_t)e->indent));
	}
	e->harness_line = h->line;
	e->program = buf_str(&out);
	if (marks == 1)
		return true;
	if (!h->broken) {
		diag_error(r->diags, h->at, CATEGORY,
			marks ? "the harness has more than one line gen:code"
			      : "the harness has no line that says where the code goes");
		diag_help(r->diags, "write one line //gen:code or #gen:code, as comments are written in "
				    "the language");
	}
	h->broken = true;
	return fault(r);
}

static struct harness *find_harness(struct reader *r, str name, str language)
{
	for (struct harness *h = r->harnesses; h; h = h->next)
		if (str_eq(h->name, name) && str_eq(h->language, language))
			return h;
	return NULL;
}

static bool no_harness(struct reader *r, const struct fence_attr *attr, const struct example *e)
{
	str names[32];
	size_t count = 0;

	diag_error(r->diags, attr->value_at, CATEGORY, "there is no harness \"" STR_FMT "\" in " STR_FMT,
		STR_ARG(attr->value), STR_ARG(e->language));
	for (const struct harness *h = r->harnesses; h && count < 32; h = h->next)
		names[count++] = h->name;
	if (str_nearest(attr->value, names, count).len)
		diag_help_nearest(r->diags, attr->value, names, count);
	else
		diag_help(r->diags, "a block ```" STR_FMT " hidden harness=" STR_FMT " would make one",
			STR_ARG(e->language), STR_ARG(attr->value));
	return fault(r);
}

static void make_program(struct reader *r, struct pending *p)
{
	struct example *e = &p->example;
	const struct fence_attr *attr = fence_key(&p->fence, STR("harness"));
	struct harness *h = find_harness(r, attr ? attr->value : e->id, e->language);

	e->lines = count_lines(e->code);
	e->program = e->code;
	if (!h && attr)
		no_harness(r, attr, e);
	if (!h)
		return;
	h->used = true;
	wrap(r, h, e);
}

static void check_harnesses(struct reader *r)
{
	for (const struct harness *h = r->harnesses; h; h = h->next)
		if (!h->used)
			diag_warn(r->diags, h->at, CATEGORY,
				"the harness \"" STR_FMT "\" is around no block", STR_ARG(h->name));
}

/* Names of files: the same without case is the same on some disks. */
static void claim_id(struct reader *r, struct map *ids, const struct pending *p)
{
	const struct example *e = &p->example;
	bool is_new;
	void **first = map_put(ids, str_lower(e->id, r->arena), &is_new);

	if (is_new) {
		*first = (void *)e;
		return;
	}
	diag_error(r->diags, fence_key(&p->fence, STR("id"))->value_at, CATEGORY,
		"the id \"" STR_FMT "\" is used twice, first in line %d", STR_ARG(e->id),
		((const struct example *)*first)->at.line);
	fault(r);
}

/* Ids that the author wrote first; the others get language and number. */
static void settle_ids(struct reader *r)
{
	struct map ids = { .arena = r->arena };
	struct map numbers = { .arena = r->arena };

	for (struct pending *p = r->first; p; p = p->next)
		if (p->example.has_id)
			claim_id(r, &ids, p);
	for (struct pending *p = r->first; p; p = p->next) {
		struct example *e = &p->example;

		if (e->has_id)
			continue;
		void **place = map_put(&numbers, e->language, NULL);
		int *number = *place;

		if (!number)
			*place = number = arena_new(r->arena, int);
		do
			e->id = str_printf(r->arena, STR_FMT "-%d", STR_ARG(e->language), ++*number);
		while (map_has(&ids, e->id));
	}
}

void example_lock(struct example *e, const struct example_place *place, struct arena *a)
{
	lock_read(e, record_folder(place->src->path, a), a);
	e->key = example_key(e, place->runners, a);
}

static void finish(struct reader *r, struct examples *out)
{
	size_t i = 0;

	settle_ids(r);
	out->at = arena_array(r->arena, struct example, r->count);
	for (struct pending *p = r->first; p; p = p->next) {
		make_program(r, p);
		example_lock(&p->example, r->place, r->arena);
		out->at[i++] = p->example;
	}
	check_harnesses(r);
	out->count = i;
	out->left_out = arena_array(r->arena, loc, r->left_out_count);
	for (const struct left_out *l = r->first_left_out; l; l = l->next)
		out->left_out[out->left_out_count++] = l->at;
}

bool examples_read(struct markdown *m, const struct example_place *place, struct examples *out,
	struct arena *a, struct diags *d)
{
	struct reader r = { .place = place, .arena = a, .diags = d, .ok = true };

	*out = (struct examples){ 0 };
	r.page = (struct block_page){ .src = place->src, .folder = place->folder, .root = place->root,
		.arena = a, .diags = d };
	r.last = &r.first;
	r.last_harness = &r.harnesses;
	r.last_left_out = &r.first_left_out;
	markdown_blocks(m, visit, &r);
	finish(&r, out);
	return r.ok;
}

bool example_line(const struct example *e, int line, int *col, str *path, int *out)
{
	*path = (str){ 0 };
	if (line > e->before && line <= e->before + e->lines) {
		*path = e->file;
		*out = e->code_line + line - e->before - 1;
		if (*col > e->indent)
			*col -= e->indent;
		return true;
	}
	/* "unexpected end of file" comes a line late. */
	if (!e->harness_line && line == e->lines + 1 && e->lines > 0) {
		*path = e->file;
		*out = e->code_line + e->lines - 1;
		*col = 0;
		return true;
	}
	if (!e->harness_line || line < 1)
		return false;
	*out = line <= e->before ? e->harness_line + line - 1 : e->after_line + line - e->before - e->lines - 1;
	return true;
}
