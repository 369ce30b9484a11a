/*
 * commands -- the rows of the table of commands; each is defined in the file of its name.
 */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/command.h"

extern const struct command command_build, command_serve, command_check, command_new, command_data, command_render, command_list, command_clean, command_deploy, command_import,
	command_run, command_doctor, command_completions, command_version, command_help;

#endif
