#include "template/compile.h"

#include "base/arena.h"
#include "base/buf.h"
#include "template/program.h"
#include "template/scan.h"

struct compiler {
	struct template_set *set;
	struct template *t;
	const struct tags *tags;
	str text;
	str dedent; /* blanks that lines lose: the indentation of their argument */
	uint32_t cap;

	/* The text that comes next, not yet a step. */
	str pending;
	struct buf joined; /* holds it when it is not one piece of the source */
	uint8_t flags;
	uint32_t pending_at;
};

static bool is_line_start(struct compiler *c, uint32_t at)
{
	return at == c->tags->start || c->text.ptr[at - 1] == '\n';
}

static str cut_text(struct compiler *c, uint32_t from, uint32_t to)
{
	return str_sub(c->text, from, to);
}

/* The blanks that both begin with. */
static size_t count_shared(str a, str b)
{
	size_t n = 0;

	while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
		n++;
	return n;
}

static str strip_dedent(struct compiler *c, str line)
{
	return str_from(line, count_shared(line, c->dedent));
}

static struct step *push_step(struct compiler *c, enum op op, uint32_t at)
{
	struct template *t = c->t;

	if (t->count == c->cap) {
		uint32_t cap = c->cap ? c->cap * 2 : 32;
		struct step *steps = arena_array(c->set->arena, struct step, cap);

		if (t->count)
			memcpy(steps, t->steps, t->count * sizeof(*steps));
		t->steps = steps;
		c->cap = cap;
	}
	struct step *s = &t->steps[t->count++];

	*s = (struct step){ .op = (uint8_t)op, .at = at, .end = t->count };
	return s;
}

static void flush_text(struct compiler *c)
{
	struct step *s;

	if (c->pending.len == 0 && !c->flags)
		return;
	s = push_step(c, OP_TEXT, c->pending_at);
	s->flags = c->flags;
	s->text = c->joined.len ? str_copy(c->pending, c->set->arena) : c->pending;
	c->pending = (str){ 0 };
	c->flags = 0;
	buf_clear(&c->joined);
}

/* Something follows on a new line: its indentation belongs here. */
static void begin_line(struct compiler *c, uint32_t at)
{
	if (c->pending.len == 0)
		c->pending_at = at;
	c->flags |= c->pending.len ? OPENS_LINE : STARTS_LINE;
}

static void append(struct compiler *c, str piece)
{
	if (piece.len == 0)
		return;
	c->flags &= (uint8_t)~OPENS_LINE;
	if (c->pending.len == 0) {
		c->pending_at = (uint32_t)(piece.ptr - c->text.ptr);
		c->pending = piece;
	} else if (!c->joined.len && c->pending.ptr + c->pending.len == piece.ptr) {
		c->pending.len += piece.len;
	} else {
		if (!c->joined.len)
			buf_add(&c->joined, c->pending);
		buf_add(&c->joined, piece);
		c->pending = buf_str(&c->joined);
	}
}

/* Source text, line by line where lines lose indentation. */
static void add_text(struct compiler *c, uint32_t from, uint32_t to)
{
	str rest = cut_text(c, from, to);

	while (rest.len) {
		uint32_t at = (uint32_t)(rest.ptr - c->text.ptr);
		bool starts = is_line_start(c, at);
		ptrdiff_t newline = c->dedent.len ? str_find_char(rest, '\n') : -1;
		str piece = newline < 0 ? rest : str_sub(rest, 0, (size_t)newline + 1);

		rest = str_from(rest, piece.len);
		if (starts) {
			begin_line(c, at);
			piece = strip_dedent(c, piece);
		}
		append(c, piece);
	}
}

/* A tag that shares its line begins it when nothing stands before. */
static void begin_tag(struct compiler *c, uint32_t at)
{
	if (is_line_start(c, at))
		begin_line(c, at);
}

/* The blanks before a tag, as far as the text around it is not dedented. */
static str tag_indent(struct compiler *c, const struct tag *tag)
{
	if (!tag->blank_before)
		return (str){ 0 };
	return strip_dedent(c, cut_text(c, tag->line_from, tag->from));
}

/* The indentation of the first line of [from, to) that is not blank, `to` included. */
static str first_indent(struct compiler *c, uint32_t from, uint32_t to)
{
	const char *text = c->text.ptr;
	uint32_t line = from, at = from;

	for (; at < to; at++) {
		if (text[at] == '\n')
			line = at + 1;
		else if (text[at] != ' ' && text[at] != '\t' && text[at] != '\r')
			break;
	}
	return cut_text(c, line, at);
}

