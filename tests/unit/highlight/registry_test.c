#include "highlight/registry.h"

#include "base/arena.h"
#include "unit/suite.h"

static struct arena a;

static struct registry_option *add(struct registry *r, const char *name, const char *slug,
	const struct language *base)
{
	struct registry_option *o;

	if (!r->own) {
		r->own = arena_array(&a, struct registry_option, 8);
		r->words.arena = &a;
	}
	o = &r->own[r->own_count++];
	*o = (struct registry_option){ .language = { .name = str_c(name), .slug = str_c(slug),
					       .programming = true },
		.base = base };
	registry_claim(r, str_c(name), o);
	registry_claim(r, str_c(slug), o);
	return o;
}

START_TEST(a_null_registry_has_the_built_in_languages)
{
	ck_assert_ptr_eq(registry_find(NULL, STR("golang")), language_find(STR("go")));
	ck_assert_ptr_null(registry_find(NULL, STR("gin")));
	ck_assert_ptr_null(registry_own(NULL, language_find(STR("go"))));
	ck_assert(str_eq(registry_nearest(NULL, STR("Pyhton"), &a), STR("Python")));
}
END_TEST

START_TEST(an_option_of_the_site_is_found_by_all_its_spellings_without_case)
{
	struct registry r = { 0 };
	struct registry_option *gin = add(&r, "Gin Gonic", "gin", NULL);

	ck_assert_ptr_eq(registry_find(&r, STR("GIN GONIC")), &gin->language);
	ck_assert_ptr_eq(registry_find(&r, STR("gin")), &gin->language);
	ck_assert_ptr_eq(registry_own(&r, &gin->language), gin);
	ck_assert_ptr_eq(registry_find(&r, STR("go")), language_find(STR("go")));
	ck_assert_ptr_null(registry_own(&r, language_find(STR("go"))));
}
END_TEST

START_TEST(a_spelling_belongs_to_who_claims_it_first)
{
	struct registry r = { 0 };
	struct registry_option *one = add(&r, "One", "one", NULL), *two = add(&r, "Two", "two", NULL);

	ck_assert_ptr_null(registry_claim(&r, STR("single"), one));
	ck_assert_ptr_eq(registry_claim(&r, STR("Single"), two), one);
	ck_assert_ptr_eq(registry_find(&r, STR("single")), &one->language);
}
END_TEST

START_TEST(an_option_goes_before_a_fence_word)
{
	struct registry r = { 0 };
	const struct language *sql = language_find(STR("sql"));
	struct registry_option *postgres = add(&r, "PostgreSQL", "postgresql", sql);

	ck_assert_ptr_eq(registry_find(NULL, STR("postgresql")), sql);
	ck_assert_ptr_eq(registry_find(&r, STR("postgresql")), &postgres->language);
	ck_assert(str_eq(registry_syntax(&r, &postgres->language), STR("sql")));
	ck_assert(str_eq(registry_syntax(&r, language_find(STR("go"))), STR("go")));
}
END_TEST

START_TEST(words_of_fences_are_no_names_in_comparisons)
{
	ck_assert_ptr_nonnull(registry_find(NULL, STR("mysql")));
	ck_assert_ptr_null(registry_compared(NULL, STR("mysql")));
	ck_assert_ptr_null(registry_compared(NULL, STR("docker")));
	ck_assert_ptr_nonnull(registry_compared(NULL, STR("SQL")));
	ck_assert_ptr_nonnull(registry_compared(NULL, STR("json")));
	ck_assert_ptr_nonnull(registry_compared(NULL, STR("golang")));
}
END_TEST

START_TEST(the_nearest_name_is_of_both)
{
	struct registry r = { 0 };

	add(&r, "FastAPI", "fastapi", NULL);
	ck_assert(str_eq(registry_nearest(&r, STR("FsatAPI"), &a), STR("FastAPI")));
	ck_assert(str_eq(registry_nearest(&r, STR("Pyhton"), &a), STR("Python")));
	ck_assert_uint_eq(registry_nearest(&r, STR("Something else"), &a).len, 0);
}
END_TEST

SUITE("highlight.registry", a_null_registry_has_the_built_in_languages,
	an_option_of_the_site_is_found_by_all_its_spellings_without_case,
	a_spelling_belongs_to_who_claims_it_first, an_option_goes_before_a_fence_word,
	words_of_fences_are_no_names_in_comparisons, the_nearest_name_is_of_both)
