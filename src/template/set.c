#include "base/arena.h"
#include "template/compile.h"
#include "template/program.h"
#include "template/scan.h"

struct template_set *template_set_new(const struct template_options *options, struct arena *a)
{
	struct template_set *set = arena_new(a, struct template_set);

	if (options)
		set->options = *options;
	if (set->options.depth <= 0)
		set->options.depth = 100;
	if (set->options.max_output == 0)
		set->options.max_output = (size_t)64 << 20;
	set->arena = a;
	set->templates.arena = set->blocks.arena = a;
	return set;
}

loc step_loc(const struct template *t, const struct step *s)
{
	return source_loc(t->src, s->at);
}

struct template *set_find(const struct template_set *set, str name)
{
	struct template *t = map_get(&set->templates, name);

	return t && t->ready ? t : NULL;
}

const struct template *template_find(const struct template_set *set, str name)
{
	return set_find(set, name);
}

void set_help(const struct template_set *set, str name, struct diags *d)
{
	str *names = arena_array(d->arena, str, set->templates.count);
	size_t count = 0;

	for (const struct template *t = set->first; t; t = t->next)
		names[count++] = t->name;
	diag_help_nearest(d, name, names, count);
}

/* A name keeps its struct, so that what refers to it stays right when it is replaced. */
static struct template *put_template(struct template_set *set, str name)
{
	struct template *t = map_get(&set->templates, name);

	if (t)
		return t;
	t = arena_new(set->arena, struct template);
	t->name = str_copy(name, set->arena);
	t->set = set;
	*map_put(&set->templates, t->name, NULL) = t;
	if (set->last)
		set->last->next = t;
	else
		set->first = t;
	set->last = t;
	return t;
}

bool template_add(struct template_set *set, str name, const struct source *src, struct diags *d)
{
	struct template *t = put_template(set, name);
	struct arena scratch = { 0 };
	struct tags tags = { 0 };
	bool ok = tags_scan(src, !set->options.lenient, &tags, &scratch, d);

	if (ok) {
		t->src = src;
		t->steps = NULL;
		t->count = 0;
		t->ready = true;
		template_compile(t, set, &tags);
	}
	arena_free(&scratch);
	return ok;
}

static bool link_include(struct template *t, const struct step *s, struct diags *d)
{
	const struct template_set *set = t->set;
	struct include *include = s->include;

	if (include->dynamic)
		return true;
	include->target = set_find(set, include->file);
	/* What is there but did not parse has been told. */
	if (include->target || set->options.lenient || map_has(&set->templates, include->file))
		return true;
	diag_error(d, step_loc(t, s), "template", "there is no template \"" STR_FMT "\"",
		STR_ARG(include->file));
	set_help(set, include->file, d);
	return false;
}

bool template_set_link(struct template_set *set, struct diags *d)
{
	bool ok = true;

	for (struct template *t = set->first; t; t = t->next) {
		for (uint32_t i = 0; i < t->count; i++) {
			if (t->steps[i].op == OP_INCLUDE)
				ok &= link_include(t, &t->steps[i], d);
		}
	}
	return ok;
}
