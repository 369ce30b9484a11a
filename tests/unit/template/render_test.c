#include "unit/suite.h"

#include <pthread.h>

#include "unit/template/helpers.h"

static const struct template_options strict = { 0 };

/* One template, strict, and what is said when it is rendered. */
static void assert_blamed(const char *text, const char *yaml, const char *messages)
{
	struct kit k;

	kit_open(&k, strict);
	ck_assert(kit_add(&k, "a", text));
	ck_assert(!kit_render(&k, "a", yaml));
	ck_assert_str_eq(kit_messages(&k), messages);
	kit_close(&k);
}

static void assert_renders(const char *text, const char *yaml, const char *expected)
{
	struct kit k;

	kit_open(&k, strict);
	ck_assert(kit_add(&k, "a", text));
	ck_assert(kit_render(&k, "a", yaml));
	assert_output(&k, expected);
	kit_close(&k);
}

START_TEST(missing_name_is_an_error_with_place_and_suggestion)
{
	assert_blamed("<h1>\n{{titel}}</h1>", "title: x",
		"a.mustache:2:1: error: unknown name \"titel\" | did you mean \"title\"?\n");
	assert_blamed("{{{titel}}}", "title: x",
		"a.mustache:1:1: error: unknown name \"titel\" | did you mean \"title\"?\n");
	assert_blamed("{{#tgas}}{{/tgas}}", "tags: []",
		"a.mustache:1:1: error: unknown name \"tgas\" | did you mean \"tags\"?\n");
	assert_blamed("{{^tgas}}{{/tgas}}", "tags: []",
		"a.mustache:1:1: error: unknown name \"tgas\" | did you mean \"tags\"?\n");
	assert_blamed("{{>*knid}}", "kind: x",
		"a.mustache:1:1: error: unknown name \"knid\" | did you mean \"kind\"?\n");
}
END_TEST

START_TEST(suggestion_comes_from_outer_scopes_too)
{
	assert_blamed("{{#m}}{{titel}}{{/m}}", "{title: x, m: {a: 1}}",
		"a.mustache:1:7: error: unknown name \"titel\" | did you mean \"title\"?\n");
}
END_TEST

START_TEST(dotted_name_is_blamed_at_the_part_that_is_missing)
{
	assert_blamed("{{site.auhtor.name}}", "site: {author: {name: x}}",
		"a.mustache:1:1: error: \"site\" has no \"auhtor\" | did you mean "
		"\"author\"?\n");
	assert_blamed("{{site.author.nmae}}", "site: {author: {name: x}}",
		"a.mustache:1:1: error: \"site.author\" has no \"nmae\" | did you mean "
		"\"name\"?\n");
	assert_blamed("{{tags.first}}", "tags: [a]",
		"a.mustache:1:1: error: \"tags\" is a list, it has no \"first\"\n");
}
END_TEST

START_TEST(null_is_empty_and_what_is_in_it_too)
{
	assert_renders(
		"[{{a}}{{a.b.c}}{{#a}}x{{/a}}{{^a.b}}y{{/a.b}}{{>*a}}]", "a: null", "[y]");
}
END_TEST

START_TEST(name_is_blamed_once_for_all_items)
{
	assert_blamed("{{#l}}{{x}}{{y}}{{/l}}", "{l: [{x: 1}, {x: 2}, {x: 3}]}",
		"a.mustache:1:12: error: unknown name \"y\"\n");
}
END_TEST

START_TEST(all_missing_names_are_told)
{
	assert_blamed("{{one}}\n{{two}}\n{{#three}}{{four}}{{/three}}", "{a: 1}",
		"a.mustache:1:1: error: unknown name \"one\"\n"
		"a.mustache:2:1: error: unknown name \"two\"\n"
		"a.mustache:3:1: error: unknown name \"three\"\n");
}
END_TEST

START_TEST(list_or_map_without_text_does_not_print)
{
	assert_blamed("{{tags}}{{site}}", "{tags: [a], site: {title: x}}",
		"a.mustache:1:1: error: \"tags\" is a list, which prints nothing"
		" | go through it with {{#tags}}...{{/tags}}\n"
		"a.mustache:1:9: error: \"site\" is a map, which prints nothing"
		" | name what is in it, like {{site.title}}\n");
}
END_TEST

