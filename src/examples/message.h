/*
 * message -- what compilers and run-time systems say, at the line of the article that they mean.
 */
#ifndef EXAMPLES_MESSAGE_H
#define EXAMPLES_MESSAGE_H

#include "content/example.h"

struct arena;

struct message {
	int line, col; /* of the program; line 0: no place was named */
	str text;
};

enum { MESSAGES_MOST = 5 };

/*
 * The messages about `file` in what was printed, at most MESSAGES_MOST; warnings and notes are left out. Understands "file:3:5: text",
 * rustc's "--> file:3:5", tracebacks ("file", line 3), "at file line 3." and their kin.
 */
size_t messages_find(str text, str file, struct message *out, struct arena *a);

/* The one line that says what happened when a program failed: "panic: ...", "ZeroDivisionError: ...". */
struct message message_summary(str text, str file, struct arena *a);

#endif
