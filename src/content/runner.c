#include "content/runner.h"

#include <stddef.h>

#include "base/arena.h"

static const char CATEGORY[] = "config";

static const struct runner BUILT_IN[] = {
	{
		.language = STR_INIT("go"),
		.name = STR_INIT("Go"),
		.tool = STR_INIT("go"),
		.file = STR_INIT("main.go"),
		.compile = STR_INIT("go build -o main {sources}"),
		.check = STR_INIT("go build -o /dev/null {sources}"),
		.run = STR_INIT("./main"),
		.version = STR_INIT("go version"),
		.home = STR_INIT("go env GOROOT"),
		.program = STR_INIT("bin/go"),
		.compile_env = STR_INIT("GOFLAGS=-buildvcs=false GOPROXY=off GOSUMDB=off GOTOOLCHAIN=local GOTELEMETRY=off "
					"GOPATH=/tmp/go CGO_ENABLED=0 GOENV=off"),
		.cache = STR_INIT("GOCACHE"),
		.panic = 2,
	},
	{
		.language = STR_INIT("python"),
		.name = STR_INIT("Python"),
		.tool = STR_INIT("python3"),
		.file = STR_INIT("main.py"),
		.check = STR_INIT("python3 -m py_compile {sources}"),
		.run = STR_INIT("python3 -B {file}"),
		.version = STR_INIT("python3 --version"),
		.home = STR_INIT("python3 -c import\\ sys;print(sys.base_prefix)"),
		.program = STR_INIT("bin/python3"),
		.run_env = STR_INIT("PYTHONDONTWRITEBYTECODE=1 PYTHONIOENCODING=utf-8 PYTHONNOUSERSITE=1"),
		.panic = 1,
	},
	{
		.language = STR_INIT("c"),
		.name = STR_INIT("C"),
		.tool = STR_INIT("cc"),
		.file = STR_INIT("main.c"),
		.compile = STR_INIT("cc -std=gnu17 -Wall -O2 -o main {sources} -lm -pthread"),
		.run = STR_INIT("./main"),
		.version = STR_INIT("cc --version"),
	},
	{
		.language = STR_INIT("cpp"),
		.name = STR_INIT("C++"),
		.tool = STR_INIT("c++"),
		.file = STR_INIT("main.cpp"),
		.compile = STR_INIT("c++ -std=c++20 -Wall -O2 -o main {sources} -pthread"),
		.run = STR_INIT("./main"),
		.version = STR_INIT("c++ --version"),
	},
	{
		.language = STR_INIT("rust"),
		.name = STR_INIT("Rust"),
		.tool = STR_INIT("rustc"),
		.file = STR_INIT("main.rs"),
		.compile = STR_INIT("rustc --edition 2021 -O -o main {file}"),
		.check = STR_INIT("rustc --edition 2021 --emit=metadata -o main.rmeta {file}"),
		.run = STR_INIT("./main"),
		.version = STR_INIT("rustc --version"),
		.home = STR_INIT("rustc --print sysroot"),
		.program = STR_INIT("bin/rustc"),
		.panic = 101,
	},
	{
		.language = STR_INIT("javascript"),
		.name = STR_INIT("JavaScript"),
		.tool = STR_INIT("node"),
		.file = STR_INIT("main.js"),
		.check = STR_INIT("node --check {file}"),
		.run = STR_INIT("node {file}"),
		.version = STR_INIT("node --version"),
		.label = STR_INIT("Node.js "),
		.home = STR_INIT("node -p path.dirname(path.dirname(process.execPath))"),
		.program = STR_INIT("bin/node"),
		.run_env = STR_INIT("NO_COLOR=1"),
		.panic = 1,
	},
	{
		.language = STR_INIT("typescript"),
		.name = STR_INIT("TypeScript"),
		.tool = STR_INIT("tsc"),
		.file = STR_INIT("main.ts"),
		.compile = STR_INIT("tsc --target es2022 --module nodenext --moduleResolution nodenext --strict "
				    "--pretty false {sources}"),
		.run = STR_INIT("node {main}.js"),
		.version = STR_INIT("tsc --version"),
		.label = STR_INIT("TypeScript "),
		.run_env = STR_INIT("NO_COLOR=1"),
		.panic = 1,
	},
	{
		.language = STR_INIT("typescript"),
		.name = STR_INIT("TypeScript"),
		.tool = STR_INIT("node"),
		.file = STR_INIT("main.ts"),
		.run = STR_INIT("node --experimental-strip-types --no-warnings {file}"),
		.version = STR_INIT("node --version"),
		.label = STR_INIT("Node.js, types stripped, "),
		.home = STR_INIT("node -p path.dirname(path.dirname(process.execPath))"),
		.program = STR_INIT("bin/node"),
		.probe = STR_INIT("node --experimental-strip-types --no-warnings -e 0"),
		.run_env = STR_INIT("NO_COLOR=1"),
		.panic = 1,
	},
	{
		.language = STR_INIT("java"),
		.name = STR_INIT("Java"),
		.tool = STR_INIT("javac"),
		.file = STR_INIT("Main.java"),
		.compile = STR_INIT("javac -J-Xmx512m -J-XX:+UseSerialGC -d . {sources}"),
		.run = STR_INIT("java -Xmx256m -Xss1m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp . {main}"),
		.version = STR_INIT("java --version"),
		.panic = 1,
		.class_file = true,
	},
	{
		.language = STR_INIT("bash"),
		.name = STR_INIT("Bash"),
		.tool = STR_INIT("bash"),
		.file = STR_INIT("main.sh"),
		.check = STR_INIT("bash -n {file}"),
		.run = STR_INIT("bash {file}"),
		.version = STR_INIT("bash --version"),
	},
	{
		.language = STR_INIT("ruby"),
		.name = STR_INIT("Ruby"),
		.tool = STR_INIT("ruby"),
		.file = STR_INIT("main.rb"),
		.check = STR_INIT("ruby -c {file}"),
		.run = STR_INIT("ruby {file}"),
		.version = STR_INIT("ruby --version"),
		.home = STR_INIT("ruby -e puts(RbConfig::CONFIG['prefix'])"),
		.program = STR_INIT("bin/ruby"),
		.panic = 1,
	},
	{
		.language = STR_INIT("lua"),
		.name = STR_INIT("Lua"),
		.tool = STR_INIT("lua"),
		.file = STR_INIT("main.lua"),
		.check = STR_INIT("luac -p {file}"),
		.run = STR_INIT("lua {file}"),
		.version = STR_INIT("lua -v"),
		.panic = 1,
	},
	{
		.language = STR_INIT("perl"),
		.name = STR_INIT("Perl"),
		.tool = STR_INIT("perl"),
		.file = STR_INIT("main.pl"),
		.check = STR_INIT("perl -c {file}"),
		.run = STR_INIT("perl {file}"),
		.version = STR_INIT("perl -e print(\"Perl\\ $^V\\\\n\")"),
	},
	{
		.language = STR_INIT("php"),
		.name = STR_INIT("PHP"),
		.tool = STR_INIT("php"),
		.file = STR_INIT("main.php"),
		.check = STR_INIT("php -l {file}"),
		.run = STR_INIT("php {file}"),
		.version = STR_INIT("php --version"),
		.panic = 255,
	},
};