START_TEST(map_with_a_text_prints_it_and_is_a_scope)
{
	struct kit k;
	struct value date, page;
	const struct value *stack[] = { &page };

	kit_open(&k, strict);
	date = value_map(&k.a);
	value_set_text(&date, STR("2026-03-01"));
	value_put(&date, STR("year"), value_int(2026, &k.a), &k.a);
	page = value_map(&k.a);
	value_put(&page, STR("date"), date, &k.a);
	ck_assert(kit_add(&k, "a", "{{date}} {{#date}}{{year}} {{.}}{{/date}} {{date.year}}"));
	ck_assert(template_set_link(k.set, &k.d));
	ck_assert(template_render(template_find(k.set, STR("a")), stack, 1, &k.out, &k.d));
	assert_output(&k, "2026-03-01 2026 2026-03-01 2026");
	kit_close(&k);
}
END_TEST

START_TEST(scopes_of_the_stack_are_searched_from_the_innermost)
{
	struct kit k;
	struct value outer, inner;
	const struct value *stack[] = { &outer, &inner };

	kit_open(&k, strict);
	outer = value_map(&k.a);
	inner = value_map(&k.a);
	value_put(&outer, STR("x"), value_string(STR("outer")), &k.a);
	value_put(&outer, STR("y"), value_string(STR("only")), &k.a);
	value_put(&inner, STR("x"), value_string(STR("inner")), &k.a);
	ck_assert(kit_add(&k, "a", "{{x}} {{y}}"));
	ck_assert(template_set_link(k.set, &k.d));
	ck_assert(template_render(template_find(k.set, STR("a")), stack, 2, &k.out, &k.d));
	assert_output(&k, "inner only");
	kit_close(&k);
}
END_TEST

START_TEST(rendering_without_a_context_works)
{
	struct kit k;

	kit_open(&k, strict);
	ck_assert(kit_add(&k, "a", "text"));
	ck_assert(template_set_link(k.set, &k.d));
	BUF_LIT(&k.out, "before ");
	ck_assert(template_render(template_find(k.set, STR("a")), NULL, 0, &k.out, &k.d));
	assert_output(&k, "before text");
	ck_assert(kit_add(&k, "a", "{{.}}"));
	ck_assert(!template_render(template_find(k.set, STR("a")), NULL, 0, &k.out, &k.d));
	ck_assert_str_eq(kit_messages(&k), "a.mustache:1:1: error: \".\" has no value here\n");
	kit_close(&k);
}
END_TEST

START_TEST(error_in_an_include_names_the_chain)
{
	struct kit k;

	kit_open(&k, strict);
	ck_assert(kit_add(&k, "home", "\n\n  {{>list}}"));
	ck_assert(kit_add(&k, "list", "{{#l}}{{>card}}{{/l}}"));
	ck_assert(kit_add(&k, "card", "<b>{{titel}}</b>"));
	ck_assert(!kit_render(&k, "home", "{l: [{title: a}, {title: b}]}"));
	ck_assert_str_eq(kit_messages(&k),
		"card.mustache:1:4: error: unknown name \"titel\", included at "
		"list.mustache:1:7, "
		"included at home.mustache:3:3 | did you mean \"title\"?\n");
	kit_close(&k);
}
END_TEST

START_TEST(error_in_an_argument_names_its_block)
{
	struct kit k;

	kit_open(&k, strict);
	ck_assert(kit_add(&k, "a", "{{<base}}\n{{$main}}{{x}}{{/main}}\n{{/base}}"));
	ck_assert(kit_add(&k, "base", "-\n{{$main}}{{/main}}"));
	ck_assert(!kit_render(&k, "a", "{}"));
	ck_assert_str_eq(kit_messages(&k), "a.mustache:2:10: error: unknown name \"x\", for "
					   "block \"main\" at base.mustache:2:1, "
					   "included at a.mustache:1:1\n");
	kit_close(&k);
}
END_TEST

