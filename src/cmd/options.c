#include "cmd/options.h"

#include <stdio.h>


#define AT(member) offsetof(struct settings, member)

const struct option option_source = { "source", 's', "DIR", OPTION_TEXT, AT(source),
	"the site's folder, which holds content/ (default: the current one)" };
const struct option option_output = { "output", 'o', "DIR", OPTION_TEXT, AT(output),
	"where the site goes (default: site/ in the site's folder)" };
const struct option option_base_url = { "base-url", 0, "URL", OPTION_TEXT, AT(base_url),
	"where the site will be published; replaces base_url of gen.yaml" };
const struct option option_report = { "report", 0, "ARTICLES", OPTION_TEXT, AT(report),
	"instead of the site, one file of these articles (with commas) that stands alone: needs -o FILE, - is stdout" };
const struct option option_drafts = { "drafts", 'D', NULL, OPTION_FLAG, AT(drafts), "include drafts" };
const struct option option_future = { "future", 0, NULL, OPTION_FLAG, AT(future),
	"include articles dated in the future" };
const struct option option_expired = { "expired", 0, NULL, OPTION_FLAG, AT(expired),
	"include articles that have expired" };
const struct option option_strict = { "strict", 0, NULL, OPTION_FLAG, AT(strict), "take warnings for errors" };
const struct option option_minify = { "minify", 0, NULL, OPTION_FLAG, AT(minify),
	"write pages with less white space" };
const struct option option_force = { "force", 0, NULL, OPTION_FLAG, AT(force),
	"write into a folder that gen did not make" };
const struct option option_replace = { "force", 0, NULL, OPTION_FLAG, AT(force),
	"replace files that are there and differ" };
const struct option option_repair_encoding = { "repair-encoding", 0, NULL, OPTION_FLAG, AT(repair_encoding),
	"mend texts that were saved in the wrong encoding" };
const struct option option_rebuild = { "rebuild", 0, NULL, OPTION_FLAG, AT(rebuild),
	"build even when nothing seems to have changed" };
const struct option option_jobs = { "jobs", 'j', "N", OPTION_NUMBER, AT(jobs),
	"threads (default: as many as processors)" };
const struct option option_json = { "json", 0, NULL, OPTION_FLAG, AT(json), "print the result as JSON" };
const struct option option_quiet = { "quiet", 'q', NULL, OPTION_FLAG, AT(quiet), "print only warnings and errors" };
const struct option option_verbose = { "verbose", 'v', NULL, OPTION_FLAG, AT(verbose), "say more" };
const struct option option_dry_run = { "dry-run", 'n', NULL, OPTION_FLAG, AT(dry_run),
	"say what would be done, and do nothing" };
const struct option option_partials = { "partials", 0, "DIR", OPTION_TEXT, AT(partials),
	"folder of the partials (default: none)" };
const struct option option_lenient = { "lenient", 0, NULL, OPTION_FLAG, AT(lenient),
	"missing names are empty, as the Mustache spec says, and no error" };
const struct option option_text = { "text", 0, NULL, OPTION_FLAG, AT(text), "do not escape for HTML" };
const struct option option_man = { "man", 0, NULL, OPTION_FLAG, AT(man), "print the man page" };
const struct option option_format = { "format", 0, "FORM", OPTION_TEXT, AT(format),
	"form of the messages: text, json, or github for annotations of changes" };
const struct option option_external = { "external", 0, NULL, OPTION_FLAG, AT(external),
	"ask other sites whether what is linked to is there" };
const struct option option_ask_again = { "refresh", 0, NULL, OPTION_FLAG, AT(refresh),
	"with --external: ask again what was fine some days ago" };
const struct option option_verify = { "verify", 0, NULL, OPTION_FLAG, AT(verify),
	"run everything, compare with the records, write nothing" };
const struct option option_refresh = { "refresh", 0, NULL, OPTION_FLAG, AT(refresh),
	"run again what is recorded" };
