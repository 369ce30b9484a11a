/*
 * command -- the commands of gen and their options, in one table: the command line is read by it, and help,
 * the man page and shell completions are printed from it.
 */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct buf;

enum exit_status {
	EXIT_FINE = 0,
	EXIT_CONTENT = 1, /* content, build or example errors */
	EXIT_USAGE = 2,	  /* usage, configuration, environment */
	EXIT_GATE = 3,	  /* built, but a gate that was asked for failed */
};

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* All that options can set. */
struct settings {
	str report; /* articles, with commas */
	str source, output, base_url, partials, format, languages, config, port, bind;
	bool drafts, future, expired, strict, minify, force, rebuild;
	bool external;
	bool verify, refresh, unsafe, fetch;
	bool json, quiet, verbose, dry_run, repair_encoding, lenient, text, man, help;
	bool open, no_reload, poll;
	bool build, yes;
	bool fetch_images, fetch_private;
	int64_t jobs;
	enum color color;
	str color_word;
	const char *const *args; /* what is no option */
	size_t arg_count;
};

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_NUMBER };

struct option {
	const char *name; /* without "--" */
	char letter;	  /* 0: none */
	const char *arg;  /* "DIR"; null for a flag */
	enum option_kind kind;
	size_t at; /* in struct settings */
	const char *help;
};

struct command {
	const char *name;
	const char *args;    /* "TEMPLATE DATA" */
	size_t least, most;  /* how many args */
	const char *summary; /* one line */
	const char *about;   /* a paragraph or more, for `gen help NAME` */
	const struct option *const *options; /* ends with null */
	enum exit_status (*run)(const struct settings *s);
};

/* All commands, in the order of help. */
extern const struct command *const commands[];
extern const size_t command_count;

/* Options that every command has. */
extern const struct option *const common_options[];

/* Null when there is none. */
const struct command *command_find(str name);

/* The whole program: returns the exit status. */
int command_main(int argc, char **argv);

/* One usage line: "gen build [OPTIONS]". */
void command_usage(const struct command *c, struct buf *out);

#endif
