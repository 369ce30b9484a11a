#include "examples/plan.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/path.h"
#include "content/program.h"
#include "examples/packages.h"
#include "examples/serving.h"

/* With packages, they are compiled as well. */
enum { RUN_MS = 10000, COMPILE_MS = 120000, PACKAGES_MS = 600000 };

static const uint64_t RUN_MEMORY = 512u << 20, COMPILE_MEMORY = UINT64_C(2) << 30;

static bool put_files(const struct example *e, str file, struct job *j, str *why, struct arena *a)
{
	j->files = arena_array(a, struct job_file, e->file_count + 1);
	j->files[j->file_count++] = (struct job_file){ file, e->program };
	for (size_t i = 0; i < e->file_count; i++) {
		if (str_eq(e->files[i].name, file)) {
			*why = str_printf(a, "the file " STR_FMT " has the name of the program", STR_ARG(file));
			return false;
		}
		j->files[j->file_count++] = (struct job_file){ e->files[i].name, e->files[i].bytes };
	}
	return true;
}

/* One line of `struct job_step`, in the making. */
struct step {
	str command, env;
	bool compiles;
};

static bool add_step(const struct toolchain *t, const struct command_names *names, const struct step *s,
	struct job *j, struct toolchain_folders *folders, str *why, struct arena *a)
{
	struct job_step *out = &j->steps[j->step_count++];

	out->argv = command_words(s->command, names, a);
	out->compiles = s->compiles;
	out->wall_ms = s->compiles ? COMPILE_MS : RUN_MS;
	out->memory = s->compiles ? COMPILE_MEMORY : RUN_MEMORY;
	if (toolchain_resolve(t, &out->argv, folders, a))
		return true;
	*why = str_printf(a, "there is no command " STR_FMT, STR_ARG(str_cut(s->command, ' ').head));
	return false;
}

static void add_words(struct str_list *list, struct str_list more)
{
	for (size_t i = 0; i < more.count; i++)
		((str *)list->at)[list->count++] = more.at[i];
}

static str find_path(const struct toolchain_folders *folders, struct arena *a)
{
	struct buf b = { .arena = a };

	BUF_LIT(&b, "PATH=");
	for (size_t i = 0; i < folders->count; i++)
		buf_printf(&b, STR_FMT "/bin:", STR_ARG(folders->at[i]));
	BUF_LIT(&b, "/usr/local/bin:/usr/bin:/bin");
	return buf_str(&b);
}

/* All of the environment: nothing of gen's own comes in. */
static void set_env(const struct example *e, const struct runner *r, const struct toolchain_folders *folders,
	struct job *j, struct arena *a)
{
	static const str standard[] = { STR_INIT("HOME=" HOME_PATH), STR_INIT("TMPDIR=" TMP_PATH),
		STR_INIT("LANG=C.UTF-8"), STR_INIT("TZ=UTC") };
	str path = find_path(folders, a);

	for (size_t i = 0; i < j->step_count; i++) {
		struct job_step *s = &j->steps[i];
		struct str_list own = command_words(s->compiles ? r->compile_env : r->run_env, NULL, a);
		struct str_list env = { arena_array(a, str, 8 + own.count + e->env.count), 0 };

		add_words(&env, (struct str_list){ &path, 1 });
		add_words(&env, (struct str_list){ standard, 4 });
		add_words(&env, own);
		if (s->compiles && r->cache.len) {
			str word = str_printf(a, STR_FMT "=%s", STR_ARG(r->cache),
				j->cache.len || j->rung == RUNG_BUBBLEWRAP ? CACHE_PATH : TMP_PATH "/cache");

			add_words(&env, (struct str_list){ &word, 1 });
		}
		add_words(&env, e->env);
		s->env = env;
	}
}

/* Arguments, input and limits that the fence gives to the program. */
static void set_program(const struct example *e, struct job_step *s, struct arena *a)
{
	struct str_list argv = { arena_array(a, str, s->argv.count + e->args.count), 0 };

	add_words(&argv, s->argv);
	add_words(&argv, e->args);
	s->argv = argv;
	s->input = e->input;
	if (e->timeout_ms)
		s->wall_ms = e->timeout_ms;
	if (e->memory)
		s->memory = e->memory;
}

static bool only_compiles(const struct example *e)
{
	return e->kind == EXAMPLE_CHECK || e->expect == EXPECT_COMPILE_ERROR;
}

bool plan_job(const struct example *e, const struct toolchain *t, enum rung rung, str cache, str packages, struct job *out,
	str *why, struct arena *a)
{
	const struct runner *r = t->runner;
	struct toolchain_folders folders = { .count = 0 };
	struct command_names names;
	const struct step check = { r->check.len ? r->check : r->compile, r->compile_env, true };
	const struct step compile = { r->compile, r->compile_env, true }, run = { r->run, r->run_env, false };
	bool fine;

	*out = (struct job){ .rung = rung, .cache = r->cache.len ? cache : (str){ 0 } };
	sandbox_standard(out);
	program_names(e, r, &names, a);
	if (!put_files(e, names.file, out, why, a))
		return false;
	if (only_compiles(e) && !check.command.len) {
		*why = str_printf(a, STR_FMT " has nothing to compile with", STR_ARG(r->name));
		return false;
	}
	if (only_compiles(e)) {
		fine = add_step(t, &names, &check, out, &folders, why, a);
	} else {
		fine = !r->compile.len || add_step(t, &names, &compile, out, &folders, why, a);
		fine = fine && add_step(t, &names, &run, out, &folders, why, a);
	}
	if (!fine)
		return false;
	set_env(e, r, &folders, out, a);
	if (!only_compiles(e))
		set_program(e, &out->steps[out->step_count - 1], a);
	packages_job(e, packages, out, a);
	for (size_t i = 0; i < out->step_count && packages.len; i++)
		if (out->steps[i].compiles)
			out->steps[i].wall_ms = PACKAGES_MS;
	if (e->kind == EXAMPLE_SERVE)
		serving_job(e, &out->steps[out->step_count - 1], a);
	out->folders = (struct str_list){ arena_array(a, str, folders.count), 0 };
	add_words(&out->folders, (struct str_list){ folders.at, folders.count });
	return true;
}

