#include "content/lock.h"

#include <errno.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "content/example_parts.h"

enum { LOCK_LIMIT = 4 << 20 };

static const str GO_FILES[] = { STR_INIT("go.mod"), STR_INIT("go.sum") };
static const str PIP_FILES[] = { STR_INIT("requirements.txt") };
static const str NPM_FILES[] = { STR_INIT("package.json"), STR_INIT("package-lock.json") };

struct str_list lock_names(enum package_client client)
{
	switch (client) {
	case PACKAGES_GO:
		return (struct str_list){ GO_FILES, 2 };
	case PACKAGES_PIP:
		return (struct str_list){ PIP_FILES, 1 };
	case PACKAGES_NPM:
		return (struct str_list){ NPM_FILES, 2 };
	case PACKAGES_NONE:
		break;
	}
	return (struct str_list){ NULL, 0 };
}

static str path_of(str folder, str id, str name, struct arena *a)
{
	return str_printf(a, STR_FMT "/" STR_FMT "." STR_FMT, STR_ARG(folder), STR_ARG(id), STR_ARG(name));
}

static str package_json(const struct example *e, struct arena *a)
{
	struct buf b = { .arena = a };

	BUF_LIT(&b, "{\n  \"name\": \"example\",\n  \"private\": true,\n  \"dependencies\": {");
	for (size_t i = 0; i < e->dependency_count; i++) {
		const struct dependency *dep = &e->dependencies[i];

		buf_add(&b, i ? STR(",\n    ") : STR("\n    "));
		buf_json(&b, dep->name);
		BUF_LIT(&b, ": ");
		buf_json(&b, dep->version.len ? dep->version : STR("*"));
	}
	BUF_LIT(&b, "\n  }\n}\n");
	return buf_str(&b);
}

str lock_head(const struct example *e, struct arena *a)
{
	struct buf b = { .arena = a };

	if (e->client == PACKAGES_NPM)
		return package_json(e, a);
	buf_add(&b, e->client == PACKAGES_GO ? STR("// gen:") : STR("# gen:"));
	for (size_t i = 0; i < e->dependency_count; i++)
		buf_printf(&b, " " STR_FMT, STR_ARG(e->dependencies[i].word));
	buf_char(&b, '\n');
	return buf_str(&b);
}

/* "flask==3.0.3 --hash=sha256:..." and nothing else: pip takes options and addresses in such a file. */
static bool is_requirement(str line)
{
	struct str_pair word = str_cut(line, ' ');
	struct diags quiet = { 0 };
	struct dependency dep;
	struct arena a = { 0 };
	bool fine;

	quiet.arena = &a;
	fine = dependency_read(word.head, PACKAGES_PIP, (loc){ 0 }, &dep, &a, &quiet) && dep.version.len &&
	       str_starts(word.tail, STR("--hash=sha256:")) && word.tail.len == 14 + 64 && str_find_char(word.tail, ' ') < 0;
	arena_free(&a);
	return fine;
}

/* What a module says of itself and needs; no folders of the machine in place of modules. */
static bool is_module_line(str line)
{
	static const str words[] = { STR_INIT("replace"), STR_INIT("exclude"), STR_INIT("retract"),
		STR_INIT("tool"), STR_INIT("godebug") };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_starts(line, words[i]))
			return false;
	return str_find(line, STR("=>")) < 0;
}

/* A lock comes with the article, from anyone who may propose a change of it. */
static bool is_own(enum package_client client, const struct example_file *files)
{
	str rest = str_cut(files[0].bytes, '\n').tail;

	if (client == PACKAGES_NPM)
		return str_find(files[1].bytes, STR("\"resolved\"")) < 0 && str_find(files[1].bytes, STR("\"link\"")) < 0 &&
		       str_find(files[1].bytes, STR("\\u")) < 0;
	while (rest.len) {
		struct str_pair cut = str_cut(rest, '\n');
		str line = str_trim(cut.head);

		rest = cut.tail;
		if (line.len && !(client == PACKAGES_PIP ? is_requirement(cut.head) : is_module_line(line)))
			return false;
	}
	return true;
}

static enum lock_state judge(const struct example *e, const struct example_file *files, struct arena *a)
{
	str head = lock_head(e, a);

	if (!str_starts(files[0].bytes, head))
		return LOCK_OTHER;
	if (e->client == PACKAGES_NPM && files[0].bytes.len != head.len)
		return LOCK_FOREIGN;
	return is_own(e->client, files) ? LOCK_FITS : LOCK_FOREIGN;
}

void lock_read(struct example *e, str folder, struct arena *a)
{
	struct str_list names = lock_names(e->client);
	struct example_file *files = arena_array(a, struct example_file, names.count);

	e->locks = files;
	e->lock_count = 0;
	e->lock_state = LOCK_UNNEEDED;
	if (e->dependency_count == 0)
		return;
	e->lock_state = LOCK_MISSING;
	for (size_t i = 0; i < names.count; i++) {
		files[i].name = names.at[i];
		if (file_read(path_of(folder, e->id, names.at[i], a), LOCK_LIMIT, a, &files[i].bytes) != 0)
			return;
		files[i].bytes = example_normalize(files[i].bytes, a);
	}
	e->lock_state = judge(e, files, a);
	e->lock_count = e->lock_state == LOCK_FITS ? names.count : 0;
}

int lock_write(str folder, const struct example *e, const struct example_file *files, size_t count, struct arena *a)
{
	int error = folder_make(folder);

	for (size_t i = 0; i < count && !error; i++)
		error = file_write_atomic(path_of(folder, e->id, files[i].name, a), files[i].bytes);
	return error;
}

int lock_remove(str folder, str id, enum package_client keep, struct arena *a)
{
	int error = 0;

	for (int client = PACKAGES_GO; client <= PACKAGES_NPM && !error; client++) {
		struct str_list names = lock_names((enum package_client)client);

		for (size_t i = 0; i < names.count && !error && client != (int)keep; i++)
			error = tree_remove(path_of(folder, id, names.at[i], a));
	}
	return error;
}
