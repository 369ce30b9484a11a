#include "cmd/help.h"

#include <stdio.h>

#include "base/buf.h"
#include "cmd/commands.h"
#include "cmd/options.h"
#include "cmd/report.h"
#include "cmd/topics.h"
#include "site/version.h"

static void write_option(const struct option *o, struct buf *out)
{
	char left[48];

	snprintf(left, sizeof(left), "%c%c%s --%s%s%s", o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
		o->letter ? "," : " ", o->name, o->arg ? " " : "", o->arg ? o->arg : "");
	buf_printf(out, "  %-24s %s\n", left, o->help);
}

static void write_options(const struct option *const *options, struct buf *out)
{
	for (; *options; options++)
		write_option(*options, out);
}

void command_usage(const struct command *c, struct buf *out)
{
	buf_printf(out, "gen %s [OPTIONS]%s%s", c->name, *c->args ? " " : "", c->args);
}

static void write_program(struct buf *out)
{
	BUF_LIT(out, "gen publishes language comparisons: articles in Markdown go in, a static site comes out.\n\n"
		     "Usage: gen COMMAND [OPTIONS]\n\nCommands:\n");
	for (size_t i = 0; i < command_count; i++)
		buf_printf(out, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
	BUF_LIT(out, "\n`gen help COMMAND` explains one, `gen help config` the keys of gen.yaml. Messages go to stderr, results to stdout.\n"
		     "Exit status: 0 fine, 1 errors in the content, 2 usage or configuration, 3 a gate failed.\n");
}

void help_write(const struct command *c, struct buf *out)
{
	if (!c) {
		write_program(out);
		return;
	}
	BUF_LIT(out, "Usage: ");
	command_usage(c, out);
	buf_printf(out, "\n\n%s\n\nOptions:\n", c->about);
	write_options(c->options, out);
	write_options(common_options, out);
}

/* A minus is a hyphen in roff unless it is escaped, and a dot at a line's start is a request. */
static void write_roff(struct buf *out, const char *text)
{
	bool line_start = true;

	for (; *text; text++) {
		if (line_start && (*text == '.' || *text == '\''))
			BUF_LIT(out, "\\&");
		line_start = *text == '\n';
		if (*text == '-')
			BUF_LIT(out, "\\-");
		else if (*text == '\\')
			BUF_LIT(out, "\\e");
		else
			buf_char(out, *text);
	}
}

static void write_man_options(const struct option *const *options, struct buf *out)
{
	for (; *options; options++) {
		const struct option *o = *options;

		BUF_LIT(out, ".TP\n.B ");
		if (o->letter)
			buf_printf(out, "\\-%c, ", o->letter);
		BUF_LIT(out, "\\-\\-");
		write_roff(out, o->name);
		if (o->arg)
			buf_printf(out, " \\fI%s\\fR", o->arg);
		BUF_LIT(out, "\n");
		write_roff(out, o->help);
		BUF_LIT(out, "\n");
	}
}

static void write_man_command(const struct command *c, struct buf *out)
{
	BUF_LIT(out, ".SS \"gen ");
	write_roff(out, c->name);
	buf_printf(out, "%s%s\"\n", *c->args ? " " : "", c->args);
	write_roff(out, c->about);
	BUF_LIT(out, "\n");
	write_man_options(c->options, out);
}

void help_write_man(struct buf *out)
{
	BUF_LIT(out, ".TH GEN 1 \"\" \"gen " GEN_VERSION "\" \"User Commands\"\n.SH NAME\n"
		     "gen \\- publish language comparisons\n.SH SYNOPSIS\n.B gen\n.I COMMAND\n"
		     "[\\fIOPTIONS\\fR]\n.SH DESCRIPTION\nArticles in Markdown go in, a static site comes out, in "
		     "which comparison tables, decision matrices and code are first\\-class.\n.SH COMMANDS\n");
	for (size_t i = 0; i < command_count; i++)
		write_man_command(commands[i], out);
	BUF_LIT(out, ".SH COMMON OPTIONS\n");
	write_man_options(common_options, out);
	BUF_LIT(out, ".SH \"EXIT STATUS\"\n.TP\n.B 0\nFine.\n.TP\n.B 1\nErrors in content, build or examples; "
		     "nothing was published.\n.TP\n.B 2\nWrong usage, configuration or environment.\n.TP\n.B 3\n"
		     "Built, but a gate that was asked for failed.\n.SH ENVIRONMENT\n.TP\n.B NO_COLOR\nNo colours "
		     "when set.\n.TP\n.B SOURCE_DATE_EPOCH\nThe time to build for, in seconds since 1970.\n"
		     ".SH FILES\n.TP\n.I gen.yaml\nConfiguration of a site.\n.TP\n.I content/\nArticles.\n.TP\n"
		     ".I templates/\nTemplates that replace the built\\-in ones.\n");
}

/* A command, a topic, or the program. */
static bool write_about(const struct settings *s, struct buf *out)
{
	str word = s->arg_count ? str_c(s->args[0]) : (str){ 0 };
	const struct command *c = command_find(word);

	if (s->man)
		help_write_man(out);
	else if (word.len == 0 || c)
		help_write(c, out);
	else if (!topics_write(word, out)) {
		fprintf(stderr, "gen help: error: there is no command or topic '%s'\n", s->args[0]);
		fprintf(stderr, "    help: `gen help` lists the commands; the topics are config and front-matter\n");
		return false;
	}
	return true;
}

static enum exit_status run_help(const struct settings *s)
{
	struct buf out = { 0 };
	bool fine = write_about(s, &out) && report_write(&out);

	buf_free(&out);
	return fine ? EXIT_FINE : EXIT_USAGE;
}

static const struct option *const options[] = { &option_man, NULL };

const struct command command_help = {
	.name = "help",
	.args = "[COMMAND|config|front-matter]",
	.most = 1,
	.summary = "explain a command",
	.about = "Print help for the program or for one command, the keys of gen.yaml (config) or of front matter\n"
		 "(front-matter), or the whole man page.",
	.options = options,
	.run = run_help,
};