static struct name make_name(struct compiler *c, str text)
{
	struct name name = { .text = text };
	str *part;
	uint32_t count = 1;

	if (str_eq(text, STR(".")))
		return name;
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '.';
	part = arena_array(c->set->arena, str, count);
	for (uint32_t i = 0; i < count; i++) {
		struct str_pair cut = str_cut(text, '.');

		part[i] = cut.head;
		text = cut.tail;
	}
	name.part = part;
	name.count = count;
	return name;
}

static const void *block_id(struct compiler *c, str name)
{
	void **place = map_put(&c->set->blocks, name, NULL);

	if (!*place)
		*place = arena_alloc(c->set->arena, 1, 1);
	return *place;
}

static void compile_range(
	struct compiler *c, uint32_t tag, uint32_t end, uint32_t from, uint32_t to);

/* The template between a tag that opens and the one that closes it. */
static void compile_body(struct compiler *c, uint32_t opener, uint32_t from, uint32_t to)
{
	compile_range(c, opener + 1, c->tags->at[opener].partner, from, to);
}

static uint32_t compile_value(struct compiler *c, const struct tag *tag, uint32_t from)
{
	bool raw = tag->kind == TAG_RAW || c->set->options.html_off;

	add_text(c, from, tag->from);
	begin_tag(c, tag->from);
	flush_text(c);
	push_step(c, raw ? OP_RAW : OP_VALUE, tag->from)->name = make_name(c, tag->name);
	return tag->to;
}

/* A tag that renders nothing: its line goes when it has one to itself. */
static uint32_t compile_silent(struct compiler *c, const struct tag *tag, uint32_t from)
{
	bool alone = tag->blank_before && tag->blank_after;

	add_text(c, from, alone ? tag->line_from : tag->from);
	if (!alone)
		begin_tag(c, tag->from);
	return alone ? tag->line_to : tag->to;
}

static uint32_t compile_section(struct compiler *c, uint32_t index, uint32_t from)
{
	const struct tag *open = &c->tags->at[index], *close = &c->tags->at[open->partner];
	bool close_alone = close->blank_before && close->blank_after;
	uint32_t step, body = compile_silent(c, open, from);

	flush_text(c);
	step = c->t->count;
	push_step(c, open->kind == TAG_SECTION ? OP_SECTION : OP_INVERTED, open->from)->name =
		make_name(c, open->name);
	compile_body(c, index, body, close_alone ? close->line_from : close->from);
	if (!close_alone)
		begin_tag(c, close->from);
	flush_text(c);
	c->t->steps[step].end = c->t->count;
	return close_alone ? close->line_to : close->to;
}

static struct include *push_include(struct compiler *c, const struct tag *tag, bool alone)
{
	struct include *include = arena_new(c->set->arena, struct include);

	include->file = tag->name;
	include->dynamic = tag->dynamic;
	include->is_inline = !alone;
	if (tag->dynamic)
		include->name = make_name(c, tag->name);
	if (alone)
		include->indent = tag_indent(c, tag);
	flush_text(c);
	push_step(c, OP_INCLUDE, tag->from)->include = include;
	return include;
}

static uint32_t compile_partial(struct compiler *c, const struct tag *tag, uint32_t from)
{
	uint32_t next = compile_silent(c, tag, from);

	push_include(c, tag, tag->blank_before && tag->blank_after);
	return next;
}

/*
 * An argument that begins behind its tag's line loses the indentation of its first line,
 * so that the place that it goes to decides.
 */
static void compile_argument(struct compiler *c, uint32_t index, struct argument *arg)
{
	const struct tag *open = &c->tags->at[index], *close = &c->tags->at[open->partner];
	uint32_t from = open->blank_after ? open->line_to : open->to;
	uint32_t to = close->blank_before ? close->line_from : close->from;
	str dedent = c->dedent;

	arg->block = block_id(c, open->name);
	arg->whole_lines = close->blank_before && to > from;
	arg->from = c->t->count;
	if (open->blank_after)
		c->dedent = first_indent(c, from, to);
	else if (from < to)
		begin_line(c, from);
	compile_body(c, index, from, to);
	flush_text(c);
	arg->to = c->t->count;
	c->dedent = dedent;
}

