#include "unit/suite.h"

#include "import/encoding.h"
#include "unit/import/folder.h"

/* Pasted text, and texts in the wrong encoding. */

static void check(const char *text, const char *body)
{
	str found;
	ptrdiff_t at;

	folder_open();
	folder_put("a.txt", text);
	ck_assert(folder_import(IMPORT_TEXT, "a.txt", (struct import_options){ 0 }));
	ck_assert_ptr_nonnull(report.first);
	found = folder_get(str_cstr(report.first->path, &a));
	at = str_find(found, STR("\n---\n"));
	ck_assert(at > 0);
	found = str_trim(str_from(found, (size_t)at + 5));
	ck_assert_msg(str_eq(found, str_c(body)), "%s\nfound:\n" STR_FMT "\nexpected:\n%s", text, STR_ARG(found), body);
	folder_close();
}

START_TEST(markdown_that_is_sound_stays_as_it_is)
{
	static const char sound[] = "Intro.\n\n## A\n\n- x\n- y\n\n```go\nx := 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |";

	check(sound, sound);
	check("Some words\nand more.\n\nShort line\n\nThe end of it.", "Some words\nand more.\n\nShort line\n\nThe end of it.");
}
END_TEST

START_TEST(the_first_heading_is_the_title)
{
	folder_open();
	folder_put("a.txt", "\n# Go **or** Rust? #\n\nText.\n");
	ck_assert(folder_import(IMPORT_TEXT, "a.txt", (struct import_options){ 0 }));
	folder_check("content/go-or-rust.md", "---\ntitle: Go or Rust?\n---\n\nText.\n");
	folder_put("my_notes.txt", "Text.\n");
	ck_assert(folder_import(IMPORT_TEXT, "my_notes.txt", (struct import_options){ 0 }));
	folder_check("content/my-notes.md", "---\ntitle: my notes\n---\n\nText.\n");
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_NO_TITLE), 1);
	folder_close();
}
END_TEST

START_TEST(lost_fences_are_found_again)
{
	check("Go first:\n\npackage main\nimport (\n\"fmt\"\n)\nfunc main() {\nfmt.Println(\"a\")\n}\n\nThat was Go.",
		"Go first:\n\n```go\npackage main\nimport (\n\t\"fmt\"\n)\nfunc main() {\n\tfmt.Println(\"a\")\n}\n```\n\n"
		"That was Go.");
	check("# Python first\nimport asyncio\nasync def main():\n    await run(\n        1,\n    )\n\nDone.",
		"```python\n# Python first\nimport asyncio\nasync def main():\n    await run(\n        1,\n    )\n```\n\n"
		"Done.");
	check("// Go\ngo fetch(1)\ngo fetch(2)\n// both run\n# Python\nimport a\nx = a.b()\nThis is a sentence about it.",
		"```go\n// Go\ngo fetch(1)\ngo fetch(2)\n// both run\n```\n\n```python\n# Python\nimport a\nx = a.b()\n```\n\n"
		"This is a sentence about it.");
}
END_TEST

START_TEST(sentences_about_code_are_no_code)
{
	static const char text[] = "import duties are high.\n\nfrom here on, go (if you like) and return.\n\n"
				   "The package is big.\n\nlet us see; it is fine";

	check(text, text);
}
END_TEST

START_TEST(a_shifted_heading_of_a_table_is_mended)
{
	check("| Go | Python | |\n|---|---|---|\n| Speed | high | low |\n| Size | 1 | 2 |",
		"| | Go | Python |\n|---|---|---|\n| Speed | high | low |\n| Size | 1 | 2 |");
	check("| Go | Python | |\n|---|---|---|\n| Speed | high | |", "| Go | Python | |\n|---|---|---|\n| Speed | high | |");
	check("```\n| Go | Python | |\n|---|---|---|\n| Speed | high | low |\n```",
		"```\n| Go | Python | |\n|---|---|---|\n| Speed | high | low |\n```");
}
END_TEST

