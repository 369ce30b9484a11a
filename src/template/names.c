/* What a template may ask its context for. */
#include "template/program.h"

struct gathering {
	struct map *names;
	struct map seen; /* templates */
};

static void add_name(struct gathering *g, const struct name *name)
{
	for (uint32_t i = 0; i < name->count; i++)
		map_put(g->names, name->part[i], NULL);
}

static void add_template(struct gathering *g, const struct template *t);

static void add_set(struct gathering *g, const struct template_set *set)
{
	for (const struct template *t = set->first; t; t = t->next)
		add_template(g, t);
}

static void add_include(struct gathering *g, const struct include *include,
	const struct template_set *set)
{
	if (include->dynamic) {
		add_name(g, &include->name);
		add_set(g, set);
	} else if (include->target) {
		add_template(g, include->target);
	}
}

static void add_template(struct gathering *g, const struct template *t)
{
	bool is_new;

	map_put(&g->seen, t->name, &is_new);
	if (!is_new)
		return;
	for (uint32_t i = 0; i < t->count; i++) {
		const struct step *s = &t->steps[i];

		switch ((enum op)s->op) {
		case OP_VALUE:
		case OP_RAW:
		case OP_SECTION:
		case OP_INVERTED:
			add_name(g, &s->name);
			break;
		case OP_INCLUDE:
			add_include(g, s->include, t->set);
			break;
		case OP_TEXT:
		case OP_BLOCK:
			break;
		}
	}
}

void template_names(const struct template *t, struct map *names)
{
	struct gathering g = { .names = names, .seen = { .arena = names->arena } };

	add_template(&g, t);
}