const struct option option_unsafe = { "unsafe", 0, NULL, OPTION_FLAG, AT(unsafe),
	"run without a sandbox when none works here" };
const struct option option_fetch = { "fetch", 0, NULL, OPTION_FLAG, AT(fetch),
	"first fetch and lock the packages that deps= names" };
const struct option option_languages = { "languages", 0, "LIST", OPTION_TEXT, AT(languages),
	"what is compared, with commas (default: go,python)" };
const struct option option_color = { "color", 0, "WHEN", OPTION_TEXT, AT(color_word),
	"colours: auto, always or never" };
const struct option option_port = { "port", 'p', "N", OPTION_TEXT, AT(port),
	"port to listen on; 0: any (default: 1313 or the next free one)" };
const struct option option_bind = { "bind", 0, "ADDRESS", OPTION_TEXT, AT(bind),
	"address to listen on (default: 127.0.0.1, this machine only)" };
const struct option option_open = { "open", 0, NULL, OPTION_FLAG, AT(open), "show it in a browser" };
const struct option option_no_reload = { "no-reload", 0, NULL, OPTION_FLAG, AT(no_reload),
	"build on changes, but leave the pages in browsers alone" };
const struct option option_poll = { "poll", 0, NULL, OPTION_FLAG, AT(poll),
	"look at the files from time to time, where the system tells nothing of changes" };

const struct option option_fetch_images = { "fetch-images", 0, NULL, OPTION_FLAG, AT(fetch_images),
	"bring pictures that articles show from elsewhere into content/images/ (needs curl)" };
const struct option option_fetch_private = { "fetch-private", 0, NULL, OPTION_FLAG, AT(fetch_private),
	"with --fetch-images: also from this machine and its network" };
const struct option option_build = { "build", 0, NULL, OPTION_FLAG, AT(build), "build the site first" };
const struct option option_yes = { "yes", 'y', NULL, OPTION_FLAG, AT(yes), "do not ask; off a terminal nothing is asked" };
const struct option option_force_deploy = { "force", 0, NULL, OPTION_FLAG, AT(force),
	"deploy a site that is older than its sources, over files that gen did not put there" };

static const struct option option_help = { "help", 'h', NULL, OPTION_FLAG, AT(help), "show help" };

const struct option *const common_options[] = { &option_color, &option_help, NULL };

static const struct option *find_in(const struct option *const *options, str name, char letter)
{
	for (; *options; options++)
		if (letter ? (*options)->letter == letter : str_eq(str_c((*options)->name), name))
			return *options;
	return NULL;
}

static const struct option *find_option(const struct command *c, str name, char letter)
{
	const struct option *o = find_in(c->options, name, letter);

	return o ? o : find_in(common_options, name, letter);
}

static bool set_number(const struct option *o, str value, struct settings *out)
{
	uint64_t n;

	if (!str_to_u64(value, &n) || n > 1024) {
		fprintf(stderr, "gen: error: --%s needs a number from 0 to 1024, not '" STR_FMT "'\n", o->name,
			STR_ARG(value));
		return false;
	}
	*(int64_t *)((char *)out + o->at) = (int64_t)n;
	return true;
}

static bool set_option(const struct option *o, str value, struct settings *out)
{
	char *place = (char *)out + o->at;

	switch (o->kind) {
	case OPTION_FLAG:
		*(bool *)place = true;
		return true;
	case OPTION_TEXT:
		*(str *)place = value;
		return true;
	case OPTION_NUMBER:
		return set_number(o, value, out);
	}
	return false;
}

