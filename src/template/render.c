#include "template/run.h"

static void render(struct run *r, const struct template *t, uint32_t from, uint32_t to);

static void check_limit(struct run *r, const struct template *t, const struct step *s)
{
	if (r->out->len > r->limit)
		run_stop(r, t, s, "the output is too long");
}

/* Work that may print nothing is bounded like what is printed. */
static bool may_work(struct run *r, const struct template *t, const struct step *s)
{
	if (++r->work > r->options->max_output)
		run_stop(r, t, s, "rendering takes too long");
	return !r->stopped;
}

static void put_indent(struct run *r, const struct indent *indent)
{
	if (indent->outer)
		put_indent(r, indent->outer);
	buf_add(r->out, indent->text);
}

static bool is_empty_line(str text)
{
	return str_starts(text, STR("\n")) || str_starts(text, STR("\r\n"));
}

static void put_indented(struct run *r, str text, int flags)
{
	if ((flags & STARTS_LINE) && !is_empty_line(text))
		put_indent(r, r->indent);
	while (text.len) {
		ptrdiff_t newline = str_find_char(text, '\n');

		if (newline < 0) {
			buf_add(r->out, text);
			return;
		}
		buf_add(r->out, str_sub(text, 0, (size_t)newline + 1));
		text = str_from(text, (size_t)newline + 1);
		if (text.len ? !is_empty_line(text) : flags & OPENS_LINE)
			put_indent(r, r->indent);
	}
}

static bool prints(const struct value *v)
{
	return v->kind < VALUE_LIST || (v->kind == VALUE_MAP && v->map && v->map->text.ptr);
}

static void put_value(struct run *r, const struct template *t, const struct step *s)
{
	const struct value *v = run_lookup(r, &s->name);
	str text;

	if (!v) {
		run_missing(r, t, s, &s->name);
		return;
	}
	if (v->kind == VALUE_NULL)
		return;
	if (!prints(v)) {
		run_unprintable(r, t, s, &s->name, v);
		return;
	}
	text = v->kind == VALUE_STRING ? v->s : value_str(v);
	if (s->op == OP_VALUE)
		buf_html(r->out, text);
	else
		buf_add(r->out, text);
	check_limit(r, t, s);
}

/* The body of section `s`, with `v` as the innermost scope. */
static void render_body(
	struct run *r, const struct template *t, const struct step *s, const struct value *v)
{
	struct scope scope;

	if (!may_work(r, t, s))
		return;
	run_enter(r, &scope, v);
	render(r, t, (uint32_t)(s - t->steps) + 1, s->end);
	r->scope = scope.outer;
}

static void render_section(struct run *r, const struct template *t, const struct step *s)
{
	const struct value *v = run_lookup(r, &s->name);

	if (!v) {
		run_missing(r, t, s, &s->name);
	} else if (v->kind == VALUE_LIST) {
		for (size_t i = 0; i < value_count(v) && !r->stopped; i++)
			render_body(r, t, s, &v->list->at[i]);
	} else if (value_truth(v)) {
		render_body(r, t, s, v);
	}
}

/* Whether the body of an inverted section is rendered; a name that is missing says neither. */
static bool is_false(struct run *r, const struct template *t, const struct step *s)
{
	const struct value *v = run_lookup(r, &s->name);

	if (v)
		return !value_truth(v);
	run_missing(r, t, s, &s->name);
	return r->options->lenient;
}

/* Null, when there is none, has been told. */
static const struct template *find_target(
	struct run *r, const struct template *t, const struct step *s)
{
	const struct include *include = s->include;
	const struct template *target = include->target;
	const struct value *v;
	str file = include->file;

	if (include->dynamic) {
		v = run_lookup(r, &include->name);
		if (!v) {
			run_missing(r, t, s, &include->name);
			return NULL;
		}
		file = value_str(v);
		if (v->kind == VALUE_NULL)
			return NULL;
		target = set_find(t->set, file);
	}
	if (target && target->ready)
		return target;
	run_no_template(r, t, s, file);
	return NULL;
}

