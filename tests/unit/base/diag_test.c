#include "base/diag.h"

#include "base/arena.h"
#include "base/buf.h"
#include "unit/suite.h"

static struct arena a;

static const char *print(const struct diags *d, struct diag_style style)
{
	struct buf out = { .arena = &a };

	diags_print(d, &style, &out);
	return str_cstr(buf_str(&out), &a);
}

START_TEST(a_message_shows_place_line_caret_and_help)
{
	struct diags d = { .arena = &a };
	struct source src = { STR("a.md"), STR("---\ntilte: Go\n---\n") };
	static const str names[] = { STR_INIT("title") };

	ck_assert(!diag_error(&d, (loc){ &src, 2, 1 }, "front-matter", "unknown key \"%s\"", "tilte"));
	diag_help_nearest(&d, STR("tilte"), names, 1);
	ck_assert_str_eq(print(&d, (struct diag_style){ 0 }),
		"a.md:2:1: error: unknown key \"tilte\" [front-matter]\n"
		"    tilte: Go\n"
		"    ^\n"
		"    help: did you mean \"title\"?\n");
}
END_TEST

START_TEST(the_caret_counts_characters_and_widens_tabs)
{
	struct diags d = { .arena = &a };
	struct source src = { STR("a"), STR("\t\xc3\xa9x") };

	diag_warn(&d, (loc){ &src, 1, 4 }, "", "m");
	ck_assert_str_eq(print(&d, (struct diag_style){ 0 }), "a:1:4: warning: m\n        \xc3\xa9x\n         ^\n");
}
END_TEST

START_TEST(text_from_outside_cannot_steer_the_terminal)
{
	struct diags d = { .arena = &a };
	struct source src = { STR("a"), STR("x\033[2Jy") };

	diag_error(&d, (loc){ &src, 1, 0 }, "", "bad \033[31m");
	ck_assert_ptr_null(strchr(print(&d, (struct diag_style){ 0 }), '\033'));
}
END_TEST

START_TEST(messages_are_sorted_by_place_and_repeats_dropped)
{
	struct diags d = { .arena = &a };
	struct source b = { STR("b"), STR("") }, c = { STR("c"), STR("") };

	diag_error(&d, (loc){ &c, 1, 1 }, "", "third");
	diag_error(&d, (loc){ &b, 2, 1 }, "", "second");
	diag_warn(&d, (loc){ &b, 1, 1 }, "", "first");
	diag_warn(&d, (loc){ &b, 1, 1 }, "", "first");
	diags_sort(&d);
	ck_assert_str_eq(print(&d, (struct diag_style){ .terse = true }),
		"b:1:1: warning: first\nb:2:1: error: second\nc:1:1: error: third\n");
	ck_assert_uint_eq(d.warnings, 1);
}
END_TEST

START_TEST(merging_moves_texts_into_the_other_arena)
{
	struct arena other = { 0 };
	struct diags from = { .arena = &other }, to = { .arena = &a };

	diag_error(&from, (loc){ 0 }, "x", "from %s", "a thread");
	diags_merge(&to, &from);
	arena_free(&other);
	ck_assert_str_eq(print(&to, (struct diag_style){ 0 }), "gen: error: from a thread [x]\n");
	ck_assert_uint_eq(to.errors, 1);
	ck_assert_uint_eq(from.errors, 0);
}
END_TEST

START_TEST(offsets_become_lines_and_columns)
{
	struct source src = { STR("a"), STR("one\ntwo\nthree") };
	loc at = source_loc(&src, 5);

	ck_assert_int_eq(at.line, 2);
	ck_assert_int_eq(at.col, 2);
	ck_assert(str_eq(source_line(&src, 3), STR("three")));
	ck_assert_uint_eq(source_line(&src, 9).len, 0);
}
END_TEST

START_TEST(a_long_line_is_cut_around_the_place)
{
	struct diags d = { .arena = &a };
	char text[5000];
	struct source src = { STR("a"), str_new(text, sizeof(text)) };

	memset(text, 'x', sizeof(text));
	text[3000] = '!';
	diag_error(&d, (loc){ &src, 1, 3001 }, "", "m");
	ck_assert_uint_le(d.first->excerpt.len, 200);
	ck_assert_int_eq(d.first->excerpt.ptr[d.first->caret - 1], '!');
	ck_assert_int_eq(d.first->col, 3001);
}
END_TEST

SUITE("diag", a_message_shows_place_line_caret_and_help, the_caret_counts_characters_and_widens_tabs,
	text_from_outside_cannot_steer_the_terminal, messages_are_sorted_by_place_and_repeats_dropped,
	merging_moves_texts_into_the_other_arena, offsets_become_lines_and_columns,
	a_long_line_is_cut_around_the_place)