static bool say_limit(const struct sandbox_step *s, const struct job *j, bool compiles, str *why, struct arena *a)
{
	const char *who = compiles ? "the compiler" : "the program";

	switch (s->result.end) {
	case JOB_OUTPUT:
		*why = str_printf(a, "%s printed more than %llu KB", who, (unsigned long long)j->output / 1024);
		return false;
	case JOB_MEMORY:
		*why = str_printf(a, "%s used too much memory", who);
		return false;
	case JOB_PROCESSES:
		*why = str_printf(a, "%s started more than %d processes", who, j->processes);
		return false;
	case JOB_DISK:
		*why = str_printf(a, "%s wrote more than %llu MB", who, (unsigned long long)j->disk >> 20);
		return false;
	case JOB_UNSTARTED:
		*why = str_printf(a, "%s cannot be started: %s", who, strerror(s->result.status));
		return false;
	case JOB_EXITED:
	case JOB_SIGNALED:
	case JOB_TIMEOUT:
	case JOB_STOPPED:
		break;
	}
	return true;
}

static void set_usage(struct record *out, const struct job_result *r)
{
	out->wall = r->wall;
	out->cpu = r->cpu;
	out->memory = r->memory;
}

static struct record_output output_of(const struct sandbox_output *o)
{
	return (struct record_output){ o->bytes, o->size };
}

/* Compilers print their messages here or there. */
static bool compile_result(const struct sandbox_step *s, int64_t wall_ms, struct record *out, str *why, struct arena *a)
{
	if (s->result.end != JOB_EXITED) {
		*why = s->result.end == JOB_TIMEOUT ? str_printf(a, "the compiler did not end in %lld minutes",
							      (long long)wall_ms / 60000)
						    : str_printf(a, "the compiler was killed by signal %d",
							      s->result.status);
		return false;
	}
	out->end = s->result.status ? RECORD_COMPILE_ERROR : RECORD_COMPILED;
	out->out = output_of(&s->out);
	out->err = output_of(&s->err);
	return true;
}

bool plan_result(const struct example *e, const struct job *j, const struct sandbox_report *report,
	struct record *out, str *why, struct arena *a)
{
	size_t last = 0;
	const struct sandbox_step *s;

	*why = report->fault;
	if (report->fault.len)
		return false;
	while (last + 1 < j->step_count && report->steps[last + 1].ran)
		last++;
	s = &report->steps[last];
	set_usage(out, &s->result);
	if (!say_limit(s, j, j->steps[last].compiles, why, a))
		return false;
	if (j->steps[last].compiles || only_compiles(e))
		return compile_result(s, j->steps[last].wall_ms, out, why, a);
	if (e->kind == EXAMPLE_SERVE)
		return serving_result(e, j, s, out, why, a);
	out->end = s->result.end == JOB_TIMEOUT    ? RECORD_TIMEOUT
		   : s->result.end == JOB_SIGNALED ? RECORD_SIGNAL
						   : RECORD_EXIT;
	out->status = s->result.status;
	out->out = output_of(&s->out);
	out->err = output_of(&s->err);
	return true;
}

static bool is_panic(const struct runner *r, const struct record *result)
{
	if (result->end == RECORD_SIGNAL)
		return true;
	return result->end == RECORD_EXIT && (r->panic ? result->status == r->panic : result->status != 0);
}

static str expected_words(const struct example *e, struct arena *a)
{
	static const str words[] = { [EXPECT_COMPILE_ERROR] = STR_INIT("that it does not compile"),
		[EXPECT_PANIC] = STR_INIT("a panic"), [EXPECT_TIMEOUT] = STR_INIT("that it does not end") };

	if (e->kind == EXAMPLE_CHECK && e->expect == EXPECT_EXIT)
		return STR("that it compiles");
	return e->expect == EXPECT_EXIT ? str_printf(a, "exit status %d", e->exit) : words[e->expect];
}

bool plan_expected(const struct example *e, const struct runner *r, const struct record *result, str *why,
	struct arena *a)
{
	bool fine = false;
	str found;

	if (result->end == RECORD_ANSWERED)
		return true;
	switch (e->expect) {
	case EXPECT_EXIT:
		fine = e->kind == EXAMPLE_CHECK ? result->end == RECORD_COMPILED
						: result->end == RECORD_EXIT && result->status == e->exit;
		break;
	case EXPECT_COMPILE_ERROR:
		fine = result->end == RECORD_COMPILE_ERROR;
		break;
	case EXPECT_PANIC:
		fine = is_panic(r, result);
		break;
	case EXPECT_TIMEOUT:
		fine = result->end == RECORD_TIMEOUT;
		break;
	}
	if (fine)
		return true;
	found = record_end_words(result, a);
	if (!found.len)
		found = STR("exit status 0");
	*why = e->expect == EXPECT_EXIT && e->exit == 0 && e->kind != EXAMPLE_CHECK
		       ? found
		       : str_printf(a, STR_FMT ", expected " STR_FMT, STR_ARG(found), STR_ARG(expected_words(e, a)));
	return false;
}