enum { BUILT_IN_COUNT = sizeof(BUILT_IN) / sizeof(BUILT_IN[0]) };

/* The keys of a row in gen.yaml that are text. */
static const struct {
	str name;
	size_t at;
} FIELDS[] = {
	{ STR_INIT("name"), offsetof(struct runner, name) },
	{ STR_INIT("tool"), offsetof(struct runner, tool) },
	{ STR_INIT("file"), offsetof(struct runner, file) },
	{ STR_INIT("compile"), offsetof(struct runner, compile) },
	{ STR_INIT("check"), offsetof(struct runner, check) },
	{ STR_INIT("run"), offsetof(struct runner, run) },
	{ STR_INIT("version"), offsetof(struct runner, version) },
	{ STR_INIT("home"), offsetof(struct runner, home) },
	{ STR_INIT("program"), offsetof(struct runner, program) },
	{ STR_INIT("compile_env"), offsetof(struct runner, compile_env) },
	{ STR_INIT("run_env"), offsetof(struct runner, run_env) },
};

enum { FIELD_COUNT = sizeof(FIELDS) / sizeof(FIELDS[0]) };

static bool read_field(const struct source *src, const struct value_entry *e, struct runner *out, struct diags *d)
{
	const loc at = { src, e->line, e->col };
	str names[FIELD_COUNT + 1];

	for (size_t i = 0; i < FIELD_COUNT; i++) {
		names[i] = FIELDS[i].name;
		if (!str_eq_key(e->key, FIELDS[i].name))
			continue;
		if (e->value.kind == VALUE_LIST || e->value.kind == VALUE_MAP)
			return diag_error(d, value_loc(&e->value, src), CATEGORY,
				"\"" STR_FMT "\" must be text, not %s", STR_ARG(e->key),
				value_kind_name(&e->value));
		*(str *)((char *)out + FIELDS[i].at) = value_str(&e->value);
		return true;
	}
	names[FIELD_COUNT] = STR("panic");
	if (str_eq_key(e->key, STR("panic")) && e->value.kind == VALUE_INT && e->value.i >= 0 && e->value.i < 256) {
		out->panic = (int)e->value.i;
		return true;
	}
	if (str_eq_key(e->key, STR("panic")))
		return diag_error(d, value_loc(&e->value, src), CATEGORY,
			"\"panic\" must be an exit status from 0 to 255");
	diag_error(d, at, CATEGORY, "unknown key \"" STR_FMT "\" of a runner", STR_ARG(e->key));
	diag_help_nearest(d, e->key, names, FIELD_COUNT + 1);
	return false;
}

