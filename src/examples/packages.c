#include "examples/packages.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "content/lock.h"
#include "content/program.h"
#include "examples/packages_parts.h"
#include "examples/sandbox.h"

#define NO_CACHE "there is no folder to keep packages in: set XDG_CACHE_HOME"

enum { KEY_DIGITS = 24 };

/* What a client made is good for these locks and this version of the tool. */
static str place_key(const struct packages *p, const struct example_file *locks, size_t count, struct arena *a)
{
	struct buf b = { .arena = a };

	buf_add(&b, p->tool->version);
	for (size_t i = 0; i < count; i++)
		buf_printf(&b, "\n" STR_FMT " %zu\n" STR_FMT, STR_ARG(locks[i].name), locks[i].bytes.len,
			STR_ARG(locks[i].bytes));
	return str_sub(sha256_hex(buf_str(&b), a), 0, KEY_DIGITS);
}

/* Go keeps all modules in one place, and a mark says which locks have all theirs there. */
static struct package_place find_place(const struct packages *p, const struct example *e, const struct example_file *locks,
	size_t count, struct arena *a)
{
	str key = place_key(p, locks, count, a);
	struct package_place place;

	place.folder = e->client == PACKAGES_GO ? str_printf(a, STR_FMT "/packages/go", STR_ARG(p->cache))
						: str_printf(a, STR_FMT "/packages/" STR_FMT "-" STR_FMT, STR_ARG(p->cache),
							  STR_ARG(p->tool->runner->tool), STR_ARG(key));
	place.mark = e->client == PACKAGES_GO ? str_printf(a, STR_FMT "/gen-" STR_FMT, STR_ARG(place.folder), STR_ARG(key))
					      : place.folder;
	return place;
}

static bool is_there(str path)
{
	struct file_info info;

	return file_stat(path, &info) == 0 && info.kind != FILE_NONE;
}

bool packages_find(const struct packages *p, const struct example *e, str article, str *folder, str *why, struct arena *a)
{
	struct package_place place;
	static const char *const whats[] = { [LOCK_UNNEEDED] = "", [LOCK_MISSING] = "its packages were never fetched",
		[LOCK_OTHER] = "deps= was changed since its packages were fetched",
		[LOCK_FOREIGN] = "its lock is not as gen writes it",
		[LOCK_FITS] = "its packages are not on this machine" };

	*folder = (str){ 0 };
	if (e->dependency_count == 0)
		return true;
	if (!p->cache.len) {
		*why = STR(NO_CACHE);
		return false;
	}
	place = find_place(p, e, e->locks, e->lock_count, a);
	if (e->lock_state == LOCK_FITS && is_there(place.mark)) {
		*folder = place.folder;
		return true;
	}
	*why = str_printf(a, "%s: `gen run --fetch " STR_FMT "` fetches them", whats[e->lock_state],
		STR_ARG(article));
	return false;
}

/* The line of its output that says what was wrong. */
static str client_words(const struct sandbox_step *s, struct arena *a)
{
	static const str signs[] = { STR_INIT("ERROR: "), STR_INIT("error: "), STR_INIT("npm ERR! "), STR_INIT("npm error "),
		STR_INIT("go: ") };
	str text = str_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(s->err.bytes), STR_ARG(s->out.bytes)), last = { 0 };
	str found = { 0 };

	while (text.len) {
		struct str_pair cut = str_cut(text, '\n');
		str line = str_trim(cut.head);

		text = cut.tail;
		for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
			if (str_starts(line, signs[i]) && str_find(line, STR("downloading")) < 0 && !str_starts(line, STR("go: added")) &&
				!str_starts(line, STR("npm ERR! code")) && !str_starts(line, STR("npm error code")) &&
				!str_starts(line, STR("go: finding")))
				found = found.len ? found : line;
		last = line.len ? line : last;
	}
	return str_sub(found.len ? found : last, 0, 300);
}