/* Inside a parent tag only the blocks count; the rest is not rendered. */
static void compile_arguments(struct compiler *c, uint32_t index, struct include *include)
{
	const struct tag *tags = c->tags->at;
	uint32_t end = tags[index].partner, count = 0;
	struct argument *args;

	for (uint32_t i = index + 1; i < end; i = tags_next(c->tags, i))
		count += tags[i].kind == TAG_BLOCK;
	args = arena_array(c->set->arena, struct argument, count);
	include->arguments = args;
	for (uint32_t i = index + 1; i < end; i = tags_next(c->tags, i)) {
		if (tags[i].kind == TAG_BLOCK)
			compile_argument(c, i, &args[include->count++]);
	}
}

static uint32_t compile_parent(struct compiler *c, uint32_t index, uint32_t from)
{
	const struct tag *open = &c->tags->at[index], *close = &c->tags->at[open->partner];
	bool alone = open->blank_before && close->blank_after;
	uint32_t step;
	struct include *include;

	add_text(c, from, alone ? open->line_from : open->from);
	if (!alone)
		begin_tag(c, open->from);
	include = push_include(c, open, alone);
	step = c->t->count - 1;
	compile_arguments(c, index, include);
	c->t->steps[step].end = c->t->count;
	return alone ? close->line_to : close->to;
}

/* The newline behind a tag that ends its line, without the blanks between. */
static str newline_of(struct compiler *c, const struct tag *tag)
{
	str rest = cut_text(c, tag->to, tag->line_to);
	size_t blanks = 0;

	while (blanks < rest.len && (rest.ptr[blanks] == ' ' || rest.ptr[blanks] == '\t'))
		blanks++;
	return str_from(rest, blanks);
}

/*
 * A block may stand in a line, or have the line or lines to itself.  Then what is around it
 * on these lines - blanks before, the newline behind - belongs to the default, and what
 * replaces it is indented and ends with a newline as well.
 */
static uint32_t compile_block(struct compiler *c, uint32_t index, uint32_t from)
{
	const struct tag *open = &c->tags->at[index], *close = &c->tags->at[open->partner];
	bool open_alone = open->blank_before && open->blank_after;
	bool close_alone = close->blank_before && close->blank_after;
	bool ends_line = close->blank_after && (open->blank_before || close->blank_before);
	uint32_t body = open_alone ? open->line_to : open->to;
	uint32_t body_end = close_alone ? close->line_from : close->from;
	struct block *block = arena_new(c->set->arena, struct block);
	uint32_t step;

	block->text = open->name;
	block->id = block_id(c, open->name);
	block->is_inline = !open->blank_before;
	block->indent = open_alone ? strip_dedent(c, first_indent(c, body, close->from))
				   : tag_indent(c, open);
	if (ends_line)
		block->newline = newline_of(c, close);

	add_text(c, from, open->blank_before ? open->line_from : open->from);
	flush_text(c);
	step = c->t->count;
	push_step(c, OP_BLOCK, open->from)->block = block;
	/* An empty block that ends its line leaves none behind. */
	if (body < body_end || !ends_line) {
		if (open->blank_before && !open_alone) {
			add_text(c, open->line_from, open->from);
			begin_tag(c, open->from);
		}
		compile_body(c, index, body, body_end);
		if (!close_alone)
			begin_tag(c, close->from);
		if (ends_line && !close_alone)
			add_text(c, close->to, close->line_to);
		flush_text(c);
	}
	c->t->steps[step].end = c->t->count;
	return ends_line ? close->line_to : close->to;
}

/* The tags [index, end) and the text [from, to) that they stand in. */
static void compile_range(
	struct compiler *c, uint32_t index, uint32_t end, uint32_t from, uint32_t to)
{
	while (index < end) {
		const struct tag *tag = &c->tags->at[index];

		switch (tag->kind) {
		case TAG_VALUE:
		case TAG_RAW:
			from = compile_value(c, tag, from);
			break;
		case TAG_SECTION:
		case TAG_INVERTED:
			from = compile_section(c, index, from);
			break;
		case TAG_PARTIAL:
			from = compile_partial(c, tag, from);
			break;
		case TAG_PARENT:
			from = compile_parent(c, index, from);
			break;
		case TAG_BLOCK:
			from = compile_block(c, index, from);
			break;
		default:
			from = compile_silent(c, tag, from);
			break;
		}
		index = tags_next(c->tags, index);
	}
	if (from < to)
		add_text(c, from, to);
}

void template_compile(struct template *t, struct template_set *set, const struct tags *tags)
{
	struct compiler c = { .set = set, .t = t, .tags = tags, .text = t->src->text };

	compile_range(&c, 0, tags->count, tags->start, (uint32_t)c.text.len);
	flush_text(&c);
	buf_free(&c.joined);
}
