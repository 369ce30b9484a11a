#include "content/hint.h"

#include "unit/suite.h"

START_TEST(a_fence_of_a_matrix_is_found)
{
	ck_assert(hint_matrix(STR("Text.\n\n```matrix\noptions: [A, B]\n```\n")));
	ck_assert(hint_matrix(STR("~~~ matrix id=x\n~~~\n")));
	ck_assert(hint_matrix(STR("````{.matrix}\n````\n")));
	ck_assert(hint_matrix(STR("> ```matrix\n> ```\n")));
	ck_assert(hint_matrix(STR("1. - ```matrix\n     ```\n")));
	ck_assert(hint_matrix(STR("```go\n```\n```matrix")));
}
END_TEST

START_TEST(the_word_alone_is_none)
{
	ck_assert(!hint_matrix(STR("")));
	ck_assert(!hint_matrix(STR("The matrix and the ``matrix`` fence.\n")));
	ck_assert(!hint_matrix(STR("```matrixes\n```\n")));
	ck_assert(!hint_matrix(STR("```go\n// matrix\n```\n")));
}
END_TEST

START_TEST(a_fence_shown_within_another_is_none)
{
	ck_assert(!hint_matrix(STR("````markdown\n```matrix\n```\n````\n")));
	ck_assert(!hint_matrix(STR("~~~\n```matrix\n```\n~~~\n")));
	ck_assert(hint_matrix(STR("````markdown\n```matrix\n```\n````\n\n```matrix\n```\n")));
}
END_TEST

SUITE("content.hint", a_fence_of_a_matrix_is_found, the_word_alone_is_none,
	a_fence_shown_within_another_is_none)