bool packages_call(struct fetch *f, const char *const *words, const char *const *env, struct arena *a)
{
	struct tool_call call = { .folder = f->folder, .wall_ms = FETCH_MS };
	size_t word_count = 0, env_count = 0;
	struct sandbox_step said;
	str line;

	while (words[word_count])
		word_count++;
	while (env && env[env_count])
		env_count++;
	str *list = arena_array(a, str, word_count + f->example->dependency_count), *vars = arena_array(a, str, env_count);

	for (size_t i = 0; i < word_count; i++)
		list[i] = str_c(words[i]);
	for (size_t i = 0; i < f->example->dependency_count && f->names; i++)
		list[word_count++] = f->example->dependencies[i].word;
	for (size_t i = 0; i < env_count; i++)
		vars[i] = str_c(env[i]);
	call.words = (struct str_list){ list, word_count };
	call.env = (struct str_list){ vars, env_count };
	if (toolchain_call(f->packages->tool, &call, &said, f->why, a))
		return true;
	line = client_words(&said, a);
	*f->why = str_printf(a, "its packages cannot be fetched: " STR_FMT "%s" STR_FMT, STR_ARG(*f->why), line.len ? ": " : "",
		STR_ARG(line));
	return false;
}

bool packages_client(const struct toolchain *t, enum package_client client, str *version, str *why, struct arena *a)
{
	static const str go[] = { STR_INIT("go"), STR_INIT("version") }, npm[] = { STR_INIT("npm"), STR_INIT("--version") };
	static const str pip[] = { STR_INIT("python3"), STR_INIT("-m"), STR_INIT("pip"), STR_INIT("--version") };
	struct tool_call call = { .wall_ms = ASK_MS };
	struct sandbox_step said;

	*why = t->why;
	if (!t->found)
		return false;
	call.words = client == PACKAGES_GO    ? (struct str_list){ go, 2 }
		     : client == PACKAGES_PIP ? (struct str_list){ pip, 4 }
					      : (struct str_list){ npm, 2 };
	if (!toolchain_call(t, &call, &said, why, a)) {
		str line = client_words(&said, a);

		*why = line.len ? line : *why;
		return false;
	}
	*version = str_cut(str_trim(said.out.bytes), '\n').head;
	/* "pip 24.0 from /usr/lib/... (python 3.11)": where it lies is of no interest. */
	if (str_find(*version, STR(" from ")) > 0)
		*version = str_sub(*version, 0, (size_t)str_find(*version, STR(" from ")));
	return true;
}

bool packages_fail(struct fetch *f, str why)
{
	*f->why = why;
	return false;
}

bool packages_put(struct fetch *f, str name, str bytes, struct arena *a)
{
	str path = str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(f->folder), STR_ARG(name));
	int error = file_write_atomic(path, bytes);

	return !error || packages_fail(f, str_printf(a, "cannot write " STR_FMT ": %s", STR_ARG(path), strerror(error)));
}

bool packages_take(struct fetch *f, str name, struct example_file *out, struct arena *a)
{
	str path = str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(f->folder), STR_ARG(name));
	int error = file_read(path, 4 << 20, a, &out->bytes);

	out->name = name;
	return !error || packages_fail(f, str_printf(a, "its packages cannot be fetched: " STR_FMT " was not written", STR_ARG(name)));
}

static bool fetch_by_client(struct fetch *f, struct example_file *locks, struct arena *a)
{
	switch (f->example->client) {
	case PACKAGES_GO:
		return packages_go(f, locks, a);
	case PACKAGES_PIP:
		return packages_pip(f, locks, a);
	case PACKAGES_NPM:
	case PACKAGES_NONE:
		break;
	}
	return packages_npm(f, locks, a);
}

