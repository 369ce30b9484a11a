#include "blocks/fence.h"

#include <stdio.h>

#include "base/arena.h"
#include "unit/suite.h"

static struct arena arena;
static struct diags diags;
static const struct source src = { STR_INIT("a.md"), STR_INIT("") };

static bool read(const char *info, struct fence *out)
{
	diags = (struct diags){ .arena = &arena };
	return fence_read(str_c(info), (loc){ &src, 7, 4 }, out, &arena, &diags);
}

/* The fence as "lang|key=value|flag", for comparing at a glance. */
static const char *show(const char *info)
{
	static char text[512];
	struct fence f;
	int at;

	read(info, &f);
	at = snprintf(text, sizeof(text), STR_FMT, STR_ARG(f.lang));
	for (size_t i = 0; i < f.count; i++)
		at += snprintf(text + at, sizeof(text) - (size_t)at, "|" STR_FMT "%s" STR_FMT,
			STR_ARG(f.attrs[i].key), f.attrs[i].flag ? "" : "=",
			STR_ARG(f.attrs[i].value));
	return text;
}

START_TEST(language_then_words)
{
	ck_assert_str_eq(show(""), "");
	ck_assert_str_eq(show("go"), "go");
	ck_assert_str_eq(show("c++"), "c++");
	ck_assert_str_eq(
		show("go run id=sum pair=sum cmp=exact"), "go|run|id=sum|pair=sum|cmp=exact");
	ck_assert_str_eq(
		show("go title=\"a b.go\" hl=2,4-6 lines"), "go|title=a b.go|hl=2,4-6|lines");
	ck_assert_str_eq(show("go  title='x \"y\"'"), "go|title=x \"y\"");
	ck_assert_str_eq(show("file=a.go lines=2-9"), "|file=a.go|lines=2-9");
	ck_assert_int_eq(diags.errors + diags.warnings, 0);
}
END_TEST

START_TEST(other_generators_are_understood)
{
	ck_assert_str_eq(show("go {hl_lines=[2,\"4-6\"],linenos=true}"), "go|hl=2,4-6|lines");
	ck_assert_str_eq(show("go {linenos=table,linenostart=199}"), "go|lines|start=199");
	ck_assert_str_eq(show("go {linenos=false}"), "go");
	ck_assert_str_eq(show("{python}"), "python");
	ck_assert_str_eq(show("{{python}}"), "python");
	ck_assert_str_eq(
		show("{.python .numberLines filename=\"x.py\"}"), "python|lines|title=x.py");
	ck_assert_str_eq(show("{python #sum title=x}"), "python|id=sum|title=x");
	ck_assert_str_eq(show("js {2,4-6}"), "js|hl=2,4-6");
	ck_assert_str_eq(show("js{1, 3-4} title=x"), "js|hl=1, 3-4|title=x");
	ck_assert_str_eq(
		show("rust,linenos,hl_lines=1-3,linenostart=4"), "rust|lines|hl=1-3|start=4");
	ck_assert_str_eq(show("go {title=x} run"), "go|title=x|run");
	ck_assert_int_eq(diags.errors + diags.warnings, 0);
}
END_TEST

static void check_message(const char *info, bool fine, int col, const char *message)
{
	struct fence f;

	ck_assert_msg(read(info, &f) == fine, "%s", info);
	ck_assert_msg(diags.first != NULL, "%s: nothing said", info);
	ck_assert_msg(str_find(diags.first->message, str_c(message)) >= 0, "%s: " STR_FMT, info,
		STR_ARG(diags.first->message));
	ck_assert_msg(diags.first->col == col, "%s: column %d", info, diags.first->col);
	ck_assert_int_eq(diags.first->line, 7);
}

START_TEST(an_unknown_word_is_a_warning_and_on_a_block_that_runs_an_error)
{
	check_message("rust,editable,no_run", true, 9, "unknown attribute 'editable'");
	check_message("go run tmeout=3s", false, 11,
		"unknown attribute 'tmeout' on a block that runs");
	ck_assert(str_find(diags.first->help, STR("timeout")) >= 0);
}
END_TEST

START_TEST(faults_are_said_at_their_place)
{
	check_message("go title=\"x", false, 13, "not closed");
	check_message("go {hl=2", false, 7, "not closed");
	check_message("go {hl_lines=[2", false, 17, "not closed");
	check_message("go hl=1 hl=2", false, 12, "twice");
	check_message("go run serve", false, 11, "contradict");
	check_message("go norun run", false, 13, "contradict");
	check_message("go pair=a group=b", false, 14, "contradict");
	check_message("go title", false, 7, "needs a value");
	check_message("go run=maybe", false, 7, "takes no value");
	check_message("go =x", false, 7, "expected an attribute");
	check_message("go run req=\"GET /\"", false, 11, "means nothing without 'serve'");
	check_message("go lines=2-9", false, 7, "no 'file='");
	check_message("go file=a lines=2-9 region=x", false, 14, "contradict");
}
END_TEST

START_TEST(flags_and_values_are_found)
{
	struct fence f;

	ck_assert(read("go run lines file=x lines=2-3 id=a", &f));
	ck_assert(f.runs);
	ck_assert(fence_has(&f, STR("lines")));
	ck_assert(str_eq(fence_value(&f, STR("lines")), STR("2-3")));
	ck_assert(str_eq(fence_value(&f, STR("nothing")), STR("")));
	ck_assert_int_eq(fence_key(&f, STR("id"))->value_at.col, 4 + 33);
	ck_assert_ptr_null(fence_get(&f, STR("hl")));
}
END_TEST

START_TEST(too_many_attributes_are_refused_once)
{
	char info[1024] = "go";
	struct fence f;

	for (int i = 0; i < 60; i++)
		snprintf(info + strlen(info), sizeof(info) - strlen(info), " a%d=1", i);
	ck_assert(!read(info, &f));
	ck_assert_int_eq(diags.errors, 1);
}
END_TEST

/* Every beginning and end of odd info strings, in memory of exactly that size. */
START_TEST(cut_texts_are_harmless)
{
	static const char *const texts[] = {
		"go {hl_lines=[2,\"4-6\"],linenos=true} x='y z' {{.a #b}}", "{=html}",
		"}{,,=\"", "a{1-,2}{", "{python #sum .x title=\"}\""
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		size_t len = strlen(texts[i]);
		for (size_t from = 0; from < len; from++)
			for (size_t to = from; to <= len; to++) {
				struct fence f;
				char *exact = malloc(to - from + 1);
				memcpy(exact, texts[i] + from, to - from);
				diags = (struct diags){ .arena = &arena };
				bool fine = fence_read(str_new(exact, to - from),
					(loc){ &src, 1, 1 }, &f, &arena, &diags);
				ck_assert(fine == (diags.errors == 0));
				free(exact);
			}
	}
	arena_free(&arena);
}
END_TEST

SUITE("fence", language_then_words, other_generators_are_understood,
	an_unknown_word_is_a_warning_and_on_a_block_that_runs_an_error,
	faults_are_said_at_their_place, flags_and_values_are_found,
	too_many_attributes_are_refused_once, cut_texts_are_harmless)
