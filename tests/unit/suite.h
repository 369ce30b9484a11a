/*
 * suite -- the main() of a Check program: one suite, printed by its own summary line.
 *
 *     SUITE("str", cut_without_separator_keeps_all_in_head, ...)
 */
#ifndef TESTS_UNIT_SUITE_H
#define TESTS_UNIT_SUITE_H

#include <check.h>
#include <stdlib.h>

static int suite_run(const char *name, const TTest *const *tests, size_t count)
{
	Suite *suite = suite_create(name);
	TCase *tc = tcase_create(name);
	SRunner *runner;
	int failed;

	tcase_set_timeout(tc, 60);
	for (size_t i = 0; i < count; i++)
		tcase_add_test(tc, tests[i]);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	/* A crash is reported better by the sanitizers than by a lost child. */
	srunner_set_fork_status(runner, CK_NOFORK);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define SUITE(name, ...)                                                                       \
	int main(void)                                                                         \
	{                                                                                      \
		const TTest *const tests[] = { __VA_ARGS__ };                                  \
		return suite_run(name, tests, sizeof(tests) / sizeof(tests[0]));               \
	}

#endif