/* Everything is made aside, and is in its place at once when it is whole. */
static bool settle(struct fetch *f, const struct example_file *locks, size_t count, struct arena *a)
{
	struct package_place place = find_place(f->packages, f->example, locks, count, a);
	int error;

	if (f->example->client == PACKAGES_GO) {
		error = file_write_atomic(place.mark, STR("whole\n"));
	} else {
		str made = str_printf(a, STR_FMT "/made", STR_ARG(f->folder));

		error = rename(str_cstr(made, a), str_cstr(place.folder, a)) == 0 || is_there(place.folder) ? 0 : errno;
	}
	return !error || packages_fail(f, str_printf(a, "cannot keep its packages in " STR_FMT ": %s", STR_ARG(place.folder),
						 strerror(error)));
}

static bool fetch_in(struct fetch *f, str records, struct arena *a)
{
	const struct example *e = f->example;
	struct str_list names = lock_names(e->client);
	struct example_file *locks = arena_array(a, struct example_file, names.count);
	int error;

	if (!fetch_by_client(f, locks, a) || !settle(f, locks, names.count, a))
		return false;
	if (f->locked)
		return true;
	error = lock_write(records, e, locks, names.count, a);
	return !error || packages_fail(f, str_printf(a, "cannot write its lock into " STR_FMT ": %s", STR_ARG(records),
						 strerror(error)));
}

bool packages_fetch(const struct packages *p, const struct example *e, str records, str *why, struct arena *a)
{
	struct fetch f = { .packages = p, .example = e, .why = why, .locked = e->lock_state == LOCK_FITS && !p->relocks };
	str folder = str_printf(a, STR_FMT "/packages", STR_ARG(p->cache));
	char *made = (char *)str_printf(a, STR_FMT "/fetch-XXXXXX", STR_ARG(folder)).ptr;
	bool fine;

	if (!p->cache.len)
		return packages_fail(&f, STR(NO_CACHE));
	if (p->locked_only && !f.locked)
		return packages_fail(&f, STR("its packages are not locked: run `gen run --fetch` without --verify, and keep the lock"));
	if (folder_make(folder) != 0 || !mkdtemp(made))
		return packages_fail(&f, str_printf(a, "cannot make a folder in " STR_FMT ": %s", STR_ARG(folder), strerror(errno)));
	f.folder = str_c(made);
	/* So that nobody, who runs the examples when gen is root, can read them. */
	chmod(made, 0755);
	fine = fetch_in(&f, records, a);
	tree_remove(f.folder);
	return fine;
}

static void add_env(struct job *j, bool compiles, str word, struct arena *a)
{
	for (size_t i = 0; i < j->step_count; i++) {
		struct job_step *s = &j->steps[i];
		str *env = arena_array(a, str, s->env.count + 1);

		if (s->compiles != compiles)
			continue;
		memcpy(env, s->env.at, s->env.count * sizeof(env[0]));
		env[s->env.count] = word;
		s->env = (struct str_list){ env, s->env.count + 1 };
	}
}

void packages_job(const struct example *e, str folder, struct job *j, struct arena *a)
{
	struct job_file *files = arena_array(a, struct job_file, j->file_count + e->lock_count);

	if (!folder.len)
		return;
	j->packages = folder;
	memcpy(files, j->files, j->file_count * sizeof(files[0]));
	j->files = files;
	switch (e->client) {
	case PACKAGES_GO:
		for (size_t i = 0; i < e->lock_count; i++)
			j->files[j->file_count++] = (struct job_file){ e->locks[i].name, e->locks[i].bytes };
		add_env(j, true, STR("GOMODCACHE=" PACKAGES_PATH), a);
		break;
	case PACKAGES_PIP:
		add_env(j, true, STR("PYTHONPATH=" PACKAGES_PATH), a);
		add_env(j, false, STR("PYTHONPATH=" PACKAGES_PATH), a);
		break;
	case PACKAGES_NPM:
	case PACKAGES_NONE:
		j->packages_link = STR("node_modules");
		break;
	}
}
