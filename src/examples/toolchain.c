#include "examples/toolchain.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/path.h"
#include "content/command.h"
#include "examples/sandbox.h"

enum { ASK_MS = 20000, VERSION_LONGEST = 120 };

extern char **environ;

static str real_path(str path, struct arena *a)
{
	char *real = realpath(str_cstr(path, a), NULL);
	str out = str_copy(str_c(real), a);

	free(real);
	return out;
}

/* As a shell finds it; empty when it does not. */
static str find_command(str name, struct arena *a)
{
	str rest = str_c(getenv("PATH"));

	if (str_find_char(name, '/') >= 0)
		return access(str_cstr(name, a), X_OK) == 0 ? name : (str){ 0 };
	while (rest.len) {
		struct str_pair cut = str_cut(rest, ':');
		str path = path_join(cut.head, name, a);

		rest = cut.tail;
		if (str_starts(path, STR("/")) && access(str_cstr(path, a), X_OK) == 0)
			return path;
	}
	return (str){ 0 };
}

static bool is_set(const struct str_list *env, str word)
{
	str name = str_cut(word, '=').head;

	for (size_t i = 0; i < env->count; i++)
		if (str_eq(str_cut(env->at[i], '=').head, name))
			return true;
	return false;
}

/* The user's own environment, with `more` in place of what has the same name. */
static struct str_list own_env(const struct str_list *more, struct arena *a)
{
	size_t count = 0, kept = 0;
	str *env;

	while (environ[count])
		count++;
	env = arena_array(a, str, count + more->count);
	for (size_t i = 0; i < count; i++)
		if (!is_set(more, str_c(environ[i])))
			env[kept++] = str_c(environ[i]);
	for (size_t i = 0; i < more->count; i++)
		env[kept++] = more->at[i];
	return (struct str_list){ env, kept };
}

/* The tool itself is known already; another command is looked for. */
static str command_path(const struct toolchain *t, str word, struct arena *a)
{
	return str_eq(word, t->runner->tool) ? t->path : find_command(word, a);
}

bool toolchain_call(const struct toolchain *t, const struct tool_call *call, struct sandbox_step *out, str *why,
	struct arena *a)
{
	struct job j = { .rung = RUNG_NONE, .keeps_env = true, .folder = call->folder, .step_count = 1 };
	str first = call->words.at[0], path = command_path(t, first, a);
	str *words = arena_array(a, str, call->words.count);
	struct sandbox_report report;

	*out = (struct sandbox_step){ 0 };
	if (!path.len) {
		*why = str_printf(a, "there is no command " STR_FMT, STR_ARG(first));
		return false;
	}
	memcpy(words, call->words.at, call->words.count * sizeof(words[0]));
	words[0] = path;
	sandbox_standard(&j);
	j.processes = 1000;
	j.output = 16 << 20;
	j.steps[0] = (struct job_step){ .argv = { words, call->words.count }, .env = own_env(&call->env, a),
		.wall_ms = call->wall_ms, .memory = UINT64_C(64) << 30 };
	sandbox_run(&j, &report, a);
	*out = report.steps[0];
	if (report.fault.len)
		*why = report.fault;
	else if (out->result.end == JOB_TIMEOUT)
		*why = str_printf(a, STR_FMT " did not end within %lld s", STR_ARG(first), (long long)call->wall_ms / 1000);
	else if (out->result.end != JOB_EXITED || out->result.status != 0)
		*why = str_printf(a, STR_FMT " failed", STR_ARG(first));
	else
		return true;
	return false;
}

/* Ask a tool: false when it fails, else the first line of what it prints. Tools are trusted, and have a time limit. */
static bool ask(const struct toolchain *t, str command, str *line, struct arena *a)
{
	struct tool_call call = { .words = command_words(command, NULL, a), .wall_ms = ASK_MS };
	struct sandbox_step said;
	str why;

	*line = (str){ 0 };
	if (call.words.count == 0 || !toolchain_call(t, &call, &said, &why, a))
		return false;
	*line = str_trim(str_cut(str_trim(said.out.bytes.len ? said.out.bytes : said.err.bytes), '\n').head);
	return true;
}

static bool is_of_system(str path)
{
	static const str folders[] = { STR_INIT("/usr/"), STR_INIT("/bin/"), STR_INIT("/sbin/"),
		STR_INIT("/lib/"), STR_INIT("/nix/store/"), STR_INIT("/gnu/store/") };

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (str_starts(path, folders[i]))
			return true;
	return false;
}

/* A folder that holds more than a toolchain: a home, or what all homes have. */
static bool is_too_much(str folder, struct arena *a)
{
	str home = real_path(str_c(getenv("HOME")), a);

	if (folder.len < 2 || str_find_char(str_from(folder, 1), '/') < 0)
		return true;
	if (home.len && (str_eq(folder, home) || str_starts(home, str_printf(a, STR_FMT "/", STR_ARG(folder)))))
		return true;
	return str_eq(path_name(folder), STR(".local"));
}