START_TEST(missing_partials_and_parents_are_told_when_linked)
{
	struct kit k;

	kit_open(&k, strict);
	ck_assert(kit_add(&k, "partials/card", ""));
	ck_assert(kit_add(
		&k, "a", "{{>partials/crad}}\n{{<bsae}}{{/bsae}}{{#x}}{{>none}}{{/x}}"));
	ck_assert(!template_set_link(k.set, &k.d));
	ck_assert_str_eq(kit_messages(&k),
		"a.mustache:1:1: error: there is no template \"partials/crad\""
		" | did you mean \"partials/card\"?\n"
		"a.mustache:2:1: error: there is no template \"bsae\"\n"
		"a.mustache:2:25: error: there is no template \"none\"\n");
	kit_close(&k);
}
END_TEST

START_TEST(template_that_does_not_parse_is_told_once)
{
	struct kit k;

	kit_open(&k, strict);
	ck_assert(!kit_add(&k, "p", "{{"));
	ck_assert(kit_add(&k, "a", "{{>p}}"));
	ck_assert(template_set_link(k.set, &k.d));
	ck_assert_uint_eq(k.d.errors, 1);
	ck_assert(!kit_render(&k, "a", "{}"));
	kit_close(&k);
}
END_TEST

START_TEST(dynamic_name_of_no_template_is_an_error)
{
	struct kit k;

	kit_open(&k, strict);
	ck_assert(kit_add(&k, "blocks/table", ""));
	ck_assert(kit_add(&k, "a", "{{>*kind}}"));
	ck_assert(!kit_render(&k, "a", "kind: blocks/tabel"));
	ck_assert_str_eq(kit_messages(&k),
		"a.mustache:1:1: error: there is no template \"blocks/tabel\""
		" | did you mean \"blocks/table\"?\n");
	kit_close(&k);
}
END_TEST

START_TEST(recursion_without_end_is_an_error)
{
	struct kit k;

	kit_open(&k, (struct template_options){ .depth = 3 });
	ck_assert(kit_add(&k, "a", "x{{>a}}"));
	ck_assert(!kit_render(&k, "a", "{}"));
	ck_assert_str_eq(kit_messages(&k),
		"a.mustache:1:2: error: includes are nested too deep, included at "
		"a.mustache:1:2, "
		"included at a.mustache:1:2, included at a.mustache:1:2\n");
	kit_close(&k);

	kit_open(&k, (struct template_options){ .lenient = true, .depth = 1000000 });
	ck_assert(kit_add(&k, "a", "{{<*n}}{{$b}}{{<a}}{{/a}}{{/b}}{{/*n}}"));
	ck_assert(kit_add(&k, "p", "{{#n}}{{$b}}{{/b}}{{/n}}"));
	ck_assert(!kit_render(&k, "a", "n: p"));
	ck_assert_uint_eq(k.d.errors, 1);
	kit_close(&k);
}
END_TEST

START_TEST(recursion_as_deep_as_the_limit_renders)
{
	struct kit k;

	kit_open(&k, (struct template_options){ .depth = 2 });
	ck_assert(kit_add(&k, "a", "{{x}}{{#next}}{{>a}}{{/next}}"));
	ck_assert(kit_render(&k, "a", "{x: 1, next: {x: 2, next: {x: 3, next: null}}}"));
	assert_output(&k, "123");
	kit_close(&k);
}
END_TEST

START_TEST(output_over_the_limit_is_an_error)
{
	struct kit k;

	kit_open(&k, (struct template_options){ .max_output = 10 });
	ck_assert(kit_add(&k, "a", "{{#l}}12345{{/l}}"));
	BUF_LIT(&k.out, "what was there does not count");
	ck_assert(kit_render(&k, "a", "l: [1, 2]"));
	ck_assert(!kit_render(&k, "a", "l: [1, 2, 3]"));
	ck_assert_str_eq(kit_messages(&k), "a.mustache:1:7: error: the output is too long\n");
	kit_close(&k);
}
END_TEST

START_TEST(work_that_prints_nothing_ends)
{
	struct kit k;

	kit_open(&k, (struct template_options){ .max_output = 1 << 20 });
	for (int i = 0; i < 60; i++) {
		const char *name = str_cstr(str_printf(&k.a, "p%d", i), &k.a);

		ck_assert(kit_add(&k, name,
			str_cstr(str_printf(&k.a, "{{>p%d}}{{>p%d}}", i + 1, i + 1), &k.a)));
	}
	ck_assert(kit_add(&k, "p60", ""));
	ck_assert(!kit_render(&k, "p0", "{}"));
	ck_assert_uint_eq(k.d.errors, 1);
	ck_assert_int_eq(str_find(k.d.first->message, STR("rendering takes too long")), 0);
	kit_close(&k);
}
END_TEST

