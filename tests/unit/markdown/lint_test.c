#include "page.h"

START_TEST(bad_utf8_is_an_error_with_its_place)
{
	expect_messages("a\nb\xff"
			"c\n",
		"2:2: error: this is not UTF-8: byte 0xff [encoding]\n");
}
END_TEST

START_TEST(line_is_counted_from_the_line_of_the_body)
{
	struct arena a = { 0 };
	struct diags d = { .arena = &a };
	struct source src = { STR("a.md"), STR("---\nx: y\n---\nb\n[c](file:d)\n") };
	struct markdown_options options = { 0 };
	struct buf out = { .arena = &a };
	struct markdown *m;

	markdown_start();
	m = markdown_parse(&src, str_from(src.text, 13), 4, &options, &a, &d);
	ck_assert_ptr_nonnull(m);
	markdown_render(m, NULL, false, &out);
	ck_assert_ptr_nonnull(d.first);
	ck_assert_int_eq(d.first->line, 5);
	expect_text(d.first->excerpt, "[c](file:d)");
	arena_free(&a);
}
END_TEST

START_TEST(wrong_encoding_is_noticed_once)
{
	expect_messages("x\nGoâ€™s cafÃ© Ã©\n",
		"2:3: warning: \"â€™\" looks like a character that was saved in the wrong "
		"encoding [encoding]\n");
	expect_messages("âœ“\n",
		"1:1: warning: \"âœ“\" looks like a character that was saved in "
		"the wrong encoding [encoding]\n");
}
END_TEST

START_TEST(letters_with_accents_are_no_damage)
{
	expect_messages("# Â Ã â ð\n\nThéâtre, NÃO, «Âge», AMANHÃ” âge â’ ðe Ã\n", "");
}
END_TEST

START_TEST(comments_of_code_that_lost_its_fence_are_noticed)
{
	expect_messages(
		"# Python, 5 lines\nfrom flask import Flask\n\n# Go\nx := 1\n# Note\nText.\n",
		"1:1: warning: this heading looks like a comment in code (2 of 3 of level 1 "
		"do) "
		"[heading]\n");
}
END_TEST

START_TEST(headings_over_prose_are_no_comments)
{
	expect_messages("# One\n\nText from here.\n\n# Two\nWe import things.\n\n```py\n# "
			"a\nimport b\n```\n",
		"");
	expect_messages("# Only one\nimport x\n", "");
}
END_TEST

SUITE("lint", bad_utf8_is_an_error_with_its_place, line_is_counted_from_the_line_of_the_body,
	wrong_encoding_is_noticed_once, letters_with_accents_are_no_damage,
	comments_of_code_that_lost_its_fence_are_noticed, headings_over_prose_are_no_comments)
