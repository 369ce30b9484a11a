/*
 * A branch of a git repository, by plumbing alone: the user's files, index and branches are never touched, and
 * no hook or filter runs. The branch is fetched to refs/gen/deploy/BRANCH; new commits are made from it with
 * git-fast-import, so its history only grows (unless `history` is off).
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/path.h"
#include "output/deploy_git.h"

enum { REF_ABSENT = 2 };

static const char *const plain_env[] = { "GIT_TERMINAL_PROMPT=0", "LC_ALL=C", "GIT_INDEX_FILE", "GIT_WORK_TREE",
	"GIT_PREFIX", NULL };

struct process git_call(struct deploy *p, const char *const *argv)
{
	struct git *g = p->state;

	return (struct process){ .argv = argv, .env = g->env ? g->env : plain_env, .folder = p->source };
}

str git_line(const struct process_result *r, struct arena *a)
{
	return str_copy(str_trim(str_cut(r->out, '\n').head), a);
}

const char *git_ref(struct deploy *p, const char *prefix)
{
	return str_printf(p->arena, "%s" STR_FMT, prefix, STR_ARG(p->target->branch)).ptr;
}

/* The repository, and what must be known of it. */
static bool find_repository(struct deploy *p)
{
	static const char *const argv[] = { GIT, "rev-parse", "--path-format=absolute", "--git-path", "objects",
		"--is-shallow-repository", NULL };
	struct git *g = p->state;
	struct process what = git_call(p, argv);
	struct process_result r;
	struct str_pair lines;

	if (!deploy_call(p, &what, "looking for the repository", &r))
		return false;
	if (r.status != 0) {
		diag_error(p->diags, (loc){ 0 }, "deploy", "the site's folder '" STR_FMT "' is in no git repository",
			STR_ARG(p->options->source));
		diag_help(p->diags, "a target of kind git is a branch of the site's own repository, or of a remote of it");
		return false;
	}
	lines = str_cut(r.out, '\n');
	g->objects = lines.head;
	g->shallow = str_eq(str_trim(lines.tail), STR("true"));
	return true;
}

static bool refuse_own_branch(struct deploy *p)
{
	static const char *const argv[] = { GIT, "symbolic-ref", "--quiet", "--short", "HEAD", NULL };
	struct process what = git_call(p, argv);
	struct process_result r;

	if (!deploy_call(p, &what, "looking for the current branch", &r))
		return false;
	if (r.status != 0 || !str_eq(git_line(&r, p->arena), p->target->branch) || p->options->force)
		return true;
	diag_error(p->diags, (loc){ 0 }, "deploy",
		"refusing to deploy to the branch '" STR_FMT "': the sources of the site are on it",
		STR_ARG(p->target->branch));
	diag_help(p->diags, "name another one with `branch`, such as gh-pages");
	return false;
}

/* The commit that the remote's branch is at; empty: there is no such branch. */
static bool ask_remote(struct deploy *p)
{
	const char *ref = git_ref(p, "refs/heads/");
	const char *const argv[] = { GIT, "ls-remote", "--exit-code", "--", str_cstr(p->target->remote, p->arena), ref,
		NULL };
	struct git *g = p->state;
	struct process what = git_call(p, argv);
	struct process_result r;

	if (!deploy_call(p, &what, "asking the remote for its branches", &r))
		return false;
	if (r.status != 0 && r.status != REF_ABSENT)
		return deploy_call_failed(p, &what, "asking the remote for its branches", &r);
	for (str rest = r.out; rest.len;) {
		struct str_pair line = str_cut(rest, '\n'), parts = str_cut(line.head, '\t');

		if (str_eq(parts.tail, str_c(ref)))
			g->parent = str_copy(parts.head, p->arena);
		rest = line.tail;
	}
	return true;
}

