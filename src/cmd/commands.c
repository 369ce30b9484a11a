#include "cmd/commands.h"

const struct command *const commands[] = {
	&command_build,
	&command_serve,
	&command_check,
	&command_new,
	&command_run,
	&command_data,
	&command_render,
	&command_list,
	&command_import,
	&command_deploy,
	&command_clean,
	&command_doctor,
	&command_completions,
	&command_version,
	&command_help,
};

const size_t command_count = sizeof(commands) / sizeof(commands[0]);

const struct command *command_find(str name)
{
	for (size_t i = 0; i < command_count; i++)
		if (str_eq(str_c(commands[i]->name), name))
			return commands[i];
	return NULL;
}
