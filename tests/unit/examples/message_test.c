#include "unit/suite.h"

#include "base/arena.h"
#include "examples/message.h"

/* What real compilers and run-time systems print. */

static struct arena a;

static void check_first(const char *text, const char *file, int line, int col, const char *words, size_t count)
{
	struct message m[MESSAGES_MOST];
	size_t found = messages_find(str_c(text), str_c(file), m, &a);

	ck_assert_msg(found == count, "%s: %zu messages", text, found);
	ck_assert_int_eq(m[0].line, line);
	ck_assert_int_eq(m[0].col, col);
	ck_assert_msg(str_eq(m[0].text, str_c(words)), STR_FMT, STR_ARG(m[0].text));
}

static void check_summary(const char *text, const char *file, int line, const char *words)
{
	struct message m = message_summary(str_c(text), str_c(file), &a);

	ck_assert_int_eq(m.line, line);
	ck_assert_msg(str_eq(m.text, str_c(words)), STR_FMT, STR_ARG(m.text));
}

START_TEST(go_names_line_and_column)
{
	check_first("# command-line-arguments\n./main.go:7:2: declared and not used: x\n"
		    "./main.go:3:8: \"os\" imported and not used\n",
		"main.go", 7, 2, "declared and not used: x", 2);
}
END_TEST

START_TEST(gcc_has_warnings_and_notes_that_do_not_count)
{
	check_first("main.c: In function 'main':\nmain.c:2:5: warning: unused variable 'x'\n"
		    "main.c:3:9: error: 'y' undeclared\nmain.c:3:9: note: each undeclared\n",
		"main.c", 3, 9, "'y' undeclared", 1);
}
END_TEST

START_TEST(rustc_says_it_a_line_before)
{
	check_first("error[E0308]: mismatched types\n --> main.rs:2:18\n  |\n", "main.rs", 2, 18,
		"error[E0308]: mismatched types", 1);
}
END_TEST

START_TEST(javac_names_the_line)
{
	check_first("Main.java:3: error: ';' expected\n        int x = 1\n", "Main.java", 3, 0, "';' expected", 1);
}
END_TEST

START_TEST(tsc_puts_the_place_in_brackets)
{
	check_first("main.ts(2,7): error TS2322: Type 'string' is not assignable\n", "main.ts", 2, 7,
		"error TS2322: Type 'string' is not assignable", 1);
}
END_TEST

START_TEST(another_file_with_a_longer_name_is_not_meant)
{
	struct message m[MESSAGES_MOST];

	ck_assert_uint_eq(messages_find(STR("notmain.go:1:1: x\n"), STR("main.go"), m, &a), 0);
}
END_TEST

START_TEST(python_tells_the_end_last)
{
	check_summary("Traceback (most recent call last):\n  File \"/program/main.py\", line 9, in <module>\n    f()\n"
		      "  File \"/program/main.py\", line 2, in f\n    return 1 / 0\nZeroDivisionError: division by zero\n",
		"main.py", 2, "ZeroDivisionError: division by zero");
	check_summary("  File \"/program/main.py\", line 1\n    x = (\n        ^\nSyntaxError: '(' was never closed\n",
		"main.py", 1, "SyntaxError: '(' was never closed");
}
END_TEST

START_TEST(others_tell_it_first)
{
	check_summary("panic: boom\n\ngoroutine 1 [running]:\nmain.f(...)\n\t/program/main.go:8\nmain.main()\n"
		      "\t/program/main.go:4 +0x1d\n",
		"main.go", 8, "panic: boom");
	check_summary("/program/main.js:3\n  throw new Error('x')\n\nError: x\n    at f (/program/main.js:3:9)\n", "main.js", 3,
		"throw new Error('x')");
	check_summary("thread 'main' panicked at main.rs:2:5:\nno\n", "main.rs", 2,
		"thread 'main' panicked at main.rs:2:5:");
	check_summary("main.sh: line 3: nope: command not found\n", "main.sh", 3,
		"main.sh: line 3: nope: command not found");
	check_summary("main.sh: 2: nope: not found\n", "main.sh", 2, "main.sh: 2: nope: not found");
	check_summary("Died at main.pl line 2.\n", "main.pl", 2, "Died at main.pl line 2.");
	check_summary("PHP Fatal error:  Uncaught x in /program/main.php on line 4\n", "main.php", 4,
		"PHP Fatal error:  Uncaught x in /program/main.php on line 4");
	check_summary("Killed\n", "main.py", 0, "Killed");
}
END_TEST

SUITE("message", go_names_line_and_column, gcc_has_warnings_and_notes_that_do_not_count, rustc_says_it_a_line_before,
	javac_names_the_line, tsc_puts_the_place_in_brackets, another_file_with_a_longer_name_is_not_meant,
	python_tells_the_end_last, others_tell_it_first)
