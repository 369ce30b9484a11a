/*
 * command -- the command line of a runner, as words.
 */
#ifndef CONTENT_COMMAND_H
#define CONTENT_COMMAND_H

#include "base/str.h"
#include "content/article.h"

struct arena;

/* What stands for {file}, {main} and {sources}. */
struct command_names {
	str file, main;
	struct str_list sources;
};

/* Words are split at spaces; a backslash keeps the next character as it is. `names` may be null. */
struct str_list command_words(str command, const struct command_names *names, struct arena *a);

#endif