START_TEST(text_templates_do_not_escape)
{
	struct kit k;

	kit_open(&k, (struct template_options){ .html_off = true });
	ck_assert(kit_add(&k, "a", "{{x}} {{{x}}}"));
	ck_assert(kit_render(&k, "a", "x: '<&\"'"));
	assert_output(&k, "<&\" <&\"");
	kit_close(&k);
}
END_TEST

START_TEST(replacing_a_template_changes_those_that_include_it)
{
	struct kit k;

	kit_open(&k, strict);
	ck_assert(kit_add(&k, "p", "old"));
	ck_assert(kit_add(&k, "a", "{{>p}}"));
	ck_assert(kit_render(&k, "a", "{}"));
	assert_output(&k, "old");
	ck_assert(kit_add(&k, "p", "new"));
	ck_assert(kit_render(&k, "a", "{}"));
	assert_output(&k, "new");
	ck_assert(!kit_add(&k, "p", "{{"));
	ck_assert_ptr_nonnull(template_find(k.set, STR("p")));
	kit_close(&k);
}
END_TEST

enum { THREADS = 4, ROUNDS = 500 };

struct thread_job {
	const struct template *t;
	const struct value *data;
	size_t wrong;
};

static void *render_often(void *arg)
{
	struct thread_job *job = arg;
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct buf out = { 0 };

	for (int i = 0; i < ROUNDS; i++) {
		buf_clear(&out);
		if (!template_render(job->t, &job->data, 1, &out, &d) ||
			!str_eq(buf_str(&out), STR("<\n  1&lt;\n  2&lt;\n>\n")))
			job->wrong++;
	}
	buf_free(&out);
	arena_free(&a);
	return NULL;
}

START_TEST(threads_render_from_one_set)
{
	struct kit k;
	struct source src = { STR("d"), STR("{l: [1, 2], x: <}") };
	struct value data;
	pthread_t threads[THREADS];
	struct thread_job jobs[THREADS];

	kit_open(&k, strict);
	ck_assert(yaml_read(&src, src.text, 1, NULL, &data, &k.a, &k.d));
	ck_assert(kit_add(&k, "base", "<\n  {{$b}}{{/b}}\n>\n"));
	ck_assert(kit_add(
		&k, "a", "{{<base}}{{$b}}\n{{#l}}\n{{.}}{{x}}\n{{/l}}\n{{/b}}{{/base}}"));
	ck_assert(template_set_link(k.set, &k.d));
	for (int i = 0; i < THREADS; i++) {
		jobs[i] = (struct thread_job){ template_find(k.set, STR("a")), &data, 0 };
		ck_assert_int_eq(pthread_create(&threads[i], NULL, render_often, &jobs[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		ck_assert_uint_eq(jobs[i].wrong, 0);
	}
	kit_close(&k);
}
END_TEST

SUITE("render", missing_name_is_an_error_with_place_and_suggestion,
	suggestion_comes_from_outer_scopes_too,
	dotted_name_is_blamed_at_the_part_that_is_missing, null_is_empty_and_what_is_in_it_too,
	name_is_blamed_once_for_all_items, all_missing_names_are_told,
	list_or_map_without_text_does_not_print, map_with_a_text_prints_it_and_is_a_scope,
	scopes_of_the_stack_are_searched_from_the_innermost, rendering_without_a_context_works,
	error_in_an_include_names_the_chain, error_in_an_argument_names_its_block,
	missing_partials_and_parents_are_told_when_linked,
	template_that_does_not_parse_is_told_once, dynamic_name_of_no_template_is_an_error,
	recursion_without_end_is_an_error, recursion_as_deep_as_the_limit_renders,
	output_over_the_limit_is_an_error, work_that_prints_nothing_ends,
	text_templates_do_not_escape, replacing_a_template_changes_those_that_include_it,
	threads_render_from_one_set)
