/*
 * options -- the options of all commands.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "cmd/command.h"

extern const struct option option_report, option_external, option_ask_again, option_source, option_output, option_base_url, option_drafts, option_future,
	option_expired, option_strict, option_minify, option_force, option_replace, option_repair_encoding, option_rebuild, option_jobs, option_json, option_quiet,
	option_verbose, option_dry_run, option_partials, option_lenient, option_text, option_man, option_format, option_languages, option_color,
	option_verify, option_refresh, option_unsafe, option_fetch, option_port, option_bind, option_open, option_no_reload, option_poll,
	option_fetch_images, option_fetch_private, option_build, option_yes, option_force_deploy;

/*
 * Read the words after the command. False, with a message on stderr, when they do not fit. `args` has room for
 * all of them.
 */
bool options_read(const struct command *c, int argc, char **argv, struct settings *out, const char **args);

#endif