static bool unknown_option(const struct command *c, const char *word)
{
	str names[64];
	size_t count = 0;
	str name = str_cut(str_from(str_c(word), word[1] == '-' ? 2 : 1), '=').head, near;

	for (const struct option *const *o = c->options; *o && count < 60; o++)
		names[count++] = str_c((*o)->name);
	for (const struct option *const *o = common_options; *o; o++)
		names[count++] = str_c((*o)->name);
	near = str_nearest(name, names, count);
	fprintf(stderr, "gen %s: error: unknown option '%s'\n", c->name, word);
	if (near.len)
		fprintf(stderr, "    help: did you mean --" STR_FMT "?\n", STR_ARG(near));
	else
		fprintf(stderr, "    help: `gen help %s` lists the options\n", c->name);
	return false;
}

struct words {
	int argc, at;
	char **argv;
};

/* The value of an option: behind "=" or "-o", or the next word. */
static bool take_value(const struct option *o, const char *here, struct words *w, str *out)
{
	if (o->kind == OPTION_FLAG) {
		if (!here)
			return true;
		fprintf(stderr, "gen: error: --%s takes no value\n", o->name);
		return false;
	}
	if (here) {
		*out = str_c(here);
		return true;
	}
	if (w->at + 1 >= w->argc) {
		fprintf(stderr, "gen: error: --%s needs a value: --%s %s\n", o->name, o->name, o->arg);
		return false;
	}
	*out = str_c(w->argv[++w->at]);
	return true;
}

static bool read_long(const struct command *c, struct words *w, struct settings *out)
{
	const char *word = w->argv[w->at];
	struct str_pair cut = str_cut(str_c(word + 2), '=');
	const struct option *o = find_option(c, cut.head, 0);
	str value = { 0 };

	if (!o)
		return unknown_option(c, word);
	return take_value(o, cut.tail.ptr, w, &value) && set_option(o, value, out);
}

/* "-qv", "-oDIR", "-o DIR" */
static bool read_short(const struct command *c, struct words *w, struct settings *out)
{
	const char *at = w->argv[w->at] + 1;

	for (; *at; at++) {
		const struct option *o = find_option(c, (str){ 0 }, *at);
		str value = { 0 };

		if (!o)
			return unknown_option(c, w->argv[w->at]);
		if (o->kind == OPTION_FLAG) {
			set_option(o, value, out);
			continue;
		}
		return take_value(o, at[1] ? at + 1 : NULL, w, &value) && set_option(o, value, out);
	}
	return true;
}

static bool read_color(struct settings *s)
{
	str word = s->color_word;

	if (word.len == 0 || str_eq(word, STR("auto")))
		s->color = COLOR_AUTO;
	else if (str_eq(word, STR("always")))
		s->color = COLOR_ALWAYS;
	else if (str_eq(word, STR("never")))
		s->color = COLOR_NEVER;
	else {
		fprintf(stderr, "gen: error: --color is auto, always or never, not '" STR_FMT "'\n", STR_ARG(word));
		return false;
	}
	return true;
}

static bool check_count(const struct command *c, const struct settings *s)
{
	if (s->arg_count >= c->least && s->arg_count <= c->most)
		return true;
	if (s->arg_count > c->most)
		fprintf(stderr, "gen %s: error: '%s' is one word too many\n", c->name, s->args[c->most]);
	else
		fprintf(stderr, "gen %s: error: something is missing\n", c->name);
	fprintf(stderr, "    help: gen %s [OPTIONS]%s%s\n", c->name, *c->args ? " " : "", c->args);
	return false;
}

bool options_read(const struct command *c, int argc, char **argv, struct settings *out, const char **args)
{
	struct words w = { argc, 0, argv };
	bool only_args = false;

	*out = (struct settings){ .args = args };
	for (; w.at < argc; w.at++) {
		const char *word = argv[w.at];
		bool fine = true;

		if (only_args || word[0] != '-' || word[1] == '\0')
			args[out->arg_count++] = word;
		else if (word[1] == '-' && word[2] == '\0')
			only_args = true;
		else
			fine = word[1] == '-' ? read_long(c, &w, out) : read_short(c, &w, out);
		if (!fine)
			return false;
	}
	return read_color(out) && (out->help || check_count(c, out));
}