/* What must be seen from inside for a command to work: /x of /x/bin/tool, or the command alone. */
static str folder_of(str real, struct arena *a)
{
	str bin = path_folder(real), above = path_folder(bin);

	if (is_of_system(real))
		return (str){ 0 };
	if (!str_eq(path_name(bin), STR("bin")) || is_too_much(above, a))
		return real;
	return above;
}

/* A shim (pyenv, rustup) knows where the tool behind it is. */
static void look_behind(struct toolchain *t, struct arena *a)
{
	const struct runner *r = t->runner;
	str home = { 0 }, real;

	if (r->home.len)
		ask(t, r->home, &home, a);
	real = home.len ? real_path(path_join(home, r->program, a), a) : (str){ 0 };

	if (home.len && real.len && access(real.ptr, X_OK) == 0) {
		str folder = real_path(home, a);

		t->path = path_join(folder, r->program, a);
		t->folder = is_of_system(str_printf(a, STR_FMT "/", STR_ARG(folder))) || is_too_much(folder, a)
				    ? folder_of(real, a)
				    : folder;
	} else {
		real = real_path(t->path, a);
		t->folder = folder_of(real, a);
		/* A link that is not of the system would lead nowhere inside. */
		if (!is_of_system(t->path))
			t->path = real;
	}
}

static str tidy_version(const struct runner *r, str line, struct arena *a)
{
	ptrdiff_t copyright = str_find(line, STR("  Copyright"));
	bool bare;

	if (copyright > 0)
		line = str_sub(line, 0, (size_t)copyright);
	line = str_sub(line, 0, VERSION_LONGEST);
	bare = line.len > 1 && ((line.ptr[0] >= '0' && line.ptr[0] <= '9') ||
				       (line.ptr[0] == 'v' && line.ptr[1] >= '0' && line.ptr[1] <= '9'));
	if (bare && r->label.len)
		return str_printf(a, STR_FMT STR_FMT, STR_ARG(r->label), STR_ARG(line));
	return str_starts(line, STR("Version ")) && r->label.len
		       ? str_printf(a, STR_FMT STR_FMT, STR_ARG(r->label), STR_ARG(str_from(line, 8)))
		       : line;
}

static bool is_missing(struct toolchain *t, str why)
{
	t->why = why;
	return false;
}

static bool try_row(const struct runner *r, struct toolchain *t, struct arena *a)
{
	str line;

	*t = (struct toolchain){ .runner = r, .path = find_command(r->tool, a) };
	if (!t->path.len)
		return is_missing(t, str_printf(a, "there is no command " STR_FMT, STR_ARG(r->tool)));
	look_behind(t, a);
	if (r->probe.len && !ask(t, r->probe, &line, a))
		return is_missing(t, str_printf(a, "`" STR_FMT "` fails", STR_ARG(r->probe)));
	t->version = r->tool;
	if (r->version.len && !ask(t, r->version, &t->version, a))
		return is_missing(t, str_printf(a, "`" STR_FMT "` fails", STR_ARG(r->version)));
	t->version = tidy_version(r, t->version, a);
	if (!t->version.len)
		return is_missing(t, str_printf(a, "`" STR_FMT "` prints nothing", STR_ARG(r->version)));
	t->found = true;
	return true;
}

void toolchain_find(const struct runners *rows, str language, struct toolchain *out, struct arena *a)
{
	str why = { 0 };

	*out = (struct toolchain){ 0 };
	for (size_t i = 0; i < rows->count; i++) {
		if (!str_eq(rows->at[i].language, language))
			continue;
		if (try_row(&rows->at[i], out, a))
			return;
		why = why.len ? str_printf(a, STR_FMT ", and " STR_FMT, STR_ARG(why), STR_ARG(out->why)) : out->why;
		out->why = why;
		/* A row of gen.yaml stands for the built-in ones. */
		if (rows->at[i].own)
			return;
	}
	if (!out->runner)
		out->why = str_printf(a, "gen does not know how to run " STR_FMT, STR_ARG(language));
}

static void add_folder(struct toolchain_folders *f, str folder)
{
	if (!folder.len)
		return;
	for (size_t i = 0; i < f->count; i++)
		if (str_eq(f->at[i], folder))
			return;
	if (f->count < sizeof(f->at) / sizeof(f->at[0]))
		f->at[f->count++] = folder;
}

bool toolchain_resolve(const struct toolchain *t, struct str_list *words, struct toolchain_folders *folders,
	struct arena *a)
{
	str first = words->count ? words->at[0] : (str){ 0 };
	struct toolchain one = { .runner = t->runner };

	if (!first.len)
		return false;
	if (str_starts(first, STR("./")))
		return true;
	if (str_eq(first, t->runner->tool)) {
		one = *t;
	} else {
		one.path = find_command(first, a);
		if (!one.path.len)
			return false;
		str real = real_path(one.path, a);

		one.folder = folder_of(real, a);
		one.path = is_of_system(one.path) ? one.path : real;
	}
	add_folder(folders, one.folder);
	((str *)words->at)[0] = one.path;
	return true;
}