/* For a look alone: what is fetched goes to a folder of our own, and the repository's objects are read besides. */
static bool keep_apart(struct deploy *p)
{
	struct git *g = p->state;
	const char *scratch = deploy_scratch(p);
	const char **env;
	struct buf quoted = { .arena = p->arena };

	if (!scratch)
		return false;
	git_quote(&quoted, g->objects);
	env = arena_array(p->arena, const char *, 10);
	memcpy(env, plain_env, sizeof(plain_env));
	env[sizeof(plain_env) / sizeof(plain_env[0]) - 1] =
		str_printf(p->arena, "GIT_OBJECT_DIRECTORY=%s/objects", scratch).ptr;
	env[sizeof(plain_env) / sizeof(plain_env[0])] =
		str_printf(p->arena, "GIT_ALTERNATE_OBJECT_DIRECTORIES=" STR_FMT, STR_ARG(buf_str(&quoted))).ptr;
	g->env = env;
	return folder_make(str_printf(p->arena, "%s/objects", scratch)) == 0;
}

static bool fetch(struct deploy *p)
{
	struct git *g = p->state;
	const char *from = git_ref(p, "refs/heads/");
	const char *to = str_printf(p->arena, "+%s:%s", from, git_ref(p, GIT_TRACKING)).ptr;
	const char *argv[32] = { GIT, "fetch", "--quiet", "--no-tags", "--no-recurse-submodules",
		"--no-write-fetch-head", "--no-auto-maintenance", "--refmap=" };
	size_t n = 0;
	struct process what;
	struct process_result r;

	if (p->options->dry_run && !keep_apart(p))
		return false;
	while (argv[n])
		n++;
	/* A shallow clone was made to have little: it needs no history of this branch either. */
	if (g->shallow && !p->options->dry_run)
		argv[n++] = "--depth=1";
	argv[n++] = "--";
	argv[n++] = str_cstr(p->target->remote, p->arena);
	argv[n++] = p->options->dry_run ? from : to;
	what = git_call(p, argv);
	deploy_progress(p, "fetching the branch", 0);
	return deploy_must(p, &what, "fetching the branch", &r);
}

/* It may have moved since the remote was asked. */
static bool read_parent(struct deploy *p)
{
	struct git *g = p->state;
	const char *const argv[] = { GIT, "rev-parse", "--verify", "--quiet", git_ref(p, GIT_TRACKING), NULL };
	struct process what = git_call(p, argv);
	struct process_result r;

	if (p->options->dry_run)
		return true;
	if (!deploy_must(p, &what, "reading the branch", &r))
		return false;
	g->parent = git_line(&r, p->arena);
	return true;
}

/* "100644 blob 1f7a...\ta/index.html" */
static bool take_entry(str line, struct git_entry *out)
{
	struct str_pair mode = str_cut(line, ' '), kind = str_cut(mode.tail, ' '), id = str_cut(kind.tail, '\t');

	*out = (struct git_entry){ .mode = mode.head, .id = id.head, .path = id.tail };
	return id.tail.len > 0;
}

static void add_entries(struct deploy *p, str out)
{
	struct git *g = p->state;

	g->entries = arena_array(p->arena, struct git_entry, str_count_char(out, '\0') + 1);
	g->by_path = (struct map){ .arena = p->arena };
	while (out.len) {
		struct str_pair line = str_cut(out, '\0');
		struct git_entry *e = &g->entries[g->entry_count];

		out = line.tail;
		if (!take_entry(line.head, e))
			continue;
		*map_put(&g->by_path, e->path, NULL) = e;
		g->entry_count++;
	}
}

static bool read_tree(struct deploy *p)
{
	struct git *g = p->state;
	const char *const argv[] = { GIT, "ls-tree", "-r", "-z", "--full-tree", g->parent.ptr, NULL };
	struct process what = git_call(p, argv);
	struct process_result r;

	what.output_limit = (size_t)1 << 30;
	if (!deploy_must(p, &what, "reading the branch", &r))
		return false;
	add_entries(p, r.out);
	return true;
}

