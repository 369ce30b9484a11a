/*
 * helpers -- a set of templates, a context in YAML, and what comes of them.
 */
#ifndef TESTS_UNIT_TEMPLATE_HELPERS_H
#define TESTS_UNIT_TEMPLATE_HELPERS_H

#include <check.h>

#include "base/arena.h"
#include "base/buf.h"
#include "data/yaml.h"
#include "template/template.h"

struct kit {
	struct arena a;
	struct diags d;
	struct template_set *set;
	struct buf out;
};

static inline void kit_open(struct kit *k, struct template_options options)
{
	*k = (struct kit){ 0 };
	k->d.arena = &k->a;
	k->out.arena = &k->a;
	k->set = template_set_new(&options, &k->a);
}

static inline void kit_close(struct kit *k)
{
	arena_free(&k->a);
}

/* The source's path is the name with ".mustache" behind. */
static inline bool kit_add(struct kit *k, const char *name, const char *text)
{
	struct source *src = arena_new(&k->a, struct source);

	src->path = str_printf(&k->a, "%s.mustache", name);
	src->text = str_c(text);
	return template_add(k->set, str_c(name), src, &k->d);
}

/* Link, and render `name` with the context in `yaml`. */
static inline bool kit_render(struct kit *k, const char *name, const char *yaml)
{
	struct source src = { STR("data.yaml"), str_c(yaml) };
	struct value data;
	const struct value *stack[] = { &data };

	buf_clear(&k->out);
	ck_assert(yaml_read(&src, src.text, 1, NULL, &data, &k->a, &k->d));
	return template_set_link(k->set, &k->d) &&
	       template_render(template_find(k->set, str_c(name)), stack, 1, &k->out, &k->d);
}

/* All messages, sorted, a line each: "path:line:col: level: message | help". */
static inline const char *kit_messages(struct kit *k)
{
	struct buf b = { .arena = &k->a };

	diags_sort(&k->d);
	for (const struct diag *g = k->d.first; g; g = g->next) {
		ck_assert_str_eq(g->category, "template");
		buf_printf(&b, STR_FMT ":%d:%d: %s: " STR_FMT, STR_ARG(g->path), g->line,
			g->col, g->level == DIAG_ERROR ? "error" : "warning",
			STR_ARG(g->message));
		if (g->help.len)
			buf_printf(&b, " | " STR_FMT, STR_ARG(g->help));
		buf_char(&b, '\n');
	}
	return str_cstr(buf_str(&b), &k->a);
}

static inline void assert_output(struct kit *k, const char *expected)
{
	ck_assert_str_eq(kit_messages(k), "");
	ck_assert_str_eq(str_cstr(buf_str(&k->out), &k->a), expected);
}

#endif