static void render_include(struct run *r, const struct template *t, const struct step *s)
{
	const struct include *include = s->include;
	const struct template *target = find_target(r, t, s);
	struct call call = { t, s, r->call };
	struct fill fill = { t, include->arguments, include->count, r->fills };
	struct indent indent = { include->indent, r->indent };

	if (!target || !may_work(r, t, s))
		return;
	if (r->depth == r->options->depth) {
		run_stop(r, t, s, "includes are nested too deep");
		return;
	}
	r->depth++;
	r->call = &call;
	if (include->count)
		r->fills = &fill;
	if (include->is_inline)
		r->indent = NULL;
	else if (indent.text.len)
		r->indent = &indent;
	render(r, target, 0, target->count);
	r->indent = indent.outer;
	r->fills = fill.outer;
	r->call = call.outer;
	r->depth--;
}

/* What is put in the place of a block: the outermost template that says it has its way. */
static const struct argument *find_argument(
	const struct run *r, const void *block, const struct fill **by)
{
	const struct argument *found = NULL;

	for (const struct fill *fill = r->fills; fill; fill = fill->outer) {
		for (uint32_t i = 0; i < fill->count; i++) {
			if (fill->arguments[i].block == block) {
				found = &fill->arguments[i];
				*by = fill;
				break;
			}
		}
	}
	return found;
}

/*
 * An argument belongs to the template of its parent tag: the blocks in it are filled by
 * what that template was given.
 */
static void render_argument(struct run *r, const struct template *t, const struct step *s,
	const struct argument *arg, const struct fill *by)
{
	const struct block *block = s->block;
	const struct fill *fills = r->fills;
	struct call call = { t, s, r->call };
	struct indent indent = { block->indent, r->indent };

	if (arg->from == arg->to || !may_work(r, t, s))
		return;
	r->fills = by->outer;
	r->call = &call;
	if (block->is_inline)
		r->indent = NULL;
	else if (indent.text.len)
		r->indent = &indent;
	render(r, by->t, arg->from, arg->to);
	r->indent = indent.outer;
	r->call = call.outer;
	r->fills = fills;
	if (!arg->whole_lines)
		buf_add(r->out, block->newline);
}

/* The step after a block: into the default, unless something else takes its place. */
static uint32_t render_block(struct run *r, const struct template *t, const struct step *s)
{
	const struct fill *by = NULL;
	const struct argument *arg = find_argument(r, s->block->id, &by);

	if (!arg)
		return (uint32_t)(s - t->steps) + 1;
	render_argument(r, t, s, arg, by);
	return s->end;
}

static uint32_t render_step(struct run *r, const struct template *t, const struct step *s)
{
	uint32_t next = (uint32_t)(s - t->steps) + 1;

	switch ((enum op)s->op) {
	case OP_TEXT:
		if (r->indent)
			put_indented(r, s->text, s->flags);
		else
			buf_add(r->out, s->text);
		check_limit(r, t, s);
		return next;
	case OP_VALUE:
	case OP_RAW:
		put_value(r, t, s);
		return next;
	case OP_SECTION:
		render_section(r, t, s);
		return s->end;
	case OP_INVERTED:
		return is_false(r, t, s) ? next : s->end;
	case OP_INCLUDE:
		render_include(r, t, s);
		return s->end;
	case OP_BLOCK:
		return render_block(r, t, s);
	}
	return next;
}

static void render(struct run *r, const struct template *t, uint32_t from, uint32_t to)
{
	if (from < to && r->nesting == NESTING_MAX) {
		run_stop(r, t, &t->steps[from], "sections and includes are nested too deep");
		return;
	}
	r->nesting++;
	while (from < to && !r->stopped)
		from = render_step(r, t, &t->steps[from]);
	r->nesting--;
}

/* The scopes of the caller become a chain on the stack, one call each. */
static void render_stack(
	struct run *r, const struct template *t, const struct value *const *stack, size_t count)
{
	struct scope scope;

	if (count == 0) {
		render(r, t, 0, t->count);
		return;
	}
	run_enter(r, &scope, stack[0]);
	render_stack(r, t, stack + 1, count - 1);
	r->scope = scope.outer;
}

bool template_render(const struct template *t, const struct value *const *stack, size_t count,
	struct buf *out, struct diags *d)
{
	struct run r;
	size_t room;

	/* Without the list of reports, which needs no clearing and is large. */
	memset(&r, 0, offsetof(struct run, reported));
	r.reports = 0;
	r.options = &t->set->options;
	r.out = out;
	room = SIZE_MAX - out->len;
	r.limit = out->len + (r.options->max_output < room ? r.options->max_output : room);
	r.d = d;
	render_stack(&r, t, stack, count);
	return !r.failed;
}