static bool read_list(struct deploy *p)
{
	struct git *g = p->state;
	const struct git_entry *e = map_get(&g->by_path, STR(DEPLOY_LIST_NAME));
	struct process_result r;

	if (!e)
		return true;
	const char *const argv[] = { GIT, "cat-file", "blob", str_cstr(e->id, p->arena), NULL };
	struct process what = git_call(p, argv);

	what.output_limit = (size_t)1 << 30;
	if (!deploy_must(p, &what, "reading the list of files", &r))
		return false;
	p->list_text = r.out;
	return true;
}

static bool open_git(struct deploy *p)
{
	struct git *g = p->state = arena_new(p->arena, struct git);

	if (!find_repository(p) || !refuse_own_branch(p) || !ask_remote(p))
		return false;
	if (g->parent.len == 0)
		return true;
	return fetch(p) && read_parent(p) && read_tree(p) && read_list(p);
}

/* As C writes a string: what git reads as the name of a file, whatever is in it. */
void git_quote(struct buf *out, str path)
{
	buf_char(out, '"');
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];

		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			buf_printf(out, "\\%03o", c);
		else
			buf_char(out, (char)c);
	}
	buf_char(out, '"');
}

/* Those files that are on the branch already, for git-hash-object: from the root, since git goes elsewhere first. */
static str names_to_hash(struct deploy *p)
{
	struct git *g = p->state;
	struct buf names = { .arena = p->arena };

	for (size_t i = 0; i < p->count; i++) {
		if (p->files[i].change == DEPLOY_REMOVED || !map_has(&g->by_path, p->files[i].path))
			continue;
		git_quote(&names, path_join(str_c(p->site), p->files[i].path, p->arena));
		buf_char(&names, '\n');
	}
	return buf_str(&names);
}

static void compare(struct deploy *p, struct deploy_file *f, str *ids)
{
	struct git *g = p->state;
	const struct git_entry *e = map_get(&g->by_path, f->path);
	struct str_pair line;

	if (f->change == DEPLOY_REMOVED) {
		f->gone = !e;
		return;
	}
	f->change = DEPLOY_NEW;
	if (!e)
		return;
	line = str_cut(*ids, '\n');
	*ids = line.tail;
	f->change = str_eq(line.head, e->id) && str_eq(e->mode, STR("100644")) ? DEPLOY_SAME : DEPLOY_CHANGED;
	if (f->change == DEPLOY_CHANGED && !f->listed)
		deploy_foreign(p, f->path);
}

/* A file of others must not be where a folder of the site must be, nor below a file of it. */
static void find_foreign(struct deploy *p)
{
	struct git *g = p->state;
	struct map ours = { .arena = p->arena }, folders = { .arena = p->arena };

	for (size_t i = 0; i < p->count; i++) {
		map_put(&ours, p->files[i].path, NULL);
		for (str f = path_folder(p->files[i].path); f.len; f = path_folder(f))
			map_put(&folders, f, NULL);
	}
	for (size_t i = 0; i < g->entry_count; i++) {
		str path = g->entries[i].path;

		if (map_has(&ours, path) || str_eq(path, STR(DEPLOY_LIST_NAME)))
			continue;
		if (map_has(&folders, path))
			deploy_foreign(p, path);
		for (str f = path_folder(path); f.len; f = path_folder(f))
			if (map_has(&ours, f))
				deploy_foreign(p, path);
	}
}

static bool look_git(struct deploy *p)
{
	static const char *const argv[] = { GIT, "hash-object", "--no-filters", "--stdin-paths", NULL };
	struct deploy_text names = { names_to_hash(p) };
	struct process what = git_call(p, argv);
	struct process_result r = { 0 };
	str ids;

	what.feed = deploy_feed_text;
	what.feed_ctx = &names;
	what.output_limit = (size_t)1 << 30;
	if (names.rest.len && !deploy_must(p, &what, "comparing files", &r))
		return false;
	ids = r.out;
	for (size_t i = 0; i < p->count; i++)
		compare(p, &p->files[i], &ids);
	find_foreign(p);
	return true;
}

const struct deploy_driver deploy_git = { .open = open_git, .look = look_git, .run = git_commit };
