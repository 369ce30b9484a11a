#include <stdio.h>

#include "base/buf.h"
#include "cmd/commands.h"
#include "cmd/report.h"

static void write_words(const struct option *const *options, const char *format, struct buf *out)
{
	for (; *options; options++)
		buf_printf(out, format, (*options)->name);
}

static void write_bash(struct buf *out)
{
	BUF_LIT(out, "# bash completion for gen: eval \"$(gen completions bash)\"\n_gen() {\n"
		     "\tlocal word=${COMP_WORDS[COMP_CWORD]} options=''\n"
		     "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\tmapfile -t COMPREPLY < <(compgen -W '");
	for (size_t i = 0; i < command_count; i++)
		buf_printf(out, "%s%s", i ? " " : "", commands[i]->name);
	BUF_LIT(out, "' -- \"$word\")\n\t\treturn\n\tfi\n\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; i < command_count; i++) {
		buf_printf(out, "\t%s) options='", commands[i]->name);
		write_words(commands[i]->options, "--%s ", out);
		write_words(common_options, "--%s ", out);
		BUF_LIT(out, "' ;;\n");
	}
	BUF_LIT(out, "\tesac\n\tcase $word in\n\t-*) mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\") ;;\n"
		     "\t*) mapfile -t COMPREPLY < <(compgen -f -- \"$word\") ;;\n\tesac\n}\n"
		     "complete -o filenames -F _gen gen\n");
}

/* In a single-quoted word of a shell. */
static void write_quoted(struct buf *out, const char *text, const char *also)
{
	for (; *text; text++) {
		if (*text == '\'')
			BUF_LIT(out, "'\\''");
		else if (str_find_char(str_c(also), *text) >= 0)
			buf_printf(out, "\\%c", *text);
		else
			buf_char(out, *text);
	}
}

static void write_zsh_options(const struct option *const *options, struct buf *out)
{
	for (; *options; options++) {
		buf_printf(out, " \\\n\t\t'--%s[", (*options)->name);
		write_quoted(out, (*options)->help, "[]:");
		BUF_LIT(out, "]");
		if ((*options)->arg)
			buf_printf(out, ":%s:%s", (*options)->arg,
				str_eq(str_c((*options)->arg), STR("DIR")) ? "_files -/" : "");
		BUF_LIT(out, "'");
	}
}

static void write_zsh(struct buf *out)
{
	BUF_LIT(out, "#compdef gen\n# zsh completion for gen: put this into a file _gen on your fpath\n_gen() {\n"
		     "\tlocal -a commands\n\tcommands=(\n");
	for (size_t i = 0; i < command_count; i++) {
		buf_printf(out, "\t\t'%s:", commands[i]->name);
		write_quoted(out, commands[i]->summary, ":");
		BUF_LIT(out, "'\n");
	}
	BUF_LIT(out, "\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n\t\treturn\n\tfi\n"
		     "\tlocal command=$words[2]\n\tshift words\n\t(( CURRENT-- ))\n\tcase $command in\n");
	for (size_t i = 0; i < command_count; i++) {
		buf_printf(out, "\t%s) _arguments", commands[i]->name);
		write_zsh_options(commands[i]->options, out);
		write_zsh_options(common_options, out);
		BUF_LIT(out, " \\\n\t\t'*:file:_files' ;;\n");
	}
	BUF_LIT(out, "\tesac\n}\n_gen \"$@\"\n");
}

static void write_fish_options(const struct command *c, const struct option *const *options, struct buf *out)
{
	for (; *options; options++) {
		const struct option *o = *options;

		buf_printf(out, "complete -c gen -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->name);
		if (o->letter)
			buf_printf(out, " -s %c", o->letter);
		BUF_LIT(out, " -d '");
		write_quoted(out, o->help, "");
		buf_printf(out, "'%s\n", o->arg ? " -r" : "");
	}
}

static void write_fish(struct buf *out)
{
	BUF_LIT(out, "# fish completion for gen: gen completions fish | source\n");
	for (size_t i = 0; i < command_count; i++) {
		buf_printf(out, "complete -c gen -n __fish_use_subcommand -f -a %s -d '", commands[i]->name);
		write_quoted(out, commands[i]->summary, "");
		BUF_LIT(out, "'\n");
	}
	for (size_t i = 0; i < command_count; i++) {
		write_fish_options(commands[i], commands[i]->options, out);
		write_fish_options(commands[i], common_options, out);
	}
}

static enum exit_status run_completions(const struct settings *s)
{
	str shell = str_c(s->args[0]);
	struct buf out = { 0 };
	bool fine;

	if (str_eq(shell, STR("bash")))
		write_bash(&out);
	else if (str_eq(shell, STR("zsh")))
		write_zsh(&out);
	else if (str_eq(shell, STR("fish")))
		write_fish(&out);
	else {
		fprintf(stderr, "gen completions: error: the shell is bash, zsh or fish, not '" STR_FMT "'\n",
			STR_ARG(shell));
		return EXIT_USAGE;
	}
	fine = report_write(&out);
	buf_free(&out);
	return fine ? EXIT_FINE : EXIT_USAGE;
}

static const struct option *const options[] = { NULL };

const struct command command_completions = {
	.name = "completions",
	.args = "SHELL",
	.least = 1,
	.most = 1,
	.summary = "print completions for bash, zsh or fish",
	.about = "Print a completion script for a shell: bash, zsh or fish.",
	.options = options,
	.run = run_completions,
};
