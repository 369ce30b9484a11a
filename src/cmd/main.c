#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cmd/command.h"
#include "cmd/commands.h"
#include "cmd/help.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "diagram/diagram.h"
#include "examples/inside.h"

static int unknown_command(const char *word)
{
	str names[64];
	str near;

	for (size_t i = 0; i < command_count; i++)
		names[i] = str_c(commands[i]->name);
	near = str_nearest(str_c(word), names, command_count);
	fprintf(stderr, "gen: error: there is no command '%s'\n", word);
	if (near.len)
		fprintf(stderr, "    help: did you mean `gen " STR_FMT "`?\n", STR_ARG(near));
	else
		fprintf(stderr, "    help: `gen help` lists the commands\n");
	return EXIT_USAGE;
}

static int show_help(const struct command *c)
{
	struct buf out = { 0 };
	bool fine;

	help_write(c, &out);
	fine = report_write(&out);
	buf_free(&out);
	return fine ? EXIT_FINE : EXIT_USAGE;
}

static int run(const struct command *c, int argc, char **argv)
{
	struct arena a = { 0 };
	struct settings s;
	int status = EXIT_USAGE;

	if (options_read(c, argc, argv, &s, arena_array(&a, const char *, (size_t)argc + 1)))
		status = s.help ? show_help(c) : (int)c->run(&s);
	arena_free(&a);
	return status;
}

/* "gen --help", "gen -h", "gen --version", "gen -V" are what people try first. */
static const char *command_word(const char *word)
{
	str s = str_c(word);

	if (str_eq(s, STR("--help")) || str_eq(s, STR("-h")))
		return "help";
	if (str_eq(s, STR("--version")) || str_eq(s, STR("-V")))
		return "version";
	return word;
}

int command_main(int argc, char **argv)
{
	const struct command *c;

	if (inside_is(argc, argv))
		inside_main(argc, argv);
	if (diagram_is(argc, argv))
		diagram_main();
	/* A reader that goes away is an error of writing, not the end of the program. */
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		show_help(NULL);
		return EXIT_USAGE;
	}
	c = command_find(str_c(command_word(argv[1])));
	if (!c)
		return unknown_command(argv[1]);
	return run(c, argc - 2, argv + 2);
}
