#include "highlight/language.h"

#include <strings.h>

#include "unit/suite.h"

static const char *slug_of(const char *word)
{
	const struct language *lang = language_find(str_c(word));

	return lang ? lang->slug.ptr : "";
}

START_TEST(names_slugs_and_fence_words_lead_to_the_language)
{
	ck_assert_str_eq(slug_of("Go"), "go");
	ck_assert_str_eq(slug_of("golang"), "go");
	ck_assert_str_eq(slug_of("C++"), "cpp");
	ck_assert_str_eq(slug_of("cpp"), "cpp");
	ck_assert_str_eq(slug_of("C#"), "csharp");
	ck_assert_str_eq(slug_of("F#"), "fsharp");
	ck_assert_str_eq(slug_of(".NET"), "dotnet");
	ck_assert_str_eq(slug_of("Node.js"), "nodejs");
	ck_assert_str_eq(slug_of("tsx"), "typescript");
	ck_assert_str_eq(slug_of("yml"), "yaml");
	ck_assert_str_eq(slug_of("sh"), "bash");
}
END_TEST

START_TEST(case_does_not_matter)
{
	ck_assert_str_eq(slug_of("PYTHON"), "python");
	ck_assert_str_eq(slug_of("JavaScript"), "javascript");
	ck_assert_str_eq(slug_of("Py3"), "python");
}
END_TEST

START_TEST(unknown_words_lead_nowhere)
{
	ck_assert_ptr_null(language_find(STR("")));
	ck_assert_ptr_null(language_find(STR("go ")));
	ck_assert_ptr_null(
		language_find(STR("brainfuck-with-a-name-longer-than-any-language")));
	ck_assert_ptr_null(language_find(STR("Criterion")));
}
END_TEST

START_TEST(all_are_sorted_by_name_and_none_is_there_twice)
{
	size_t count;
	const struct language *all = language_all(&count);

	ck_assert_uint_gt(count, 50);
	for (size_t i = 1; i < count; i++)
		ck_assert_int_lt(strcasecmp(all[i - 1].name.ptr, all[i].name.ptr), 0);
}
END_TEST

START_TEST(every_spelling_belongs_to_one_language)
{
	size_t count;
	const struct language *all = language_all(&count);

	for (size_t i = 0; i < count; i++) {
		struct str_pair rest = str_cut(all[i].words, ' ');

		ck_assert_ptr_eq(language_find(all[i].name), &all[i]);
		ck_assert_ptr_eq(language_find(all[i].slug), &all[i]);
		for (; rest.head.len > 0; rest = str_cut(rest.tail, ' '))
			ck_assert_msg(str_eq(rest.head, STR("|")) || language_find(rest.head) == &all[i],
				STR_FMT " leads elsewhere", STR_ARG(rest.head));
	}
}
END_TEST

START_TEST(slugs_and_colours_are_well_formed)
{
	size_t count;
	const struct language *all = language_all(&count);

	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_eq(
			strspn(all[i].slug.ptr, "abcdefghijklmnopqrstuvwxyz0123456789-"),
			all[i].slug.len);
		if (all[i].color.len == 0)
			continue;
		ck_assert_uint_eq(all[i].color.len, 7);
		ck_assert_int_eq(all[i].color.ptr[0], '#');
		ck_assert_uint_eq(strspn(all[i].color.ptr + 1, "0123456789ABCDEF"), 6);
	}
}
END_TEST

START_TEST(data_formats_are_no_programming_languages)
{
	ck_assert(language_find(STR("go"))->programming);
	ck_assert(language_find(STR(".net"))->programming);
	ck_assert(!language_find(STR("json"))->programming);
	ck_assert(!language_find(STR("text"))->programming);
	ck_assert_ptr_null(language_find(STR(".net"))->lexer);
}
END_TEST

SUITE("highlight.language", names_slugs_and_fence_words_lead_to_the_language,
	case_does_not_matter, unknown_words_lead_nowhere,
	all_are_sorted_by_name_and_none_is_there_twice, every_spelling_belongs_to_one_language,
	slugs_and_colours_are_well_formed, data_formats_are_no_programming_languages)