START_TEST(a_text_without_blank_lines_gets_them_back)
{
	check("A first paragraph that is long enough to be told from a heading of the text.\nSide-by-side\n"
	      "| a | b |\n|---|---|\n| 1 | 2 |\nWhere each wins\nGo wins at:\n- speed\n- size\nWhy both?\n"
	      "Because a long sentence ends this text, and it has a full stop at its end.",
		"A first paragraph that is long enough to be told from a heading of the text.\n\n## Side-by-side\n\n"
		"| a | b |\n|---|---|\n| 1 | 2 |\n\n## Where each wins\n\nGo wins at:\n\n- speed\n- size\n\n"
		"## Why both?\n\nBecause a long sentence ends this text, and it has a full stop at its end.");
}
END_TEST

START_TEST(tables_drawn_with_spaces_become_tables)
{
	check("Text.\n\nLanguage   Time    Memory\nPython     45.2s   50MB\nGo         0.8s    2MB\n\nText.",
		"Text.\n\n| Language | Time | Memory |\n|---|---|---|\n| Python | 45.2s | 50MB |\n| Go | 0.8s | 2MB |\n\n"
		"Text.");
	check("```\nLanguage   Time\nPython     45.2s\nGo         0.8s\n\nNote: measured once\n```",
		"| Language | Time |\n|---|---|\n| Python | 45.2s |\n| Go | 0.8s |\n\nNote: measured once");
	check("```text\nLanguage   Time\nPython     45.2s\nGo         0.8s\n```",
		"```text\nLanguage   Time\nPython     45.2s\nGo         0.8s\n```");
}
END_TEST

START_TEST(damaged_characters_are_noted_and_mended_only_when_asked)
{
	folder_open();
	folder_put("a.txt", "---\ntitle: A\n---\n\nGo\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s speed.\n");
	ck_assert(folder_import(IMPORT_TEXT, "a.txt", (struct import_options){ 0 }));
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_ENCODING_KEPT), 1);
	ck_assert_int_eq(report.first->notes.first->places[0].line, 5);
	ck_assert(folder_import(IMPORT_TEXT, "a.txt", (struct import_options){ .repair_encoding = true, .force = true }));
	folder_check("content/a.md", "---\ntitle: A\n---\n\nGo\xE2\x80\x99s speed.\n");
	ck_assert_uint_eq(notes_count(&report.first->notes, NOTE_ENCODING), 1);
	folder_put("b.txt", "---\ntitle: B\n---\n\ncaf\xE9\n");
	ck_assert(!folder_import(IMPORT_TEXT, "b.txt", (struct import_options){ 0 }));
	folder_check_error("0xE9", 5);
	ck_assert(folder_import(IMPORT_TEXT, "b.txt", (struct import_options){ .repair_encoding = true }));
	folder_check("content/b.md", "---\ntitle: B\n---\n\ncaf\xC3\xA9\n");
	folder_close();
}
END_TEST

START_TEST(sound_texts_are_never_taken_for_damaged)
{
	static const char *const sound[] = { "São Paulo, Ângela, NÃO, “Ñ”", "Ã” und Â»", "Größe, naïve, Ð", "Привет, мир",
		"日本語", "£5 – €6 … ™" };
	struct encoding_damage g;

	for (size_t i = 0; i < sizeof(sound) / sizeof(sound[0]); i++)
		ck_assert_msg(!encoding_find(str_c(sound[i]), 0, false, &g), "%s", sound[i]);
}
END_TEST

START_TEST(every_character_survives_the_wrong_encoding)
{
	static const char *const sound[] = { "’“”–—…•™", "éèüößñ", "✓ → ≥", "Привет", "日本語", "😀", "½°©" };

	for (size_t i = 0; i < sizeof(sound) / sizeof(sound[0]); i++) {
		str once = encoding_from_1252(str_c(sound[i]), &a), twice = encoding_from_1252(once, &a);

		ck_assert_msg(str_eq(encoding_mend(once, &a), str_c(sound[i])), "%s", sound[i]);
		ck_assert_msg(str_eq(encoding_mend(twice, &a), str_c(sound[i])), "%s, twice", sound[i]);
	}
	arena_reset(&a, 0);
}
END_TEST

SUITE("text", markdown_that_is_sound_stays_as_it_is, the_first_heading_is_the_title, lost_fences_are_found_again,
	sentences_about_code_are_no_code, a_shifted_heading_of_a_table_is_mended,
	a_text_without_blank_lines_gets_them_back, tables_drawn_with_spaces_become_tables,
	damaged_characters_are_noted_and_mended_only_when_asked, sound_texts_are_never_taken_for_damaged,
	every_character_survives_the_wrong_encoding)