static bool is_file_name(str s)
{
	return s.len && s.ptr[0] != '.' && s.ptr[0] != '-' && str_find_char(s, '/') < 0;
}

static bool check_runner(const struct source *src, const struct value_entry *e, struct runner *r, struct diags *d)
{
	const loc at = { src, e->line, e->col };

	if (!r->tool.len)
		r->tool = str_cut(r->compile.len ? r->compile : r->run, ' ').head;
	if (!r->name.len)
		r->name = e->key;
	if (!r->run.len || !r->file.len)
		return diag_error(d, at, CATEGORY, "the runner \"" STR_FMT "\" needs a file and a command to run it",
			STR_ARG(e->key));
	if (!is_file_name(r->file))
		return diag_error(d, at, CATEGORY, "the file of a runner must be a plain name, not '" STR_FMT "'",
			STR_ARG(r->file));
	return true;
}

static bool read_runner(const struct source *src, const struct value_entry *e, struct runner *out, struct diags *d)
{
	bool fine = true;

	*out = (struct runner){ .language = e->key };
	for (size_t i = 0; i < BUILT_IN_COUNT; i++) {
		if (str_eq(BUILT_IN[i].language, e->key)) {
			*out = BUILT_IN[i];
			break;
		}
	}
	out->own = true;
	if (e->value.kind != VALUE_MAP)
		return diag_error(d, value_loc(&e->value, src), CATEGORY,
			"the runner \"" STR_FMT "\" must be a map, not %s", STR_ARG(e->key),
			value_kind_name(&e->value));
	for (size_t i = 0; i < value_count(&e->value); i++)
		fine = read_field(src, &e->value.map->at[i], out, d) && fine;
	return check_runner(src, e, out, d) && fine;
}

bool runners_read(const struct source *src, const struct value *config, struct runners *out, struct arena *a,
	struct diags *d)
{
	size_t own = config ? value_count(config) : 0;
	struct runner *rows = arena_array(a, struct runner, own + BUILT_IN_COUNT);
	bool fine = true;

	for (size_t i = 0; i < own; i++)
		fine = read_runner(src, &config->map->at[i], &rows[i], d) && fine;
	memcpy(rows + own, BUILT_IN, sizeof(BUILT_IN));
	*out = (struct runners){ rows, own + BUILT_IN_COUNT };
	return fine;
}
