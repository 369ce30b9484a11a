#include "template/run.h"

#include "base/arena.h"

enum { CHAIN_MAX = 6, NAMES_MAX = 500 };

void run_enter(struct run *r, struct scope *scope, const struct value *v)
{
	bool named = v->kind == VALUE_MAP && v->map;

	*scope = (struct scope){ v, r->scope, named ? scope : r->scope ? r->scope->named : NULL };
	r->scope = scope;
}

static const struct value *find_outside(const struct scope *scope, str key)
{
	while (scope->outer && (scope = scope->outer->named) != NULL) {
		const struct value_entry *e = value_entry(scope->value, key);

		if (e)
			return &e->value;
	}
	return NULL;
}

/* A key of the same address and length is the same text: it need not be compared. */
/* Not inlined, so that what is found again costs no more than the look. */
static __attribute__((noinline)) const struct value *find_anew(
	const struct scope *scope, const struct name *name, struct hint *hint)
{
	const struct value_map *map = scope->value->map;
	const struct value_entry *e = value_entry(scope->value, name->part[0]);

	if (!e)
		return find_outside(scope, name->part[0]);
	*hint = (struct hint){ name, e->key, (size_t)(e - map->at) };
	return &e->value;
}

/* A key of the same address and length is the same text: it need not be compared. */
static inline const struct value *find_first(struct run *r, const struct name *name)
{
	const struct scope *scope = r->scope ? r->scope->named : NULL;
	struct hint *hint = &r->hints[((uintptr_t)name >> 4) % HINTS];
	const struct value_map *map;
	const struct value_entry *e;

	if (!scope)
		return NULL;
	map = scope->value->map;
	if (hint->name == name && hint->index < map->count) {
		e = &map->at[hint->index];
		if (e->key.ptr == hint->key.ptr && e->key.len == hint->key.len)
			return &e->value;
	}
	return find_anew(scope, name, hint);
}

const struct value *run_lookup(struct run *r, const struct name *name)
{
	const struct value *v;

	if (name->count == 0)
		return r->scope ? r->scope->value : NULL;
	v = find_first(r, name);
	for (uint32_t i = 1; v && i < name->count && v->kind != VALUE_NULL; i++) {
		const struct value_entry *e = value_entry(v, name->part[i]);

		v = e ? &e->value : NULL;
	}
	return v;
}

/* ", included at a.mustache:7:3, included at ..." */
static str print_chain(const struct run *r, struct arena *a)
{
	struct buf b = { .arena = a };
	int shown = 0;

	for (const struct call *c = r->call; c; c = c->outer) {
		loc at = step_loc(c->t, c->step);

		if (shown++ == CHAIN_MAX) {
			BUF_LIT(&b, ", ...");
			break;
		}
		if (c->step->op == OP_BLOCK)
			buf_printf(&b, ", for block \"" STR_FMT "\" at ",
				STR_ARG(c->step->block->text));
		else
			BUF_LIT(&b, ", included at ");
		buf_printf(&b, STR_FMT ":%d:%d", STR_ARG(at.src->path), at.line, at.col);
	}
	return buf_str(&b);
}

/* True when this step was not blamed before. */
static bool blame(struct run *r, const struct step *s)
{
	r->failed = true;
	for (size_t i = 0; i < r->reports; i++) {
		if (r->reported[i] == s)
			return false;
	}
	if (r->reports == REPORTS_MAX) {
		r->stopped = true;
		return false;
	}
	r->reported[r->reports++] = s;
	return true;
}

static void help_with_keys(const struct value *map, str *names, size_t *count)
{
	for (size_t i = 0; i < value_count(map) && *count < NAMES_MAX; i++)
		names[(*count)++] = map->map->at[i].key;
}

static void help_first(struct run *r, str word)
{
	str *names = arena_array(r->d->arena, str, NAMES_MAX);
	size_t count = 0;

	for (const struct scope *scope = r->scope; scope; scope = scope->outer) {
		if (scope->value->kind == VALUE_MAP)
			help_with_keys(scope->value, names, &count);
	}
	diag_help_nearest(r->d, word, names, count);
}

static void help_in(struct run *r, const struct value *map, str word)
{
	str *names = arena_array(r->d->arena, str, NAMES_MAX);
	size_t count = 0;

	help_with_keys(map, names, &count);
	diag_help_nearest(r->d, word, names, count);
}

void run_missing(
	struct run *r, const struct template *t, const struct step *s, const struct name *name)
{
	const struct value *v;
	struct diags *d = r->d;
	uint32_t i = 1;

	if (r->options->lenient || !blame(r, s))
		return;
	str chain = print_chain(r, d->arena);

	if (name->count == 0) {
		diag_error(d, step_loc(t, s), "template", "\".\" has no value here" STR_FMT,
			STR_ARG(chain));
		return;
	}
	v = find_first(r, name);
	if (!v) {
		diag_error(d, step_loc(t, s), "template",
			"unknown name \"" STR_FMT "\"" STR_FMT, STR_ARG(name->part[0]),
			STR_ARG(chain));
		help_first(r, name->part[0]);
		return;
	}
	for (const struct value_entry *e; (e = value_entry(v, name->part[i])) != NULL; i++)
		v = &e->value;
	str path = str_new(name->text.ptr,
		(size_t)(name->part[i - 1].ptr + name->part[i - 1].len - name->text.ptr));

	if (v->kind == VALUE_MAP) {
		diag_error(d, step_loc(t, s), "template",
			"\"" STR_FMT "\" has no \"" STR_FMT "\"" STR_FMT, STR_ARG(path),
			STR_ARG(name->part[i]), STR_ARG(chain));
		help_in(r, v, name->part[i]);
		return;
	}
	diag_error(d, step_loc(t, s), "template",
		"\"" STR_FMT "\" is %s, it has no \"" STR_FMT "\"" STR_FMT, STR_ARG(path),
		value_kind_name(v), STR_ARG(name->part[i]), STR_ARG(chain));
}

void run_unprintable(struct run *r, const struct template *t, const struct step *s,
	const struct name *name, const struct value *v)
{
	if (r->options->lenient || !blame(r, s))
		return;
	str chain = print_chain(r, r->d->arena);

	diag_error(r->d, step_loc(t, s), "template",
		"\"" STR_FMT "\" is %s, which prints nothing" STR_FMT, STR_ARG(name->text),
		value_kind_name(v), STR_ARG(chain));
	if (v->kind == VALUE_LIST)
		diag_help(r->d, "go through it with {{#" STR_FMT "}}...{{/" STR_FMT "}}",
			STR_ARG(name->text), STR_ARG(name->text));
	else if (value_count(v))
		diag_help(r->d, "name what is in it, like {{" STR_FMT "." STR_FMT "}}",
			STR_ARG(name->text), STR_ARG(v->map->at[0].key));
}

void run_no_template(struct run *r, const struct template *t, const struct step *s, str file)
{
	if (r->options->lenient || !blame(r, s))
		return;
	str chain = print_chain(r, r->d->arena);

	diag_error(r->d, step_loc(t, s), "template",
		"there is no template \"" STR_FMT "\"" STR_FMT, STR_ARG(file), STR_ARG(chain));
	set_help(t->set, file, r->d);
}

void run_stop(struct run *r, const struct template *t, const struct step *s, const char *what)
{
	if (r->stopped)
		return;
	r->stopped = r->failed = true;
	str chain = print_chain(r, r->d->arena);

	diag_error(r->d, step_loc(t, s), "template", "%s" STR_FMT, what, STR_ARG(chain));
}
